"""Tables come into being, and grow."""

from __future__ import annotations

import pytest

from customerkit.errors import StoreError
from customerkit.model.table import Column, Table
from customerkit.store.protocol import Backend, Capabilities, Cond
from customerkit.testing.checks.store import StoreTests
from customerkit.testing.data import KEYWORDS, PEOPLE, TABLES, WIDER, person, row_of
from customerkit.testing.helpers import scanned


class SchemaTests(StoreTests):
    """Create tables, columns and indexes; declare what the store can do."""

    def test_it_is_a_backend(self, store: Backend) -> None:
        """Have every member of the protocol, and declared capabilities.

        Troubleshooting: set ``capabilities = Capabilities(...)`` on the class and
        compare your methods with ``customerkit.store.protocol.Backend``.
        """
        assert isinstance(store, Backend)
        assert isinstance(store.capabilities, Capabilities)

    def test_ensure_twice_keeps_rows(self, store: Backend) -> None:
        """Create only what is missing.

        Troubleshooting: create tables and indexes with *if not exists*, and never
        drop or recreate one that is there.
        """
        store.put(PEOPLE, [person(1, name="Ann")])
        store.ensure(TABLES)
        store.ensure([])
        assert scanned(store, PEOPLE) == [person(1, name="Ann")]

    def test_ensure_adds_columns_and_indexes(self, store: Backend) -> None:
        """Add the columns and indexes that a newer version declares; old rows have None there.

        Troubleshooting: compare the table's columns with what the store has, not
        only the table's name.
        """
        store.put(PEOPLE, [person(1, name="Ann")])
        store.ensure([WIDER])
        store.put(WIDER, [row_of(WIDER, person_id=2, nickname="Bo")])
        old, new = scanned(store, WIDER)
        assert old == row_of(WIDER, person_id=1, name="Ann")
        assert new == row_of(WIDER, person_id=2, nickname="Bo")
        assert scanned(store, WIDER, [Cond("nickname", "null", True)]) == [old]

    def test_a_program_that_knows_fewer_columns_goes_on(self, store: Backend) -> None:
        """Serve the older declaration of a table beside the newer one.

        Troubleshooting: answer with the columns of the table that was passed, and
        write None to those it does not name.
        """
        store.ensure([WIDER])
        store.put(WIDER, [row_of(WIDER, person_id=1, name="Ann", nickname="Annie")])
        store.ensure([PEOPLE])
        assert store.get(PEOPLE, [1]) == [person(1, name="Ann")]
        assert scanned(store, PEOPLE) == [person(1, name="Ann")]
        store.put(PEOPLE, [person(2, name="Bo")])
        assert scanned(store, WIDER, after=1) == [row_of(WIDER, person_id=2, name="Bo")]

    def test_names_may_be_reserved_words(self, store: Backend) -> None:
        """Take any valid identifier for a table or a column.

        Troubleshooting: quote every identifier; the schema has validated it.
        """
        row = row_of(KEYWORDS, select=1, group="a", where="b")
        store.ensure([KEYWORDS])
        store.put(KEYWORDS, [row])
        found = scanned(store, KEYWORDS, [Cond("group", "eq", "a"), Cond("where", "prefix", "b")])
        assert found == [row]

    def test_a_table_that_was_never_ensured(self, store: Backend) -> None:
        """Refuse a table that does not exist with a ``StoreError``.

        Troubleshooting: translate the driver's error; only errors of
        ``customerkit.errors`` leave a backend.
        """
        other = Table("kit_absent", (Column("name"),), key=("name",))
        for ask in (
            lambda: store.get(other, ["a"]),
            lambda: store.put(other, [{"name": "a"}]),
            lambda: list(store.scan(other)),
        ):
            with pytest.raises(StoreError):
                ask()
