"""The three means: exact, mergeable, checked."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import customerkit as ck
from customerkit.errors import EmptyInputError, ValidationError

ANSWERS = st.lists(st.floats(0, 1), min_size=1, max_size=30)
FORMULAS: list[Callable[..., ck.Score]] = [ck.clean_score, ck.update_score, ck.analysis_score]


@pytest.mark.parametrize("formula", FORMULAS)
@given(answers=ANSWERS)
def test_is_the_mean(formula: Callable[..., ck.Score], answers: list[float]) -> None:
    score = formula(answers, scorer=lambda x: x)
    assert score.value == pytest.approx(math.fsum(answers) / len(answers))
    assert score.count == len(answers)


@given(ANSWERS, ANSWERS, st.randoms())
def test_parts_merge_to_the_whole_in_any_order(
    left: list[float], right: list[float], rng: Any
) -> None:
    whole = ck.Score.of([*left, *right])
    mixed = [*left, *right]
    rng.shuffle(mixed)
    assert ck.Score.of(left) + ck.Score.of(right) == whole == ck.Score.of(mixed)
    assert (ck.Score.of(left) + ck.Score.of(right)).value == ck.Score.of(mixed).value


@pytest.mark.parametrize("formula", FORMULAS)
def test_nothing_has_no_mean(formula: Callable[..., ck.Score]) -> None:
    with pytest.raises(EmptyInputError, match="no records"):
        formula([], scorer=bool)
    with pytest.raises(EmptyInputError):
        _ = ck.Score().value


@pytest.mark.parametrize("answer", [-0.1, 1.1, math.nan, "1", None])
def test_a_scorer_must_give_a_probability(answer: object) -> None:
    with pytest.raises(ValidationError, match="record 1"):
        ck.clean_score([0.5, answer], scorer=lambda x: x)  # type: ignore[arg-type, return-value]


def test_a_base_is_scored_with_parts() -> None:
    base = ck.open("memory:")
    with pytest.raises(EmptyInputError):
        base.score()
    base.collect(
        [
            {"name": "Jane Doe", "email": "jane@example.com", "customer_id": "1"},
            {"name": "Bo Ray", "email": "not an address", "customer_id": "2"},
        ],
        channel="crm",
    )
    base.clean()
    scores = base.score()
    assert scores.clean.count == 2
    assert scores.clean.worst[0][0] == "c-2"
    assert scores.clean.by_field["email"].count == 2
    assert set(scores.clean.by_channel) == {"crm"}
    assert not scores.clean.calibrated
    assert scores.completeness["email"] == 1.0
    assert "uncalibrated" in str(scores)
