"""Make SQLite tables from the model's tables, and see what is missing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from customerkit.errors import StoreError, StoreVersionError
from customerkit.model.table import Table

APPLICATION_ID = 0x636B6974  # "ckit"
VERSION = 1
_TYPES = {"text": "TEXT", "integer": "INTEGER", "real": "REAL", "blob": "BLOB"}


def check(connection: sqlite3.Connection, name: str) -> None:
    """Refuse a file that is not ours or is newer than we are.

    Raises:
        StoreVersionError: A newer customerkit wrote it.
        StoreError: Its tables of our names are not ours.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    if ours and version > VERSION:
        raise StoreVersionError(
            f"{name} was written by a newer customerkit; upgrade customerkit to open it",
            found=version,
            supported=VERSION,
        )


def _columns(connection: sqlite3.Connection, table: Table) -> set[str]:
    rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table.name,))
    return {row[0] for row in rows}


def missing(connection: sqlite3.Connection, tables: Iterable[Table]) -> bool:
    """Say whether any table, column or index has to be created."""
    known = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    for table in tables:
        if table.name not in known or not known.issuperset(map(_index, *_indexes(table))):
            return True
        if not _columns(connection, table).issuperset(table.names):
            return True
    return False


def _indexes(table: Table) -> tuple[list[Table], list[tuple[str, ...]]]:
    return [table] * len(table.indexes), list(table.indexes)


def _index(table: Table, columns: tuple[str, ...]) -> str:
    return f"{table.name}_by_{'_'.join(columns)}"


def create(connection: sqlite3.Connection, tables: Sequence[Table]) -> None:
    """Create what is missing within the open transaction."""
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    for table in tables:
        columns = _columns(connection, table)
        if not columns:
            connection.execute(_create_sql(table))
        elif not ours and not columns.issuperset(table.names):
            raise StoreError(
                f"the database has a table {table.name} that is not customerkit's; use another file"
            )
        elif not columns.issuperset(table.names):
            _add_columns(connection, table, columns)
        create_indexes(connection, table)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _add_columns(connection: sqlite3.Connection, table: Table, known: set[str]) -> None:
    """Bring a table of an older version up to date."""
    from sqlite_utils import Database  # slow to import, seldom needed

    held = Database(connection).table(table.name)
    for column in table.columns:
        if column.name not in known:
            held.add_column(column.name, _TYPES[column.type])


def _create_sql(table: Table) -> str:
    rowid = len(table.key) == 1 and table.check(table.key[0]).type == "integer"
    parts = [
        f'"{column.name}" {_TYPES[column.type]}'
        + (" PRIMARY KEY" if rowid and column.name in table.key else "")
        for column in table.columns
    ]
    if not rowid:
        parts.append("PRIMARY KEY (" + ", ".join(f'"{name}"' for name in table.key) + ")")
    tail = "" if rowid else " WITHOUT ROWID"
    return f'CREATE TABLE IF NOT EXISTS "{table.name}" ({", ".join(parts)}){tail}'


def create_indexes(connection: sqlite3.Connection, table: Table) -> None:
    """Create the indexes of a table that are missing."""
    for columns in table.indexes:
        names = ", ".join(f'"{name}"' for name in columns)
        sparse = len(columns) == 1 and columns[0] in table.sparse
        connection.execute(
            f'CREATE INDEX IF NOT EXISTS "{_index(table, columns)}" ON "{table.name}" ({names})'
            + (f" WHERE {names} IS NOT NULL" if sparse else "")
        )


def drop_indexes(connection: sqlite3.Connection, table: Table, names: Iterable[str]) -> bool:
    """Drop the indexes of some columns, to be created again in the same transaction.

    Returns:
        False where a scan that is still open forbids it.
    """
    some = set(names)
    try:
        for columns in table.indexes:
            if some.issuperset(columns):
                connection.execute(f'DROP INDEX IF EXISTS "{_index(table, columns)}"')
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_LOCKED:
            raise
        return False
    return True
