"""A store that is obviously right: plain dicts, and ``matches`` for every question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any

from customerkit.errors import InputError, StoreError
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.protocol import Capabilities, Cond, Key, matches

_ROWS = 1_000


def key_of(table: Table, row: Row) -> Any:
    """Return the key of a row: a value, or a tuple where it has several columns.

    Raises:
        InputError: A column of the key is None or absent.
    """
    key = tuple(row.get(name) for name in table.key)
    if None in key:
        raise InputError(f"{table.name}: a row has no key; give {', '.join(table.key)}")
    return key[0] if len(key) == 1 else key


def selected(
    table: Table,
    rows: Iterable[Row],
    where: Sequence[Cond] = (),
    *,
    columns: Sequence[str] | None = None,
    after: Key | None = None,
    limit: int | None = None,
) -> list[Row]:
    """Return what a scan over these rows must yield."""
    where = [_quick(cond) for cond in where]
    found = [row for row in rows if matches(row, where)]
    found.sort(key=lambda row: key_of(table, row))
    later = [row for row in found if after is None or key_of(table, row) > after]
    names = table.names if columns is None else columns
    return [{name: row[name] for name in names} for row in later[:limit]]


def _quick(cond: Cond) -> Cond:
    """Return a condition whose values are looked up, not searched."""
    return Cond(cond.field, "in", frozenset(cond.value)) if cond.op == "in" else cond


class ReferenceBackend:
    """Keep rows in plain dicts, slowly and obviously: what other backends are compared to.

    Example:
        >>> from customerkit.testing.data import WORDS
        >>> store = ReferenceBackend()
        >>> store.ensure([WORDS])
        >>> store.put(WORDS, [{"word": "b"}, {"word": "a", "note": "first"}])
        >>> [batch.column("word") for batch in store.scan(WORDS)]
        [['a', 'b']]
    """

    capabilities = Capabilities(durable=False, multi_process=False)

    def __init__(self) -> None:
        self.rows: dict[str, dict[Key, Row]] = {}
        self.names: dict[str, dict[str, None]] = {}
        self.depth = 0
        self.lock = RLock()

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create what is missing: tables and columns."""
        with self.lock:
            for table in tables:
                names = self.names.setdefault(table.name, {})
                names.update(dict.fromkeys(table.names))
                rows = self.rows.get(table.name, {})
                self.rows[table.name] = {key: {**names, **row} for key, row in rows.items()}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a write transaction, or join the one that is open."""
        with self.lock:
            before = {name: dict(rows) for name, rows in self.rows.items()}
            self.depth += 1
            try:
                yield
            except BaseException:
                self.rows = before
                raise
            finally:
                self.depth -= 1

    def held(self, table: Table) -> dict[Key, Row]:
        """Return the rows of a table by key."""
        if table.name not in self.rows:
            raise StoreError(f"table {table.name} does not exist; call ensure first")
        return self.rows[table.name]

    def whole(self, table: Table, row: Row) -> Row:
        """Return a row with all columns of the store, None where it says nothing."""
        for name in row:
            table.check(name)
        return {**self.names[table.name], **row}

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return the rows of these keys, in their order, None where absent."""
        with self.lock:
            found = [self.held(table).get(key) for key in keys]
            return [row and {name: row[name] for name in table.names} for row in found]

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key."""
        with self.transaction():
            held = self.held(table)
            whole = [self.whole(table, row) for row in rows]
            held.update({key_of(table, row): row for row in whole})

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows by key and return how many there were."""
        with self.transaction():
            held = self.held(table)
            return sum(held.pop(key, None) is not None for key in keys)

    def purge(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows; a dict keeps no trace of them."""
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
        with self.lock:
            held = list(self.held(table).values())
        found = selected(table, held, where, columns=names, after=after, limit=limit)
        for start in range(0, len(found), _ROWS):
            yield Batch.from_dicts(found[start : start + _ROWS], names)

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append rows with new keys."""
        count = 0
        with self.transaction():
            for row in (row for batch in batches for row in batch.dicts()):
                whole = self.whole(table, row)
                if self.held(table).setdefault(key_of(table, row), whole) is not whole:
                    raise InputError(f"{table.name}: a row with this key exists already")
                count += 1
        return count

    def close(self) -> None:
        """Forget everything."""
        self.rows = {}
