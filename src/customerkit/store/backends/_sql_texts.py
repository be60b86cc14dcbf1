"""Write the SQL of a store on a server; each text is compiled once and kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, count
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.sql.elements import quoted_name

from customerkit.model.table import Column, Table
from customerkit.store.backends._conditions import as_tuple, beyond
from customerkit.store.backends._sql_dialect import Dialect, parameter
from customerkit.store.protocol import Cond, Key

_WIDE = 4  # columns from which reading them as one is faster
_COMPARED = {"eq": "__eq__", "lt": "__lt__", "le": "__le__", "gt": "__gt__", "ge": "__ge__"}


class Text:
    """Be one compiled statement.

    Args:
        text: What the driver is handed.
        order: Which of the values given stands at each of its marks.
    """

    __slots__ = ("_order", "text")

    def __init__(self, text: str, order: Sequence[int]) -> None:
        self.text = text
        self._order = None if list(order) == list(range(len(order))) else list(order)

    def bound(self, values: Sequence[Any]) -> Sequence[Any]:
        """Return values in the order of the marks."""
        return values if self._order is None else [values[at] for at in self._order]


class Texts:
    """Compile the statements of one store.

    Args:
        dialect: What differs between servers.
        engine: SQLAlchemy's dialect, which compiles.
        schema: The schema of all tables, where one is named.
    """

    def __init__(self, dialect: Dialect, engine: Any, schema: str | None) -> None:
        self._dialect, self._engine = dialect, engine
        self.schema = schema
        self.table = cache(self._table)
        self.packed = cache(self._packed)
        self.get = cache(self._get)
        self.get_many = cache(self._get_many)
        self.put = lru_cache(maxsize=512)(self._put)
        self.delete = cache(self._delete)
        self._select = lru_cache(maxsize=512)(self._compiled_select)

    def _compiled(self, statement: Any) -> Text:
        compiled = statement.compile(dialect=self._engine)
        order = [int(name[1:]) for name in compiled.positiontup or ()]
        return Text(str(compiled), order)

    def _table(self, table: Table) -> Any:
        """Return SQLAlchemy's form of a table; every name is quoted."""
        columns = [
            sa.Column(
                quoted_name(column.name, True),
                self._dialect.type_of(column, table),
                key=column.name,
                nullable=column.name not in table.key,
                primary_key=column.name in table.key,
                autoincrement=False,
            )
            for column in table.columns
        ]
        return sa.Table(
            quoted_name(table.name, True),
            sa.MetaData(),
            *columns,
            sa.PrimaryKeyConstraint(*table.key),
            schema=self.schema and quoted_name(self.schema, True),
            **self._dialect.table_options(),
        )

    def _columns(self, table: Table, names: Sequence[str]) -> list[Any]:
        held = self.table(table)
        return [held.c[name] for name in names]

    # ── by key ───────────────────────────────────────────────────────────────

    def _chosen(self, table: Table, names: Sequence[str], packed: bool) -> Any:
        columns = self._columns(table, names)
        places, _ = self.packed(table, tuple(names)) if packed else ((), None)
        if not places:
            return sa.select(*columns)
        others = [one for at, one in enumerate(columns) if at not in places]
        return sa.select(sa.func.json_array(*(columns[at] for at in places)), *others)

    def _packed(self, table: Table, names: tuple[str, ...]) -> tuple[tuple[int, ...], Any]:
        """Return the places of the columns that are read as one of JSON, and what puts them back.

        All values of a row are those of the JSON, then the others.
        """
        columns = enumerate(self._columns(table, names))
        places = tuple(at for at, column in columns if self._dialect.packs(column.type))
        if len(places) < _WIDE:
            return (), None
        apart = (*places, *(at for at in range(len(names)) if at not in places))
        return places, itemgetter(*(apart.index(at) for at in range(len(names))))

    def unpacked(
        self, table: Table, names: tuple[str, ...], rows: Sequence[Any]
    ) -> Sequence[Any] | None:
        """Return rows of these columns from what was read; None where one was too large.

        A server returns NULL in place of JSON that is larger than a packet may be.
        """
        places, ordered = self.packed(table, names)
        if not places or not rows:
            return rows
        if any(row[0] is None for row in rows):
            return None
        if len(places) == len(names):
            return [json.loads(row[0]) for row in rows]
        return [ordered([*json.loads(row[0]), *row[1:]]) for row in rows]

    def _get(self, table: Table, packed: bool) -> Text:
        key = self._columns(table, table.key)
        tests = [column == parameter(at, column.type) for at, column in enumerate(key)]
        return self._compiled(self._chosen(table, table.names, packed).where(*tests))

    def _get_many(self, table: Table, packed: bool) -> Text:
        test = self._dialect.among(self._columns(table, table.key), 0)
        return self._compiled(self._chosen(table, table.names, packed).where(test))

    def _delete(self, table: Table) -> Text:
        held = self.table(table)
        return self._compiled(
            sa.delete(held).where(self._dialect.among(self._columns(table, table.key), 0))
        )

    def _put(self, table: Table, stated: tuple[str, ...], emptied: tuple[str, ...]) -> Text:
        """Return the upsert of rows that state some columns; all others become empty."""
        wide = self.table(evolve(table, columns=(*table.columns, *map(Column, emptied))))
        values = {name: parameter(at, wide.c[name].type) for at, name in enumerate(stated)}
        others = [name for name in (*table.names, *emptied) if name not in values]
        return self._compiled(self._dialect.upsert(wide, values, table.key, others))

    def by_keys(
        self, table: Table, keys: Sequence[Key], *, packed: bool = True
    ) -> tuple[str, Sequence[Any]]:
        """Return the text that reads the rows of some keys, and its values."""
        if len(keys) == 1:
            text = self.get(table, packed)
            return text.text, text.bound(as_tuple(keys[0]))
        text = self.get_many(table, packed)
        return text.text, text.bound(self.keys(table, keys))

    def keys(self, table: Table, keys: Sequence[Key]) -> Sequence[Any]:
        """Return what the texts about many keys are bound to."""
        return self._dialect.bound([as_tuple(key) for key in keys], len(table.key))

    # ── scans ────────────────────────────────────────────────────────────────

    def scan(
        self,
        table: Table,
        where: Sequence[Cond],
        names: tuple[str, ...],
        after: Key | None,
        limit: int,
        *,
        packed: bool = True,
    ) -> tuple[str, Sequence[Any]]:
        """Return the text of one page of a scan and its values."""
        shape = tuple((cond.field, cond.op, _shape(cond)) for cond in where)
        values = list(chain.from_iterable(map(self._values, where)))
        if after is not None:
            values += as_tuple(after)
        values.append(limit)
        text = self._select(table, shape, names, after is not None, packed)
        return text.text, text.bound(values)

    def _values(self, cond: Cond) -> Sequence[Any]:
        if cond.op == "null":
            return ()
        if cond.op == "in":
            return self._dialect.bound([(value,) for value in cond.value], 1)
        return [cond.value, *beyond(cond.value)] if cond.op == "prefix" else [cond.value]

    def _compiled_select(
        self,
        table: Table,
        shape: Sequence[tuple[str, str, int]],
        names: Sequence[str],
        after: bool,
        packed: bool,
    ) -> Text:
        numbers = count()
        held = self.table(table)
        tests = [self._test(held.c[field], op, number, numbers) for field, op, number in shape]
        key = self._columns(table, table.key)
        if after:
            tests.append(self._later(key, [parameter(next(numbers), c.type) for c in key]))
        chosen = self._chosen(table, names, packed).where(*tests).order_by(*key)
        limit = parameter(next(numbers), sa.BigInteger())
        return self._compiled(self._dialect.limited(chosen, limit))

    def _later(self, key: Sequence[Any], marks: Sequence[Any]) -> Any:
        """Return the test that a row comes after a key, from the left."""
        if len(key) == 1:
            return key[0] > marks[0]
        if self._dialect.compares_rows:
            return sa.tuple_(*key) > sa.tuple_(*marks)
        rest = self._later(key[1:], marks[1:])
        return sa.or_(key[0] > marks[0], sa.and_(key[0] == marks[0], rest))

    def _test(self, column: Any, op: str, number: int, numbers: Iterator[int]) -> Any:
        if op == "null":
            return column.is_(None) if number else column.is_not(None)
        first = next(numbers)
        if op == "in":
            return self._dialect.among([column], first)
        mark = parameter(first, column.type)
        if op != "prefix":
            return getattr(column, _COMPARED[op])(mark)
        if number == 1:
            return column >= mark
        return sa.and_(column >= mark, column < parameter(next(numbers), column.type))


def _shape(cond: Cond) -> int:
    """Return what of a condition's value decides the text of its SQL."""
    if cond.op == "null":
        return int(bool(cond.value))
    return 1 + len(beyond(cond.value)) if cond.op == "prefix" else 1


def by_key(table: Table, rows: Sequence[Sequence[Any]]) -> dict[Any, Sequence[Any]]:
    """Return rows with all columns of a table by their keys."""
    key = itemgetter(*(table.names.index(name) for name in table.key))
    return {key(row): row for row in rows}
