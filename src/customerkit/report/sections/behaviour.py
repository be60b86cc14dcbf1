"""What customers do: when, how much, of what."""

from __future__ import annotations

from collections import Counter
from functools import partial

from customerkit.analyze import Insights
from customerkit.markup import Markup, tag
from customerkit.report.charts import bars, heat, trend
from customerkit.report.facts import Activity
from customerkit.report.facts.activity import WEEKDAYS
from customerkit.report.page import Section, figure, pair, section
from customerkit.report.shown import amount, counted, date, short
from customerkit.roles.money import to_minor

NAME = "What they do"
_CURRENCIES = 3
_HOURS = [f"{hour:02}" for hour in range(24)]
_LIMITS = (0, 1, 2, 3, 4, 5, 10, 20, 50)
_BINS = ("none", "1", "2", "3", "4", "5", "6–10", "11–20", "21–50", "more than 50")


def behaviour(found: Activity, insights: Insights) -> Section:
    """Return the section on behaviour.

    Args:
        found: Counts over time and by name.
        insights: The analysis.
    """
    totals = insights.totals
    if not totals.get("lines"):
        parts = [_top(question, found) for question in found.tops]
        return section(NAME, "No purchase was collected.", pair(*parts))
    lead = (
        f"{counted(totals['lines'], 'purchase line')}, {totals['returns']:,} of them returned and "
        f"{totals['ownerless']:,} of nobody; up to {date(insights.as_of)}. Times are UTC."
    )
    charts = [_over_time(found), *_amounts(found), _purchases(insights)]
    return section(
        NAME,
        lead,
        pair(*charts),
        _heat(found),
        pair(*(_top(question, found) for question in found.tops)),
    )


def _over_time(found: Activity) -> Markup:
    title = f"Lines sold, by {found.step}"
    return figure(title, trend(title, found.lines), [found.step, "lines"], found.lines)


def _amounts(found: Activity) -> list[Markup]:
    figures = []
    for at, (unit, points) in enumerate(list(found.amounts.items())[:_CURRENCIES]):
        title = f"Amount less returns, by {found.step}, in {unit or 'no stated currency'}"
        shown = partial(amount, currency=unit)
        exact = [(name, shown(minor)) for name, minor in points]
        chart = trend(title, points, shown, at + 1, partial(_mark, unit))
        figures.append(figure(title, chart, [found.step, "amount"], exact))
    return figures


def _mark(unit: str, minor: float) -> str:
    """Return an amount as a mark at an axis: whole units.

    Example:
        >>> _mark("GBP", 1_234_500), _mark("JPY", 999)
        ('12.3k', '999')
    """
    found = to_minor("1", unit)
    return short(minor / (found[0] if found else 100))


def _purchases(insights: Insights) -> Markup:
    counts = Counter(_bin(count or 0) for count in insights.customers["purchase_count"])
    rows = [(_BINS[at], counts[at]) for at in sorted(counts)]
    title = "Customers with any activity, by number of purchases"
    return figure(title, bars(title, rows), ["purchases", "customers"], rows)


def _bin(count: int) -> int:
    return sum(count > limit for limit in _LIMITS)


def _heat(found: Activity) -> Markup:
    title = "Lines sold, by weekday and hour"
    chart = heat(title, WEEKDAYS, _HOURS, found.hours)
    rows = [(day, *row) for day, row in zip(WEEKDAYS, found.hours, strict=True)]
    return figure(title, tag("div", chart, class_="wide"), ["", *_HOURS], rows)


def _top(question: str, found: Activity) -> Markup:
    rows = found.tops[question]
    return figure(question, bars(question, rows), ["", "count"], rows)
