"""Dots on a scale from 0 to 1: shares, probabilities, before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from customerkit.markup import Markup, tag
from customerkit.report.charts.canvas import (
    LABEL,
    WIDTH,
    canvas,
    colour,
    label,
    legend,
    line,
    name_of,
)
from customerkit.report.shown import share

_ROW = 24
_ROOM = WIDTH - LABEL - 76


def probability(value: float) -> str:
    """Return a probability to three places.

    Example:
        >>> probability(0.34512)
        '0.345'
    """
    return f"{value:.3f}"


def dots(
    title: str, rows: Sequence[tuple[str, float]], shown: Callable[[Any], str] = probability
) -> Markup:
    """Return one dot a row, the number beside it.

    Args:
        title: What it shows.
        rows: Name and a value from 0 to 1.
        shown: How a value is written.

    Example:
        >>> "0.250" in dots("Score", [("phone", 0.25)])
        True
    """
    shapes = _scale(4, len(rows), shown)
    for at, (name, value) in enumerate(rows):
        y = 4 + _ROW * (at + 0.5)
        shapes += [
            name_of(name, y + 4),
            line(LABEL, y, _x(value), y, stroke=colour(0), stroke_opacity=0.6, stroke_width=2),
            _dot(f"{name}: {shown(value)}", value, y, 0),
            label(shown(value), WIDTH - 60, y + 4),
        ]
    said = "; ".join(f"{name} {shown(value)}" for name, value in rows)
    return canvas(title, said or "nothing to show", 30 + _ROW * len(rows), *shapes)


def moved(title: str, rows: Sequence[tuple[str, float, float]], names: tuple[str, str]) -> Markup:
    """Return two dots a row, what was and what is, joined by a line.

    Args:
        title: What it shows.
        rows: Name, share before and share after.
        names: What before and after are called.

    Example:
        >>> "before" in moved("Complete", [("phone", 0.2, 0.8)], ("before", "after"))
        True
    """
    shapes = [*legend(names, 13, LABEL), *_scale(24, len(rows), share)]
    for at, (name, before, after) in enumerate(rows):
        y = 24 + _ROW * (at + 0.5)
        shapes += [
            name_of(name, y + 4),
            line(_x(before), y, _x(after), y, stroke_opacity=0.5, stroke_width=2),
            _dot(f"{name}, {names[0]}: {share(before)}", before, y, 0),
            _dot(f"{name}, {names[1]}: {share(after)}", after, y, 1),
            label(share(after), WIDTH - 60, y + 4),
        ]
    said = "; ".join(f"{name} {share(before)} to {share(after)}" for name, before, after in rows)
    return canvas(title, said or "nothing to show", 50 + _ROW * len(rows), *shapes)


def gauge(title: str, value: float) -> Markup:
    """Return one number on a wide scale from 0 to 1.

    Example:
        >>> 'aria-label="Clean. 0.345 of 1"' in gauge("Clean", 0.345)
        True
    """
    length = max(0.0, min(1.0, value)) * WIDTH
    return canvas(
        title,
        f"{probability(value)} of 1",
        48,
        tag("rect", x=0, y=6, width=WIDTH, height=18, rx=9, fill="currentColor", opacity=0.12),
        tag("rect", x=0, y=6, width=round(length, 1), height=18, rx=9, fill=colour(0)),
        label("0", 2, 42, font_size=16, opacity=0.7),
        label("1", WIDTH - 2, 42, "end", font_size=16, opacity=0.7),
    )


def _x(value: float) -> float:
    return round(LABEL + max(0.0, min(1.0, value)) * _ROOM, 1)


def _dot(tip: str, value: float, y: float, series: int) -> Markup:
    return tag("circle", tag("title", tip), cx=_x(value), cy=y, r=5.5, fill=colour(series))


def _scale(top: float, rows: int, shown: Callable[[Any], str]) -> list[Markup]:
    bottom = top + _ROW * rows
    shapes: list[Markup] = []
    for mark in (0, 0.25, 0.5, 0.75, 1):
        x = _x(mark)
        said = f"{mark:g}" if shown is probability else share(mark)
        shapes += [line(x, top, x, bottom), label(said, x, bottom + 17, "middle", opacity=0.7)]
    return shapes
