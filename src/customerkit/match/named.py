"""Compare names: the levels of given, middle and family names, and how rare the names are."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from customerkit.match.codes import Codes, Floats, Places
from customerkit.match.comparison import Comparison, Levels, Pairs, choose, equal, shorter
from customerkit.match.marks import Flags
from customerkit.match.names import NameForms
from customerkit.match.near import edits
from customerkit.match.parts import SHORT, has_ideographs, telling_sound
from customerkit.match.rarity import HARDLY

_FEW = 2  # records of a name that hardly anybody has, where there are few records: a guess


class NameComparison(Comparison):
    """Compare given or family names."""

    @cached_property
    def known(self) -> NameForms:
        """Return what is compared of the forms."""
        return NameForms.of(self.column)

    @cached_property
    def stated(self) -> Codes:
        """Return how many records state each form, in any slot: a reading is rare in few."""
        first, *others = (slot.counts for slot in self.subjects.slots(self.name))
        return sum(others, first)

    @cached_property
    def rare(self) -> Flags:
        """Say which names hardly anybody has: most of those that are slips are among them."""
        found: Flags = self.stated <= max(_FEW, HARDLY * self.subjects.count)
        return found

    @cached_property
    def rarely(self) -> Levels:
        """Return for each level that of names of which hardly anybody has one."""
        rarely = [f"{name}_rare" for name in self.names]
        found = [
            self.level(name if name in self.names else name.removesuffix("_rare"))
            for name in rarely
        ]
        return np.array(found, np.uint8)

    def best(self, pairs: Pairs) -> Levels:
        """Return that readings only sound the same where names are written in other signs."""
        one, other = (self.column.codes.take(side) for side in pairs)
        ideographs = self.column.kept("ideographs", self._ideographs)
        unlike = ideographs.take(one) & ideographs.take(other) & (one != other)
        found: Levels = np.array([0, self.level("homophone")], np.uint8).take(unlike)
        return found

    def _ideographs(self) -> Flags:
        """Say which forms are written in ideographs, and that none is not."""
        return np.array([*map(has_ideographs, self.column.forms), False], np.bool_)

    def are_rare(self, left: Places, right: Places) -> Flags:
        """Say of which names hardly anybody has one; those of two scripts are not."""
        han = self.known.han
        rare = self.rare.take(left) | self.rare.take(right)
        found: Flags = rare & (han.take(left) == han.take(right))
        return found

    @property
    def differs(self) -> int:
        """Return the number of the first level of difference."""
        return self.level("different_rare")

    @property
    def split(self) -> Floats:
        """Return how two people's names that differ are spread: with a rare one, and without."""
        counts = self.column.counts
        usual = np.clip((counts[~self.rare].sum() / max(counts.sum(), 1)) ** 2, 0.01, 0.99)
        return np.array([1 - usual, usual])

    def unlike(self, left: Places, right: Places) -> Levels:
        """Return the levels of names that are not alike."""
        levels = self.level("different"), self.level("different_rare")
        return np.array(levels, np.uint8).take(self.are_rare(left, right))

    def alike(self, left: Places, right: Places) -> Flags:
        """Say which names that differ may be alike."""
        return self.known.alike(left, right)

    def compare(self, left: Places, right: Places) -> Levels:
        """Return the levels of names that differ."""
        known = self.known
        either_han = known.han[left] & known.han[right]
        short = shorter(known.read_lengths, left, right)
        far = edits(known.read, known.latins.take(left), known.latins.take(right))
        if either_han.any():
            short = np.where(either_han, shorter(known.lengths, left, right), short)
            far = np.where(either_han, edits(known.column, left, right, 1), far)
        reading = equal(known.latins, left, right)
        single = known.single[left] | known.single[right]
        initial = single & (known.letters[left] == known.letters[right])
        first, others = known.first.take(left), known.first.take(right)
        last, ends = known.last.take(left), known.last.take(right)
        part = (first == others) | (last == ends) | (first == ends) | (last == others)
        sounding = self.same_part(telling_sound, left, right)
        numbered = known.digits.take(left) != known.digits.take(right)
        begins = equal(known.heads, left, right)
        shortest = shorter(known.lengths, left, right) == SHORT
        begins |= shortest & equal(known.starts, left, right)
        found = choose(
            len(left),
            self.level("different"),
            (numbered, self.level("different")),
            (initial, self.level("initial")),
            (single, self.level("other_initial")),
            (reading & ~either_han, self.level("near")),
            (known.spelt(left, right), self.level("near")),
            (known.nicknames(left, right) & (first != others), self.level("nickname")),
            ((far == 1) & (short >= 3) & ~either_han, self.level("near")),
            (part & ~either_han, self.level("part")),
            ((far == 2) & (short >= 5) & ~either_han, self.level("far")),
            (reading, self.level("homophone")),
            ((far == 1) & (short >= 2) & either_han, self.level("far")),
            ((sounding | begins) & ~either_han, self.level("far")),
        )
        rarely = self.rarely[found]
        return np.where(self.are_rare(left, right), rarely, found)
