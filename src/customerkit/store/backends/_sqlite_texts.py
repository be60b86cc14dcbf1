"""Write the SQL of a SQLite store; names come from tables, values are always bound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from customerkit.model.table import Table
from customerkit.store.backends._conditions import as_tuple, beyond
from customerkit.store.protocol import Cond, Key

VARIABLES = 30_000
"""Below SQLite's limit of parameters in one statement."""
_OPERATORS = {"eq": "=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _by_key(table: Table) -> str:
    return " AND ".join(f'"{name}" = ?' for name in table.key)


@cache
def get(table: Table) -> str:
    """Return the text that reads one row."""
    return f'SELECT {_quoted(table.names)} FROM "{table.name}" WHERE {_by_key(table)}'


@cache
def put(table: Table) -> str:
    """Return the text that writes one row."""
    marks = ", ".join("?" * len(table.names))
    return f'INSERT OR REPLACE INTO "{table.name}" ({_quoted(table.names)}) VALUES ({marks})'


@cache
def delete(table: Table) -> str:
    """Return the text that deletes one row."""
    return f'DELETE FROM "{table.name}" WHERE {_by_key(table)}'


@cache
def load(table: Table, names: tuple[str, ...], width: int) -> str:
    """Return the text that appends some rows."""
    one = "(" + ", ".join("?" * len(names)) + ")"
    many = ", ".join([one] * width)
    return f'INSERT INTO "{table.name}" ({_quoted(names)}) VALUES {many}'


def scan(
    table: Table,
    where: Sequence[Cond],
    names: tuple[str, ...],
    after: Key | None,
    limit: int | None,
) -> tuple[str, list[Any]]:
    """Return the text of a scan and its values."""
    shape = tuple((cond.field, cond.op, _count(cond)) for cond in where)
    values = list(chain.from_iterable(map(_bound, where)))
    if after is not None:
        values += as_tuple(after)
    if limit is not None:
        values.append(limit)
    return _select(table, shape, names, after is not None, limit is not None), values


@lru_cache(maxsize=256)
def _select(
    table: Table,
    shape: tuple[tuple[str, str, int], ...],
    names: tuple[str, ...],
    after: bool,
    limit: bool,
) -> str:
    tests = [_test(*cond) for cond in shape]
    if after:
        tests.append(f"({_quoted(table.key)}) > ({', '.join('?' * len(table.key))})")
    sql = f'SELECT {_quoted(names)} FROM "{table.name}"'
    sql += (" WHERE " + " AND ".join(tests)) if tests else ""
    sql += f" ORDER BY {_quoted(table.key)}"
    return f"{sql} LIMIT ?" if limit else sql


def _test(field: str, op: str, count: int) -> str:
    name = f'"{field}"'
    if op == "null":
        return f"{name} IS {'' if count else 'NOT '}NULL"
    if op == "in":
        return f"{name} IN ({', '.join('?' * count)})"
    if op == "prefix":
        return f"({name} >= ?" + (f" AND {name} < ?)" if count > 1 else ")")
    return f"{name} {_OPERATORS[op]} ?"


def _count(cond: Cond) -> int:
    """Return what of a condition's value decides the text of its SQL."""
    if cond.op == "null":
        return int(bool(cond.value))
    return len(_bound(cond))


def _bound(cond: Cond) -> Sequence[Any]:
    if cond.op == "null":
        return ()
    if cond.op == "in":
        return list(cond.value)
    return [cond.value, *beyond(cond.value)] if cond.op == "prefix" else [cond.value]
