"""Find the pairs that a person should decide: those nearest the threshold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import define, field

from customerkit.match.cluster import THRESHOLD
from customerkit.match.codes import Floats
from customerkit.match.explain import Ints
from customerkit.match.matching import Matched

SURE = 0.99
"""From this probability on, of either answer, nobody needs to look."""
_DOUBT = float(np.log2(SURE / (1 - SURE)))


def probability(bits: Floats) -> Floats:
    """Return the probabilities that log2 odds mean."""
    found: Floats = 1 / (1 + np.exp2(-bits))
    return found


@define(eq=False)
class Pairs:
    """Give the compared pairs of a result as records instead of distinct records.

    Records that state the same are pairs too.

    Args:
        found: Who is who.
    """

    found: Matched
    _left: Ints = field(init=False)
    _right: Ints = field(init=False)
    _bits: Floats = field(init=False)
    _rows: Ints = field(init=False)
    _starts: Ints = field(init=False)

    def __attrs_post_init__(self) -> None:
        matcher = self.found.matcher
        several = np.flatnonzero(matcher.sizes > 1)
        if not matcher.comparisons.fields:
            several = several[:0]  # nothing was compared
        alike = matcher.odds(several, several) if len(several) else np.zeros(0)
        self._left = np.concatenate([several, self.found.left])
        self._right = np.concatenate([several, self.found.right])
        self._bits = np.concatenate([alike, self.found.weights])
        self._rows = np.argsort(matcher.rows, kind="stable")
        self._starts = np.concatenate([[0], np.cumsum(matcher.sizes)])

    def likely(self, least: float) -> Iterator[tuple[int, int, float]]:
        """Yield pairs of records and their probability, the likeliest first."""
        chances = probability(self._bits)
        keep = np.flatnonzero(chances >= least)
        for at in keep[np.argsort(-self._bits[keep], kind="stable")].tolist():
            chance = float(chances[at])
            for one, other in self._expanded(at):
                yield one, other, chance

    def doubtful(self) -> list[tuple[int, int]]:
        """Return pairs of records, one for each two groups, the most uncertain first."""
        apart = np.abs(self._bits - THRESHOLD)
        keep = np.flatnonzero(apart < _DOUBT)
        keep = keep[np.argsort(apart[keep], kind="stable")]
        one, two = self._first(self._left[keep]), self._first(self._right[keep])
        same = self._left[keep] == self._right[keep]
        two = np.where(same, self._rows[self._starts[self._left[keep]] + same], two)
        groups = np.sort(np.stack([self.found.labels[one], self.found.labels[two]]), axis=0)
        _, first = np.unique(groups, axis=1, return_index=True)
        return [(int(one[at]), int(two[at])) for at in np.sort(first)]

    def _first(self, distinct: Ints) -> Ints:
        """Return the first record of each distinct one."""
        found: Ints = self._rows[self._starts[distinct]]
        return found

    def _expanded(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield the pairs of records that a pair of distinct records stands for."""
        left, right = self._of(int(self._left[at])), self._of(int(self._right[at]))
        if self._left[at] == self._right[at]:
            yield from ((a, b) for place, a in enumerate(left) for b in left[place + 1 :])
        else:
            yield from ((min(a, b), max(a, b)) for a in left for b in right)

    def _of(self, distinct: int) -> list[int]:
        rows: list[int] = self._rows[self._starts[distinct] : self._starts[distinct + 1]].tolist()
        return rows
