"""Scans: order, columns, pages, batches, and what happens meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from customerkit.errors import UnknownFieldError
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.protocol import Backend, Cond, Key
from customerkit.testing.checks.store import StoreTests
from customerkit.testing.data import HARD_INTEGERS, PEOPLE, VISITS, WORDS, person, row_of
from customerkit.testing.helpers import hard_texts, needs, scanned
from customerkit.testing.reference import key_of

MANY = 45_000  # more than two batches of any store we know


def fill(store: Backend, count: int = MANY) -> None:
    """Load many people, their numbers even."""
    columns: dict[str, Any] = {
        "person_id": list(range(0, 2 * count, 2)),
        "name": [f"n{number % 100:02}" for number in range(count)],
    }
    store.load(PEOPLE, [Batch.from_columns(columns, count)])


class ScanTests(StoreTests):
    """Stream rows in key order."""

    def _pages(self, store: Backend, table: Table, limit: int) -> list[Row]:
        found: list[Row] = []
        after: Key | None = None
        while page := scanned(store, table, after=after, limit=limit):
            assert len(page) <= limit
            found += page
            after = key_of(table, page[-1])
        return found

    def test_rows_come_in_key_order(self, store: Backend) -> None:
        """Order texts by code point, integers as numbers, several columns from the left.

        Troubleshooting: a scan without conditions needs *order by* too; see the
        check of comparisons for collations.
        """
        texts = hard_texts(store)
        words = [row_of(WORDS, word=text) for text in texts]
        people = [person(number) for number in HARD_INTEGERS]
        visits = [row_of(VISITS, place=p, number=n) for p in texts for n in (10, 9, -1)]
        for table, rows in ((WORDS, words), (PEOPLE, people), (VISITS, visits)):
            store.put(table, rows[::-1])
            found = [key_of(table, row) for row in scanned(store, table)]
            assert found == sorted(key_of(table, row) for row in rows)

    def test_columns_are_those_asked_for(self, store: Backend) -> None:
        """Return the columns asked for, in that order, though conditions use others.

        Troubleshooting: do not take the columns from a set or from the store.
        """
        store.put(PEOPLE, [person(1, name="Ann", city="Leeds"), person(2, name="Bo")])
        where = [Cond("city", "eq", "Leeds")]
        (batch,) = store.scan(PEOPLE, where, columns=["name", "person_id"])
        assert batch.names == ("name", "person_id")
        assert [tuple(row) for row in batch.rows()] == [("Ann", 1)]
        assert scanned(store, PEOPLE, columns=["city"]) == [{"city": "Leeds"}, {"city": None}]
        with pytest.raises(UnknownFieldError):
            list(store.scan(PEOPLE, columns=["name", "shoe"]))

    def test_pages_cover_every_row_once(self, store: Backend) -> None:
        """Continue after a key, whatever is in it, until nothing is left.

        Troubleshooting: *greater than* on a key of several columns compares them
        from the left, as a tuple, not each by itself.
        """
        texts = hard_texts(store)
        words = [row_of(WORDS, word=text) for text in texts]
        visits = [row_of(VISITS, place=p, number=n) for p in texts[:9] for n in (2, -1, 10)]
        for table, rows, limit in ((WORDS, words, 7), (VISITS, visits, 2)):
            store.put(table, rows)
            found = self._pages(store, table, limit)
            assert found == sorted(rows, key=lambda row, t=table: key_of(t, row))  # type: ignore[misc]

    def test_limits(self, store: Backend) -> None:
        """Return at most so many of the rows that match; zero is a limit too.

        Troubleshooting: count after the conditions, and tell 0 from None.
        """
        store.put(PEOPLE, [person(n, age=n % 2) for n in range(10)])
        assert scanned(store, PEOPLE, limit=0) == []
        assert len(scanned(store, PEOPLE, limit=99)) == 10
        found = scanned(store, PEOPLE, [Cond("age", "eq", 1)], after=2, limit=3)
        assert [row["person_id"] for row in found] == [3, 5, 7]
        assert scanned(store, PEOPLE, after=9) == []

    def test_nothing_found_is_no_batch(self, store: Backend) -> None:
        """Yield no batch at all where nothing matches.

        Troubleshooting: callers take a batch for proof that there is a row.
        """
        assert list(store.scan(PEOPLE)) == []
        store.put(PEOPLE, [person(1)])
        assert list(store.scan(PEOPLE, [Cond("name", "eq", "x")])) == []

    def test_scans_across_batches(self, store: Backend) -> None:
        """Lose and double nothing where one batch ends and the next begins.

        Troubleshooting: a limit or a position that is kept for a batch has to be
        kept for the scan.
        """
        fill(store)
        numbers = list(range(0, 2 * MANY, 2))
        assert [row["person_id"] for row in scanned(store, PEOPLE)] == numbers
        part = scanned(store, PEOPLE, columns=["person_id"], after=9_999, limit=30_000)
        assert [row["person_id"] for row in part] == numbers[5_000:35_000]
        some = scanned(store, PEOPLE, [Cond("name", "eq", "n07")])
        assert [row["person_id"] for row in some] == numbers[7::100]

    def test_a_scan_goes_on_while_rows_are_written(self, store: Backend) -> None:
        """Yield every row that nobody touches exactly once, whatever is written meanwhile.

        Troubleshooting: read from a snapshot, or ask for each batch by the last
        key; an offset slips when rows come and go.
        """
        fill(store)
        kept: list[Any] = []
        for turn, batch in enumerate(store.scan(PEOPLE, columns=["person_id"])):
            kept += [number for number in batch.column("person_id") if number % 2 == 0]  # type: ignore[operator]
            store.put(PEOPLE, [person(2 * MANY * turn // 3 + n) for n in (1, 3, 5)])
            store.delete(PEOPLE, [0, 2])
            assert turn < MANY, "the scan follows its own writes for ever"
        assert kept == list(range(0, 2 * MANY, 2))

    def test_a_scan_may_be_left_early(self, store: Backend) -> None:
        """Hold no lock and no cursor that keeps others from writing once a scan is dropped.

        Troubleshooting: release what the generator holds when it is closed.
        """
        fill(store)
        scan = store.scan(PEOPLE)
        assert len(next(scan)) > 0
        scan.close() if hasattr(scan, "close") else None
        store.put(PEOPLE, [person(1)])
        assert store.get(PEOPLE, [1]) == [person(1)]

    def test_two_scans_at_once(self, store: Backend) -> None:
        """Give each scan a position of its own.

        Troubleshooting: use one cursor a scan.
        """
        fill(store)
        pairs = zip(store.scan(PEOPLE), store.scan(PEOPLE), strict=True)
        for left, right in pairs:
            assert list(left.column("person_id")) == list(right.column("person_id"))

    def test_a_scan_sees_what_its_transaction_wrote(self, store: Backend) -> None:
        """Read rows of the open transaction before they are committed.

        Troubleshooting: read through the connection that writes.
        """
        needs(store, "transactions")
        store.put(PEOPLE, [person(1), person(2)])
        with store.transaction():
            store.put(PEOPLE, [person(3)])
            store.delete(PEOPLE, [1])
            assert scanned(store, PEOPLE) == [person(2), person(3)]
            assert store.get(PEOPLE, [1, 3]) == [None, person(3)]
