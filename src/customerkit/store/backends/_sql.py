"""Keep rows on a SQL server: all that the servers have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from heapq import merge
from itertools import chain, islice
from threading import RLock, local
from time import sleep
from typing import Any, ClassVar, TypeVar
from weakref import finalize

from customerkit.errors import CustomerKitError, StoreConnectionError
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.backends._conditions import chunks
from customerkit.store.backends._sql_dialect import Dialect
from customerkit.store.backends._sql_limits import Limits
from customerkit.store.backends._sql_pool import Password, Pool
from customerkit.store.backends._sql_schema import MARKS, Schema, Shape
from customerkit.store.backends._sql_texts import Texts, by_key
from customerkit.store.backends._sql_url import Options, parse
from customerkit.store.backends._sql_work import Question, Work, fetched
from customerkit.store.backends._transaction import Transaction
from customerkit.store.protocol import Capabilities, Cond, Key, Read

T = TypeVar("T")
Ask = Callable[[str, Sequence[Any]], Sequence[Any]]
_ROWS = 20_000
_KEYS = 2_000
_TRIES = 4
_FEW, _LITTLE = 4, 20_000  # rows and letters of writes that wait for what follows
_PAUSE = 0.02


class SQLBackend:
    """Store rows in one schema of a SQL server; each server has a subclass.

    One writer at a time: a transaction holds a lock of the base. Readers wait for
    nobody. Threads may share a backend, and a forked process connects anew.

    Args:
        url: ``scheme://user:password@host:port/database?option=value``.
        password: A password, or a function that is called for one whenever a
            connection is made; by default that of the URL or of the environment.

    Raises:
        InputError: The URL cannot be read, or has an option that is unknown.
    """

    dialect: ClassVar[type[Dialect]]
    capabilities: Capabilities

    def __init_subclass__(cls) -> None:
        if hasattr(cls, "dialect"):  # else an object finds out what it speaks to
            cls.capabilities = cls.dialect.capabilities

    def __init__(self, url: str, *, password: Password = None) -> None:
        dialect = self.dialect()
        options = parse(url, dialect.options)
        self._set_up(dialect, options, Pool(dialect, options, password))

    def _set_up(self, dialect: Dialect, options: Options, pool: Pool) -> None:
        self._dialect, self._options, self._pool = dialect, options, pool
        self.capabilities = dialect.capabilities
        finalize(self, pool.close)  # a forgotten store closes itself
        engine = pool.engine_dialect
        self._texts = Texts(dialect, engine, options.schema)
        self._schema = Schema(dialect, engine, self._texts)
        marks = engine.identifier_preparer.format_table(self._texts.table(MARKS))
        self._writer = self._dialect.writer(marks)
        self._limits = Limits(self.capabilities)
        self._held: dict[str, Shape] = {}
        self._lock = RLock()
        self._thread = local()

    @classmethod
    def absent(cls, url: str) -> bool:
        """Say whether there is no base yet where a URL points."""
        backend = cls(url)
        try:
            return not backend._once(backend._schema.held)
        finally:
            backend.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._options.place}>"

    # ── tables ───────────────────────────────────────────────────────────────

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create what is missing: tables, columns, indexes."""
        held = self._once(self._schema.held)
        if all(table.name in held and held[table.name].covers(table) for table in tables):
            self._held = held
            return
        if self._dialect.transactional_ddl:
            with self.transaction():
                self._held = self._within(lambda cursor: self._schema.create(cursor, tables))
            return
        with self._pool.connection() as connection, self._pool.translated:
            cursor = connection.cursor()
            self._dialect.guard(cursor, self._options)
            self._held = self._schema.create(cursor, tables)
            connection.invalidate()  # which ends the guard

    # ── transactions ─────────────────────────────────────────────────────────

    @property
    def _work(self) -> Work | None:
        """The open transaction of this thread."""
        found: Work | None = getattr(self._thread, "work", None)
        return found

    def transaction(self) -> Transaction:
        """Open a write transaction, or join the one that is open."""
        return Transaction(self)

    def _begin(self) -> None:
        self._lock.acquire()
        try:
            work = self._work
            if work is None:
                foreseen, self._thread.foreseen = getattr(self._thread, "foreseen", ()), ()
                work = _again(partial(self._begun, foreseen), self._pool)
                self._thread.work = work
        except BaseException:
            self._lock.release()
            raise
        work.depth += 1

    def _begun(self, foreseen: Sequence[Question]) -> Work:
        return Work(self._pool, self._writer, foreseen)

    def foresee(self, reads: Sequence[Read]) -> None:
        """Note what this thread will read first in the next transaction that it begins."""
        self._thread.foreseen = [
            asked for read in reads if (asked := self._asked(read)) is not None
        ]

    def _asked(self, read: Read) -> Question | None:
        """Return the one statement that a read is, None where it is none or several."""
        table = read.table
        if read.key is not None:
            keys = [read.key]
            return self._texts.by_keys(table, keys) if self._limits.possible(read.key) else None
        meant = self._limits.meant(read.where)
        parts = [] if meant is None else list(chunks(meant, self._dialect.most_values))
        names = _with_key(table, table.names if read.columns is None else read.columns)
        return self._texts.scan(table, parts[0], names, None, _ROWS) if len(parts) == 1 else None

    def _end(self, failed: bool) -> None:
        work = self._thread.work
        try:
            work.depth -= 1
            if work.depth == 0:
                self._thread.work = None
                work.roll_back() if failed else work.commit()
        finally:
            self._lock.release()

    def _within(self, job: Callable[[Any], T]) -> T:
        """Do a job in a transaction; after a deadlock again where it is all there is in it."""
        return self._writing(lambda work: work.run(job))

    def _writing(self, act: Callable[[Work], T]) -> T:
        """Act in the open transaction, or in one of its own."""
        if self._work is not None:
            return act(self._work)

        def whole() -> T:
            with self.transaction():
                return act(self._thread.work)

        return _again(whole, self._pool, lost=False)

    def _once(self, job: Callable[[Any], T]) -> T:
        """Do a job that only reads: in the open transaction, or by itself."""
        if self._work is not None:
            return self._work.run(job)

        def alone() -> T:
            with self._pool.connection() as connection, self._pool.translated:
                return job(connection.cursor())

        return _again(alone, self._pool)

    def _ask(self, text: str, values: Sequence[Any]) -> Sequence[Any]:
        if self._work is not None:
            return self._work.ask(text, values)
        return self._once(lambda cursor: fetched(cursor, text, values))

    # ── rows ─────────────────────────────────────────────────────────────────

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return the rows of these keys, in their order, None where absent."""
        names = table.names
        possible = [key for key in keys if self._limits.possible(key)]
        found: dict[Any, Any] = {}
        for start in range(0, len(possible), _KEYS):
            some = possible[start : start + _KEYS]
            asked = partial(self._texts.by_keys, table, some)
            found |= by_key(table, self._rows(self._ask, asked, table, names))
        rows = map(found.get, keys)
        return [None if row is None else dict(zip(names, row, strict=True)) for row in rows]

    def _rows(
        self,
        ask: Ask,
        asked: Callable[..., tuple[str, Sequence[Any]]],
        table: Table,
        names: tuple[str, ...],
    ) -> Sequence[Any]:
        """Return the rows that a text asks for."""
        found = self._texts.unpacked(table, names, ask(*asked()))
        return ask(*asked(packed=False)) if found is None else found

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key."""
        table.check_rows(rows)
        self._limits.check_rows(table, rows)
        if not rows:
            return
        stated = {name for row in rows for name, value in row.items() if value is not None}
        names = tuple(name for name in table.names if name in stated)  # few of them: half the time
        values = [tuple(map(row.get, names)) for row in rows]
        text = self._texts.put(table, names, self._emptied(table))
        if _is_little(values):
            with self._pool.translated:
                statements = self._dialect.puts(text, values)
            self._writing(lambda work: work.later(statements))
        else:
            self._within(lambda cursor: self._dialect.put(cursor, text, values))

    def _emptied(self, table: Table) -> tuple[str, ...]:
        """Return the columns that the store has beside those of a declaration."""
        shape = self._held.get(table.name)
        return tuple(name for name in shape.columns if name not in table.known) if shape else ()

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows by key and return how many there were."""
        text = self._texts.delete(table)
        possible = [key for key in keys if self._limits.possible(key)]

        def job(cursor: Any) -> int:
            count = 0
            for start in range(0, len(possible), _KEYS):
                values = self._texts.keys(table, possible[start : start + _KEYS])
                cursor.execute(text.text, text.bound(values))
                count += cursor.rowcount
            return count

        return self._within(job) if possible else 0

    def purge(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows; their bytes stay in files of the server until it writes over them."""
        return self.delete(table, keys)

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append many rows with new keys."""
        held, count = self._texts.table(table), 0
        with self.transaction():
            for batch in batches:
                table.check_batch(batch)
                self._limits.check_batch(table, batch)
                if len(batch):
                    self._within(partial(self._dialect.load, table=held, batch=batch))
                    count += len(batch)
        return count

    # ── scans ────────────────────────────────────────────────────────────────

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

        A scan sees the table as it was when the first batch was asked for; one that
        is begun in a transaction sees what that transaction writes.
        """
        names = tuple(table.names if columns is None else columns)
        for name in (*names, *(cond.field for cond in where)):
            table.check(name)
        meant = self._limits.meant(where)
        if meant is None or limit == 0:
            return
        parts = list(chunks(meant, self._dialect.most_values))
        with self._reader(len(parts) == 1 and limit is not None and limit <= _ROWS) as ask:
            if len(parts) == 1:
                pages = self._pages(ask, table, parts[0], names, after, limit)
                yield from (Batch.from_rows(names, page) for page in pages)
            else:
                yield from self._merged(ask, table, parts, names, after, limit)

    @contextmanager
    def _reader(self, single: bool) -> Iterator[Ask]:
        """Lend what answers the pages of one scan: all of them from one state of the table."""
        if self._work is not None or single:
            yield self._ask
            return
        snapshot = _again(lambda: Work(self._pool, (self._dialect.snapshot,)), self._pool)
        try:
            yield snapshot.ask
        finally:
            snapshot.roll_back()

    def _pages(
        self,
        ask: Ask,
        table: Table,
        where: Sequence[Cond],
        names: tuple[str, ...],
        after: Key | None,
        limit: int | None,
    ) -> Iterator[Sequence[Any]]:
        """Yield rows page by page, each page from where the last one ended."""
        whole = _with_key(table, names)
        places = [whole.index(name) for name in table.key]
        width = len(names)
        size = _ROWS
        while limit is None or limit > 0:
            size = _ROWS if limit is None else min(_ROWS, limit)
            asked = partial(self._texts.scan, table, where, whole, after, size)
            rows = self._rows(ask, asked, table, whole)
            if rows:
                after = tuple(rows[-1][place] for place in places)
                yield rows if len(whole) == width else [row[:width] for row in rows]
            if len(rows) < size:
                return
            limit = None if limit is None else limit - len(rows)

    def _merged(
        self,
        ask: Ask,
        table: Table,
        parts: Sequence[Sequence[Cond]],
        names: tuple[str, ...],
        after: Key | None,
        limit: int | None,
    ) -> Iterator[Batch]:
        """Yield what several scans find together in key order."""
        whole = tuple(dict.fromkeys((*table.key, *names)))
        width, wanted = len(table.key), [whole.index(name) for name in names]
        scans = [
            chain.from_iterable(self._pages(ask, table, part, whole, after, limit))
            for part in parts
        ]
        rows = islice(merge(*scans, key=lambda row: tuple(row[:width])), limit)
        while some := [[row[at] for at in wanted] for row in islice(rows, _ROWS)]:
            yield Batch.from_rows(names, some)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


def _with_key(table: Table, names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that a page of a scan has: those wanted, and where it goes on from."""
    return tuple(dict.fromkeys((*names, *table.key)))


def _is_little(rows: Sequence[Sequence[Any]]) -> bool:
    """Say whether rows are so few and small that nobody need wait for their answer."""
    if len(rows) > _FEW:
        return False
    texts = (value for row in rows for value in row if isinstance(value, str | bytes))
    return sum(map(len, texts)) < _LITTLE


def _again(job: Callable[[], T], pool: Pool, *, lost: bool = True) -> T:
    """Do a job that leaves nothing when it fails, again where that may help at once.

    Args:
        job: What to do.
        pool: Where its connections come from.
        lost: Whether a lost connection is a reason; a server may have been restarted
            while a connection was idle.
    """
    for turn in range(1, _TRIES if pool.patient else 1):
        try:
            return job()
        except CustomerKitError as error:
            gone = lost and isinstance(error, StoreConnectionError) and error.data.get("used")
            if not (gone or error.data.get("again")):
                raise
            if gone:
                pool.renew()
        sleep(_PAUSE * turn)
    return job()
