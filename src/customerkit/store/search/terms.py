"""Make terms: numbers under which a word is found in spite of typing errors.

A word of three letters or more has the terms of all words that it becomes when one
letter is left out. Two words that share one are at most one typing error apart, or
two. Longer words have their pieces of three letters besides. Chinese, Japanese and
Korean names are found by single characters and by pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from zlib import crc32

from customerkit.roles.fold import digits, loose
from customerkit.store.search.protocol import Wanted

LONGEST = 32
"""Letters of a word that count."""
_SHORTEST = 3  # letters of a word that may miss one
_CUT = 4  # letters of a word that has pieces
_HALF = 4  # digits
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_CJK}]+")
_PIECE = re.compile(rf"[{_CJK}]+|\d+|[^\W\d_{_CJK}](?:[^\d\s{_CJK}])*")
_PHONE = re.compile(r"\+?\(?\d(?:[\s().\-/]{0,3}\d){5,}")
_NOT_DIGIT = re.compile(r"\D")


def term(kind: str, text: str) -> int:
    """Return the number of a term.

    Example:
        >>> term("w", "jane") == term("w", "jane") != term("d", "jane")
        True
    """
    return crc32(f"{kind}:{text}".encode())


def pieces(folded: str) -> list[str]:
    """Return the words of a folded text, cut where letters, digits and scripts meet.

    Example:
        >>> pieces("jane82 张伟 ls1")
        ['jane', '82', '张伟', 'ls', '1']
    """
    return [piece[:LONGEST] for piece in _PIECE.findall(folded)]


def without_one(word: str) -> set[str]:
    """Return the word, and what it is without one of its letters.

    Example:
        >>> sorted(without_one("ann"))
        ['an', 'ann', 'nn']
    """
    if len(word) < _SHORTEST:
        return {word}
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _grams(word: str) -> list[str]:
    whole = f" {word} "
    return list(dict.fromkeys(whole[at : at + 3] for at in range(len(whole) - 2)))


@lru_cache(maxsize=200_000)
def of_word(word: str) -> tuple[int, ...]:
    """Return the terms under which a customer with this word is found."""
    if _RUN.fullmatch(word):
        pairs = (word[at : at + 2] for at in range(len(word) - 1))
        return (*(term("c", char) for char in word), *(term("c", pair) for pair in pairs))
    found = [term("w", word), *(term("d", other) for other in without_one(word))]
    if len(word) >= _CUT:
        found += [term("g", gram) for gram in _grams(word)]
    return tuple(found)


def wanted_word(word: str) -> Iterator[Wanted]:
    """Yield what to ask an index for a word of a query."""
    if _RUN.fullmatch(word):
        yield from (Wanted(term("c", char)) for char in word)
        yield from (Wanted(term("c", word[at : at + 2])) for at in range(len(word) - 1))
        return
    near = tuple(sorted({term("d", other) for other in without_one(word)}))
    grams = _grams(word) if len(word) > _CUT else []
    least = max(2, len(grams) - 7) if grams else 0  # two typing errors harm no more than seven
    yield Wanted(term("w", word), near, tuple(term("g", gram) for gram in grams), least)


# ── telephone numbers ────────────────────────────────────────────────────────


def _halves(number: str) -> Iterator[tuple[str, str]]:
    yield "1", number[-_HALF:]
    yield "2", number[-2 * _HALF : -_HALF]


@lru_cache(maxsize=20_000)
def of_phone(number: str) -> tuple[int, ...]:
    """Return the terms of a telephone number: of its last four digits, and of those before."""
    found = []
    for which, half in _halves(number):
        found.append(term("h" + which, half))
        found += [term("n" + which, other) for other in without_one(half)]
    return tuple(found)


def wanted_phone(number: str) -> Iterator[Wanted]:
    """Yield what to ask for the digits of a telephone number in a query.

    A digit too much or too little in one half moves the other.
    """
    for (which, half), end in zip(_halves(number), (0, _HALF), strict=True):
        ends = (end - 1, end, end + 1) if end else (0,)
        shifted = {
            number[-stop - size : len(number) - stop]
            for stop in ends
            for size in (_HALF - 1, _HALF, _HALF + 1)
        }
        near = {term("n" + which, other) for part in shifted for other in without_one(part)}
        yield Wanted(term("h" + which, half), tuple(sorted(near)))


def phones(text: str) -> list[str]:
    """Return the digits of what may be telephone numbers in a query.

    Example:
        >>> phones("jane +44 (0)7700 900-461"), phones("07700 9oo461"), phones("12 High St")
        (['4407700900461'], ['077009461'], [])
    """
    plain = digits(text)
    found = [_NOT_DIGIT.sub("", part) for part in _PHONE.findall(plain)]
    signs = [char for char in plain if char.isalnum()]
    count = sum(char.isdigit() for char in signs)
    if count >= 6 and count >= 0.7 * len(signs):  # a letter is a typing error
        found = [_NOT_DIGIT.sub("", plain)]
    return found


# ── documents ────────────────────────────────────────────────────────────────


def filtered(field: str, value: str) -> int:
    """Return the term of a value that customers are filtered by."""
    return term(f"={field}", loose(value))


def of_text(text: str) -> Iterator[int]:
    """Yield the terms of a name, a place, an address or a key."""
    for word in pieces(loose(text)):
        yield from of_word(word)
