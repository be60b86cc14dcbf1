"""Tell columns whose values cannot be what their header says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from customerkit.model.profile import fields
from customerkit.roles._nicknames import given_names
from customerkit.roles.fold import loose

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TIME = re.compile(
    r"\d{4}|\d{6,8}|\d{10}|\d{13}"  # a year, a day in figures, epoch seconds and milliseconds
    r"|.*\d.*[-/.:年月].*|.*\d.*[^\W\d_]{3}.*|.*[^\W\d_]{3}.*\d.*"
)
_NUMBER = re.compile(r"[^\d]{0,5}\d[\d\s.,'’()+-]*\D{0,5}")
_LETTER = re.compile(r"[^\W\d_]")
_FEWEST = 3
_ENOUGH = 0.3
_NEARLY_ALL = 0.8
_NAME = re.compile(r"[^\W\d_][^\d_@&/+]*")
_SIGNS = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]{2,5}")  # names without blanks
_MOST_WORDS = 5
_DIFFERENT, _KNOWN = 0.5, 0.25  # the shares of full names that differ, and hold a known given name


def are_emails(values: Sequence[str | None]) -> bool:
    """Say whether values look like e-mail addresses, nearly all of them."""
    said = [value.strip() for value in values if value]
    return len(said) >= _FEWEST and sum(map(_is_email, said)) >= _NEARLY_ALL * len(said)


def _is_email(value: str) -> bool:
    return bool(_EMAIL.fullmatch(value))


def are_full_names(values: Sequence[str | None]) -> bool:
    """Say whether values look like names of people: words, with given names that are known.

    Args:
        values: Some of a column.

    Example:
        >>> are_full_names(["Jane Roe", "ROE, JOE", "Ann B. Poe", None])
        True
        >>> are_full_names(["New York", "Los Angeles", "San Diego"])
        False
    """
    if not may_be_full_names(values):
        return False
    shaped = _shaped(values)
    return sum(not one.isdisjoint(given_names()) for one in shaped) >= _KNOWN * len(shaped)


def may_be_full_names(values: Sequence[str | None]) -> bool:
    """Say whether values have the shape of names: few words of letters, that differ.

    Args:
        values: Some of a column.

    Example:
        >>> may_be_full_names(["Иван Петров", "Анна Орлова", "Олег Попов"])
        True
        >>> may_be_full_names(["王小明", "陈丽华", "李女士"]), may_be_full_names(["VIP"] * 3)
        (True, False)
    """
    some = sum(1 for value in values if value)
    return some >= _FEWEST and len(_shaped(values)) >= max(_FEWEST, _DIFFERENT * some)


def _shaped(values: Sequence[str | None]) -> list[set[str]]:
    """Return the words of those different values that have the shape of a name."""
    said = {loose(value) for value in values if value and _NAME.fullmatch(value)}
    words = [set(value.split()) for value in said]
    return [one for one in words if 2 <= len(one) <= _MOST_WORDS or _SIGNS.fullmatch("".join(one))]


def _is_name(value: str) -> bool:
    return bool(_LETTER.search(value)) and "@" not in value and value.lower() not in _FLAGS


def _is_phone(value: str) -> bool:
    return 5 <= sum(map(str.isdigit, value)) <= 25 and "@" not in value


def _is_time(value: str) -> bool:
    return bool(_TIME.fullmatch(value.strip()))


def _is_number(value: str) -> bool:
    return bool(_NUMBER.fullmatch(value.strip()))


def _is_short(value: str) -> bool:
    return len(value) <= 20 and "@" not in value


def _is_account(value: str) -> bool:
    if len(value) <= 3 or value.lower() in _FLAGS:
        return False
    return " " not in value or any(map(str.isdigit, value))


_FLAGS = frozenset({"true", "false", "yes", "no", "y", "n"})
_TESTS: dict[str, tuple[Callable[[str], bool], str]] = {
    "email": (lambda value: "@" in value, "its values hold no addresses"),
    "phone": (_is_phone, "its values are no phone numbers"),
    "time": (_is_time, "its values are no dates"),
    "number": (_is_number, "its values are no numbers"),
    "name": (_is_name, "its values are no names"),
    "account": (_is_account, "its values are neither numbers nor names of profiles"),
    "short": (_is_short, "its values are too long for one"),
}
_ROLES = {
    "birth_date": "time",
    "age": "number",
    "money": "number",
    "full_name": "name",
    "given_name": "name",
    "family_name": "name",
    "relative": "name",
    "city": "name",
    "postcode": "short",
    "gender": "short",
}
_OTHERS = {
    "account": "account",
    "published": "time",
    "birth_year": "number",
    "birth_month": "short",
    "birth_day": "short",
    "activity.occurred": "time",
    "activity.solved_at": "time",
    "activity.quantity": "number",
    "activity.unit_price": "number",
    "activity.amount": "number",
    "activity.rating": "number",
    "activity.currency": "short",
}


def implausible(field: str, values: Sequence[str | None]) -> str:
    """Return why values cannot be what a field holds, nothing where they can.

    Args:
        field: What the header says.
        values: Some of the column.

    Example:
        >>> implausible("birth_date", ["yes", "no", "yes"])
        'its values are no dates'
    """
    role = fields()[field].role if field in fields() else ""
    test = _TESTS.get(_OTHERS.get(field) or _ROLES.get(role, role))
    said = [value for value in values if value]
    if test is None or len(said) < _FEWEST:
        return ""
    return test[1] if sum(map(test[0], said)) < _ENOUGH * len(said) else ""


_SHORTEST = 9  # digits of a phone number with its area
_CLEARLY: Mapping[str, Callable[[str], bool]] = {
    "phone": lambda value: sum(map(str.isdigit, value)) >= _SHORTEST,
    "postcode": lambda value: 0 < sum(map(str.isdigit, value)) < _SHORTEST,
    "birth_year": _is_number,
    "city": _is_name,
}


def is_rather(field: str, other: str, values: Sequence[str | None]) -> bool:
    """Say whether values are what one field holds rather than what another does.

    It is not said of fields whose values are no sign of them, such as streets.

    Args:
        field: The one.
        other: The other.
        values: Some of a column.

    Example:
        >>> is_rather("postcode", "phone", ["38464-511", "03902-523", None])
        True
    """
    if not {field, other} <= _CLEARLY.keys():
        return False
    said = [value for value in values if value]
    one, two = (sum(map(_CLEARLY[name], said)) for name in (field, other))
    return one > two
