"""Take back what epochs wrote, and forget what nobody reads any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from attrs import define

from customerkit.errors import TransientStoreError
from customerkit.model.batch import Batch, Row, Scalar, integer
from customerkit.store._journal_log import View, lost
from customerkit.store._journal_tables import (
    EPOCH,
    GONE,
    NOTES,
    WAS,
    Stored,
    packed,
    parts,
    unpacked,
)
from customerkit.store._journal_versions import Versions
from customerkit.store.protocol import Backend, Cond, Key, Swaps

T = TypeVar("T")
Change = tuple[Key, Scalar, Row | None]
_AT_ONCE = 1_000
_TRIES = 5


def swap(inner: Backend, stored: Stored, changes: Sequence[Change]) -> int:
    """Replace rows of a table whose epoch is still the one that was read."""
    if not changes:
        return 0
    if isinstance(inner, Swaps):
        return inner.swap(stored.main, EPOCH, changes)
    found = inner.get(stored.main, [key for key, _, _ in changes])
    same = [
        (key, row)
        for (key, epoch, row), old in zip(changes, found, strict=True)
        if old is not None and old[EPOCH] == epoch
    ]
    inner.put(stored.main, [row for _, row in same if row is not None])
    inner.delete(stored.main, [key for key, row in same if row is None])
    return len(same)


def some(items: Iterable[T], most: int = _AT_ONCE) -> Iterator[list[T]]:
    """Yield items in lists of a bounded length."""
    rest = iter(items)
    while part := list(islice(rest, most)):
        yield part


@define
class Repair:
    """Work on a store in an epoch.

    Args:
        inner: The store.
        tables: The tables of callers.
        epoch: In which this happens.
        view: What counts: up to the last epoch before.
        number: Of the next note.
    """

    inner: Backend
    tables: dict[str, Stored]
    epoch: int
    view: View
    number: int = 0

    # ── notes ────────────────────────────────────────────────────────────────

    def note(self, about: str, kind: str, keys: Iterable[Key]) -> None:
        """Write down which keys are loaded, or were marked as deleted."""
        rows: list[Row] = []
        for text in packed(keys):
            said = {"about": about, "kind": kind, "value": text}
            rows.append({"epoch": self.epoch, "number": self.number, **said})
            self.number += 1
        if rows:
            self.inner.load(NOTES, [Batch.from_dicts(rows, NOTES.names)])

    def _notes(self, where: Sequence[Cond]) -> list[Row]:
        return [row for batch in self.inner.scan(NOTES, where) for row in batch.dicts()]

    # ── taking back ──────────────────────────────────────────────────────────

    def take_back(self, epoch: int) -> None:
        """Restore every row that an epoch wrote, whether it is a void one or this one."""
        loaded: dict[str, list[Any]] = defaultdict(list)
        for note in self._notes([Cond("epoch", "eq", epoch), Cond("kind", "eq", "loaded")]):
            loaded[str(note["about"])].append(unpacked(str(note["value"])))
        for name, stored in self.tables.items():
            kept = set()
            for rows in some(self._past(stored, [Cond(EPOCH, "eq", epoch)])):
                keys = [stored.table.key_of(row) for row in rows]
                self._restore(stored, epoch, rows)
                if name in loaded:
                    kept.update(keys)
            for ends in loaded.get(name, ()):
                self._unload(stored, epoch, ends, kept)

    def _past(self, stored: Stored, where: Sequence[Cond]) -> Iterator[Row]:
        return (row for batch in self.inner.scan(stored.past, where) for row in batch.dicts())

    def _restore(self, stored: Stored, epoch: int, rows: Sequence[Row]) -> None:
        """Write rows as they were, so that no late write of the epoch finds what it expects."""
        pasts = {stored.table.key_of(row): row for row in rows}
        for _ in range(_TRIES):
            mains = self.inner.get(stored.main, list(pasts))
            if any(row is not None and integer(row[EPOCH]) > self.epoch for row in mains):
                raise lost()
            touched = {
                key: row
                for key, row in zip(pasts, mains, strict=True)
                if row is not None and self._touched(epoch, row, pasts[key])
            }
            changes, dropped = self._changes(stored, epoch, touched)
            if dropped:
                self.note(stored.table.name, "dropped", dropped)
            if swap(self.inner, stored, changes) == len(changes):
                return
        raise TransientStoreError("another writer keeps changing the same rows; try again")

    def _touched(self, epoch: int, main: Row, past: Row) -> bool:
        """Say whether a row is what the epoch wrote, or what it would overwrite."""
        if main[EPOCH] == epoch or not self._sees(main):
            return True
        return epoch != self.epoch and main[EPOCH] == past[WAS]

    def _sees(self, main: Row) -> bool:
        return main[EPOCH] == self.epoch or self.view.sees(main[EPOCH])

    def _changes(
        self, stored: Stored, epoch: int, touched: dict[Any, Row]
    ) -> tuple[list[Change], list[Key]]:
        wrong = [k for k, row in touched.items() if row[EPOCH] == epoch or not self._sees(row)]
        right = Versions(self.inner).before(stored, wrong, self.view) if wrong else {}
        changes: list[Change] = []
        dropped = []
        for key, row in touched.items():
            was = right.get(key) if key in set(wrong) else row
            if was is None or (was[GONE] and not was.get(WAS, 1)):
                changes.append((key, row[EPOCH], None))
                continue
            if was[GONE]:
                dropped.append(key)
            news = {**stored.content(was), EPOCH: self.epoch, GONE: was[GONE]}
            changes.append((key, row[EPOCH], news))
        return changes, dropped

    def _unload(self, stored: Stored, epoch: int, ends: Any, kept: set[Any]) -> None:
        """Delete the rows between two keys that an epoch loaded."""
        first = stored.table.key[0]
        low, high = (parts(key)[0] for key in ends)
        where = [Cond(first, "ge", low), Cond(first, "le", high), Cond(EPOCH, "eq", epoch)]
        found = self.inner.scan(stored.main, where, columns=stored.table.key)
        keys = (stored.table.key_of(row) for batch in found for row in batch.dicts())
        for part in some(key for key in keys if key not in kept):
            swap(self.inner, stored, [(key, epoch, None) for key in part])

    # ── forgetting ───────────────────────────────────────────────────────────

    def forget(self, horizon: int, *, purge: bool) -> None:
        """Delete what rows were before an epoch up to this one replaced them.

        Args:
            horizon: The epoch.
            purge: Leave no bytes of it.
        """
        remove = self.inner.purge if purge else self.inner.delete
        for stored in self.tables.values():
            for rows in some(self._past(stored, [Cond(EPOCH, "le", horizon)])):
                self._mend(stored, rows)
                remove(stored.past, [stored.past.key_of(row) for row in rows])
        notes = self._notes([Cond("epoch", "le", horizon)])
        for note in notes:
            if note["kind"] == "dropped" and note["about"] in self.tables:
                stored = self.tables[str(note["about"])]
                for part in some(unpacked(str(note["value"]))):
                    self._drop(stored, part, horizon, purge)
        remove(NOTES, [NOTES.key_of(note) for note in notes])

    def _mend(self, stored: Stored, rows: Sequence[Row]) -> None:
        """Restore what a void epoch wrote after it was taken back."""
        late = defaultdict(list)
        for row in rows:
            if row[EPOCH] in self.view.void:
                late[integer(row[EPOCH])].append(row)
        for epoch, those in late.items():
            self._restore(stored, epoch, those)

    def _drop(self, stored: Stored, keys: Sequence[Any], horizon: int, purge: bool) -> None:
        """Delete rows that are marked as deleted, unless they came back."""
        rows = self.inner.get(stored.main, keys)
        changes: list[Change] = [
            (key, row[EPOCH], None)
            for key, row in zip(keys, rows, strict=True)
            if row is not None and row[GONE] and integer(row[EPOCH]) <= horizon
        ]
        if purge and self.inner.capabilities.physical_purge:
            self.inner.purge(stored.main, [key for key, _, _ in changes])
        else:
            swap(self.inner, stored, changes)
