"""Say what fields, levels of agreement and blocking passes are in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from customerkit.match.rarity import EXACT, RARITY

IGNORED = "ignored"
"""The level of a field that both records state but that says nothing about this pair."""

_RARE = ", and hardly anybody has one of the names"
_NAMES = {
    "nickname": "a nickname or other spelling",
    "near_rare": f"one letter differs{_RARE}",
    "near": "one letter or the script differs",
    "part": "one of several parts agrees",
    "elsewhere": "the same, as another one",
    "initial": "the initial agrees",
    "other_initial": "an initial of another name",
    "homophone_rare": f"sounds the same, written otherwise{_RARE}",
    "homophone": "sounds the same, written otherwise",
    "far_rare": f"begins or sounds alike{_RARE}",
    "far": "begins or sounds alike",
    "different_rare": f"different{_RARE}",
    "swapped": "stands in the place of another name",
    IGNORED: "counted with the other name",
}
_ANY = {
    "missing": "not stated by both",
    "near": "one character differs",
    "far": "two characters differ",
    "shown": "the same as far as it is shown",
    "elsewhere": "the same, not the first of both",
    "different": "different",
    IGNORED: "says nothing here",
}
_LEVELS: Mapping[str, Mapping[str, str]] = {
    "given_name": _NAMES,
    "middle_name": _NAMES,
    "family_name": _NAMES,
    "birth_date": {
        "near": "one digit differs or two swapped",
        "partial": "agrees as far as it is known",
        "two_parts": "two of day, month, year agree",
        "year": "only the year agrees",
        "next_year": "about a year apart",
        "generation": "16 years or more apart",
        IGNORED: "a date written where none is known",
    },
    "age": {
        "near": "about a year apart",
        "few": "two to four years apart",
        "different": "five to fifteen years apart",
        "generation": "16 years or more apart",
    },
    "email_year": {"near": "about a year apart"},
    "email": {"local": "same before the @", "letters": "same letters before the @"},
    "phone": {
        "end": "the last seven digits agree",
        "near": "one digit differs",
        "far": "two digits differ",
    },
    "street": {
        "near": "same number, nearly the same street",
        "part": "same street, one without a number",
        "name": "same street, other number",
    },
    "relative": {"name": "the first name agrees"},
    "company": {"name": "same but for the legal form"},
    "city": {"latin": "same in another script"},
    "birth_place": {"latin": "same in another script"},
    "postcode": {"area": "same wider area"},
}
_PARTS = {
    "given": "given name",
    "family": "family name",
    "given_sound": "sound of the given name",
    "family_sound": "sound of the family name",
    "family_first": "sound of the first family name",
    "names": "sound of both names",
    "initial": "initial",
    "birth": "birth date",
    "birth_place": "place of birth",
    "year": "year of birth",
    "day_month": "day and month of birth",
    "year_month": "year and month of birth",
    "year_day": "year and day of birth",
    "mail": "e-mail",
    "local": "e-mail before the @",
    "letters": "letters of the e-mail",
    "phone_end": "end of the phone number",
    "phone_start": "start of the phone number",
    "street": "longest word of the street",
    "street_line": "street",
    "number": "house number",
    "area": "area of the postcode",
    "national_id": "national id",
    "tax_id": "tax id",
    "account": "account",
}
_NUMBERS = tuple(int(f"{1 / share:.0e}".partition("e")[0]) for share in RARITY[:-1])
_ORDERS = tuple(int(f"{1 / share:.0e}".partition("e")[2]) for share in RARITY[:-1])


def field_words(name: str) -> str:
    """Return the name of a field as people write it.

    Example:
        >>> field_words("given_name"), field_words("email")
        ('given name', 'e-mail')
    """
    return "e-mail" if name == "email" else name.replace("_", " ")


def level_words(name: str, level: str) -> str:
    """Return what a level of a field means.

    Example:
        >>> level_words("phone", "near"), level_words("email", "same_4")
        ('one digit differs', 'same')
    """
    if level in EXACT:
        return "same"
    return _LEVELS.get(name, {}).get(level) or _ANY[level]


def rarity_words(level: str) -> str:
    """Return how many records state a value that both state; nothing for other levels.

    It is an order of magnitude, so it does not say which value it is.

    Example:
        >>> rarity_words("same_0"), rarity_words("same_4"), rarity_words("same_11")
        ('1 in 3 or more', 'about 1 in 300', 'below 1 in 300,000')
    """
    if level not in EXACT:
        return ""
    at = EXACT.index(level)
    last = len(_NUMBERS) - 1
    number = _NUMBERS[min(at, last)] * 10 ** _ORDERS[min(at, last)]
    if at == 0:
        return f"1 in {number:,} or more"
    return f"about 1 in {number:,}" if at <= last else f"below 1 in {number:,}"


def pass_words(keys: tuple[tuple[str, ...], ...]) -> str:
    """Return what the records of one block of a pass share.

    Example:
        >>> pass_words((("mail",),)), pass_words((("postcode", "number"),))
        ('e-mail', 'postcode + house number')
    """
    return " or ".join(" + ".join(_PARTS.get(part, part) for part in names) for names in keys)
