"""Know dates of the Islamic calendar, in which people of the Gulf say when they were born."""

from __future__ import annotations

from datetime import date

FIRST, LAST = 1300, 1460
"""Years of people who may live: in the Gregorian calendar nobody was born then."""
_EPOCH = 227_015  # the day before which no year had begun, counted as datetime counts days
_MIDDLE = (7, 1)  # month and day of a year of which no more is known


def gregorian(year: int, month: int = 0, day: int = 0) -> str | None:
    """Return the Gregorian date of one of the Islamic calendar.

    It is that of the civil calendar by rule (Reingold and Dershowitz, Calendrical
    Calculations, chapter 7); where the moon is watched, a day may be another.

    Args:
        year: The year.
        month: The month, 0 where it is not known.
        day: The day, 0 where it is not known.

    Returns:
        The date in ISO form, of the year alone where the day is not known; None where there
        is no such date.

    Example:
        >>> gregorian(1411, 7, 15), gregorian(1411), gregorian(1411, 13, 1)
        ('1991-01-31', '1991', None)
    """
    if month > 12 or day > 30 or (day and not month):
        return None
    whole = month > 0 and day > 0
    if not whole:
        month, day = _MIDDLE
    months = 29 * (month - 1) + (6 * month - 1) // 11
    years = 354 * (year - 1) + (3 + 11 * year) // 30
    found = date.fromordinal(_EPOCH - 1 + years + months + day).isoformat()
    return found if whole else found[:4]
