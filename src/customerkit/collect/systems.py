"""Understand headers that a system has shortened, cut, or put words of its own before."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from customerkit.collect.headers import NAMING, Meaning, known_words, normalised, understand
from customerkit.collect.synonyms import ABBREVIATIONS

Prefix = tuple[str, ...]
_OF_PEOPLE = NAMING | {"middle_name", "birth_date", "gender"}
_SHORTEST, _WIDTHS = 6, (8, 10)  # letters of a header that was cut, and usual widths
_CUT, _CUT_SHORT = 0.7, 0.6  # the share of the whole that is left, of any width and of a usual one
_OWN_FIELD = "__c"
"""What Salesforce puts behind the names of a company's own fields."""
_FEWEST = 2  # columns that say who somebody is, from which a prefix is that of people


@cache
def meaning_of(header: str, kind: str) -> Meaning | None:
    """Return what a header means as it stands, or as a system writes it; None if not known.

    Args:
        header: As given.
        kind: customers, purchases, browsing, reviews or feedback.

    Example:
        >>> names = ("MBR_LAST_NM", "CODPOSTA", "Nonsense")
        >>> [meaning.field for name in names if (meaning := meaning_of(name, "customers"))]
        ['family_name', 'postcode']
    """
    header = header.removesuffix(_OWN_FIELD)
    text = normalised(header)
    return understand(header, kind) or _shortened(text, kind) or _cut(text, kind)


def _shortened(text: str, kind: str) -> Meaning | None:
    """Understand what a database calls a column: ``mbr_last_nm``, ``addr_ln_1``."""
    words = " ".join(ABBREVIATIONS.get(token, token) for token in text.split(" "))
    return understand(words, kind) if words != text else None


def _cut(text: str, kind: str) -> Meaning | None:
    """Understand a header whose end a system has cut off within a word: ``CODPOSTA``.

    A number behind it is kept: ``APELLID1``.
    """
    stem = text.replace(" ", "")
    word = stem.rstrip("0123456789")
    if not (len(word) >= _SHORTEST and word.isalpha() and word.isascii()):
        return None
    share = _CUT_SHORT if len(stem) in _WIDTHS else _CUT
    known, number = known_words(kind), stem[len(word) :]
    start = bisect_left(known, (word,))
    found: dict[tuple[str, str], Meaning] = {}
    for whole, ends in known[start:]:
        if not whole.startswith(word):
            break
        fits = whole.endswith(number) and len(word) >= share * (len(whole) - len(number))
        if fits and len(word) not in ends and (meaning := understand(whole, kind)):
            found.setdefault((meaning.field, meaning.context), meaning)
    return next(iter(found.values())) if len(found) == 1 else None


def behind_prefixes(
    columns: Sequence[str], understood: Mapping[str, Meaning], kind: str
) -> dict[str, Meaning]:
    """Return what columns mean but for the words before them that several share.

    Several may name people: the customer, a spouse, whom to call. The customer is of whom
    most is said; the others are left alone, and so is everything where names are
    understood already.

    Args:
        columns: The header.
        understood: What was understood of it as it stands.
        kind: What the source holds.

    Example:
        >>> found = behind_prefixes(["Cn_First_Name", "Cn_Last_Name", "Cn_Date"], {}, "customers")
        >>> {column: meaning.field for column, meaning in found.items()}
        {'Cn_First_Name': 'given_name', 'Cn_Last_Name': 'family_name'}
    """
    if any(meaning.field in NAMING for meaning in understood.values()):
        return {}
    words = {column: tuple(normalised(column).split(" ")) for column in columns}
    heads = Counter(said[0] for said in words.values())
    groups: dict[Prefix, dict[str, Meaning]] = {}
    for column in (column for column in columns if column not in understood):
        said = words[column]
        for at in range(1, len(said) if heads[said[0]] > 1 else 1):
            if meaning := meaning_of(" ".join(said[at:]), kind):
                groups.setdefault(said[:at], {})[column] = meaning
                break
    people = {prefix: _of_people(group) for prefix, group in groups.items()}
    best = max(people, key=people.__getitem__, default=())
    if people.get(best, 0) < _FEWEST:
        return {}
    own = [prefix for prefix in groups if prefix == best or _beside(prefix, best, people)]
    return {column: meaning for prefix in own for column, meaning in groups[prefix].items()}


def _of_people(group: Mapping[str, Meaning]) -> int:
    """Return how many fields say who somebody is; none where no name does."""
    found = {meaning.field for meaning in group.values()} & _OF_PEOPLE
    return len(found) if found & NAMING else 0


def _beside(prefix: Prefix, best: Prefix, people: Mapping[Prefix, int]) -> bool:
    """Say whether what a prefix stands before belongs to the people of another."""
    return prefix[0] == best[0] and not people[prefix]
