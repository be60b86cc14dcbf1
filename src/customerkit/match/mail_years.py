"""Compare years of birth that stand in e-mail addresses, where no date of birth tells one.

Many people write the year of their birth into their address: jane.roe1971, jroe71. No rule
says that a number is one; the records do that state both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from customerkit.match.ages import Years, coded, taken, years_of
from customerkit.match.codes import MISSING, Coded, listed
from customerkit.roles._short_dates import last_year

FIELD = "email_year"
TOLD_BY = "told by"
"""What is kept with the years: of how many digits the numbers are that tell them."""
_ZERO, _AT = np.uint8(ord("0")), np.uint8(ord("@"))
_FIRST, _LAST = 1920, 2030
_SIZES = (4, 2)  # digits
_SHARE = 0.4
"""How many numbers are the year of the date of birth where they tell it: a guess; of those of
two digits one in a hundred is so by chance."""
_FEWEST = 30  # records that state both


def of_numbers(said: Mapping[str, Any]) -> dict[str, Coded]:
    """Return the first number of two digits, or that is a year, in each address of columns.

    Example:
        >>> found = of_numbers({"email": ["jane.roe1971@x.org", "roe@x71.org", "r-71@x.org"]})
        >>> [found["email"].forms[code] for code in found["email"].codes if code >= 0]
        ['1971', '71']
    """
    return {name: _numbers(listed(texts)) for name, texts in said.items()}


def _numbers(texts: Sequence[str]) -> Coded:
    joined = "\n".join(texts)
    signs = np.frombuffer(joined.encode("latin-1", "replace"), np.uint8)  # one for each letter
    digits = np.zeros(len(signs) + 2, np.bool_)
    digits[1:-1] = (signs - _ZERO) < 10
    edges = np.flatnonzero(digits[1:] != digits[:-1])
    starts, sizes = edges[::2], edges[1::2] - edges[::2]
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
    hosts, places = np.full(len(texts), MISSING), np.flatnonzero(signs == _AT)
    hosts[np.searchsorted(ends, places, side="right")] = places
    rows = np.searchsorted(ends, starts, side="right")
    told = ((sizes == 2) | (sizes == 4)) & (starts < hosts[rows])
    starts, sizes, rows = starts[told], sizes[told], rows[told]
    numbers = _values(signs, starts, sizes)
    some = np.flatnonzero((sizes == 2) | ((numbers >= _FIRST) & (numbers < _LAST)))
    once, first = np.unique(rows[some], return_index=True)
    values, codes = np.unique(numbers[some][first], return_inverse=True)
    column = np.full(len(texts), MISSING, np.int32)
    column[once] = codes
    return Coded(column, [f"{value:02}" for value in values.tolist()])


def _values(signs: NDArray[np.uint8], starts: Years, sizes: Years) -> Years:
    """Return the numbers of two or four digits that begin at some places."""
    found = np.zeros(len(starts), np.int64)
    for at in range(4):
        inside = at < sizes
        digits = signs[np.minimum(starts + at, len(signs) - 1)].astype(np.int64) - int(_ZERO)
        found = np.where(inside, found * 10 + digits, found)
    return found


def mail_years(
    numbers: Coded, born: Sequence[Coded], told_by: frozenset[int] | None = None
) -> Coded | None:
    """Return the year of birth of each record, by its date of birth, else by its address.

    Args:
        numbers: What :func:`of_numbers` found in the address of each record.
        born: The dates of birth, in the first of the columns.
        told_by: Of how many digits the numbers are that tell a year; None for what the
            records tell.

    Returns:
        The years; None where addresses tell none that dates of birth do not.
    """
    size = taken(map(len, numbers.forms), numbers.codes)
    today = datetime.now(UTC).year
    years = (int(form) if len(form) > 2 else last_year(form, today) for form in numbers.forms)
    year = taken(years, numbers.codes)
    said = years_of(born[0]) if born else np.full(len(year), MISSING, np.int64)
    if told_by is None:
        told_by = frozenset(digits for digits in _SIZES if _tell(digits, size, year, said))
        if not (np.isin(size, list(told_by)) & (said < 0)).any():
            return None
    year = np.where(np.isin(size, list(told_by)), year, MISSING)
    column = coded(np.where(said >= 0, said, year))
    column.keep(TOLD_BY, told_by)
    return column


def _tell(digits: int, size: Years, year: Years, said: Years) -> bool:
    both = (size == digits) & (said >= 0)
    return bool(both.sum() >= _FEWEST and (year == said)[both].mean() >= _SHARE)
