"""Tell initials that are written without dots from names: *JGW* is, and *IAN* is not."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from customerkit.roles._sound import latin
from customerkit.roles.fold import loose

_CAPITALS = re.compile(r"[^\W\d_]{2,4}")
_VOWELS = re.compile("[aeiouy]")
_LONG = 5  # letters of a text that shows whether a column is written in capitals
_FEWEST, _SHARE = 10, 0.3  # groups of consonants, and of all short capitals: guesses


def has_initials(texts: Sequence[str]) -> bool:
    """Say whether a column of given names states initials without dots.

    Half of all pairs of initials hold no vowel, and hardly a name does. A column in capitals
    tells nothing: what holds no vowel there may be a name that was mistyped.

    Args:
        texts: The texts of a column, each once.

    Example:
        >>> rows = ["Jan", "Piet", "Marieke", "JGW", "MH"]
        >>> has_initials([*rows, "SP", "BT", "KL", "TD", "HJ", "WB", "DR", "PM", "JA", "CW"])
        True
        >>> has_initials([text.upper() for text in rows] * 9)
        False
    """
    long = [text for text in texts if len(text) >= _LONG]
    if 2 * sum(map(str.isupper, long)) > len(long):
        return False
    short = list(filter(None, map(_capitals, texts)))
    groups = sum(not _VOWELS.search(latin(letters)) for letters in short)
    return groups >= max(_FEWEST, _SHARE * len(short))


def with_initials_apart(texts: Sequence[str], names: Container[str]) -> list[str]:
    """Return texts with blanks between initials that are written without dots.

    Args:
        texts: The texts of a column that has such initials, see :func:`has_initials`.
        names: Folded words that are names, and not initials, if they are in capitals.

    Example:
        >>> with_initials_apart(["JGW", "IAN", "Jan"], {"ian", "jan"})
        ['J G W', 'IAN', 'Jan']
    """
    return [
        " ".join(text) if (letters := _capitals(text)) and letters not in names else text
        for text in texts
    ]


def names_in_small_letters(texts: Sequence[str]) -> set[str]:
    """Return the folded texts that are not in capitals, as names are written.

    Example:
        >>> sorted(names_in_small_letters(["Ian", "JGW", "Zoë"]))
        ['ian', 'zoe']
    """
    return {loose(text) for text in texts if len(text) < _LONG and not text.isupper()}


def _capitals(text: str) -> str | None:
    return loose(text) if text.isupper() and _CAPITALS.fullmatch(text) else None
