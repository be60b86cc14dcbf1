"""Encode records: in one process or in several, from lists or from Arrow, the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customerkit.match import aside, encode
from customerkit.match.encode import subjects
from customerkit.match.matching import match_columns
from customerkit.match.subjects import Subjects

NAMES = [
    "Jane Roe",
    "Roe, Jane",
    "Иванов Иван Петрович",
    "王伟",
    "J Roe Jr",
    "Zoë O'Neil",
    "",
    None,
]
COLUMNS = {
    "full_name": st.sampled_from(NAMES),
    "full_name_2": st.sampled_from(NAMES),
    "given_name": st.sampled_from(["Jane", "Иван", "伟", "Jane Q.", "Jane Roe", None, "n/a"]),
    "given_name_2": st.sampled_from(["Jenny", None]),
    "family_name": st.sampled_from(["Roe Sr", "Иванов", "王", "Jane Roe", None]),
    "age": st.sampled_from(["54", "n/a", None]),
    "email": st.sampled_from(["jane.roe@example.org", "J.Roe@gmail.com", "none", None]),
    "email_2": st.sampled_from(["j.roe@gmail.com", None]),
    "street": st.sampled_from(["12 Example Hill", "Hill 12", "ул. Мира 5", None]),
    "birth_date": st.sampled_from(["1970-01-02", "1970", None]),
}


def _rows(draw: st.DrawFn) -> dict[str, list[str | None]]:
    count = draw(st.integers(1, 12))
    names = draw(st.sets(st.sampled_from(sorted(COLUMNS)), min_size=1))
    return {
        name: draw(st.lists(COLUMNS[name], min_size=count, max_size=count))
        for name in sorted(names)
    }


rows = st.composite(_rows)()


def _said(found: Subjects) -> dict[str, list[list[str | None]]]:
    return {
        name: [
            [slot.forms[code] if code >= 0 else None for code in slot.codes.tolist()]
            for slot in (column, *found.more.get(name, []))
        ]
        for name, column in found.columns.items()
    }


def _count(columns: dict[str, list[str | None]]) -> int:
    return len(next(iter(columns.values())))


@given(columns=rows)
def test_arrow_arrays_say_what_lists_say(columns: dict[str, list[str | None]]) -> None:
    pa = pytest.importorskip("pyarrow")
    arrays = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    count = _count(columns)
    assert _said(subjects(arrays, count)) == _said(subjects(columns, count))


@settings(max_examples=5)
@given(columns=rows)
def test_many_records_are_encoded_as_few_are(columns: dict[str, list[str | None]]) -> None:
    count = _count(columns)
    few = _said(subjects(columns, count))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encode, "_MANY", 0)
        patch.setattr(aside, "workers", lambda: 2)
        assert _said(subjects(columns, count)) == few


def test_what_a_helper_made_matches_as_what_is_made_when_it_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(5)
    given = rng.choice(["Jane", "Bob", "Ann", "Liz", "Elizabeth", "王"], 300)
    family = rng.choice(["Roe", "Doe", "Poe", "O'Neil", "O Neill"], 300)
    pairs = list(zip(given, family, strict=True))
    columns = {
        "given_name": given.tolist(),
        "family_name": family.tolist(),
        "email": [f"{a}.{b}{at % 40}@example.org" for at, (a, b) in enumerate(pairs)],
        "street": [f"{at % 30} Hill Street" for at in range(300)],
        "phone": [f"+44 20 7946 0{at % 90:03}" for at in range(300)],
    }
    few = match_columns(columns, 300)
    monkeypatch.setattr(encode, "_MANY", 0)
    monkeypatch.setattr(aside, "workers", lambda: 2)
    many = match_columns(columns, 300)
    assert many.labels.tolist() == few.labels.tolist()
    assert len(set(few.labels.tolist())) < 300
    np.testing.assert_array_equal(many.weights, few.weights)
