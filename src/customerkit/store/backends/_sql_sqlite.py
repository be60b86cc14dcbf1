"""Speak SQLite in the texts of the SQL servers, on a connection that somebody else made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, ClassVar

import sqlalchemy as sa

from customerkit.errors import CapabilityError, InputError
from customerkit.model.batch import Batch, Scalar
from customerkit.model.table import Column, Table
from customerkit.store.backends._sql_dialect import Dialect, Meaning, parameter
from customerkit.store.backends._sql_url import Options
from customerkit.store.backends._sqlite_errors import MEANINGS
from customerkit.store.backends._sqlite_texts import VARIABLES
from customerkit.store.protocol import Capabilities

_UNFIT: Meaning = (InputError, "a value cannot be stored")


class Cursor:
    """Be a cursor of SQLite that takes a list for one mark.

    Args:
        cursor: The driver's cursor.
    """

    __slots__ = ("_cursor",)

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    def execute(self, text: str, values: Sequence[Any] = ()) -> None:
        """Run a statement; the marks of lists are written out."""
        if any(isinstance(value, list) for value in values):
            parts = text.split("?")  # no name or literal of our texts has one
            marks = [_marks(value) if isinstance(value, list) else "?" for value in values]
            text = "".join(chain.from_iterable(zip(parts, [*marks, ""], strict=True)))
            values = list(chain.from_iterable(map(_flat, values)))
        self._cursor.execute(text, values)

    def executemany(self, text: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for many rows."""
        self._cursor.executemany(text, rows)

    def fetchall(self) -> list[Any]:
        """Return the rows that were found."""
        return self._cursor.fetchall()

    @property
    def rowcount(self) -> int:
        """Return how many rows were written."""
        return self._cursor.rowcount


def _marks(values: list[Any]) -> str:
    """Return the marks of one list: of values, or of rows of values."""
    if values and isinstance(values[0], tuple):
        one = f"({', '.join('?' * len(values[0]))})"
        return f"(VALUES {', '.join([one] * len(values))})"
    return f"({', '.join('?' * len(values))})"


def _flat(value: Any) -> Iterable[Any]:
    if not isinstance(value, list):
        return (value,)
    return chain.from_iterable(value) if value and isinstance(value[0], tuple) else value


class SQLite(Dialect):
    """Speak to SQLite through the standard library."""

    driver = "sqlite"
    server = "SQLite"
    capabilities = Capabilities(physical_purge=False)
    again = frozenset()
    meanings: ClassVar[Mapping[Any, Meaning]] = {
        **MEANINGS,
        sqlite3.SQLITE_CONSTRAINT: (InputError, "a row with this key exists already"),
        sqlite3.SQLITE_MISMATCH: (InputError, "a key is not of its column's type"),
    }
    most_values = VARIABLES

    def arguments(self, options: Options) -> dict[str, Any]:
        """Return nothing: others connect."""
        return {}

    def prepare(self, connection: Any, options: Options) -> None:
        """Leave a connection as others set it up."""

    def connect(self, arguments: dict[str, Any]) -> Any:
        """Refuse: others connect."""
        raise CapabilityError("this dialect speaks on a connection of others; open sqlite:///path")

    def cursor(self, connection: Any) -> Any:
        """Return a cursor that takes lists."""
        return Cursor(connection.cursor())

    def code(self, error: BaseException) -> Any:
        """Return the primary code."""
        code = getattr(error, "sqlite_errorcode", None)
        return None if code is None else code & 0xFF

    def guess(self, error: BaseException) -> Meaning | None:
        """Say what an error of the standard library itself means."""
        return _UNFIT

    def writer(self, marks: str) -> Sequence[str]:
        """Write the writer's row as it is, which takes SQLite's one lock of writers."""
        return [f"UPDATE {marks} SET layout = layout WHERE name = ''"]

    # ── tables ───────────────────────────────────────────────────────────────

    def columns(self, names: Sequence[str], schema: str | None) -> str:
        """Return the text that finds the tables of some names, and their columns."""
        marks = ", ".join(f"'{name}'" for name in names)
        return (
            "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c "
            f"WHERE m.type = 'table' AND m.name IN ({marks})"
        )

    def type_of(self, column: Column, table: Table) -> Any:
        """Return the type; texts are compared by their bytes, which is by code point."""
        return _TYPES[column.type]

    def index(self, name: str, table: Table, columns: Mapping[str, Any]) -> Any:
        """Return an index, which may leave out what is missing."""
        first, column = next(iter(columns.items()))
        sparse = len(columns) == 1 and first in table.sparse
        options = {"sqlite_where": column.is_not(None)} if sparse else {}
        return sa.Index(name, *columns.values(), **options)

    # ── rows ─────────────────────────────────────────────────────────────────

    def upsert(
        self, table: Any, values: Mapping[str, Any], key: Sequence[str], emptied: Sequence[str]
    ) -> Any:
        """Return INSERT OR REPLACE, which empties what is not named."""
        return sa.insert(table).prefix_with("OR REPLACE").values(values)

    def among(self, columns: Sequence[Any], first: int) -> Any:
        """Return a test against a list, which the cursor writes out."""
        tested = columns[0] if len(columns) == 1 else sa.tuple_(*columns)
        return tested.op("IN", is_comparison=True)(parameter(first, sa.types.NullType()))

    def bound(self, keys: Sequence[tuple[Scalar, ...]], width: int) -> Sequence[Any]:
        """Return the list of keys."""
        if width == 1:
            return [[key[0] for key in keys]]
        return [list(keys) or [(None,) * width]]

    def limited(self, chosen: Any, limit: Any) -> Any:
        """Return a selection of at most so many rows; SQLAlchemy would bind an offset too."""
        return chosen.limit(limit).offset(sa.literal_column("0"))

    def load(self, cursor: Any, table: Any, batch: Batch) -> None:
        """Append rows."""
        names = ", ".join(f'"{name}"' for name in batch.names)
        marks = ", ".join("?" * len(batch.names))
        text = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'
        cursor.executemany(text, batch.rows())


_TYPES = {"text": sa.Text(), "integer": sa.Integer(), "real": sa.REAL(), "blob": sa.BLOB()}
