"""A waterfall: what each of several steps adds to or takes from a sum."""

from __future__ import annotations

from collections.abc import Sequence

from customerkit.markup import Markup
from customerkit.report.charts.canvas import (
    LABEL,
    breadth,
    canvas,
    colour,
    label,
    line,
    name_of,
    rectangle,
)
from customerkit.report.shown import one_line

_WIDE = 800
_ROW = 25
_BAR = 15
_LEFT = LABEL
_RIGHT = 440  # where bars end
_NUMBER = 500  # where numbers end
_WORDS = 512
_TOP = 46

Step = tuple[str, float, str]
FOR, AGAINST, SUM = 0, 5, 4  # blue, vermilion, light blue: of the palette for all eyes


def waterfall(title: str, steps: Sequence[Step], total: str, unit: str = "") -> Markup:
    """Return a chart of one bar a step, each beginning where the one before ended.

    Args:
        title: What it shows.
        steps: Name, amount and words of each; the first is where it starts from.
        total: The name of the sum, shown as the last bar.
        unit: Of the amounts.

    Example:
        >>> "aria-label=" in waterfall("Bits", [("start", -9, ""), ("name", 12, "same")], "sum")
        True
    """
    ends = [0.0]
    for _, amount, _ in steps:
        ends.append(ends[-1] + amount)
    low, high = min(ends), max(ends)
    scale = (_RIGHT - _LEFT - 8) / ((high - low) or 1)
    zero = _LEFT + 4 - low * scale
    bottom = _TOP + _ROW * (len(steps) + 1)
    shapes = [*_legend(), label("0", zero, _TOP - 8, "middle")]
    shapes.append(label(unit, _NUMBER, _TOP - 8, "end"))
    shapes.append(line(zero, _TOP - 4, zero, bottom - 4, stroke_opacity=0.6))
    for at, step in enumerate(steps):
        shapes += _row(step, at, ends[at], zero, scale, SUM if not at else None)
        after = zero + ends[at + 1] * scale
        y = _TOP + at * _ROW + _BAR
        shapes.append(line(after, y, after, y + _ROW - _BAR))
    shapes += _row((total, ends[-1], ""), len(steps), 0.0, zero, scale, SUM)
    said = "; ".join(f"{name}: {_signed(amount)} {words}".rstrip() for name, amount, words in steps)
    text = f"{said}; {total}: {_signed(ends[-1])} {unit}".rstrip()
    return canvas(title, text, bottom + 4, *shapes, wide=_WIDE)


def _legend() -> list[Markup]:
    """Return what the three colours mean, from left to right."""
    shapes: list[Markup] = []
    x = 4.0
    for number, name in ((FOR, "speaks for"), (AGAINST, "speaks against"), (SUM, "sum")):
        shapes.append(rectangle(x, 3, 11, 11, colour(number), name))
        shapes.append(label(name, x + 16, 13))
        x += 40 + breadth(name)
    return shapes


def _row(
    step: Step, at: int, start: float, zero: float, scale: float, fill: int | None
) -> list[Markup]:
    name, amount, words = step
    y = _TOP + at * _ROW
    base = y + _BAR - 3
    x = zero + min(start, start + amount) * scale
    number = fill if fill is not None else FOR if amount >= 0 else AGAINST
    tip = f"{name}: {_signed(amount)} {words}".rstrip()
    bar = rectangle(x, y, max(abs(amount) * scale, 1), _BAR, colour(number), tip)
    return [
        name_of(name, base),
        bar,
        label(_signed(amount).replace("-", "−"), _NUMBER, base, "end"),
        label(_cut(words), _WORDS, base, fill_opacity=0.75),
    ]


def _signed(amount: float) -> str:
    return f"{round(amount, 1) or 0.0:+.1f}"


def _cut(words: str) -> str:
    """Return words that end within the drawing."""
    short = one_line(words)
    while breadth(short) > _WIDE - _WORDS:
        short = short[:-2].rstrip() + "…"
    return short
