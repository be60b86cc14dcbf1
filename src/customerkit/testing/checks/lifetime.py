"""What remains of a store, and what must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from customerkit.model.batch import Batch
from customerkit.store.protocol import Backend
from customerkit.testing.checks.store import StoreTests
from customerkit.testing.data import (
    HARD_BYTES,
    HARD_FLOATS,
    HARD_INTEGERS,
    PEOPLE,
    WIDER,
    WORDS,
    person,
    row_of,
)
from customerkit.testing.helpers import exact, hard_texts, needs, rolled_back, scanned
from customerkit.testing.reference import selected

_MARK = "zerlinda.quux@example.com"


class LifetimeTests(StoreTests):
    """Outlive the process, keep stores apart, and forget for good."""

    def test_rows_outlive_the_handle(self, where: Path) -> None:
        """Find every committed row again, value by value, and nothing that was rolled back.

        Troubleshooting: write through to where it lasts before a transaction ends.
        """
        values = zip(HARD_INTEGERS, HARD_FLOATS, HARD_BYTES, strict=False)
        people = [person(n, age=n, weight=f, photo=b) for n, f, b in values]
        with self.opened(where) as store:
            needs(store, "durable")
            words = [row_of(WORDS, word=text, note=text) for text in hard_texts(store)]
            store.put(WORDS, words)
            store.load(PEOPLE, [Batch.from_dicts(people, PEOPLE.names)])
            if store.capabilities.transactions:
                with rolled_back(store):
                    store.put(PEOPLE, [person(77)])
        for _ in range(2):
            with self.opened(where) as store:
                assert exact(scanned(store, PEOPLE)) == exact(selected(PEOPLE, people))
                assert exact(scanned(store, WORDS)) == exact(selected(WORDS, words))

    def test_tables_outlive_the_handle(self, where: Path) -> None:
        """Keep columns that were added, and deletions.

        Troubleshooting: the schema is data too.
        """
        with self.opened(where) as store:
            needs(store, "durable")
            store.ensure([WIDER])
            store.put(WIDER, [{"person_id": n, "nickname": f"n{n}"} for n in (1, 2)])
            store.delete(WIDER, [1])
        with self.opened(where) as store:
            store.ensure([WIDER])
            assert scanned(store, WIDER) == [row_of(WIDER, person_id=2, nickname="n2")]

    def test_stores_are_apart(self, where: Path) -> None:
        """Share nothing between the stores of two folders.

        Troubleshooting: keep rows on the instance, not on the class, and let
        ``open_store`` use the whole path.
        """
        with self.opened(where / "one") as one, self.opened(where / "other") as other:
            one.put(PEOPLE, [person(1)])
            assert scanned(other, PEOPLE) == []

    def test_purged_rows_leave_no_bytes(self, where: Path) -> None:
        """Keep no byte of a purged row, of what it was before, or of its index entries.

        Troubleshooting: after the transaction rewrite what is freed: pages, logs,
        backups beside the file. Where you cannot, declare ``physical_purge=False``.
        """
        with self.opened(where) as store:
            needs(store, "physical_purge")
            store.put(PEOPLE, [person(n, name=f"n{n}" * 50) for n in range(50)])
            store.put(PEOPLE, [person(1, name=_MARK, city=_MARK, photo=_MARK.encode())])
            if _MARK.encode() not in self.stored_bytes(where):
                pytest.skip("stored_bytes() does not show what this store keeps")
            store.put(PEOPLE, [person(1, name="someone else")])
            assert self._purged(store) == 1
            assert _MARK.encode() not in self.stored_bytes(where)
        assert _MARK.encode() not in self.stored_bytes(where)
        with self.opened(where) as store:
            assert len(scanned(store, PEOPLE)) == 49

    def _purged(self, store: Backend) -> int:
        with store.transaction():
            count = store.purge(PEOPLE, [1, 99])
            store.put(PEOPLE, [person(2, name="written after the purge")])
        return count
