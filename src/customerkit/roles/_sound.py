"""Fold names to how they sound, whatever the script they are written in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from anyascii import anyascii

from customerkit.roles._korean import spelled as family_name
from customerkit.roles._nicknames import nickname_pairs

_CLASSES = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556"[:18], "aeiouyhw")
_FIRST = str.maketrans("cqvzjyaeiou", "kkfsggaaaaa")
_NOT_LETTER = re.compile(r"[^a-z]+")
_AGAIN = re.compile(r"(.)(?=\1)")
_SPELLINGS = (("ph", "f"), ("wr", "r"), ("kn", "n"), ("gh", "g"), ("ck", "k"), ("tsch", "ch"))
_SOUNDS = 4  # consonants after the first letter


class _Readings(dict[int, str]):
    """Hold the reading of each character, once it was asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = found = anyascii(chr(code))
        return found


_READINGS = _Readings({ord("ا"): "a", ord("ع"): "a", ord("ذ"): "z"})  # as names are written


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
    text = form if form.isascii() else family_name(form) or form.translate(_READINGS).lower()
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
    return sounds([form])[0]


def sounds(forms: Sequence[str]) -> list[str | None]:
    """Return how each of many names sounds, see :func:`sound`.

    All are worked as one text, a line each, which is several times as fast.

    Example:
        >>> sounds(["meyer", "?"]) == [sound("meyer"), None]
        True
    """
    text = "\n".join(map(latin, forms))
    for spelled, heard in _SPELLINGS:
        text = text.replace(spelled, heard)
    words = text.split("\n")
    rest = "\n".join([word[1:] for word in words]).translate(_CLASSES)
    ends = _AGAIN.sub("", rest).split("\n")
    return [
        word[0].translate(_FIRST) + end[:_SOUNDS] if word else None
        for word, end in zip(words, ends, strict=True)
    ][: len(forms)]


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
