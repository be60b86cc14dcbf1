"""Who somebody's father, mother or husband is tells people of one name apart."""

from __future__ import annotations

import random
from typing import Any

import pytest

import customerkit as ck
from customerkit.match.encode import subjects
from customerkit.match.parted import of_names
from customerkit.roles import role
from match.people import people


@pytest.mark.parametrize(
    ("said", "form"),
    [
        ("S/O Late Mohan K. Verma", "mohan verma"),
        ("D/O: SUNDARAM", "sundaram"),
        ("Husband Muhammad Yusuf", "muhammad yusuf"),
        ("wife of R. Kumar", "kumar"),
        ("K.", "k"),
        ("n/a", None),
    ],
)
def test_what_kind_of_relative_it_is_stands_apart(said: str, form: str | None) -> None:
    assert role("relative").form(said) == form


def _twice(count: int) -> list[dict[str, Any]]:
    """Return people who state their name, town and father, and each of them again."""
    draw, rows = random.Random(8), []
    for row, other in zip(people(count), people(count, seed=3), strict=True):
        name = {"given_name": draw.choice(["Asha", "Devi", "Rani"]), "city": row["city"]}
        name["family_name"] = row["family_name"]
        father = f"{other['given_name']} {other['family_name']}"
        rows += [{**name, "father's name": how + father} for how in ("", "S/O ")]
    return rows


def test_fathers_tell_namesakes_apart() -> None:
    rows = _twice(300)
    found, without = (
        ck.match(rows, mapping=mapping).customer for mapping in (None, {"father's name": None})
    )
    joined = [
        sum(customer[at] == customer[at + 1] for at in range(0, 600, 2))
        for customer in (found, without)
    ]
    assert joined[0] >= 290
    assert joined[1] < 150
    assert len(set(found)) >= 290


def test_any_relative_agrees_with_any_other() -> None:
    found = ck.match(
        [
            {"name": "Rani Roe", "father name": "Mohan Das", "mother name": "Sita Das"},
            {"name": "Rani Roe", "father name": "", "mother name": "Mohan Das"},
            *({"name": f"{one['given_name']} {one['family_name']}"} for one in people(60)),
        ]
    )
    assert "relative" in {item.field for item in found.explain(0, 1).evidence.stated}


_INDIAN = [f"{name} {letter}" for name in ("Selvi", "Meena", "Kavitha") for letter in "KMPRSTV"]


def test_the_initial_of_a_father_stands_before_or_behind_the_name() -> None:
    names = [*_INDIAN, "K. Selvi", "R.Meena", "Raja Kumar"]
    found = subjects({"full_name": names}, len(names))
    given, family = (found.columns[name] for name in ("given_name", "family_name"))
    said = [(given.forms[given.codes[at]], family.forms[family.codes[at]]) for at in (0, 21, 22)]
    assert said == [("selvi", "k"), ("selvi", "k"), ("meena", "r")]


def test_elsewhere_an_initial_is_that_of_a_given_name() -> None:
    names = ["J. Smith", "Jane Smith", "A. Roe", "Ann Roe", "B. Doe"]
    found = of_names({"full_name": names})
    initials = found["full_name.given_name"]
    assert [initials.forms[code] for code in initials.codes] == ["j", "jane", "a", "ann", "b"]


def test_where_family_names_come_first_an_initial_behind_is_that_of_a_given_name() -> None:
    families = [row["family_name"] for row in people(40)]
    names = [f"{family}, Jane" for family in families] * 2
    names += [f"{family} J" for family in families]
    family = of_names({"full_name": names})["full_name.family_name"]
    said = [family.forms[code] for code in family.codes[-40:]]
    assert said == [name.lower() for name in families]
