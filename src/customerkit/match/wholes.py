"""Read whole names: from a column of them, and from a part of a name that holds all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from customerkit.match.codes import MISSING, Coded, Codes, listed, spread
from customerkit.match.forms import PARTS, Formed

Rows = Mapping[str, Codes]
"""Column → for each record the place of its text."""
Columns = dict[str, list[Coded]]
"""Field → a column for each slot."""
_ALONE = {"alone.given_name": "family_name", "alone.family_name": "given_name"}
"""Column of the texts of a part of names of which the other part is missing → the other."""
WHOLES = ("full_name", *_ALONE)
"""Columns that may hold whole names."""


def alone(parts: Mapping[str, tuple[Codes, Any]]) -> dict[str, tuple[Codes, list[str]]]:
    """Return columns of the texts of a part of names where the other part is missing.

    Some channels write the whole name into one of the two fields.

    Args:
        parts: Column → for each record the place of its text, and the texts.
    """
    found = {}
    for column, other in _ALONE.items():
        name = column.removeprefix("alone.")
        if name in parts and other in parts:
            codes, texts = parts[name]
            codes = np.where(parts[other][0] < 0, codes, MISSING)
            once = np.unique(codes[codes >= 0])
            some = [" " in text for text in _taken(texts, once)]
            once = once[some]
            if len(once):
                places = np.full(len(texts), MISSING, np.int32)
                places[once] = np.arange(len(once))
                found[column] = spread(places, codes), _taken(texts, once)
    return found


def _taken(texts: Any, places: NDArray[Any]) -> list[str]:
    if hasattr(texts, "take"):
        return listed(texts.take(places))
    return [texts[at] for at in places.tolist()]


def names_of(rows: Rows, forms: Formed) -> Columns:
    """Encode names: what a part says, else what a whole name says of it.

    Args:
        rows: Where the texts of each column are.
        forms: Their forms, see :func:`customerkit.match.forms.of_names`.
    """
    nothing = np.full(len(next(iter(rows.values()))), MISSING, np.int32)
    given, family, middle = (
        spread(forms[name].codes, rows[name]) if name in forms else nothing for name in PARTS
    )
    if "full_name" in rows:
        whole = _whole("full_name", rows, forms)
        fits = _agree(given, whole[0]) & _agree(family, whole[1])
        given, family = (
            np.where(fits & (own < 0), other, own)
            for own, other in ((given, whole[0]), (family, whole[1]))
        )
        middle = np.where(middle < 0, whole[2], middle)
    given, family = _of_alone(given, family, rows, forms)
    shared = next(iter(forms.values()))
    return {
        name: [shared.with_codes(codes)]
        for name, codes in zip(PARTS, (given, family, middle), strict=True)
    }


def _whole(column: str, rows: Rows, forms: Formed) -> list[Codes]:
    """Return the parts of the whole names of a column."""
    return [spread(forms[f"{column}.{name}"].codes, rows[column]) for name in PARTS]


def _agree(part: Codes, whole: Codes) -> NDArray[np.bool_]:
    """Say where a part of a name is not stated, or the same as in the whole name."""
    found: NDArray[np.bool_] = (part < 0) | (part == whole)
    return found


def _of_alone(given: Codes, family: Codes, rows: Rows, forms: Formed) -> tuple[Codes, Codes]:
    """Take parts of names apart that are whole names by what other records call people.

    *Mary Ann* is no whole name where more people have Ann for a given name than for a family
    name; the first word of a family name is a given name only where somebody is called so.
    """
    size = len(next(iter(forms.values())).forms)
    as_given, as_family = (
        np.bincount(codes[codes >= 0], minlength=size) for codes in (given, family)
    )
    for column in _ALONE:
        if column not in rows:
            continue
        first, last, _ = _whole(column, rows, forms)
        fits = (first >= 0) & (last >= 0)
        fits[fits] = as_family[last[fits]] >= as_given[last[fits]]
        if column.endswith("family_name"):
            fits[fits] = as_given[first[fits]] > as_family[first[fits]]
        given, family = np.where(fits, first, given), np.where(fits, last, family)
    return given, family
