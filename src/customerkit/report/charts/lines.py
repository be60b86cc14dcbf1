"""Lines: how a number moves over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from customerkit.markup import Markup, tag
from customerkit.report.charts.bars import number
from customerkit.report.charts.canvas import WIDTH, canvas, colour, label, line, ticks
from customerkit.report.shown import short

_HEIGHT, _TOP, _LEFT, _BOTTOM = 200, 12, 56, 28
_PLOT = _HEIGHT - _TOP - _BOTTOM
_MARKED = 40  # more points than these are too close for a mark on each


def trend(
    title: str,
    points: Sequence[tuple[str, float]],
    shown: Callable[[Any], str] = number,
    series: int = 0,
    mark: Callable[[Any], str] = short,
) -> Markup:
    """Return a line over equal steps of time, from nothing up.

    Args:
        title: What it shows.
        points: Name of the step and value, in order; negative values go below.
        shown: How a value is written.
        series: Which colour.
        mark: How a value is written at the axis.

    Example:
        >>> "polyline" in trend("Sales", [("2026-01", 3), ("2026-02", 5)])
        True
    """
    most = max((value for _, value in points), default=0)
    least = min(0, *(value for _, value in points)) if points else 0
    marks = [-tick for tick in ticks(-least)[:0:-1]] * (least < 0) + ticks(most)
    low, high = marks[0], marks[-1]

    def y(value: float) -> float:
        return round(_TOP + _PLOT * (high - value) / (high - low), 1)

    step = (WIDTH - _LEFT - 20) / max(1, len(points) - 1)
    places = [(round(_LEFT + at * step, 1), y(value)) for at, (_, value) in enumerate(points)]
    shapes = [_level(mark(tick), y(tick)) for tick in marks]
    shapes += _drawn(points, places, y(0), shown, colour(series))
    shapes += _names([name for name, _ in points], step)
    return canvas(title, _said(points, shown), _HEIGHT, *shapes)


def _level(said: str, y: float) -> Markup:
    return tag("g", line(_LEFT, y, WIDTH - 20, y), label(said, _LEFT - 8, y + 4, "end"))


def _drawn(
    points: Sequence[tuple[str, float]],
    places: Sequence[tuple[float, float]],
    ground: float,
    shown: Callable[[Any], str],
    fill: str,
) -> list[Markup]:
    if not places:
        return []
    path = " ".join(f"{x},{y}" for x, y in places)
    under = f"{places[0][0]},{ground} {path} {places[-1][0]},{ground}"
    radius = 3.5 if len(points) <= _MARKED else 1.5
    return [
        tag("polygon", points=under, fill=fill, fill_opacity=0.13),
        tag("polyline", points=path, fill="none", stroke=fill, stroke_width=2),
        *(
            tag("circle", tag("title", f"{name}: {shown(v)}"), cx=x, cy=y, r=radius, fill=fill)
            for (name, v), (x, y) in zip(points, places, strict=True)
        ),
    ]


def _names(names: Sequence[str], step: float) -> list[Markup]:
    every = max(1, -(-len(names) // 6))
    last = len(names) - 1
    shapes = []
    for at, name in enumerate(names):
        if at % every == 0:
            anchor = "end" if at == last and last else "middle"
            x = _LEFT + at * step + (14 if anchor == "end" else 0)
            shapes.append(label(name, x, _HEIGHT - 8, anchor))
    return shapes


def _said(points: Sequence[tuple[str, float]], shown: Callable[[Any], str]) -> str:
    if not points:
        return "nothing to show"
    top = max(points, key=lambda point: point[1])
    first, last = points[0], points[-1]
    return (
        f"from {first[0]} ({shown(first[1])}) to {last[0]} ({shown(last[1])}), "
        f"most in {top[0]} ({shown(top[1])})"
    )
