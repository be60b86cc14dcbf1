"""Stream rows as one state, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from customerkit.errors import TransientStoreError
from customerkit.model.batch import Batch
from customerkit.model.table import Table
from customerkit.store._journal_log import Log, View
from customerkit.store._journal_tables import EPOCH, GONE, Stored
from customerkit.store._journal_versions import Versions
from customerkit.store.protocol import Backend, Cond, Key


def holds(log: Log, view: View) -> bool:
    """Say whether nothing that a view sees has been forgotten meanwhile."""
    return log.state().horizon <= view.epoch


def slow() -> TransientStoreError:
    """Return the error of a reader for whom others wrote too much."""
    return TransientStoreError(
        "others wrote so much while this was read that what it began with is gone; read again"
    )


@frozen
class Scans:
    """Read tables part by part, and mend each part where others write.

    Args:
        inner: The store.
        log: Knows who writes.
        versions: Finds what rows were.
    """

    inner: Backend
    log: Log
    versions: Versions

    def scan(
        self,
        stored: Stored,
        where: Sequence[Cond],
        names: Sequence[str],
        after: Key | None,
        limit: int | None,
        mine: View | None,
    ) -> Iterator[Batch]:
        """Yield what a view sees of a table, in key order.

        Args:
            stored: The table.
            where: Conditions.
            names: The columns to return.
            after: The key after which to begin.
            limit: At most so many rows.
            mine: What the transaction sees that asks; None for other readers.

        Raises:
            TransientStoreError: What a reader began with is forgotten.
        """
        view = mine or self.log.state().view()
        needed = dict.fromkeys((*names, *stored.table.key, EPOCH))
        there = [*where, Cond(GONE, "null", True)]
        left = limit
        while left is None or left > 0:
            asked, got = left, 0
            for batch in self.inner.scan(
                stored.main, there, columns=list(needed), after=after, limit=asked
            ):
                got += len(batch)
                last = _last(stored.table, batch)
                found = self._part(stored, batch, view, mine, where, names, after, last)
                after = last
                found = found if left is None or len(found) <= left else found.take(range(left))
                left = None if left is None else left - len(found)
                if len(found):
                    yield found
            if asked is None or got < asked:
                break
        if left is None or left > 0:
            found = self._part(stored, None, view, mine, where, names, after, None)
            if len(found):
                yield found if left is None else found.take(range(min(left, len(found))))

    def _part(
        self,
        stored: Stored,
        batch: Batch | None,
        view: View,
        mine: View | None,
        where: Sequence[Cond],
        names: Sequence[str],
        after: Key | None,
        last: Key | None,
    ) -> Batch:
        """Return what a view sees of a part of a scan."""
        if self._plain(view, mine):
            if batch is None:
                return Batch.from_rows(names, [])
            if all(map(view.sees, set(batch.column(EPOCH)))):
                return batch.select(names)
        rows = self.versions.mended(stored, batch, view, where, after, last)
        if mine is None and not holds(self.log, view):
            raise slow()
        if rows is None and batch is not None:
            return batch.select(names)
        return Batch.from_dicts(rows or [], names)

    def _plain(self, view: View, mine: View | None) -> bool:
        """Say whether nobody wrote anything since a view began that could hide a row."""
        if view.doubts:
            return False
        if mine is not None:
            return True
        state = self.log.state()
        return state.seen == view.epoch and state.token is None


def _last(table: Table, batch: Batch) -> Key:
    values: tuple[Any, ...] = tuple(batch.value(name, len(batch) - 1) for name in table.key)
    return values[0] if len(values) == 1 else values
