"""Compare one field of pairs of records: what all comparisons share.

Level 0 is missing. The levels that follow are agreement on a value, one for each class of
rarity: that two people are called Smith says less than that both are called Zylberstein.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from attrs import define
from numpy.typing import NDArray

from customerkit.match.bulk import Part, hashed, signs
from customerkit.match.codes import Coded, Codes, Floats, Places
from customerkit.match.crowds import PEOPLE, names_of
from customerkit.match.marks import Bits, Flags, marks, near_signs, share_mark
from customerkit.match.rarity import EXACT, rarity
from customerkit.match.subjects import Subjects

ELSEWHERE = "elsewhere"
"""The level of agreement in other slots than the first of both, of fields where it counts."""
SHOWN = "shown"
"""The level of agreement as far as one of two values is shown, of fields where it counts."""
MASK = "*"
"""What stands in a form for a part that is not shown."""
_TELLING = 4  # letters or digits before what is hidden that are written in one way only
Levels = NDArray[np.uint8]
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


@define(eq=False, slots=False)
class Comparison(ABC):
    """Compare one field.

    Args:
        name: The field.
        near: The names of the levels after agreement.
        contexts: How many contexts the levels are counted in, see :meth:`context`.
        subjects: The records.
    """

    name: str
    near: tuple[str, ...]
    subjects: Subjects
    contexts: int = 1

    @property
    def column(self) -> Coded:
        """Return the field's column."""
        return self.subjects.columns[self.name]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all levels of one context."""
        return ("missing", *EXACT, *self.near)

    @property
    def size(self) -> int:
        """Return the number of levels, over all contexts."""
        return self.contexts * len(self.names)

    @cached_property
    def bins(self) -> Levels:
        """Return the class of rarity of each form."""
        return rarity(self.stated, self.subjects.count)

    @cached_property
    def called(self) -> Places:
        """Return under how many names each form of an identifier is stated."""
        return names_of(self.subjects, self.name)

    @cached_property
    def crowded(self) -> Flags | None:
        """Say which forms so many people state that they are nobody's own; None for no form."""
        found = self.called > PEOPLE
        return found if found.any() else None

    @property
    def stated(self) -> Codes:
        """Return how many records state each form in the first slot."""
        return self.column.counts

    @property
    def counts(self) -> Codes:
        """Return how many records state each form as their own."""
        counts = self.stated
        return counts if self.crowded is None else np.where(self.crowded, 0, counts)

    def level(self, name: str) -> int:
        """Return the number of a level."""
        return self.names.index(name)

    @property
    def differs(self) -> int:
        """Return the number of the first level of difference."""
        return self.level("different")

    @property
    def split(self) -> Floats:
        """Return how two people's values that differ are spread over the levels of difference."""
        return np.ones(1)

    def levels(self, pairs: Pairs) -> Levels:
        """Return the level of each pair, the best over the slots of a field."""
        slots = self.subjects.slots(self.name)
        found = self._of(pairs, self.column.codes, self.column.codes)
        best = self.best(pairs) if len(slots) > 1 else None
        for one, other in product(slots, repeat=2) if len(slots) > 1 else ():
            if one is not self.column or other is not self.column:
                also = self._elsewhere(self._of(pairs, one.codes, other.codes))
                if best is not None:
                    also[also > 0] = np.maximum(also, best)[also > 0]
                found = self._better(found, also)
        return found

    def best(self, pairs: Pairs) -> Levels | None:
        """Return the best level that further slots can give pairs; None for any."""
        return None

    def _elsewhere(self, levels: Levels) -> Levels:
        """Return the levels of further slots: agreement in them may tell something else.

        The first phone is mostly one's own, and others are those of a home or an office.
        """
        if ELSEWHERE not in self.near:
            return levels
        exact = (levels > 0) & (levels <= len(EXACT))
        return np.where(exact, np.uint8(self.level(ELSEWHERE)), levels)

    def _better(self, a: Levels, b: Levels) -> Levels:
        """Return the lower level, missing being none."""
        return np.where((a == 0) | ((b > 0) & (b < a)), b, a)

    def _of(self, pairs: Pairs, lefts: Codes, rights: Codes) -> Levels:
        one, other = lefts.take(pairs[0]), rights.take(pairs[1])
        found = np.zeros(len(one), np.uint8)
        stated = (one | other) >= 0
        same = one == other
        where = np.flatnonzero(stated & ~same)
        same &= stated
        equal = np.flatnonzero(same)
        forms = one.take(equal).astype(np.int64)
        found[equal] = 1 + self.bins.take(forms)
        if self.crowded is not None:
            found[equal[self.crowded.take(forms)]] = 0
        left, right = (side.take(where).astype(np.int64) for side in (one, other))
        found[where] = self.unlike(left, right)
        likely = self.alike(left, right)
        if self.masked is not None:
            unlike = np.flatnonzero(self.masked.take(left) ^ self.masked.take(right))
            found[where[unlike]] = self._as_shown(left[unlike], right[unlike])
            likely[unlike] = False
        alike = np.flatnonzero(likely)
        if len(alike):
            found[where.take(alike)] = self.compare(left.take(alike), right.take(alike))
        return found

    @property
    def masked(self) -> Flags | None:
        """Say which forms are shown in part only; None for no form.

        Such a one is compared with its like, and as far as it is shown with whole ones.
        """
        return masked_forms(self.column)

    def _as_shown(self, left: Places, right: Places) -> Levels:
        """Return the levels of forms of which one is shown in part only."""
        if SHOWN not in self.near:
            return np.zeros(len(left), np.uint8)
        pairs = zip(self.column.texts(left), self.column.texts(right), strict=True)
        levels = self.level(SHOWN), self.differs
        return np.array([levels[not fits(*pair)] for pair in pairs], np.uint8)

    def alike(self, left: Places, right: Places) -> Flags:
        """Say which forms that differ may have a level other than that of difference.

        It is quick, and never denies where :meth:`compare` finds a likeness.
        """
        bits = signs(self.column)
        found = near_signs(bits.take(left), bits.take(right), 2)
        if self.marks is not None:
            found |= share_mark(self.marks.take(left), self.marks.take(right))
        if self.masked is not None:
            found |= self.masked.take(left) ^ self.masked.take(right)
        return found

    def unlike(self, left: Places, right: Places) -> Levels:
        """Return the levels of forms that are not alike."""
        return np.full(len(left), self.level("different"), np.uint8)

    @cached_property
    def marks(self) -> Bits | None:
        """Return the marks of the forms, of the parts that make them alike."""
        tokens = self.tokens()
        return marks([hashed(self.column, part) for part in tokens]) if tokens else None

    def tokens(self) -> list[Part]:
        """Return what gives the parts that may make forms alike."""
        return []

    def same_part(self, part: Part, left: Places, right: Places) -> Flags:
        """Say which forms have a part, and the same."""
        hashes = hashed(self.column, part)
        one = hashes.take(left)
        found: Flags = (one == hashes.take(right)) & (one > 0)
        return found

    @abstractmethod
    def compare(self, left: Places, right: Places) -> Levels:
        """Return the levels of forms that differ."""


def masked_forms(column: Coded) -> Flags | None:
    """Say which forms of a column are shown in part only; None for no form."""
    return column.kept("masked", lambda: _masked(column.forms))


def fits(one: str, other: str) -> bool:
    """Say whether two forms of which one is shown in part only may be the same.

    The end tells, and the beginning where it is long: of a phone number it is written in
    many ways.

    Example:
        >>> fits("82*0370", "220200370"), fits("320501*0445", "320501197501010445")
        (True, True)
        >>> fits("220200371", "82*0370"), fits("320502*0445", "320501197501010445")
        (False, False)
    """
    hidden, whole = (one, other) if MASK in one else (other, one)
    head, _, tail = hidden.partition(MASK)
    if len(head) >= _TELLING or not tail:
        return whole.startswith(head) and whole.endswith(tail)
    return whole.endswith(tail.rpartition(MASK)[2])


def _masked(forms: Sequence[str]) -> Flags | None:
    if MASK not in "".join(forms):
        return None
    return np.fromiter((MASK in form for form in forms), np.bool_, len(forms))


def choose(size: int, otherwise: int, *cases: tuple[Any, int]) -> Levels:
    """Return the level of the first case that holds."""
    found = np.full(size, otherwise, np.uint8)
    for holds, level in reversed(cases):
        found[holds] = level
    return found


def equal(part: Codes, left: Places, right: Places) -> Flags:
    """Say which forms have a part, and the same."""
    codes = part.take(left)
    found: Flags = (codes == part.take(right)) & (codes >= 0)
    return found


def shorter(lengths: Codes, left: Places, right: Places) -> Codes:
    """Return the length of the shorter of two forms."""
    return np.minimum(lengths.take(left), lengths.take(right))
