"""Compare pairs of records: a level of agreement for each field, and for what it depends on."""

from __future__ import annotations

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from customerkit.match.ages import AgeComparison
from customerkit.match.comparison import ELSEWHERE, SHOWN, Comparison, Levels, Pairs, masked_forms
from customerkit.match.contexts import Context, contexts, number
from customerkit.match.crossed import CROSSINGS, Crossing
from customerkit.match.kinds import (
    DateComparison,
    EqualComparison,
    MailComparison,
    StreetComparison,
    TextComparison,
)
from customerkit.match.mail_years import FIELD as EMAIL_YEAR
from customerkit.match.named import NameComparison
from customerkit.match.subjects import Subjects
from customerkit.threads import in_threads

_CHUNK = 1 << 18  # pairs at a time: fewer, and threads wait for each other
_NAME = (
    "nickname",
    "near_rare",
    "near",
    "part",
    "initial",
    "homophone_rare",
    "homophone",
    "far_rare",
    "far",
    "swapped",
    "other_initial",
    "different_rare",
    "different",
)
KINDS: dict[str, tuple[type[Comparison], tuple[str, ...], int]] = {
    "given_name": (NameComparison, _NAME, 2),
    "family_name": (NameComparison, _NAME, 8),
    "middle_name": (NameComparison, _NAME, 1),
    "suffix": (EqualComparison, ("different",), 1),
    "birth_date": (
        DateComparison,
        ("near", "partial", "two_parts", "year", "next_year", "different", "generation"),
        1,
    ),
    "age": (AgeComparison, ("near", "few", "different", "generation"), 1),
    EMAIL_YEAR: (AgeComparison, ("near", "different"), 1),
    "email": (MailComparison, ("elsewhere", "local", "near", "letters", "far", "different"), 3),
    "phone": (TextComparison, ("elsewhere", "end", "near", "shown", "far", "different"), 1),
    "street": (StreetComparison, ("near", "part", "name", "far", "different"), 5),
    "city": (TextComparison, ("near", "latin", "far", "different"), 3),
    "postcode": (TextComparison, ("near", "area", "different"), 1),
    "birth_place": (TextComparison, ("near", "latin", "far", "different"), 1),
    "company": (TextComparison, ("near", "name", "far", "different"), 1),
    "occupation": (TextComparison, ("near", "different"), 1),
    "gender": (EqualComparison, ("different",), 2),
    "relative": (TextComparison, ("near", "name", "far", "different"), 7),
    "national_id": (TextComparison, ("near", "shown", "far", "different"), 1),
    "account": (TextComparison, ("elsewhere", "near", "shown", "different"), 1),
    "tax_id": (TextComparison, ("near", "far", "different"), 1),
}
"""Field → how it is compared, the levels of difference, and in how many contexts."""
YIELDS: dict[str, tuple[str, ...]] = {"age": ("birth_date",), EMAIL_YEAR: ("birth_date", "age")}
"""Field → those that tell the same, and more: where one does, the field says nothing."""


@define(eq=False)
class Comparisons:
    """Compare all fields of pairs.

    Args:
        subjects: The records.
    """

    subjects: Subjects
    fields: list[Comparison] = field(init=False)
    contexts: dict[str, list[Context]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.fields = [
            kind(name, self._near(name, near), self.subjects, count)
            for name, (kind, near, count) in KINDS.items()
            if self.subjects.has(name)
        ]
        self.contexts = contexts(self.subjects.has)

    def _near(self, name: str, near: tuple[str, ...]) -> tuple[str, ...]:
        """Return the levels that records of so many slots, and so far shown, can have."""
        several = len(self.subjects.slots(name)) > 1
        hidden = SHOWN in near and masked_forms(self.subjects.columns[name]) is not None
        without = {ELSEWHERE: several, SHOWN: hidden}
        return tuple(level for level in near if without.get(level, True))

    def forget_places(self) -> None:
        """Take names for what they are anywhere: what a place changes cannot be counted."""
        self.contexts = {
            name: [one for one in items if not one.chance] for name, items in self.contexts.items()
        }

    def chance(self, name: str) -> int:
        """Return the number of the context in which all hold that matter to strangers alone."""
        return number([one for one in self.contexts.get(name, ()) if one.chance])

    def apart(self, name: str) -> int:
        """Return the number of the context in which another field differs; 0 for none."""
        return max((one.by for one in self.contexts.get(name, ()) if not one.agrees), default=0)

    @property
    def sizes(self) -> list[int]:
        """Return the number of levels of each field."""
        return [comparison.size for comparison in self.fields]

    def __getitem__(self, name: str) -> Comparison:
        return next(item for item in self.fields if item.name == name)

    def make(self) -> None:
        """Make what is compared of the forms, so that threads only read it."""
        nothing = np.zeros(0, np.int64)

        def make(items: list[Comparison]) -> None:
            for item in items:
                item.levels((nothing, nothing))
                item.compare(nothing, nothing)

        groups: dict[int, list[Comparison]] = {}
        for item in self.fields:
            groups.setdefault(id(item.column.forms), []).append(item)
        in_threads(make, groups.values())

    def levels(self, pairs: Pairs) -> Levels:
        """Return the level of each pair (rows) in each field (columns), contexts included."""
        left, right = pairs
        found = np.empty((len(left), len(self.fields)), np.uint8)

        def fill(start: int) -> None:
            part = slice(start, start + _CHUNK)
            found[part] = self._levels((left[part], right[part]))

        self.make()
        in_threads(fill, range(0, len(left), _CHUNK))
        return found

    def _levels(self, pairs: Pairs) -> Levels:
        found = {item.name: item.levels(pairs) for item in self.fields}
        for crossing in CROSSINGS:
            if self.subjects.has(crossing.one) and self.subjects.has(crossing.other):
                self._cross(pairs, found, crossing)
        self.settle(found)
        return np.stack([found[item.name] for item in self.fields], axis=1)

    def _cross(self, pairs: Pairs, found: dict[str, Levels], crossing: Crossing) -> None:
        """Mark names that stand in each other's place."""
        names, both = self[crossing.one], (crossing.one, crossing.other)
        levels = found[crossing.one], found[crossing.other]
        one, other = (self.subjects.columns[name].codes for name in both)
        where = crossing.where(names.names, *levels)
        where = where[(other[pairs[0][where]] & other[pairs[1][where]]) >= 0]  # either states it
        some = (pairs[0][where], pairs[1][where])
        across = names._of(some, one, other), names._of(some, other, one)
        crossing.mark(names.names, levels, where, across)

    def settle(self, found: dict[str, Levels]) -> None:
        """Count levels that depend on another field in a context of their own, or not at all."""
        for name, others in YIELDS.items():
            for other in others:
                if name in found and other in found:
                    found[name][found[other] > 0] = 0
        if EMAIL_YEAR in found:  # one address tells its year once
            mails = found["email"]
            found[EMAIL_YEAR][(mails > 0) & (mails < self["email"].level("letters"))] = 0
        holding = [
            (name, item.by, self._holds(item, found[item.on]))
            for name, items in self.contexts.items()
            for item in items
        ]
        for name, by, where in holding:  # all were looked at before any is moved
            size = len(self[name].names) * by
            found[name] = found[name] + np.where(where, size, 0).astype(np.uint8)

    def _holds(self, item: Context, levels: Levels) -> NDArray[np.bool_]:
        other = self[item.on]
        found: NDArray[np.bool_] = (levels >= other.level(item.first)) & (
            levels <= other.level(item.last)
        )
        return found
