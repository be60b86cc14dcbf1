"""Find what a row was at an epoch, also while others write."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import takewhile
from typing import Any

from attrs import frozen

from customerkit.model.batch import Batch, Row
from customerkit.store._journal_log import View
from customerkit.store._journal_tables import EPOCH, GONE, WAS, Stored, parts
from customerkit.store.protocol import Backend, Cond, Key, matches

_AFTER_ALL = 2**63 - 1
_AT_ONCE = 5_000


@frozen
class Versions:
    """Read rows as they were when a view began.

    The version of a row that a view sees is that of the greatest epoch that it sees,
    among the row itself and what the row was before later epochs. Whoever replaces a
    row writes first what it was: so a reader who looks at the row first, and then at
    what it was, finds a version whatever happens in between.

    Args:
        inner: The store.
    """

    inner: Backend

    def rows(self, stored: Stored, keys: Sequence[Key], view: View) -> list[Row | None]:
        """Return the rows of keys that a view sees, as the store keeps them."""
        return self.seen(stored, keys, self.inner.get(stored.main, keys), view)

    def seen(
        self, stored: Stored, keys: Sequence[Key], found: Sequence[Row | None], view: View
    ) -> list[Row | None]:
        """Return what a view sees of rows that were just read."""
        hidden = {
            key
            for key, row in zip(keys, found, strict=True)
            if row is not None and not view.sees(row[EPOCH])
        }
        if hidden:
            before = self.before(stored, hidden, view)
            found = [
                before.get(key) if key in hidden else row
                for key, row in zip(keys, found, strict=True)
            ]
        return [None if row is None or row[GONE] else row for row in found]

    def before(self, stored: Stored, keys: Collection[Any], view: View) -> dict[Any, Row]:
        """Return the versions of rows that a view sees, but for those that are there now."""
        found: dict[Any, Row] = {}
        wanted, first = list(keys), stored.table.key[0]
        for start in range(0, len(wanted), _AT_ONCE):
            some = set(wanted[start : start + _AT_ONCE])
            where = [Cond(first, "in", sorted({parts(key)[0] for key in some}))]
            rows = (r for b in self.inner.scan(stored.past, where) for r in b.dicts())
            self._best(found, (r for r in rows if stored.table.key_of(r) in some), stored, view)
        return found

    @staticmethod
    def _best(found: dict[Any, Row], rows: Iterable[Row], stored: Stored, view: View) -> None:
        for row in rows:
            key = stored.table.key_of(row)
            held: Any = found.get(key)
            was: Any = row[WAS]
            if view.sees(was) and (held is None or held[WAS] < was):
                found[key] = row

    def _between(
        self, stored: Stored, view: View, after: Key | None, last: Key | None
    ) -> dict[Any, Row]:
        """Return versions of the rows after a key up to another one."""
        table = stored.table
        start = None if after is None else stored.past_key(after, _AFTER_ALL)
        rows: Iterable[Row] = (
            row for batch in self.inner.scan(stored.past, after=start) for row in batch.dicts()
        )
        if last is not None:
            end: Any = last
            rows = takewhile(lambda row: table.key_of(row) <= end, rows)
        found: dict[Any, Row] = {}
        self._best(found, rows, stored, view)
        return found

    def mended(
        self,
        stored: Stored,
        batch: Batch | None,
        view: View,
        where: Sequence[Cond],
        after: Key | None,
        last: Key | None,
    ) -> list[Row] | None:
        """Return what a view sees of a part of a scan, in key order; None if it is the part.

        Args:
            stored: The table.
            batch: What the store found there, with all columns that conditions name.
            view: What is seen.
            where: The conditions of the scan.
            after: The key after which the part begins.
            last: Its last key; None where it ends with the table.
        """
        before = self._between(stored, view, after, last)
        if not before and (batch is None or all(map(view.sees, set(batch.column(EPOCH))))):
            return None
        key_of = stored.table.key_of
        rows = {key_of(row): row for row in (batch.dicts() if batch else ())}
        seen = {key: row for key, row in rows.items() if view.sees(row[EPOCH])}
        hidden = [key for key in rows if key not in seen]
        others = [key for key in before if key not in rows]
        if others:
            found = self.inner.get(stored.main, others)
            hidden += [
                key
                for key, row in zip(others, found, strict=True)
                if row is not None and not view.sees(row[EPOCH])
            ]
            before = self._between(stored, view, after, last)  # of what came meanwhile, too
        for key in hidden:
            row = before.get(key)
            if row is not None and not row[GONE] and matches(row, where):
                seen[key] = row
        return [seen[key] for key in sorted(seen)]
