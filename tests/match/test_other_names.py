"""Names that stand elsewhere, and names that somebody goes by beside the usual one."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import customerkit as ck
from customerkit.match.called import Called, Usual
from customerkit.match.encode import subjects
from customerkit.match.levels import Comparisons
from match.people import people

Rows = list[dict[str, Any]]
_FIELDS = ("given_name", "family_name", "middle_name")


def _encoded(rows: Rows) -> list[tuple[str | None, ...]]:
    """Return given, family and middle name as they are compared, of the first slots."""
    names = sorted({name for row in rows for name in row})
    found = subjects({name: [row.get(name) for row in rows] for name in names}, len(rows))
    columns = [found.columns.get(name) for name in _FIELDS]
    return [
        tuple(
            None if one is None or one.codes[row] < 0 else one.forms[one.codes[row]]
            for one in columns
        )
        for row in range(len(rows))
    ]


def _levels(
    left: dict[str, str], right: dict[str, str], more: Rows | None = None
) -> dict[str, str]:
    """Return the level of each field of two records, beside others."""
    rows = [left, right, *(more or [])]
    names = sorted({name for row in rows for name in row})
    found = subjects({name: [row.get(name) for row in rows] for name in names}, len(rows))
    comparisons = Comparisons(found)
    (levels,) = comparisons.levels((np.array([0]), np.array([1])))
    told = zip(comparisons.fields, levels.tolist(), strict=True)
    return {item.name: item.names[level % len(item.names)] for item, level in told}


PEOPLE: Rows = [
    {"given_name": "Mary", "family_name": "Cruz"},
    {"given_name": "Ann", "family_name": "Stone"},
    {"given_name": "Joey", "family_name": "Poe"},
    {"given_name": "Ana", "family_name": "Vega"},
    {"given_name": "Luis", "family_name": "Soto"},
]


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ({"given_name": "Joey Cruz"}, ("joey", "cruz", None)),
        ({"given_name": "Joey Q. Cruz"}, ("joey", "cruz", "q")),
        ({"given_name": "CRUZ/JOEYMR"}, ("joey", "cruz", None)),
        ({"given_name": "Cruz, Joey"}, ("joey", "cruz", None)),
        ({"given_name": "Mary Ann"}, ("mary ann", None, None)),
        ({"given_name": "Joey Cruz", "family_name": "Poe"}, ("joey cruz", "poe", None)),
        ({"family_name": "Joey Cruz"}, ("joey", "cruz", None)),
        ({"family_name": "Vega Soto"}, (None, "vega soto", None)),
        ({"given_name": "Joey Q.", "family_name": "Poe"}, ("joey", "poe", "q")),
        ({"given_name": "Mary Ann", "family_name": "Poe"}, ("mary ann", "poe", None)),
        ({"given_name": "Joey Q", "middle_name": "Quentin"}, ("joey", None, "quentin")),
        ({"full_name": "Joey Q. Poe"}, ("joey", "poe", "q")),
    ],
)
def test_names_are_read_wherever_they_stand(
    row: dict[str, str], wanted: tuple[str | None, ...]
) -> None:
    assert _encoded([row, *PEOPLE])[0] == wanted


def test_what_people_are_called_comes_from_the_base_where_one_record_is_read() -> None:
    names = (Counter(str(row[name]).lower() for row in PEOPLE) for name in _FIELDS[:2])
    called = Called.of(*names)
    for text, wanted in (("Mary Ann", None), ("Mary Cruz", "cruz")):
        found = subjects({"given_name": [text], "family_name": [None]}, 1, Usual(called))
        said = found.columns.get("family_name")
        assert (said and said.forms[said.codes[0]]) == wanted


@given(st.lists(st.sampled_from(["Ann Poe", "Poe", "Ann", "Poe Ann", None]), max_size=8))
def test_the_order_of_records_does_not_matter(names: list[str | None]) -> None:
    rows: Rows = [*PEOPLE, *({"given_name": name} for name in names)]
    assert _encoded(rows[::-1]) == _encoded(rows)[::-1]


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        (("Renee", "Shelly", "Diaz"), ("Shelly", "Renee", "Diaz"), ("swapped", "missing", "same")),
        (("Renee", "Shelly", "Diaz"), ("Shelly", "R", "Diaz"), ("swapped", "missing", "same")),
        (("Anthony", "Jeff", "Owen"), ("Jeff", "", "Owen"), ("missing", "swapped", "same")),
        (("Anthony", "Jeff", "Owen"), ("Jeff", "Paul", "Owen"), ("different", "different", "same")),
        (("Ann", "Marie", "Chen"), ("Ann", "Chen", "Bass"), ("same", "swapped", "missing")),
    ],
)
def test_a_middle_name_in_the_place_of_another_is_known(
    left: tuple[str, ...], right: tuple[str, ...], wanted: tuple[str, ...]
) -> None:
    names = ("given_name", "middle_name", "family_name")
    found = _levels(*(dict(zip(names, some, strict=True)) for some in (left, right)))
    said = [found[name].removesuffix("_rare").split("_")[0] for name in names]
    assert said == list(wanted)


def test_another_name_joins_who_is_written_in_two_scripts() -> None:
    rows: Rows = [
        {**row, "full_name": f"{row['given_name']} {row['family_name']}"} for row in people(60)
    ]
    rows = [{name: row[name] for name in ("full_name", "birth_date")} for row in rows]
    arabic = {"full_name": "سارة الحربي", "birth_date": "1980-05-04"}
    both = {"full_name": "Sara Al Harbi", "full_name_2": "سارة الحربي", "birth_date": "1980-05-04"}
    found = ck.match([*rows, arabic, both])
    assert found.customer[60] == found.customer[61]
    assert found.explain(60, 61).probability > 0.9


def test_a_family_name_before_a_marriage_agrees_with_the_one_after() -> None:
    before = {"given_name": "Ann", "family_name": "Chen", "city": "Ely"}
    after = {"given_name": "Ann", "family_name": "Bass", "family_name_2": "Chen", "city": "Ely"}
    assert _levels(before, after, PEOPLE)["family_name"].startswith("same")


def test_who_is_written_in_other_signs_only_sounds_the_same() -> None:
    left = {"full_name": "佐藤 裕子", "full_name_2": "サトウ ユウコ"}
    right = {"full_name": "佐藤 優子", "full_name_2": "サトウ ユウコ"}
    found = _levels(left, right, [{"full_name": "Jane Roe"}])
    assert found["given_name"] == "homophone"
    assert found["family_name"].startswith("same")
    alone = _levels({"full_name": "サトウ ユウコ"}, right, [{"full_name": "Jane Roe"}])
    assert alone["given_name"].startswith("same")


def test_a_name_that_hides_in_a_part_finds_its_person() -> None:
    rows = people(200)
    whole = [
        {**row, "given_name": f"{row['given_name']} {row['family_name']}", "family_name": ""}
        for row in rows[:60]
    ]
    found = ck.match([*rows, *whole])
    assert sum(found.customer[at] == found.customer[200 + at] for at in range(60)) > 55


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Fra", "Francesca", "far"),
        ("Des", "Desmond", "nickname"),
        ("Mor", "Morwenna", "far"),
        ("Al", "Alberta", "different"),
        ("Jamie Ian", "James", "nickname"),
        ("James Ian", "James Roy", "part"),
    ],
)
def test_short_forms(one: str, other: str, level: str) -> None:
    left, right = ({"given_name": name, "family_name": "Osei"} for name in (one, other))
    found = _levels(left, right)["given_name"]
    assert found.removesuffix("_rare") == level


def test_addresses_of_namesakes_are_judged_as_such_where_their_names_are_swapped() -> None:
    left = {"given_name": "Jose", "family_name": "Munoz", "email": "munoz.jose@gmail.com"}
    right = {"given_name": "Munoz", "family_name": "Jose", "email": "munoz.jose@proton.me"}
    columns = {name: [row[name] for row in (left, right)] for name in left}
    compared = Comparisons(subjects(columns, 2))
    level = compared.levels((np.array([0]), np.array([1])))[0]
    at = next(at for at, item in enumerate(compared.fields) if item.name == "email")
    assert level[at] // len(compared.fields[at].names) > 0  # in the context of names that agree
