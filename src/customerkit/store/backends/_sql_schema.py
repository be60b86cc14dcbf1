"""Make the tables of a store on a server, and know which of them are ours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateSchema, CreateTable

from customerkit.errors import StoreError, StoreVersionError
from customerkit.model.table import Column, Table
from customerkit.store.backends._sql_dialect import Dialect
from customerkit.store.backends._sql_texts import Texts

LAYOUT = 1
MARKS = Table(
    "customerkit_tables",
    (Column("name"), Column("layout", "integer"), Column("shape")),
    key=("name",),
)
"""Tells which tables are ours, and what each of them has."""
WRITER = ""
"""The row that the writer locks where the server has no other lock to give."""
_NAME = 60


@frozen
class Shape:
    """Say what a table has.

    Args:
        columns: Names of its columns.
        indexes: The columns of each of its indexes.
    """

    columns: tuple[str, ...] = ()
    indexes: frozenset[tuple[str, ...]] = frozenset()

    def covers(self, table: Table) -> bool:
        """Say whether nothing of a declaration is missing."""
        return table.known.issubset(self.columns) and self.indexes.issuperset(table.indexes)

    def grown(self, table: Table) -> Shape:
        """Return the shape once the declaration is satisfied."""
        columns = tuple(dict.fromkeys((*self.columns, *table.names)))
        return Shape(columns, self.indexes | set(table.indexes))

    def text(self) -> str:
        """Return the form that is stored."""
        return json.dumps({"columns": self.columns, "indexes": sorted(self.indexes)})

    @classmethod
    def read(cls, text: str) -> Shape:
        """Return the shape of its stored form."""
        held = json.loads(text)
        return cls(tuple(held["columns"]), frozenset(map(tuple, held["indexes"])))


class Schema:
    """Read and write the tables' definitions through an open cursor.

    Args:
        dialect: What differs between servers.
        engine: SQLAlchemy's dialect.
        texts: The texts of the store.
    """

    def __init__(self, dialect: Dialect, engine: Any, texts: Texts) -> None:
        self._dialect, self._engine, self._texts = dialect, engine, texts

    def held(self, cursor: Any) -> dict[str, Shape]:
        """Return what is ours, table by table.

        Raises:
            StoreVersionError: A newer customerkit laid the tables out.
        """
        if MARKS.name not in self._columns(cursor, [MARKS.name]):
            return {}
        marks = self._texts.table(MARKS)
        cursor.execute(self._text(sa.select(marks.c.name, marks.c.layout, marks.c.shape)))
        found = {}
        for name, layout, shape in cursor.fetchall():
            if layout > LAYOUT:
                raise StoreVersionError(
                    "this base was written by a newer customerkit; upgrade customerkit to open it",
                    found=layout,
                    supported=LAYOUT,
                )
            found[name] = Shape.read(shape)
        return found

    def create(self, cursor: Any, tables: Sequence[Table]) -> dict[str, Shape]:
        """Create what is missing and return what is ours; nobody else does so meanwhile.

        Raises:
            StoreError: A table of the same name is not ours.
        """
        if self._texts.schema:
            self._run(cursor, CreateSchema(self._texts.schema, if_not_exists=True))
        self._run(cursor, CreateTable(self._texts.table(MARKS), if_not_exists=True))
        held = self.held(cursor)
        if WRITER not in held:
            self._mark(cursor, WRITER, Shape())
        there = self._columns(cursor, [table.name for table in tables])
        for table in tables:
            if table.name in there and table.name not in held:
                raise StoreError(
                    f"the database has a table {table.name} that is not customerkit's; "
                    "name another database or schema in the URL",
                    table=table.name,
                )
        for table in tables:
            held[table.name] = self._grow(cursor, table, held.get(table.name), there)
        return held

    def _grow(
        self, cursor: Any, table: Table, shape: Shape | None, there: Mapping[str, AbstractSet[str]]
    ) -> Shape:
        known = Shape() if shape is None else shape
        if known.covers(table):
            return known
        if shape is None:
            self._mark(cursor, table.name, known)  # before the table, which is then known as ours
        if table.name not in there:
            self._run(cursor, CreateTable(self._texts.table(table), if_not_exists=True))
        for column in table.columns:
            if column.name not in there.get(table.name, table.known):
                self._add(cursor, table, column.name)
        for columns in table.indexes:
            if columns not in known.indexes:
                self._run(cursor, CreateIndex(self._index(table, columns)))
        grown = known.grown(table)
        self._mark(cursor, table.name, grown)
        return grown

    def _add(self, cursor: Any, table: Table, name: str) -> None:
        """Bring a table of an older version up to date."""
        held = self._texts.table(table)
        column = CreateColumn(held.c[name]).compile(dialect=self._engine)
        place = self._engine.identifier_preparer.format_table(held)
        self._execute(cursor, f"ALTER TABLE {place} ADD COLUMN {column}")

    def _index(self, table: Table, columns: tuple[str, ...]) -> Any:
        held = self._texts.table(table)
        name = f"{table.name}_by_{'_'.join(columns)}"
        if len(name) > _NAME:  # servers cut or refuse longer ones
            digest = hashlib.sha256(name.encode()).hexdigest()[:8]
            name = f"{name[: _NAME - 9]}_{digest}"
        return self._dialect.index(name, table, {column: held.c[column] for column in columns})

    def _columns(self, cursor: Any, names: Sequence[str]) -> dict[str, set[str]]:
        """Return the columns of the tables of these names that are there, ours or not."""
        cursor.execute(self._dialect.columns(names, self._texts.schema))
        found: dict[str, set[str]] = {}
        for name, column in cursor.fetchall():
            found.setdefault(name, set()).add(column)
        return found

    def _mark(self, cursor: Any, name: str, shape: Shape) -> None:
        text = self._texts.put(MARKS, MARKS.names, ())
        cursor.execute(text.text, text.bound((name, LAYOUT, shape.text())))

    def _run(self, cursor: Any, definition: Any) -> None:
        self._execute(cursor, self._text(definition))

    def _text(self, statement: Any) -> str:
        return str(statement.compile(dialect=self._engine))

    def _execute(self, cursor: Any, text: str) -> None:
        try:
            cursor.execute(text)
        except Exception as error:
            if self._dialect.transactional_ddl or not self._dialect.is_there(error):
                raise  # else what a process began to create before it was killed
