"""Heat maps: how much happens in each cell of two divisions."""

from __future__ import annotations

from collections.abc import Sequence

from customerkit.markup import Markup, tag
from customerkit.report.charts.canvas import canvas, label, line

_LEFT, _TOP, _ROW, _LEGEND, _WIDTH = 50, 22, 26, 40, 980
_GROUND = "var(--ck-1, #0072b2)"
_LEVELS = 5


def heat(
    title: str, rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[int]]
) -> Markup:
    """Return a table of cells, the more the darker; the greatest is named in words.

    Args:
        title: What it shows.
        rows: Names of the rows.
        columns: Names of the columns.
        values: One row of counts for each row.

    Example:
        >>> "most: Mon 08 (7)" in heat("Hours", ["Mon"], ["08", "09"], [[7, 0]])
        True
    """
    most = max((value for row in values for value in row), default=0)
    wide = (_WIDTH - _LEFT) / max(1, len(columns))
    shapes = [
        label(name, _LEFT + (at + 0.5) * wide, _TOP - 7, "middle", font_size=11)
        for at, name in enumerate(columns)
    ]
    for at, (name, row) in enumerate(zip(rows, values, strict=True)):
        y = _TOP + at * _ROW
        shapes.append(label(name, _LEFT - 8, y + 16, "end"))
        shapes += [
            _cell(f"{name} {column}", value, most, _LEFT + number * wide, y, wide)
            for number, (column, value) in enumerate(zip(columns, row, strict=True))
        ]
    bottom = _TOP + _ROW * len(rows)
    shapes += _key(most, bottom + 14)
    return canvas(title, _said(rows, columns, values, most), bottom + _LEGEND, *shapes, wide=_WIDTH)


def _opacity(value: int, most: int) -> float:
    """Return the strength of one of a few levels: nothing is seen apart from a little."""
    if not value:
        return 0.04
    return round(0.2 + 0.8 * (-(-value * _LEVELS // most) - 1) / (_LEVELS - 1), 2)


def _cell(name: str, value: int, most: int, x: float, y: float, wide: float) -> Markup:
    return tag(
        "rect",
        tag("title", f"{name}: {value:,}"),
        x=round(x + 1, 1),
        y=y + 1,
        width=round(wide - 2, 1),
        height=_ROW - 2,
        rx=2,
        fill=_GROUND,
        fill_opacity=_opacity(value, most),
    )


def _key(most: int, y: float) -> list[Markup]:
    if not most:
        return [line(_LEFT, y, _LEFT + 60, y)]
    shapes: list[Markup] = [label("0", _LEFT, y + 12, "start", font_size=11)]
    levels = sorted({most * level // _LEVELS for level in range(_LEVELS + 1)})
    for at, value in enumerate(levels):
        shapes.append(_cell(f"up to {value:,}", value, most, _LEFT + 14 + at * 30, y - 4, 30))
    shapes.append(label(f"{most:,}", _LEFT + 20 + len(levels) * 30, y + 12, "start", font_size=11))
    return shapes


def _said(
    rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[int]], most: int
) -> str:
    if not most:
        return "nothing to show"
    row, column = next(
        (row, column)
        for row, found in zip(rows, values, strict=True)
        for column, value in zip(columns, found, strict=True)
        if value == most
    )
    return f"most: {row} {column} ({most:,})"
