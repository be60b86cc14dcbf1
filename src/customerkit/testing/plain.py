"""A store that changes one row at a time, and nothing more than that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import attrs

from customerkit.errors import InputError
from customerkit.model.batch import Batch, Row, Scalar
from customerkit.model.table import Table
from customerkit.store.protocol import Backend, Cond, Key
from customerkit.testing.reference import ReferenceBackend


class Plain(ReferenceBackend):
    """Keep rows in dicts, without transactions; several handles may share them."""

    capabilities = attrs.evolve(
        ReferenceBackend.capabilities, transactions=False, durable=True, multi_process=True
    )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep the threads of this process apart; nothing is rolled back."""
        with self.lock:
            yield

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append batches; one that is refused leaves nothing of itself."""
        count = 0
        for batch in batches:
            with self.lock:
                held = self.held(table)
                news = {table.key_of(row): self.whole(table, row) for row in batch.dicts()}
                if len(news) < len(batch) or not held.keys().isdisjoint(news):
                    raise InputError(f"{table.name}: a row with this key exists already")
                held.update(news)
                count += len(batch)
        return count

    def swap(
        self, table: Table, field: str, changes: Sequence[tuple[Key, Scalar, Row | None]]
    ) -> int:
        """Replace rows whose field still has a value."""
        count = 0
        with self.lock:
            for key, old, row in changes:
                held = self.held(table)
                if key in held and held[key][field] == old:
                    del held[key]
                    if row is not None:
                        held[key] = self.whole(table, row)
                    count += 1
        return count

    def close(self) -> None:
        """Other handles go on."""


class Unswapped(Plain):
    """The same without the wish to swap."""

    swap = None  # type: ignore[assignment]


class OneByOne:
    """Do everything row by row, so that every fault falls between two rows."""

    def __init__(self, inner: Backend) -> None:
        self.inner: Any = inner
        self.capabilities = inner.capabilities
        self.ensure, self.get, self.close = inner.ensure, inner.get, inner.close
        self.transaction = inner.transaction

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Put rows one after the other."""
        for row in rows:
            self.inner.put(table, [row])

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows one after the other."""
        return sum(self.inner.delete(table, [key]) for key in keys)

    def purge(self, table: Table, keys: Sequence[Key]) -> int:
        """Purge rows one after the other."""
        return sum(self.inner.purge(table, [key]) for key in keys)

    def swap(
        self, table: Table, field: str, changes: Sequence[tuple[Key, Scalar, Row | None]]
    ) -> int:
        """Swap rows one after the other."""
        return sum(self.inner.swap(table, field, [change]) for change in changes)

    def scan(self, table: Table, where: Sequence[Cond] = (), **options: Any) -> Iterator[Batch]:
        """Yield rows one after the other."""
        for batch in self.inner.scan(table, where, **options):
            for at in range(len(batch)):
                yield batch.take([at])

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append rows one after the other."""
        count = 0
        for batch in batches:
            done: list[Key] = []
            for at in range(len(batch)):
                one = batch.take([at])
                try:
                    self.inner.load(table, [one])
                except InputError:
                    self.inner.delete(table, done)
                    raise
                done += [table.key_of(row) for row in one.dicts()]
            count += len(done)
        return count
