"""A company that a record speaks of, and nobody else, is called by its name among people."""

from __future__ import annotations

from typing import Any

import numpy as np

import customerkit as ck
from customerkit.match.encode import subjects
from customerkit.match.live import Index
from customerkit.match.matching import match_columns
from match.people import people

_PLACES, _KINDS = "Ely Hull Ripon Wells Truro".split(), ("Bowls Club", "Rotary Club", "Council")
_CLUBS = [f"{place} {kind}" for place in _PLACES for kind in _KINDS]


def _rows() -> list[dict[str, Any]]:
    """Return clubs, each twice, and people, of whom some work for a club."""
    places = [
        {"street": f"{at} High Road", "city": row["city"], "postcode": row["postcode"]}
        for at, row in enumerate(people(len(_CLUBS), seed=9))
    ]
    clubs = [{"company": name, **place} for name, place in zip(_CLUBS, places, strict=True)]
    staff = [
        {**row, **club}
        for row, club in zip(people(len(_CLUBS), seed=2), clubs, strict=True)
    ]  # fmt: skip
    return [*clubs, *({**club, "city": ""} for club in clubs), *staff, *people(600)]


def test_records_of_one_company_are_one() -> None:
    found, size = ck.match(_rows()).customer, len(_CLUBS)
    assert [found[at] == found[size + at] for at in range(size)] == [True] * size
    assert len(set(found[:size])) == size


def test_a_company_is_nobody_who_works_there() -> None:
    found, size = ck.match(_rows()).customer, len(_CLUBS)
    assert not set(found[:size]) & set(found[2 * size : 3 * size])


def test_who_is_named_is_called_by_that_name() -> None:
    said = {
        "given_name": ["Jane", None, None],
        "family_name": [None, None, "Roe"],
        "company": ["Acme Ltd", "Acme Ltd", "Acme Ltd"],
    }
    found = subjects(said, 3)
    given = found.columns["given_name"]
    assert [given.forms[code] if code >= 0 else None for code in given.codes] == [
        "jane",
        "acme ltd",
        None,
    ]
    assert (found.columns["company"].codes >= 0).tolist() == [True, False, True]


def test_the_live_index_knows_companies_among_people() -> None:
    rows = _rows()
    names = sorted({name for row in rows for name in row})
    columns = {name: [row.get(name) or None for row in rows] for name in names}
    index = Index.of(match_columns(columns, len(rows)).matcher, np.arange(len(rows)))
    (hit, *_) = index.find({"company": "RIPON ROTARY CLUB", "city": rows[7]["city"]})
    assert hit.record == 7
