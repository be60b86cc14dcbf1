"""Name what a write touches and what an answer depends on, in words that tell nobody who.

A mark stands for a row or for all rows with one value. It has sixteen bits: many
values share one, so that the marks of an erased person prove nothing. Two that meet
by chance make an answer be asked again, never a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

from attrs import define, field

from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.protocol import Key

EVERYTHING = "*"
_MOST = 60  # rows of one table and write; beyond, the table as a whole is marked


def whole(table: Table) -> str:
    """Return the word for so many rows of a table that they are not marked one by one."""
    return f"!{table.name}"


def touched(table: Table) -> str:
    """Return the word for any row of a table."""
    return f"+{table.name}"


def row_mark(table: Table, key: Key) -> str:
    """Return the mark of the row with a key."""
    return _mark(table.name, table.key, key)


def value_mark(table: Table, column: str, value: Any) -> str:
    """Return the mark of all rows that have a value in a column.

    Example:
        >>> from customerkit.model.tables import MEMBERS
        >>> value_mark(MEMBERS, "customer_id", 7) == value_mark(MEMBERS, "customer_id", 7.0)
        True
    """
    return _mark(table.name, (column,), value)


def _mark(table: str, columns: tuple[str, ...], value: Any) -> str:
    parts = "\0".join(map(_plain, value)) if isinstance(value, tuple) else _plain(value)
    return f"{crc32(parts.encode('utf-8', 'surrogatepass'), _start(table, columns)) & 0xFFFF:04x}"


@cache
def _start(table: str, columns: tuple[str, ...]) -> int:
    """Return the checksum of what all marks of some columns begin with."""
    return crc32(repr((table, columns)).encode())


def _plain(value: Any) -> str:
    """Return one form for values that some store takes for equal."""
    whole_number = isinstance(value, bool) or (isinstance(value, float) and value.is_integer())
    return str(int(value) if whole_number else value)


@lru_cache(maxsize=256)
def tracked(table: Table) -> frozenset[str]:
    """Return the columns whose values are marked: those that a store looks rows up by."""
    return frozenset(table.key) | {columns[0] for columns in table.indexes}


@define
class Marks:
    """Collect the marks of what a transaction writes."""

    _tables: dict[str, set[str] | None] = field(factory=dict)
    _names: dict[str, Table] = field(factory=dict)
    everything: bool = False

    def __bool__(self) -> bool:
        return bool(self._tables) or self.everything

    def keys(self, table: Table, keys: Sequence[Key]) -> None:
        """Mark rows by their keys; what else they were stands in no mark of theirs."""
        found = self._of(table, len(keys))
        if found is not None:
            found.update(row_mark(table, key) for key in keys)

    def rows(self, table: Table, rows: Sequence[Row]) -> None:
        """Mark rows as they are now."""
        found = self._of(table, len(rows))
        if found is None:
            return
        for row in rows:
            found.add(row_mark(table, table.key_of(row)))
            found.update(
                value_mark(table, name, row[name])
                for name in tracked(table)
                if row.get(name) is not None
            )

    def passing(self, table: Table, batches: Iterable[Batch]) -> Iterator[Batch]:
        """Mark the rows of batches while they pass."""
        for batch in batches:
            yield batch
            if self._of(table, len(batch)) is not None:
                self.rows(table, list(batch.dicts()))

    def _of(self, table: Table, more: int) -> set[str] | None:
        """Return the marks of a table so far, None where it is marked as a whole."""
        self._names[table.name] = table
        found = self._tables.setdefault(table.name, set())
        width = 1 + len(tracked(table))
        if found is not None and len(found) + more * width > _MOST * width:
            found = self._tables[table.name] = None
        return found

    def words(self) -> list[str]:
        """Return what was marked, and forget it."""
        if self.everything:
            words = [EVERYTHING]
        else:
            marks: set[str] = set().union(*filter(None, self._tables.values()))
            tables = [(self._names[name], found) for name, found in self._tables.items()]
            words = [touched(table) for table, _ in tables]
            words += [whole(table) for table, found in tables if found is None]
            words += sorted(marks)
        self._tables, self._names, self.everything = {}, {}, False
        return words
