"""Commands that say what the base means: analyze, score, report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from customerkit.cli.shared import base_option, json_option, show, watched
from customerkit.model.tables import ACTIVITIES
from customerkit.report import terminal
from customerkit.report.facts import Quality, quality
from customerkit.report.texts import analysis, parts, scored
from customerkit.score import ScoreReport


@click.command()
@base_option
@click.option("--limit", default=10, show_default=True, help="Show so many customers.")
@json_option
def analyze(url: str, limit: int, as_json: bool) -> None:
    """Analyse behaviour, needs and preferences.

    With --json, every customer, preference and need; times are epoch milliseconds,
    amounts minor units.

    \b
    Examples:
      customerkit analyze
      customerkit analyze --json > insights.json
    """
    with watched(url, "analyze", as_json, ACTIVITIES) as base:
        found = base.analyze()
    if not as_json:
        click.echo(analysis(found, limit))
        return
    frames = {n: getattr(found, n).to_dicts() for n in ("customers", "preferences", "needs")}
    show({"as_of": found.as_of, "totals": dict(found.totals), **frames}, as_json)


@click.command()
@base_option
@click.option(
    "--by", type=click.Choice(["field", "channel", "worst"]), help="Show the parts of each score."
)
@json_option
def score(url: str, by: str | None, as_json: bool) -> None:
    """Score how clean, current and well analysed the customers are.

    Each is a mean probability from 0 to 1 of the event it names.

    \b
    Examples:
      customerkit score
      customerkit score --by field
    """
    with watched(url, "score", as_json) as base:
        found = quality(base.deriver())
    if as_json:
        show(_document(found), as_json)
        return
    click.echo(scored(found))
    if by:
        click.echo("\n" + terminal.table(*parts(found, by)))


def _document(found: Quality) -> dict[str, Any]:
    three = found.scores
    named = {"clean": three.clean, "update": three.update, "analysis": three.analysis}
    problems = [[name, code, count] for (name, code), count in found.problems.most_common()]
    return {
        **{name: _one(report) for name, report in named.items()},
        "completeness": three.completeness,
        "problems": problems,
    }


def _one(report: ScoreReport) -> dict[str, Any]:
    return {
        "event": report.event,
        "value": report.value,
        "count": report.count,
        "calibrated": report.calibrated,
        "by_field": {name: part.value for name, part in report.by_field.items()},
        "by_channel": {name: part.value for name, part in report.by_channel.items()},
        "worst": report.worst,
    }


@click.command()
@click.argument("path", default="report.html")
@base_option
@click.option("--show-values", is_flag=True, help="Show what personal values say, not their shape.")
@json_option
def report(path: str, url: str, show_values: bool, as_json: bool) -> None:
    """Write a report to PATH: one HTML page that needs no network.

    What was collected, what cleaning changed and why, the customers, what they do
    and need, how far it can be trusted.

    \b
    Example:
      customerkit report report.html
    """
    with watched(url, "report", as_json) as base:
        size = base.report(path, show_values=show_values)
    said = f"report written to {Path(path).absolute()} ({size / 1000:,.0f} kB)"
    show({"path": path, "bytes": size} if as_json else said, as_json)
