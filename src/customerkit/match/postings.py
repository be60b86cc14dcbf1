"""Look up which rows share a key: sorted numbers, and a few additions beside them.

Each entry is one number of 64 bits: the space of the key, 32 bits of its hash, and the row.
So that the entries of a key stand together, in the order of their rows, and take 8 bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from customerkit.errors import LimitError
from customerkit.match.hashing import Hashes

Rows = NDArray[np.int64]

_ROW_BITS, _HASH_BITS = 26, 32
ROWS = 1 << _ROW_BITS
"""Rows that an index can tell apart."""
SPACES = 1 << (64 - _ROW_BITS - _HASH_BITS)
"""Spaces of keys."""
_ROW = np.uint64(ROWS - 1)
_FRESH = 1 << 16  # entries in a dict before they are sorted
_STEP = 8  # a layer is so many times smaller than the one below it


def head(space: int, hashed: int) -> int:
    """Return where the entries of a key begin."""
    return ((space << _HASH_BITS) | (hashed >> (64 - _HASH_BITS))) << _ROW_BITS


def rows_of(blocks: Iterable[Block], most: int) -> Rows:
    """Return the rows of blocks, one block after the other; the first of a larger part."""
    parts = [part[:most] for block in blocks for part in block.parts]
    if not parts:
        return np.zeros(0, np.int64)
    found: Rows = (np.concatenate(parts) & _ROW).view(np.int64)
    return found


@define(eq=False)
class Block:
    """Hold the rows that share one key.

    Args:
        parts: Entries of each layer, then those that are not sorted yet.
        size: How many they are.
    """

    parts: list[Hashes]
    size: int


@define(eq=False)
class Postings:
    """Hold the rows of each key.

    Args:
        layers: Sorted entries, the largest layer first.
    """

    layers: list[Hashes] = field(factory=list)
    _fresh: dict[int, list[int]] = field(factory=dict, init=False)
    _count: int = field(default=0, init=False)

    @classmethod
    def of(cls, spaces: Iterable[tuple[Rows, Hashes]]) -> Postings:
        """Sort the keys of many rows.

        Args:
            spaces: For each space the rows, and a key of each; a row may come several times.
        """
        layers = []
        for space, (rows, hashes) in enumerate(spaces):
            if len(rows) and int(rows.max()) >= ROWS:
                raise too_many()
            entries = (hashes >> np.uint64(64 - _HASH_BITS)) << np.uint64(_ROW_BITS)
            entries |= rows.view(np.uint64)
            entries |= np.uint64(space << (_ROW_BITS + _HASH_BITS))
            entries.sort()
            layers.append(_once(entries))
        found = cls()
        found.layers = [np.concatenate(layers)] if layers else []
        return found

    @property
    def nbytes(self) -> int:
        """Return the size of the sorted entries."""
        return sum(layer.nbytes for layer in self.layers)

    def add(self, heads: Iterable[int], row: int) -> None:
        """Add a row under several keys, see :func:`head`."""
        for one in heads:
            self._fresh.setdefault(one, []).append(row)
            self._count += 1
        if self._count >= _FRESH:
            self._settle()

    def _settle(self) -> None:
        """Sort the additions, and merge layers that are not small beside those below."""
        entries = (one | row for one, rows in self._fresh.items() for row in rows)
        fresh = np.fromiter(entries, np.uint64, self._count)
        fresh.sort()
        self._fresh, self._count = {}, 0
        self.layers.append(fresh)
        while len(self.layers) > 1 and len(self.layers[-1]) * _STEP > len(self.layers[-2]):
            both = np.concatenate([self.layers[-2], self.layers[-1]])
            both.sort(kind="stable")  # two sorted runs: one pass
            self.layers[-2:] = [both]

    def blocks(self, heads: Sequence[int]) -> list[Block]:
        """Return the rows of each key."""
        found = [Block([], 0) for _ in heads]
        starts = np.array(heads, np.uint64)
        ends = starts | _ROW
        for layer in self.layers:
            low = layer.searchsorted(starts, "left").tolist()
            high = layer.searchsorted(ends, "right").tolist()
            for block, a, b in zip(found, low, high, strict=True):
                if b > a:
                    block.parts.append(layer[a:b])
                    block.size += b - a
        for block, one in zip(found, heads, strict=True):
            rows = self._fresh.get(one)
            if rows:
                block.parts.append(np.array(rows, np.uint64))
                block.size += len(rows)
        return found

    def sharing(self, heads: Sequence[int], rows: Rows) -> NDArray[np.bool_]:
        """Say which rows (first axis) have which keys (second axis)."""
        wanted = rows.view(np.uint64)[:, None] | np.array(heads, np.uint64)
        held = np.zeros(wanted.shape, bool)
        for layer in self.layers:
            if len(layer):
                at = layer.searchsorted(wanted)
                held |= layer[np.minimum(at, len(layer) - 1)] == wanted
        for place, one in enumerate(heads):
            if one in self._fresh:
                held[:, place] |= np.isin(rows, self._fresh[one])
        return held


def too_many() -> LimitError:
    """Return the error of an index that is full."""
    return LimitError(f"an index holds at most {ROWS:,} different records; build it again or split")


def _once(entries: Hashes) -> Hashes:
    found: Hashes = entries[np.r_[True, entries[1:] != entries[:-1]][: len(entries)]]
    return found
