"""Tell the parts of East Slavic names: the patronymic and the family name by their endings."""

from __future__ import annotations

import re

_CYRILLIC = re.compile(r"[\u0400-\u04ff.' -]+")
_PATRONYMIC = re.compile(
    r".{2,}(?:ович|евич|ьич|кич|мич|нич|овна|евна|ична|івна|ївна|ovich|evich|ovna|evna)",
    re.IGNORECASE,
)
_FAMILY = re.compile(
    r".{2,}(?:[оеё]ва?|[сц]к(?:ий|ая|ой)|енко|ук|юк|ых|их|янц?|швили|дзе)", re.IGNORECASE
)
_SHORTEST = 5  # letters: of given names Lev and Yakov's end alike


def slavic(words: list[str]) -> tuple[str, str] | None:
    """Return given and family name of words in which an ending or initials tell them apart.

    Args:
        words: A full name without titles.

    Returns:
        Given names with the patronymic, and the family name; None where nothing tells.

    Example:
        >>> slavic("Соколова Елена Григорьевна".split()), slavic("Орлов И. И.".split())
        (('Елена Григорьевна', 'Соколова'), ('И. И.', 'Орлов'))
        >>> slavic("Елена Соколова".split()), slavic("Jane Anne Smith".split())
        (('Елена', 'Соколова'), None)
    """
    if len(words) == 3:
        return _with_patronymic(words) or _with_initials(words)
    if len(words) == 2 and _CYRILLIC.fullmatch(" ".join(words)):
        return _with_initials(words) or _by_ending(*words)
    return None


def without_patronymic(given: str) -> tuple[str, str | None]:
    """Return a given name, and the patronymic or its initial behind it.

    Example:
        >>> without_patronymic("Елена Григорьевна"), without_patronymic("И. П.")
        (('Елена', 'Григорьевна'), ('И.', 'П.'))
        >>> without_patronymic("Jane Anne")
        ('Jane Anne', None)
    """
    name, blank, rest = given.partition(" ")
    if not blank or " " in rest:
        return given, None
    initials = len(name.rstrip(".")) == len(rest.rstrip(".")) == 1
    if _PATRONYMIC.fullmatch(rest) or (initials and _CYRILLIC.fullmatch(given)):
        return name, rest
    return given, None


def _with_patronymic(words: list[str]) -> tuple[str, str] | None:
    first, second, third = words
    said = [bool(_PATRONYMIC.fullmatch(word)) for word in words]
    if said[1] and not said[0]:  # whatever ends the name: a family name may be a patronymic
        return f"{first} {second}", third
    if said[2] and not any(said[:2]):
        return f"{second} {third}", first
    return None


def _with_initials(words: list[str]) -> tuple[str, str] | None:
    initials = [len(word.rstrip(".")) == 1 for word in words]
    if not _CYRILLIC.fullmatch("".join(words)) or initials[0] or not all(initials[1:]):
        return None
    return " ".join(words[1:]), words[0]


def _by_ending(first: str, last: str) -> tuple[str, str] | None:
    families = [len(word) >= _SHORTEST and bool(_FAMILY.fullmatch(word)) for word in (first, last)]
    if families[0] == families[1]:
        return None
    return (last, first) if families[0] else (first, last)
