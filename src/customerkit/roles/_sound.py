"""Fold names to how they sound, whatever the script they are written in."""

from __future__ import annotations

import re
from functools import cache

from anyascii import anyascii

from customerkit.roles._nicknames import nickname_pairs

_CLASSES = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556"[:18], "aeiouyhw")
_FIRST = str.maketrans("cqvzjyaeiou", "kkfsggaaaaa")
_NOT_LETTER = re.compile(r"[^a-z]+")
_TWICE = re.compile(r"(.)\1+")
_SPELLINGS = (("ph", "f"), ("wr", "r"), ("kn", "n"), ("gh", "g"), ("ck", "k"), ("tsch", "ch"))
_SOUNDS = 4  # consonants after the first letter


def latin(form: str) -> str:
    """Return a folded name in letters from a to z, a reading of it in other scripts.

    Args:
        form: A folded name.

    Returns:
        Letters only; of Han characters the Mandarin reading without tones.

    Example:
        >>> latin("王伟"), latin("владимир"), latin("o'brien")
        ('wangwei', 'vladimir', 'obrien')
    """
    text = form if form.isascii() else anyascii(form).lower()
    return text if text.isalpha() else _NOT_LETTER.sub("", text)


def sound(form: str) -> str | None:
    """Return how a name sounds: its first sound and the classes of its consonants.

    The classes are those of Soundex (Russell 1918); the first letter is folded too, and
    doubled classes count once.

    Args:
        form: A folded name.

    Returns:
        Text that is equal for names that sound alike; None without letters.

    Example:
        >>> sound("stephen") == sound("stefan"), sound("meyer") == sound("maier")
        (True, True)
    """
    text = latin(form)
    if not text:
        return None
    for spelled, heard in _SPELLINGS:
        text = text.replace(spelled, heard)
    rest = _TWICE.sub(r"\1", text[1:].translate(_CLASSES))
    return text[0].translate(_FIRST) + rest[:_SOUNDS]


@cache
def _formal() -> dict[str, str]:
    """Return one full name for each nickname: of several the first that has most others."""
    pairs = sorted(nickname_pairs())
    sizes: dict[str, int] = {}
    for name, _ in pairs:
        sizes[name] = sizes.get(name, 0) + 1
    found: dict[str, str] = {}
    for name, nick in sorted(pairs, key=lambda pair: (-sizes[pair[0]], pair)):
        found.setdefault(nick, name)
    return {nick: name for nick, name in found.items() if nick not in sizes}


def formal(form: str) -> str:
    """Return the full name that a nickname most likely stands for, else the name.

    Example:
        >>> formal("bob"), formal("jane")
        ('robert', 'jane')
    """
    return _formal().get(form, form)
