"""Read the time of a day, with its offset from UTC."""

from __future__ import annotations

import re

from attrs import frozen
from dateutil import parser, tz

_ISO = re.compile(
    r"\d{4}-?(?:W\d\d-?\d|\d\d-?\d\d)T\d\d(?::?\d\d(?::?\d\d(?:[.,]\d{1,6})?)?)?"
    r"(?:Z|[+-]\d\d(?::?\d\d)?)?|\d{4}-?W\d\d-?\d",
    re.ASCII,
)
_ZONED = re.compile(r"(.+?) ?\[?([A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_+-]+){1,2})\]?", re.ASCII)
_CLOCK = re.compile(
    r"(?P<date>.*?[\d日号](?:\.|(?<=[日号]))?)(?:T| ?,? )"
    r"(?P<h>\d{1,2}):(?P<m>\d\d)(?::(?P<s>\d\d)(?:[.,](?P<f>\d+))?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?(?: ?(?P<zone>[Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?))?"
    r"(?: \([A-Za-z ]+\))?",
    re.ASCII,
)
_BASIC = re.compile(r"(\d{8})T?(\d\d)(\d\d)(\d\d)(Z?)", re.ASCII)
_CTIME = re.compile(r"(\w{3} \w{3} \d{1,2}) (\d\d:\d\d:\d\d)((?: UTC| GMT)?) (\d{4})", re.ASCII)


@frozen
class Moment:
    """Hold the parts of a point in time.

    Args:
        date: The text of the date.
        clock: ``08:26`` with seconds and fraction where given; None for an impossible one.
        zone: ``+00:00``, or nothing.
    """

    date: str
    clock: str | None
    zone: str


def read_moment(text: str) -> Moment | None:
    """Read a date with a time.

    Args:
        text: A squashed text with ASCII digits.

    Returns:
        Its parts; None where there is no time in it.

    Example:
        >>> read_moment("12/1/2010 8:26 PM")
        Moment(date='12/1/2010', clock='20:26', zone='')
    """
    if ":" not in text:
        found = _BASIC.fullmatch(text)
        text = f"{found[1]}T{found[2]}:{found[3]}:{found[4]}{found[5]}" if found else text
    elif found := _CTIME.fullmatch(text):
        text = f"{found[1]} {found[4]} {found[2]}{found[3]}"
    found = _CLOCK.fullmatch(text)
    return Moment(found["date"], _clock(found), _zone(found["zone"])) if found else None


def plain_iso(text: str) -> str:
    """Return a less common form of ISO 8601 in its common one; any other text as it is.

    Args:
        text: A squashed text with ASCII digits.

    Returns:
        For a week date the date, for a basic time the extended one.

    Example:
        >>> plain_iso("2020-W05-3"), plain_iso("20200101T1030+01")
        ('2020-01-29', '2020-01-01T10:30:00+01:00')
    """
    if not _ISO.fullmatch(text):
        return text
    try:
        moment = parser.isoparse(text)
    except (ValueError, OverflowError):
        return text
    return moment.isoformat() if "T" in text else moment.date().isoformat()


def with_offset(moment: str, zone: str) -> str | None:
    """Return a time of a zone with its offset from UTC.

    Args:
        moment: ISO text without an offset.
        zone: Such as ``Europe/Berlin``.

    Returns:
        The text; None for an unknown zone, and for a time that clocks there show
        twice or never.

    Example:
        >>> with_offset("2020-07-01T10:30", "Europe/Berlin")
        '2020-07-01T10:30+02:00'
        >>> with_offset("2020-10-25T02:30", "Europe/Berlin") is None
        True
    """
    found = tz.gettz(zone)
    if found is None:
        return None
    local = parser.isoparse(moment).replace(tzinfo=found)
    if tz.datetime_ambiguous(local) or not tz.datetime_exists(local):
        return None
    offset = local.isoformat()[-6:]
    return moment + offset


def split_zone(text: str) -> tuple[str, str | None]:
    """Return a time and the name of the zone behind it, if there is one.

    Example:
        >>> split_zone("2020-07-01 10:30 Europe/Berlin")
        ('2020-07-01 10:30', 'Europe/Berlin')
    """
    found = _ZONED.fullmatch(text)
    return (found[1], found[2]) if found else (text, None)


def _clock(found: re.Match[str]) -> str | None:
    hour, minute, second = int(found["h"]), int(found["m"]), int(found["s"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 60 or not _is_offset(found["zone"]):
        return None
    text = f"{hour:02}:{minute:02}" + (f":{second:02}" if found["s"] else "")
    return f"{text}.{found['f']}" if found["f"] else text


def _is_offset(zone: str | None) -> bool:
    """Say whether there can be such an offset: from 12 hours behind to 14 ahead."""
    if not zone or zone[0] not in "+-":
        return True
    packed = zone[1:].replace(":", "").ljust(4, "0")
    minutes = int(packed[:2]) * 60 + int(packed[2:])
    return int(packed[2:]) < 60 and minutes <= (14 if zone[0] == "+" else 12) * 60


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone[0] not in "+-" or not zone.strip("+-:0"):
        return "+00:00"
    packed = zone.replace(":", "").ljust(5, "0")
    return f"{packed[:3]}:{packed[3:]}"
