"""Know ages in years."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import ClassVar

from dateutil.relativedelta import relativedelta

from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.fold import digits
from customerkit.roles.missing import is_missing

_AGE = re.compile(
    r"0*(\d{1,3})(?:[.,]0+)?(?: ?(?:years?(?: old)?|yrs?|y|yo|y/o|岁|歲))?",
    re.IGNORECASE | re.ASCII,
)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?", re.ASCII)
_OLDEST = 125
_BORN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def age_on(birth_date: str, day: date) -> tuple[int, int] | None:
    """Return the least and the greatest age that somebody can have on a day.

    Args:
        birth_date: A standard form, also a partial one.
        day: The day.

    Returns:
        Twice the same where the date of birth is whole; None where the year is not
        known, or somebody was not born yet.

    Example:
        >>> age_on("1971-06-24", date(2024, 6, 23)), age_on("1971", date(2024, 6, 23))
        ((52, 52), (52, 53))
        >>> age_on("2000-02-29", date(2023, 2, 28)), age_on("--06-24", date(2024, 1, 1))
        ((22, 22), None)
    """
    found = _BORN.fullmatch(birth_date)
    if found is None:
        return None
    year, month, born = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        first = date(year, month or 1, born or 1)
        last = first if born else date(year, month or 12, monthrange(year, month or 12)[1])
    except ValueError:
        return None
    if first > day:
        return None
    return _years(last, day) if last <= day else 0, _years(first, day)


def _years(born: date, day: date) -> int:
    """Return whole years; who was born on a 29 February has a birthday on 1 March."""
    years: int = relativedelta(day, born).years
    leap = (born.month, born.day) == (2, 29) and (day.month, day.day) == (2, 28)
    return years - 1 if leap and monthrange(day.year, 2)[1] == 28 and years else years


class Age(Role):
    """Know ages in whole years.

    Example:
        >>> Age().standardise("42 years").value, Age().standardise("150").code
        ('42', 'age.out_of_range')
    """

    __slots__ = ()
    name: ClassVar[str] = "age"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.PERSONAL
    half_life_days: ClassVar[float | None] = 182.5
    """Not a guess: half of all people have had a birthday after half a year."""

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the age as an integer from 0 to 125.

        Args:
            value: What a channel said.
            hint: Not used.

        Returns:
            The age, or the text with a code.
        """
        text = digits(value)
        found = _AGE.fullmatch(text)
        if found and int(found[1]) <= _OLDEST:
            return Standard(str(int(found[1])), True)
        if is_missing(text):
            return MISSING
        if found or _NUMBER.fullmatch(text):
            return Standard(text, False, "age.out_of_range")
        return Standard(text, False, "age.not_a_number")
