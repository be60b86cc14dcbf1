"""What every chart shares: the drawing with its description, its colours, its labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from customerkit.markup import Child, Markup, tag
from customerkit.report.shown import one_line, width

WIDTH = 520
"""Of every drawing, in its own units; the page scales it."""
LABEL = 160
"""Room for the labels at the left of horizontal charts."""
SIZE = 13

# Okabe and Ito's palette, told apart by people who see fewer colours. The style of
# the page replaces them by lighter ones where the ground is dark.
_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")


def colour(number: int) -> str:
    """Return the colour of a series.

    Example:
        >>> colour(0)
        'var(--ck-1, #0072b2)'
    """
    at = number % len(_COLOURS)
    return f"var(--ck-{at + 1}, {_COLOURS[at]})"


def canvas(
    title: str, description: str, height: float, *shapes: Child, wide: int = WIDTH
) -> Markup:
    """Return a drawing that a screen reader can tell about.

    Args:
        title: What it shows.
        description: What it says, in words and numbers.
        height: Of the drawing.
        *shapes: What is drawn.
        wide: How wide it is.

    Example:
        >>> canvas("Runs", "3 runs", 10).startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        True
    """
    size = f"width:100%;max-width:{round(wide * 1.2)}px;height:auto"
    return tag(
        "svg",
        tag("title", title),
        tag("desc", description),
        *shapes,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {wide} {round(height, 1)}",
        role="img",
        aria_label=f"{title}. {description}",
        class_="chart",
        style=f"{size};font:{SIZE}px system-ui,sans-serif",
    )


def label(text: str, x: float, y: float, anchor: str = "start", **more: Any) -> Markup:
    """Return a label.

    Example:
        >>> label("a", 1, 2)
        '<text x="1" y="2" text-anchor="start" fill="currentColor">a</text>'
    """
    placed = {"x": round(x, 1), "y": round(y, 1), "text_anchor": anchor, "fill": "currentColor"}
    return tag("text", text, **{**placed, **more})


def name_of(text: str, y: float) -> Markup:
    """Return the label at the left of a row, cut where it is long; the whole is its title."""
    said = one_line(text)
    short = said
    while breadth(short) > LABEL - 12:
        short = short[:-2].rstrip() + "…"
    shown = label(short, LABEL - 10, y, "end")
    return shown if short == said else tag("g", tag("title", said), shown)


def breadth(text: str) -> float:
    """Return about how wide a label is: fonts differ, so rather more than less.

    Example:
        >>> breadth("iii") < breadth("III") < breadth("王芳王")
        True
    """
    return sum(
        SIZE * (1.05 if width(char) > 1 else 0.74 if char.isupper() else 0.57) for char in text
    )


def rectangle(x: float, y: float, width: float, height: float, fill: str, tip: str) -> Markup:
    """Return a rectangle that says what it stands for when pointed at."""
    size = {"width": round(max(width, 0), 2), "height": round(height, 2)}
    return tag("rect", tag("title", tip), x=round(x, 2), y=round(y, 2), **size, fill=fill)


def line(x1: float, y1: float, x2: float, y2: float, **more: Any) -> Markup:
    """Return a thin line, as for axes."""
    ends = {"x1": round(x1, 1), "y1": round(y1, 1), "x2": round(x2, 1), "y2": round(y2, 1)}
    return tag("line", **ends, **{"stroke": "currentColor", "stroke_opacity": 0.25, **more})


def legend(names: Sequence[str], y: float, x: float = 4) -> list[Markup]:
    """Return what the colours mean."""
    shapes: list[Markup] = []
    for at, name in enumerate(names):
        shapes.append(tag("rect", x=x, y=y - 10, width=11, height=11, fill=colour(at)))
        shapes.append(label(name, x + 16, y))
        x += 34 + 7.5 * len(name)
    return shapes


def ticks(most: float, count: int = 4) -> list[float]:
    """Return round numbers from nothing to at least the most.

    Example:
        >>> ticks(87), ticks(0.9), ticks(0)
        ([0, 50, 100], [0, 0.5, 1.0], [0, 1])
    """
    if most <= 0:
        return [0, 1]
    step = next(s for s in _steps(most) if s * count >= most)
    marks: list[float] = [0]
    while marks[-1] < most:
        marks.append(round(marks[-1] + step, 10))
    return marks


def _steps(most: float) -> list[float]:
    power = 10.0 ** (len(str(int(most))) - 2) if most >= 1 else 0.1
    steps = [power * n for n in (1, 2, 5, 10, 20, 50)]
    return [int(s) if s == int(s) else s for s in steps]
