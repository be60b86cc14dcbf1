"""Know postcodes."""

from __future__ import annotations

import re
from typing import ClassVar

from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.country import iso2
from customerkit.roles.fold import digits, loose, whole_number
from customerkit.roles.missing import is_missing

_OTHER = {
    "GB": re.compile(
        r"(GIR|[A-PR-UWYZ](?:\d[A-HJKPSTUW\d]?|[A-HK-Y]\d[ABEHMNPRVWXY\d]?))"
        r"(0AA|\d[ABD-HJLNP-UW-Z]{2})"
    ),
    "CA": re.compile(r"([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])(\d[ABCEGHJ-NPRSTV-Z]\d)"),
    "NL": re.compile(r"([1-9]\d{3})(?!SA|SD|SS)([A-Z]{2})"),
    "IE": re.compile(r"([AC-FHKNPRTV-Y]\d[\dW])([\dAC-FHKNPRTV-Y]{4})"),
    "US": re.compile(r"(\d{5})(\d{4})?"),
    "AR": re.compile(r"([A-HJ-NP-Z]\d{4}[A-Z]{3})"),
    "VN": re.compile(r"(\d{5})"),
}
_DIGITS = {
    "NNNN": "AU AT BE BG CH CY DK GE HU LI LU NO NZ PH SI TN ZA BD AR".split(),
    "NNNNN": "DE FR ES IT FI EE HR KR MX TR TH UA MY ID MC SM VA RS MA SA EG PK UY".split(),
    "NNNNNN": "CN IN RU SG CO KZ BY RO VN UZ KG".split(),
    "NNN-NNNN": ["JP"],
    "LV-NNNN": ["LV"],
    "LT-NNNNN": ["LT"],
    "NNNNNNN": ["IL"],
    "NN-NNN": ["PL"],
    "NNNN-NNN": ["PT"],
    "NNNNN-NNN": ["BR"],
    "NNN NN": "SE CZ SK GR".split(),
}
_SHAPES = {country: shape for shape, countries in _DIGITS.items() for country in countries}
_PREFIXED = frozenset("DE AT CH BE LU NL SE FI DK NO IT FR PL CZ SK HU SI HR LT LV PT ES".split())
_LETTER = {"D": "DE", "A": "AT", "B": "BE", "L": "LU", "F": "FR", "I": "IT", "E": "ES", "S": "SE"}
_PREFIX = re.compile(r"([A-Z]{1,2})[- ](?=\d)")
_INNER = re.compile(r"[ \-‐‑–.]")
_BLANKS = re.compile(r"[ .]")
_NO_LOSS = frozenset("AT BE CH DK NL GE LI LU BG CY HU SI TN AR PH IN RU RO CO MC SM".split())


class Postcode(Role):
    """Know postcodes; the hint is the country.

    Example:
        >>> Postcode().standardise("sw1a1aa", "GB").value
        'SW1A 1AA'
        >>> Postcode().standardise("2134", "US").code
        'postcode.lost_zero'
    """

    __slots__ = ()
    name: ClassVar[str] = "postcode"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.PERSONAL
    half_life_days: ClassVar[float | None] = 2_600.0
    """Uncalibrated guess: nearly every move changes it."""
    hint_field: ClassVar[str | None] = "country"

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the postcode as its country writes it.

        Args:
            value: What a channel said.
            hint: The country.

        Returns:
            The postcode; a lost leading zero is reported, not put back.
        """
        text = digits(value.upper())
        if is_missing(text, "symbol"):
            return MISSING
        text = whole_number(text)
        country = iso2(hint) if hint else None
        if country is None:
            return Standard(text, None, "postcode.no_country")
        shape, pattern = _SHAPES.get(country), _OTHER.get(country)
        if shape is None and pattern is None:
            return Standard(text, None)
        packed = _packed(_without_prefix(text, country), shape)
        found = pattern.fullmatch(packed) if pattern else None
        if found:
            glue = "-" if country == "US" else " "
            return Standard(glue.join(part for part in found.groups() if part), True)
        if shape and _fits(packed, shape.count("N")):
            return Standard(_shaped(packed, shape), True)
        return Standard(text, False, _problem(packed, country, shape))

    def form(self, value: str) -> str | None:
        """Return the postcode in letters and digits only.

        Of nine digits the first five: the others, which few know, stand for a part of a street
        in the United States and in Saudi Arabia.

        Example:
            >>> Postcode().form("33159-6119"), Postcode().form("sw1a 1aa")
            ('33159', 'sw1a1aa')
        """
        found = loose(whole_number(value.strip())).replace(" ", "")
        return (found[:5] if len(found) == 9 and found.isdigit() else found) or None

    def key(self, value: str) -> str | None:
        """Return the postcode without blanks and dashes.

        Args:
            value: A standard form.

        Returns:
            The key; None for zeros only.
        """
        text = self.standardise(value).value
        packed = _INNER.sub("", text) if text else ""
        return packed if packed.strip("0X") else None


def _without_prefix(text: str, country: str) -> str:
    found = _PREFIX.match(text)
    if found is None or country not in _PREFIXED:
        return text
    return text[found.end() :] if country in (found[1], _LETTER.get(found[1])) else text


def _packed(text: str, shape: str | None) -> str:
    """Return the postcode without what may stand between its parts: no dash but where due."""
    between = _BLANKS if shape and "-" not in shape else _INNER
    return between.sub("", text)


def _fits(packed: str, length: int) -> bool:
    return len(packed) == length and packed.isascii() and packed.isdigit()


def _shaped(packed: str, shape: str) -> str:
    left = iter(packed)
    return "".join(next(left) if char == "N" else char for char in shape)


def _problem(packed: str, country: str, shape: str | None) -> str:
    length = 5 if country == "US" else shape.count("N") if shape else 0
    if _fits(packed, length - 1) and length > 1 and country not in _NO_LOSS:
        return "postcode.lost_zero"
    if country == "US" and (_fits(packed, 3) or _fits(packed, 8)):
        return "postcode.lost_zero"
    return "postcode.format"
