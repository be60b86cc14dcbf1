"""Bars: one number for each name, or several on top of one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from customerkit.markup import Markup, joined
from customerkit.report.charts.canvas import (
    LABEL,
    WIDTH,
    canvas,
    colour,
    label,
    legend,
    name_of,
    rectangle,
)

_ROW = 26
_BAR = 17
_ROOM = WIDTH - LABEL - 80  # the numbers stand right of the bars

Rows = Sequence[tuple[str, float]]


def number(value: float) -> str:
    """Return a count as it is shown.

    Example:
        >>> number(1234), number(0.5)
        ('1,234', '0.50')
    """
    return f"{value:,}" if value == int(value) else f"{value:,.2f}"


def bars(title: str, rows: Rows, shown: Callable[[Any], str] = number) -> Markup:
    """Return a chart of one bar a row, the number beside it.

    Args:
        title: What it shows.
        rows: Name and value, none negative; one that is has no bar.
        shown: How a value is written.

    Example:
        >>> "aria-label=" in bars("Channels", [("crm", 2), ("shop", 1)])
        True
    """
    return stacked(title, [(name, [value]) for name, value in rows], [], shown)


def stacked(
    title: str,
    rows: Sequence[tuple[str, Sequence[float]]],
    series: Sequence[str],
    shown: Callable[[Any], str] = number,
) -> Markup:
    """Return a chart of one bar a row, made of one part for each series.

    Args:
        title: What it shows.
        rows: Name and one value a series.
        series: Their names; without any there is no legend.
        shown: How a value is written.

    Example:
        >>> "open" in stacked("Needs", [("complaint", [2, 5])], ["open", "solved"])
        True
    """
    top = 24 if series else 4
    most = max((_total(values) for _, values in rows), default=0) or 1
    shapes = legend(series, 13)
    for at, (name, values) in enumerate(rows):
        shapes += _row(name, values, series, shown, top + at * _ROW, _ROOM / most)
    said = "; ".join(_said(name, values, series, shown) for name, values in rows)
    return canvas(title, said or "nothing to show", top + _ROW * len(rows) + 2, *shapes)


def _total(values: Sequence[float]) -> float:
    return sum(value for value in values if value > 0)


def _row(
    name: str,
    values: Sequence[float],
    series: Sequence[str],
    shown: Callable[[Any], str],
    y: float,
    scale: float,
) -> list[Markup]:
    shapes = [name_of(name, y + _BAR - 3)]
    x: float = LABEL
    for at, value in enumerate(values):
        said = f"{name}: {shown(value)} {series[at] if series else ''}".strip()
        length = max(value, 0) * scale
        if length:
            shapes.append(rectangle(x, y, length, _BAR, colour(at), said))
        x += length
    whole = values[0] if len(values) == 1 else sum(values)
    shapes.append(label(shown(whole), x + 8, y + _BAR - 3))
    return [joined(shapes)]


def _said(
    name: str, values: Sequence[float], series: Sequence[str], shown: Callable[[Any], str]
) -> str:
    parts = [
        f"{shown(value)} {series[at]}" if series else shown(value)
        for at, value in enumerate(values)
    ]
    return f"{name}: {', '.join(parts)}"
