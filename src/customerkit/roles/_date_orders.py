"""Tell in which order a column writes day, month and year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from customerkit.roles.fold import digits

DAY_MONTH = re.compile(r"(\d{1,2})[-/.](\d{1,2})\.?", re.ASCII)
_ORDER = re.compile(r"\s*(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d\d)(?!\d)", re.ASCII)
_YMD = re.compile(r"\s*\d{4}[-/. ]\d{1,2}[-/. ]\d", re.ASCII)
_NEARLY_ALL = 20  # times as often as another: a guess


def order_evidence(values: Iterable[str]) -> frozenset[str]:
    """Return which orders of day, month and year the values show.

    Args:
        values: Texts of one column.

    Returns:
        Some of ``dmy``, ``mdy`` and ``ymd``.

    Example:
        >>> sorted(order_evidence(["24/06/1971", "03/04/1980"]))
        ['dmy']
    """
    return frozenset(order for value in values if (order := _order(value)))


def usual_order(values: Iterable[str]) -> str | None:
    """Return the order in which nearly all of many dates of one column are written.

    Where a few are in another order, which are mistakes, the others are not ambiguous.

    Args:
        values: Texts of one column.

    Example:
        >>> usual_order([*["24/06/1971", "13/02/1980"] * 10, "02/13/1980"])
        'dmy'
    """
    counts = Counter(order for value in values if (order := _order(value)))
    most = max((count for order, count in counts.items() if order != "ymd"), default=0)
    return order_of(frozenset(order for order, n in counts.items() if n * _NEARLY_ALL > most))


def _order(value: str) -> str | None:
    text = value if value.isascii() else digits(value)
    found = _ORDER.match(text)
    if found is None:
        pair = DAY_MONTH.fullmatch(text)
        return order_of_two(int(pair[1]), int(pair[2])) if pair else _ymd(text)
    first, second, year = int(found[1]), int(found[2]), found[3]
    may_be_a_day = len(year) == 2 and int(year) < 32
    return None if may_be_a_day else order_of_two(first, second)


def _ymd(text: str) -> str | None:
    return "ymd" if _YMD.match(text) else None


def order_of_two(first: int, second: int) -> str | None:
    """Return the order of a day and a month, where it is plain."""
    if max(first, second) > 31 or (first > 12) == (second > 12):
        return None
    return "dmy" if first > 12 else "mdy"


def order_of(evidence: frozenset[str]) -> str | None:
    """Return the order of a column; dates that begin with the year contradict nobody.

    Args:
        evidence: The united evidence.

    Returns:
        The order, None where there is no or conflicting evidence.

    Example:
        >>> order_of(frozenset({"dmy", "ymd"})), order_of(frozenset({"dmy", "mdy"}))
        ('dmy', None)
    """
    rest = evidence - {"ymd"}
    if len(rest) == 1:
        return next(iter(rest))
    return "ymd" if evidence == {"ymd"} else None
