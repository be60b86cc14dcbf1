"""Made-up people for tests of matching."""

from __future__ import annotations

import random
from typing import Any

_GIVEN = "Anna Ben Carl Dora Emil Fay Gus Hana Ian Jo Kai Lea Max Nia Otto Pia Rosa Sam Tia Una"
_STARTS = "Bar Cor Del Fen Gar Hol Ker Lan Mor Nor Pel Rud Sel Tor Ul Vas Wen Yar Zim"
_ENDS = "bach dale ford gate ham kin ley mann nov quist ros sen ton vik wood"
_TOWNS = "Leeds York Bath Derby Ely Hull Ripon Truro Wells Stoke"


def people(count: int, seed: int = 5) -> list[dict[str, Any]]:
    """Return people of whom no two are one."""
    rng = random.Random(seed)
    return [_person(rng, number) for number in range(count)]


def with_copies(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return people, and the first third of them again, worse written."""
    again = []
    for number, row in enumerate(rows[: len(rows) // 3]):
        blank = ("phone", "email", "birth_date", "city")[number % 4]
        typo = row["family_name"][:-1] if number % 3 else row["family_name"]
        again.append({**row, "family_name": typo, blank: ""})
    return [*rows, *again]


def names(count: int, seed: int = 4) -> list[dict[str, Any]]:
    """Return names of strangers, many of them alike."""
    rng = random.Random(seed)
    starts, ends = _family()
    return [
        {
            "given_name": rng.choice(ends).title() + rng.choice("aeiou"),
            "family_name": rng.choice(starts) + rng.choice("aeiou") + rng.choice(ends),
        }
        for _ in range(count)
    ]


def _person(rng: random.Random, number: int) -> dict[str, Any]:
    given, family = rng.choice(_GIVEN.split()), "".join(map(rng.choice, _family()))
    town = rng.randrange(10)
    return {
        "given_name": given,
        "family_name": family,
        "birth_date": f"{rng.randrange(1940, 2005)}-{rng.randrange(1, 13):02}-"
        f"{rng.randrange(1, 29):02}",
        "email": f"{given}.{family}{number}@example.com".lower(),
        "phone": f"+4477009{rng.randrange(10**5):05}",
        "city": _TOWNS.split()[town],
        "postcode": f"{10_000 + 1_000 * town + rng.randrange(40)}",
    }


def _family() -> tuple[list[str], list[str]]:
    return _STARTS.split(), _ENDS.split()
