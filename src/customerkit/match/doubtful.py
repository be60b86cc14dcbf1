"""Find the pairs that a person should decide: those nearest the threshold."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from customerkit.match.cluster import THRESHOLD
from customerkit.match.codes import Floats
from customerkit.match.explain import Ints
from customerkit.match.matching import Matched
from customerkit.match.sorting import distinct
from customerkit.match.weigh import probability

SURE = 0.99
"""From this probability on, of either answer, nobody needs to look."""
_DOUBT = float(np.log2(SURE / (1 - SURE)))


@define(eq=False)
class Pairs:
    """Give the compared pairs of a result as records instead of distinct records.

    Records that state the same are pairs too.

    Args:
        found: Who is who.
    """

    found: Matched
    _several: Ints = field(init=False)
    _alike: Floats = field(init=False)
    _rows: Ints = field(init=False)
    _starts: Ints = field(init=False)

    def __attrs_post_init__(self) -> None:
        matcher = self.found.matcher
        self._several = np.flatnonzero(matcher.sizes > 1)
        if not matcher.comparisons.fields:
            self._several = self._several[:0]  # nothing was compared
        some = len(self._several) > 0
        self._alike = matcher.odds(self._several, self._several) if some else np.zeros(0)
        self._rows = np.argsort(matcher.rows, kind="stable")
        self._starts = np.concatenate([[0], np.cumsum(matcher.sizes)])

    def likely(self, least: float) -> Iterator[tuple[int, int, float]]:
        """Yield pairs of records and their probability, the likeliest first."""
        lefts, rights, bits = self._where(lambda bits: probability(bits) >= least)
        chances = probability(bits)
        for at in np.argsort(-bits, kind="stable").tolist():
            chance = float(chances[at])
            for one, other in self._expanded(int(lefts[at]), int(rights[at])):
                yield one, other, chance

    def doubtful(self) -> list[tuple[int, int]]:
        """Return pairs of records, one for each two groups, the most uncertain first."""
        left, right, bits = self._where(lambda bits: np.abs(bits - THRESHOLD) < _DOUBT)
        order = np.argsort(np.abs(bits - THRESHOLD), kind="stable")
        left, right = left[order], right[order]
        one = self._rows[self._starts[left]]
        two = self._rows[self._starts[right] + (left == right)]
        labels = self.found.labels
        low, high = np.minimum(labels[one], labels[two]), np.maximum(labels[one], labels[two])
        first = np.sort(distinct(low * (len(labels) + 1) + high).first)
        return list(zip(one[first].tolist(), two[first].tolist(), strict=True))

    def _where(self, wanted: Callable[[Floats], NDArray[np.bool_]]) -> tuple[Ints, Ints, Floats]:
        """Return the distinct records and the bits of those pairs whose bits are wanted."""
        equal = wanted(self._alike)
        other = np.flatnonzero(wanted(self.found.weights))
        return (
            np.concatenate([self._several[equal], self.found.left[other]]),
            np.concatenate([self._several[equal], self.found.right[other]]),
            np.concatenate([self._alike[equal], self.found.weights[other]]),
        )

    def _expanded(self, left: int, right: int) -> Iterator[tuple[int, int]]:
        """Yield the pairs of records that a pair of distinct records stands for."""
        some, others = self._of(left), self._of(right)
        if left == right:
            yield from ((a, b) for place, a in enumerate(some) for b in some[place + 1 :])
        else:
            yield from ((min(a, b), max(a, b)) for a in some for b in others)

    def _of(self, distinct: int) -> list[int]:
        rows: list[int] = self._rows[self._starts[distinct] : self._starts[distinct + 1]].tolist()
        return rows
