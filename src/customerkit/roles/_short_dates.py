"""Read dates whose year has two digits, in every way in which they can be meant."""

from __future__ import annotations

import re

from customerkit.roles._dates import MONTH, TOKEN, WORDY, date_of, parts_of
from customerkit.roles.fold import digits, plain

_SHORT = re.compile(r"(\d\d?)([-/. ])(\d\d?)\2(\d\d?)|(\d\d)()(\d\d)(\d\d)", re.ASCII)


def short_dates(text: str, today: int, hint: str | None = None) -> set[str]:
    """Return the dates that a text with a year of two digits may mean.

    Args:
        text: A squashed text.
        today: The year from which on a year belongs to the century before.
        hint: The order of the column, any where it fits no date; with a month in a word the
            day is before the year.

    Example:
        >>> short_dates("510912", 2026), sorted(short_dates("03/04/71", 2026))
        ({'1951-09-12'}, ['1971-03-04', '1971-04-03'])
        >>> short_dates("03/04/71", 2026, "dmy"), short_dates("16-Jan-73", 2026)
        ({'1971-04-03'}, {'1973-01-16'})
    """
    orders = _short_parts(digits(text))
    dates = {
        order: iso
        for order, (year, month, day) in orders.items()
        if len(year) == 2
        and (iso := date_of(*parts_of(str(last_year(year, today)), month, day))[0])
    }
    whole = {order: iso for order, iso in dates.items() if len(iso) == len("1951-09-12")}
    return {whole[hint]} if hint in whole else set(whole.values())


def _short_parts(text: str) -> dict[str, tuple[str, str, str]]:
    """Return year, month and day of a text with a year of two digits, by order of its parts."""
    if found := _SHORT.fullmatch(text):
        a, _, b, c = found.groups()[:4] if found[1] else found.groups()[4:]
        return {"ymd": (a, b, c), "dmy": (c, b, a), "mdy": (c, a, b)}
    words = TOKEN.findall(plain(text)) if WORDY.fullmatch(text) else []
    months = [str(MONTH[word]) for word in words if word in MONTH]
    numbers = [word for word in words if word.isdecimal() and len(word) < 3]
    if len(words) != 3 or len(months) != 1 or len(numbers) != 2:
        return {}
    return {"dmy": (numbers[1], months[0], numbers[0])}


def last_year(digits: str, today: int) -> int:
    """Return the last year with two digits at its end that has begun.

    Args:
        digits: The two.
        today: The year that it is.

    Example:
        >>> last_year("71", 2026), last_year("26", 2026), last_year("27", 2026)
        (1971, 2026, 1927)
    """
    return today - (today - int(digits)) % 100
