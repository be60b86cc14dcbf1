"""Keep rows in a database of Django, on its own connection and in its own transactions."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from attrs import evolve
from django.db import Error, connections, transaction
from django.utils.connection import ConnectionDoesNotExist
from sqlalchemy.engine import make_url

from customerkit.errors import InputError, StoreError, StoreNotFoundError
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.backends._django_engines import dialect_of
from customerkit.store.backends._sql import Ask, SQLBackend
from customerkit.store.backends._sql_dialect import Dialect, Statement
from customerkit.store.backends._sql_errors import Translated
from customerkit.store.backends._sql_pool import Pool
from customerkit.store.backends._sql_url import Options
from customerkit.store.backends._sql_work import Question, Work
from customerkit.store.protocol import Cond, Key, Read

_URL = re.compile(r"django:(?://)?([^/?#\s]+)/?\Z")
PREFIX = "customerkit_"
"""What the names of all tables begin with, for a project has tables of its own."""


@cache
def prefixed(table: Table) -> Table:
    """Return a table by the name it has among those of a project."""
    return evolve(table, name=PREFIX + table.name)


class _Lent(Pool):
    """Lend the connection that Django keeps for the running thread."""

    def __init__(self, dialect: Any, alias: str) -> None:
        self.dialect, self.alias = dialect, alias
        made = make_url(f"{dialect.driver}://").get_dialect()
        style = "qmark" if dialect.driver == "sqlite" else "format"
        self.engine_dialect = made(paramstyle=style)
        driver = self.django.Database
        self.translated = Translated(dialect, driver, f"database {alias}", used=True)

    @property
    def django(self) -> Any:
        """Return Django's wrapper of the connection."""
        return connections[self.alias]

    @property
    def patient(self) -> bool:  # type: ignore[override] # a fact of the moment here
        """Say whether work may be tried again: within a project's transaction it may not."""
        return not self.django.in_atomic_block

    @contextmanager
    def raising(self) -> Iterator[None]:
        """Raise customerkit's errors for those that Django made of the driver's."""
        try:
            yield
        except Error as error:
            found = self.translated.of(error.__cause__ or error)
            raise found or StoreError(
                f"database {self.alias}: the transaction is broken; leave atomic() first"
            ) from None

    def cursor(self) -> Any:
        """Return a cursor of the driver."""
        with self.raising():
            self.django.ensure_connection()
            self.django.validate_no_broken_transaction()
        return self.dialect.cursor(self.django.connection)

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """Lend what makes cursors."""
        try:
            yield self
        except StoreError:
            self.django.errors_occurred = True  # Django looks whether it is still of use
            raise

    def invalidate(self) -> None:
        """Close what no transaction uses, and with it whatever was locked for it."""
        self.django.close()

    def renew(self) -> None:
        """Let Django connect anew."""
        self.django.close()

    def close(self) -> None:
        """Close nothing: the project goes on with its connection."""


class _Shared(Work):
    """Be a part of Django's transaction, or one that Django begins."""

    __slots__ = ("_atomic",)

    def __init__(self, pool: _Lent, begin: Sequence[str]) -> None:
        self._pool: _Lent = pool
        self.depth = 0
        self._process = os.getpid()
        self._error = None
        self._waiting, self._answers = [], []
        self._atomic = transaction.atomic(using=pool.alias)
        with pool.raising():
            self._atomic.__enter__()
        try:
            self._cursor = pool.cursor()
            with pool.translated:
                for text in begin:
                    self._cursor.execute(text)
        except BaseException:
            self.roll_back()
            raise

    def later(self, statements: Sequence[Statement]) -> None:
        """Run statements now: the project's own may follow, which nothing of ours is sent with."""
        for statement in statements:
            self.run(partial(_run, statement=statement))

    def commit(self) -> None:
        """Keep what was written, if the project keeps what is around it."""
        error = self._error
        if error is None and self._pool.django.needs_rollback:
            error = StoreError(f"database {self._pool.alias}: Django rolls this transaction back")
        if error is not None:
            self.roll_back()
            raise error
        with self._pool.raising():
            self._atomic.__exit__(None, None, None)

    def roll_back(self) -> None:
        """Keep nothing of what was written here."""
        with self._pool.raising():
            self._atomic.__exit__(StoreError, None, None)


def _run(cursor: Any, statement: Statement) -> None:
    cursor.execute(*statement)


class DjangoBackend(SQLBackend):
    """Store rows in a database of the running Django project: ``django://alias``.

    A run is a part of the transaction that is open there, or one of its own, so it
    commits and rolls back with what the project writes. It is as durable as the
    project's settings make the database.

    Args:
        url: ``django://default``, or another alias of ``DATABASES``.

    Raises:
        StoreNotFoundError: ``DATABASES`` has no such alias.
        StoreError: Its engine cannot hold a base.
    """

    def __init__(self, url: str) -> None:
        found = _URL.match(url)
        if found is None:
            raise InputError("a URL of this kind is django://alias, such as django://default")
        self.alias = found[1]
        try:
            connection = connections[self.alias]
        except ConnectionDoesNotExist:
            raise StoreNotFoundError(
                f"DATABASES has no {self.alias!r:.40}; it has {', '.join(connections)}",
                alias=self.alias,
            ) from None
        dialect: Dialect = dialect_of(connection)
        options = Options(None, None, self.alias, None, None)
        self._set_up(dialect, options, _Lent(dialect, self.alias))

    def __repr__(self) -> str:
        return f"<DjangoBackend {self.alias}>"

    @property
    def _lent(self) -> _Lent:
        pool = self._pool
        assert isinstance(pool, _Lent)  # noqa: S101 - __init__ made it
        return pool

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create what is missing: tables, columns, indexes."""
        super().ensure(list(map(prefixed, tables)))

    def foresee(self, reads: Sequence[Read]) -> None:
        """Read nothing ahead: how a transaction begins is Django's affair."""

    def _begun(self, foreseen: Sequence[Question]) -> Work:
        if self._dialect.driver == "sqlite" and not self._held:
            return _Shared(self._lent, ())  # there may be no row to lock before tables are made
        if self._dialect.driver.startswith("mysql") and not self._lent.patient:
            self._check_isolation()
        return _Shared(self._lent, self._writer)

    def _check_isolation(self) -> None:
        """Refuse to write where MySQL shows what was before the lock was had."""
        level = self._lent.django.isolation_level
        if level not in ("read committed", "serializable"):
            raise StoreError(
                f"database {self.alias}: a run in atomic() needs OPTIONS['isolation_level'] = "
                "'read committed' in DATABASES, which is Django's default",
                level=level,
            )

    @contextmanager
    def _reader(self, single: bool) -> Iterator[Ask]:
        """Lend what answers the pages of one scan, each page as it is then."""
        yield self._ask

    # ── rows ─────────────────────────────────────────────────────────────────

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return the rows of these keys, in their order, None where absent."""
        return super().get(prefixed(table), keys)

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key."""
        super().put(prefixed(table), rows)

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows by key and return how many there were."""
        return super().delete(prefixed(table), keys)

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append many rows with new keys."""
        return super().load(prefixed(table), batches)

    def scan(
        self,
        table: Table,
        where: Sequence[Cond] = (),
        *,
        columns: Sequence[str] | None = None,
        after: Key | None = None,
        limit: int | None = None,
    ) -> Iterator[Batch]:
        """Yield matching rows in key order, each page as the table is when it is read."""
        return super().scan(prefixed(table), where, columns=columns, after=after, limit=limit)
