"""Know telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, ClassVar

from customerkit.roles._extras import optional
from customerkit.roles._phone_numbers import surely_valid
from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.country import iso2
from customerkit.roles.fold import MASKED, digits, whole_number
from customerkit.roles.missing import is_missing

_EXTENSION = re.compile(
    r"(.*?)[ ,]*(?:;ext=|\b(?:ext(?:ension|n)?\.?|x\.?|int\.?|dw)[ :]*|(?<=\d)x|#|分机|转)"
    r" ?(\d{1,7})",
    re.IGNORECASE,
)
_BODY = re.compile(r"\+?[\d ().\-‐‑–—]*\d[\d ().\-‐‑–—]*")
_SEVERAL = re.compile(r".*\d.*(?:[/;,|&]|\bor\b).*\d.*", re.IGNORECASE)
_WRAPPED = re.compile(r"^\(\+ ?(\d{1,3})\) ?", re.ASCII)
_NOT_DIGIT = re.compile(r"\D")
_UNLIKE = (*";*xX#", ".0\n", ".0 ")  # what is not all digits of a number
_SHORTEST = 5
_NATIONAL = 9  # digits that numbers of most countries have without country and prefix
_AREA = 2  # digits before a masked part that are written in one way: the last ones
_KEEPS_ZERO = ("+39", "+378", "+379")
_FAKES = ("1234567", "12345678", "5551234", "5551212", "7654321", "0123456")
_RUNS = ("123456789", "1234567890", "0123456789", "9876543210", "987654321")
_FAKE_ENDS = (*_RUNS, *_FAKES[2:4])
_ODD = frozenset(fake[-7:] for fake in (*_FAKES, *_FAKE_ENDS, *(7 * one for one in "0123456789")))
_NEITHER_DIGIT_NOR_LINE = bytes(code for code in range(128) if chr(code) not in "0123456789\n")


class Phone(Role):
    """Know telephone numbers; the hint is the country.

    With ``phonenumbers`` a number whose country is known becomes E.164. Without it,
    ``+`` and ``00`` numbers become ``+`` and digits, all others digits. Both forms
    stay as they are when standardised again, with or without the package.

    Example:
        >>> Phone().standardise("0044 20 7946 0018").value
        '+442079460018'
        >>> Phone().standardise("020 7946 0018").code
        'phone.no_region'
    """

    __slots__ = ()
    name: ClassVar[str] = "phone"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.PERSONAL
    half_life_days: ClassVar[float | None] = 1_500.0
    """Uncalibrated guess: numbers move with people and contracts, a little slower than e-mail."""
    hint_field: ClassVar[str | None] = "country"

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the number as digits, E.164 where the country is known.

        Args:
            value: What a channel said.
            hint: The country, as a code or a name; never guessed.

        Returns:
            The number, ``;ext=12`` after it where it has an extension.
        """
        if value[:1] == "+" and value.isascii() and value[1:].isdigit():
            return _number(value, "", None)
        text = digits(value)
        if is_missing(text):
            return MISSING
        text = text[4:].lstrip(" ") if text[:4].lower() == "tel:" else text
        text = _WRAPPED.sub(r"+\1 ", text)
        main, extension = _parts(whole_number(text))
        if not _BODY.fullmatch(main):
            return _not_a_number(text)
        return _number(main, extension, iso2(hint) if hint else None)

    def form(self, value: str) -> str | None:
        """Return the last digits of the number, None for placeholders.

        Args:
            value: A number, however it is written.

        Returns:
            Nine digits at most: what is before them, country and trunk prefix, is
            written in many ways. A part that is masked becomes one star.
        """
        main = whole_number(value.partition(";")[0].strip())
        if MASKED.search(main):
            first, *_, last = (_NOT_DIGIT.sub("", digits(part)) for part in MASKED.split(main))
            shown = f"{first[-_AREA if last else -_NATIONAL :]}*{last}"
            return shown if len(shown) >= _SHORTEST else None
        return _end(_NOT_DIGIT.sub("", main if main.isascii() else digits(main)))

    def forms(self, values: Sequence[str]) -> list[str | None]:
        """Return the form of many numbers; their digits are looked for at once."""
        text = "\n".join(values)
        unlike = any(sign in text for sign in _UNLIKE) or text.endswith(".0")
        if unlike or not text.isascii() or text.count("\n") != len(values) - 1:
            return list(map(self.form, values))
        numbers = text.encode().translate(None, _NEITHER_DIGIT_NOR_LINE).decode()
        return [
            number[-_NATIONAL:] if len(number) > 6 and number[-7:] not in _ODD else _end(number)
            for number in numbers.split("\n")
        ]

    def key(self, value: str) -> str | None:
        """Return the number, None for placeholders such as 0000000 or 1234567890.

        Args:
            value: A standard form.

        Returns:
            The number with its extension.
        """
        standard = self.standardise(value)
        if standard.value is None or standard.valid is False:
            return None
        number = _NOT_DIGIT.sub("", standard.value.partition(";")[0])
        if standard.code not in (None, "phone.no_region") or _is_fake(number):
            return None
        return standard.value


def _end(number: str) -> str | None:
    """Return the digits that a number is compared by, None for placeholders."""
    if len(number) < _SHORTEST or _is_fake(number.rjust(7, "x")):
        return None
    return number[-_NATIONAL:]


def _is_fake(number: str) -> bool:
    if len(number) < 7 or number[-7:] == number[-1] * 7:
        return True
    return number in _FAKES or number.endswith(_FAKE_ENDS)


def _parts(text: str) -> tuple[str, str]:
    found = _EXTENSION.fullmatch(text)
    return (found[1].strip(), f";ext={found[2]}") if found else (text, "")


def _not_a_number(text: str) -> Standard:
    if _SEVERAL.fullmatch(text):
        return Standard(text, None, "phone.several")
    if any(char.isdigit() for char in text):
        return Standard(text, None, "phone.letters")
    return Standard(text, False, "phone.no_digits")


def _number(main: str, extension: str, region: str | None) -> Standard:
    library = optional("phonenumbers")
    plus, said = _international(main), _NOT_DIGIT.sub("", main)
    if library is not None:
        found = _read(library, said, region) if region and main[0] != "+" else None
        if found and found.valid and not plus and _is_doubtful(library, said, region, found.value):
            return Standard(said + extension, None, "phone.ambiguous")
        if plus and not (found and found.valid):
            found = _read(library, plus, None) or found
        if found:
            return Standard((found.value or "") + extension, found.valid, found.code)
    return _bounded(plus or said, extension, None if plus else "phone.no_region")


def _is_doubtful(library: Any, said: str, region: str | None, read: str | None) -> bool:
    """Say whether digits that make a number of the region may as well be another one.

    A landline number without the zero that its country writes in front may be a
    local one, or a foreign one, or an international one that lost its plus.
    """
    if said[0] == "0" or "+" + said == read:
        return False
    found = library.parse(said, region)
    national = library.format_number(found, library.PhoneNumberFormat.NATIONAL)
    mobile = library.number_type(found) == library.PhoneNumberType.MOBILE
    return not mobile and national.lstrip("(").startswith("0")


def _international(main: str) -> str | None:
    number = _NOT_DIGIT.sub("", main)
    if not main.startswith("+"):
        if not number.startswith("00") or len(number) < 9 or number[2] == "0":
            return None
        return "+" + number[2:]
    if "(0)" in main and not ("+" + number).startswith(_KEEPS_ZERO):
        number = _NOT_DIGIT.sub("", main.replace("(0)", "", 1))
    return "+" + number


def _bounded(number: str, extension: str, code: str | None) -> Standard:
    count = len(number.lstrip("+"))
    if count < 5:
        return Standard(number + extension, False, "phone.too_short")
    if count > 15:
        return Standard(number + extension, False, "phone.too_long")
    return Standard(number + extension, None, code)


@lru_cache(maxsize=65_536)  # a number is asked for twice: for its form and for its key
def _read(library: Any, number: str, region: str | None) -> Standard | None:
    """Return what phonenumbers makes of digits; None where it makes nothing of them.

    Only a valid number is rewritten, so that an odd one is read the same again.
    """
    sure = surely_valid(library, number, region)
    if sure is not None:
        return Standard(sure, True)
    try:
        found = library.parse(number, region)
    except library.NumberParseException:
        return None
    if library.is_valid_number(found):
        return Standard(library.format_number(found, library.PhoneNumberFormat.E164), True)
    reasons = library.ValidationResult
    reason = library.is_possible_number_with_reason(found)
    if reason == reasons.IS_POSSIBLE_LOCAL_ONLY and number[0] != "+":
        return Standard(number, None, "phone.no_area_code")
    if reason == reasons.IS_POSSIBLE:
        return Standard(number, None, "phone.unassigned")  # as far as this release knows
    return Standard(number, False, "phone.impossible")
