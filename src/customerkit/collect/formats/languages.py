"""Say how likely a word is in a language, by its letters beyond ASCII.

A word is judged by three things: which letters the language uses, what stands next
to them, and whether the case of the letters fits. The shares are guesses where the
words at hand do not show them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from itertools import pairwise

from customerkit.collect.formats.words import BALTIC, EASTERN, TURKISH, WESTERN

# How often something is met where it does not belong, or nothing speaks for it.
_FOREIGN, _ORDINAL, _MARK, _SYMBOL, _NOTHING = (
    math.log(share) for share in (0.002, 0.3, 0.02, 0.0005, 0.000001)
)
_WITHIN = math.log(0.004)  # an apostrophe or the like between letters
_ASTRAY = math.log(0.0001)  # a mark where no such mark stands
_LONE = math.log(0.1)  # a Latin letter beyond ASCII that is a word by itself
_ODD = math.log(0.03)
_MIXED = 2 * _ODD
CROWDED = math.log(0.15)  # Latin letters beyond ASCII seldom stand side by side
_FEW = 4.0  # neighbours seen by chance
_NEAR = 2.5  # how much one neighbour may speak for a letter

_INSIDE = frozenset("’·–—\xa0ـ\u200c\u200e\u200f")  # marks between letters
_BEFORE, _BEHIND = frozenset("“„«‘¿¡"), frozenset("”“»…،؛؟")
_MARKS = _INSIDE | _BEFORE | _BEHIND | frozenset("•€£©§´½¼№")
_RAISED = frozenset("ªº°²³¹™®")  # behind a word or number
_PLACES = {"r": _RAISED, "i": _INSIDE, "t": _BEFORE & _BEHIND, "o": _BEFORE, "p": _BEHIND}
_WRONG_END = re.compile(r"[ςךםןףץ](?=\w)")  # forms of letters that end a word, within one
_ASCII_LOWER, _ASCII_UPPER, _LATIN_LOWER, _LATIN_UPPER = "luaA"
_OTHER_LOWER, _OTHER_UPPER, _OTHER = "bBc"
MARKED = {**dict.fromkeys("itopm", _MARK), "r": _ORDINAL, "s": _SYMBOL, "n": _NOTHING}
_LOWER, _UPPER = frozenset("lab"), frozenset("uAB")
_LATIN, OTHERS = frozenset("luaA"), frozenset("bBc")
_SPECIAL = OTHERS | frozenset("aA")


def kind_of(letter: str) -> str:
    """Return a sign for what a letter is; those of marks are keys of ``MARKED``.

    Example:
        >>> [kind_of(letter) for letter in "xXéÉжЖ李–º"]
        ['l', 'u', 'a', 'A', 'b', 'B', 'c', 'i', 'r']
    """
    if letter <= "\x7f":
        return _ASCII_LOWER if letter.islower() else _ASCII_UPPER
    if letter in _MARKS or letter in _RAISED:
        return next((sign for sign, marks in _PLACES.items() if letter in marks), "m")
    if letter == "\ufffd" or not letter.isprintable():
        return "n"
    if not letter.isalpha() and not "\u0300" <= letter < "\u2000":
        return "s"
    if letter < "\u0370":
        return _LATIN_UPPER if letter.isupper() else _LATIN_LOWER
    return _OTHER_LOWER if letter.islower() else _OTHER_UPPER if letter.isupper() else _OTHER


class _Kinds(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = kind_of(chr(code))
        return self[code]


KINDS = _Kinds()


@cache
def shape_score(shape: str) -> float:
    """Return what the case and the marks of a word say, as a logarithm.

    Args:
        shape: The kind of each of its letters.

    Example:
        >>> shape_score("Alll") > shape_score("lAll")
        True
    """
    pairs = list(pairwise(shape))
    rises = sum(a in _LOWER and b in _UPPER and a + b != "lu" for a, b in pairs)
    dips = sum(
        a in _UPPER and b in "ab" and c in _UPPER
        for a, b, c in zip(shape, shape[1:], shape[2:], strict=False)
    )
    crowded = sum(a in _SPECIAL and b in _SPECIAL and (a in "aA" or b in "aA") for a, b in pairs)
    mixed = bool(_LATIN & set(shape)) and bool(OTHERS & set(shape))
    marks = sum(_mark_score(shape, at) for at, kind in enumerate(shape) if kind in MARKED)
    lone = len(shape) == 1 and shape in "aA"
    return marks + _LONE * lone + _ODD * (rises + dips) + CROWDED * crowded + _MIXED * mixed


def _mark_score(shape: str, at: int) -> float:
    """Return how likely a mark is at its place in a word."""
    kind = shape[at]
    behind = at + 1 == len(shape) or set(shape[at:]) <= MARKED.keys()
    before = at == 0 or set(shape[:at]) <= MARKED.keys()
    fits = {
        "r": behind,
        "i": behind or not before,
        "t": before or behind,
        "o": before,
        "p": behind,
        "n": True,
    }
    if kind == "i" and not (before or behind):
        return _WITHIN
    return MARKED[kind] if fits.get(kind, before and behind) else _ASTRAY


def units_of(word: str) -> list[str]:
    """Return the letters beyond ASCII of a word, Latin ones between their neighbours.

    Example:
        >>> units_of("São"), units_of("Ян"), units_of("Çağ")
        (['são'], ['я', 'н'], [' ça', 'ağ '])
    """
    word = word.lower()
    if word.isascii():
        return []
    signs = "".join(letter if letter <= "\x7f" else "*" for letter in word)
    padded = f" {signs} "
    word = _WRONG_END.sub("\ufffd", word)
    return [
        letter if letter >= "\u0370" else f"{padded[at]}{letter}{padded[at + 2]}"
        for at, letter in enumerate(word)
        if letter > "\x7f" and (letter == "\ufffd" or KINDS[ord(letter)] in _SPECIAL)
    ]


class Language(dict[str, float]):
    """Give the logarithm of how likely a unit is in a language.

    Args:
        text: Words of it, or its letters with the frequent ones first.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._near: Counter[tuple[str, str, int]] = Counter()
        words = text.split()
        self.is_latin = len(words) > 1
        if self.is_latin:
            self._count = _count(words)
            self._near = _neighbours(words)
            counts: dict[str, float] = {x: n + 0.5 for x, n in self._count.items()}
        else:
            self._count = Counter()
            counts = {x: 1 / (rank + 2) for rank, x in enumerate(text)}
        whole = sum(counts.values())
        self._letters = {x: math.log(n / whole) for x, n in counts.items()}
        self.usual = sum(math.exp(score) * score for score in self._letters.values())

    def alone(self, letter: str) -> float:
        """Return how likely a letter is, its neighbours aside."""
        return self._letters.get(letter, _FOREIGN)

    def __missing__(self, unit: str) -> float:
        letter = unit if len(unit) == 1 else unit[1]
        score = self.alone(letter)
        if len(unit) > 1 and letter in self._letters:
            score += self._fits(letter, unit[0], 0) + self._fits(letter, unit[2], 2)
        self[unit] = max(score, _FOREIGN)
        return self[unit]

    def _fits(self, letter: str, sign: str, place: int) -> float:
        """Return how much more often a sign stands next to a letter than elsewhere."""
        usual = _usual()[sign, place]
        seen = self._near[letter, sign, place] + _FEW * usual
        return min(math.log(seen / (self._count[letter] + _FEW) / usual), _NEAR)


@cache
def language(text: str) -> Language:
    """Return the language of words or letters, made once."""
    return Language(text)


def _count(words: list[str]) -> Counter[str]:
    return Counter(unit[1] for word in words for unit in units_of(word))


def _neighbours(words: list[str]) -> Counter[tuple[str, str, int]]:
    units = [unit for word in words for unit in units_of(word)]
    return Counter((unit[1], unit[at], at) for unit in units for at in (0, 2))


@cache
def _usual() -> dict[tuple[str, int], float]:
    """Return how often each sign stands before or after a letter of any language."""
    every = [*WESTERN.values(), *EASTERN.values(), *BALTIC.values(), *TURKISH.values()]
    counts: Counter[tuple[str, int]] = Counter()
    for text in every:
        for (_, sign, place), count in _neighbours(text.split()).items():
            counts[sign, place] += count
    signs = " *abcdefghijklmnopqrstuvwxyz"
    wholes = {place: sum(counts[sign, place] + 20 for sign in signs) for place in (0, 2)}
    return {(x, at): (counts[x, at] + 20) / wholes[at] for x in signs for at in (0, 2)}
