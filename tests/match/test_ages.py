"""Ages tell years of birth where no date of birth is stated."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

import customerkit as ck
from customerkit.match.ages import AgeComparison, age_against
from customerkit.match.encode import subjects
from customerkit.match.levels import Comparisons
from match.people import people

_THIS_YEAR = datetime.now(UTC).year


def _years(**columns: list[str | None]) -> list[str | None]:
    found = subjects(columns, len(next(iter(columns.values())))).columns["age"]
    return [found.forms[code] if code >= 0 else None for code in found.codes.tolist()]


def test_an_age_is_that_of_when_it_was_written() -> None:
    written: list[str | None] = ["2014-02-03", "03/02/2024", "20240203", "1392768000000", None, "?"]
    said = _years(age=["40"] * 6, published=written)
    assert said == ["1974", "1984", "1984", "1974", *[str(_THIS_YEAR - 40)] * 2]


def test_other_records_tell_of_which_year_ages_are() -> None:
    assert _years(age=["30", "21", None], birth_date=["1990-05-06", None, "1980"]) == [
        *("1990", "1999", "1980"),
    ]


@pytest.mark.parametrize("ages", [["n/a", "old"], ["40", "30"]])
def test_ages_that_add_nothing_are_left_out(ages: list[str | None]) -> None:
    born: list[str | None] = ["1984-01-02", "1994-01-02"]
    assert "age" not in subjects({"age": ages, "birth_date": born}, 2).columns


def test_an_age_counts_only_beside_no_date_of_birth() -> None:
    rows: list[dict[str, str]] = [
        {"birth_date": "1984-01-02"},
        {"birth_date": "1986-01-02"},
        {"age": "40", "published": "2024"},
        {"age": "57", "published": "2024"},
    ]
    names = ("birth_date", "age", "published")
    comparisons = Comparisons(subjects({n: [row.get(n) for row in rows] for n in names}, 4))
    item = comparisons["age"]
    assert isinstance(item, AgeComparison)
    place = comparisons.fields.index(item)
    levels = comparisons.levels((np.array([0, 0, 1, 0]), np.array([1, 2, 2, 3])))[:, place]
    said = [item.names[level] for level in levels.tolist()]
    assert said[0] == "missing"
    assert said[1].startswith("same")
    assert said[2:] == ["few", "generation"]


@pytest.mark.parametrize(
    ("years", "level"), [(1, "near"), (4, "few"), (15, "different"), (16, "generation")]
)
def test_levels_are_by_years(years: int, level: str) -> None:
    assert age_against("1984")(str(1984 - years)) == level


def test_ages_tell_namesakes_apart() -> None:
    rows: list[dict[str, Any]] = [
        {name: row[name] for name in ("given_name", "family_name", "city")}
        | {"age": str(20 + at % 60)}
        for at, row in enumerate(people(400))
    ]
    again = [{**row, "age": str(int(row["age"]) + 1)} for row in rows[:100]]
    older = [{**row, "age": str(int(row["age"]) + 30)} for row in rows[100:120]]
    found = ck.match([*rows, *again, *older])
    same, other = found.explain(0, 400), found.explain(100, 500)
    bits = [{name: one for name, one, _ in pair.evidence.steps()} for pair in (same, other)]
    assert bits[0]["age"] > 1
    assert bits[1]["age"] < -1
