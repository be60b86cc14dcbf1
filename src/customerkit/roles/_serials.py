"""Read dates that spreadsheets write as numbers of days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from customerkit.roles.fold import whole_number

_SERIAL = re.compile(r"[1-4]\d{4}", re.ASCII)
_DAY_ZERO = date(1899, 12, 30)  # a day before what Excel says, which knows a 29 February 1900
_YMD = re.compile(r"\d(?:0[1-9]|1[012])(?:0[1-9]|[12]\d|3[01])", re.ASCII)


def serial_date(text: str) -> str | None:
    """Return the date that a number of days means to a spreadsheet; None for other texts.

    Numbers that are year, month and day without the zero before them stay what they are.

    Args:
        text: A squashed text.

    Returns:
        The date in ISO form, from 1927 to 2036.

    Example:
        >>> serial_date("24835"), serial_date("24835.0"), serial_date("51231")
        ('1967-12-29', '1967-12-29', None)
    """
    if not "1" <= text[:1] <= "4":
        return None
    number = whole_number(text)
    if not _SERIAL.fullmatch(number) or _YMD.fullmatch(number):
        return None
    return (_DAY_ZERO + timedelta(days=int(number))).isoformat()
