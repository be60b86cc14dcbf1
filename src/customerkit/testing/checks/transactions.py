"""Transactions: together or not at all."""

from __future__ import annotations

from contextlib import ExitStack, suppress

from customerkit.errors import UnknownFieldError
from customerkit.model.batch import Batch
from customerkit.store.protocol import Backend
from customerkit.testing.checks.store import StoreTests
from customerkit.testing.data import PEOPLE, WORDS, person, row_of
from customerkit.testing.helpers import needs, rolled_back, scanned


class TransactionTests(StoreTests):
    """Commit all of a block, or nothing of it."""

    def _change_everything(self, store: Backend) -> None:
        store.put(PEOPLE, [person(1, name="changed"), person(5)])
        store.delete(PEOPLE, [2])
        store.purge(PEOPLE, [3])
        store.load(PEOPLE, [Batch.from_columns({"person_id": [6, 7]})])
        store.put(PEOPLE, [person(6, name="changed")])
        store.delete(PEOPLE, [7])
        store.load(WORDS, [Batch.from_columns({"word": ["new"]})])

    def _filled(self, store: Backend) -> list[object]:
        needs(store, "transactions")
        store.put(PEOPLE, [person(n, name=f"n{n}") for n in (1, 2, 3, 4)])
        return self._all(store)

    def _all(self, store: Backend) -> list[object]:
        return [scanned(store, PEOPLE), scanned(store, WORDS)]

    def test_a_block_commits_as_a_whole(self, store: Backend) -> None:
        """Keep what a block wrote to several tables, also when nothing was written.

        Troubleshooting: commit when the outermost block ends without an error.
        """
        with store.transaction():
            pass
        with store.transaction():
            store.put(PEOPLE, [person(1)])
            store.put(WORDS, [row_of(WORDS, word="a")])
        assert self._all(store) == [[person(1)], [row_of(WORDS, word="a")]]

    def test_an_error_rolls_everything_back(self, store: Backend) -> None:
        """Restore rows that were put, replaced, deleted, purged and loaded; let the error through.

        Troubleshooting: every method writes within the open transaction, ``load``
        and ``purge`` too.
        """
        before = self._filled(store)
        with rolled_back(store, RuntimeError("changed my mind")):
            self._change_everything(store)
        assert self._all(store) == before

    def test_an_interrupt_rolls_back(self, store: Backend) -> None:
        """Roll back on errors that are no ``Exception``: Ctrl-C, exit, a closed generator.

        Troubleshooting: catch ``BaseException`` and raise it again.
        """
        before = self._filled(store)
        for kind in (KeyboardInterrupt, SystemExit, GeneratorExit):
            with rolled_back(store, kind()):
                self._change_everything(store)
            assert self._all(store) == before

    def test_inner_blocks_join_the_outer_one(self, store: Backend) -> None:
        """Commit with the outermost block only, and roll inner blocks back with it.

        Troubleshooting: count the depth; begin and commit at depth one alone.
        """
        before = self._filled(store)
        with rolled_back(store), store.transaction():
            self._change_everything(store)
        assert self._all(store) == before
        with suppress(RuntimeError), store.transaction():
            store.put(PEOPLE, [person(8)])
            with store.transaction():
                store.put(PEOPLE, [person(9)])
                raise RuntimeError
        assert self._all(store) == before
        with ExitStack() as stack:
            for depth in range(30):
                stack.enter_context(store.transaction())
                store.put(WORDS, [row_of(WORDS, word=f"{depth:02}")])
        assert len(scanned(store, WORDS)) == 30

    def test_the_store_works_after_a_rollback(self, store: Backend) -> None:
        """Begin anew after a rollback, with nothing left of the old transaction.

        Troubleshooting: reset the depth and what you kept for undoing, also when
        the rollback itself was done by the store.
        """
        before = self._filled(store)
        for _ in range(3):
            with rolled_back(store):
                self._change_everything(store)
        with store.transaction():
            store.put(WORDS, [row_of(WORDS, word="a")])
        assert self._all(store) == [before[0], [row_of(WORDS, word="a")]]
        store.put(WORDS, [row_of(WORDS, word="b")])
        with rolled_back(store):
            store.put(WORDS, [row_of(WORDS, word="c")])
        assert len(scanned(store, WORDS)) == 2

    def test_a_refused_write_rolls_its_block_back(self, store: Backend) -> None:
        """Roll back the block in which the backend itself raised.

        Troubleshooting: an error of your own is an error like any other.
        """
        before = self._filled(store)
        with suppress(UnknownFieldError), store.transaction():
            self._change_everything(store)
            store.put(PEOPLE, [{"shoe": "9"}])
        assert self._all(store) == before
