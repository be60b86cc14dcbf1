"""Compare pairs of records: each field gives a level of agreement.

Level 0 is missing. The levels that follow are agreement on a value, one for each class of
rarity: that two people are called Smith says less than that both are called Zylberstein.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from customerkit.match.bulk import Part, hashed, signs
from customerkit.match.codes import Coded, Codes, Places
from customerkit.match.marks import Bits, Flags, marks, near_signs, share_mark
from customerkit.match.names import NameForms
from customerkit.match.near import edits
from customerkit.match.parts import (
    area_of,
    ending,
    local_letters,
    local_part,
    longest_word,
    street_name,
    street_number,
    telling_sound,
    without_digits,
)
from customerkit.match.subjects import Subjects
from customerkit.match.threads import in_threads
from customerkit.roles._sound import latin

Levels = NDArray[np.uint8]
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]

_CHUNK = 1 << 16  # pairs at a time: their arrays stay small
RARITY = (3e-1, 1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 0.0)
"""Shares of records that state a value; the classes of rarity lie between them."""
EXACT = tuple(f"same_{at}" for at in range(len(RARITY)))


def rarity(column: Coded, records: int) -> Levels:
    """Return the class of rarity of each form, the commonest first."""
    share = column.counts / max(records, 1)
    bounds = np.array(RARITY[:-1][::-1])
    return (len(RARITY) - 1 - np.searchsorted(bounds, share, side="right")).astype(np.uint8)


@define(eq=False, slots=False)
class Comparison:
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
        return rarity(self.column, self.subjects.count)

    def level(self, name: str) -> int:
        """Return the number of a level."""
        return self.names.index(name)

    def levels(self, pairs: Pairs) -> Levels:
        """Return the level of each pair, the best over the slots of a field."""
        more = self.subjects.more.get(self.name, [])
        found = self._of(pairs, self.column.codes, self.column.codes)
        slots = [self.column, *more]
        for one in slots if more else ():
            for other in slots:
                if one is not self.column or other is not self.column:
                    found = self._better(found, self._of(pairs, one.codes, other.codes))
        return found

    def _better(self, a: Levels, b: Levels) -> Levels:
        """Return the lower level, missing being none."""
        return np.where((a == 0) | ((b > 0) & (b < a)), b, a)

    def _of(self, pairs: Pairs, lefts: Codes, rights: Codes) -> Levels:
        one, other = lefts.take(pairs[0]), rights.take(pairs[1])
        found = np.zeros(len(one), np.uint8)
        stated = (one | other) >= 0
        same = one == other
        where = np.flatnonzero(stated & ~same)
        found[where] = self.level("different")
        same &= stated
        equal = np.flatnonzero(same)
        found[equal] = 1 + self.bins.take(one.take(equal).astype(np.int64))
        left, right = (side.take(where).astype(np.int64) for side in (one, other))
        alike = np.flatnonzero(self.alike(left, right))
        if len(alike):
            found[where.take(alike)] = self.compare(left.take(alike), right.take(alike))
        return found

    def alike(self, left: Places, right: Places) -> Flags:
        """Say which forms that differ may have a level other than that of difference.

        It is quick, and never denies where :meth:`compare` finds a likeness.
        """
        bits = signs(self.column)
        found = near_signs(bits.take(left), bits.take(right), 2)
        if self.marks is not None:
            found |= share_mark(self.marks.take(left), self.marks.take(right))
        return found

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

    def compare(self, left: Places, right: Places) -> Levels:
        """Return the levels of forms that differ."""
        raise NotImplementedError


def _choose(size: int, otherwise: int, *cases: tuple[Any, int]) -> Levels:
    """Return the level of the first case that holds."""
    found = np.full(size, otherwise, np.uint8)
    for holds, level in reversed(cases):
        found[holds] = level
    return found


class NameComparison(Comparison):
    """Compare given or family names."""

    @cached_property
    def known(self) -> NameForms:
        """Return what is compared of the forms."""
        return NameForms.of(self.column)

    def alike(self, left: Places, right: Places) -> Flags:
        """Say which names that differ may be alike."""
        return self.known.alike(left, right)

    def compare(self, left: Places, right: Places) -> Levels:
        """Return the levels of names that differ."""
        known = self.known
        either_han = known.han[left] & known.han[right]
        short = _shorter(known.read_lengths, left, right)
        far = edits(known.read, known.latins.take(left), known.latins.take(right))
        if either_han.any():
            short = np.where(either_han, _shorter(known.lengths, left, right), short)
            far = np.where(either_han, edits(known.column, left, right, 1), far)
        equal = _equal(known.latins, left, right)
        other = equal & (known.han[left] != known.han[right])
        single = known.single[left] | known.single[right]
        initial = single & (known.letters[left] == known.letters[right])
        first, others = known.first.take(left), known.first.take(right)
        last, ends = known.last.take(left), known.last.take(right)
        part = (first == others) | (last == ends) | (first == ends) | (last == others)
        sounding = self.same_part(telling_sound, left, right)
        numbered = known.digits.take(left) != known.digits.take(right)
        begins = _equal(known.heads, left, right)
        return _choose(
            len(left),
            self.level("different"),
            (numbered, self.level("different")),
            (initial, self.level("initial")),
            (equal & ~either_han, self.level("near")),
            (other | known.nicknames(left, right), self.level("nickname")),
            ((far == 1) & (short >= 3) & ~either_han, self.level("near")),
            (part & ~either_han, self.level("part")),
            ((far == 2) & (short >= 5) & ~either_han, self.level("far")),
            (equal, self.level("homophone")),
            ((far == 1) & (short >= 2) & either_han, self.level("far")),
            ((sounding | begins) & ~either_han, self.level("far")),
        )


def _equal(part: Codes, left: Places, right: Places) -> Flags:
    """Say which forms have a part, and the same."""
    codes = part.take(left)
    found: Flags = (codes == part.take(right)) & (codes >= 0)
    return found


def _shorter(lengths: Codes, left: Places, right: Places) -> Codes:
    return np.minimum(lengths.take(left), lengths.take(right))


_MANY_FIRSTS = 3 / 365


class DateComparison(Comparison):
    """Compare dates of birth."""

    @cached_property
    def digits(self) -> NDArray[np.uint8]:
        """Return the eight digits of each form."""
        forms = self.column.forms
        return np.array(forms, "S8").view(np.uint8).reshape(len(forms), 8) - 48

    @cached_property
    def parts(self) -> NDArray[np.int16]:
        """Return year, month and day of each form, 0 where unknown."""
        d = self.digits.astype(np.int16)
        year = d[:, 0] * 1000 + d[:, 1] * 100 + d[:, 2] * 10 + d[:, 3]
        return np.stack([year, d[:, 4] * 10 + d[:, 5], d[:, 6] * 10 + d[:, 7]], axis=1)

    @cached_property
    def defaults(self) -> NDArray[np.bool_]:
        """Say which dates are written where nothing is known: the first day of a year.

        They are only where there are more of them than of other days.
        """
        counts = self.column.counts
        first = (self.parts[:, 1] == 1) & (self.parts[:, 2] == 1)
        whole = (self.parts > 0).all(axis=1)
        share = counts[first].sum() / max(counts[whole].sum(), 1)
        found: NDArray[np.bool_] = first & (share > _MANY_FIRSTS)
        return found

    def alike(self, left: Places, right: Places) -> Flags:
        """Say that all may be alike: dates that differ have levels of their own."""
        return np.ones(len(left), np.bool_)

    def compare(self, left: Places, right: Places) -> Levels:
        """Return the levels of dates that differ."""
        a, b = self.parts[left], self.parts[right]
        known = (a > 0) & (b > 0)
        same = known & (a == b)
        differ = known & (a != b)
        partial = (differ.sum(1) == 0) & same[:, 0]
        x, y = self.digits[left], self.digits[right]
        wrong = x != y
        count = wrong.sum(1)
        crossed = (x[:, :-1] == y[:, 1:]) & (x[:, 1:] == y[:, :-1]) & wrong[:, :-1] & wrong[:, 1:]
        swapped = (count == 2) & crossed.any(1)
        whole = known.all(1)
        turned = whole & same[:, 0] & (a[:, 1] == b[:, 2]) & (a[:, 2] == b[:, 1])
        near = whole & ((count == 1) | swapped | turned)
        two = whole & (same.sum(1) == 2)
        years = np.abs(a[:, 0] - b[:, 0])
        default = self.defaults[left] | self.defaults[right]
        close = known[:, 0] & (years <= 1)
        return _choose(
            len(left),
            self.level("different"),
            (default & same[:, 0], self.level("partial")),
            (default, 0),
            (near, self.level("near")),
            (partial, self.level("partial")),
            (two, self.level("two_parts")),
            (same[:, 0], self.level("year")),
            (close & ~same[:, 0], self.level("next_year")),
            (known[:, 0] & (years >= 16), self.level("generation")),
        )


class MailComparison(Comparison):
    """Compare e-mail addresses; in a context of its own where the names agree.

    Addresses are made of names, so those of namesakes are alike.
    """

    def tokens(self) -> list[Part]:
        """Return the parts before the @."""
        return [local_part, local_letters, without_digits]

    def compare(self, left: Places, right: Places) -> Levels:
        """Return the levels of addresses that differ."""
        column = self.column
        far = edits(column, left, right)
        same = self.same_part(local_part, left, right)
        counted = self.same_part(without_digits, left, right)
        alike = self.same_part(local_letters, left, right)
        return _choose(
            len(left),
            self.level("different"),
            (same, self.level("local")),
            (counted, self.level("letters")),
            (far == 1, self.level("near")),
            (alike, self.level("letters")),
            (far == 2, self.level("far")),
        )


_TEXT_PARTS = {"end": ending, "area": area_of, "latin": latin}


class TextComparison(Comparison):
    """Compare texts by edits: numbers of phones and identifiers, postcodes, cities."""

    def tokens(self) -> list[Part]:
        """Return the parts that have a level of their own."""
        return [part for name, part in _TEXT_PARTS.items() if name in self.near]

    def compare(self, left: Places, right: Places) -> Levels:
        """Return the levels of texts that differ."""
        column = self.column
        far = edits(column, left, right)
        short = _shorter(column.lengths, left, right)
        cases = [((far == 1) & (short >= 4), self.level("near"))]
        if "far" in self.near:
            cases.append(((far == 2) & (short >= 7), self.level("far")))
        for name, part in _TEXT_PARTS.items():
            if name in self.near:
                case = self.same_part(part, left, right), self.level(name)
                cases.insert(0 if name == "end" else len(cases), case)
        return _choose(len(left), self.level("different"), *cases)


class StreetComparison(Comparison):
    """Compare street lines: number and name."""

    def tokens(self) -> list[Part]:
        """Return the name, and the word that says most."""
        return [street_name, longest_word]

    def compare(self, left: Places, right: Places) -> Levels:
        """Return the levels of lines that differ."""
        column = self.column
        far = edits(column, left, right)
        numbers = self.same_part(street_number, left, right)
        names = self.same_part(street_name, left, right)
        alike = self.same_part(longest_word, left, right)
        unnumbered = hashed(column, street_number) == 0
        return _choose(
            len(left),
            self.level("different"),
            (far == 1, self.level("near")),
            (numbers & (names | alike | (far <= 2)), self.level("near")),
            (names & (unnumbered[left] | unnumbered[right]), self.level("part")),
            (names | alike, self.level("name")),
            (far == 2, self.level("far")),
        )


class EqualComparison(Comparison):
    """Compare what is equal or not: genders, and which bearer of a family's name it is."""

    def alike(self, left: Places, right: Places) -> Flags:
        """Say that none are alike."""
        return np.zeros(len(left), np.bool_)

    def compare(self, left: Places, right: Places) -> Levels:
        """Return that they differ."""
        return np.full(len(left), self.level("different"), np.uint8)


_NAME = ("nickname", "near", "part", "initial", "homophone", "far", "swapped", "different")
_KINDS: dict[str, tuple[type[Comparison], tuple[str, ...], int]] = {
    "given_name": (NameComparison, _NAME, 1),
    "family_name": (NameComparison, _NAME, 2),
    "suffix": (EqualComparison, ("different",), 1),
    "birth_date": (
        DateComparison,
        ("near", "partial", "two_parts", "year", "next_year", "different", "generation"),
        1,
    ),
    "email": (MailComparison, ("local", "near", "letters", "far", "different"), 3),
    "phone": (TextComparison, ("end", "near", "far", "different"), 1),
    "street": (StreetComparison, ("near", "part", "name", "far", "different"), 2),
    "city": (TextComparison, ("near", "latin", "far", "different"), 2),
    "postcode": (TextComparison, ("near", "area", "different"), 1),
    "gender": (EqualComparison, ("different",), 2),
    "national_id": (TextComparison, ("near", "far", "different"), 1),
    "tax_id": (TextComparison, ("near", "far", "different"), 1),
}


@define(eq=False)
class Comparisons:
    """Compare all fields of pairs.

    Args:
        subjects: The records.
    """

    subjects: Subjects
    fields: list[Comparison] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.fields = [
            kind(name, near, self.subjects, contexts)
            for name, (kind, near, contexts) in _KINDS.items()
            if self.subjects.has(name)
        ]

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
        self._swap(pairs, found)
        self._contexts(found)
        return np.stack([found[item.name] for item in self.fields], axis=1)

    def _swap(self, pairs: Pairs, found: dict[str, Levels]) -> None:
        """Mark given and family names that stand in each other's place."""
        if not (self.subjects.has("given_name") and self.subjects.has("family_name")):
            return
        names = self["given_name"]
        g, f = found["given_name"], found["family_name"]
        different = names.level("far")
        where = np.flatnonzero(((g == 0) | (g >= different)) & ((f == 0) | (f >= different)))
        given = self.subjects.columns["given_name"].codes
        family = self.subjects.columns["family_name"].codes
        some = (pairs[0][where], pairs[1][where])
        one, other = names._of(some, given, family), names._of(some, family, given)
        near = names.level("initial")
        fits = ((one > 0) & (one <= near)), ((other > 0) & (other <= near))
        close = names.level("near")
        whole = fits[0] & fits[1] & ((one <= close) | (other <= close))
        half = (fits[0] & (one <= names.level("near")) & (other == 0)) | (
            fits[1] & (other <= names.level("near")) & (one == 0)
        )
        level = names.level("swapped")
        g[where[whole]], f[where[whole]] = level, 0  # one mistake, so it counts once
        g[where[half]], f[where[half]] = 0, level

    def _contexts(self, found: dict[str, Levels]) -> None:
        """Count levels that depend on another field in a context of their own."""
        if "email" in found:
            for name in ("given_name", "family_name"):
                if name in found:
                    near = self[name].level("homophone")
                    self._shift(found, "email", (found[name] > 0) & (found[name] <= near))
        if "given_name" in found:
            near = self["given_name"].level("part")
            agree = (found["given_name"] > 0) & (found["given_name"] <= near)
            for name in ("gender", "family_name"):
                if name in found:
                    self._shift(found, name, agree)
        if "postcode" in found:
            same = (found["postcode"] > 0) & (found["postcode"] <= len(EXACT))
            for name in ("street", "city"):
                if name in found:
                    self._shift(found, name, same)

    def _shift(self, found: dict[str, Levels], name: str, where: NDArray[np.bool_]) -> None:
        size = len(self[name].names)
        found[name] = found[name] + np.where(where, size, 0).astype(np.uint8)
