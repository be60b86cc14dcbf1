"""The engine that needs nothing installed: a private SQLite database."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any
from weakref import finalize

from customerkit.engine.protocol import ValueFunction, overflow
from customerkit.model.batch import Batch, Scalar
from customerkit.model.table import Column, ColumnType, Table

_TYPES = {"text": "TEXT", "integer": "INTEGER", "real": "REAL", "blob": "BLOB"}
_KNOWN: dict[str, ColumnType] = {
    "TEXT": "text",
    "INT": "integer",
    "INTEGER": "integer",
    "REAL": "real",
    "BLOB": "blob",
}
_PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)")
_ROWS = 50_000
_REMEMBERED = 200_000  # answers of a value function, so that memory stays bounded


def checked(name: str, columns: Mapping[str, ColumnType]) -> Table:
    """Return a table whose names are safe in SQL.

    Raises:
        UnknownFieldError: A name is no plain identifier.
    """
    found = tuple(Column(column, kind) for column, kind in columns.items())
    return Table(name, found, key=())


def applied(
    batch: Batch,
    function: ValueFunction,
    arguments: Sequence[str],
    results: Mapping[str, ColumnType],
    memo: dict[tuple[Scalar, ...], Sequence[Scalar]],
) -> Batch:
    """Return a batch with the results of a pure function, once a distinct tuple."""
    if len(memo) > _REMEMBERED:
        memo.clear()
    rows = list(map(tuple, batch.rows(arguments)))
    for row in set(rows).difference(memo):
        answer = function(*row)
        memo[row] = answer if isinstance(answer, tuple) else (answer,)
    answers = [memo[row] for row in rows]
    columns = zip(*answers, strict=True) if answers else ([] for _ in results)
    return batch.with_columns(dict(zip(results, map(list, columns), strict=True)))


class SQLiteEngine:
    """Work on columns in a temporary SQLite database."""

    name = "sqlite"

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)
        finalize(self, self._connection.close)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute("PRAGMA cache_size = -131072")

    def put(self, name: str, columns: Mapping[str, ColumnType], batches: Iterable[Batch]) -> None:
        """Make a table from batches; a column absent from a batch is NULL there."""
        checked(name, columns)
        self.drop(name)
        parts = ", ".join(f"{column} {_TYPES[kind]}" for column, kind in columns.items())
        self._connection.execute(f"CREATE TABLE {name} ({parts})")
        for batch in batches:
            known = [column for column in columns if column in batch.names]
            self._append(name, batch if known else _nulls(columns, len(batch)), known or [*columns])

    def attach(self, name: str, columns: Mapping[str, ColumnType], table: Any) -> None:
        """Make a table of Arrow data; here it is copied."""
        self.put(name, columns, map(Batch.from_arrow, table.to_batches(max_chunksize=_ROWS)))

    def _append(self, name: str, batch: Batch, names: Sequence[str]) -> None:
        width = max(1, min(100, 30_000 // max(1, len(names))))
        one = "(" + ", ".join("?" * len(names)) + ")"
        head = f"INSERT INTO {name} ({', '.join(names)}) VALUES "
        rows = iter(batch.rows(names))
        groups = (
            tuple(chain.from_iterable(islice(rows, width))) for _ in range(len(batch) // width)
        )
        self._connection.executemany(head + ", ".join([one] * width), groups)
        self._connection.executemany(head + one, rows)

    def run(self, sql: str, into: str, **parameters: Scalar) -> None:
        """Make table ``into`` from a portable select."""
        checked(into, {})
        self.drop(into)
        with _typed():
            self._connection.execute(f"CREATE TABLE {into} AS {named(sql)}", parameters)

    def map(
        self,
        table: str,
        into: str,
        function: ValueFunction,
        arguments: Sequence[str],
        results: Mapping[str, ColumnType],
    ) -> None:
        """Make table ``into``: ``table`` plus result columns of a pure function."""
        memo: dict[tuple[Scalar, ...], Sequence[Scalar]] = {}
        columns = {**self._columns(table), **results}
        batches: Iterable[Batch] = self.stream(f"SELECT * FROM {table}")
        if into == table:
            batches = list(batches)
        self.put(into, columns, (applied(b, function, arguments, results, memo) for b in batches))

    def _columns(self, table: str) -> dict[str, ColumnType]:
        checked(table, {})
        rows = self._connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,))
        return {name: _KNOWN.get(kind) or self._type_of(table, name) for name, kind in rows}

    def _type_of(self, table: str, column: str) -> ColumnType:
        """Return the type of a computed column, which SQLite does not declare."""
        sql = f"SELECT typeof({column}) FROM {table} WHERE {column} IS NOT NULL LIMIT 1"
        found = self._connection.execute(sql).fetchone()
        return _KNOWN[found[0].upper()] if found else "integer"

    def stream(self, sql: str, **parameters: Scalar) -> Iterator[Batch]:
        """Yield the rows of a portable select as batches."""
        with _typed():
            cursor = self._connection.execute(named(sql), parameters)
            names = [column[0] for column in cursor.description]
            while rows := cursor.fetchmany(_ROWS):
                yield Batch.from_rows(names, rows)

    def index(self, table: str, *columns: str) -> None:
        """Index a table, since joins of subqueries would read it again for each row."""
        checked(table, dict.fromkeys(columns, "text"))
        some = ", ".join(columns)
        name = "_by_".join((table, "_".join(columns)))
        self._connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {table} ({some})")

    def drop(self, *names: str) -> None:
        """Forget tables, those that do not exist included."""
        for name in names:
            checked(name, {})
            self._connection.execute(f"DROP TABLE IF EXISTS {name}")

    def close(self) -> None:
        """Release everything."""
        self._connection.close()


def _nulls(columns: Mapping[str, ColumnType], length: int) -> Batch:
    return Batch.from_columns({name: [None] * length for name in columns})


def named(sql: str) -> str:
    """Return a text with its parameters as ``:name``."""
    return _PARAMETER.sub(r":\1", sql)


@contextmanager
def _typed() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if str(error) == "integer overflow":
            raise overflow() from None
        raise
