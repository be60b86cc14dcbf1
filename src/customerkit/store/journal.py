"""Give a store without transactions atomic runs, in front of which readers see no half."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import RLock, get_ident
from typing import Any, TypeVar

from attrs import define, evolve

from customerkit.errors import (
    CapabilityError,
    InputError,
    StoreError,
    TransientStoreError,
)
from customerkit.model.batch import Batch, Row, Scalar, integer
from customerkit.model.table import Table
from customerkit.store._journal_log import Log, State, Timing, View, lost
from customerkit.store._journal_repair import Change, Repair, swap
from customerkit.store._journal_scans import Scans, holds, slow
from customerkit.store._journal_tables import (
    EPOCH,
    GONE,
    OWN,
    SCHEMAS,
    WAS,
    Stored,
    dumps,
    loads,
    parts,
)
from customerkit.store._journal_versions import Versions
from customerkit.store.protocol import Backend, Cond, Key, Swaps

T = TypeVar("T")
_TRIES = 20


@define
class _Work:
    """Hold what one transaction knows.

    Args:
        before: How far the runs were when it began.
        view: What it sees: all that was done before, and what it writes itself.
        repair: Works on the store in its epoch.
        wrote: Whether anything was written, so that there may be something to take back.
        unsure: Whether a write failed of which nobody knows how much was done.
        purged: Whether rows were purged.
        schema: How often tables were declared anew.
    """

    before: State
    view: View
    repair: Repair
    wrote: bool = False
    unsure: bool = False
    purged: bool = False
    schema: int = 0


class Journal:
    """Write runs to a store without transactions so that each counts whole or not at all.

    Each transaction is an epoch. A row is stamped with the epoch that wrote it, and
    what it was before is written beside it first. Readers see the rows of the epochs
    that had ended when they began, and of others what was before. So one insert, which
    says that the epoch ended, makes all of it count at once; a run that was cut off is
    void, and the next writer takes it back. Rows of new keys are written once.

    One process writes at a time. Who gives no sign of life is taken for dead; what it
    still writes afterwards is void, and where the store swaps
    (:class:`~customerkit.store.protocol.Swaps`) it overwrites nothing.

    Args:
        inner: The store.
        timing: How long things may take.

    Raises:
        CapabilityError: A table has columns whose names end with an underscore.
    """

    def __init__(self, inner: Backend, timing: Timing | None = None) -> None:
        self.inner = inner
        self.capabilities = evolve(inner.capabilities, transactions=True)
        timing = timing or Timing(patience=getattr(inner, "patience", 30.0))
        self._log = Log(inner, timing, alone=not inner.capabilities.multi_process)
        self._versions = Versions(inner)
        self._scans = Scans(inner, self._log, self._versions)
        self._tables: dict[str, Stored] = {}
        self._schema = -1
        self._lock = RLock()
        self._work: _Work | None = None
        self._owner: int | None = None

    def __repr__(self) -> str:
        return f"<Journal on {self.inner!r}>"

    # ── tables ───────────────────────────────────────────────────────────────

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create what is missing, and write down what was declared."""
        for table in tables:
            if any(name in (EPOCH, GONE, WAS) for name in table.names):
                raise CapabilityError(f"{table.name} has columns that the journal needs itself")
        self.inner.ensure(OWN)
        with self._lock:
            self._learn()
            news: dict[str, Stored] = {}
            for table in tables:
                held = news.get(table.name) or self._tables.get(table.name)
                news[table.name] = held.widened(table) if held else Stored.of(table)
            stored = [evolve(news[t.name].main, indexes=t.indexes, sparse=t.sparse) for t in tables]
            self.inner.ensure([*stored, *(new.past for new in news.values())])
            if any(self._is_new(new) for new in news.values()):
                self._declare(news)

    def _widened(self, table: Table) -> Stored:
        held = self._tables.get(table.name)
        return held.widened(table) if held else Stored.of(table)

    def _is_new(self, stored: Stored) -> bool:
        held = self._tables.get(stored.table.name)
        return held is None or held.table.names != stored.table.names

    def _declare(self, news: dict[str, Stored]) -> None:
        """Tell every writer of new columns, so that none of them loses what is in one."""
        with self.transaction():
            assert self._work is not None  # noqa: S101 - a transaction is open
            wider = {name: self._widened(new.table) for name, new in news.items()}
            rows: list[Row] = [
                {"name": name, "value": dumps(new.table)}
                for name, new in wider.items()
                if self._is_new(new)
            ]
            self._write(self.inner.put, SCHEMAS, rows)
            self._work.schema += 1
            self._tables.update(wider)
            self._schema = -1

    def _learn(self) -> None:
        """Learn of the tables and columns that others declared."""
        for batch in self.inner.scan(SCHEMAS):
            for row in batch.dicts():
                table = loads(str(row["name"]), str(row["value"]))
                self._tables[table.name] = self._widened(table)

    def _stored(self, table: Table) -> Stored:
        found = self._tables.get(table.name)
        if found is None:
            with suppress(StoreError), self._lock:
                self._learn()
            found = self._tables.get(table.name)
        if found is None:
            raise StoreError(f"table {table.name} does not exist; call ensure first")
        return found

    # ── transactions ─────────────────────────────────────────────────────────

    def _mine(self) -> View | None:
        """Return what the transaction of this thread sees, None where it has none."""
        work = self._work
        return work.view if work is not None and self._owner == get_ident() else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a write transaction, or join the one that is open."""
        if self._mine() is not None:
            yield
            return
        with self._lock:
            purged = False
            work = self._begin()
            try:
                yield
                self._commit(work)
                purged = work.purged
            except BaseException:
                self._abort(work)
                raise
            finally:
                self._work = self._owner = None
        if purged:
            self._forget(work.before.seen + 1)

    def _forget(self, epoch: int) -> None:
        """See to it that nothing is left of what an epoch purged: the next writer forgets it."""
        try:
            with self.transaction():
                pass
        except TransientStoreError as error:
            if self._log.state().forgotten < epoch:
                raise TransientStoreError(
                    "the run is done, but what it purged is not yet forgotten; "
                    "the next run will see to it"
                ) from error

    def _begin(self) -> _Work:
        before = self._log.begin()
        self._log.live(before)
        epoch = before.seen + 1
        repair = Repair(self.inner, self._tables, epoch, before.view())
        view = before.view_of(epoch)
        work = _Work(before, view, repair, schema=before.schema)
        try:
            self._prepare(work)
        except BaseException:
            work.unsure = True
            self._abort(work)
            raise
        self._work, self._owner = work, get_ident()
        return work

    def _prepare(self, work: _Work) -> None:
        """Do what earlier writers left: learn of tables, take back, forget."""
        before, repair = work.before, work.repair
        if before.schema != self._schema:
            self._learn()
            self._schema = before.schema
        for epoch in before.repair:
            repair.take_back(epoch)
        if before.horizon > before.forgotten:
            repair.forget(before.horizon, purge=before.due > before.forgotten)

    def _commit(self, work: _Work) -> None:
        if work.unsure:
            raise TransientStoreError("a write of this transaction failed; run it again")
        due = work.before.seen + 1 if work.purged else 0
        try:
            done = self._log.end(work.before, due=due, schema=work.schema)
        except StoreError:
            work.unsure = True
            if not self._done(work):
                raise
            return
        if not done:
            work.unsure = True
            raise lost()

    def _done(self, work: _Work) -> bool:
        """Say whether a commit of which the store did not tell was done after all."""
        with suppress(StoreError):
            return bool(self._log.done(work.before))
        return False

    def _abort(self, work: _Work) -> None:
        """Take back what was written, or leave it to the next writer."""
        self._log.rest()
        with suppress(Exception):
            if not work.unsure:
                if work.wrote:
                    work.repair.take_back(work.before.seen + 1)
                if self._log.end(work.before, schema=work.schema):
                    return
        with suppress(Exception):
            self._log.end(work.before, void=True)

    def _write(self, call: Any, *args: Any) -> Any:
        """Write to the store within the open transaction."""
        work = self._work
        assert work is not None  # noqa: S101 - every caller opened one
        try:
            self._log.check(work.before)
            work.wrote = True
            return call(*args)
        except InputError:
            raise  # refused, before anything was written
        except BaseException:
            work.unsure = True
            raise

    def _swap(self, stored: Stored, changes: Sequence[Change]) -> None:
        work = self._work
        assert work is not None  # noqa: S101 - every caller opened one
        later = any(integer(was) > work.view.epoch for _, was, _ in changes)
        if later or self._write(swap, self.inner, stored, changes) != len(changes):
            work.unsure = True  # others wrote, so this one was taken for dead
            raise lost()

    # ── rows ─────────────────────────────────────────────────────────────────

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return the rows of these keys, in their order, None where absent."""
        stored, mine = self._stored(table), self._mine()
        for _ in range(_TRIES):
            view = mine or self._log.state().view()
            rows = self._versions.rows(stored, keys, view)
            if mine or holds(self._log, view):
                return [row and {name: row[name] for name in table.names} for row in rows]
        raise slow()

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key."""
        table.check_rows(rows)
        stored = self._stored(table)
        with self.transaction():
            blank = dict.fromkeys(stored.table.names)
            self._put(stored, {table.key_of(row): {**blank, **row} for row in rows})

    def _put(self, stored: Stored, rows: dict[Any, Row]) -> None:
        """Write what rows were, insert those that are new, and replace the others."""
        if not rows:
            return
        work = self._work
        assert work is not None  # noqa: S101 - every caller opened one
        epoch = work.view.epoch
        mains = dict(zip(rows, self.inner.get(stored.main, list(rows)), strict=True))
        self._keep(stored, mains)
        stamped = {key: {**row, EPOCH: epoch, GONE: None} for key, row in rows.items()}
        news = [row for key, row in stamped.items() if mains[key] is None]
        if news:
            self._write(self._insert, stored, news)
        self._swap(
            stored,
            [(key, row[EPOCH], stamped[key]) for key, row in mains.items() if row is not None],
        )

    def _insert(self, stored: Stored, rows: Sequence[Row]) -> None:
        if not isinstance(self.inner, Swaps):
            self.inner.put(stored.main, rows)
            return
        try:
            self.inner.load(stored.main, [Batch.from_dicts(rows, stored.main.names)])
        except InputError:
            if any(self.inner.get(stored.main, [stored.table.key_of(row) for row in rows])):
                raise lost() from None
            raise

    def _keep(self, stored: Stored, mains: dict[Any, Row | None]) -> None:
        """Write down what rows were before this epoch, unless it is its own."""
        work = self._work
        assert work is not None  # noqa: S101 - every caller opened one
        view = work.view
        void = [k for k, row in mains.items() if row is not None and not view.sees(row[EPOCH])]
        right = self._versions.before(stored, void, view) if void else {}
        hidden = set(void)
        pasts: list[Row] = []
        for key, row in mains.items():
            if row is not None and row[EPOCH] == view.epoch:
                continue
            was = right.get(key) if key in hidden else row
            pasts.append(self._past(stored, key, was))
        if pasts:
            self._write(self.inner.load, stored.past, [Batch.from_dicts(pasts, stored.past.names)])

    def _past(self, stored: Stored, key: Any, row: Row | None) -> Row:
        assert self._work is not None  # noqa: S101 - every caller opened one
        content: Row = dict(zip(stored.table.key, parts(key), strict=True))
        was: Scalar = 0
        if row is not None:
            content = stored.content(row)
            was = row[WAS] if WAS in row else row[EPOCH]
        gone = 1 if row is None else row[GONE]
        return {**content, EPOCH: self._work.view.epoch, WAS: was, GONE: gone}

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows by key and return how many there were."""
        stored = self._stored(table)
        with self.transaction():
            wanted = list(dict.fromkeys(keys))
            work = self._work
            assert work is not None  # noqa: S101 - a transaction is open
            found = self.inner.get(stored.main, wanted)
            seen = self._versions.seen(stored, wanted, found, work.view)
            there = {k: f for k, f, s in zip(wanted, found, seen, strict=True) if s is not None}
            if there:
                self._mark(stored, work, there)
            return len(there)

    def _mark(self, stored: Stored, work: _Work, mains: dict[Any, Row | None]) -> None:
        """Mark rows as deleted; a later writer deletes them when nobody reads them any more."""
        self._write(work.repair.note, stored.table.name, "dropped", list(mains))
        self._keep(stored, mains)
        blank: Row = {**dict.fromkeys(stored.table.names), EPOCH: work.view.epoch, GONE: 1}
        self._swap(
            stored,
            [
                (key, row[EPOCH], {**blank, **dict(zip(stored.table.key, parts(key), strict=True))})
                for key, row in mains.items()
                if row is not None
            ],
        )

    def purge(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows, and forget them as soon as the transaction has ended."""
        if not keys:
            return 0
        with self.transaction():
            assert self._work is not None  # noqa: S101 - a transaction is open
            self._work.purged = True
            return self.delete(table, keys)

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append many rows with new keys; each is written once."""
        stored = self._stored(table)
        with self.transaction():
            return sum(self._append(stored, table, batch) for batch in batches)

    def _append(self, stored: Stored, table: Table, batch: Batch) -> int:
        table.check_batch(batch)
        if not len(batch):
            return 0
        work = self._work
        assert work is not None  # noqa: S101 - the caller opened one
        columns = [batch.column(name) for name in table.key]
        keys: Any = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
        self._write(work.repair.note, table.name, "loaded", [min(keys), max(keys)])
        stamped = batch.with_columns({EPOCH: [work.view.epoch] * len(batch)})
        try:
            self._write(self.inner.load, stored.main, [stamped])
        except InputError:
            if not self._hidden(stored, work.view, keys):
                self._still(work)
                raise
            blank = dict.fromkeys(stored.table.names)
            rows = zip(keys, batch.dicts(), strict=True)
            self._put(stored, {key: {**blank, **row} for key, row in rows})
        return len(batch)

    def _still(self, work: _Work) -> None:
        """Raise the error of a writer that was taken for dead, if this one was."""
        if self._log.done(work.before) is not None:
            work.unsure = True
            raise lost() from None

    def _hidden(self, stored: Stored, view: View, keys: Sequence[Any]) -> bool:
        """Say whether only deleted or void rows stand where these are to be loaded."""
        mains = self.inner.get(stored.main, keys)
        seen = self._versions.seen(stored, keys, mains, view)
        return len(set(keys)) == len(keys) and any(mains) and not any(seen)

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
        """Yield matching rows in key order, as they were when the first was asked for.

        Raises:
            TransientStoreError: Others wrote for so long that this is not known any more.
        """
        names = tuple(table.names if columns is None else columns)
        for name in (*names, *(cond.field for cond in where)):
            table.check(name)
        return self._scans.scan(self._stored(table), where, names, after, limit, self._mine())

    def close(self) -> None:
        """Release the store."""
        self.inner.close()
