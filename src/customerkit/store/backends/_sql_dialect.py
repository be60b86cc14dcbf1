"""What differs between SQL servers: all that another dialect has to say."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar

import sqlalchemy as sa

from customerkit.errors import CapabilityError, CustomerKitError
from customerkit.model.batch import Batch, Scalar
from customerkit.model.table import Column, Table
from customerkit.store.backends._sql_url import Options
from customerkit.store.protocol import Capabilities

Meaning = tuple[type[CustomerKitError], str]
Statement = tuple[Any, Sequence[Any] | None]
"""A text and the values of its marks, if any, as a cursor's ``execute`` takes them."""


class Dialect(ABC):
    """Say what a server and its driver do in their own way.

    A backend makes one of its own, so it may keep what it learns of the server.
    """

    driver: ClassVar[str]
    """SQLAlchemy's name of dialect and driver."""
    server: ClassVar[str]
    """What people call the server."""
    capabilities: ClassVar[Capabilities]
    options: ClassVar[AbstractSet[str]]
    """Options of a URL that the driver is handed."""
    meanings: ClassVar[Mapping[Any, Meaning]]
    """What codes of errors mean."""
    again: ClassVar[AbstractSet[Any]]
    """Codes of errors after which the same work may succeed at once."""
    snapshot: ClassVar[str]
    """Begin to read what is committed now, whatever is written meanwhile."""
    current_schema: ClassVar[str]
    """The expression for the schema that a connection uses."""
    transactional_ddl: ClassVar[bool] = True
    most_values: ClassVar[int] = 1_000_000
    """How many values an ``in`` of one statement may have."""
    compares_rows: ClassVar[bool] = True
    """Whether ``(a, b) > (x, y)`` is answered from an index."""

    # ── connections ──────────────────────────────────────────────────────────

    @abstractmethod
    def arguments(self, options: Options) -> dict[str, Any]:
        """Return what :meth:`connect` is given beside host, port, database and credentials."""

    @abstractmethod
    def prepare(self, connection: Any, options: Options) -> None:
        """Set a new connection up; every wait of it must end by itself."""

    @abstractmethod
    def connect(self, arguments: dict[str, Any]) -> Any:
        """Return a new connection of the driver."""

    def cursor(self, connection: Any) -> Any:
        """Return a cursor on a connection that somebody else made."""
        return connection.cursor()

    @abstractmethod
    def code(self, error: BaseException) -> Any:
        """Return the code of a driver's error, None where it has none."""

    def meaning(self, error: BaseException) -> Meaning | None:
        """Say what an error of the driver means, by its code or the class of its code."""
        code = self.code(error)
        if code is None:
            return self.guess(error)
        return self.meanings.get(code) or self.meanings.get(str(code)[:2])

    @abstractmethod
    def guess(self, error: BaseException) -> Meaning | None:
        """Say what an error without a code means."""

    def is_there(self, error: BaseException) -> bool:
        """Say whether an error means that what was to be created is there already."""
        return False

    @abstractmethod
    def writer(self, marks: str) -> Sequence[str]:
        """Return the texts that begin a write transaction and wait for other writers of the base.

        Args:
            marks: The table of marks, quoted; its row of the empty name is the writer's.
        """

    def guard(self, cursor: Any, options: Options) -> None:
        """Keep others from changing the schema until the connection is closed.

        Only for servers whose definitions are in no transaction.

        Raises:
            StoreLockedError: Another process does so for too long.
        """
        raise CapabilityError(f"{self.server} has its definitions in transactions")

    # ── tables ───────────────────────────────────────────────────────────────

    @abstractmethod
    def type_of(self, column: Column, table: Table) -> Any:
        """Return SQLAlchemy's type of a column."""

    def columns(self, names: Sequence[str], schema: str | None) -> str:
        """Return the text that finds the tables of some names, and their columns."""
        place = f"'{schema}'" if schema else self.current_schema
        marks = ", ".join(f"'{name}'" for name in names) or "''"
        return (
            "SELECT table_name, column_name FROM information_schema.columns "
            f"WHERE table_schema = {place} AND table_name IN ({marks})"
        )

    def table_options(self) -> dict[str, Any]:
        """Return SQLAlchemy's options of every table."""
        return {}

    @abstractmethod
    def index(self, name: str, table: Table, columns: Mapping[str, Any]) -> Any:
        """Return an index over columns, whose texts may be of any length."""

    # ── rows ─────────────────────────────────────────────────────────────────

    @abstractmethod
    def upsert(
        self, table: Any, values: Mapping[str, Any], key: Sequence[str], emptied: Sequence[str]
    ) -> Any:
        """Return the statement that inserts a row or replaces the one of its key.

        Args:
            table: SQLAlchemy's table.
            values: Column to parameter.
            key: Names of the key.
            emptied: Columns that the store has beside them.
        """

    @abstractmethod
    def among(self, columns: Sequence[Any], first: int) -> Any:
        """Return the test that columns have one of many values, whatever their number.

        Args:
            columns: SQLAlchemy's columns.
            first: The number of its first parameter; :meth:`bound` makes their values.
        """

    @abstractmethod
    def bound(self, keys: Sequence[tuple[Scalar, ...]], width: int) -> Sequence[Any]:
        """Return the values of the parameters of :meth:`among` over so many columns."""

    def packs(self, type_: Any) -> bool:
        """Say whether columns of a type are better read as one of JSON, which loses nothing.

        That is so where a driver takes long for each column and each value.
        """
        return False

    def limited(self, chosen: Any, limit: Any) -> Any:
        """Return a selection of at most so many rows."""
        return chosen.limit(limit)

    def put(self, cursor: Any, text: Any, rows: Sequence[Sequence[Scalar]]) -> None:
        """Run the compiled upsert for many rows."""
        if len(rows) == 1:
            cursor.execute(text.text, text.bound(rows[0]))
        else:
            cursor.executemany(text.text, list(map(text.bound, rows)))

    def puts(self, text: Any, rows: Sequence[Sequence[Scalar]]) -> Sequence[Statement]:
        """Return the statements of the compiled upsert for few rows."""
        return [(text.text, text.bound(row)) for row in rows]

    def together(
        self, cursor: Any, statements: Sequence[Statement], asked: int = 0
    ) -> list[Sequence[Any]]:
        """Run statements up to the first that fails, in one journey where the driver can.

        Args:
            cursor: Where.
            statements: The statements.
            asked: How many of the last ones have rows to return.

        Returns:
            The rows of those.
        """
        found = []
        for left, statement in zip(range(len(statements), 0, -1), statements, strict=True):
            cursor.execute(*statement)
            if left <= asked:
                found.append(cursor.fetchall())
        return found

    def begin(
        self, cursor: Any, texts: Sequence[str], asked: Sequence[Statement]
    ) -> list[Sequence[Any]]:
        """Begin a transaction and return the rows of what is asked first in it.

        Args:
            cursor: Where.
            texts: Those of :meth:`writer`.
            asked: Statements that only read.
        """
        return self.together(cursor, [*((text, None) for text in texts), *asked], len(asked))

    @abstractmethod
    def load(self, cursor: Any, table: Any, batch: Batch) -> None:
        """Append the rows of a batch as fast as the server can."""


def parameter(number: int, type_: Any = None) -> Any:
    """Return the parameter of a number."""
    return sa.bindparam(f"p{number}", type_=type_)
