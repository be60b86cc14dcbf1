"""Cells that list several addresses or numbers are taken apart, and nothing else is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import customerkit as ck
from customerkit.match.encode import subjects
from customerkit.match.live import Index
from customerkit.match.matching import match_columns

Column = list[str | None]


def _stated(columns: dict[str, Column], field: str) -> list[list[str | None]]:
    """Return what each record states of a field, slot by slot."""
    count = len(next(iter(columns.values())))
    slots = subjects(columns, count).slots(field)
    return [[slot.forms[slot.codes[at]] if slot.codes[at] >= 0 else None for slot in slots]
            for at in range(count)]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "addresses"),
    [
        ("ada@x.example2.org; bob@y.org", ["ada@x.example2.org", "bob@y.org"]),
        ("ada@x.org ::: bob@y.org", ["ada@x.org", "bob@y.org"]),
        ("ada@x.org,bob@y.org | cy@z.org", ["ada@x.org", "bob@y.org", "cy@z.org"]),
        ("ada@x.org\nbob@y.org\ncy@z.org\ndi@w.org", ["ada@x.org", "bob@y.org", "cy@z.org"]),
        ("ada@x@y.org", ["ada@x@y.org"]),
    ],
)
def test_addresses(cell: str, addresses: list[str]) -> None:
    assert [one for one in _stated({"email": [cell]}, "email")[0] if one] == addresses


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("0358128955 ::: 366 527 7710", 2),
        ("+44 20 7946 0018; +44 20 7946 0019", 2),
        ("0221 / 9460018", 1),  # as Germans part the code of a place
        ("020 7946 0018 ext 12; desk", 1),
    ],
)
def test_numbers(cell: str, count: int) -> None:
    assert sum(one is not None for one in _stated({"phone": [cell]}, "phone")[0]) == count


def test_what_a_record_states_elsewhere_is_kept() -> None:
    columns: dict[str, Column] = {
        "email": ["ada@x.org; bob@y.org", "cy@z.org"],
        "email_2": ["own@w.org", None],
    }
    assert _stated(columns, "email") == [
        ["ada@x.org", "own@w.org", "bob@y.org"],
        ["cy@z.org", None, None],
    ]


@given(st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True), min_size=1))
def test_a_list_says_what_columns_say(people: list[list[int]]) -> None:
    def at(person: list[int], place: int) -> str | None:
        return f"name{person[place]}@z.org" if place < len(person) else None

    several: dict[str, Column] = {"email": [], "email_2": [], "email_3": []}
    for place, column in enumerate(several.values()):
        column += [at(person, place) for person in people]
    listed: dict[str, Column] = {
        "email": ["; ".join(filter(None, map(at, [person] * 3, range(3)))) for person in people]
    }
    told = [[one for one in person if one] for person in _stated(listed, "email")]
    assert told == [[one for one in person if one] for person in _stated(several, "email")]


def test_arrow_arrays_are_taken_apart_too() -> None:
    arrow = pytest.importorskip("pyarrow")
    column: Any = ["ada@x.org; bob@y.org", None, "cy@z.org"]
    assert _stated({"email": arrow.array(column)}, "email") == _stated({"email": column}, "email")


def test_customers_are_found_by_the_second_of_a_list() -> None:
    rows = [
        {"name": "Ada Osei", "email": "ada@work.org; ada.osei@home.org"},
        {"name": "A. Osei", "email": "ada.osei@home.org"},
        {"name": "Kofi Mensah", "email": "kofi@home.org"},
    ]
    assert ck.match(rows).customer == [0, 0, 1]
    columns = {"full_name": [row["name"] for row in rows], "email": [row["email"] for row in rows]}
    index = Index.of(match_columns(columns, 3).matcher, np.arange(3))
    said = {"full_name": "Ada Osei", "email": "other@home.org; ada@work.org"}
    assert index.find(said)[0].record == 0
