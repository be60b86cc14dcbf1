"""Hold one table in memory: segments of columns, and single rows over them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import Any

from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.backends._segment import Segment, merged
from customerkit.store.protocol import Cond, Key, matches

_ROWS = 20_000


class Rows:
    """Hold the rows of one table.

    A single row hides the row of the same key in a segment; ``hidden`` has the
    keys of segments that were deleted or are held as single rows.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.segments: list[Segment] = []
        self.hidden: set[Key] = set()
        self.rows: dict[Key, Row] = {}
        self.order: list[Key] | None = []
        self.indexes: dict[str, dict[Any, set[Key]]] = {
            columns[0]: defaultdict(set) for columns in table.indexes
        }

    def key(self, row: Row) -> Any:
        names = self.table.key
        return row[names[0]] if len(names) == 1 else tuple(row[name] for name in names)

    def keys(self) -> list[Key]:
        """Return the keys of all single rows, in order."""
        if self.order is None:
            self.order = sorted(self.rows)
        return self.order

    def segment(self, key: Any) -> tuple[Segment, int] | None:
        """Return where a key is among the segments, hidden or not."""
        at = bisect_right(self.segments, key, key=attrgetter("first")) - 1
        place = self.segments[at].find(key) if at >= 0 else None
        return None if place is None else (self.segments[at], place)

    def get(self, key: Key) -> Row | None:
        """Return a row, None where there is none."""
        row = self.rows.get(key)
        if row is not None:
            return dict(row)
        found = self.segment(key) if self.segments and key not in self.hidden else None
        return None if found is None else found[0].row(found[1])

    def has(self, key: Key) -> bool:
        """Say whether there is a row of this key."""
        if key in self.rows:
            return True
        return bool(self.segments) and key not in self.hidden and self.segment(key) is not None

    def set(self, key: Key, row: Row | None) -> None:
        """Hold a single row, or none."""
        old = self.rows.pop(key, None)
        if row is not None:
            self.rows[key] = row
        if (old is None) != (row is None):
            self.order = None
        for name, index in self.indexes.items():
            if old is not None:
                index[old[name]].discard(key)
            if row is not None:
                index[row[name]].add(key)

    def add(self, segment: Segment) -> bool:
        """Take in a segment; False where its keys lie among those that are held."""
        keys = self.keys()
        if bisect_right(keys, segment.last) > bisect_left(keys, segment.first):
            return False
        at = bisect_right(self.segments, segment.first, key=attrgetter("first"))
        if at and self.segments[at - 1].last >= segment.first:
            return False
        if at < len(self.segments) and self.segments[at].first <= segment.last:
            return False
        self.segments.insert(at, segment)
        return True

    def single(self, where: Sequence[Cond], after: Key | None) -> list[tuple[Key, Row]]:
        """Return the single rows that satisfy all conditions, in order."""
        keys = self._candidates(where)
        start = 0 if after is None else bisect_right(keys, after)
        rows = ((key, self.rows[key]) for key in keys[start:])
        return [(key, row) for key, row in rows if matches(row, where)]

    def _candidates(self, where: Sequence[Cond]) -> list[Key]:
        for cond in where:
            if cond.op not in ("eq", "in"):
                continue
            values = [cond.value] if cond.op == "eq" else set(cond.value)
            if self.table.key == (cond.field,):
                return sorted(key for key in values if key in self.rows)
            if cond.field in self.indexes:
                index = self.indexes[cond.field]
                return sorted({key for value in values for key in index.get(value, ())})
        return self.keys()

    def widened(self, table: Table) -> Rows:
        """Return the same rows under a definition with more columns or indexes."""
        names = (*table.names, *(name for name in self.table.names if name not in table.names))
        columns = {column.name: column for column in (*self.table.columns, *table.columns)}
        ordered = tuple(columns[name] for name in names)
        found = Rows(Table(table.name, ordered, table.key, table.indexes, table.sparse))
        found.hidden = self.hidden
        found.segments = [Segment(found.table, s.batch, s.first, s.last) for s in self.segments]
        for key, row in self.rows.items():
            found.set(key, {**dict.fromkeys(names), **row})
        return found

    def scan(self, where: Sequence[Cond], names: Sequence[str], after: Any) -> Iterator[Batch]:
        """Return matching rows in key order as they are now, whatever is written later."""
        single = self.single(where, after)
        segments, hidden = list(self.segments), sorted(self.hidden)
        return _streamed(self.table, segments, hidden, single, where, names, after)


def _streamed(
    table: Table,
    segments: Sequence[Segment],
    hidden: Sequence[Key],
    single: Sequence[tuple[Key, Row]],
    where: Sequence[Cond],
    names: Sequence[str],
    after: Any,
) -> Iterator[Batch]:
    start, keys = 0, [key for key, _ in single]
    own = (*names, *(name for name in table.key if name not in names))
    for segment in segments:
        if after is not None and segment.last <= after:
            continue
        places = _visible(segment, segment.places(where, after), hidden)
        end = bisect_right(keys, segment.last, start)
        if end == start and places:
            yield segment.pick(places, names)
        elif end > start:
            yield from merged(segment.pick(places, own), single[start:end], table, names)
        start = end
    yield from _batches([row for _, row in single[start:]], names)


def _visible(segment: Segment, places: Sequence[int], hidden: Sequence[Any]) -> Sequence[int]:
    """Return the places whose rows are not hidden."""
    some = hidden[bisect_left(hidden, segment.first) : bisect_right(hidden, segment.last)]
    gone = {segment.find(key) for key in some}
    return [at for at in places if at not in gone] if gone else places


def _batches(rows: Sequence[Row], names: Sequence[str]) -> Iterator[Batch]:
    pick = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    for start in range(0, len(rows), _ROWS):
        yield Batch.from_rows(names, [pick(row) for row in rows[start : start + _ROWS]])
