"""Compare pairs of records: each field gives a level of agreement.

Level 0 is missing. The levels that follow are agreement on a value, one for each class of
rarity: that two people are called Smith says less than that both are called Zylberstein.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from customerkit.match.codes import Coded, Codes, numbered
from customerkit.match.near import edits
from customerkit.match.parts import (
    area_of,
    beginning,
    digits_of,
    ending,
    first_word,
    is_initial,
    is_short_script,
    last_word,
    letter,
    local_letters,
    local_part,
    longest_word,
    street_name,
    street_number,
    telling_sound,
    without_digits,
)
from customerkit.match.subjects import Subjects
from customerkit.roles._nicknames import nickname_pairs
from customerkit.roles._sound import latin

Levels = NDArray[np.uint8]
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]

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
        found: Levels = np.where((a == 0) | ((b > 0) & (b < a)), b, a)
        return found

    def _of(self, pairs: Pairs, lefts: Codes, rights: Codes) -> Levels:
        left, right = lefts[pairs[0]], rights[pairs[1]]
        found = np.zeros(len(left), np.uint8)
        stated = (left >= 0) & (right >= 0)
        same = stated & (left == right)
        found[same] = 1 + self.bins[left[same]]
        where = np.flatnonzero(stated & ~same)
        if len(where):
            found[where] = self.compare(left[where], right[where])
        return found

    def compare(self, left: Codes, right: Codes) -> Levels:
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

    def compare(self, left: Codes, right: Codes) -> Levels:
        """Return the levels of names that differ."""
        column = self.column
        han = _is_short_script(column)
        either_han = han[left] & han[right]
        latins = column.part("latin", latin)
        read = column.read
        far = np.where(
            either_han,
            edits(column, left, right, 1),
            edits(read, read.codes[left], read.codes[right]),
        )
        lengths = np.where(either_han, _lengths(column)[left], _lengths(read)[read.codes[left]])
        others = np.where(either_han, _lengths(column)[right], _lengths(read)[read.codes[right]])
        short = np.minimum(lengths, others)
        equal = (latins[left] == latins[right]) & (latins[left] >= 0)
        digits = column.part("digits", digits_of)
        numbered = digits[left] != digits[right]
        other = equal & (han[left] != han[right])
        initial = _initial_fits(column, left, right)
        first, last = _ends(column)
        part = (
            (first[left] == first[right]) | (last[left] == last[right])
            | (first[left] == last[right]) | (last[left] == first[right])
        )  # fmt: skip
        head = column.part("head", beginning)
        telling = column.part("telling", telling_sound)
        alike = (telling[left] == telling[right]) & (telling[left] >= 0)
        begins = (head[left] == head[right]) & (head[left] >= 0)
        return _choose(
            len(left),
            self.level("different"),
            (numbered, self.level("different")),
            (initial, self.level("initial")),
            (equal & ~(han[left] & han[right]), self.level("near")),
            (other | _nicknames(column, left, right), self.level("nickname")),
            ((far == 1) & (short >= 3) & ~either_han, self.level("near")),
            (part & ~either_han, self.level("part")),
            ((far == 2) & (short >= 5) & ~either_han, self.level("far")),
            (equal, self.level("homophone")),
            ((far == 1) & (short >= 2) & either_han, self.level("far")),
            ((alike | begins) & ~either_han, self.level("far")),
        )


def _lengths(column: Coded) -> Codes:
    cache = column._parts
    if "length" not in cache:
        cache["length"] = np.fromiter(map(len, column.forms), np.int32, len(column.forms))
    return cache["length"]


def _is_short_script(column: Coded) -> NDArray[np.bool_]:
    """Say which forms are of a script that writes a name in one to three signs."""
    cache = column._parts
    if "han" not in cache:
        cache["han"] = np.array(list(map(is_short_script, column.forms)), np.int32)
    return cache["han"] > 0


def _ends(column: Coded) -> tuple[Codes, Codes]:
    """Return the first and the last word of each form, in codes of one numbering."""
    cache, size = column._parts, len(column.forms)
    if "ends" not in cache:
        words = [*map(first_word, column.forms), *map(last_word, column.forms)]
        cache["ends"] = numbered(words)[0]
    return cache["ends"][:size], cache["ends"][size:]


def _initial_fits(column: Coded, left: Codes, right: Codes) -> NDArray[np.bool_]:
    first = column.part("letter", letter)
    cache = column._parts
    if "single" not in cache:
        cache["single"] = np.array(list(map(is_initial, column.forms)), np.int32)
    single = cache["single"] > 0
    found: NDArray[np.bool_] = (first[left] == first[right]) & (single[left] | single[right])
    return found


def _nicknames(column: Coded, left: Codes, right: Codes) -> NDArray[np.bool_]:
    known = column._parts.get("nicknames")
    size = len(column.forms)
    if known is None:
        known = _nickname_codes(column.forms)
        column._parts["nicknames"] = known
    low, high = np.minimum(left, right), np.maximum(left, right)
    found: NDArray[np.bool_] = np.isin(low.astype(np.int64) * size + high, known)
    return found


def _nickname_codes(forms: Sequence[str]) -> Any:
    places = {form: at for at, form in enumerate(forms)}
    full: dict[str, list[str]] = {}
    for name, nick in nickname_pairs():
        full.setdefault(name, []).append(nick)
    found: set[int] = set()
    for name, nicks in full.items():
        group = [places[one] for one in (name, *nicks) if one in places]
        for a in group:
            found.update(min(a, b) * len(forms) + max(a, b) for b in group if b != a)
    return np.array(sorted(found), np.int64)


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

    def compare(self, left: Codes, right: Codes) -> Levels:
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

    def compare(self, left: Codes, right: Codes) -> Levels:
        """Return the levels of addresses that differ."""
        column = self.column
        locals_ = column.part("local", local_part)
        letters = column.part("letters", local_letters)
        far = edits(column, left, right)
        same = (locals_[left] == locals_[right]) & (locals_[left] >= 0)
        bare = column.part("bare", without_digits)
        counted = bare[left] == bare[right]
        alike = (letters[left] == letters[right]) & (letters[left] >= 0)
        return _choose(
            len(left),
            self.level("different"),
            (same, self.level("local")),
            (counted, self.level("letters")),
            (far == 1, self.level("near")),
            (alike, self.level("letters")),
            (far == 2, self.level("far")),
        )


class TextComparison(Comparison):
    """Compare texts by edits: numbers of phones and identifiers, postcodes, cities."""

    def compare(self, left: Codes, right: Codes) -> Levels:
        """Return the levels of texts that differ."""
        column = self.column
        far = edits(column, left, right)
        lengths = _lengths(column)
        short = np.minimum(lengths[left], lengths[right])
        cases = [((far == 1) & (short >= 4), self.level("near"))]
        if "far" in self.near:
            cases.append(((far == 2) & (short >= 7), self.level("far")))
        if "end" in self.near:
            end = column.part("end", ending)
            cases.insert(0, ((end[left] == end[right]) & (end[left] >= 0), self.level("end")))
        if "area" in self.near:
            area = column.part("area", area_of)
            cases.append(((area[left] == area[right]) & (area[left] >= 0), self.level("area")))
        if "latin" in self.near:
            read = column.part("latin", latin)
            cases.append(((read[left] == read[right]) & (read[left] >= 0), self.level("latin")))
        return _choose(len(left), self.level("different"), *cases)


class StreetComparison(Comparison):
    """Compare street lines: number and name."""

    def compare(self, left: Codes, right: Codes) -> Levels:
        """Return the levels of lines that differ."""
        column = self.column
        number = column.part("number", street_number)
        name = column.part("name", street_name)
        far = edits(column, left, right)
        numbers = (number[left] == number[right]) & (number[left] >= 0)
        names = (name[left] == name[right]) & (name[left] >= 0)
        one = column.part("long", longest_word)
        alike = (one[left] == one[right]) & (one[left] >= 0)
        nameless = (number[left] < 0) | (number[right] < 0)
        return _choose(
            len(left),
            self.level("different"),
            (far == 1, self.level("near")),
            (numbers & (names | alike | (far <= 2)), self.level("near")),
            (names & nameless, self.level("part")),
            (names | alike, self.level("name")),
            (far == 2, self.level("far")),
        )


class GenderComparison(Comparison):
    """Compare genders."""

    def compare(self, left: Codes, right: Codes) -> Levels:
        """Return that they differ."""
        return np.full(len(left), self.level("different"), np.uint8)


_NAME = ("nickname", "near", "part", "initial", "homophone", "far", "swapped", "different")
_KINDS: dict[str, tuple[type[Comparison], tuple[str, ...], int]] = {
    "given_name": (NameComparison, _NAME, 1),
    "family_name": (NameComparison, _NAME, 2),
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
    "gender": (GenderComparison, ("different",), 2),
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

    def levels(self, pairs: Pairs) -> Levels:
        """Return the level of each pair (rows) in each field (columns), contexts included."""
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
