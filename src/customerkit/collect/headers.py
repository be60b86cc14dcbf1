"""Understand one header: what it means, whose it is, and which of several."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from attrs import evolve, frozen

from customerkit.collect import languages, synonyms
from customerkit.collect.activities import WEAK
from customerkit.collect.synonyms import (
    FILLERS,
    LANDLINE,
    MADE,
    MOBILE,
    NOT_MOBILE,
    ORDER,
)
from customerkit.collect.vocabulary import (
    NUMBER_WORDS,
    address_words,
    normalised,
    numbered,
    words_of,
)

CONTEXT = languages.CONTEXT | synonyms.CONTEXT
SECOND = {f"{name}_2": name for name in ("full_name", "given_name", "family_name")}
"""Field of another name that somebody goes by → that of the usual one."""
NAMES = frozenset(
    {"full_name", "prefix", "given_name", "initials", "middle_name", "family_name", "suffix"}
    | {"other_names", "name_line_2"}
    | set(SECOND)
)
NAMING = frozenset({"full_name", "given_name", "family_name"})
"""The fields of which one is enough to name a person."""
BIRTH_PARTS = ("birth_year", "birth_month", "birth_day")
"""The parts of a date of birth in columns of their own."""
FAMILY_PARTS = frozenset({"name_particle", "second_family_name"})
"""What stands before or behind a family name in columns of their own."""
_TAKEN_APART = NAMES | FAMILY_PARTS | set(BIRTH_PARTS) | {
    "birth_date", "birth_place", "gender", "language", "email", "phone", "company", "occupation",
    "relative", "national_id", "account",
}  # fmt: skip
_ID_WORDS = frozenset({"id", "number", "no", "key", "username", "login"})
_BRACKETS = re.compile(r"[(（\[].*?[)）\]]")
_QUESTIONS = ("is ", "has ", "hat ", "ist ")
"""How headers begin under which yes or no stands."""
HOUSE = -1
"""The line of a street that is the number of the house."""
_LINES = {"number": HOUSE, "line_2": 2}
_SCRIPTS = frozenset("arabic ar english en latin local native kana chinese cyrillic".split())
_LETTERS = frozenset("aekl")  # Arabic, English, kana, local
_APART = 100  # ranks behind every header that is known whole


@frozen
class Meaning:
    """Say what a header means.

    Args:
        field: The field, an address part without slot.
        rank: The smaller, the better the words fit.
        context: Which of several: ``""``, ``home``, ``billing``, … or a number.
        line: Of a street: 1, 2, 3; 0 where not numbered, HOUSE for the number of the house.
        weak: Whether tables of all kinds have such a column.
        also: What the word means in another language: *cep* is a phone in Turkey, and a
            postcode in Brazil.
    """

    field: str
    rank: int
    context: str = ""
    line: int = 0
    weak: bool = False
    also: str = ""


PERSON = synonyms.PERSON | set(map(normalised, languages.PERSON))
LONE = {"name"} | set(map(normalised, languages.LONE))
"""Words of a whole name, and of one part of it where another column holds the other."""


@cache
def understand(header: str, kind: str) -> Meaning | None:
    """Return what a header means in a table of a kind, None where it is not known.

    Args:
        header: As given.
        kind: customers, purchases, browsing, reviews or feedback.

    Example:
        >>> understand("Postcode (Billing)", "customers").context
        'billing'
        >>> understand("Person - Email - Work", "customers").field
        'email'
        >>> understand("Phone / Téléphone", "customers").field
        'phone'
        >>> understand("Member #", "customers").field
        'account'
        >>> understand("Assistant's Phone", "customers") is None
        True
    """
    found = _understood(header, kind)
    if found is None or found.field != "phone":
        return found
    words = set(normalised(header).split(" "))
    others = words & LANDLINE or any(word in header for word in NOT_MOBILE)
    later = 0 if words & MOBILE else _APART if others else _APART // 2
    return evolve(found, rank=found.rank + later)


def _understood(header: str, kind: str) -> Meaning | None:
    text = normalised(header)
    if text.startswith(_QUESTIONS):
        return None
    tokens = [token for token in text.split(" ") if token not in FILLERS]
    plainly = [token for token in tokens if token not in MADE] or tokens
    words = words_of(kind)
    if second := _in_other_script(tokens, kind):
        return second
    forms = (text, text.replace(" ", ""), " ".join(tokens), _outside(header), " ".join(plainly))
    for form in (*forms, numbered(plainly)):
        if form in words:
            also = address_words().get(form, ("", 0))[0]
            return Meaning(*words[form], weak=form in WEAK, also="" if also in _LINES else also)
    tokens = re.sub(r"\b(ship|bill) to\b", r"\1", " ".join(plainly)).split(" ")
    found = _address(tokens) or _taken_apart(tokens) or _of_two_tongues(header, kind)
    plainer = _BRACKETS.sub(" ", header.replace("#", " number")).strip()
    return understand(plainer, "customers") if not found and plainer not in ("", header) else found


def _in_other_script(tokens: list[str], kind: str) -> Meaning | None:
    """Understand a name in a script: ``Patient Name (Arabic)``, ``last_name_en``, ``name_e``."""
    rest = [token for token in tokens if token not in _SCRIPTS]
    if rest[1:] and rest[-1] in _LETTERS and rest[-2] in ("name", "nm"):
        rest = rest[:-1]
    if not 0 < len(rest) < len(tokens):
        return None
    found = understand(" ".join(rest), kind)
    second = f"{found.field}_2" if found else None
    if found and second in SECOND:
        return evolve(found, field=second)
    return found if found and found.field == "relative" else None


def _of_two_tongues(header: str, kind: str) -> Meaning | None:
    """Understand a header that says one thing twice: ``Phone / Téléphone``."""
    parts = header.split("/")
    found = [understand(part, kind) for part in parts] if len(parts) > 1 else []
    some = [meaning for meaning in found if meaning]
    some = [meaning for meaning in some if meaning.field != "external_id"] or some
    return some[0] if len({meaning.field for meaning in some}) == 1 else None


def _outside(header: str) -> str:
    """Return the words of a header without what is in brackets: a unit, a zone, a remark."""
    return normalised(_BRACKETS.sub(" ", header))


def _address(tokens: list[str]) -> Meaning | None:
    """Understand parts of an address: ``billing city``, ``address 1 street``, ``street 2``."""
    if tokens[0] == "mail" and len(tokens) > 1:  # by post, for an e-mail address has no street
        tokens = ["mailing", *tokens[1:]]
    context = _context(tokens)
    text = " ".join(_rest(tokens) or tokens)
    if context and text == "code":
        text = "postcode"
    several = re.fullmatch(r"address (\d) (\D.*)", text)
    if several:
        context, text = several[1], re.sub("^line ", "address line ", several[2])
    whole = _part(" ".join(tokens), "")
    return whole or _part(text, context) or _part(re.sub(r"^address (?=\D)", "", text), context)


def _part(text: str, context: str) -> Meaning | None:
    """Understand a part of an address, or one of several: ``street 2``, ``city 1``."""
    words, number = text, ""
    if text not in address_words():
        words, _, number = text.rpartition(" ")
    if words not in address_words():
        return None
    field, rank = address_words()[words]
    line = _LINES.get(field, 0)
    if number.isdigit() and field == "street":
        line = int(number)
    elif number not in ("", "1"):
        return None
    return Meaning("street" if line else field, rank, context, line)


def _taken_apart(tokens: list[str]) -> Meaning | None:
    """Understand what belongs to a person: ``buyer email``, ``first name billing``."""
    context, rest = _context(tokens), _rest(tokens)
    if len(rest) == 1 and rest[0] in _ID_WORDS and PERSON.intersection(tokens) - {"guest"}:
        return Meaning("external_id", _APART)
    found = _belonging(rest)
    if found is None and len(rest) > 1 and rest[-1].isdigit():
        context, rest = context or ("" if rest[-1] == "1" else "other"), rest[:-1]
        found = _belonging(rest)
    if found is None or found[0] not in _TAKEN_APART:
        return None
    if found[0] in NAMES and context in ("home", "work", "other"):
        return None
    return Meaning(found[0], _APART * (1 + place(context)) + found[1], context)


def _belonging(tokens: list[str]) -> tuple[str, int] | None:
    """Return what words mean: ``phone``, and as well ``address phone`` or ``day phone number``."""
    words = words_of("customers")
    shorter = {"phone": tokens[:-1]} if tokens[-1:] and tokens[-1] in NUMBER_WORDS else {}
    if tokens[:1] == ["address"]:
        shorter |= {"phone": tokens[1:], "company": tokens[1:]}
    found = words.get(" ".join(tokens))
    for field, some in shorter.items() if found is None else ():
        meant = words.get(" ".join(some))
        found = meant if meant and meant[0] == field else found
    return found


def _rest(tokens: Iterable[str]) -> list[str]:
    return [token for token in tokens if token not in CONTEXT and token not in PERSON]


def _context(tokens: Iterable[str]) -> str:
    """Return the least own context that the words name."""
    return max((CONTEXT[token] for token in tokens if token in CONTEXT), key=place, default="")


def place(context: str) -> int:
    """Return where a context stands in order, the customer's own first."""
    return ORDER.index(context) if context in ORDER else len(ORDER)
