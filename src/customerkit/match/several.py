"""Take cells apart that list several addresses or numbers, as address books write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define, frozen

from customerkit.match.codes import MISSING, Codes, Part, Places, listed, taken
from customerkit.model.profile import slots


@frozen
class _Listing:
    """Say how the values of a field are listed in one cell.

    Args:
        sign: Stands in every cell that lists several, and in few others.
        between: Divides them.
        value: Stands in each of them.
    """

    sign: re.Pattern[str]
    between: re.Pattern[str]
    value: re.Pattern[str]

    @classmethod
    def of(cls, sign: str, between: str, value: str) -> _Listing:
        """Return it by three patterns."""
        return cls(re.compile(sign), re.compile(rf"\s*(?:{between})\s*"), re.compile(value))


_LISTINGS = {
    "email": _Listing.of("@[^@]*@", r"[;,|\n]|:::| / ", r"^[^@\s]+@[^@\s]+$"),
    "phone": _Listing.of(r"[;|~\n]|:::| / ", r"[;|~\n]|:::| / ", r"(?:\d\D*){7}"),
}


def divided(parts: Mapping[str, Part]) -> dict[str, Part]:
    """Return the columns whose cells list several values, one in each, and what they fill.

    The first stays where it stood; the others go where the record states none, those for which
    no slot is left are left out.

    Args:
        parts: Column → for each record the place of its text, and the texts.

    Example:
        >>> cells = np.array([0, 1], np.int32), ["a@x.example; b@y.example", "c@z.example"]
        >>> found = divided({"email": cells})
        >>> found["email"][1], found["email_2"][1], found["email_2"][0].tolist()
        (['a@x.example', 'c@z.example'], ['b@y.example'], [0, -1])
    """
    found: dict[str, Part] = {}
    for field, listing in _LISTINGS.items():
        names = slots(field)
        for name in filter(parts.__contains__, names):
            codes, texts = found.get(name, parts[name])
            listing_cells = _divided(texts, listing)
            if listing_cells:
                columns = [_Slot.of({**parts, **found}.get(other), len(codes)) for other in names]
                _fill(columns, names.index(name), listing_cells)
                found |= {
                    other: (column.codes, column.texts)
                    for other, column in zip(names, columns, strict=True)
                    if other in parts or column.texts
                }
    return found


def _divided(texts: Any, listing: _Listing) -> dict[int, list[str]]:
    """Return the values of each text that lists several."""
    found = {}
    for at, text in _with(texts, listing.sign):
        values = listing.between.split(text.strip())
        if len(values) > 1 and all(map(listing.value.search, values)):
            found[at] = values
    return found


def _with(texts: Any, sign: re.Pattern[str]) -> Iterable[tuple[int, str]]:
    """Return the places of texts in which something stands, and these."""
    if not hasattr(texts, "cast"):
        return [(at, text) for at, text in enumerate(texts) if sign.search(text)]
    import pyarrow.compute as pc

    places = np.flatnonzero(pc.match_substring_regex(texts, sign.pattern))
    return zip(places.tolist(), taken(texts, places), strict=True)


@define
class _Slot:
    """Hold the column of a slot while it is filled."""

    codes: Codes
    texts: list[str]

    @classmethod
    def of(cls, part: Part | None, count: int) -> _Slot:
        """Return a column that can be changed."""
        if part is None:
            return cls(np.full(count, MISSING, np.int32), [])
        return cls(part[0].copy(), list(listed(part[1])))


def _fill(columns: Sequence[_Slot], own: int, cells: Mapping[int, list[str]]) -> None:
    """Put the first value of each cell in its place, and the others where none is stated."""
    rows: Places = np.flatnonzero(np.isin(columns[own].codes, list(cells)))
    known: list[dict[str, int]] = [{} for _ in columns]
    for row in rows.tolist():
        _, *others = cells[int(columns[own].codes[row])]
        for slot, column in enumerate(columns):
            if others and column.codes[row] < 0:
                text = others.pop(0)
                if text not in known[slot]:
                    known[slot][text] = len(column.texts)
                    column.texts.append(text)
                column.codes[row] = known[slot][text]
    for at, (first, *_) in cells.items():
        columns[own].texts[at] = first
