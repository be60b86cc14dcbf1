"""Keep rows that were loaded in bulk as columns, and answer questions about them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import compress, islice
from operator import lt
from typing import Any

from attrs import define

from customerkit.model.batch import Batch, Row, Scalar
from customerkit.model.table import Table
from customerkit.store.protocol import Cond, Key, holds


@define(eq=False)
class Segment:
    """Hold loaded rows in ascending order of their key.

    Args:
        table: Whose rows.
        batch: The rows, as they were loaded.
        first: The lowest key.
        last: The highest key.
    """

    table: Table
    batch: Batch
    first: Any
    last: Any

    @classmethod
    def of(cls, table: Table, batch: Batch) -> Segment | None:
        """Return the segment of a batch, None where its keys do not ascend."""
        if not len(batch) or not set(table.key) <= set(batch.names):
            return None
        found = cls(table, batch, None, None)
        if not found._ascends():
            return None
        found.first, found.last = found.key(0), found.key(len(batch) - 1)
        return found

    def _ascends(self) -> bool:
        names = self.table.key
        columns = [self.batch.column(name) for name in names]
        keys: Sequence[Any] = columns[0] if len(names) == 1 else list(zip(*columns, strict=True))
        if any(None in column for column in columns):
            return False
        return all(map(lt, keys, islice(keys, 1, None)))

    def __len__(self) -> int:
        return len(self.batch)

    def key(self, at: int) -> Any:
        """Return the key of the row at a place."""
        parts = tuple(self.batch.column(name)[at] for name in self.table.key)
        return parts[0] if len(parts) == 1 else parts

    def find(self, key: Any) -> int | None:
        """Return the place of a key, None where it is not here."""
        if not self.first <= key <= self.last:
            return None
        if isinstance(key, int) and self.last - self.first + 1 == len(self):
            return int(key - self.first)
        at = self.after(key, inclusive=True)
        return at if at < len(self) and self.key(at) == key else None

    def after(self, key: Any, *, inclusive: bool = False) -> int:
        """Return the first place whose key is greater than a key, or equal where inclusive."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            found = self.key(middle)
            if found < key or (found == key and not inclusive):
                low = middle + 1
            else:
                high = middle
        return low

    def row(self, at: int) -> Row:
        """Return the row at a place, with every column of the table."""
        held = set(self.batch.names)
        return {
            name: self.batch.value(name, at) if name in held else None for name in self.table.names
        }

    def places(self, where: Sequence[Cond], after: Any = None) -> Sequence[int]:
        """Return the places of the rows that satisfy all conditions, in order."""
        found: Sequence[int] = range(0 if after is None else self.after(after), len(self))
        for cond in where:
            if not found:
                break
            found = self._satisfying(cond, found)
        return found

    def _satisfying(self, cond: Cond, places: Sequence[int]) -> Sequence[int]:
        if cond.op in ("eq", "in") and self.table.key == (cond.field,):
            wanted = [cond.value] if cond.op == "eq" else self._near(cond.value)
            hits = {at for key in wanted if (at := self._find_any(key)) is not None}
            return sorted(hits.intersection(places))
        if cond.field not in self.batch.names:
            return places if cond.op == "null" and cond.value else ()
        mask = _mask(self.batch, cond) if isinstance(places, range) else None
        if mask is not None:
            return [at for at in mask if at >= places[0]]
        column = self.batch.column(cond.field)
        if isinstance(places, range):
            kept = (holds(column[at], cond) for at in places)
            return list(compress(places, kept))
        return [at for at in places if holds(column[at], cond)]

    def _near(self, keys: Collection[Any]) -> Collection[Any]:
        """Return the keys that can be here, quickly where they are sorted."""
        if not isinstance(keys, list):
            return keys
        return keys[bisect_left(keys, self.first) : bisect_right(keys, self.last)]

    def _find_any(self, key: Any) -> int | None:
        try:
            return self.find(key)
        except TypeError:  # a key of another type is nobody's
            return None

    def pick(self, places: Sequence[int], names: Sequence[str]) -> Batch:
        """Return some columns of some rows."""
        held = [name for name in names if name in self.batch.names]
        batch = self.batch.select(held)
        if len(places) < len(self):
            batch = batch.take(places)
        if len(held) == len(names):
            return batch
        count = len(places)
        absent: Mapping[str, list[Scalar]] = {n: [None] * count for n in set(names) - {*held}}
        whole = Batch.from_columns({**{n: batch.raw(n) for n in held}, **absent}, count)
        return whole.select(names)


def _mask(batch: Batch, cond: Cond) -> Sequence[int] | None:
    """Return the places that satisfy a condition by Arrow, None where Python has to look."""
    if not batch.is_arrow(cond.field):
        return None
    import pyarrow as pa
    import pyarrow.compute as pc

    column = batch.raw(cond.field)
    kind = str if pa.types.is_string(column.type) else int
    values = cond.value if cond.op == "in" else [cond.value]
    if cond.op != "null" and not all(type(value) is kind for value in values):
        return None
    try:
        if cond.op == "in":
            found = pc.is_in(column, value_set=pa.array(list(values), column.type))
        elif cond.op == "null":
            found = pc.is_null(column) if cond.value else pc.is_valid(column)
        else:
            found = _COMPARE[cond.op](pc, column, pa.scalar(cond.value, column.type))
    except (pa.ArrowInvalid, UnicodeEncodeError, OverflowError):
        return None
    places: Sequence[int] = pc.indices_nonzero(pc.fill_null(found, False)).to_pylist()
    return places


_COMPARE: Mapping[str, Any] = {
    "eq": lambda pc, column, value: pc.equal(column, value),
    "lt": lambda pc, column, value: pc.less(column, value),
    "le": lambda pc, column, value: pc.less_equal(column, value),
    "gt": lambda pc, column, value: pc.greater(column, value),
    "ge": lambda pc, column, value: pc.greater_equal(column, value),
    "prefix": lambda pc, column, value: pc.starts_with(column, value.as_py()),
}


def merged(
    pieces: Batch, rows: Sequence[tuple[Key, Row]], table: Table, names: Sequence[str]
) -> Iterator[Batch]:
    """Yield rows of a segment and single rows together, in key order.

    Args:
        pieces: The segment's rows, key columns included.
        rows: Single rows with their keys, in order.
        table: Whose rows.
        names: The columns wanted.
    """
    keys = list(pieces.rows(table.key))
    held: dict[Any, Row] = {
        key[0] if len(key) == 1 else tuple(key): row
        for key, row in zip(keys, pieces.dicts(), strict=True)
    }
    held.update(rows)
    if held:
        yield Batch.from_dicts([held[key] for key in sorted(held)], names)
