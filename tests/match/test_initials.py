"""Initials without dots are initials, where a column states names so."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

import customerkit as ck
from customerkit.match.initials import most_initials
from customerkit.match.live import Index
from customerkit.match.matching import match_columns
from customerkit.match.parted import of_names
from match.people import people

NAMES = ["Anna", "Ben", "Dora", "Ian", "Jo", "Margaret", "Theodore"]
GROUPS = "JGW MH SP BT KL TD HJ WB DR PM CW".split()


def _initials(name: str, draw: random.Random) -> str:
    return name[0] + "".join(draw.sample("ABCDEFGHJKLMNPRSTVWZ", draw.choice((1, 2))))


def _again(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    draw = random.Random(8)
    told = {"email": "", "birth_date": "", "city": "", "postcode": ""}
    return [{**row, "given_name": _initials(row["given_name"], draw), **told} for row in rows]


def _forms(texts: list[str]) -> list[str | None]:
    (given, _) = of_names({"given_name": texts}).values()
    return [given.forms[code] if code >= 0 else None for code in given.codes]


def test_capitals_that_are_also_written_as_names_are_names() -> None:
    *_, ian, jo, joined, alone = _forms([*NAMES, *GROUPS, "IAN", "JO", "JA", "M"])
    assert [ian, jo, joined, alone] == ["ian", "jo", "j", "m"]


def test_few_groups_of_consonants_are_names_that_were_mistyped() -> None:
    assert most_initials([*NAMES, "STN", "BRN"], whole=False) == 0
    assert _forms([*NAMES, "STN", "BRN"])[-2:] == ["stn", "brn"]


def test_in_a_column_in_capitals_only_pairs_are_initials() -> None:
    few = [name.upper() for name in [*NAMES, *GROUPS]]
    assert _forms([*few, "JGW", "JA", "ED"])[-3:] == ["jgw", "j", "ed"]
    assert most_initials([*few[: len(NAMES)], "STN", "BRN", "BN"], whole=False) == 0


def test_whole_names_begin_with_initials_where_others_do() -> None:
    texts = [f"{group} Bakker" for group in GROUPS]
    rest = ["Ian Smit", "Mr JA de Groot", "Smit, JP", "Margaret Roe"]
    forms = of_names({"full_name": [*texts, *rest]})
    given = forms["full_name.given_name"]
    said = [given.forms[code] for code in given.codes[-4:]]
    assert said == ["ian", "j", "j", "margaret"]
    alone = of_names({"full_name": ["NG Wai Man", "Mr JA de Groot", "Margaret Roe"]})
    assert "ja" in alone["full_name.given_name"].forms


def test_names_of_other_scripts_in_capitals_have_vowels_too() -> None:
    greek = ["Γιώργος", "Ελένη", "Κατερίνα", "ΑΝΑ", "ΕΥΑ", "ΛΕΑ", "ΡΕΑ", "ΜΙΑ", "ΖΩΗ", "ΝΙΟΝ"]
    assert most_initials([*greek, "ΒΙΟ", "ΘΕΟ", "ΚΙΟ", "ΔΙΩ", "ΣΙΑ"], whole=False) == 0


def test_who_is_named_by_initials_is_who_has_that_phone() -> None:
    rows = people(300)
    found = ck.match([*rows, *_again(rows)]).customer
    assert sum(found[at] == found[300 + at] for at in range(300)) >= 290


def test_whole_names_of_initials_are_those_of_who_has_that_phone() -> None:
    rows = people(300)
    again = [
        {"full_name": f"{row['given_name']} {row['family_name']}", "phone": row["phone"]}
        for row in _again(rows)
    ]
    found = ck.match([*rows, *again]).customer
    assert sum(found[at] == found[300 + at] for at in range(300)) >= 290


def test_the_live_index_takes_initials_apart_as_matching_does() -> None:
    rows = people(300)
    every = [*rows, *_again(rows)]
    columns = {name: [row[name] or None for row in every] for name in every[0]}
    index = Index.of(match_columns(columns, len(every)).matcher, np.arange(len(every)))
    asked = {**rows[8], "given_name": rows[8]["given_name"][0] + "QX", "email": "", "city": ""}
    (hit, *_) = index.find(asked)
    assert hit.record in (8, 308)
    assert hit.match > 0.9
