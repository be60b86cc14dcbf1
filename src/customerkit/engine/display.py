"""Lay out a result for people: aligned numbers, dates, amounts with their currency."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from customerkit.roles.money import minor_digits

_WIDTH = 110
_GAP = 2
_CELL = 60
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


def decimals(values: Sequence[Any]) -> int:
    """Return how many decimals show every float of a column, at most four.

    Example:
        >>> decimals([1.5, 0.125, None])
        3
    """
    texts = [repr(value) for value in values if isinstance(value, float)]
    return max((len(text.partition(".")[2][:4]) for text in texts if "e" not in text), default=4)


def cell(value: Any, shown: str | None, row: Mapping[str, Any], places: int = 4) -> str:
    """Return one value as people read it.

    Args:
        value: A raw value.
        shown: ``time`` of epoch milliseconds, ``money`` of minor units in the
            currency of the row, ``money:GBP``, ``percent``, ``id`` of a
            number that counts nothing, or None.
        row: The whole row.
        places: Decimals of a float.

    Example:
        >>> cell(1291191960000, "time", {}), cell(-123450, "money", {"currency": "GBP"})
        ('2010-12-01 08:26', '-1,234.50 GBP')
        >>> cell(1234, None, {}), cell(0.25, "percent", {}), cell(None, None, {})
        ('1,234', '25.0 %', '')
    """
    if value is None or isinstance(value, str) or shown == "id":
        return _short("" if value is None else str(value))
    if shown == "time":
        return _moment(value)
    if shown is not None and shown.startswith("money"):
        return _money(value, shown.partition(":")[2] or row.get("currency"))
    if shown == "percent":
        return f"{value:.1%}".replace("%", " %")
    if isinstance(value, float):
        return f"{value:,.{places}f}"
    return f"{value:,}" if isinstance(value, int) else _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def _moment(millis: int) -> str:
    try:
        return f"{_ZERO + timedelta(milliseconds=millis):%Y-%m-%d %H:%M}"
    except OverflowError:  # no year of the calendar
        return f"{millis:,} ms"


def _money(minor: int, currency: str | None) -> str:
    places = minor_digits(currency)
    whole, rest = divmod(abs(minor), 10**places)
    sign = "-" if minor < 0 else ""
    fraction = f".{rest:0{places}}" if places else ""
    return f"{sign}{whole:,}{fraction} {currency or ''}".rstrip()


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    Example:
        >>> width("茶"), width("é")
        (2, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def table_text(names: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    """Return rows of cells as aligned text, wide tables in blocks that repeat the first column.

    Args:
        names: The header.
        rows: Cells as text.
        right: Which columns are aligned to the right.

    Example:
        >>> print(table_text(["who", "n"], [["Ann", "1,200"], ["Bo", "7"]], [False, True]))
        who      n
        Ann  1,200
        Bo       7
    """
    lines = [list(names), *map(list, rows)]
    widths = [max(width(line[at]) for line in lines) for at in range(len(names))]
    blocks = []
    for block in _blocks(widths):
        padded = (
            (" " * _GAP).join(_padded(line[at], widths[at], right[at]) for at in block).rstrip()
            for line in lines
        )
        blocks.append("\n".join(padded))
    return "\n\n".join(blocks)


def _padded(text: str, room: int, right: bool) -> str:
    space = " " * (room - width(text))
    return space + text if right else text + space


def _blocks(widths: Sequence[int]) -> Iterator[list[int]]:
    """Yield which columns stand side by side; the first one stands in every block."""
    if not widths:
        return
    block, taken = [0], widths[0]
    for at in range(1, len(widths)):
        if len(block) > 1 and taken + _GAP + widths[at] > _WIDTH:
            yield block
            block, taken = [0], widths[0]
        block.append(at)
        taken += _GAP + widths[at]
    yield block


def table_html(names: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    """Return rows of cells as an HTML table; every text is escaped."""
    style = [' style="text-align:right"' if is_right else "" for is_right in right]
    head = "".join(f"<th{s}>{html.escape(n)}</th>" for n, s in zip(names, style, strict=True))
    body = "".join(
        "<tr>"
        + "".join(f"<td{s}>{html.escape(c)}</td>" for c, s in zip(row, style, strict=True))
        + "</tr>"
        for row in rows
    )
    return f"<table><tr>{head}</tr>{body}</table>"
