"""Compare one record with few others, text by text.

The levels are those of :mod:`customerkit.match.levels`, which works on whole columns and so
pays for a hundred records at once what it pays for one. Tests hold the two to be equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
from attrs import define, field
from rapidfuzz.distance import OSA

from customerkit.match.codes import Coded
from customerkit.match.keys import Forms
from customerkit.match.levels import (
    EXACT,
    Comparison,
    Comparisons,
    DateComparison,
    GenderComparison,
    Levels,
    MailComparison,
    NameComparison,
    StreetComparison,
)
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

Against = Callable[[str], str]
"""What gives the name of the level at which a text stands to the one it was made of."""


_heard = lru_cache(1 << 16)(telling_sound)


def _edits(a: str, b: str, most: int = 2) -> int:
    return int(OSA.distance(a, b, score_cutoff=most))


@cache
def _nicknames() -> Mapping[str, frozenset[str]]:
    """Return for each name those that it shares a list of nicknames with."""
    groups: dict[str, set[str]] = {}
    for name, nick in nickname_pairs():
        groups.setdefault(name, {name}).add(nick)
    found: dict[str, set[str]] = {}
    for group in groups.values():
        for name in group:
            found.setdefault(name, set()).update(group - {name})
    return {name: frozenset(others) for name, others in found.items()}


def _unless_numbered(text: str, level: Against) -> Against:
    digits = digits_of(text)
    return lambda other: level(other) if digits == digits_of(other) else "different"


def name_against(text: str) -> Against:
    """Return what compares names with one."""
    han, read, start = is_short_script(text), latin(text), beginning(text)
    heard = telling_sound(text)
    alone, initial = is_initial(text), letter(text)
    ends = {first_word(text), last_word(text)}
    others = _nicknames().get(text, frozenset())

    def western(other: str, seen: str) -> str:
        far, short = _edits(read, seen), min(len(read), len(seen))
        if far == 1 and short >= 3:
            return "near"
        if first_word(other) in ends or last_word(other) in ends:
            return "part"
        if far == 2 and short >= 5:
            return "far"
        begins = start is not None and start == beginning(other)
        if begins or (heard is not None and heard == _heard(other)):
            return "far"
        return "different"

    def level(other: str) -> str:
        seen, both = latin(other), han and is_short_script(other)
        if (alone or is_initial(other)) and initial == letter(other):
            return "initial"
        if read == seen and not both:
            return "near"
        if other in others:
            return "nickname"
        if not both:
            return western(other, seen)
        if read == seen:
            return "homophone"
        near = min(len(text), len(other)) >= 2 and _edits(text, other, 1) == 1
        return "far" if near else "different"

    return _unless_numbered(text, level)


def date_against(text: str, defaults: bool) -> Against:
    """Return what compares dates with one.

    Args:
        text: The date.
        defaults: Whether the first day of a year is written where nothing is known.
    """
    year, *rest = parts = _date_parts(text)

    def level(other: str) -> str:
        theirs = _date_parts(other)
        known = [a > 0 and b > 0 for a, b in zip(parts, theirs, strict=True)]
        same = [k and a == b for k, a, b in zip(known, parts, theirs, strict=True)]
        if defaults and ([1, 1] in (rest, theirs[1:])):
            return "partial" if same[0] else "missing"
        if all(known):
            if _slipped(text, other) or (same[0] and rest == theirs[:0:-1]):
                return "near"
            if sum(same) == 2:
                return "two_parts"
        elif same == known and same[0]:
            return "partial"
        return "year" if same[0] else _by_years(year, theirs[0])

    return level


def _date_parts(text: str) -> list[int]:
    return [int(text[:4]), int(text[4:6]), int(text[6:8])]


def _by_years(a: int, b: int) -> str:
    """Return the level of dates whose years differ, 0 where one is not known."""
    if a and b and abs(a - b) == 1:
        return "next_year"
    return "generation" if a and b and abs(a - b) >= 16 else "different"


def _slipped(a: str, b: str) -> bool:
    """Say whether one digit differs, or two neighbours stand in each other's place."""
    wrong = [at for at in range(8) if a[at] != b[at]]
    if len(wrong) == 2:
        x, y = wrong
        return y == x + 1 and a[x] == b[y] and a[y] == b[x]
    return len(wrong) == 1


def mail_against(text: str) -> Against:
    """Return what compares addresses with one."""
    local, letters, bare = local_part(text), local_letters(text), without_digits(text)

    def level(other: str) -> str:
        if local is not None and local == local_part(other):
            return "local"
        if bare == without_digits(other):
            return "letters"
        far = _edits(text, other)
        if far == 1:
            return "near"
        if letters is not None and letters == local_letters(other):
            return "letters"
        return "far" if far == 2 else "different"

    return level


def text_against(text: str, near: Sequence[str]) -> Against:
    """Return what compares texts with one by edits.

    Args:
        text: The text.
        near: The levels of the field.
    """
    end = ending(text) if "end" in near else None
    area = area_of(text) if "area" in near else None
    read = latin(text) if "latin" in near else None
    has_far = "far" in near

    def level(other: str) -> str:
        if end is not None and end == ending(other):
            return "end"
        far, short = _edits(text, other), min(len(text), len(other))
        if far == 1 and short >= 4:
            return "near"
        if has_far and far == 2 and short >= 7:
            return "far"
        if area is not None and area == area_of(other):
            return "area"
        return "latin" if read is not None and read == latin(other) else "different"

    return level


def street_against(text: str) -> Against:
    """Return what compares street lines with one."""
    number, name, word = street_number(text), street_name(text), longest_word(text)

    def level(other: str) -> str:
        far, theirs = _edits(text, other), street_number(other)
        names = name is not None and name == street_name(other)
        alike = word is not None and word == longest_word(other)
        numbers = number is not None and number == theirs
        if far == 1 or (numbers and (names or alike or far <= 2)):
            return "near"
        if names and (number is None or theirs is None):
            return "part"
        if names or alike:
            return "name"
        return "far" if far == 2 else "different"

    return level


@define(eq=False)
class OneField:
    """Compare the texts of one field, at the rarity that values have in a base.

    Args:
        item: The field of the base.
    """

    name: str = field(init=False)
    names: tuple[str, ...] = field(init=False)
    _kind: type[Comparison] = field(init=False)
    _levels: dict[str, int] = field(init=False)
    _common: dict[str, int] = field(init=False)
    _defaults: bool = field(init=False)

    @classmethod
    def of(cls, item: Comparison) -> OneField:
        """Take from a field of a base what comparing single texts needs."""
        found = cls()
        found.name, found.names, found._kind = item.name, item.names, type(item)
        found._levels = {name: at for at, name in enumerate(item.names)}
        rarest, forms = len(EXACT) - 1, item.column.forms
        common = np.flatnonzero(item.bins < rarest).tolist()
        found._common = {forms[at]: int(item.bins[at]) for at in common}
        found._defaults = isinstance(item, DateComparison) and bool(item.defaults.any())
        return found

    def against(self, text: str) -> Callable[[str], int]:
        """Return what gives the level of other texts, each worked once."""
        known = {text: 1 + self._common.get(text, len(EXACT) - 1)}
        compare, numbers = self._made(text), self._levels

        def level(other: str) -> int:
            found = known.get(other)
            if found is None:
                found = known[other] = numbers[compare(other)]
            return found

        return level

    def _made(self, text: str) -> Against:
        if issubclass(self._kind, NameComparison):
            return name_against(text)
        if issubclass(self._kind, DateComparison):
            return date_against(text, self._defaults)
        if issubclass(self._kind, MailComparison):
            return mail_against(text)
        if issubclass(self._kind, StreetComparison):
            return street_against(text)
        if issubclass(self._kind, GenderComparison):
            return lambda other: "different"
        return text_against(text, self.names)


Texts = Mapping[str, Sequence[Sequence[str | None]]]
"""What several records state: field → for each slot the text of each record."""


class Single:
    """Compare one record with few, as the records of a base are compared.

    Args:
        comparisons: The fields of the base.
    """

    def __init__(self, comparisons: Comparisons) -> None:
        nothing = Coded(np.zeros(0, np.int32), [])
        names = [item.name for item in comparisons.fields]
        self._fields = [OneField.of(item) for item in comparisons.fields]
        self._rules = Comparisons(Subjects(0, dict.fromkeys(names, nothing), {}))

    @property
    def fields(self) -> Sequence[Comparison]:
        """Return the fields, as the model knows them."""
        return self._rules.fields

    def levels(self, forms: Forms, texts: Texts, count: int) -> Levels:
        """Return the level of each record (rows) in each field (columns), contexts included.

        Args:
            forms: What the one record states.
            texts: What the others state.
            count: How many others there are.
        """
        found = {
            item.name: _best(item, forms.get(item.name, ()), texts[item.name], count)
            for item in self._fields
        }
        self._swap(forms, texts, found)
        levels = {name: np.array(values, np.uint8) for name, values in found.items()}
        self._rules._contexts(levels)
        return np.stack([levels[item.name] for item in self._fields], axis=1)

    def _swap(self, forms: Forms, texts: Texts, found: dict[str, list[int]]) -> None:
        """Mark given and family names that stand in each other's place."""
        if "given_name" not in found or "family_name" not in found:
            return
        item = next(item for item in self._fields if item.name == "given_name")
        given, family = forms["given_name"][0], forms["family_name"][0]
        one = item.against(given) if given is not None else _nothing
        other = item.against(family) if family is not None else _nothing
        far, near = item.names.index("far"), item.names.index("near")
        initial, swapped = item.names.index("initial"), item.names.index("swapped")
        g, f = found["given_name"], found["family_name"]
        pairs = zip(texts["given_name"][0], texts["family_name"][0], strict=True)
        for at, (their_given, their_family) in enumerate(pairs):
            if 0 < g[at] < far or 0 < f[at] < far:
                continue
            a = one(their_family) if their_family is not None else 0
            b = other(their_given) if their_given is not None else 0
            if 0 < a <= initial and 0 < b <= initial and min(a, b) <= near:
                g[at], f[at] = swapped, 0
            elif (0 < a <= near and b == 0) or (0 < b <= near and a == 0):
                g[at], f[at] = 0, swapped


def _nothing(other: str) -> int:
    return 0


def _best(
    item: OneField, own: Sequence[str | None], texts: Sequence[Sequence[str | None]], count: int
) -> list[int]:
    """Return the best level over the slots of a field, missing being none."""
    found = [0] * count
    for text in own:
        if text is None:
            continue
        level = item.against(text)
        for slot in texts:
            for at, other in enumerate(slot):
                if other is not None:
                    new = level(other)
                    if new and (new < found[at] or not found[at]):
                        found[at] = new
    return found
