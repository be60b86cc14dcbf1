"""Recognise valid telephone numbers by the patterns of ``phonenumbers``, much sooner.

The package walks through a dozen patterns in Python for every number. Here the
patterns of a region are one, and only plain numbers that are surely valid are
answered; for all others the package itself is asked. A test holds every answer
to the package's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from attrs import frozen

_TYPES = (
    *("premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan"),
    *("voicemail", "fixed_line", "mobile"),
)
_NEVER = re.compile(r"(?!)")


@frozen(eq=False)
class _Region:
    """Hold what a region's numbers look like.

    Args:
        valid: National numbers that are valid.
        leading: How those that belong here begin, where the metadata says so.
        prefixed: How numbers begin from which the package would strip something.
        abroad: How numbers begin that call another country.
        prefix: What is dialled before a national number, where that is one literal.
        code: The country calling code.
    """

    valid: re.Pattern[str]
    leading: re.Pattern[str] | None
    prefixed: re.Pattern[str]
    abroad: re.Pattern[str]
    prefix: str
    code: str

    @classmethod
    def of(cls, facts: Any) -> _Region:
        prefixes = facts.national_prefix_for_parsing
        literal = prefixes == facts.national_prefix and not facts.national_prefix_transform_rule
        return cls(
            re.compile("|".join(_patterns(facts)) or "(?!)"),
            re.compile(facts.leading_digits) if facts.leading_digits else None,
            re.compile(prefixes) if prefixes else _NEVER,
            re.compile(facts.international_prefix) if facts.international_prefix else _NEVER,
            prefixes if prefixes and literal else "",
            str(facts.country_code),
        )


def _patterns(facts: Any) -> Iterator[str]:
    general = _pattern(facts.general_desc)
    for name in _TYPES:
        own = getattr(facts, name)
        if own is not None and general and (pattern := _pattern(own)):
            yield f"(?={general}\\Z){pattern}"


def _pattern(kind: Any) -> str | None:
    if not kind.national_number_pattern:
        return None
    lengths = [length for length in kind.possible_length if length > 0]
    if kind.possible_length and not lengths:
        return None
    some = "|".join(f"\\d{{{length}}}" for length in lengths) or "\\d+"
    return f"(?=(?:{some})\\Z)(?:{kind.national_number_pattern})"


@cache
def _region(library: Any, name: str) -> _Region | None:
    facts = library.PhoneMetadata.metadata_for_region(name, None)
    return None if facts is None else _Region.of(facts)


@cache
def _regions(library: Any, code: str) -> tuple[_Region, ...]:
    names = library.COUNTRY_CODE_TO_REGION_CODE.get(int(code), ())
    if "001" in names:
        return ()
    return tuple(found for name in names if (found := _region(library, name)) is not None)


def surely_valid(library: Any, number: str, region: str | None) -> str | None:
    """Return the E.164 form of a plain number that is surely valid, else None.

    Args:
        library: The package ``phonenumbers``.
        number: ``+`` and digits, or digits.
        region: The country of digits without ``+``.

    Example:
        >>> surely_valid(None, "no number", None) is None
        True
    """
    digits = number.removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and 6 < len(digits) < 16):
        return None
    if number[0] == "+":
        return _international(library, digits)
    here = _region(library, region) if region else None
    if here is None or here.abroad.match(digits) or digits.startswith(here.code):
        return None
    if here.prefix and digits.startswith(here.prefix):
        digits = digits[len(here.prefix) :]
    elif here.prefixed.match(digits):
        return None
    return _national(library, here.code, digits)


def _international(library: Any, digits: str) -> str | None:
    for size in (1, 2, 3) if digits[0] != "0" else ():
        regions = _regions(library, digits[:size])
        if regions:
            national = digits[size:]
            return (
                None
                if regions[0].prefixed.match(national)
                else _national(library, digits[:size], national)
            )
    return None


def _national(library: Any, code: str, national: str) -> str | None:
    if national[:1] == "0":  # zeros that belong to a number are the package's to tell
        return None
    for region in _regions(library, code):
        if region.leading is not None and not region.leading.match(national):
            continue
        if region.valid.fullmatch(national):
            return f"+{code}{national}"
        if region.leading is not None:
            return None
    return None
