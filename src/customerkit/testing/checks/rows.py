"""Single rows: get, put, delete, purge."""

from __future__ import annotations

import pytest

from customerkit.errors import CustomerKitError, UnknownFieldError
from customerkit.model.batch import Row
from customerkit.model.table import Table
from customerkit.store.protocol import Backend
from customerkit.testing.checks.store import StoreTests
from customerkit.testing.data import PEOPLE, VISITS, WORDS, person, row_of
from customerkit.testing.helpers import exact, needs, scanned
from customerkit.testing.reference import key_of


class RowTests(StoreTests):
    """Read and write rows by their keys."""

    def test_get_answers_in_the_order_of_the_keys(self, store: Backend) -> None:
        """Return one answer a key, in the order asked, None where there is no row.

        Troubleshooting: look the answers up by key after a bulk query; a store
        returns rows in its own order and only once.
        """
        store.put(PEOPLE, [person(n, name=f"n{n}") for n in (1, 2, 3)])
        found = store.get(PEOPLE, [3, 9, 1, 3])
        assert found == [person(3, name="n3"), None, person(1, name="n1"), person(3, name="n3")]

    def test_put_replaces_the_whole_row(self, store: Backend) -> None:
        """Replace a row of the same key; a column that is not given becomes None.

        Troubleshooting: this is no update of single columns; write all of them.
        """
        store.put(PEOPLE, [person(1, name="Ann", city="Leeds", age=40)])
        store.put(PEOPLE, [{"person_id": 1, "name": "Bo"}])
        assert scanned(store, PEOPLE) == [person(1, name="Bo")]

    def test_the_last_of_equal_keys_wins(self, store: Backend) -> None:
        """Take the rows of one put in their order.

        Troubleshooting: a bulk upsert that refuses two rows of one key needs them
        reduced to the last one first.
        """
        store.put(PEOPLE, [person(1, name="Ann"), person(2), person(1, name="Bo")])
        assert scanned(store, PEOPLE) == [person(1, name="Bo"), person(2)]

    def test_nothing_asked_nothing_done(self, store: Backend) -> None:
        """Take empty lists of rows and keys.

        Troubleshooting: return before you build a statement with no values in it.
        """
        store.put(PEOPLE, [])
        assert store.get(PEOPLE, []) == []
        assert (store.delete(PEOPLE, []), store.purge(PEOPLE, [])) == (0, 0)

    def test_delete_and_purge_count_the_rows_that_were_there(self, store: Backend) -> None:
        """Count each deleted row once; absent keys count nothing.

        Troubleshooting: count what the store deleted, not the keys you were given.
        """
        for remove in (store.delete, store.purge):
            store.put(PEOPLE, [person(n) for n in range(5)])
            assert remove(PEOPLE, [1, 9, 3, 1]) == 2
            assert [row["person_id"] for row in scanned(store, PEOPLE)] == [0, 2, 4]
            assert remove(PEOPLE, [1]) == 0

    def test_keys_of_several_columns(self, store: Backend) -> None:
        """Take a tuple as the key where a table's key has several columns.

        Troubleshooting: compare all columns of the key, each with its own type.
        """
        rows = [row_of(VISITS, place=p, number=n) for p in ("", "a", "a ") for n in (-1, 1)]
        store.put(VISITS, rows)
        assert store.get(VISITS, [("a ", 1), ("a", 2), ("", -1)]) == [rows[5], None, rows[0]]
        assert store.delete(VISITS, [("a", 1), ("b", 1)]) == 1
        assert scanned(store, VISITS) == [*rows[:3], *rows[4:]]

    def test_thousands_of_keys(self, store: Backend) -> None:
        """Get and delete more keys than a statement takes parameters.

        Troubleshooting: split long lists of keys into several statements.
        """
        words = [f"w{n:05}" for n in range(5_000)]
        store.put(WORDS, [row_of(WORDS, word=word) for word in words])
        assert [row and row["word"] for row in store.get(WORDS, words[::-1])] == words[::-1]
        assert store.delete(WORDS, words) == 5_000
        assert scanned(store, WORDS) == []

    def test_rows_are_copies(self, store: Backend) -> None:
        """Keep nothing that the caller can change afterwards.

        Troubleshooting: copy rows on their way in and on their way out.
        """
        given = person(1, name="Ann")
        store.put(PEOPLE, [given])
        given["name"] = "changed"
        (found,) = store.get(PEOPLE, [1])
        assert found == person(1, name="Ann")
        found["name"] = "changed"
        assert store.get(PEOPLE, [1]) == [person(1, name="Ann")]

    def test_unknown_fields_are_refused_before_anything_is_written(self, store: Backend) -> None:
        """Refuse a row with a field that the table does not have, and all rows beside it.

        Troubleshooting: call ``table.check(name)`` on the names of all rows before
        the first is written; an open transaction would commit what is there.
        """
        rows: list[Row] = [person(1), {"person_id": 2, "shoe": "9"}]
        with pytest.raises(UnknownFieldError):
            store.put(PEOPLE, rows)
        assert scanned(store, PEOPLE) == []
        with store.transaction(), pytest.raises(UnknownFieldError):
            store.put(PEOPLE, rows)
        assert scanned(store, PEOPLE) == []

    def test_a_row_without_a_key_is_refused(self, store: Backend) -> None:
        """Refuse rows whose key, or a part of it, is None or absent.

        Troubleshooting: declare the key's columns *not null*, and look out for
        stores that number such a row by themselves.
        """
        needs(store, "transactions")
        without: list[tuple[Table, Row]] = [
            (PEOPLE, {"person_id": None, "name": "Ann"}),
            (PEOPLE, {"name": "Ann"}),
            (WORDS, {"note": "no word"}),
            (VISITS, {"place": "a"}),
        ]
        for table, row in without:
            with pytest.raises(CustomerKitError):
                store.put(table, [row])
            assert scanned(store, table) == []

    def test_what_does_not_fit_is_refused_or_kept(self, store: Backend) -> None:
        """Keep a value exactly or refuse it with a typed error; never store another one.

        Troubleshooting: integers beyond 64 bits and lone surrogates end in driver
        errors or in silent change; translate the former, prevent the latter.
        """
        needs(store, "transactions")
        for row in (
            person(1, age=2**63),
            person(1, age=-(2**63) - 1),
            person(1, name="\ud83d"),
            person(2**64),
        ):
            try:
                store.put(PEOPLE, [person(7), row])
            except CustomerKitError:
                assert scanned(store, PEOPLE) == []
            else:
                assert exact([row]) == exact(store.get(PEOPLE, [key_of(PEOPLE, row)]))
            store.delete(PEOPLE, [1, 7])
