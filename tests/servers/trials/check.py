"""Say whether a base is whole: every acknowledged run is there, and no run by half."""

from __future__ import annotations

from collections.abc import Iterable

import customerkit as ck
from customerkit.model.tables import RECORDS
from customerkit.store.unit import details, span

ROWS = 5


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one collection, which no other has."""
    numbers = range(ROWS)
    return [
        {"customer_id": f"{name}-{i}", "name": f"Ada{i} Ray", "email": f"{name}-{i}@example.com"}
        for i in numbers
    ]


def check(base: ck.CustomerBase, acknowledged: Iterable[int] = (), since: int = 0) -> list[ck.Run]:
    """Check the runs after one, and that the customers are what the clean runs took in.

    Args:
        base: The base.
        acknowledged: Runs that somebody was told of.
        since: Earlier runs were checked before.

    Returns:
        The runs.
    """
    runs = base.runs()
    assert [run.run_id for run in runs] == list(range(1, len(runs) + 1))
    lost = set(acknowledged) - {run.run_id for run in runs}
    assert not lost, f"acknowledged runs were lost: {sorted(lost)}"
    for run in runs[since:]:
        if run.verb == "collect":
            stored = sum(len(b) for b in base.backend.scan(RECORDS, span(run), columns=["run_id"]))
            assert stored == _records(run)
            assert stored in (0, ROWS)
    taken = [run for run in runs if run.verb == "collect" and run.cleaned_by is not None]
    assert sum(1 for _ in base.customers()) == sum(map(_records, taken))
    return runs


def _records(run: ck.Run) -> int:
    return int(details(run)["counts"].get("records", 0))
