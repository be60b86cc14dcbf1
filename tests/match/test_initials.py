"""Initials without dots are initials, where a column states names so."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

import customerkit as ck
from customerkit.match.initials import has_initials
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
    assert not has_initials([*NAMES, "STN", "BRN"])
    assert _forms([*NAMES, "STN", "BRN"])[-2:] == ["stn", "brn"]


def test_a_column_in_capitals_tells_nothing_of_initials() -> None:
    texts = [name.upper() for name in [*NAMES, *GROUPS]]
    assert not has_initials(texts)
    assert _forms(texts) == [text.lower() for text in texts]


def test_who_is_named_by_initials_is_who_has_that_phone() -> None:
    rows = people(300)
    found = ck.match([*rows, *_again(rows)]).customer
    assert sum(found[at] == found[300 + at] for at in range(300)) >= 290


def test_names_of_other_scripts_in_capitals_have_vowels_too() -> None:
    greek = ["Γιώργος", "Ελένη", "Κατερίνα", "ΑΝΑ", "ΕΥΑ", "ΛΕΑ", "ΡΕΑ", "ΜΙΑ", "ΖΩΗ", "ΝΙΟΝ"]
    assert not has_initials([*greek, "ΒΙΟ", "ΘΕΟ", "ΚΙΟ", "ΔΙΩ", "ΣΙΑ"])


def test_the_live_index_takes_initials_apart_as_matching_does() -> None:
    rows = people(300)
    every = [*rows, *_again(rows)]
    columns = {name: [row[name] or None for row in every] for name in every[0]}
    index = Index.of(match_columns(columns, len(every)).matcher, np.arange(len(every)))
    asked = {**rows[8], "given_name": rows[8]["given_name"][0] + "QX", "email": "", "city": ""}
    (hit, *_) = index.find(asked)
    assert hit.record in (8, 308)
    assert hit.match > 0.9
