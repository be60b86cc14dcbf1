"""Say which reads can be answered from what was read before, and what their answers depend on."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Any, cast

from attrs import frozen

from customerkit.model.batch import Scalar
from customerkit.model.table import Table
from customerkit.store.protocol import Cond, Key
from customerkit.store.wrappers._marks import row_mark, tracked, value_mark, whole

SMALL = 64
"""At most so many rows, or values of a condition: what is larger is no common question."""

Rows = list[tuple[Scalar, ...]]


@frozen
class Question:
    """Ask for rows that one of a few values leads to.

    Args:
        table: The table.
        names: The columns that are wanted, and those of the key.
        where: All conditions, in a form that can be compared.
        limit: At most so many rows.
        anchors: The marks of the values that lead there.
    """

    table: Table
    names: tuple[str, ...]
    where: tuple[tuple[Any, ...], ...]
    limit: int | None
    anchors: tuple[str, ...]

    @property
    def key(self) -> Hashable:
        """Return what tells it from other questions."""
        return self.table, self.names, self.where, self.limit

    @property
    def text(self) -> str:
        """Return the same as a text."""
        return repr((self.table.name, self.names, self.where, self.limit))

    def rows(self, told: list[list[Scalar]]) -> Rows:
        """Return rows as they were written, where they are rows of an answer."""
        if {len(row) for row in told} - {len(self.names)}:
            raise ValueError("these are no rows of this answer")
        return [tuple(row) for row in told]

    def words(self, rows: Rows) -> tuple[str, ...]:
        """Return what an answer depends on: what leads there, and each row that was found."""
        places = [self.names.index(name) for name in self.table.key]
        keys = (tuple(row[at] for at in places) for row in rows)
        marks = (row_mark(self.table, cast("Key", key)) for key in keys)
        return tuple(dict.fromkeys([whole(self.table), *self.anchors, *marks]))


def question(
    table: Table, where: Sequence[Cond], columns: Sequence[str] | None, limit: int | None
) -> Question | None:
    """Return a scan as a question, None where nothing but the store can answer it."""
    wanted = table.names if columns is None else tuple(columns)
    if not table.known.issuperset([*wanted, *(cond.field for cond in where)]):
        return None
    anchors = min(filter(None, (_anchors(table, cond) for cond in where)), key=len, default=None)
    told = [_told(cond) for cond in where]
    if anchors is None or None in told:
        return None
    names = (*wanted, *(name for name in table.key if name not in wanted))
    return Question(table, names, tuple(filter(None, told)), limit, anchors)


def _anchors(table: Table, cond: Cond) -> tuple[str, ...] | None:
    """Return the marks of the few values that a condition leaves, None where it leaves more."""
    if cond.field not in tracked(table) or cond.op not in ("eq", "in"):
        return None
    values = [cond.value] if cond.op == "eq" else cond.value
    if len(values) > SMALL or not all(type(value) is _kind(table, cond.field) for value in values):
        return None
    return tuple(value_mark(table, cond.field, value) for value in values) or None


def _told(cond: Cond) -> tuple[Any, ...] | None:
    values = tuple(cond.value) if cond.op == "in" and len(cond.value) <= SMALL else cond.value
    parts = values if isinstance(values, tuple) else (values,)
    plain = all(isinstance(part, str | int | float | bytes | None) for part in parts)
    return (cond.field, cond.op, values, *map(type, parts)) if plain else None


@lru_cache(maxsize=1024)
def _kind(table: Table, column: str) -> type | None:
    """Return the exact type of values of a column that can be told from each other."""
    return {"integer": int, "text": str}.get(table.check(column).type)


@lru_cache(maxsize=256)
def _kinds(table: Table) -> tuple[type | None, ...]:
    return tuple(_kind(table, name) for name in table.key)


def is_plain(table: Table, key: Key) -> bool:
    """Say whether a key is of exactly the types of its columns."""
    kinds = _kinds(table)
    if isinstance(key, tuple):
        return len(key) > 1 and tuple(map(type, key)) == kinds
    return len(kinds) == 1 and type(key) is kinds[0]
