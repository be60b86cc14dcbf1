"""Keep rows in memory: what was loaded in bulk as columns, single rows in a dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock

from customerkit.errors import InputError, StoreError
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.backends._memory_table import Rows
from customerkit.store.backends._segment import Segment
from customerkit.store.protocol import Capabilities, Cond, Key


class MemoryBackend:
    """Store rows in this process only; everything is gone with it.

    Args:
        url: ``memory:``; each call makes a new, empty store.
    """

    capabilities = Capabilities(durable=False, multi_process=False)

    def __init__(self, url: str = "memory:") -> None:
        self._tables: dict[str, Rows] = {}
        self._lock = RLock()
        self._depth = 0
        self._undo: list[Callable[[], None]] = []

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create the tables that are missing, and columns that were added."""
        with self._lock:
            for table in tables:
                held = self._tables.get(table.name)
                if held is None:
                    self._tables[table.name] = Rows(table)
                elif held.table != table:
                    self._tables[table.name] = held.widened(table)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a write transaction, or join the one that is open."""
        with self._lock:
            self._depth += 1
            try:
                yield
            except BaseException:
                if self._depth == 1:
                    for step in reversed(self._undo):
                        step()
                raise
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._undo = []

    def _held(self, table: Table) -> Rows:
        held = self._tables.get(table.name)
        if held is None:
            raise StoreError(f"table {table.name} does not exist; call ensure first")
        if held.table is not table and not table.known <= held.table.known:
            raise StoreError(f"table {table.name} has other columns here; call ensure first")
        return held

    # ── rows ─────────────────────────────────────────────────────────────────

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return the rows of these keys, in their order, None where absent."""
        with self._lock:
            found = list(map(self._held(table).get, keys))
        if self._tables[table.name].table.names == table.names:
            return found
        return [row and {name: row[name] for name in table.names} for row in found]

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key."""
        table.check_rows(rows)
        with self.transaction():
            held = self._held(table)
            for row in rows:
                self._set(held, held.key(row), {n: row.get(n) for n in held.table.names})

    def _set(self, held: Rows, key: Key, row: Row | None) -> None:
        old, was_hidden = held.rows.get(key), key in held.hidden
        self._undo.append(lambda: self._restore(held, key, old, was_hidden))
        held.set(key, row)
        if not was_hidden and held.segments and held.segment(key) is not None:
            held.hidden.add(key)

    @staticmethod
    def _restore(held: Rows, key: Key, old: Row | None, was_hidden: bool) -> None:
        held.set(key, old)
        if not was_hidden:
            held.hidden.discard(key)

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows by key and return how many there were."""
        with self.transaction():
            held = self._held(table)
            found = [key for key in dict.fromkeys(keys) if held.has(key)]
            for key in found:
                self._set(held, key, None)
            return len(found)

    def purge(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows; a segment that held one is written anew without it."""
        with self.transaction():
            held = self._held(table)
            count = self.delete(table, keys)
            touched = {found[0] for key in keys if (found := held.segment(key)) is not None}
            for segment in touched:
                self._rewrite(held, segment)
            return count

    def _rewrite(self, held: Rows, segment: Segment) -> None:
        at = held.segments.index(segment)
        gone = {key for key in held.hidden if segment.find(key) is not None}
        kept = [place for place in range(len(segment)) if segment.key(place) not in gone]
        fresh = Segment.of(held.table, segment.batch.take(kept))
        held.segments[at : at + 1] = [fresh] if fresh is not None else []
        held.hidden -= gone
        self._undo.append(lambda: self._unwrite(held, fresh, segment, gone))

    @staticmethod
    def _unwrite(held: Rows, fresh: Segment | None, segment: Segment, gone: set[Key]) -> None:
        if fresh is not None:
            held.segments.remove(fresh)
        held.add(segment)
        held.hidden |= gone

    def scan(
        self,
        table: Table,
        where: Sequence[Cond] = (),
        *,
        columns: Sequence[str] | None = None,
        after: Key | None = None,
        limit: int | None = None,
    ) -> Iterator[Batch]:
        """Yield matching rows in key order, as they were when the first was asked for."""
        names = tuple(table.names if columns is None else columns)
        for name in (*names, *(cond.field for cond in where)):
            table.check(name)
        where = [_quick(cond, table) for cond in where]
        with self._lock:
            found = self._held(table).scan(where, names, after)
        left = limit
        for batch in found:
            if left is None or len(batch) <= left:
                yield batch
            elif left > 0:
                yield batch.take(range(left))
            left = None if left is None else left - len(batch)
            if left is not None and left <= 0:
                return

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append batches as they are."""
        with self.transaction():
            held = self._held(table)
            return sum(self._append(table, held, batch) for batch in batches)

    def _append(self, table: Table, held: Rows, batch: Batch) -> int:
        table.check_batch(batch)
        segment = Segment.of(table, batch)
        if segment is not None and held.add(segment):
            self._undo.append(lambda: held.segments.remove(segment))
            return len(batch)
        blank = dict.fromkeys(held.table.names)
        for row in batch.dicts():
            key = held.key({**blank, **row})
            if held.has(key):
                raise InputError(f"{table.name}: a row with this key exists already")
            self._set(held, key, {**blank, **row})
        return len(batch)

    def close(self) -> None:
        """Forget everything."""
        with self._lock:
            self._tables = {}


def _quick(cond: Cond, table: Table) -> Cond:
    """Return a condition whose values are looked up, not searched."""
    if cond.op != "in":
        return cond
    if table.key != (cond.field,):
        return Cond(cond.field, "in", frozenset(cond.value))
    kind = int if table.check(cond.field).type == "integer" else str
    return Cond(cond.field, "in", sorted({key for key in cond.value if isinstance(key, kind)}))
