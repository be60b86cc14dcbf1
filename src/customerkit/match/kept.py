"""Keep what records state in few large arrays, where a list of texts is many small objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import define
from numpy.typing import NDArray

from customerkit.match.codes import Codes
from customerkit.match.subjects import Subjects

Forms = Mapping[str, tuple[str | None, ...]]
"""What one record states: field → a form for each slot, the first always, the others as far
as stated."""
Slots = list[list[str | None]]
"""The form of several records, for each slot of a field."""


@define(eq=False)
class Joined:
    """Hold texts one after the other.

    Args:
        joined: All of them, in UTF-8.
        ends: Where each begins, and the end.
    """

    joined: bytes
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Joined:
        """Join texts."""
        parts = [text.encode("utf-8", "surrogatepass") for text in texts]
        sizes = np.fromiter(map(len, parts), np.int64, len(parts))
        return cls(b"".join(parts), np.cumsum(np.r_[0, sizes]))

    def taken(self, codes: Codes) -> list[str | None]:
        """Return the text of each code, None for -1."""
        starts, ends = self.ends[codes].tolist(), self.ends[codes + 1].tolist()
        joined = self.joined
        return [
            joined[start:end].decode("utf-8", "surrogatepass") if code >= 0 else None
            for code, start, end in zip(codes.tolist(), starts, ends, strict=True)
        ]


class Kept:
    """Hold what the records of a base state, and what records say that come later.

    Args:
        base: The records.
    """

    def __init__(self, base: Subjects) -> None:
        self.count = base.count
        lists = {id(item.forms): item.forms for item in base.columns.values()}
        texts = {at: Joined.of(forms) for at, forms in lists.items()}
        self._texts = {name: texts[id(item.forms)] for name, item in base.columns.items()}
        self._codes = {name: [slot.codes for slot in base.slots(name)] for name in base.columns}
        self._added: list[Forms] = []

    @property
    def fields(self) -> list[str]:
        """Return the fields that any record states."""
        return list(self._codes)

    @property
    def slots(self) -> dict[str, int]:
        """Return how many slots each field has."""
        return {name: len(codes) for name, codes in self._codes.items()}

    @property
    def nbytes(self) -> int:
        """Return the size of the texts and of the codes that point to them."""
        texts = {id(item): len(item.joined) + item.ends.nbytes for item in self._texts.values()}
        codes = (one.nbytes for codes in self._codes.values() for one in codes)
        return sum(texts.values()) + sum(codes)

    def add(self, forms: Forms) -> None:
        """Keep what one more record states."""
        self._added.append(forms)

    def of_row(self, row: int) -> Forms:
        """Return what one row states."""
        if row >= self.count:
            return self._added[row - self.count]
        one = np.array([row])
        return {
            name: trimmed([slot[0] for slot in self._of_base(name, one)]) for name in self._codes
        }

    def of_rows(self, rows: NDArray[np.int64]) -> dict[str, Slots]:
        """Return for each field and slot what rows state."""
        old = rows < self.count
        if old.all():
            return {name: self._of_base(name, rows) for name in self._codes}
        places = np.argsort(~old, kind="stable").argsort().tolist()
        added = [self._added[row - self.count] for row in rows[~old].tolist()]
        found = {}
        for name in self._codes:
            slots = self._of_base(name, rows[old])
            widest = max(len(slots), *(len(forms[name]) for forms in added))
            slots += [[None] * int(old.sum()) for _ in range(widest - len(slots))]
            for at, slot in enumerate(slots):
                slot += [forms[name][at] if at < len(forms[name]) else None for forms in added]
            found[name] = [[slot[place] for place in places] for slot in slots]
        return found

    def _of_base(self, name: str, rows: NDArray[np.int64]) -> Slots:
        """Return what rows of the base state of a field."""
        texts = self._texts[name]
        return [texts.taken(codes[rows]) for codes in self._codes[name]]


def forms_of(found: Subjects, names: Sequence[str]) -> Forms:
    """Return what a single record states of some fields."""
    forms: dict[str, tuple[str | None, ...]] = {}
    for name in names:
        slots = found.slots(name) if found.has(name) else []
        codes = [(slot.forms, int(slot.codes[0])) for slot in slots]
        forms[name] = trimmed([texts[code] if code >= 0 else None for texts, code in codes])
    return forms


def trimmed(texts: Sequence[str | None]) -> tuple[str | None, ...]:
    """Return the texts of the slots, the first always, further ones as far as stated."""
    last = max((at for at, text in enumerate(texts) if text is not None), default=0)
    return tuple(texts[: last + 1]) or (None,)
