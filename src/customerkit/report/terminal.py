"""Lay tables and titles out for a terminal, so that no line is longer than it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from customerkit.report.shown import cut, one_line, width

COLUMNS = 100


def title(text: str) -> str:
    """Return an underlined title.

    Example:
        >>> print(title("Runs"))
        Runs
        ────
    """
    return f"{text}\n{'─' * width(text)}"


def table(headers: Sequence[str], rows: Sequence[Sequence[Any]], columns: int = COLUMNS) -> str:
    """Return a table; where it would be too wide, its widest columns are cut.

    Args:
        headers: One for each column.
        rows: Numbers stand to the right, None is blank.
        columns: Of the terminal.

    Example:
        >>> print(table(["name", "n"], [["a", 1], ["b", 1000]]))
        name      n
        a         1
        b     1,000
    """
    right = [
        any(_number(row[at]) for row in rows)
        and all(row[at] is None or _number(row[at]) for row in rows)
        for at in range(len(headers))
    ]
    cells = [list(headers), *([_text(value) for value in row] for row in rows)]
    widths = _fitted([max(width(row[at]) for row in cells) for at in range(len(headers))], columns)
    lines = (
        "  ".join(_padded(cut(c, w), w, r) for c, w, r in zip(row, widths, right, strict=True))
        for row in cells
    )
    return "\n".join(line.rstrip() for line in lines)


def bar(part: float, columns: int = 20) -> str:
    """Return a share as a bar of blocks.

    Example:
        >>> bar(0.5, 4)
        '██░░'
    """
    full = round(max(0.0, min(1.0, part)) * columns)
    return "█" * full + "░" * (columns - full)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,}" if _number(value) else one_line(str(value))


def _padded(text: str, columns: int, right: bool) -> str:
    blank = " " * (columns - width(text))
    return blank + text if right else text + blank


def _fitted(widths: list[int], columns: int) -> list[int]:
    found = list(widths)
    room = columns - 2 * (len(found) - 1)
    while sum(found) > room and max(found) > 4:
        found[found.index(max(found))] -= 1
    return found
