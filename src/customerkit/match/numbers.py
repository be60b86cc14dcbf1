"""Read dates of birth from official numbers, where the records show how these hold them.

In many countries the number of a person begins with the date of birth. No rule of a country
is needed: of the records that state both, nearly all agree in the same place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
from attrs import frozen

from customerkit.match.codes import Coded, Codes, numbered, spread
from customerkit.match.comparison import MASK

LAYOUTS = "layouts of numbers"
"""What is kept with dates of birth: in which place numbers of a length hold them."""
_FEWEST, _SHARE = 20, 0.8  # records that state both, and the share of them that agree: guesses
_MOST = 5_000  # records that are looked at
_LATEST_START = 6
_CENTURY = 2  # digits
_NO_REST = re.compile(r"[0x*]*")
"""What stands behind the date where the rest of the number is not known."""
_OFFSETS = (70, 50, 20)  # added to months in some countries: of women, or of a later century


@frozen
class Layout:
    """Say where a number holds a date of birth.

    Args:
        start: How many letters or digits stand before it.
        order: The order of its parts, such as ``ymd``.
        year: How many digits the year has.
    """

    start: int
    order: str
    year: int

    @property
    def end(self) -> int:
        """Return where the date ends."""
        return self.start + self.year + 4

    def read(self, number: str, today: int) -> str | None:
        """Return the date as eight digits.

        Args:
            number: A form of a number.
            today: The year from which on a year of two or three digits is one before.

        Example:
            >>> Layout(0, "ymd", 2).read("8553124444", 2026), Layout(0, "ymd", 2).read("12", 2026)
            ('19850312', None)
        """
        text = number[self.start : self.end]
        if len(text) < self.end - self.start or not text.isdecimal():
            return None
        said, at = {}, 0
        for part in self.order:
            size = self.year if part == "y" else 2
            said[part], at = int(text[at : at + size]), at + size
        month = next((said["m"] - more for more in _OFFSETS if said["m"] > more), said["m"])
        if not (1 <= month <= 12 and 1 <= said["d"] <= 31):
            return None
        whole = self.year == len("1985")
        year = said["y"] if whole else today - (today - said["y"]) % 10**self.year
        return f"{year:04}{month:02}{said['d']:02}"

    def same_date(self, number: str, date: str, today: int) -> bool:
        """Say whether the number holds a date, whatever the century."""
        read = self.read(number, today)
        return read is not None and read[4 - self.year :] == date[4 - self.year :]


_KNOWN = tuple(
    Layout(start, order, year)
    for order in ("ymd", "dmy")
    for year in (4, 3, 2)
    for start in range(_LATEST_START + 1)
)
Layouts = Mapping[int, Layout]
"""Length of a number → where it holds the date."""


def layouts(numbers: Coded, born: Coded) -> dict[int, Layout]:
    """Return where numbers of each length hold the date of birth, as records show that state both.

    Args:
        numbers: The numbers of records.
        born: Their dates of birth.
    """
    both = np.flatnonzero((numbers.codes >= 0) & (born.codes >= 0))[:_MOST]
    pairs = [(numbers.forms[numbers.codes[at]], born.forms[born.codes[at]]) for at in both]
    known = [(number, date) for number, date in pairs if "00" not in (date[4:6], date[6:])]
    lengths = Counter(len(number) for number, _ in known)
    found, today = {}, datetime.now(UTC).year
    for length in (length for length, count in lengths.items() if count >= _FEWEST):
        some = [pair for pair in known if len(pair[0]) == length]
        hits = {one: sum(one.same_date(*pair, today) for pair in some) for one in _KNOWN}
        best = max(hits, key=hits.__getitem__)
        if hits[best] >= _SHARE * len(some):
            found[length] = best
    return found


def read_numbers(
    numbers: Coded, born: Coded | None, known: Layouts | None = None
) -> tuple[Coded, Coded, Layouts] | None:
    """Return numbers without what is not theirs alone, and dates of birth with what they tell.

    A number with and without the century is one; of one that ends with the date, or in zeros
    behind it, nothing but the date is known.

    Args:
        numbers: The numbers of records.
        born: Their dates of birth, None where no record states one.
        known: Where numbers hold dates; None for what the records show.

    Returns:
        The numbers, the dates, and where the dates stood; None where numbers hold none.
    """
    if known is None:
        known = layouts(numbers, born) if born is not None else {}
    if not known:
        return None
    today = datetime.now(UTC).year
    where = [_layout(number, known) for number in numbers.forms]
    said = list(zip(numbers.forms, where, strict=True))
    dates = [layout.read(number, today) if layout else None for number, layout in said]
    rests = [
        _rest(number, layout) if date and layout else number
        for (number, layout), date in zip(said, dates, strict=True)
    ]
    return _recoded(numbers, rests), _filled(numbers.codes, dates, born), known


def _layout(number: str, known: Layouts) -> Layout | None:
    """Return where a number holds the date; also one of which nothing but the date is left."""
    shown, hidden, _ = number.partition(MASK)
    if hidden:
        return next((layout for layout in known.values() if layout.end == len(shown)), None)
    ends = (layout for layout in known.values() if layout.end == len(number) and not layout.start)
    return known.get(len(number)) or next(ends, None)


def _rest(number: str, layout: Layout) -> str | None:
    """Return a number without the century, None where nothing but a date is known of it."""
    if MASK in number:
        return None
    if layout.start:
        return number
    if _NO_REST.fullmatch(number[layout.end :]):
        return None
    return number[layout.year - _CENTURY :] if layout.order == "ymd" else number


def _recoded(column: Coded, forms: Sequence[str | None]) -> Coded:
    codes, different = numbered(forms)
    if len(different) == len(column.forms):
        return column
    return Coded(spread(codes, column.codes), different)


def _filled(records: Codes, dates: Iterable[str | None], born: Coded | None) -> Coded:
    """Return dates of birth, where none is stated those of the numbers."""
    stated = born.forms if born is not None else []
    codes, forms = numbered([*stated, *dates])
    told = spread(codes[len(stated) :], records)
    if born is None:
        return Coded(told, forms)
    return Coded(np.where(born.codes >= 0, born.codes, told).astype(np.int32), forms)
