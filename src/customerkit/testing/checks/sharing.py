"""Several at once: threads, and several handles on one store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from customerkit.model.batch import Row
from customerkit.store.protocol import Backend
from customerkit.testing.checks.store import StoreTests
from customerkit.testing.data import PEOPLE, TABLES, WIDER, person
from customerkit.testing.helpers import needs, patiently, rolled_back, scanned, together

_TIMES = 20


def count_up(store: Backend) -> Callable[[], None]:
    """Return a job that counts one row up, each time in a transaction."""

    def once() -> None:
        with store.transaction():
            (row,) = store.get(PEOPLE, [1])
            assert row is not None
            store.put(PEOPLE, [{**row, "age": int(str(row["age"])) + 1}])

    def job() -> None:
        for _ in range(_TIMES):
            patiently(once)

    return job


def reads_uncommitted(writer: Backend, reader: Backend) -> list[Row | None]:
    """Return what a reader gets while another thread's transaction is rolled back."""
    written, asked = Event(), Event()

    def write() -> list[Row | None]:
        with rolled_back(writer):
            writer.put(PEOPLE, [person(7, name="never committed")])
            written.set()
            asked.wait(5)
        return []

    def read() -> list[Row | None]:
        written.wait(5)
        asked.set()
        return [*patiently(lambda: reader.get(PEOPLE, [7])), *scanned(reader, PEOPLE)]

    return together(write, read)[1]


class SharingTests(StoreTests):
    """Keep threads and processes apart."""

    @contextmanager
    def _two(self, where: Path) -> Iterator[tuple[Backend, Backend]]:
        with self.opened(where) as one:
            needs(one, "multi_process", "transactions")
            with self.opened(where) as other:
                yield one, other

    def test_threads_lose_no_update(self, store: Backend) -> None:
        """Let one transaction of a process run at a time.

        Troubleshooting: hold a lock from the begin of a transaction to its end.
        """
        needs(store, "transactions")
        store.put(PEOPLE, [person(1, age=0)])
        together(*[count_up(store)] * 4)
        assert store.get(PEOPLE, [1]) == [person(1, age=4 * _TIMES)]

    def test_threads_see_nothing_uncommitted(self, store: Backend) -> None:
        """Hide what another thread's transaction wrote until it is committed.

        Troubleshooting: let readers wait for the lock, or give each thread a
        connection of its own.
        """
        needs(store, "transactions")
        for _ in range(_TIMES):
            assert reads_uncommitted(store, store) == [None]

    def test_threads_scan_while_another_writes(self, store: Backend) -> None:
        """Answer scans of several threads while rows are written.

        Troubleshooting: no container may change under an iteration.
        """
        store.put(PEOPLE, [person(n) for n in range(0, 100, 2)])

        def write() -> None:
            for number in range(1, 100, 2):
                store.put(PEOPLE, [person(number)])

        def read() -> None:
            for _ in range(_TIMES):
                found = [row["person_id"] for row in scanned(store, PEOPLE)]
                assert [number for number in found if int(str(number)) % 2 == 0] == list(
                    range(0, 100, 2)
                )

        together(write, read, read)
        assert len(scanned(store, PEOPLE)) == 100

    def test_threads_ensure_at_once(self, where: Path) -> None:
        """Create the same tables from several threads.

        Troubleshooting: look for what is missing again once you hold the lock.
        """
        with self.opened(where) as store:
            together(*[lambda: store.ensure([WIDER, *TABLES])] * 4)
            store.put(WIDER, [{"person_id": 1, "nickname": "Bo"}])
            assert store.get(WIDER, [1])[0] is not None

    def test_a_handle_sees_what_another_committed(self, where: Path) -> None:
        """Read what another handle has committed, rows and columns alike.

        Troubleshooting: a cache has to notice other writers.
        """
        with self._two(where) as (one, other):
            one.put(PEOPLE, [person(1, name="Ann")])
            assert scanned(other, PEOPLE) == [person(1, name="Ann")]
            other.put(PEOPLE, [person(1, name="Bo")])
            assert one.get(PEOPLE, [1]) == [person(1, name="Bo")]
            other.ensure([WIDER])
            other.put(WIDER, [{"person_id": 2, "nickname": "Cy"}])
            assert one.get(PEOPLE, [2]) == [person(2)]

    def test_a_handle_sees_nothing_uncommitted(self, where: Path) -> None:
        """Hide what another handle's transaction wrote until it is committed.

        Troubleshooting: raise the store's isolation level to *read committed*.
        """
        with self._two(where) as (one, other):
            for _ in range(3):
                assert reads_uncommitted(one, other) == [None]

    def test_handles_lose_no_update(self, where: Path) -> None:
        """Let one write transaction of a store run at a time, or refuse the later one.

        Troubleshooting: take the write lock when a transaction begins, and raise
        ``TransientStoreError`` where waiting for it fails.
        """
        with self._two(where) as (one, other):
            one.put(PEOPLE, [person(1, age=0)])
            together(count_up(one), count_up(other))
            assert one.get(PEOPLE, [1]) == [person(1, age=2 * _TIMES)]

    def test_handles_ensure_at_once(self, where: Path) -> None:
        """Create the same tables through several handles of a new store.

        Troubleshooting: create within a transaction, *if not exists*, and look
        again for what is missing once it has begun.
        """
        with self.opened(where) as first:
            needs(first, "multi_process")
        stores = [self.atomic(where) for _ in range(3)]
        try:
            together(*[lambda s=s: patiently(lambda: s.ensure([WIDER])) for s in stores])
            stores[0].put(WIDER, [{"person_id": 1, "nickname": "Bo"}])
            assert all(store.get(WIDER, [1])[0] is not None for store in stores)
        finally:
            for store in stores:
                store.close()
