"""Read whole names: from a column of them, and from a part of a name that holds all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from customerkit.match.called import TURNED, Called
from customerkit.match.codes import MISSING, Coded, Codes, spread, taken
from customerkit.match.forms import Formed
from customerkit.match.parted import ALONE, CALLED, COMPANY, PART_SLOTS, PARTS
from customerkit.match.parts import is_initial
from customerkit.match.split import DIVIDED

Rows = Mapping[str, Codes]
"""Column → for each record the place of its text."""
Columns = dict[str, list[Coded]]
"""Field → a column for each slot."""
_BETWEEN = DIVIDED | {" "}
"""Signs of which one stands between the parts of a whole name."""
_SECOND = "_2"
_STATED = (*PART_SLOTS, "full_name", f"full_name{_SECOND}")
NAMES = (*_STATED, *ALONE, COMPANY)
"""Columns that parts of names, or whole ones, are read from."""


def alone(parts: Mapping[str, tuple[Codes, Any]]) -> dict[str, tuple[Codes, list[str]]]:
    """Return columns of the texts of a part of names where the other part is missing.

    Some channels write the whole name into one of the two fields. Where nobody is named, it is
    a company that a record speaks of.

    Args:
        parts: Column → for each record the place of its text, and the texts.
    """
    found: dict[str, tuple[Codes, list[str]]] = {}
    for column, other in ALONE.items():
        name = column.removeprefix("alone.")
        if name in parts and other in parts:
            codes, texts = parts[name]
            codes = np.where(parts[other][0] < 0, codes, MISSING)
            found |= _some(column, codes, texts, lambda text: not _BETWEEN.isdisjoint(text))
    if "company" in parts and (names := [parts[name][0] for name in _STATED if name in parts]):
        codes, texts = parts["company"]
        found |= _some(COMPANY, np.where(np.maximum.reduce(names) < 0, codes, MISSING), texts)
    return found


def _some(
    column: str, codes: Codes, texts: Any, wanted: Callable[[str], bool] = bool
) -> dict[str, tuple[Codes, list[str]]]:
    """Return a column of those texts that are stated and wanted; none where there are none."""
    once = np.unique(codes[codes >= 0])
    once = once[list(map(wanted, taken(texts, once)))]
    if not len(once):
        return {}
    places = np.full(len(texts), MISSING, np.int32)
    places[once] = np.arange(len(once))
    return {column: (spread(places, codes), taken(texts, once))}


def names_of(rows: Rows, forms: Formed) -> Columns:
    """Encode names: what a part says, else what a whole name says of it.

    Another name that somebody goes by has a slot of its own; where it is the only one, the
    first.

    Args:
        rows: Where the texts of each column are.
        forms: Their forms, see :func:`customerkit.match.parted.of_names`.
    """
    own, other = _of_slot("", rows, forms), _of_slot(_SECOND, rows, forms)
    _of_alone(own, rows, forms)
    if COMPANY in rows:
        own[0] = np.where(rows[COMPANY] >= 0, _stated(COMPANY, rows, forms, own[0]), own[0])
    for name, another in zip(own, other, strict=True):
        another[name == another] = MISSING
    lone = (own[0] < 0) & (own[1] < 0)
    for name, another in zip(own, other, strict=True):
        name[lone], another[lone] = another[lone], MISSING
    shared = next(iter(forms.values()))
    called: Called | None = shared.kept(CALLED, lambda: None)
    if called is not None and called.every:
        _turn(own, shared, called)
    return {
        name: [shared.with_codes(own[at]), shared.with_codes(other[at])]
        for at, name in enumerate(PARTS)
    }


def _turn(own: list[Codes], names: Coded, called: Called) -> None:
    """Take a middle name for the given one where others call people so, and the first does not.

    In some countries the names of a person stand in any order.
    """
    both = np.flatnonzero((own[0] >= 0) & (own[2] >= 0))
    first, middle = own[0][both], own[2][both]
    once = np.unique(np.concatenate([first, middle]))
    bits = np.zeros(int(once.max(initial=-1)) + 1)
    bits[once] = [called.rather_family(name) for name in names.texts(once.astype(np.int64))]
    turned = both[bits[first] - bits[middle] >= TURNED]
    own[0][turned], own[2][turned] = own[2][turned], own[0][turned]


def _of_slot(slot: str, rows: Rows, forms: Formed) -> list[Codes]:
    """Return the codes of the parts of a slot; the parts of a whole name where they agree."""
    nothing = np.full(len(next(iter(rows.values()))), MISSING, np.int32)
    parts = [_stated(name + slot, rows, forms, nothing) for name in PARTS]
    given, whole = f"given_name{slot}", f"full_name{slot}"
    if given in rows:
        initial = spread(forms[f"{given}.middle_name"].codes, rows[given])
        parts[2] = np.where(parts[2] < 0, initial, parts[2])
    if whole not in rows:
        return parts
    wholes = _whole(whole, rows, forms)
    parts[0] = _without_spelt_out(parts[0], wholes[0], next(iter(forms.values())))
    fits = _agree(parts[0], wholes[0]) & _agree(parts[1], wholes[1])
    where = (fits, fits, np.ones_like(fits))
    return [
        np.where((part < 0) & some, other, part)
        for part, other, some in zip(parts, wholes, where, strict=True)
    ]


def _without_spelt_out(given: Codes, whole: Codes, names: Coded) -> Codes:
    """Return given names without those initials that the whole name spells out."""
    both = np.flatnonzero((given >= 0) & (whole >= 0) & (given != whole))
    said = (names.texts(codes[both].astype(np.int64)) for codes in (given, whole))
    spelt = [one[0] == other[0] and is_initial(one) for one, other in zip(*said, strict=True)]
    found = given.copy()
    found[both[np.array(spelt, np.bool_)]] = MISSING
    return found


def _stated(column: str, rows: Rows, forms: Formed, otherwise: Codes) -> Codes:
    return spread(forms[column].codes, rows[column]) if column in rows else otherwise.copy()


def _whole(column: str, rows: Rows, forms: Formed) -> list[Codes]:
    """Return the parts of the whole names of a column."""
    return [spread(forms[f"{column}.{name}"].codes, rows[column]) for name in PARTS]


def _agree(part: Codes, whole: Codes) -> NDArray[np.bool_]:
    """Say where a part of a name is not stated, or the same as in the whole name."""
    found: NDArray[np.bool_] = (part < 0) | (part == whole)
    return found


def _of_alone(own: list[Codes], rows: Rows, forms: Formed) -> None:
    """Take parts of names apart that are whole names."""
    for column in filter(rows.__contains__, ALONE):
        first, last, middle = _whole(column, rows, forms)
        fits = (first >= 0) & (last >= 0)
        own[0], own[1] = np.where(fits, first, own[0]), np.where(fits, last, own[1])
        own[2] = np.where(fits & (own[2] < 0), middle, own[2])
