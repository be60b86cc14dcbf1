"""What else tells people apart, and people of many records each."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import numpy as np

import customerkit as ck
from customerkit.match.attributes import Attributes
from customerkit.match.block import Budget, candidates
from customerkit.match.encode import subjects
from match.people import people

_PLACES = "Leeds York Bath Derby Ely Hull Ripon Truro Wells Stoke Perth Ayr Cork Sligo Bray".split()
_JOBS = "painter writer lawyer priest judge tailor miller baker".split()


def _many_of_each(count: int, each: int) -> list[dict[str, Any]]:
    """Return people of several records, every field of which is sometimes missing or wrong."""
    rng = random.Random(8)
    rows = []
    for person in people(count):
        born = {"birth_place": rng.choice(_PLACES), "occupation": rng.choice(_JOBS)}
        whole = {name: person[name] for name in ("given_name", "family_name", "birth_date")} | born
        for _ in range(each):
            row = {name: value for name, value in whole.items() if rng.random() < 0.85}
            if "family_name" in row and rng.random() < 0.2:
                at = rng.randrange(len(row["family_name"]))
                row["family_name"] = row["family_name"][:at] + row["family_name"][at + 1 :]
            rows.append(row)
    return rows


def _found(rows: list[dict[str, Any]], each: int) -> tuple[float, float]:
    """Return precision and recall over the pairs of records."""
    groups = ck.match(rows).groups
    right = sum(a // each == b // each for some in groups for a, b in combinations(some, 2))
    said = sum(len(some) * (len(some) - 1) // 2 for some in groups)
    return right / said, right / (len(rows) * (each - 1) / 2)


def test_people_of_many_records_are_found_by_where_they_were_born() -> None:
    rows = _many_of_each(600, 10)
    precision, recall = _found(rows, 10)
    assert precision > 0.99
    assert recall > 0.95
    known = ("given_name", "family_name", "birth_date")
    poorer = _found([{name: row.get(name) for name in known} for row in rows], 10)
    assert poorer[1] < recall - 0.05


def test_a_middle_name_tells_namesakes_apart() -> None:
    known = ("given_name", "family_name", "city")
    middle = "Ruth Ingrid Paul Maya Ralph Edith Cleo Hugo Vera Noel".split()
    rows = [
        {**{name: row[name] for name in known}, "birth_date": row["birth_date"], "middle_name": m}
        for m, row in zip(middle * 30, people(300), strict=True)
    ]
    twice = [{**row, "birth_date": ""} for row in rows[:100]]
    others = [{**row, "middle_name": middle[at % 10 - 3]} for at, row in enumerate(twice[:20])]
    found = ck.match([*rows, *twice[20:], *others])
    same, other = found.explain(20, 300), found.explain(0, 380)
    bits = [{name: one for name, one, _ in pair.evidence.steps()} for pair in (same, other)]
    assert bits[0]["middle name"] > 2
    assert bits[1]["middle name"] < -1.5
    assert same.probability > other.probability


def test_a_missing_part_of_a_name_is_taken_from_the_whole() -> None:
    columns = {
        "full_name": ["Jane Roe", "Jane Roe", "Jane Roe", None],
        "given_name": [None, "Jane", "Anna", "Jane"],
        "family_name": ["Roe", None, None, "Roe"],
    }
    found = subjects(columns, 4).columns
    forms = [*found["given_name"].forms, None]
    assert [forms[code] for code in found["given_name"].codes] == ["jane", "jane", "anna", "jane"]
    assert [forms[code] for code in found["family_name"].codes] == ["roe", "roe", None, "roe"]


def test_the_budget_grows_with_what_is_found_and_is_bounded() -> None:
    assert Budget().wider(0.4, 10_000) is None
    usual = Budget()
    wider = [usual.wider(4.0, count) for count in (10_000, 100_000, 10_000_000)]
    found = [(budget.pairs, budget.unidentified) for budget in wider if budget is not None]
    assert np.allclose(found[:2], usual.pairs + 8)
    assert found[2][0] < 2 * usual.pairs
    assert usual.each(1.0, 1_000) == usual.pairs
    assert usual.each(0.0, 1_000) == usual.unidentified
    assert usual.each(0.0, 10_000_000) < 2 * usual.pairs


def test_the_fewer_state_an_identifier_the_more_pairs_the_other_passes_give() -> None:
    def pairs(stated: int) -> int:
        columns: dict[str, list[str | None]] = {
            "given_name": [f"anna{at % 97}" for at in range(4_000)],
            "birth_date": [f"19{at % 89 + 10}-01-{1 + at % 28:02}" for at in range(4_000)],
            "email": [f"u{at}@example.com" if at < stated else None for at in range(4_000)],
        }
        found = subjects(columns, 4_000)
        return len(candidates(Attributes(found), found.count, Budget(least=0)))

    counts = [pairs(stated) for stated in (4_000, 2_000, 0)]
    assert counts == sorted(counts)
    assert counts[0] < counts[2] / 2
