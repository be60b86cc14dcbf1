"""What was collected: by channel and kind, and what could not be read."""

from __future__ import annotations

from customerkit.markup import Markup
from customerkit.report.charts import stacked
from customerkit.report.facts import Sourced, Sources
from customerkit.report.page import Section, figure, pair, part, section, wide
from customerkit.report.shown import counted, date

NAME = "What was collected"
_COLUMNS = (
    *("run", "channel", "source", "kind", "read", "new", "known before", "quarantined"),
    *("of nobody", "exported"),
)


def collected(found: Sources) -> Section:
    """Return the section on sources.

    Args:
        found: What was gathered.
    """
    kinds = sorted({item.kind for item in found.collected})
    channels = found.by_channel()
    rows = [(name, [counts[kind] for kind in kinds]) for name, counts in channels.items()]
    return section(
        NAME,
        "Rows by who said them. Every row is kept as it was given; a row that was known "
        "already is not kept twice, and one that cannot be read waits in quarantine.",
        figure(
            "Rows by channel and kind",
            stacked("Rows by channel and kind", rows, kinds),
            ["channel", *kinds],
            [(name, *values) for name, values in rows],
        ),
        wide(_COLUMNS, [_row(item) for item in found.collected]),
        pair(_quarantine(found), _ownerless(found)),
    )


def _row(item: Sourced) -> tuple[object, ...]:
    counts, run = item.counts, item.run
    new = counts["activities"] or counts["records"]
    read = (run.run_id, run.channel, run.source, item.kind, counts["rows"], new)
    return (*read, counts["known"], counts["quarantined"], counts["ownerless"], date(run.observed))


def _quarantine(found: Sources) -> Markup:
    rows = [(kind, code, n) for (kind, code), n in sorted(found.quarantined.items())]
    if not rows:
        return part("Quarantine", "No row waits to be fixed.")
    return part("Rows that wait to be fixed", wide(["kind", "problem", "rows"], rows))


def _ownerless(found: Sources) -> Markup:
    ownerless, all_ = found.total("ownerless"), found.total("activities")
    if not all_:
        return part("Activities", "None was collected.")
    said = f"{counted(ownerless, 'row')} of {all_:,} name no customer; kept and counted."
    return part("Activities of nobody", said)
