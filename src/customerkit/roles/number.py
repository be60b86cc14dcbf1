"""Know numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.fold import digits
from customerkit.roles.missing import is_missing

_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,20})", re.ASCII)
_NUMBER = re.compile(r"([+-]?) ?(\d[\d.,' ]*|[.,]\d+)(?:[eE]([+-]?\d{1,4}))?( ?-)?", re.ASCII)
_GROUPS = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d\d)+,\d{3}", re.ASCII)
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_MINUS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "’": "'", "٫": ".", "٬": ","})
_LARGEST = 40


class AmbiguousNumberError(ValueError):
    """Tell that a separator may be either of two."""


def read_number(text: str, hint: str | None = None) -> Decimal | None:
    """Read a decimal number exactly.

    Args:
        text: A squashed text.
        hint: The decimal separator of the column, ``.`` or ``,``.

    Returns:
        The number, None for what is none.

    Raises:
        AmbiguousNumberError: A separator may stand for decimals or for thousands.

    Example:
        >>> read_number("1.234,5"), read_number("(1)") is None
        (Decimal('1234.5'), True)
    """
    found = _NUMBER.fullmatch(digits(text).translate(_MINUS))
    if found is None or (found[1] and found[4]):
        return None
    sign = "-" if found[1] == "-" or found[4] else ""
    body = _decimal_text(found[2].strip(), "." if found[3] else hint)
    if body is None:
        return None
    return Decimal(f"{sign}{body}" + (f"e{found[3]}" if found[3] else ""))


def _decimal_text(body: str, hint: str | None) -> str | None:
    last = max(body.rfind("."), body.rfind(","))
    if last < 0:
        return _whole(body)
    mark = body[last]
    if body.count(mark) > 1:
        return _whole(body)
    if _AMBIGUOUS.fullmatch(body):
        if hint not in (".", ","):
            raise AmbiguousNumberError
        return body.replace(mark, "." if mark == hint else "")
    whole, fraction = _whole(body[:last]) if last else "0", body[last + 1 :]
    if whole is None or (fraction and not fraction.isdigit()):
        return None
    return f"{whole}.{fraction or 0}"


def _whole(text: str) -> str | None:
    if text.isdigit():
        return text
    if not _GROUPS.fullmatch(text):
        return None
    return re.sub(r"\D", "", text)


def decimal_text(number: Decimal) -> str | None:
    """Write a number so that it reads the same everywhere.

    Args:
        number: A number.

    Returns:
        Digits with a point, no needless zeros; but ``1.2340``, as ``1.234`` may
        be read as a thousand. None beyond forty digits.

    Example:
        >>> decimal_text(Decimal("1234.50")), decimal_text(Decimal("1.234"))
        ('1234.5', '1.2340')
    """
    if not number:
        return "0"
    if not -_LARGEST < number.adjusted() < _LARGEST:
        return None
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    sign, text = text[: text.startswith("-")], text.lstrip("-")
    whole, point, fraction = text.partition(".")
    text = (whole.lstrip("0") or "0") + point + fraction
    return sign + text + ("0" if _AMBIGUOUS.fullmatch(text) else "")


_SHAPE = str.maketrans("23456789", "11111111")


def separator_evidence(values: Iterable[str]) -> frozenset[str]:
    """Return which decimal separators the values show.

    Args:
        values: Texts of one column.

    Returns:
        Some of ``.`` and ``,``.

    Example:
        >>> separator_evidence(["1,5", "1.234", "7"])
        frozenset({','})
    """
    shapes = {value.translate(_SHAPE) for value in values}  # few, however many the values
    return frozenset(mark for shape in shapes if (mark := _mark(shape)))


def _mark(value: str) -> str | None:
    text = re.sub(r"[^\d.,]", "", digits(value), flags=re.ASCII).strip(".,")
    last = max(text.rfind("."), text.rfind(","))
    if last < 0 or _AMBIGUOUS.fullmatch(text):
        return None
    try:
        if _decimal_text(text, None) is None:
            return None
    except AmbiguousNumberError:
        return None
    if text.count(text[last]) == 1:
        return text[last]
    return "," if text[last] == "." else "."


class Number(Role):
    """Know numbers: exact decimals with a point.

    Example:
        >>> Number().standardise("1,234.50").value, Number().standardise("1,234").code
        ('1234.5', 'number.ambiguous')
    """

    __slots__ = ()
    name: ClassVar[str] = "number"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.INTERNAL
    half_life_days: ClassVar[float | None] = 365.0
    """Uncalibrated guess: most numbers about customers count something that goes on."""
    column_hint: ClassVar[bool] = True

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the number as exact decimal text.

        Args:
            value: What a channel said.
            hint: The decimal separator of the column, ``.`` or ``,``.

        Returns:
            The number; ``1,234`` stays without a hint.
        """
        if _PLAIN.fullmatch(value) and value != "-0":
            return Standard(value, True)
        text = digits(value)
        if is_missing(text):
            return MISSING
        try:
            number = read_number(text, hint)
        except AmbiguousNumberError:
            return Standard(text, None, "number.ambiguous")
        if number is None:
            return Standard(text, False, "number.not_a_number")
        found = decimal_text(number)
        return Standard(found, True) if found else Standard(text, None, "number.extreme")

    def observe(self, values: Iterable[str]) -> frozenset[str]:
        """Return which decimal separators the values show."""
        return separator_evidence(values)

    def resolve(self, evidence: frozenset[str]) -> str | None:
        """Return the decimal separator of the column, None where evidence conflicts."""
        return next(iter(evidence)) if len(evidence) == 1 else None
