"""Say numbers, dates and amounts the way people read them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from customerkit.roles.money import to_minor

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WIDE = frozenset("WF")


def moment(millis: int | None) -> str:
    """Return a time to the minute, in UTC.

    Example:
        >>> moment(1_700_000_000_000), moment(None), moment(10**18)
        ('2023-11-14 22:13', '', 'out of range')
    """
    if millis is None:
        return ""
    try:
        return (_EPOCH + timedelta(milliseconds=millis)).strftime("%Y-%m-%d %H:%M")
    except OverflowError:
        return "out of range"


def date(millis: int | None) -> str:
    """Return the day of a time, in UTC.

    Example:
        >>> date(0)
        '1970-01-01'
    """
    said = moment(millis)
    return said[:10] if said[:1].isdigit() else said


def amount(minor: int | None, currency: str | None = None) -> str:
    """Return an amount of minor units with its currency.

    Example:
        >>> amount(123456, "GBP"), amount(-1200, "JPY"), amount(950)
        ('1,234.56 GBP', '-1,200 JPY', '9.50')
    """
    if minor is None:
        return ""
    found = to_minor("1", currency)
    unit = found[0] if found else 100
    places = len(str(unit)) - 1
    return f"{Decimal(minor).scaleb(-places):,.{places}f} {currency or ''}".rstrip()


def short(value: float) -> str:
    """Return a number as a mark at an axis, thousands as k and so on.

    Example:
        >>> short(999), short(12_345), short(2e6), short(0.5), short(-50_000)
        ('999', '12.3k', '2M', '0.5', '-50k')
    """
    for power, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= max(power, 1e4):
            return f"{value / power:,.1f}".removesuffix(".0") + letter
    return f"{value:,g}" if abs(value) < 10 else f"{value:,.0f}"


def share(part: float | None) -> str:
    """Return a share in percent; a little is not nothing, and nearly all is not all.

    Example:
        >>> share(0.5), share(0.0001), share(0.9999), share(1.0), share(None)
        ('50 %', '< 1 %', '> 99 %', '100 %', '')
    """
    if part is None:
        return ""
    if 0 < part < 0.01:
        return "< 1 %"
    return "> 99 %" if 0.99 < part < 1 else f"{part:.0%}".replace("%", " %")


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    Example:
        >>> counted(1, "row"), counted(1200, "row"), counted(2, "", "people")
        ('1 row', '1,200 rows', '2 people')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    Example:
        >>> width("abc"), width("王芳")
        (3, 4)
    """
    return sum(
        0
        if unicodedata.combining(char)
        else 2
        if unicodedata.east_asian_width(char) in _WIDE
        else 1
        for char in text
    )


def cut(text: str, columns: int) -> str:
    """Return a text that takes at most so many columns.

    Example:
        >>> cut("customer", 5), cut("王芳王芳", 5)
        ('cust…', '王芳…')
    """
    if width(text) <= columns:
        return text
    kept = ""
    for char in text:
        if width(kept + char) > columns - 1:
            break
        kept += char
    return kept + "…"


def one_line(text: str) -> str:
    r"""Return a text without line breaks and other controls, to be printed in a row.

    Example:
        >>> one_line("a\tb\x1b[31m")
        'a b [31m'
    """
    return "".join(char if char.isprintable() else " " for char in text)
