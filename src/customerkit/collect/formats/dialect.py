"""Find the delimiter, the lines before the header, and the header of a text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from attrs import frozen

_DELIMITERS = (",", ";", "\t", "|")
_ROWS = 500


@frozen
class Dialect:
    """Say how a delimited text is written.

    Args:
        delimiter: Between cells.
        spaced: Whether a blank after each delimiter is not part of the cell.
        header: Names as given.
        lines: Physical lines up to and with the header.
    """

    delimiter: str
    spaced: bool
    header: tuple[str, ...]
    lines: int

    @property
    def options(self) -> dict[str, Any]:
        """Return the arguments of ``csv.reader``."""
        return {"delimiter": self.delimiter, "skipinitialspace": self.spaced}


@frozen
class _Guess:
    delimiter: str
    spaced: bool
    rows: list[tuple[list[str], int]]  # cells and the line they end at
    width: int
    share: float


def find_dialect(text: str, delimiter: str | None = None) -> Dialect | None:
    r"""Return how a text is written, judged by its first lines.

    Args:
        text: The beginning of a file.
        delimiter: Where known.

    Returns:
        The dialect, None when no line says anything.

    Example:
        >>> found = find_dialect("Contacts of May\n\nname;city\nAnn;Rome\nBob;Oslo\n")
        >>> found.delimiter, found.header, found.lines
        (';', ('name', 'city'), 3)
    """
    guesses = [
        guess
        for candidate in ([delimiter] if delimiter else _DELIMITERS)
        if (guess := _guess(text, candidate)) is not None
    ]
    if not guesses:
        return None
    best = max(guesses, key=lambda guess: (guess.width > 1, guess.share, guess.width))
    at = _header_at(best)
    header, lines = best.rows[at]
    extra = [""] * (best.width - len(header))
    return Dialect(best.delimiter, best.spaced, (*header, *extra), lines)


def _guess(text: str, delimiter: str) -> _Guess | None:
    plain = _rows(text, delimiter, spaced=False)
    if not plain:
        return None
    width, _ = _dominating(plain)
    spaced = width > 1 and _is_spaced([row for row, _ in plain if len(row) == width])
    rows = _rows(text, delimiter, spaced=True) if spaced else plain
    width, share = _dominating(rows)
    return _Guess(delimiter, spaced, rows, width, share)


def _rows(text: str, delimiter: str, spaced: bool) -> list[tuple[list[str], int]]:
    lines = io.StringIO(text, newline="\n")
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=spaced)
    found = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                found.append((row, reader.line_num))
            if len(found) == _ROWS:
                break
    except csv.Error:
        pass
    return found


def _dominating(rows: Sequence[tuple[list[str], int]]) -> tuple[int, float]:
    """Return the width most rows have, and their share; more than one cell if possible."""
    counts = Counter(len(row) for row, _ in rows)
    several = {width: count for width, count in counts.items() if width > 1}
    first = len(rows[0][0])
    if several:
        width = max(several, key=lambda width: (several[width], width == first, width))
        if 2 * several[width] >= counts[1]:
            return width, several[width] / len(rows)
    return 1, counts[1] / len(rows)


def _is_spaced(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether every cell but the first starts with a blank."""
    header = rows[0]
    cells = [cell for row in rows for cell in row[1:] if cell]
    blank = sum(cell.startswith(" ") for cell in cells)
    return all(cell.startswith(" ") for cell in header[1:]) and blank >= 0.9 * len(cells)


def header_at(rows: Sequence[Sequence[str]]) -> int:
    """Return which row is the header: the first of the common width that is no title.

    Args:
        rows: All of one width, blank cells as empty text.

    Example:
        >>> header_at([["Contacts", ""], ["name", "city"], ["Ann", "Rome"]])
        1
    """
    width = max(map(_named, rows))
    enough = min(width, 2) if width < 3 else width // 2 + 1
    return next(at for at, row in enumerate(rows) if _named(row) >= enough)


def _header_at(guess: _Guess) -> int:
    """Return the first row of the dominating width that is no padded title."""
    wide = [at for at, (row, _) in enumerate(guess.rows) if len(row) == guess.width]
    named = [at for at in wide if _named(guess.rows[at][0]) > 1 or guess.width < 3]
    at = named[0] if named else wide[0]
    if at and _is_short_header(guess, at):
        return at - 1
    return at


def _is_short_header(guess: _Guess, at: int) -> bool:
    """Say whether the row before is the header of rows that end with a delimiter."""
    before = guess.rows[at - 1][0]
    trailing = [row[-1] for row, _ in guess.rows if len(row) == guess.width]
    full = _named(before) == len(before) == guess.width - 1
    return full and guess.width > 2 and not any(cell.strip() for cell in trailing)


def _named(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)
