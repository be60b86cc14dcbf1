"""Know full names, and how to split them where that is sure."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from customerkit.roles._case import one_case, title_name
from customerkit.roles._chinese import romanised, split_han
from customerkit.roles._slavic import slavic
from customerkit.roles._tickets import ticketed
from customerkit.roles._titles import TITLES, core, folded, is_aside, without_remarks
from customerkit.roles.fold import narrow, plain
from customerkit.roles.missing import is_missing
from customerkit.roles.name import PLACEHOLDERS, NamePart, fold, is_company, standardise_name

PARTICLES = frozenset(
    "van von der den de del della di da dos das du la le los ten ter zu zur bin ibn al el st "
    "vom zum vd 't".split()
)
SPECIAL = (
    TITLES
    | PARTICLES
    | PLACEHOLDERS
    | frozenset(
        "and und et y or family famille familie famiglia familia rodzina deceased decede decedee "
        "verstorben ltd limited llc llp inc incorporated corp corporation gmbh plc pty sarl sar "
        "pvt gbr ohg kgaa oyj aktiengesellschaft".split()
    )
)
"""Words that mean something else than a name."""
_LATIN = "\u024f"  # the last letter of Latin alphabets
_SEVERAL = re.compile(r"[&/+\d@()\"“”]|\b(?:and|und|et|y|or)\b", re.IGNORECASE)
_FAMILY_FIRST = re.compile(r"[\u1ea0-\u1ef9\u3040-\u30ff\u1100-\u11ff\uac00-\ud7af]")
_INITIALS = re.compile(r"\b([А-ЯЁІЇЄҐ]\.)(?=[А-ЯЁІЇЄҐ])")


def split(full: str) -> tuple[str | None, str | None]:
    """Split a full name into given and family name, only where that is sure.

    Args:
        full: A full name; titles and suffixes are left out.

    Returns:
        Given and family name, or ``(None, None)``: also for three plain words,
        where the middle one may be either.

    Example:
        >>> split("Dr Jane van der Berg Jr."), split("Smith, Jane"), split("王小明")
        (('Jane', 'van der Berg'), ('Jane', 'Smith'), ('小明', '王'))
        >>> split("Jane & Joe Smith")
        (None, None)
    """
    return plainly(full) or split_with_care(full)


def plainly(full: str) -> tuple[str, str] | None:
    """Return what :func:`split_with_care` does of most names in Latin letters, sooner.

    Args:
        full: A full name.

    Returns:
        Given and family name of two words, or more with initials between them, where none
        of them means anything but a name; None for all others.

    Example:
        >>> plainly("Jane Q. Roe"), plainly("Mr Roe")
        (('Jane Q.', 'Roe'), None)
    """
    words = full.split()
    if len(words) < 2 or max(full) > _LATIN:
        return None
    first, last = words[0], words[-1]
    ends = plain(first), plain(last)
    if not all(map(_is_name, ends)) or "".join(ends) in SPECIAL:
        return None
    if not all(map(_is_middle, words[1:-1])) or first.isupper() != last.isupper():
        return None  # case tells which is the family name
    if len(words) > 2 and slavic(words):
        return None
    return None if is_missing(full, "name") else (_cased(" ".join(words[:-1])), _cased(last))


def _is_name(word: str) -> bool:
    return word.isalpha() and len(word) > 1 and word not in SPECIAL and len(set(word)) > 1


def _is_middle(word: str) -> bool:
    return len(word.rstrip(".")) == 1 and word[0].isalpha() and word[0] not in "yY"


def split_with_care(full: str) -> tuple[str | None, str | None]:
    """Return what :func:`split` does of any name."""
    if found := ticketed(full):
        return found
    text = without_remarks(narrow(full))
    if standardise_name(text).valid is not True:
        return None, None
    han = split_han(text)
    if han is not None:
        return han
    if _SEVERAL.search(text) or _FAMILY_FIRST.search(text) or is_company(text):
        return None, None
    words = core(_INITIALS.sub(r"\1 ", text).split())
    given, family = _split_comma(text) if "," in text else _in_words(words)
    if not given or not family:
        return None, None
    return _cased(given), _cased(family)


def given_name(given: Any, full: Any) -> str | None:
    """Return the name by which people who share a key are told apart.

    Args:
        given: The given name as said, if it was.
        full: The full name as said, if it was.

    Returns:
        The given name, else that of the full name, else the full name.

    Example:
        >>> given_name(None, "Smith, Jane"), given_name("J.", "Jane Smith")
        ('Jane', 'J.')
    """
    if given:
        return str(given)
    return (split(str(full))[0] or str(full)) if full else None


def family_name(family: Any, full: Any) -> str | None:
    """Return the name that people of one household share.

    Args:
        family: The family name as said, if it was.
        full: The full name as said, if it was.

    Returns:
        The family name, else that of the full name.

    Example:
        >>> family_name(None, "Smith, Jane"), family_name("Doe", None)
        ('Smith', 'Doe')
    """
    if family:
        return str(family)
    return split(str(full))[1] if full else None


def _cased(name: str) -> str:
    return title_name(name) if one_case(name) else name


def _split_comma(text: str) -> tuple[str | None, str | None]:
    parts = [part.split() for part in text.split(",")]
    parts = [part for at, part in enumerate(parts) if part and not is_aside(part, parts[0], at > 1)]
    if len(parts) == 1:
        return _split_words(core(parts[0]))
    if len(parts) != 2:
        return None, None
    family, given = core(parts[0]), core(parts[1]) or parts[1]
    lead = [word for word in family[:-1] if not _is_particle(word)]
    if not given or not family or lead or len(given) > 3:
        return None, None
    tail = [word for word in given if _is_particle(word)]
    if tail and given[-len(tail) :] == tail:
        given, family = given[: -len(tail)], tail + family
    return " ".join(given), " ".join(family)


def _in_words(words: list[str]) -> tuple[str | None, str | None]:
    return romanised(words) or slavic(words) or _split_words(words)


def _split_words(words: list[str]) -> tuple[str | None, str | None]:
    if len(words) < 2 or len(fold(words[-1])) < 2 or _is_particle(words[0]):
        return None, None
    loud = [word for word in words if len(word) > 2 and word.isupper() and "." not in word]
    if len(loud) == 1 and words[0] == loud[0] and len(words) == 2:
        return words[1], words[0]
    for at, word in enumerate(words[1:-1], 1):
        if _is_particle(word):
            sure = at == 1 or all(_is_initial(other) for other in words[1:at])
            return (" ".join(words[:at]), " ".join(words[at:])) if sure else (None, None)
    if all(_is_initial(word) for word in words[1:-1]):
        return " ".join(words[:-1]), words[-1]
    return None, None


def _is_particle(word: str) -> bool:
    return folded(word) in PARTICLES


def _is_initial(word: str) -> bool:
    return len(fold(word)) == 1


class FullName(NamePart):
    """Know full names.

    Example:
        >>> FullName().standardise("JANE VAN DER BERG").value
        'Jane van der Berg'
    """

    __slots__ = ()
    name: ClassVar[str] = "full_name"
    half_life_days: ClassVar[float | None] = 7_300.0
    """Uncalibrated guess: as stale as the family name in it."""
    whole: ClassVar[bool] = True
