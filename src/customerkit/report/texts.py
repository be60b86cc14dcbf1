"""Say what an analysis and scores found, for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from customerkit.analyze import Insights
from customerkit.report import terminal
from customerkit.report.facts import LABELS, Quality
from customerkit.report.shown import amount, counted, cut, date, share

_HEADERS = ("customer", "purchases", "returned", "amount", "first", "last", "every", "favourite")


def analysis(found: Insights, limit: int = 10) -> str:
    """Return the totals and the customers that bought most often.

    Args:
        found: The analysis.
        limit: At most so many customers.
    """
    totals = found.totals
    lines = [
        f"{counted(len(found.customers), 'customer')} with activity, up to {date(found.as_of)}",
        (
            f"{counted(totals['lines'], 'purchase line')}, {totals['ownerless']:,} of nobody, "
            f"{totals['returns']:,} returned"
        ),
    ]
    rows = sorted(found.customers.rows(), key=lambda row: -(row["purchase_count"] or 0))[:limit]
    if rows:
        lines += ["", terminal.table(_HEADERS, [_customer(row) for row in rows])]
    said = _needs(found)
    return "\n".join([*lines, *(["", said] if said else [])])


def _customer(row: dict[str, Any]) -> tuple[Any, ...]:
    every = row["cadence_days"]
    hour = row["favourite_hour"]
    favourite = (row["favourite_category"], row["favourite_weekday"], f"{hour} h" if hour else None)
    return (
        row["customer"],
        row["purchase_count"],
        row["return_count"],
        amount(row["amount_minor"], row["currency"]),
        date(row["first"]),
        date(row["last"]),
        f"{every:.0f} days" if every is not None else None,
        ", ".join(filter(None, favourite)),
    )


def _needs(found: Insights) -> str:
    still: Counter[str] = Counter()
    for row in found.needs.rows():
        kind = str(row["kind"] or "other").casefold()
        if row["open"] and kind != "praise":
            still[f"{kind} about {row['category'] or 'something'}"] += row["open"]
    said = ", ".join(f"{count:,} × {what}" for what, count in still.most_common(4))
    return cut(f"open needs: {said}", terminal.COLUMNS) if said else ""


def scored(found: Quality) -> str:
    """Return the three scores, what they mean, and the fields that lower the first.

    Args:
        found: The scores and the problems behind them.

    Raises:
        EmptyInputError: There is no customer to score.
    """
    reports = {name: getattr(found.scores, name) for name in LABELS}
    rows = [
        (name, f"{part.value:.3f}", terminal.bar(part.value), f"P({part.event})")
        for name, part in reports.items()
    ]
    count = counted(reports["clean"].count, "customer")
    doubtful = [name for name, part in reports.items() if not part.calibrated]
    note = f"Means over {count}, from 0 to 1."
    if doubtful:
        note += " They are uncalibrated: no outcome has tested them yet."
    return "\n".join(
        [terminal.table(("score", "mean", "", "probability that"), rows), note, *_weak(found)]
    )


def _weak(found: Quality) -> list[str]:
    ranked = sorted(found.scores.clean.by_field.items(), key=lambda item: item[1].value)
    weak = [(n, f"{part.value:.3f}", found.why(n)) for n, part in ranked[:3] if found.why(n)]
    if not weak:
        return []
    head = "A customer is clean only where every value is. The fields that lower it most:"
    return [head, terminal.table(("field", "mean", "problems"), weak)]


def parts(found: Quality, by: str) -> tuple[Sequence[str], list[tuple[Any, ...]]]:
    """Return the parts of the scores as a table: its headers and rows.

    Args:
        found: The scores.
        by: ``field``, ``channel`` or ``worst``.
    """
    reports = {name: getattr(found.scores, name) for name in LABELS}
    if by == "worst":
        worst = [(name, who, f"{v:.3f}") for name, r in reports.items() for who, v in r.worst]
        return ("score", "customer", "value"), worst
    tables = {name: getattr(report, f"by_{by}") for name, report in reports.items()}
    names = sorted({part for table in tables.values() for part in table})
    rows = [(name, *(_value(table.get(name)) for table in tables.values())) for name in names]
    if by == "channel":
        return (by, *tables), rows
    shares = found.scores.completeness
    return (by, *tables, "complete"), [(*row, share(shares.get(row[0]))) for row in rows]


def _value(part: Any) -> str | None:
    return None if part is None else f"{part.value:.3f}"
