"""What words in names say: Jr is not Sr, Shop 12 is not Shop 13."""

from __future__ import annotations

import pytest

import customerkit as ck

CROWD = [
    {"first name": f"{first}{at}a", "last name": last, "street": f"{at} Mill Lane", "city": "York"}
    for at, first in enumerate(("Ruth", "Piotr", "Lena", "Hugo", "Mira", "Owen", "Inge"))
    for last in ("Abara", "Nowicki", "Vogt", "Sandoval")
]
FATHER = {"first name": "Walter", "street": "9 Elm Street", "city": "Leeds"}


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("Quimby Jr.", "Quimby Sr", 2),
        ("Quimby, Junior", "Quimby Jr", 1),
        ("Quimby", "Quimby", 1),
    ],
)
def test_father_and_son_of_one_name(one: str, other: str, count: int) -> None:
    both = [{**FATHER, "last name": name} for name in (one, other)]
    found = ck.match([*CROWD, *both])
    assert len(set(found.customer[-2:])) == count


def test_numbered_names_are_different() -> None:
    shops = [
        {"name": f"Shop{number} Central", "email": f"shop{number}@chain.example", "city": "York"}
        for number in range(30)
    ]
    assert ck.match(shops).count == 30
