"""Know dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import ClassVar

from customerkit.roles._clock import read_moment
from customerkit.roles._date_orders import order_evidence, order_of, usual_order
from customerkit.roles._dates import digits_of_impossible, read_date, validity
from customerkit.roles._eras import in_common_years
from customerkit.roles._serials import serial_date
from customerkit.roles._short_dates import short_dates
from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.fold import digits, squash
from customerkit.roles.missing import is_missing

_ISO = re.compile(r"(\d{4}|-)(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_ZEROS = frozenset(
    ["0000-00-00", "00/00/0000", "00-00-0000", "00.00.0000", "00000000", "0000000", "0000"]
)
_LATER = "2443"  # years of the Buddhist era


def _today() -> date:
    return date.today()  # noqa: DTZ011 - a birthday has no zone


class BirthDate(Role):
    """Know dates of birth: ISO, also partial (``1971-06``, ``1971``, ``--06-24``).

    Example:
        >>> BirthDate().standardise("24 June 1971").value
        '1971-06-24'
        >>> BirthDate().standardise("03/04/1971").code
        'date.ambiguous'
    """

    __slots__ = ()
    name: ClassVar[str] = "birth_date"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.PERSONAL
    half_life_days: ClassVar[float | None] = None
    """Dates of birth do not change."""
    column_hint: ClassVar[bool] = True

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the date in ISO form.

        The form depends on the text and the hint alone; only whether a date lies in
        the future is asked of the calendar of today.

        Args:
            value: What a channel said.
            hint: The order of the column: ``dmy``, ``mdy`` or ``ymd``.

        Returns:
            The date; ambiguous, two-digit and impossible ones stay as they are.
        """
        text = squash(value)
        if (text[:4] < "1" and text.partition(" ")[0] in _ZEROS) or is_missing(text):
            return MISSING
        text = in_common_years(text)
        iso, code = read_date(text, hint)
        if iso is None and ":" in text:
            iso, code = _midnight(digits(text), hint, code)
        if iso is None:
            return Standard(text, validity(code), code)
        if code is None and _is_future(iso):
            return Standard(iso, False, "date.future")
        return Standard(iso, validity(code), code)

    def form(self, value: str) -> str | None:
        """Return eight digits: year, month and day, zeros for what is not known.

        Args:
            value: A date in standard form.

        Returns:
            The digits; None where it is not known which is which. A year of two digits
            is the last that is not to come, and a number of days what a spreadsheet means.
            Dates that no calendar has are as written: their other digits may be right.
        """
        return self._form(value, None)

    def _form(self, value: str, hint: str | None) -> str | None:
        text = value if _ISO.fullmatch(value) else self.standardise(value, hint).value
        if text is None:
            return None
        read = serial_date(text) or text
        found = _ISO.fullmatch(read) or _ISO.fullmatch(_short(text, hint))
        if found is None or "-99" in text:
            return digits_of_impossible(text, hint)
        year, month, day = found.groups(default="")
        return f"{year.strip('-') or '0':0>4}{month or '0':0>2}{day or '0':0>2}"

    def forms(self, values: Sequence[str]) -> list[str | None]:
        """Return the form of many dates of one column, read in the order that nearly all show."""
        hint = usual_order(set(values))
        return [_digits_of(value) or self._read(value, hint) for value in values]

    def _read(self, value: str, hint: str | None) -> str | None:
        text = self.standardise(value, hint).value
        return self._form(text, hint) if text else None

    def key(self, value: str) -> str | None:
        """Return the date, None unless it is known to be right.

        Args:
            value: A standard form.

        Returns:
            The ISO date.
        """
        standard = self.standardise(value)
        return standard.value if standard.valid else None

    def observe(self, values: Iterable[str]) -> frozenset[str]:
        """Return which orders of day, month and year the values show."""
        return order_evidence(values)

    def resolve(self, evidence: frozenset[str]) -> str | None:
        """Return the order of the column, None where the evidence conflicts."""
        return order_of(evidence)


def _digits_of(value: str) -> str | None:
    """Return the form of a whole date in ISO form, which needs no reading."""
    whole = len(value) == 10 and "1500" <= value[:4] < _LATER and _ISO.fullmatch(value)
    told = whole and "-99" not in value and not is_missing(value)
    return value.replace("-", "") if told else None


def _short(text: str, hint: str | None) -> str:
    """Return the date of birth that a text with a year of two digits can only mean, if any."""
    found = {iso for iso in short_dates(text, _today().year, hint) if not _is_future(iso)}
    return found.pop() if len(found) == 1 else ""


def _midnight(text: str, hint: str | None, code: str | None) -> tuple[str | None, str | None]:
    """Read a date with a time, which says no more than the date at midnight only."""
    moment = read_moment(text)
    if moment is None or moment.clock is None:
        return None, code
    if moment.clock.strip("0:."):
        return None, "date.has_time"
    return read_date(moment.date, hint)


def _is_future(iso: str) -> bool:
    """Say whether a date is after tomorrow: somewhere it may be tomorrow already."""
    return iso[0] != "-" and iso > (_today() + timedelta(days=1)).isoformat()[: len(iso)]
