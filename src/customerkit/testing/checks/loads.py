"""Loads: many rows at once, all of them or none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from customerkit.errors import InputError, UnknownFieldError
from customerkit.model.batch import Batch
from customerkit.store.protocol import Backend, Cond
from customerkit.testing.checks.scans import MANY, fill
from customerkit.testing.checks.store import StoreTests
from customerkit.testing.data import PEOPLE, VISITS, person, row_of
from customerkit.testing.helpers import exact, needs, scanned


def numbered(*numbers: int) -> Batch:
    """Return a batch of people who have only a number."""
    return Batch.from_columns({"person_id": list(numbers)})


class LoadTests(StoreTests):
    """Append rows in bulk."""

    def test_load_appends_and_counts(self, store: Backend) -> None:
        """Append batches of any size and return how many rows there were.

        Troubleshooting: batches may be empty, and so may their stream.
        """
        store.put(PEOPLE, [person(5)])
        assert store.load(PEOPLE, []) == 0
        assert store.load(PEOPLE, iter([numbered(3, 4), numbered(), numbered(9)])) == 3
        assert scanned(store, PEOPLE) == [person(n) for n in (3, 4, 5, 9)]

    def test_columns_in_any_order_and_number(self, store: Backend) -> None:
        """Take the columns that a batch has, by name; the others become None.

        Troubleshooting: each batch of a stream may have other columns.
        """
        batches = [
            Batch.from_rows(["name", "person_id"], [("Ann", 1), ("Bo", 2)]),
            Batch.from_columns({"age": [7], "person_id": [3]}),
            Batch.from_dicts([{"person_id": 4, "photo": b"x"}], ["photo", "person_id"]),
        ]
        assert store.load(PEOPLE, batches) == 4
        assert exact(scanned(store, PEOPLE)) == exact(
            [person(1, name="Ann"), person(2, name="Bo"), person(3, age=7), person(4, photo=b"x")]
        )
        assert scanned(store, PEOPLE, [Cond("age", "null", False)]) == [person(3, age=7)]

    def test_load_and_put_see_each_other(self, store: Backend) -> None:
        """Replace and delete loaded rows like any other, and load beside put ones.

        Troubleshooting: rows that are kept apart for speed are still the same rows.
        """
        store.load(PEOPLE, [numbered(2, 1)])
        store.put(PEOPLE, [person(1, name="Ann")])
        store.load(PEOPLE, [numbered(0)])
        assert store.delete(PEOPLE, [2]) == 1
        assert store.get(PEOPLE, [0, 1, 2]) == [person(0), person(1, name="Ann"), None]
        store.load(PEOPLE, [numbered(2)])
        assert [row["person_id"] for row in scanned(store, PEOPLE)] == [0, 1, 2]

    def test_batches_of_arrow(self, store: Backend) -> None:
        """Take columns that are Arrow arrays.

        Troubleshooting: ``batch.rows()`` and ``batch.column(name)`` give plain values.
        """
        pa = pytest.importorskip("pyarrow")
        columns = {"person_id": pa.array([2, 1]), "name": pa.array(["a\U0001f600", None])}
        assert store.load(PEOPLE, [Batch.from_columns(columns)]) == 2
        assert exact(scanned(store, PEOPLE)) == exact([person(1), person(2, name="a\U0001f600")])

    def test_keys_that_exist_are_refused(self, store: Backend) -> None:
        """Refuse a key twice in a batch, in a stream, or in the store, with ``InputError``.

        Troubleshooting: insert, do not upsert, and translate the driver's error.
        """
        needs(store, "transactions")
        store.put(PEOPLE, [person(1, name="Ann")])
        for batches in (
            [numbered(2, 3, 2)],
            [numbered(2), numbered(3), numbered(2)],
            [numbered(2), numbered(1)],
        ):
            with pytest.raises(InputError):
                store.load(PEOPLE, batches)
            assert scanned(store, PEOPLE) == [person(1, name="Ann")]

    def test_keys_of_several_columns_are_refused_twice(self, store: Backend) -> None:
        """Refuse a key of several columns that exists, in an empty store too.

        Troubleshooting: the whole key must be unique, and each column need not be.
        """
        needs(store, "transactions")
        names = ["place", "number"]
        with pytest.raises(InputError):
            store.load(VISITS, [Batch.from_rows(names, [("a", 1), ("a", 2), ("a", 1)])])
        assert scanned(store, VISITS) == []
        assert store.load(VISITS, [Batch.from_rows(names, [("b", 1), ("a", 2), ("a", 1)])]) == 3
        found = [(row["place"], row["number"]) for row in scanned(store, VISITS)]
        assert found == [("a", 1), ("a", 2), ("b", 1)]

    def test_a_stream_that_fails_leaves_nothing(self, store: Backend) -> None:
        """Roll back all batches when the stream of batches raises, and let its error through.

        Troubleshooting: load within one transaction, also when it is long.
        """
        needs(store, "transactions")

        def broken(error: BaseException) -> Iterator[Batch]:
            yield numbered(1)
            yield numbered(2)
            raise error

        for error in (OSError("gone"), KeyboardInterrupt()):
            with pytest.raises(type(error)) as caught:
                store.load(PEOPLE, broken(error))
            assert caught.value is error
            assert scanned(store, PEOPLE) == []

    def test_unknown_columns_are_refused(self, store: Backend) -> None:
        """Refuse a batch with a column that the table does not have, and the batches before it.

        Troubleshooting: call ``table.check(name)`` for the names of each batch.
        """
        needs(store, "transactions")
        bad = Batch.from_columns({"person_id": [2], "shoe": ["9"]})
        for batches in ([bad], [numbered(1), bad]):
            with pytest.raises(UnknownFieldError):
                store.load(PEOPLE, batches)
            assert scanned(store, PEOPLE) == []

    def test_a_store_loads_what_it_scans(self, store: Backend) -> None:
        """Load into one table while the rows come from a scan of another.

        Troubleshooting: a scan must not keep the store from writing, nor may a
        load change its tables while a scan is open.
        """
        fill(store)
        scan = store.scan(PEOPLE, columns=["person_id", "name"])
        copies = (batch.renamed({"number": "person_id", "place": "name"}) for batch in scan)
        assert store.load(VISITS, copies) == MANY
        assert scanned(store, VISITS, limit=1) == [row_of(VISITS, place="n00", number=0)]
        assert len(scanned(store, VISITS, [Cond("number", "lt", 200)])) == 100
