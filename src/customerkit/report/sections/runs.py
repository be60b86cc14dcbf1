"""What was done to the base, when and by whom."""

from __future__ import annotations

from collections.abc import Sequence

from customerkit.model.log import Run
from customerkit.report.page import Section, section, wide
from customerkit.report.shown import counted, moment

NAME = "Runs"
_MOST = 200


def runs(log: Sequence[Run]) -> Section:
    """Return the section on runs.

    Args:
        log: Every run, oldest first.
    """
    shown = list(log)[-_MOST:]
    left = len(log) - len(shown)
    said = f"{counted(len(log), 'run')}; every one but an erasure can be undone."
    more = f" The {left:,} oldest are not shown." if left else ""
    return section(NAME, said + more, wide(_COLUMNS, [_row(run) for run in shown]))


_COLUMNS = ("run", "verb", "when (UTC)", "by", "channel", "source", "reason", "undone by run")


def _row(run: Run) -> tuple[object, ...]:
    what = (run.channel, run.source, run.reason, run.undone_by)
    return run.run_id, run.verb, moment(run.recorded), run.actor, *what
