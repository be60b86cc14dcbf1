"""Understand headers that a system has shortened, cut, or put words of its own before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from customerkit.collect.headers import NAMING, Meaning, understand
from customerkit.collect.synonyms import ABBREVIATIONS, ADDRESS, CONTEXT, CUSTOMER
from customerkit.collect.vocabulary import known_words, normalised

Prefix = tuple[str, ...]
_STREET = frozenset({"street"})
_WHERE = _STREET | {"city", "postcode"}
_OF_PEOPLE = NAMING | _WHERE | {"middle_name", "birth_date", "gender", "phone", "email"}
OTHERS = frozenset(
    "emergency spouse partner parent guardian employer company school branch store shop seller "
    "vendor merchant agent adviser advisor doctor physician gp provider hospital clinic owner "
    "manager assistant sender recipient referrer".split()
)
"""Whose names and addresses are not those of customers."""
_SHORTEST, _WIDTHS = 6, (8, 10)  # letters of a header that was cut, and usual widths
_CUT, _CUT_SHORT = 0.7, 0.6  # the share of the whole that is left, of any width and of a usual one
_OWN_FIELD = re.compile(r"(?:[A-Za-z0-9]+__)?(\w+?)__p?c")
"""What Salesforce puts around the names of fields that a company or a package has added."""
_RELATED = re.compile(r"_id/(?:display_)?name$")
"""What Odoo puts behind the names of fields whose values are records of their own."""
_PIECES, _WHOLE = 4, 3  # of a glued header: at most, and letters of a whole word
_SEGMENT = "pid"  # of HL7, that of the patient
_CODE = re.compile(r"(?:[a-z]{1,3} \d{2,3}|q \d{1,2}|\d{3} [a-z] ?\w) (?=\w)", re.ASCII)
"""Numbers of fields in X12 and NCPDP, and of questions."""
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
    own = _OWN_FIELD.fullmatch(header)
    header = _RELATED.sub("", own[1] if own else header)
    text = normalised(header)
    return (
        understand(header, kind)
        or _shortened(text, kind)
        or _cut(text, kind)
        or _segmented(text, kind)
        or _behind_segment(text, kind)
        or _behind_code(text, kind)
    )


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


def _segmented(text: str, kind: str) -> Meaning | None:
    """Understand words that a mainframe has shortened and glued: ``NMLINE1``, ``BRTHDTE``."""
    stem = text.replace(" ", "")
    word = stem.rstrip("0123456789")
    number = stem[len(word) :]
    if " " in text.removesuffix(number).strip() or not (word.isascii() and word.isalpha()):
        return None
    parts = _parted(word, _PIECES)
    if parts is None or len(parts) < _FEWEST:
        return None
    words = [ABBREVIATIONS.get(part, part) for part in parts]
    return understand(" ".join([*words, number]).strip(), kind)


def _parted(word: str, most: int) -> tuple[str, ...] | None:
    """Return the fewest words and shortened words that a glued one is made of, long ones first."""
    if not word:
        return ()
    found: list[tuple[str, ...]] = []
    for end in range(len(word), 1, -1) if most else ():
        if word[:end] in _vocabulary():
            rest = _parted(word[end:], most - 1)
            if rest is not None:
                found.append((word[:end], *rest))
    return min(found, key=len, default=None)


@cache
def _vocabulary() -> frozenset[str]:
    """Return the words of headers, whole and shortened, that may stand glued to others."""
    said = "|".join([*CUSTOMER.values(), *ADDRESS.values()]).replace("|", " ").split()
    whole = {word for word in said if len(word) >= _WHOLE and word.isascii()}
    contexts = {word for word in CONTEXT if len(word) > _WHOLE}
    return frozenset(whole | ABBREVIATIONS.keys() | contexts)


def _behind_segment(text: str, kind: str) -> Meaning | None:
    """Understand a field of an HL7 segment with a word behind it: ``PID.5.1_fam``."""
    words = text.split(" ")
    if words[0] != _SEGMENT:
        return None
    tries = [words[-1], *(" ".join(words[:end]) for end in range(len(words) - 1, 1, -1))]
    return next((meaning for said in tries if (meaning := understand(said, kind))), None)


def _behind_code(text: str, kind: str) -> Meaning | None:
    """Understand what stands behind the code of a field: ``NM104 First Name``, ``Q3. E-mail``."""
    found = _CODE.match(text)
    return understand(text[found.end() :], kind) if found else None


def behind_prefixes(
    columns: Sequence[str], understood: Mapping[str, Meaning], kind: str
) -> dict[str, Meaning]:
    """Return what columns mean but for the words before them that several share.

    Several may name people: the customer, a spouse, whom to call. The customer is of whom
    most is said; the others are left alone, and so is everything where names are
    understood already, but for an address where none is.

    Args:
        columns: The header.
        understood: What was understood of it as it stands.
        kind: What the source holds.

    Example:
        >>> found = behind_prefixes(["Cn_First_Name", "Cn_Last_Name", "Cn_Date"], {}, "customers")
        >>> {column: meaning.field for column, meaning in found.items()}
        {'Cn_First_Name': 'given_name', 'Cn_Last_Name': 'family_name'}
    """
    found: dict[str, Meaning] = {}
    for known, needed, telling in ((NAMING, NAMING, _OF_PEOPLE), (_WHERE, _STREET, _WHERE)):
        all_found = {**understood, **found}
        if not _fields(all_found) & known:
            groups = _groups([name for name in columns if name not in all_found], columns, kind)
            found |= _best(groups, needed, telling)
    if not _fields(understood) & NAMING and _fields(found) & NAMING:
        found |= _of_other_tables(columns, {**understood, **found}, kind)
    return found


def _of_other_tables(
    columns: Sequence[str], known: Mapping[str, Meaning], kind: str
) -> dict[str, Meaning]:
    """Return what other tables of the same system say of people, and no column did yet."""
    groups = _groups([name for name in columns if name not in known], columns, kind)
    found: dict[str, Meaning] = {}
    for group in groups.values():
        if not _fields(group) & NAMING:
            said = _fields({**known, **found})
            found |= {column: what for column, what in group.items() if what.field not in said}
    return found


def _best(
    groups: Mapping[Prefix, Mapping[str, Meaning]],
    needed: AbstractSet[str],
    telling: AbstractSet[str],
) -> dict[str, Meaning]:
    """Return the columns of the group that tells most, and of those that belong to it.

    Args:
        groups: The columns of each prefix.
        needed: Fields of which a group must have one to tell anything.
        telling: The fields that count.
    """
    told = {
        prefix: len(_fields(group) & telling) if _fields(group) & needed else 0
        for prefix, group in groups.items()
    }
    best = max(told, key=told.__getitem__, default=())
    if told.get(best, 0) < _FEWEST:
        return {}
    own = [prefix for prefix in groups if prefix == best or _beside(prefix, best, told)]
    return {column: meaning for prefix in own for column, meaning in groups[prefix].items()}


def _groups(
    unknown: Sequence[str], columns: Sequence[str], kind: str
) -> dict[Prefix, dict[str, Meaning]]:
    """Return what columns mean that begin with words of their own: words → column → meaning."""
    words = {column: tuple(normalised(column).split(" ")) for column in columns}
    heads = Counter(said[0] for said in words.values())
    groups: dict[Prefix, dict[str, Meaning]] = {}
    for column in unknown:
        said = words[column]
        for at in range(1, len(said) if heads[said[0]] > 1 else 1):
            meaning = meaning_of(" ".join(said[at:]), kind)
            if meaning and OTHERS.isdisjoint(said[:at]):
                groups.setdefault(said[:at], {})[column] = meaning
                break
    return groups


def _fields(group: Mapping[str, Meaning]) -> set[str]:
    return {meaning.field for meaning in group.values()}


def _beside(prefix: Prefix, best: Prefix, told: Mapping[Prefix, int]) -> bool:
    """Say whether what a prefix stands before belongs to the people of another."""
    return prefix[0] == best[0] and not told[prefix]
