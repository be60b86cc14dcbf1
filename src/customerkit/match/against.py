"""Compare single texts: the rules of :mod:`customerkit.match.levels` for two texts at a time.

Each function takes one text, works it once, and returns what compares others with it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from customerkit.match.parts import (
    OFFICES,
    SHORT,
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
    start,
    street_name,
    street_number,
    telling_sound,
    without_digits,
)
from customerkit.roles._nicknames import nickname_pairs
from customerkit.roles._sound import latin
from customerkit.roles._spelled import spells

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


def name_against(text: str) -> Against:
    """Return what compares names with one."""
    han, read, heard, head = is_short_script(text), latin(text), _heard(text), beginning(text)
    alone, initial, digits = is_initial(text), letter(text), digits_of(text)
    ends = {first_word(text), last_word(text)}
    others = _nicknames().get(first_word(text), frozenset()) - {first_word(text)}

    def western(other: str, seen: str) -> str:
        far, short = _edits(read, seen), min(len(read), len(seen))
        if far == 1 and short >= 3:
            return "near"
        if first_word(other) in ends or last_word(other) in ends:
            return "part"
        if far == 2 and short >= 5:
            return "far"
        begins = head is not None and head == beginning(other)
        begins = begins or (min(len(text), len(other)) == SHORT and start(text) == start(other))
        if begins or (heard is not None and heard == _heard(other)):
            return "far"
        return "different"

    def level(other: str) -> str:
        if digits != digits_of(other):
            return "different"
        return lettered(other)

    def lettered(other: str) -> str:
        if alone or is_initial(other):
            return "initial" if initial == letter(other) else "other_initial"
        seen, both = latin(other), han and is_short_script(other)
        if (read == seen and not both) or spells(text, other):
            return "near"
        if first_word(other) in others:
            return "nickname"
        if not both:
            return western(other, seen)
        if read == seen:
            return "homophone"
        near = min(len(text), len(other)) >= 2 and _edits(text, other, 1) == 1
        return "far" if near else "different"

    return level


def date_against(
    text: str, firsts: bool = False, yearly: bool = False, nothing: Collection[str] = ()
) -> Against:
    """Return what compares dates with one.

    Args:
        text: The date.
        firsts: Whether the first day of a year says less than other days.
        yearly: Whether it stands for a year of which no day is known.
        nothing: The dates that are written where none is known.
    """

    def parts_of(date: str) -> list[int]:
        year, *rest = _date_parts(date)
        return [year, 0, 0] if firsts and rest == [1, 1] else [year, *rest]

    year, *rest = parts = parts_of(text)

    def level(other: str) -> str:
        theirs = parts_of(other)
        known = [a > 0 and b > 0 for a, b in zip(parts, theirs, strict=True)]
        same = [k and a == b for k, a, b in zip(known, parts, theirs, strict=True)]
        first = firsts and not yearly and "0101" in (text[4:], other[4:])
        if text in nothing or other in nothing or (first and not same[0]):
            return "missing"
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
            return "different" if local in OFFICES and _edits(text, other) > 1 else "local"
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
    name = first_word(text) if "name" in near else None
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
        if name is not None and name == first_word(other):
            return "name"
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
