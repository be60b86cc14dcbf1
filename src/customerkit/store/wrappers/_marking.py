"""Tell with each run what it touches, so that whoever read it before knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from threading import local
from typing import Any

from customerkit.errors import CapabilityError
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.model.tables import META
from customerkit.store.protocol import Backend, Key
from customerkit.store.unit import ended
from customerkit.store.wrappers._changes import count_other, slot_row
from customerkit.store.wrappers._marks import Marks
from customerkit.store.wrappers.base import Wrapper


class _Writing(local):
    """Know, for each thread, whether it is in a transaction and what it wrote there."""

    def __init__(self) -> None:
        self.depth = 0
        self.marks = Marks()
        self.purged = False
        self.read: dict[str, dict[Any, Row | None]] = {}  # by table, until it is written to


class Marking(Wrapper):
    """Write, in the same write that moves the base's counter, what the run touched.

    Args:
        inner: A store with transactions.

    Raises:
        CapabilityError: It has none.
    """

    def __init__(self, inner: Backend) -> None:
        super().__init__(inner)
        if not inner.capabilities.transactions:
            raise CapabilityError(
                "a store without transactions cannot be cached; open it with cache=False"
            )
        self._writing = _Writing()

    def transaction_ended(self, purged: bool) -> None:
        """Take note that a transaction of this process ended, well or not."""

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create what is missing, and the table of the base's counter."""
        self.inner.ensure(tables if META in tables else [*tables, META])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a write transaction, or join the one that is open."""
        mine = self._writing
        mine.depth += 1
        try:
            with self.inner.transaction():
                yield
                if mine.depth == 1 and mine.marks:
                    count_other(self.inner)
        finally:
            mine.depth -= 1
            if not mine.depth:
                self._end(mine)

    def _end(self, mine: _Writing) -> None:
        purged, mine.purged, mine.marks, mine.read = mine.purged, False, Marks(), {}
        self.transaction_ended(purged)

    @contextmanager
    def _marks(self, table: Table) -> Iterator[Marks]:
        mine = self._writing
        with nullcontext() if mine.depth else self.transaction():
            mine.read.pop(table.name, None)
            yield mine.marks

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key; with a run's last, what it touched."""
        with self._marks(table) as marks:
            run = ended(table, rows)
            if run is not None:
                self.inner.put(table, [*rows, slot_row(run, marks.words())])
                return
            self.inner.put(table, rows)
            marks.rows(table, rows)

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows by key."""
        with self._marks(table) as marks:
            marks.keys(table, keys)
            return self.inner.delete(table, keys)

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append many rows with new keys."""
        with self._marks(table) as marks:
            return self.inner.load(table, marks.passing(table, batches))

    def purge(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows so that none of their bytes remain, nor what was kept of them."""
        with self._marks(table) as marks:
            if keys:
                marks.everything = self._writing.purged = True
            return self.inner.purge(table, keys)
