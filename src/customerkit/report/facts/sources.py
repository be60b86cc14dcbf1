"""Gather what was collected, by run, channel and kind, and what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import field, frozen

from customerkit.model.log import Run
from customerkit.model.tables import QUARANTINE
from customerkit.store.protocol import Cond
from customerkit.store.unit import UnitOfWork, details

_COLLECTING = frozenset({"collect", "replay"})


@frozen
class Sourced:
    """Tell what one run collected.

    Args:
        run: The run.
        kind: What the source held.
        counts: rows, records, activities, known, quarantined, ownerless, suppressed.
    """

    run: Run
    kind: str
    counts: Counter[str]


@frozen
class Sources:
    """Tell what was collected.

    Args:
        runs: Every run of the log, oldest first.
        collected: Those that collected something and were not undone.
        quarantined: Kind and code → rows that wait to be fixed.
    """

    runs: Sequence[Run]
    collected: Sequence[Sourced]
    quarantined: Counter[tuple[str, str]] = field(factory=Counter)

    def total(self, name: str) -> int:
        """Return a count over all sources."""
        return sum(item.counts[name] for item in self.collected)

    def by_channel(self) -> dict[str, Counter[str]]:
        """Return channel → kind → rows that were read."""
        found: dict[str, Counter[str]] = {}
        for item in self.collected:
            mine = found.setdefault(item.run.channel or "", Counter())
            mine[item.kind] += item.counts["rows"]
        return found


def sources(unit: UnitOfWork) -> Sources:
    """Gather what was collected.

    Args:
        unit: The store with its log.
    """
    runs = unit.runs()
    collected = [_sourced(r) for r in runs if r.verb in _COLLECTING and r.undone_by is None]
    waiting: Counter[tuple[str, str]] = Counter()
    columns = ["kind", "code"]
    for batch in unit.backend.scan(QUARANTINE, [Cond("state", "eq", "open")], columns=columns):
        waiting.update((str(kind), str(code)) for kind, code in batch.rows(columns))
    return Sources(runs, collected, waiting)


def _sourced(run: Run) -> Sourced:
    said = details(run)
    return Sourced(run, str(said.get("kind", "")), Counter(said.get("counts", {})))
