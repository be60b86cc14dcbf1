"""Throw away hopeless pairs before their texts are compared.

A pair gets the most bits that it could have: those of agreement where the codes are equal,
those of the best likeness where the texts could be alike, those of difference else. What is
hopeless even so is no candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import TopologicalSorter
from itertools import permutations

import numpy as np
from attrs import define, frozen
from numpy.typing import NDArray

from customerkit.match.codes import Codes, Floats
from customerkit.match.comparison import Comparison, Pairs
from customerkit.match.contexts import SAME, Context, number, together
from customerkit.match.crossed import CROSSINGS, Crossing
from customerkit.match.levels import YIELDS, Comparisons
from customerkit.match.names import NameForms
from customerkit.match.rarity import EXACT
from customerkit.match.weigh import MATCH, STRANGER, Model
from customerkit.threads import in_threads

Bits = NDArray[np.float32]
Packed = NDArray[np.int64]

HOPELESS = -6.0
"""Bits below which a pair is not compared, by the expert's weights: a guess."""
SAMPLE = 300_000
"""Hopeless pairs that are compared all the same, to learn from."""
_CHUNK = 1 << 18  # pairs at a time: fewer, and threads wait for each other


_OTHER, _SAME = 0, 2  # 1: alike
"""What is known of the field that another depends on."""
States = NDArray[np.uint8]


@define(eq=False)
class _Bound:
    """Bound what one field can say, for each state of the fields that it depends on.

    Where those are alike, its levels may count in either context.

    Args:
        item: The field's comparison.
        exact: Bits of agreement: states x forms.
        others: Bits of difference and of the best likeness: states x 2.
    """

    item: Comparison
    exact: Bits
    others: Bits

    @classmethod
    def of(
        cls, item: Comparison, table: NDArray[np.float64], contexts: Sequence[Context]
    ) -> _Bound:
        """Return what the levels of a field say at most, given what strangers do."""
        bits = (np.log2(table[MATCH]) - np.log2(table[STRANGER])).astype(np.float32)
        size, differs = len(item.names), item.differs
        blocks = bits.reshape(-1, size)
        several = list(together(contexts))
        agreeing = [number(some) for some in several if any(one.agrees for one in some)]
        apart = [number(some) for some in several if number(some) not in agreeing]
        rest = blocks[[0, *apart]].max(axis=0)
        same = blocks[agreeing].max(axis=0, initial=-99)
        states = np.stack([rest, blocks.max(axis=0), same])
        near = states[:, 1 + len(EXACT) :].max(axis=1)
        other = states[:, differs:].max(axis=1)
        exact = states[:, 1 + item.bins.astype(np.int64)]
        return cls(item, np.ascontiguousarray(exact), np.stack([other, near], axis=1))

    def bits(self, left: Codes, right: Codes, known: States | None) -> tuple[Bits, States]:
        """Return the most bits of each pair, and the state of the field."""
        same = left == right
        stated = (left | right) >= 0
        where = np.flatnonzero(stated & ~same)
        equal = np.flatnonzero(stated & same)
        forms = left.take(equal).astype(np.int64)
        alike = self.item.alike(*(side.take(where).astype(np.int64) for side in (left, right)))
        state = np.zeros(len(left), np.uint8)
        state[equal], state[where] = _SAME, alike
        found = np.zeros(len(left), np.float32)
        kinds = alike.astype(np.int64)
        if known is not None:
            forms += known.take(equal).astype(np.int64) * self.exact.shape[1]
            kinds += known.take(where).astype(np.int64) * 2
        found[equal] = self.exact.take(forms)
        found[where] = self.others.take(kinds)
        return found, state


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
        self._contexts = comparisons.contexts
        self._bounds = {
            item.name: _Bound.of(item, table, self._contexts.get(item.name, ()))
            for item, table in zip(comparisons.fields, model.tables, strict=True)
        }
        self._crossed = {
            crossing: self._most(model, crossing)
            for crossing in CROSSINGS
            if {crossing.one, crossing.other} <= set(self._bounds)
        }
        others = {name: [one.on for one in items] for name, items in self._contexts.items()}
        depends = {name: others.get(name, []) for name in self._bounds}
        self._order = list(TopologicalSorter(depends).static_order())

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
        states: dict[str, States] = {}
        score = self._prior + self._swapped(pairs)
        for name in self._order:
            found, states[name] = self._field(name, pairs, self._known(name, states))
            for other in YIELDS.get(name, ()):
                if other in self._bounds:
                    found = np.where(self._tells(other, pairs), np.float32(0), found)
            score += found
        return score

    def _tells(self, name: str, pairs: Pairs) -> NDArray[np.bool_]:
        """Say which pairs state a field, and no value that tells nothing."""
        item = self._comparisons[name]
        telling = np.append(np.ones(len(item.column.forms), np.bool_), False)
        if item.crowded is not None:
            telling[:-1] = ~item.crowded
        one, other = (telling.take(item.column.codes.take(side)) for side in pairs)
        both: NDArray[np.bool_] = one & other
        return both

    def _most(self, model: Model, crossing: Crossing) -> np.float32:
        """Return the most that names in each other's place say, beside what they say in place."""
        both = [self._comparisons[name] for name in (crossing.one, crossing.other)]
        swapped, apart = [], 0.0
        for item in both:
            table = model.tables[self._comparisons.fields.index(item)]
            levels = slice(item.level("swapped"), len(item.names))
            swapped.append(np.log2(table[MATCH, levels] / table[STRANGER, levels]).max())
            apart += self._bounds[item.name].others[:, 0].min()
        return np.float32(max(swapped) - apart)

    def _swapped(self, pairs: Pairs) -> Bits:
        """Return what names in each other's place may say, beside what they say in place."""
        score = np.zeros(len(pairs[0]), np.float32)
        columns = self._comparisons.subjects.columns
        for crossing, most in self._crossed.items():
            known = NameForms.of(columns[crossing.one])
            one, other = columns[crossing.one].codes, columns[crossing.other].codes
            for left, right in permutations(pairs):
                stated = other.take(right)
                where = np.flatnonzero(stated >= 0)  # few have a middle name
                where = where[one.take(left.take(where)) >= 0]
                first = one.take(left.take(where)).astype(np.int64)
                second = stated.take(where).astype(np.int64)
                alike = where[(first == second) | known.alike(first, second)]
                score[alike] = np.maximum(score[alike], most)
        return score

    def _known(self, name: str, states: dict[str, States]) -> States | None:
        """Return the state of what a field depends on; likeness counts where it may agree."""
        known = [
            np.where(states[one.on] == _SAME, _SAME, _OTHER).astype(np.uint8)
            if one.last == SAME
            else states[one.on]
            for one in self._contexts.get(name, ())
            if one.agrees
        ]
        if not known:
            return None
        found: States = np.maximum.reduce(known)
        return found

    def _field(self, name: str, pairs: Pairs, known: States | None) -> tuple[Bits, States]:
        bound, subjects = self._bounds[name], self._comparisons.subjects
        slots: list[Codes] = [slot.codes for slot in subjects.slots(name)]
        found, state = bound.bits(slots[0].take(pairs[0]), slots[0].take(pairs[1]), known)
        for at, one in enumerate(slots):
            for other in slots if at else slots[1:]:
                bits, also = bound.bits(one.take(pairs[0]), other.take(pairs[1]), known)
                found, state = np.maximum(found, bits), np.maximum(state, also)
        return found, state
