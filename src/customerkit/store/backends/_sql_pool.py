"""Hold the connections to one server: none is used by two threads at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL

from customerkit.store.backends._sql_dialect import Dialect
from customerkit.store.backends._sql_errors import Translated
from customerkit.store.backends._sql_url import Options

Password = str | Callable[[], str] | None
_KEPT, _MORE = 4, 28
_MOST_AGE = 1800.0


class Pool:
    """Borrow connections, and keep some open.

    Connections commit each statement by themselves unless a transaction is begun.

    Args:
        dialect: What differs between servers.
        options: Where the server is.
        password: A password, or what is called for one whenever a connection is made;
            that of the options by default.
    """

    patient = True
    """Whether work that failed may be tried again here."""

    def __init__(self, dialect: Dialect, options: Options, password: Password) -> None:
        self.dialect, self._options, self._password = dialect, options, password
        self._process = os.getpid()
        self._engine = self._made()
        self.engine_dialect: Any = self._engine.dialect
        driver = self._engine.dialect.dbapi
        self.translated = Translated(dialect, driver, options.place, used=True)
        self._connecting = Translated(dialect, driver, options.place, used=False)

    def _made(self) -> Any:
        options = self._options
        url = URL.create(
            self.dialect.driver,
            username=options.user,
            host=options.host,
            port=options.port,
            database=options.database,
        )
        engine = sa.create_engine(
            url,
            connect_args=self.dialect.arguments(options),
            hide_parameters=True,
            isolation_level="AUTOCOMMIT",
            max_overflow=_MORE,
            paramstyle="format",
            pool_recycle=_MOST_AGE,
            pool_reset_on_return=None,
            pool_size=_KEPT,
            pool_timeout=options.timeout,
            pool_use_lifo=True,
        )
        sa.event.listen(engine, "do_connect", self._connected)
        sa.event.listen(engine, "connect", self._prepared)
        return engine

    def _connected(self, dialect: Any, record: Any, args: Any, given: dict[str, Any]) -> Any:
        password = self._password() if callable(self._password) else self._password
        password = password or self._options.password
        return self.dialect.connect({**given, "password": password} if password else given)

    def _prepared(self, connection: Any, record: Any) -> None:
        self.dialect.prepare(connection, self._options)

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """Lend a connection; one whose user failed is closed, not kept."""
        borrowed = self.borrow()
        try:
            yield borrowed
        except BaseException:
            self.drop(borrowed)
            raise
        self.give_back(borrowed)

    def borrow(self) -> Any:
        """Return a connection of the pool."""
        if self._process != os.getpid():  # a fork must not talk through its parent's sockets
            self._engine.dispose(close=False)
            self._process = os.getpid()
        with self._connecting:
            return self._engine.raw_connection()

    def give_back(self, connection: Any) -> None:
        """Take back a connection that is in no transaction."""
        if self._process == os.getpid():
            connection.close()

    def drop(self, connection: Any) -> None:
        """Close a connection whose state nobody knows; the server rolls it back."""
        if self._process == os.getpid():
            with suppress(Exception):  # it may be broken, which is why it is dropped
                connection.invalidate()

    def renew(self) -> None:
        """Forget all idle connections, as after a server was restarted."""
        self._engine.dispose()

    def close(self) -> None:
        """Close what is idle; what is lent closes when it comes back."""
        self._engine.dispose()
