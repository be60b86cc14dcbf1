"""Gather everything a report tells, and lay it out as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import frozen

from customerkit.analyze import Insights, insights
from customerkit.analyze.load import load
from customerkit.engine.pick import pick_engine
from customerkit.export import whole
from customerkit.markup import Markup, joined, tag
from customerkit.markup import facts as rows
from customerkit.report import facts, sections
from customerkit.report.page import page, tiles
from customerkit.report.shown import moment
from customerkit.rules.derive import Deriver
from customerkit.store.unit import UnitOfWork, now


@frozen
class Facts:
    """Hold what a report tells.

    Args:
        sources: What was collected.
        changes: What cleaning changes.
        people: Who the customers are.
        activity: What they do, over time and by name.
        insights: The analysis.
        quality: The scores.
    """

    sources: facts.Sources
    changes: facts.Changes
    people: facts.People
    activity: facts.Activity
    insights: Insights
    quality: facts.Quality


def gather(deriver: Deriver, *, show_values: bool = False, engine: Any = None) -> Facts:
    """Gather what a report tells of a base.

    Args:
        deriver: The derivation under the rules in force.
        show_values: Whether examples show what personal values say.
        engine: Where whole columns are worked, as for :func:`customerkit.open`.
    """
    unit = deriver.unit
    worker = pick_engine(engine)
    try:
        load(worker, unit)
        done = facts.activity(worker)
        analysed = insights(worker)
    finally:
        worker.close()
    return Facts(
        facts.sources(unit),
        facts.changes(unit, deriver.ruleset, show_values=show_values),
        facts.people(deriver),
        done,
        analysed,
        facts.quality(deriver),
    )


def document(found: Facts, name: str) -> Markup:
    """Return a report as one HTML document.

    Args:
        found: What was gathered.
        name: Of the base.
    """
    parts = [
        sections.collected(found.sources),
        sections.cleaned(found.changes, found.people),
        sections.customers(found.people, found.changes),
        sections.behaviour(found.activity, found.insights),
        sections.needs(found.insights),
        sections.trust(found.quality),
        sections.runs(found.sources.runs),
    ]
    lead = f"Customer report, {moment(now())} UTC"
    shown = "shows" if found.changes.show_values else "does not show"
    foot = (
        f"Made by customerkit. This page {shown} personal values and loads nothing from elsewhere."
    )
    return page(name, lead, tiles(_figures(found)), parts, foot)


def write(deriver: Deriver, path: str, *, show_values: bool = False, engine: Any = None) -> int:
    """Write a report; the file appears whole or not at all.

    Args:
        deriver: The derivation under the rules in force.
        path: Where to.
        show_values: Whether examples show what personal values say.
        engine: Where whole columns are worked, as for :func:`customerkit.open`.

    Returns:
        Its size in bytes.

    Raises:
        SourceError: The file cannot be written there.
    """
    target = Path(path)
    found = gather(deriver, show_values=show_values, engine=engine)
    page = document(found, target.stem).encode()
    with whole(target) as partial:
        return partial.write_bytes(page)


def summary(unit: UnitOfWork, name: str) -> Markup:
    """Return a base in a few numbers, as a notebook shows it.

    Args:
        unit: The store with its log.
        name: Of the base.
    """
    found = facts.sources(unit)
    said = {name: f"{found.total(name):,}" for name in ("rows", "records", "activities")}
    last = found.runs[-1] if found.runs else None
    return joined(
        [
            tag("b", name),
            rows(
                {
                    "channels": ", ".join(found.by_channel()),
                    **said,
                    "in quarantine": f"{sum(found.quarantined.values()):,}",
                    "runs": f"{len(found.runs):,}",
                    "last run": f"{last.verb}, {moment(last.recorded)} UTC" if last else "none",
                }
            ),
        ]
    )


def _figures(found: Facts) -> list[tuple[str, str]]:
    people, quality = found.people, found.quality
    figures = [
        ("rows read", f"{found.sources.total('rows'):,}"),
        ("customers", f"{people.count:,}"),
        ("records joined to another", f"{sum(people.joined.values()):,}"),
        ("rows in quarantine", f"{sum(found.sources.quarantined.values()):,}"),
        ("purchase lines", f"{found.insights.totals['lines']:,}"),
        ("needs still open", f"{sections.still_open(found.insights):,}"),
    ]
    if quality.empty:
        return figures
    three = quality.scores
    return figures + [
        (said.lower(), f"{getattr(three, name).value:.3f}") for name, said in facts.LABELS.items()
    ]
