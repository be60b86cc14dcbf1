"""Keep rows in memory: loaded batches as they came, single rows in a dictionary."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from operator import itemgetter
from threading import RLock
from typing import Any

from customerkit.errors import InputError, StoreError
from customerkit.model.batch import Batch, Row, Scalar
from customerkit.model.table import Table
from customerkit.store.protocol import Capabilities, Cond, Key, matches

_ROWS = 20_000


class _Rows:
    """Hold the rows of one table.

    Batches stay as they were loaded until somebody asks for single rows.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.segments: list[Batch] = []
        self.rows: dict[Key, Row] = {}
        self.order: list[Key] | None = []

    def key(self, row: Row) -> Any:
        names = self.table.key
        return row[names[0]] if len(names) == 1 else tuple(row[name] for name in names)

    def single(self) -> dict[Key, Row]:
        """Return the rows by key, taking loaded batches apart."""
        if self.segments:
            blank = dict.fromkeys(self.table.names)
            for batch in self.segments:
                for row in batch.dicts():
                    self.rows[self.key(row)] = {**blank, **row}
            self.segments, self.order = [], None
        return self.rows

    def keys(self) -> list[Key]:
        """Return all keys in order."""
        if self.order is None:
            self.order = sorted(self.rows)
        return self.order

    def in_order(self) -> bool:
        """Say whether the loaded batches can be read as they are, in key order."""
        if self.rows or len(self.table.key) != 1:
            return False
        last: Any = None
        for batch in self.segments:
            column = batch.column(self.table.key[0])
            if not _ascending(column) or (last is not None and column[0] <= last):
                return False
            last = column[-1]
        return True


def _ascending(column: Sequence[Scalar]) -> bool:
    return all(a < b for a, b in zip(column, islice(column, 1, None), strict=False))  # type: ignore[operator]


class MemoryBackend:
    """Store rows in this process only; everything is gone with it.

    Args:
        url: ``memory:``; each call makes a new, empty store.
    """

    capabilities = Capabilities(durable=False, multi_process=False)

    def __init__(self, url: str = "memory:") -> None:
        self._tables: dict[str, _Rows] = {}
        self._lock = RLock()
        self._depth = 0
        self._undo: list[Callable[[], None]] = []

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create the tables that are missing, and columns that were added."""
        with self._lock:
            for table in tables:
                held = self._tables.setdefault(table.name, _Rows(table))
                if held.table.names != table.names:
                    added = dict.fromkeys(table.names)
                    rows = held.single()
                    held.rows = {key: {**added, **row} for key, row in rows.items()}
                    held.table = table

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

    def _held(self, table: Table) -> _Rows:
        try:
            return self._tables[table.name]
        except KeyError:
            raise StoreError(f"table {table.name} does not exist; call ensure first") from None

    # ── rows ─────────────────────────────────────────────────────────────────

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return the rows of these keys, in their order, None where absent."""
        with self._lock:
            rows = self._held(table).single()
            return [dict(row) if (row := rows.get(key)) is not None else None for key in keys]

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key."""
        with self.transaction():
            held = self._held(table)
            stored = held.single()
            for row in rows:
                for name in row:
                    table.check(name)
                self._set(held, stored, held.key(row), {n: row.get(n) for n in table.names})

    def _set(self, held: _Rows, stored: dict[Key, Row], key: Key, row: Row | None) -> None:
        old = stored.pop(key, None)
        if row is not None:
            stored[key] = row
        if (old is None) != (row is None):
            held.order = None
        self._undo.append(lambda: self._restore(held, key, old))

    @staticmethod
    def _restore(held: _Rows, key: Key, old: Row | None) -> None:
        rows = held.single()
        rows.pop(key, None)
        if old is not None:
            rows[key] = old
        held.order = None

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows by key and return how many there were."""
        with self.transaction():
            held = self._held(table)
            stored = held.single()
            found = [key for key in dict.fromkeys(keys) if key in stored]
            for key in found:
                self._set(held, stored, key, None)
            return len(found)

    def purge(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows; memory keeps no trace of them."""
        return self.delete(table, keys)

    def scan(
        self,
        table: Table,
        where: Sequence[Cond] = (),
        *,
        columns: Sequence[str] | None = None,
        after: Key | None = None,
        limit: int | None = None,
    ) -> Iterator[Batch]:
        """Yield matching rows in key order."""
        names = tuple(table.names if columns is None else columns)
        for name in (*names, *(cond.field for cond in where)):
            table.check(name)
        where = [_quick(cond) for cond in where]
        with self._lock:
            held = self._held(table)
            if held.segments and after is None and limit is None and held.in_order():
                found: Iterator[Batch] = self._segments(held, where, names)
            else:
                rows = held.single()
                chosen = self._chosen(held, rows, where, after, limit)
                found = _batches(chosen, names)
        yield from found

    def _segments(
        self, held: _Rows, where: Sequence[Cond], names: Sequence[str]
    ) -> Iterator[Batch]:
        for batch in list(held.segments):
            absent = {
                name: [None] * len(batch) for name in held.table.names if name not in batch.names
            }
            found = _where(batch.with_columns(absent) if absent else batch, where)
            if len(found):
                yield found.select(names)

    def _chosen(
        self,
        held: _Rows,
        rows: dict[Key, Row],
        where: Sequence[Cond],
        after: Key | None,
        limit: int | None,
    ) -> list[Row]:
        keys = self._keys(held, rows, where)
        start = 0 if after is None else bisect_right(keys, after)
        wanted = (rows[key] for key in islice(keys, start, None) if matches(rows[key], where))
        return list(islice(wanted, limit))

    def _keys(self, held: _Rows, rows: dict[Key, Row], where: Sequence[Cond]) -> list[Key]:
        for cond in where:
            if cond.op == "in" and held.table.key == (cond.field,):
                return sorted(key for key in set(cond.value) if key in rows)
            if held.table.key == (cond.field,) and cond.op == "eq":
                return [cond.value] if cond.value in rows else []
        return held.keys()

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append batches as they are."""
        with self.transaction():
            held = self._held(table)
            count = 0
            for batch in batches:
                for name in batch.names:
                    table.check(name)
                count += len(batch)
                if held.rows:
                    self._insert(table, held, batch)
                else:
                    held.segments.append(batch)
                    self._undo.append(lambda b=batch: self._unload(held, b))  # type: ignore[misc]
            return count

    def _insert(self, table: Table, held: _Rows, batch: Batch) -> None:
        stored = held.single()
        rows = [{**dict.fromkeys(table.names), **row} for row in batch.dicts()]
        for row in rows:
            key = held.key(row)
            if key in stored:
                raise InputError(f"{table.name}: a row with this key exists already")
            self._set(held, stored, key, row)

    @staticmethod
    def _unload(held: _Rows, batch: Batch) -> None:
        if batch in held.segments:
            held.segments.remove(batch)
            return
        rows = held.single()
        for row in batch.dicts():
            rows.pop(held.key(row), None)
        held.order = None

    def close(self) -> None:
        """Forget everything."""
        with self._lock:
            self._tables = {}


def _quick(cond: Cond) -> Cond:
    """Return a condition whose values are looked up, not searched."""
    return Cond(cond.field, "in", frozenset(cond.value)) if cond.op == "in" else cond


def _where(batch: Batch, where: Sequence[Cond]) -> Batch:
    if not where:
        return batch
    tested = list(dict.fromkeys(cond.field for cond in where))
    rows = (dict(zip(tested, row, strict=True)) for row in batch.rows(tested))
    return batch.where([matches(row, where) for row in rows])


def _batches(rows: Sequence[Row], names: Sequence[str]) -> Iterator[Batch]:
    pick = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    for start in range(0, len(rows), _ROWS):
        yield Batch.from_rows(names, [pick(row) for row in rows[start : start + _ROWS]])
