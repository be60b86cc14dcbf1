"""Encode what records state, for comparison: a column of codes for each field that counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define
from numpy.typing import NDArray

from customerkit.match.codes import MISSING, Coded, Codes, dictionaries, encoded, numbered, spread
from customerkit.model.profile import fields
from customerkit.roles import role
from customerkit.roles._japanese import japanese, without_blank
from customerkit.roles._slavic import without_patronymic
from customerkit.roles.full_name import generation, split
from customerkit.roles.missing import is_missing

SINGLE = (
    "middle_name",
    "birth_date",
    "birth_place",
    "gender",
    "company",
    "occupation",
    "national_id",
    "tax_id",
)
NAMES = ("full_name", "given_name", "family_name", "suffix")
SEVERAL = ("email", "phone", "street", "city", "postcode")
COMPARED = frozenset([*NAMES, *SINGLE, *SEVERAL])
"""The fields that people are compared by."""
IDENTIFIERS = ("email", "phone", "national_id", "tax_id")
"""The fields whose values few people share."""
_MONSIEUR = re.compile(r"^\s*M\.\s+(?=\S+\s+\S)")
_WITH_NAME = ("birth_date", "street", "postcode")


@define(eq=False)
class Subjects:
    """Hold the records to match.

    Args:
        count: How many there are.
        columns: Field → its column; ``given_name`` and ``family_name`` share their forms.
        more: Field → columns of its further slots, with the same forms.
    """

    count: int
    columns: dict[str, Coded]
    more: dict[str, list[Coded]]

    def has(self, name: str) -> bool:
        """Say whether any record states the field."""
        return name in self.columns


def subjects(columns: Mapping[str, Any], count: int) -> Subjects:
    """Encode the columns of records.

    Args:
        columns: Field → texts or None, one for each record, or Arrow arrays.
        count: Number of records.

    Returns:
        The records in codes; fields that nobody states are left out.
    """
    columns = dictionaries(columns)
    found = _names(columns, count)
    more: dict[str, list[Coded]] = {}
    found["suffix"] = _generations(columns, count)
    for name in SINGLE:
        if name in columns:
            found[name] = encoded(columns[name], role(fields()[name].role).forms)
    for name in SEVERAL:
        slots = [columns[slot] for slot in _slots(name) if slot in columns]
        if slots:
            first, *others = _shared(slots, role(fields()[name].role).forms)
            found[name] = first
            more[name] = [other for other in others if other.codes.max(initial=-1) >= 0]
    stated = {
        name: column
        for name, column in found.items()
        if more.get(name) or column.codes.max(initial=-1) >= 0
    }
    return Subjects(count, stated, {name: more[name] for name in more if name in stated})


def telling(found: Subjects) -> Subjects:
    """Return the records, without any field where all of them together tell nobody apart.

    Many people share a name, a date of birth or an address; an identifier, or a name with
    one of the others, is what few share. Where nobody is named, companies are.

    Args:
        found: The records.
    """
    names = sum(map(found.has, ("given_name", "family_name"))) or int(found.has("company"))
    identified = any(map(found.has, IDENTIFIERS))
    named = names > 1 or (names == 1 and any(map(found.has, _WITH_NAME)))
    if identified or named:
        return found
    return Subjects(found.count, {}, {})


def _slots(name: str) -> list[str]:
    return [slot for slot, item in fields().items() if item.base == name]


def _shared(columns: Sequence[Any], form: Any) -> list[Coded]:
    """Encode several columns with one list of forms."""
    if len(columns) == 1:
        return [encoded(columns[0], form)]
    parts = [encoded(column, form) for column in columns]
    texts = [text for part in parts for text in part.forms]
    codes, forms = numbered(texts)
    found, start = [], 0
    shared = Coded(codes, forms)
    for part in parts:
        own = codes[start : start + len(part.forms)]
        found.append(shared.with_codes(spread(own, part.codes)))
        start += len(part.forms)
    return found


def _names(columns: Mapping[str, Any], count: int) -> dict[str, Coded]:
    """Encode names; a middle name too, where whole names tell it and no column does."""
    nothing = Coded(np.full(count, MISSING, np.int32), [])
    form = role("given_name").forms
    given = encoded(columns["given_name"], form) if "given_name" in columns else nothing
    family = encoded(columns["family_name"], form) if "family_name" in columns else nothing
    parts, middle = [given, family], {}
    if "full_name" in columns:
        *halves, patronymic = _split(columns["full_name"])
        parts += halves
        middle = {"middle_name": patronymic}
    texts = [text for part in parts for text in part.forms]
    codes, forms = numbered(texts)
    shared, start = [], 0
    for part in parts:
        shared.append(spread(codes[start : start + len(part.forms)], part.codes))
        start += len(part.forms)
    own_given, own_family, *whole = shared
    if whole:
        fits = _agree(own_given, whole[0]) & _agree(own_family, whole[1])
        own_given = np.where(fits & (own_given < 0), whole[0], own_given)
        own_family = np.where(fits & (own_family < 0), whole[1], own_family)
    given = Coded(own_given, forms)
    return {"given_name": given, "family_name": given.with_codes(own_family), **middle}


def _agree(part: Codes, whole: Codes) -> NDArray[np.bool_]:
    """Say where a part of a name is not stated, or the same as in the whole name."""
    found: NDArray[np.bool_] = (part < 0) | (part == whole)
    return found


def _generations(columns: Mapping[str, Any], count: int) -> Coded:
    """Encode which of a family's bearers of one name is meant: Jr or Sr."""
    column = Coded(np.full(count, MISSING, np.int32), [])
    for name in ("suffix", "family_name", "full_name"):
        if name in columns:
            other = encoded(columns[name], lambda texts: list(map(generation, texts)))
            codes, forms = numbered([*column.forms, *other.forms])
            own, theirs = codes[: len(column.forms)], codes[len(column.forms) :]
            said = spread(own, column.codes)
            column = Coded(np.where(said < 0, spread(theirs, other.codes), said), forms)
    return column


def _split(column: Any) -> list[Coded]:
    form = role("given_name").form
    whole = encoded(column, _stated)
    pairs = [_parts(text) for text in whole.forms]
    found = []
    for at in (0, 1, 2):
        codes, forms = numbered([form(text) if (text := part[at]) else None for part in pairs])
        found.append(Coded(spread(codes, whole.codes), forms))
    return found


def _stated(texts: Sequence[str]) -> list[str | None]:
    return [None if is_missing(text, "name") else text for text in texts]


def _parts(full: str) -> tuple[str | None, str | None, str | None]:
    """Return given and family name, and patronymic; of what is not sure to split, the ends.

    Chinese and Japanese names are taken without their blank, for it is left out as often.
    *M.* before two words is taken for a title: where it is an initial, little is lost.
    """
    full, han = _MONSIEUR.sub("", full), without_blank(full)
    given, family = split(han or full)
    if given and not han:
        given, patronymic = without_patronymic(given)
        return given, family, patronymic
    if given or family:
        return given, family, None
    if han:
        return *japanese(han), None
    words = (role("full_name").form(full) or "").split()
    if not words:
        return None, None, None
    return words[0], words[-1] if len(words) > 1 else None, None
