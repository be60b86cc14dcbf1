"""Whatever fails, and whenever: no half run."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from customerkit.errors import TransientStoreError
from customerkit.model.batch import Batch, Row
from customerkit.model.tables import CUSTOMERS, HISTORY, KEYS, MEMBERS, META
from customerkit.store.protocol import Backend
from customerkit.store.unit import UnitOfWork
from customerkit.testing.checks.store import StoreTests
from customerkit.testing.data import row_of
from customerkit.testing.faults import FaultyBackend
from customerkit.testing.helpers import needs, scanned

_WRITTEN = (CUSTOMERS, HISTORY, KEYS, MEMBERS)


def write_a_run(unit: UnitOfWork) -> None:
    """Write to several tables the way a run does."""
    with unit.run("clean", actor="kit") as writer:
        keys = Batch.from_columns({"match_key": ["b", "a"], "record_id": [1, 1]})
        writer.append(KEYS, iter([keys]))
        customer = row_of(CUSTOMERS, customer_id=1, status="active", full_name=f"{writer.run_id}")
        writer.put_customers([customer])
        writer.backend.delete(MEMBERS, [1])
        writer.backend.put(MEMBERS, [{"record_id": 1, "customer_id": 1, "run_id": writer.run_id}])


def contents(store: Backend) -> list[list[Row]]:
    """Return all rows that runs of the kit write, but for the mark that each leaves."""
    counted = scanned(store, META, columns=["name", "value"])
    return [counted, *(scanned(store, table) for table in _WRITTEN)]


class FaultTests(StoreTests):
    """Break off a run at each of its operations."""

    def test_no_fault_leaves_half_a_run(self, where: Path) -> None:
        """Let the error through, be as before or as after the run, and take the next run.

        Troubleshooting: look which operation failed (``FaultyBackend`` counts
        them); what it left behind has to go when its transaction ends.
        """
        with self.opened(where / "whole") as store:
            needs(store, "transactions")
            unit = UnitOfWork(store)
            states = [contents(store)]
            write_a_run(unit)
            states.append(contents(store))
        for number in count(1):
            with self.opened(where / str(number)) as store:
                if not self._breaks(store, number, states):
                    break
        assert number > 5, "the kit broke nothing"

    def _breaks(self, store: Backend, number: int, states: Sequence[list[list[Row]]]) -> bool:
        before, after = states
        faulty, error = FaultyBackend(store), TransientStoreError("a fault of the kit")
        unit = UnitOfWork(faulty)
        faulty.fail(number, error)
        with suppress(TransientStoreError):
            write_a_run(unit)
        broken = faulty.raised
        faulty.fail(None, error)
        assert contents(store) in (states if broken else [after]), f"half a run at {number}"
        if contents(store) == before:
            write_a_run(unit)
            assert contents(store) == after, f"the run after a fault at {number} differs"
        return broken
