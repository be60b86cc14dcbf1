"""Know which given names can belong to one person."""

from __future__ import annotations

import re

from customerkit.roles._nicknames import nickname_pairs
from customerkit.roles.name import fold

_WORDS = re.compile(r"[^\s\-.]+")


def compatible(a: str | None, b: str | None) -> bool:
    """Say whether two given names can belong to one person.

    They can when they are equal after folding, when one is the initial of the
    other, or a common nickname of it; a second name may be left out if it is an
    initial. Beginnings and typing errors are no reason: Paul is not Paula.

    Args:
        a: A name; missing is compatible with nothing.
        b: Another.

    Returns:
        Whether they are compatible.

    Example:
        >>> compatible("J.", "Jane"), compatible("Bob", "Robert"), compatible("Paul", "Paula")
        (True, True, False)
    """
    if not a or not b:
        return False
    left, right = fold(a), fold(b)
    if left == right:
        return bool(left)
    if not left or not right:
        return False
    return _pair(left, right) or _words_fit(_folded_words(a), _folded_words(b))


def said_as(name: str) -> list[str]:
    """Return the forms under which a stated given name may be remembered.

    Two names meet when a form of :func:`said_as` is one of :func:`known_as`; they
    do where :func:`compatible` says that they can be one person's.

    Args:
        name: A given name.

    Returns:
        The folded name without initials after the first word; for a name also
        its initial, marked as all that was said.

    Example:
        >>> said_as("Jane M."), said_as("J.")
        (['jane', 'j.'], ['j', 'j.'])
    """
    core = _without_initials(name)
    return [core, f"{core[:1]}."]


def known_as(name: str) -> set[str]:
    """Return the forms by which the bearer of a given name may be met.

    Args:
        name: A given name.

    Returns:
        The folded name, its common nicknames, and its initial.

    Example:
        >>> sorted(known_as("Becky")), sorted(known_as("J."))
        (['b', 'becky', 'rebecca'], ['j.'])
    """
    core = _without_initials(name)
    if _is_initial(core):
        return {f"{core}."}
    pairs = nickname_pairs()
    others = {b for a, b in pairs if a == core} | {a for a, b in pairs if b == core}
    return {core, core[:1], *others}


def _without_initials(name: str) -> str:
    words = _folded_words(name)
    later = [word for word in words[1:] if not _is_initial(word)]
    return "".join([*words[:1], *later])


def _folded_words(text: str) -> list[str]:
    return [word for part in _WORDS.findall(text) if (word := fold(part))]


def _words_fit(left: list[str], right: list[str]) -> bool:
    short, long = sorted((left, right), key=len)
    if not short or not all(_pair(a, b) for a, b in zip(short, long, strict=False)):
        return False
    return all(_is_initial(word) for word in long[len(short) :])


def _pair(a: str, b: str) -> bool:
    if a == b:
        return True
    if _is_initial(a) or _is_initial(b):
        return a[0] == b[0] and (len(a) > 1 or len(b) > 1)
    pairs = nickname_pairs()
    return (a, b) in pairs or (b, a) in pairs


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.upper() != word.lower()
