"""Hold a column as codes: every text is worked once, however many records state it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import count
from typing import Any, TypeVar, cast

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from customerkit.roles._sound import latin

Codes = NDArray[np.int32]
Places = NDArray[np.int64]
Floats = NDArray[np.float64]
Part = tuple[Codes, Any]
"""For each record the place of its text, and the texts."""
MISSING = -1
Made = TypeVar("Made")


@define(eq=False)
class Coded:
    """Hold what many records state of one field: a code each, and the texts behind them.

    Args:
        codes: Record → place of its form, -1 where nothing is stated.
        forms: The different forms.
    """

    codes: Codes
    forms: list[str]
    _made: dict[Hashable, Any] = field(factory=dict, init=False)
    _counts: Codes | None = field(default=None, init=False)

    def __len__(self) -> int:
        return len(self.codes)

    def with_codes(self, codes: Codes) -> Coded:
        """Return what other records state in the same forms; what was made of them is shared."""
        found = Coded(codes, self.forms)
        found._made = self._made
        return found

    def kept(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made of the forms before, by name, or make it."""
        if name not in self._made:
            self._made[name] = make()
        found: Made = self._made[name]
        return found

    def keep(self, name: Hashable, made: object) -> None:
        """Keep something by name, for :meth:`kept`."""
        self._made[name] = made

    def drop(self, names: Iterable[Hashable]) -> None:
        """Let go of what was made of the forms, by name."""
        for name in names:
            self._made.pop(name, None)

    @property
    def counts(self) -> Codes:
        """Return how many records state each form."""
        if self._counts is None:
            found = np.bincount(self.codes[self.codes >= 0], minlength=len(self.forms))
            self._counts = found.astype(np.int32)
        return self._counts

    def part(self, name: str, function: Callable[[str], str | None]) -> Codes:
        """Return, for each form, the code of what a function makes of it; kept by name."""
        return self.kept(name, lambda: numbered(list(map(function, self.forms)))[0])

    @property
    def read(self) -> Coded:
        """Return the readings of the forms in Latin letters, a code for each form."""
        return self.kept("read", self._read)

    def _read(self) -> Coded:
        codes, forms = numbered([latin(form) or None for form in self.forms])
        return Coded(codes, [*forms, ""])

    def texts(self, places: Places) -> list[str]:
        """Return the forms of codes."""
        forms = self.kept("forms", lambda: np.array([*self.forms, None], object)[:-1])
        found: list[str] = forms.take(places).tolist()
        return found

    @property
    def lengths(self) -> Codes:
        """Return how long each form is."""
        return self.kept(
            "lengths", lambda: np.fromiter(map(len, self.forms), np.int32, len(self.forms))
        )


def spread(values: Codes, codes: Codes) -> Codes:
    """Return the value of each code, -1 for -1."""
    if not len(values):
        return np.full(len(codes), MISSING, np.int32)
    found: Codes = np.where(codes >= 0, values[codes], MISSING).astype(np.int32, copy=False)
    return found


def numbered(texts: Sequence[str | None]) -> tuple[Codes, list[str]]:
    """Return a code for each text, in order of appearance, and the texts that say anything.

    Example:
        >>> codes, texts = numbered(["b", None, "a", "b"])
        >>> codes.tolist(), texts
        ([0, -1, 1, 0], ['b', 'a'])
    """
    nothing = {None: MISSING, "": MISSING}
    known: defaultdict[str | None, int] = defaultdict(count().__next__, nothing)
    codes = np.fromiter(map(known.__getitem__, texts), np.int32, len(texts))
    del known[None], known[""]
    return codes, cast("list[str]", list(known))


def together(columns: Sequence[Sequence[str | None]]) -> list[Coded]:
    """Return several lists of forms as columns that share their forms.

    Example:
        >>> one, other = together([["b", None], ["a", "b"]])
        >>> one.forms, one.codes.tolist(), other.codes.tolist()
        (['b', 'a'], [0, -1], [1, 0])
    """
    codes, forms = numbered([form for column in columns for form in column])
    shared = Coded(codes, forms)
    if len(columns) == 1:
        return [shared]
    ends = np.cumsum(list(map(len, columns)))[:-1]
    return list(map(shared.with_codes, np.split(codes, ends)))


def apart(column: Any) -> tuple[Codes, Any]:
    """Return a code for each row of a column, and its different texts.

    Args:
        column: Texts or None, or an Arrow array of them, also in chunks.

    Returns:
        Row → place of its text, -1 for None; and the texts, an Arrow array where it was one.
    """
    if hasattr(column, "dictionary_encode"):
        packed = column.dictionary_encode()
        chunks = getattr(packed, "chunks", None) or [packed]  # all of them share their texts
        raw = np.concatenate([chunk.indices.fill_null(MISSING).to_numpy() for chunk in chunks])
        return raw.astype(np.int32, copy=False), chunks[0].dictionary
    raw, found = numbered(column)
    return raw, list(map(str, found))


def listed(texts: Any) -> list[str]:
    """Return texts that :func:`apart` returned as a list."""
    found: list[str] = texts.cast("string").to_pylist() if hasattr(texts, "cast") else texts
    return found


def taken(texts: Any, places: NDArray[Any]) -> list[str]:
    """Return the texts at some places as Python texts."""
    if hasattr(texts, "take"):
        return listed(texts.take(places))
    return [texts[at] for at in places.tolist()]


def totals(codes: NDArray[Any], weights: NDArray[Any], size: int) -> Floats:
    """Return the sum of the weights of each code from 0 to ``size``."""
    return np.bincount(codes, weights, size).astype(np.float64, copy=False)
