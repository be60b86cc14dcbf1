"""Compare dates, addresses and numbers: the levels of each kind of field but names."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from customerkit.match.bulk import Part, hashed
from customerkit.match.codes import Places
from customerkit.match.comparison import Comparison, Levels, choose, shorter
from customerkit.match.hashing import hash_texts
from customerkit.match.marks import Flags
from customerkit.match.near import edits
from customerkit.match.parts import (
    OFFICES,
    area_of,
    ending,
    first_word,
    local_letters,
    local_part,
    longest_word,
    street_name,
    street_number,
    without_digits,
)
from customerkit.roles._sound import latin

_MANY_FIRSTS = 3 / 365
_OFTEN = 10  # times as often as other first days: a guess
_YEARS_OF_NOTHING = (1800, 1900, 1901, 1970)
_DAY = np.array([False, True, True])


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
    def firsts(self) -> Flags:
        """Say which dates are the first day of a year, where there are more of them than others."""
        first = (self.parts[:, 1] == 1) & (self.parts[:, 2] == 1)
        return np.array(first & self._are_many(first))

    @cached_property
    def nothing(self) -> Flags:
        """Say which of them are written where no date is known: those of one year."""
        usual = np.median(self.column.counts[self.firsts]) if self.firsts.any() else 0
        known = np.isin(self.parts[:, 0], _YEARS_OF_NOTHING)
        return np.array(self.firsts & (known | (self.column.counts > _OFTEN * usual)))

    @cached_property
    def yearly(self) -> bool:
        """Say whether the others stand for a year of which no day is known."""
        return self._are_many(self.firsts & ~self.nothing)

    @cached_property
    def said(self) -> NDArray[np.int16]:
        """Return the parts that count: of a first day that says less only the year."""
        return np.where(self.firsts[:, None] & _DAY, np.int16(0), self.parts)

    @cached_property
    def silent(self) -> NDArray[np.uint8]:
        """Return 2 for dates that tell nothing, and 1 for those that do so beside another year."""
        return self.nothing * np.uint8(2) | (self.firsts & ~self.nothing & (not self.yearly))

    def _are_many(self, some: Flags) -> bool:
        counts = self.column.counts
        whole = (self.parts > 0).all(axis=1)
        return bool(counts[some].sum() / max(counts[whole].sum(), 1) > _MANY_FIRSTS)

    @cached_property
    def crowded(self) -> Flags | None:
        """Say which dates tell nothing, equal or not; None for no date."""
        return self.nothing if self.nothing.any() else None

    def alike(self, left: Places, right: Places) -> Flags:
        """Say that all may be alike: dates that differ have levels of their own."""
        return np.ones(len(left), np.bool_)

    def compare(self, left: Places, right: Places) -> Levels:
        """Return the levels of dates that differ."""
        a, b = self.said.take(left, axis=0), self.said.take(right, axis=0)
        known = (a > 0) & (b > 0)
        same = known & (a == b)
        differ = known & (a != b)
        partial = (differ.sum(1) == 0) & same[:, 0]
        x, y = self.digits.take(left, axis=0), self.digits.take(right, axis=0)
        wrong = x != y
        count = wrong.sum(1)
        crossed = (x[:, :-1] == y[:, 1:]) & (x[:, 1:] == y[:, :-1]) & wrong[:, :-1] & wrong[:, 1:]
        swapped = (count == 2) & crossed.any(1)
        whole = known.all(1)
        turned = whole & same[:, 0] & (a[:, 1] == b[:, 2]) & (a[:, 2] == b[:, 1])
        near = whole & ((count == 1) | swapped | turned)
        two = whole & (same.sum(1) == 2)
        years = np.abs(a[:, 0] - b[:, 0])
        silent = np.maximum(self.silent.take(left), self.silent.take(right))
        nothing = (silent > 1) | ((silent > 0) & ~same[:, 0])
        close = known[:, 0] & (years <= 1)
        return choose(
            len(left),
            self.level("different"),
            (nothing, 0),
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

    @cached_property
    def offices(self) -> Flags:
        """Say which addresses are those of offices: sales@ tells of nobody."""
        return np.isin(hashed(self.column, local_part), hash_texts(sorted(OFFICES)))

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
        return choose(
            len(left),
            self.level("different"),
            (same & self.offices[left] & (far > 1), self.level("different")),
            (same, self.level("local")),
            (counted, self.level("letters")),
            (far == 1, self.level("near")),
            (alike, self.level("letters")),
            (far == 2, self.level("far")),
        )


_TEXT_PARTS = {"end": ending, "name": first_word, "area": area_of, "latin": latin}


class TextComparison(Comparison):
    """Compare texts by edits: numbers of phones and identifiers, postcodes, cities."""

    def tokens(self) -> list[Part]:
        """Return the parts that have a level of their own."""
        return [part for name, part in _TEXT_PARTS.items() if name in self.near]

    def compare(self, left: Places, right: Places) -> Levels:
        """Return the levels of texts that differ."""
        column = self.column
        far = edits(column, left, right)
        short = shorter(column.lengths, left, right)
        cases = [((far == 1) & (short >= 4), self.level("near"))]
        if "far" in self.near:
            cases.append(((far == 2) & (short >= 7), self.level("far")))
        for name, part in _TEXT_PARTS.items():
            if name in self.near:
                case = self.same_part(part, left, right), self.level(name)
                cases.insert(0 if name == "end" else len(cases), case)
        return choose(len(left), self.level("different"), *cases)


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
        return choose(
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
