"""Years of birth in e-mail addresses count where dates of birth show that they are such."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from customerkit.match.encode import subjects
from customerkit.match.live import Index
from customerkit.match.mail_years import FIELD, mail_years, of_numbers
from customerkit.match.matching import Matched, match_columns
from match.people import people


def _rows(count: int, digits: int, *, told: bool) -> list[dict[str, Any]]:
    draw = random.Random(4)
    rows = people(count)
    for at, row in enumerate(rows):
        year = int(row["birth_date"][:4]) if told else draw.randrange(1930, 2010)
        row["email"] = f"{row['family_name']}{str(year)[-digits:]}@example{at % 9}.com".lower()
        row["birth_date"] = row["birth_date"] if at % 3 else ""
    return rows


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[str | None]]:
    return {name: [row[name] or None for row in rows] for name in rows[0]}


def _matched(rows: list[dict[str, Any]]) -> Matched:
    return match_columns(_columns(rows), len(rows))


@pytest.mark.parametrize("digits", [2, 4])
def test_a_year_is_read_where_others_state_it_and_their_date_of_birth(digits: int) -> None:
    found = subjects(_columns(_rows(300, digits, told=True)), 300).columns[FIELD]
    want = [row["birth_date"][:4] for row in people(300)]
    assert [found.forms[code] for code in found.codes] == want


def test_other_numbers_are_no_years() -> None:
    assert FIELD not in subjects(_columns(_rows(300, 4, told=False)), 300).columns
    assert FIELD not in subjects(_columns(_rows(40, 4, told=True)), 40).columns  # too few tell


def test_numbers_of_other_lengths_and_of_hosts_are_left_alone() -> None:
    texts = ["a837@x.org", "a@x71.org", "1a\n71@x.org", "no address 71", "a1899@x.org", "b05.71@x"]
    found = of_numbers({"email": texts})["email"]
    assert [found.forms[code] if code >= 0 else None for code in found.codes][-1] == "05"
    assert [found.forms[code] for code in found.codes[:2] if code >= 0] == []
    assert mail_years(found, []) is None


def test_a_year_tells_who_is_who_where_one_date_of_birth_is_missing() -> None:
    rows = _rows(300, 4, told=True)
    asked = {**rows[4], "email": "roe@example.org", "birth_date": "", "phone": "", "city": ""}
    for year, more in ((rows[4]["birth_date"][:4], True), ("1931", False)):
        other = {**asked, "email": f"other{year}@example.org"}
        matcher = _matched([*rows, other]).matcher
        at = [item.name for item in matcher.comparisons.fields].index(FIELD)
        pair = matcher.rows[[4]], matcher.rows[[300]]
        level = matcher.comparisons.levels(pair)[0, at]
        table = np.log2(matcher.model.tables[at])
        assert bool(table[0, level] > table[-1, level]) is more


def test_one_address_tells_its_year_once() -> None:
    rows = _rows(300, 4, told=True)
    again = {**rows[3], "birth_date": "", "phone": "", "city": ""}
    matcher = _matched([*rows, again]).matcher
    at = [item.name for item in matcher.comparisons.fields].index(FIELD)
    pair = matcher.rows[[3]], matcher.rows[[300]]
    assert matcher.comparisons.levels(pair)[0, at] == 0


def test_the_live_index_reads_years_as_matching_does() -> None:
    rows = _rows(300, 2, told=True)
    matched = _matched(rows)
    index = Index.of(matched.matcher, np.arange(300))
    asked = {"given_name": "Ann", "family_name": "Roe", "email": "roe71@example.org"}
    assert index._forms(asked)[FIELD] == ("1971",)
    assert index._forms({**asked, "birth_date": "1980-02-03"})[FIELD] == ("1980",)
    assert index._forms({**asked, "email": "roe1971@example.org"})[FIELD] == (None,)
