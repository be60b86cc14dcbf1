"""One record compared with few is compared as whole columns are, level for level."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from customerkit.match.attributes import Attributes
from customerkit.match.encode import subjects
from customerkit.match.hashing import hash_text, mixed, mixed_one, turned, turned_one
from customerkit.match.kept import Forms
from customerkit.match.keys import of_all, of_one, usable, whole, whole_one
from customerkit.match.levels import Comparisons
from customerkit.match.postings import SPACES, head
from customerkit.match.rarity import EXACT
from customerkit.match.single import Single
from customerkit.match.subjects import Subjects
from match.variants import columns, rows


def _slots(base: Subjects, name: str) -> list[list[str | None]]:
    return [
        [column.forms[code] if code >= 0 else None for code in column.codes.tolist()]
        for column in (base.columns[name], *base.more.get(name, []))
    ]


def _forms(texts: dict[str, list[list[str | None]]], row: int) -> Forms:
    return {name: tuple(slot[row] for slot in slots) for name, slots in texts.items()}


@pytest.mark.parametrize("seed", range(3))
def test_levels_are_those_of_whole_columns(seed: int) -> None:
    base = subjects(columns(rows(150, seed)), 150)
    comparisons, texts = Comparisons(base), {name: _slots(base, name) for name in base.columns}
    single, every = Single(comparisons), np.arange(base.count)
    for row in range(base.count):
        want = comparisons.levels((np.full(base.count, row), every))
        got = single.levels(_forms(texts, row), texts, base.count)
        assert np.array_equal(got, want), (row, np.argwhere(got != want)[:5])


def test_rows_show_every_level() -> None:
    rare = {"given_name": "威", "family_name": "汪", "middle_name": "威"}
    more = [rare, *[{"family_name": "旺"}] * 3]
    base = subjects(columns([*rows(700, 9), *more]), 704)
    comparisons = Comparisons(base)
    left, right = np.triu_indices(base.count, 1)
    levels = comparisons.levels((left, right))
    for at, item in enumerate(comparisons.fields):
        seen = Counter((levels[:, at] % len(item.names)).tolist())
        unseen = [name for name in item.near if item.level(name) not in seen]
        assert not unseen, (item.name, unseen)


def test_unknown_values_are_the_rarest() -> None:
    base = subjects(columns(rows(150, 1)), 150)
    comparisons = Comparisons(base)
    forms: Forms = dict.fromkeys(base.columns, (None,)) | {"family_name": ("unheard",)}
    texts = {name: [[one[0]]] for name, one in forms.items()}
    got = Single(comparisons).levels(forms, texts, 1)[0]
    place = [item.name for item in comparisons.fields].index("family_name")
    assert comparisons.fields[place].names[got[place]] == EXACT[-1]


YEARS = [f"{year}-01-01" for year in range(1940, 1990)]
DAYS = [f"19{year}-{month:02}-1{year % 9}" for year in range(40, 90) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("dates", "asked", "levels"),
    [
        (YEARS, "1950-01-01", {"1951-01-01": "next_year", "1989-01-01": "generation"}),
        ([*DAYS, *YEARS], "1950-06-14", {"1950-01-01": "partial", "1951-01-01": "next_year"}),
        ([*DAYS, *YEARS[:2], *["1970-01-01"] * 40], "1950-06-14",
         {"1970-01-01": "missing", "1940-01-01": "missing", "1940-06-14": "near"}),
        ([*DAYS, *YEARS, *["1955-01-01"] * 40], "1955-01-01",
         {"1955-01-01": "missing", "1955-06-11": "missing"}),
        (DAYS, "1950-01-01", {"1951-01-16": "next_year"}),
    ],
)  # fmt: skip
def test_the_first_of_a_year_says_what_it_is_written_for(
    dates: list[str], asked: str, levels: dict[str, str]
) -> None:
    base = subjects(columns([{"birth_date": date} for date in [*dates, asked]]), len(dates) + 1)
    comparisons = Comparisons(base)
    every, texts = np.arange(base.count), {"birth_date": _slots(base, "birth_date")}
    got = Single(comparisons).levels({"birth_date": (asked.replace("-", ""),)}, texts, base.count)
    assert np.array_equal(got, comparisons.levels((np.full(base.count, base.count - 1), every)))
    names = comparisons.fields[0].names
    found = {date: names[level] for date, level in zip(dates, got[:, 0].tolist(), strict=False)}
    assert {date: found[date] for date in levels} == levels


def test_keys_of_one_record_are_those_of_all() -> None:
    base = subjects(columns(rows(400, 5)), 400)
    attributes, texts = Attributes(base), {name: _slots(base, name) for name in base.columns}
    passes = usable(attributes)
    slots = {name: len(found) for name, found in texts.items()}
    want: list[set[int]] = [set() for _ in range(base.count)]
    for space, (found, hashes) in enumerate(of_all(attributes, passes)):
        for row, key in zip(found.tolist(), hashes.tolist(), strict=True):
            want[row].add(head(space, key))
    for row in range(base.count):
        forms = _forms(texts, row)
        assert {*of_one(forms, passes)[0], whole_one(forms, slots)} == want[row]
    assert len(np.unique(whole(base))) > 390
    assert len(passes) < SPACES


@pytest.mark.parametrize(
    "parts", [("jane",), ("jane", "roe"), ("a", "", "b"), ("", "x"), ("z" * 60,)]
)
def test_mixing_single_hashes_is_mixing_columns(parts: tuple[str, ...]) -> None:
    hashes = [hash_text(part) for part in parts]
    arrays = [np.array([one], np.uint64) for one in hashes]
    assert mixed_one(*hashes) == int(mixed(*arrays)[0])
    assert turned_one(hashes[0]) == int(turned(arrays[0])[0])
