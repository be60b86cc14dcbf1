"""Tell initials that are written without dots from names: *JGW* is, and *IAN* is not."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from customerkit.roles._nicknames import given_names
from customerkit.roles._sound import latin
from customerkit.roles._titles import is_title
from customerkit.roles.fold import loose

_LETTERS = re.compile(r"[^\W\d_]{2,4}")
_BEGINS = re.compile(r"(?:\w+\.? )?[^\W\d_]{2,4} |[^,]+, ?[^\W\d_]{2,4}(?!\w)")
_VOWELS = re.compile("[aeiouy]")
_LONG = 5  # letters of a text that shows whether a column is written in capitals
_MOST, _AMONG_CAPITALS = 4, 2  # initials of a name: guesses
_LOOKED_AT = 50_000  # texts
_FEWEST, _SHARE = 10, 0.3  # groups of consonants, and of all short capitals: guesses


def most_initials(texts: Sequence[str], *, whole: bool) -> int:
    """Return how many initials names begin with that are written without dots, 0 for none.

    Half of all pairs of initials hold no vowel, and hardly a name does. In a column in capitals
    only pairs are looked at: what is longer may be a name that was mistyped.

    Args:
        texts: The texts of a column of given or of whole names, each once.
        whole: Whether they are whole names.

    Example:
        >>> pairs = ["SP", "BT", "KL", "TD", "HJ", "WB", "DR", "PM", "JA", "CW", "MH", "JG"]
        >>> most_initials(["Jan", "Marieke", "Pieter", *pairs], whole=False)
        4
        >>> most_initials([f"{pair} BAKKER" for pair in pairs], whole=True)
        2
        >>> most_initials(["JAN BAKKER", "ED BAKKER", "MARIEKE SMIT"], whole=True)
        0
    """
    texts = texts[:: 1 + len(texts) // _LOOKED_AT]
    long = [text for text in texts if len(text) >= _LONG]
    most = _AMONG_CAPITALS if 2 * sum(map(str.isupper, long)) > len(long) else _MOST
    words = filter(None, (_leading(text) if whole else text for text in texts))
    short = {_capitals(word, most) for word in words} - {None}
    groups = sum(not _VOWELS.search(latin(letters)) for letters in short if letters)
    return most if groups >= max(_FEWEST, _SHARE * len(short)) else 0


def with_initials_apart(
    texts: Sequence[str], most: int, names: Container[str], *, whole: bool
) -> list[str]:
    """Return texts with blanks between initials that are written without dots.

    Args:
        texts: The texts of a column that has such initials.
        most: How many initials stand together, see :func:`most_initials`.
        names: Folded words that are names, and not initials, if they are in capitals.
        whole: Whether the texts are whole names.

    Example:
        >>> with_initials_apart(["JGW", "IAN", "Jan"], 4, {"ian", "jan"}, whole=False)
        ['J G W', 'IAN', 'Jan']
        >>> with_initials_apart(["MR JP SMITH", "Smith, MT"], 4, {}, whole=True)
        ['MR J P SMITH', 'Smith, M T']
    """
    found = []
    for text in texts:
        word = _leading(text) if whole else text
        letters = _capitals(word, most) if word else None
        apart = letters is not None and letters not in names
        found.append(_spaced(text, word) if word and apart else text)
    return found


def short_names(texts: Sequence[str], *, whole: bool) -> set[str]:
    """Return the folded short words that are names, and no initials, if they are in capitals.

    They stand in small letters in the column, or are a usual short form of a name.

    Example:
        >>> names = short_names(["Ian", "JGW", "Zoë"], whole=False)
        >>> [name in names for name in ("ian", "jgw", "zoe", "ed")]
        [True, False, True, True]
    """
    words = (_leading(text) if whole else text for text in texts)
    small = {loose(word) for word in words if word and len(word) < _LONG and not word.isupper()}
    return small | {name for name in given_names() if len(name) <= _MOST}


def _leading(text: str) -> str | None:
    """Return the word of a whole name that initials stand for, None where it is a long one."""
    if not _BEGINS.match(text):
        return None
    family, comma, given = text.partition(",")
    words = (given if comma else family).split()
    few = words if comma else words[:-1]
    return next((word for word in few[:2] if not is_title(word)), None)


def _spaced(text: str, word: str) -> str:
    return f" {text} ".replace(f" {word} ", f" {' '.join(word)} ", 1).strip()


def _capitals(text: str, most: int) -> str | None:
    known = text.isupper() and len(text) <= most and _LETTERS.fullmatch(text)
    return loose(text) if known else None
