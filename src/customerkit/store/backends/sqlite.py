"""Keep rows in a SQLite file, with nothing but the standard library on the hot paths."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from heapq import merge
from itertools import chain, islice
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING
from weakref import finalize

from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.backends import _sqlite_schema as schema
from customerkit.store.backends import _sqlite_texts as texts
from customerkit.store.backends._conditions import as_tuple, chunks
from customerkit.store.backends._sqlite_errors import Translated, checked_path
from customerkit.store.backends._sqlite_url import Options, parse
from customerkit.store.backends._transaction import Transaction
from customerkit.store.protocol import Capabilities, Cond, Key

if TYPE_CHECKING:
    from sqlite_utils import Database

_ROWS = 20_000


class SQLiteBackend:
    """Store rows in one SQLite file.

    One connection, shared by the threads of a process under a lock; other
    processes may open the same file. Do not carry it over a fork.

    Args:
        url: A path, or ``sqlite:///path?timeout=seconds&synchronous=normal``. With
            ``full``, the default, an acknowledged run survives a power cut; with
            ``normal`` it survives a killed process, and single updates are faster.

    Raises:
        StoreError: The file cannot be opened; the subclass tells why.
    """

    capabilities = Capabilities()

    def __init__(self, url: str) -> None:
        options = parse(url)
        self._path = checked_path(options.path)
        self._translated = Translated(self._path.name)
        self._lock = RLock()
        self._depth = 0
        self._purged = False
        self._unlogged = False
        with self._translated:
            self._connection = sqlite3.connect(
                self._path,
                timeout=options.timeout,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=512,
            )
            finalize(self, self._connection.close)  # a forgotten store closes itself
            try:
                self._prepare(options)
            except BaseException:
                self._connection.close()
                raise

    @staticmethod
    def absent(url: str) -> bool:
        """Say whether there is no file yet where a URL points."""
        path = parse(url).path
        return path != ":memory:" and not Path(path).exists()

    def _prepare(self, options: Options) -> None:
        run = self._connection.execute
        run(f"PRAGMA synchronous = {options.synchronous}")
        run("PRAGMA wal_autocheckpoint = 4000")
        run("PRAGMA cache_size = -65536")
        run("PRAGMA temp_store = FILE")
        run("PRAGMA threads = 2")  # for the sorts behind new indexes
        self._unlogged = self._mode() == "delete"
        if not run("PRAGMA query_only").fetchone()[0]:
            schema.check(self._connection, self._path.name)

    def _mode(self) -> str:
        return str(self._connection.execute("PRAGMA journal_mode").fetchone()[0])

    def __repr__(self) -> str:
        return f"<SQLiteBackend {self._path.name}>"

    def database(self) -> Database:
        """Return the file as a sqlite-utils database, to look at and to query.

        What is written through it is no run: nobody could undo or explain it.

        Example:
            >>> backend = SQLiteBackend(":memory:")
            >>> backend.database().table_names()
            []
        """
        from sqlite_utils import Database  # slow to import, seldom needed

        return Database(self._connection)

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create what is missing: tables, columns, indexes."""
        with self._lock, self._translated:
            if not schema.missing(self._connection, tables):
                return
        with self.transaction():
            schema.create(self._connection, tables)
            self._unlogged = False  # this is not the first run yet
        with self._lock, self._translated:  # a commit fails beside a statement of another thread
            self._unlogged = self._mode() == "delete"

    # ── transactions ─────────────────────────────────────────────────────────

    def transaction(self) -> Transaction:
        """Open a write transaction, or join the one that is open."""
        return Transaction(self)

    def _begin(self) -> None:
        self._lock.acquire()
        try:
            if self._depth == 0:
                with self._translated:
                    self._connection.execute("BEGIN IMMEDIATE")
        except BaseException:
            self._lock.release()
            raise
        self._depth += 1

    def _end(self, failed: bool) -> None:
        try:
            self._depth -= 1
            if self._depth == 0:
                self._commit_or_roll_back(failed)
        finally:
            self._lock.release()

    def _commit_or_roll_back(self, failed: bool) -> None:
        if failed:
            self._roll_back()
            return
        try:
            with self._translated:
                self._connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        if self._purged:
            self._scrub()
        if self._unlogged:
            self._log_ahead()

    def _log_ahead(self) -> None:
        """Turn to write-ahead logging, which lets others read while somebody writes.

        The first run of a new file goes without: there is nothing to read beside it,
        and a large one would be written twice.
        """
        run = self._connection.execute
        (patience,) = run("PRAGMA busy_timeout").fetchone()
        run("PRAGMA busy_timeout = 0")
        with suppress(sqlite3.OperationalError):  # others are at it; after the next run then
            run("PRAGMA journal_mode = WAL")
            self._unlogged = False
        run(f"PRAGMA busy_timeout = {patience}")

    def _roll_back(self) -> None:
        self._purged = False
        if self._connection.in_transaction:  # SQLite may have rolled back by itself
            self._connection.execute("ROLLBACK")

    def _scrub(self) -> None:
        """Leave no byte of purged rows in the file or its log."""
        self._purged = False
        with self._translated:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    # ── rows ─────────────────────────────────────────────────────────────────

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return the rows of these keys, in their order, None where absent."""
        sql, names = texts.get(table), table.names
        execute = self._connection.execute
        found: list[Row | None] = []
        with self._lock, self._translated:
            for key in keys:
                row = execute(sql, as_tuple(key)).fetchone()
                found.append(None if row is None else dict(zip(names, row, strict=True)))
        return found

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key."""
        names = table.names
        table.check_rows(rows)
        values = [tuple(map(row.get, names)) for row in rows]
        if not values:
            return
        with self.transaction(), self._translated:
            if len(values) == 1:
                self._connection.execute(texts.put(table), values[0])
            else:
                self._connection.executemany(texts.put(table), values)

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows by key and return how many there were."""
        sql = texts.delete(table)
        with self.transaction(), self._translated:
            return sum(self._connection.execute(sql, as_tuple(key)).rowcount for key in keys)

    def purge(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows so that none of their bytes remain after the transaction."""
        if not keys:
            return 0
        with self.transaction():
            self._purged = True
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
        """Yield matching rows in key order.

        A scan sees the table as it was when the first batch was asked for, but
        for writes of the same process between two batches.
        """
        names = tuple(table.names if columns is None else columns)
        for name in (*names, *(cond.field for cond in where)):
            table.check(name)
        parts = list(chunks(where, texts.VARIABLES))
        if len(parts) > 1:
            yield from self._merged(table, parts, names, after, limit)
            return
        yield from self._scan(table, where, names, after, limit)

    def _scan(
        self,
        table: Table,
        where: Sequence[Cond],
        names: tuple[str, ...],
        after: Key | None,
        limit: int | None,
    ) -> Iterator[Batch]:
        sql, values = texts.scan(table, where, names, after, limit)
        with self._lock, self._translated:
            cursor = self._connection.execute(sql, values)
            rows = cursor.fetchmany(_ROWS)
        while rows:
            yield Batch.from_rows(names, rows)
            with self._lock, self._translated:
                rows = cursor.fetchmany(_ROWS)

    def _merged(
        self,
        table: Table,
        parts: Sequence[Sequence[Cond]],
        names: tuple[str, ...],
        after: Key | None,
        limit: int | None,
    ) -> Iterator[Batch]:
        """Yield what several scans find together in key order."""
        whole = (*table.key, *names)
        width = len(table.key)
        scans = [
            chain.from_iterable(b.rows() for b in self._scan(table, part, whole, after, limit))
            for part in parts
        ]
        rows = islice(merge(*scans, key=lambda row: tuple(row[:width])), limit)
        while some := [row[width:] for row in islice(rows, _ROWS)]:
            yield Batch.from_rows(names, some)

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append many rows with new keys."""
        source = iter(batches)
        first = list(islice(source, 1))
        if not first:
            return 0
        count = 0
        with self.transaction():
            names = first[0].names
            rebuild = self._is_empty(table) and schema.drop_indexes(self._connection, table, names)
            for batch in chain(first, source):
                self._append(table, batch)
                count += len(batch)
            if rebuild:
                with self._translated:
                    schema.create_indexes(self._connection, table)
        return count

    def _is_empty(self, table: Table) -> bool:
        sql = f'SELECT 1 FROM "{table.name}" LIMIT 1'
        return self._connection.execute(sql).fetchone() is None

    def _append(self, table: Table, batch: Batch) -> None:
        table.check_batch(batch)
        width = len(batch.names)
        step = width * max(1, min(100, texts.VARIABLES // max(1, width)))
        values = list(chain.from_iterable(batch.rows()))
        whole = len(values) // step * step
        groups = (values[at : at + step] for at in range(0, whole, step))
        rest = (values[at : at + width] for at in range(whole, len(values), width))
        with self._translated:
            self._connection.executemany(texts.load(table, batch.names, step // width), groups)
            self._connection.executemany(texts.load(table, batch.names, 1), rest)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()
