"""What customers need: complaints and questions, open or solved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from customerkit.analyze import Insights
from customerkit.markup import Markup
from customerkit.report.charts import stacked
from customerkit.report.page import Section, figure, pair, section
from customerkit.report.shown import counted

NAME = "What they need"
_SERIES = ("open", "solved")


def needs(insights: Insights) -> Section:
    """Return the section on needs.

    Args:
        insights: The analysis.
    """
    rows, praise = _split(insights)
    if not rows and not praise:
        return section(NAME, "No complaint, question or praise was collected.")
    still = sum(row["open"] for row in rows)
    waiting = {row["customer"] for row in rows if row["open"]}
    return section(
        NAME,
        f"{counted(still, 'need')} still open, of {counted(len(waiting), 'customer')}; "
        f"{sum(row['solved'] for row in rows):,} solved; praised {counted(praise, 'time')}.",
        pair(_by("kind", rows), _by("category", rows)),
    )


def still_open(insights: Insights) -> int:
    """Return how many needs nobody has met yet."""
    return sum(row["open"] for row in _split(insights)[0])


def _split(insights: Insights) -> tuple[list[dict[str, Any]], int]:
    """Return the needs, and how often somebody praised, which asks for nothing."""
    rows = insights.needs.to_dicts()
    parts: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for row in rows:
        parts[str(row["kind"]).casefold() == "praise"].append(row)
    return parts[False], sum(row["open"] + row["solved"] for row in parts[True])


def _by(name: str, needs: Iterable[dict[str, Any]]) -> Markup:
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in needs:
        mine = found[str(row[name] or "not said").casefold()]
        mine[0] += row["open"]
        mine[1] += row["solved"]
    rows = sorted(found.items(), key=lambda item: (-sum(item[1]), item[0]))
    title = f"Needs by {name}"
    exact = [(said, *counts) for said, counts in rows]
    return figure(title, stacked(title, rows, _SERIES), [name, *_SERIES], exact)
