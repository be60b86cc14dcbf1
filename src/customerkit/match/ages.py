"""Compare ages: by the year of birth that an age tells, where no date of birth does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from customerkit.match.codes import MISSING, Coded, Codes, Places, listed
from customerkit.match.comparison import Comparison, Levels, choose
from customerkit.match.marks import Flags
from customerkit.match.subjects import WRITTEN
from customerkit.roles import role

_YEAR = re.compile(r"(?<!\d)((?:1[4-9]|20)\d\d)(?:\d{4})?(?!\d)")
_MILLIS = re.compile(r"-?\d{9,14}")
USUAL = "usual year"
"""What is kept with the years: of which year ages of unknown years were taken to be."""
Years = NDArray[np.int64]


def years(
    rows: Mapping[str, Codes],
    texts: Mapping[str, Any],
    born: Sequence[Coded],
    usual: int | None = None,
) -> Coded | None:
    """Return the year of birth of each record, by its date of birth, else by its age.

    An age is that of the year in which the record was written. Where that is not known, it is
    the year of which the ages and dates of birth of other records tell, else this year.

    Args:
        rows: Column → for each record the place of its text.
        texts: Column → its texts.
        born: The dates of birth, in the first of the columns.
        usual: The year of ages of unknown years; None for what the records tell.

    Returns:
        The years; None where no age tells more than dates of birth do.
    """
    if "age" not in rows:
        return None
    age = taken(map(_age, listed(texts["age"])), rows["age"])
    nothing = np.full(len(age), MISSING, np.int64)
    written = said = nothing
    if WRITTEN in rows:
        written = taken(map(_year, listed(texts[WRITTEN])), rows[WRITTEN])
    if born:
        said = years_of(born[0])
    told = age >= 0
    if usual is None and not (told & (said < 0)).any():
        return None
    if usual is None:
        both = (said + age)[told & (said >= 0)]
        usual = int(np.median(both)) if len(both) else datetime.now(UTC).year
    found = np.where(written >= 0, written, usual) - age
    found = np.where(said >= 0, said, np.where(told, found, MISSING))
    column = coded(found)
    column.keep(USUAL, usual)
    return column


def coded(years: Years) -> Coded:
    """Return years as a column, those below 0 as not stated."""
    once, codes = np.unique(years, return_inverse=True)
    forms = [str(year) for year in once.tolist() if year >= 0]
    return Coded((codes - (len(once) - len(forms))).clip(MISSING).astype(np.int32), forms)


def taken(values: Iterable[int], codes: Codes) -> Years:
    """Return the number of each code, of those of -1 that for nothing."""
    return np.array([*values, MISSING], np.int64)[codes]


def years_of(dates: Coded) -> Years:
    """Return the year of each date of birth."""
    return taken((int(form[:4]) or MISSING for form in dates.forms), dates.codes)


def _age(text: str) -> int:
    found = role("age").standardise(text)
    return int(found.value) if found.valid and found.value else MISSING


def _year(text: str) -> int:
    """Return the year of a moment as a channel or a base writes it."""
    if found := _YEAR.search(text):
        return int(found[1])
    if _MILLIS.fullmatch(text):
        return datetime.fromtimestamp(int(text) / 1000, UTC).year
    return MISSING


_LEVELS = (("near", 1), ("few", 4), ("different", 15))
"""Level → so many years are two years of birth apart at most."""
_NAMES = (*(name for name, _ in _LEVELS), "generation")


def _levels(near: Sequence[str]) -> list[tuple[str, int]]:
    """Return those of the levels that a field has, but for its last, which is for the rest."""
    return [(name, most) for name, most in _LEVELS if name in near[:-1]]


def age_against(text: str, near: Sequence[str] = _NAMES) -> Callable[[str], str]:
    """Return what gives the level of other years of birth against one.

    Args:
        text: The year.
        near: The names of the levels after agreement, the last for all that are far.
    """
    levels = _levels(near)

    def level(other: str) -> str:
        years = abs(int(text) - int(other))
        return next((name for name, most in levels if years <= most), near[-1])

    return level


class AgeComparison(Comparison):
    """Compare years of birth that are told by something else than a date."""

    def alike(self, left: Places, right: Places) -> Flags:
        """Say that all may be alike: years that differ have levels of their own."""
        return np.ones(len(left), np.bool_)

    def compare(self, left: Places, right: Places) -> Levels:
        """Return the levels of years that differ."""
        years = self.column.kept("years", lambda: np.array(self.column.forms, np.int64))
        apart = np.abs(years.take(left) - years.take(right))
        cases = [(apart <= most, self.level(name)) for name, most in _levels(self.near)]
        return choose(len(left), self.level(self.near[-1]), *cases)
