"""Read dates without guessing: what is ambiguous stays ambiguous."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import date, timedelta

from customerkit.roles._date_orders import DAY_MONTH, order_of_two
from customerkit.roles._hijri import FIRST, LAST, gregorian
from customerkit.roles.fold import digits, plain, whole_number

Found = tuple[str | None, str | None]
"""An ISO date and a code; the date is None where the text must stay as it is."""
Parts = tuple[int | None, int, int]
"""Year, month and day as a text says them: a year is None, or a month and a day 0, unsaid."""
_UNREADABLE, _AMBIGUOUS, _IMPOSSIBLE = "date.unreadable", "date.ambiguous", "date.impossible"

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_THREE = re.compile(r"(\d{1,4})( ?[-/.,] ?| )(\d{1,2})( ?[-/.,] ?| )(\d{1,4})\.?", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})(?: ?[-/.] ?| )(\d{1,2})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})(?: ?[-/.] ?| )(\d{4})", re.ASCII)
_COMPACT = re.compile(r"\d{8}", re.ASCII)
_SEVEN = re.compile(r"\d{7}", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_NO_YEAR = re.compile(r"--(\d\d)-?(\d\d)", re.ASCII)
_EAST = re.compile(r"(\d{4}) ?[年년](?: ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日号號일])?)?", re.ASCII)
WORDY = re.compile(r"[^\W_][\w ,.'’/-]*", re.UNICODE)
TOKEN = re.compile(r"[^\W\d_]+|\d+")
_NINES = (99, 9999)
_EARLIEST, _LATER = 1880, 2100
_DEFAULTS = frozenset(
    "0001-01-01 1000-01-01 1111-11-11 1601-01-01 1753-01-01 1800-01-01 1899-12-30 1899-12-31 "
    "1900-01-00 1900-01-01 1904-01-01 1970-01-01 2099-12-31 2999-12-31 9999-12-31 9999-01-01 "
    "1900 1900-01 1800 1800-01 1970-01 9999 9999-12 0001".split()
)
_MONTHS = (
    "january jan januar janvier janv enero ene gennaio gen januari janeiro",
    "february feb februar fevrier fev fevr febrero febbraio februari fevereiro",
    "march mar marz mars marzo maart marco mrz",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag mei maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug aout agosto ago augustus",
    "september sep sept septembre septiembre settembre setembro setiembre",
    "october oct oktober okt octobre octubre ottobre ott outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez decembre diciembre dic dicembre dezembro",
)
MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_FILLERS = frozenset("de del of the st nd rd th er den am le".split())
_WEEKDAYS = frozenset(
    "mon tue wed thu fri sat sun tues wednes thur thurs monday tuesday wednesday thursday friday "
    "saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi "
    "mercredi jeudi vendredi samedi dimanche".split()
)


def read_date(text: str, hint: str | None) -> Found:
    """Read a date.

    Args:
        text: A squashed text.
        hint: ``dmy``, ``mdy`` or ``ymd``: how the column orders its dates.

    Returns:
        The ISO date and a code: a code alone where the text must stay.

    Example:
        >>> read_date("24.6.1971", None), read_date("03/04/1971", None)
        (('1971-06-24', None), (None, 'date.ambiguous'))
        >>> read_date("03/04/1971", "mdy")
        ('1971-03-04', None)
    """
    found = _parts(text, hint)
    return (None, found) if isinstance(found, str) else date_of(*found)


def digits_of_impossible(text: str, hint: str | None) -> str | None:
    """Return the eight digits of a date that nobody was born on: year, month, day, as written.

    A slip of a finger makes such a date, and the rest of it still tells something.

    Args:
        text: A squashed text.
        hint: As for :func:`read_date`.

    Returns:
        The digits, zeros for what is not said; None for dates that can be, and for other texts.
        Nines for a month or a day say nothing.

    Example:
        >>> digits_of_impossible("1958-4-56", None), digits_of_impossible("1958-4-16", None)
        ('19580456', None)
    """
    found = _parts(text, hint)
    if isinstance(found, str) or date_of(*found)[1] not in (_IMPOSSIBLE, "date.too_early"):
        return None
    year, month, day = (0 if part in _NINES else part or 0 for part in found)
    return f"{year:04}{month:02}{day:02}" if year or (month and day) else None


def _parts(text: str, hint: str | None) -> Parts | str:
    """Return the parts that a text says, or the code of what forbids to tell them."""
    if found := _ISO.fullmatch(text):
        return parts_of(*found.groups())
    text = " ".join(map(whole_number, digits(text).split(" ")))  # parts, as frames write them
    if not any(char.isdigit() for char in text):
        return _UNREADABLE
    return _numeric(text, hint) or _wordy(text) or _UNREADABLE


def parts_of(year: str, month: str = "0", day: str = "0") -> Parts:
    """Return the parts of a date as numbers."""
    return int(year), int(month), int(day)


def _numeric(text: str, hint: str | None) -> Parts | str | None:  # noqa: PLR0911 - one form a line
    if found := _THREE.fullmatch(text):
        if found[2].strip() != found[4].strip():
            return _UNREADABLE
        return _three(found[1], found[3], found[5], hint)
    if _COMPACT.fullmatch(text):
        return _compact(text, hint)
    if _SEVEN.fullmatch(text):
        return _seven(text)
    if found := _YEAR_MONTH.fullmatch(text):
        return parts_of(found[1], found[2])
    if found := _MONTH_YEAR.fullmatch(text):
        return parts_of(found[2], found[1])
    if _YEAR.fullmatch(text):
        return parts_of(text)
    if found := _NO_YEAR.fullmatch(text):
        return None, int(found[1]), int(found[2])
    if found := DAY_MONTH.fullmatch(text):
        return _two(int(found[1]), int(found[2]), hint)
    if found := _EAST.fullmatch(text):
        return parts_of(*[part for part in found.groups() if part])
    return None


def _three(a: str, b: str, c: str, hint: str | None) -> Parts | str:
    if len(a) == 4 and len(c) < 3:
        return parts_of(a, b, c)
    if len(c) != 4 or len(a) > 2:
        return "date.two_digit_year" if len(a + c) < 5 else _UNREADABLE
    first, second = int(a), int(b)
    if first > 12 or first == second:
        return parts_of(c, b, a)
    if second > 12:
        return parts_of(c, a, b)
    if hint in {"dmy", "mdy"}:
        return parts_of(c, b, a) if hint == "dmy" else parts_of(c, a, b)
    return _AMBIGUOUS


def _two(first: int, second: int, hint: str | None) -> Parts | str:
    """Read a birthday without its year, as services for newsletters write it."""
    if max(first, second) > 31 or min(first, second) > 12:
        return _UNREADABLE
    order = order_of_two(first, second) or ("dmy" if first == second else hint)
    if order is None:
        return _AMBIGUOUS
    return (None, second, first) if order == "dmy" else (None, first, second)


def _compact(text: str, hint: str | None) -> Parts | str:
    found = parts_of(text[:4], text[4:6], text[6:])
    iso, code = date_of(*found)
    if iso or (code == "date.too_early" and text[:2] != "00"):
        return found
    other = _three(text[:2], text[2:4], text[4:], hint)
    if isinstance(other, str):
        return other if other == _AMBIGUOUS else found
    return other if date_of(*other)[0] else found


def _seven(text: str) -> Parts | str:
    """Read a date as mainframes write it: year and day of the year, or a digit for the century."""
    year, day = int(text[:4]), int(text[4:])
    if _EARLIEST <= year < _LATER and 1 <= day <= 365 + isleap(year):
        found = date(year, 1, 1) + timedelta(days=day - 1)
        return found.year, found.month, found.day
    if text[0] not in "01":
        return _UNREADABLE
    parts = parts_of(f"{19 + int(text[0])}{text[1:3]}", text[3:5], text[5:])
    return parts if date_of(*parts)[0] else _IMPOSSIBLE


def _wordy(text: str) -> Parts | str | None:
    if not WORDY.fullmatch(text):
        return None
    tokens = [word for word in TOKEN.findall(plain(text)) if word not in _FILLERS | _WEEKDAYS]
    months = [MONTH[word] for word in tokens if word in MONTH]
    numbers = [word for word in tokens if word.isdecimal()]
    if len(months) != 1 or len(numbers) + 1 != len(tokens):
        return None
    return _with_month(months[0], numbers, tokens[0].isdecimal())


def _with_month(month: int, numbers: list[str], day_first: bool) -> Parts | str | None:
    years = [number for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if len(number) < 3]
    if len(years) == 1 and len(days) == len(numbers) - 1 < 2:
        return int(years[0]), month, sum(days)
    if len(days) == 2 == len(numbers):
        return "date.two_digit_year"
    if len(days) == 1 == len(numbers):
        return (None, month, days[0]) if day_first else _AMBIGUOUS
    return None


def date_of(year: int | None, month: int = 0, day: int = 0) -> Found:
    """Return the ISO form of parts; parts of zero are not known."""
    if year is None:
        there = 1 <= month <= 12 and 1 <= day <= monthrange(2000, month)[1]
        return (f"--{month:02}-{day:02}", None) if there else (None, _IMPOSSIBLE)
    if FIRST <= year <= LAST:
        iso = gregorian(year, month, day)
        return iso, "date.hijri" if iso else _IMPOSSIBLE
    impossible = day and (not month or month > 12 or day > monthrange(year or 1, month)[1])
    if month > 12 or impossible or not year:
        return None, _IMPOSSIBLE
    text = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    if text in _DEFAULTS:
        return text, "date.default"
    return (None, "date.too_early") if year < _EARLIEST else (text, None)


def validity(code: str | None) -> bool | None:
    """Return what a code of :func:`read_date` says about validity.

    Args:
        code: The code.

    Returns:
        False for what no calendar has, None for what cannot be known.

    Example:
        >>> validity("date.impossible"), validity("date.ambiguous"), validity(None)
        (False, None, True)
    """
    if code is None:
        return True
    return None if code in _UNSURE else False


_UNSURE = frozenset(
    "date.hijri date.ambiguous date.two_digit_year date.default date.unreadable "
    "date.has_time".split()
)
