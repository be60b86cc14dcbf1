"""Know points in time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

from customerkit.roles._clock import plain_iso, read_moment, split_zone, with_offset
from customerkit.roles._date_orders import order_evidence, order_of
from customerkit.roles._dates import read_date, validity
from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.fold import digits, squash
from customerkit.roles.missing import is_missing

_STANDARD = re.compile(
    r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?"
    r"(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:([+-])(\d\d):(\d\d))?)?",
    re.ASCII,
)
_FAST = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])", re.ASCII)
_FAST_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d", re.ASCII)
_OFFSET = re.compile(r"[+-]\d\d:\d\d\Z", re.ASCII)
_EPOCH = re.compile(r"\d{10}|\d{13}", re.ASCII)
_FIRST = date(1970, 1, 1).toordinal()
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_ZEROS = frozenset(["0000-00-00", "00/00/0000"])


def to_millis(text: str) -> int | None:
    """Return the milliseconds since 1970 of a standard time.

    Args:
        text: A standard form; without an offset it is taken as UTC, a partial one as
            its beginning.

    Returns:
        The milliseconds, rounded down; None for what is no standard form.

    Example:
        >>> to_millis("2010-12-01T08:26:00+01:00"), to_millis("03/04/2010")
        (1291188360000, None)
    """
    found = _STANDARD.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, sign, off_hour, off_minute = found.groups()
    try:
        days = date(int(year), int(month or 1), int(day or 1)).toordinal() - _FIRST
    except ValueError:
        return None
    seconds = days * 86_400 + int(hour or 0) * 3_600 + int(minute or 0) * 60 + int(second or 0)
    offset = int(off_hour or 0) * 3_600 + int(off_minute or 0) * 60
    seconds += offset if sign == "-" else -offset
    return seconds * 1_000 + int((fraction or "")[:3].ljust(3, "0"))


class Time(Role):
    """Know points in time: ISO text, as precise as it was given.

    Example:
        >>> Time().standardise("12/1/2010 8:26", "mdy").value
        '2010-12-01T08:26'
        >>> Time().standardise("1291191960").value
        '2010-12-01T08:26:00+00:00'
    """

    __slots__ = ()
    name: ClassVar[str] = "time"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.INTERNAL
    half_life_days: ClassVar[float | None] = None
    """When something happened does not change."""
    column_hint: ClassVar[bool] = True

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the time as ISO text.

        Args:
            value: What a channel said; ten or thirteen digits are seconds or
                milliseconds since 1970.
            hint: The order of the column: ``dmy``, ``mdy`` or ``ymd``.

        Returns:
            The time; what is ambiguous or unreadable stays as it is.
        """
        if _is_plain(value):
            return Standard(value[:10] + "T" + value[11:], True)
        text = squash(value)
        if is_missing(text) or text.partition(" ")[0] in _ZEROS:
            return MISSING
        ascii_text = digits(text)
        if _EPOCH.fullmatch(ascii_text):
            return Standard(_from_epoch(ascii_text), True)
        found = _read(text, ascii_text, hint)
        return found if found.code != "date.unreadable" else _rarer(found, ascii_text, hint)

    def key(self, value: str) -> str | None:
        """Return the time, None unless it is known to be right.

        Args:
            value: A standard form.

        Returns:
            The ISO text.
        """
        standard = self.standardise(value)
        return standard.value if standard.valid else None

    def observe(self, values: Iterable[str]) -> frozenset[str]:
        """Return which orders of day, month and year the values show."""
        return order_evidence(values)

    def resolve(self, evidence: frozenset[str]) -> str | None:
        """Return the order of the column, None where the evidence conflicts."""
        return order_of(evidence)


def _read(text: str, ascii_text: str, hint: str | None) -> Standard:
    moment = read_moment(ascii_text)
    if moment is None:
        iso, code = read_date(ascii_text, hint)
        if iso is not None and iso[0] == "-":  # a birthday: of no year nothing happened
            iso, code = None, "date.unreadable"
        return Standard(iso or text, validity(code), code)
    if moment.clock is None:
        return Standard(text, False, "time.impossible")
    iso, code = read_date(moment.date, hint)
    if iso is None or len(iso) != 10:
        code = code or "date.unreadable"
        return Standard(text, validity(code), code)
    return Standard(f"{iso}T{moment.clock}{moment.zone}", validity(code), code)


def _rarer(unread: Standard, text: str, hint: str | None) -> Standard:
    """Return a rarer form of ISO 8601, or a time with the name of its zone behind it."""
    iso = plain_iso(text)
    if iso != text:
        return _read(text, iso, hint)
    said, zone = split_zone(text)
    found = _read(said, said, hint) if zone else unread
    if zone is None or not found.valid or not found.value or "T" not in found.value:
        return unread
    if _OFFSET.search(found.value):
        return found  # the offset is given beside the name
    iso_or_none = with_offset(found.value, zone)
    return Standard(iso_or_none, True) if iso_or_none else unread


def _is_plain(value: str) -> bool:
    """Say whether a value is an everyday ISO time, which needs no further look."""
    if len(value) != 19 or value[10] not in "T " or not _FAST_CLOCK.fullmatch(value, 11):
        return False
    return (
        _FAST.fullmatch(value, 0, 10) is not None
        and value[:10]
        not in (
            "1900-01-01",
            "1970-01-01",
            "1904-01-01",
        )
        and value[:4] >= "1901"
    )


def _from_epoch(text: str) -> str:
    """Return the ISO text of epoch seconds or milliseconds."""
    if len(text) == 10:
        return (_ZERO + timedelta(seconds=int(text))).isoformat()
    moment = _ZERO + timedelta(milliseconds=int(text))
    return moment.isoformat(timespec="milliseconds")
