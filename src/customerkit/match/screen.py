"""Throw away hopeless pairs before their texts are compared.

A pair gets the most bits that it could have: those of agreement where the codes are equal,
those of the best likeness where the texts could be alike, those of difference else. What is
hopeless even so is no candidate.
"""

from __future__ import annotations

import numpy as np
from attrs import define, frozen
from numpy.typing import NDArray

from customerkit.match.codes import Codes, Floats
from customerkit.match.levels import EXACT, Comparison, Comparisons, NameComparison, Pairs
from customerkit.match.marks import Flags
from customerkit.match.threads import in_threads
from customerkit.match.weigh import MATCH, STRANGER, Model

Bits = NDArray[np.float32]
Packed = NDArray[np.int64]

HOPELESS = -6.0
"""Bits below which a pair is not compared, by the expert's weights: a guess."""
SAMPLE = 300_000
"""Hopeless pairs that are compared all the same, to learn from."""
_CHUNK = 1 << 16  # pairs at a time: their arrays stay small
_DEPENDS = {
    "family_name": ("given_name",),
    "gender": ("given_name",),
    "email": ("given_name", "family_name"),
    "street": ("postcode",),
    "city": ("postcode",),
}


@define(eq=False)
class _Bound:
    """Bound what one field can say.

    Args:
        item: The field's comparison.
        exact: Bits of agreement on each form, then on nothing, for each context.
        near: Bits of the best likeness, for each context.
        other: Bits of difference, for each context.
    """

    item: Comparison
    exact: list[Bits]
    near: Bits
    other: Bits

    @property
    def others(self) -> Bits:
        """Return the bits of difference and likeness, then those of the last context."""
        return np.stack([self.other, self.near], axis=1).ravel()

    @classmethod
    def of(cls, item: Comparison, table: NDArray[np.float64]) -> _Bound:
        """Return what the levels of a field say at most, given what strangers do."""
        bits = (np.log2(table[MATCH]) - np.log2(table[STRANGER])).astype(np.float32)
        size, different = len(item.names), item.level("different")
        blocks = (bits[:size], bits[-size:])  # of contexts, the last has most in common
        places = 1 + item.bins.astype(np.intp)
        return cls(
            item,
            [block[places] for block in blocks],
            np.array([block[1 + len(EXACT) :].max() for block in blocks]),
            np.array([block[different:].max() for block in blocks]),
        )

    def bits(self, left: Codes, right: Codes, agreed: Flags | None) -> tuple[Bits, Flags]:
        """Return the most bits of each pair, and which pairs agree."""
        stated = (left | right) >= 0
        same = left == right
        where = np.flatnonzero(stated & ~same)
        same &= stated
        equal = np.flatnonzero(same)
        found = np.zeros(len(left), np.float32)
        forms = left.take(equal).astype(np.int64)
        alike = self.item.alike(*(side.take(where).astype(np.int64) for side in (left, right)))
        if agreed is None:
            found[equal] = self.exact[0].take(forms)
            found[where] = np.where(alike, self.near[0], self.other[0])
            return found, same
        found[equal] = np.where(
            agreed.take(equal), *(part.take(forms) for part in self.exact[::-1])
        )
        found[where] = self.others.take(alike + 2 * agreed.take(where).astype(np.int64))
        return found, same


@frozen(eq=False)
class Sifted:
    """Hold pairs worth comparing, and a sample of the others.

    Args:
        kept: The pairs worth comparing.
        sample: Some of the others: what relatives and strangers agree on shows in them too.
        weight: How many pairs each of the sample stands for.
    """

    kept: Packed
    sample: Packed
    weight: int

    @property
    def pairs(self) -> Packed:
        """Return both, the kept pairs first."""
        return np.concatenate([self.kept, self.sample])

    @property
    def weights(self) -> Floats:
        """Return how many pairs each pair stands for."""
        return np.repeat([1.0, float(self.weight)], [len(self.kept), len(self.sample)])


class Screen:
    """Say which pairs are not hopeless.

    Args:
        comparisons: The fields.
        model: What the levels say.
    """

    def __init__(self, comparisons: Comparisons, model: Model) -> None:
        self._comparisons = comparisons
        self._prior = np.float32(np.log2(model.shares[MATCH] / model.shares[STRANGER]))
        self._bounds = {
            item.name: _Bound.of(item, table)
            for item, table in zip(comparisons.fields, model.tables, strict=True)
        }
        self._names = [item for item in comparisons.fields if isinstance(item, NameComparison)]
        self._crossed = np.float32(0)
        if len(self._names) > 1:
            level = self._names[0].level("swapped")
            swapped = np.log2(model.tables[0][MATCH, level] / model.tables[0][STRANGER, level])
            apart = sum(self._bounds[item.name].other.min() for item in self._names)
            self._crossed = np.float32(swapped - apart)
        first = {name for names in _DEPENDS.values() for name in names}
        self._order = sorted(self._bounds, key=lambda name: (name not in first, name in _DEPENDS))

    def sift(self, packed: Packed, count: int) -> Sifted:
        """Divide pairs into those worth comparing and the hopeless.

        Args:
            packed: Pairs as ``low * count + high``.
            count: Number of records.

        Returns:
            The pairs worth comparing, and a sample of the others to learn from.
        """
        hopes = np.empty(len(packed), np.bool_)

        def fill(start: int) -> None:
            some = slice(start, start + _CHUNK)
            left = packed[some] // count
            hopes[some] = self.bits((left, packed[some] - left * count)) >= HOPELESS

        self._comparisons.make()
        in_threads(fill, range(0, len(packed), _CHUNK))
        dropped = packed[~hopes]
        step = max(1, len(dropped) // SAMPLE)
        return Sifted(packed[hopes], dropped[::step], step)

    def bits(self, pairs: Pairs) -> Bits:
        """Return the log2 odds that pairs are one person, as high as they could be."""
        agreed: dict[str, Flags] = {}
        score = self._prior + self._swapped(pairs)
        for name in self._order:
            found, agreed[name] = self._field(name, pairs, self._agreed(name, agreed))
            score += found
        return score

    def _swapped(self, pairs: Pairs) -> Bits:
        """Return what names in each other's place may say, beside what they say in place."""
        score = np.zeros(len(pairs[0]), np.float32)
        if len(self._names) < 2:
            return score
        given, family = (item.column.codes for item in self._names)
        known = self._names[0].known
        for one, other in ((given, family), (family, given)):
            left, right = one.take(pairs[0]), other.take(pairs[1])
            where = np.flatnonzero((left | right) >= 0)
            a, b = left[where].astype(np.int64), right[where].astype(np.int64)
            score[where[(a == b) | known.alike(a, b)]] = self._crossed
        return score

    def _agreed(self, name: str, agreed: dict[str, Flags]) -> Flags | None:
        known = [agreed[other] for other in _DEPENDS.get(name, ()) if other in agreed]
        return np.logical_or.reduce(known) if known else None

    def _field(self, name: str, pairs: Pairs, agreed: Flags | None) -> tuple[Bits, Flags]:
        bound, subjects = self._bounds[name], self._comparisons.subjects
        slots: list[Codes] = [subjects.columns[name].codes]
        slots += [more.codes for more in subjects.more.get(name, [])]
        found, same = bound.bits(slots[0].take(pairs[0]), slots[0].take(pairs[1]), agreed)
        for at, one in enumerate(slots):
            for other in slots if at else slots[1:]:
                bits, also = bound.bits(one.take(pairs[0]), other.take(pairs[1]), agreed)
                found, same = np.maximum(found, bits), same | also
        return found, same
