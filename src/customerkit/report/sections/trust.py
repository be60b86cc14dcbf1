"""How far the base can be trusted: the three scores with their parts."""

from __future__ import annotations

from collections.abc import Mapping

from customerkit.markup import Markup, tag
from customerkit.report.charts import dots, gauge
from customerkit.report.facts import LABELS, Quality
from customerkit.report.page import Section, figure, pair, part, section, wide
from customerkit.report.shown import counted
from customerkit.score import Score, ScoreReport

_WORST, _ALL = 8, 0.9995
NAME = "How far it can be trusted"


def trust(found: Quality) -> Section:
    """Return the section on scores.

    Args:
        found: The scores and the problems behind them.
    """
    if found.empty:
        return section(NAME, "There is no customer to score yet.")
    reports = {name: getattr(found.scores, key) for key, name in LABELS.items()}
    return section(
        NAME,
        "A score is the mean probability of the event it names, over all customers. A customer "
        "is clean only when all its values are, so one weak field lowers the whole.",
        tag("div", *(_score(name, report) for name, report in reports.items()), class_="three"),
        pair(
            _weak(found),
            _parts("Up to date, by field", found.scores.update.by_field),
            *(
                _parts(f"{name}, by channel", report.by_channel)
                for name, report in reports.items()
                if len(report.by_channel) > 1
            ),
            *(_worst(name, report) for name, report in reports.items()),
        ),
    )


def _score(name: str, report: ScoreReport) -> Markup:
    state = "" if report.calibrated else "; uncalibrated: no outcome has tested it yet"
    return tag(
        "div",
        tag("h3", name),
        tag("b", f"{report.value:.3f}"),
        gauge(name, report.value),
        tag("p", f"P({report.event}), over {counted(report.count, 'customer')}{state}"),
        class_="score",
    )


def _weak(found: Quality) -> Markup:
    title = "Clean, by field, the weakest first"
    rows = _sorted(found.scores.clean.by_field)
    counts = found.scores.clean.by_field
    exact = [(name, f"{v:.3f}", counts[name].count, found.why(name)) for name, v in rows]
    chart = figure(title, dots(title, rows), ["field", "mean", "customers", "problems"], exact)
    told = [(name, found.why(name)) for name, value in rows if value < 0.95 and found.why(name)]
    if not told:
        return chart
    return tag("div", chart, wide(["weak field", "what is wrong, in how many values"], told[:5]))


def _parts(title: str, parts: Mapping[str, Score]) -> Markup:
    rows = _sorted(parts)
    exact = [(name, f"{value:.3f}", parts[name].count) for name, value in rows]
    return figure(title, dots(title, rows), ["", "mean", "customers"], exact)


def _sorted(parts: Mapping[str, Score]) -> list[tuple[str, float]]:
    return sorted(((name, part.value) for name, part in parts.items()), key=lambda row: row[1])


def _worst(name: str, report: ScoreReport) -> Markup:
    lowest = [(who, f"{value:.3f}") for who, value in report.worst if value < _ALL][:_WORST]
    said = wide(["customer", "score"], lowest) if lowest else "No customer scores lower than 1."
    return part(f"{name}: the customers that score lowest", said)
