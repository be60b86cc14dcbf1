"""The default scorers: what improves a record never lowers its score."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import customerkit as ck
from customerkit.errors import ValidationError
from customerkit.score import ScoredRecord, ScoredValue, scores
from customerkit.score.scorers import is_clean, is_current, value_is_clean

VALUES = st.builds(
    ScoredValue,
    standard=st.booleans(),
    valid=st.sampled_from([True, False, None]),
    code=st.sampled_from([None, "date.ambiguous", "phone.no_region"]),
    age_days=st.sampled_from([None, 0.0, 400.0]),
)
RECORDS = st.builds(
    ScoredRecord,
    record=st.sampled_from(["c-1", "c-2", "c-3", "c-4"]),
    channel=st.sampled_from(["crm", "web"]),
    values=st.dictionaries(st.sampled_from(["email", "city", "given_name", "phone"]), VALUES),
    evidence=st.integers(0, 5),
)
FINE = ScoredValue(standard=True, valid=True, code=None)


@given(RECORDS, st.sampled_from(["email", "city", "given_name", "phone"]))
def test_mending_a_value_never_lowers_the_score(record: ScoredRecord, name: str) -> None:
    mended = evolve(record, values={**record.values, name: FINE})
    if name in record.values:
        assert is_clean(mended) >= is_clean(record)


@given(RECORDS)
def test_leaving_out_what_says_nothing_never_lowers_the_score(record: ScoredRecord) -> None:
    for name, value in record.values.items():
        if not value.standard:
            rest = {other: v for other, v in record.values.items() if other != name}
            assert is_clean(evolve(record, values=rest)) >= is_clean(record)


@given(RECORDS, st.integers(1, 20))
def test_more_values_that_look_right_are_one_risk(record: ScoredRecord, count: int) -> None:
    more = {f"email_{at}": FINE for at in range(count)}
    more_values = {**record.values, **more}
    once = evolve(record, values={**record.values, "email_1": FINE})
    assert is_clean(evolve(record, values=more_values)) == is_clean(once)
    assert is_clean(once) >= is_clean(record) * value_is_clean(FINE)


@given(RECORDS)
def test_scores_are_probabilities(record: ScoredRecord) -> None:
    assert 0 <= is_clean(record) <= 1
    assert 0 <= is_current(record) <= 1


@given(st.lists(RECORDS, min_size=1, max_size=12))
def test_channels_add_up_to_the_whole_and_the_worst_are_the_worst(
    records: list[ScoredRecord],
) -> None:
    report = scores(records).clean
    whole = sum(report.by_channel.values(), ck.Score())
    assert whole == report.score
    assert report.count == len(records)
    lowest = sorted(is_clean(record) for record in records)[:10]
    assert [score for _, score in report.worst] == lowest
    for name, part in report.by_field.items():
        assert part.count == sum(name in record.values for record in records)


@pytest.mark.parametrize("answer", [float("inf"), float("-inf"), float("nan"), -1, 2, "1", 1j])
def test_no_probability_is_refused_wherever_it_comes_from(answer: Any) -> None:
    with pytest.raises(ValidationError, match="record 0"):
        ck.Score.of([answer])
    with pytest.raises(ValidationError):
        ck.update_score([answer], scorer=lambda x: x)


def test_truth_and_every_kind_of_number_are_probabilities() -> None:
    assert ck.Score.of([True, False, Fraction(1, 2), 0.5]).value == 0.5
    numpy = pytest.importorskip("numpy")
    assert ck.clean_score([numpy.float32(0.5)], scorer=lambda x: x).value == 0.5


def test_cleaning_improves_and_lack_of_a_country_is_no_fault() -> None:
    base = ck.open("memory:")
    base.collect([{"name": "JANE DOE", "email": "JANE@EXAMPLE.ORG"}], channel="crm")
    base.clean(ck.Ruleset([ck.Deduplicate()], name="raw"))
    before = base.score().clean.value
    base.clean(ck.default_ruleset())
    after = base.score().clean.value
    assert before < 0.1
    assert after > 0.9
    base.update("c-1", postcode="12345")
    assert base.score().clean.value > 0.9
