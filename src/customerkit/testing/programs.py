"""Random programs, run on a store and on plain dicts, must give equal answers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from customerkit.errors import CustomerKitError
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.protocol import Backend, Cond, Foresees, Key, Read
from customerkit.testing.data import TABLES, WIDER, WORDS
from customerkit.testing.helpers import exact, scanned
from customerkit.testing.reference import ReferenceBackend, key_of
from customerkit.testing.strategies import conditions, keys, rows

Open = Callable[[], Backend]
_TABLES = (WIDER, *TABLES[1:])


class _RolledBackError(Exception):
    """Roll a transaction of a program back."""


def _of_table(
    strategy: Callable[[Table], st.SearchStrategy[Any]], most: int = 4
) -> st.SearchStrategy[Any]:
    """Draw a table and, of it, a few of something."""
    return st.sampled_from(_TABLES).flatmap(
        lambda table: st.tuples(st.just(table), st.lists(strategy(table), max_size=most))
    )


class Program(RuleBasedStateMachine):
    """Do the same to a store and to the reference, and compare every answer.

    Args:
        start: Opens a new, empty store.
        again: Opens the same store again; None where it is not durable.
    """

    def __init__(self, start: Open, again: Callable[[Backend], Backend] | None) -> None:
        super().__init__()
        self.store, self.reference, self.again = start(), ReferenceBackend(), again
        self.blocks: list[list[AbstractContextManager[None]]] = []
        for side in (self.store, self.reference):
            side.ensure(TABLES)
            side.ensure([WIDER])

    def _both(self, action: Callable[[Backend], Any]) -> None:
        """Do something on both sides; what the reference refuses, the store refuses too."""
        expected, error = self._answer(self.reference, action)
        found, raised = self._answer(self.store, action)
        assert isinstance(raised, type(error)), f"expected {error!r}, got {raised!r}"
        assert found == expected
        if error is not None and self.blocks:
            self._unwind(error)

    @staticmethod
    def _answer(side: Backend, action: Callable[[Backend], Any]) -> tuple[Any, Exception | None]:
        try:
            return action(side), None
        except CustomerKitError as error:
            return None, error

    def _unwind(self, error: BaseException) -> None:
        """Let an error pass through all open blocks, innermost first."""
        while self.blocks:
            for block in self.blocks.pop():
                assert not block.__exit__(type(error), error, None), "the error was swallowed"

    # ── what a program may do ────────────────────────────────────────────────

    @initialize(
        rows_of=st.tuples(
            *(st.just([]) | st.lists(rows(table), min_size=2) for table in _TABLES),
        )
    )
    def fill(self, rows_of: tuple[list[Row], ...]) -> None:
        """Begin with some rows, so that there is something to find."""
        for table, given in zip(_TABLES, rows_of, strict=True):
            self._both(lambda side, t=table, g=given: side.put(t, g))  # type: ignore[misc]

    @rule(what=_of_table(rows))
    def put(self, what: tuple[Table, list[Row]]) -> None:
        """Put rows; those of one key replace each other."""
        self._both(lambda side: side.put(*what))

    @rule(what=_of_table(rows), split=st.booleans())
    def load(self, what: tuple[Table, list[Row]], split: bool) -> None:
        """Load rows, in one batch or one by one."""
        table, given = what
        if not self.store.capabilities.transactions:
            given = self._new(table, given)
        parts = [[row] for row in given] if split else [given] * bool(given)
        batches = [
            Batch.from_dicts(part, list(dict.fromkeys(n for r in part for n in r)))
            for part in parts
        ]
        self._both(lambda side: side.load(table, iter(batches)))

    def _new(self, table: Table, given: list[Row]) -> list[Row]:
        """Keep rows of new keys: without transactions a refused load may leave a part."""
        rows = {key_of(table, row): row for row in given}
        found = self.reference.get(table, list(rows))
        return [row for row, old in zip(rows.values(), found, strict=True) if old is None]

    @rule(what=_of_table(keys))
    def delete(self, what: tuple[Table, list[Key]]) -> None:
        """Delete rows, some of which may not be there."""
        self._both(lambda side: side.delete(*what))

    @rule(what=_of_table(keys))
    def purge(self, what: tuple[Table, list[Key]]) -> None:
        """Purge rows."""
        self._both(lambda side: side.purge(*what))

    @rule(what=_of_table(keys))
    def get(self, what: tuple[Table, list[Key]]) -> None:
        """Get rows, some of which may not be there."""
        self._both(lambda side: exact(side.get(*what)))

    @rule(
        what=_of_table(conditions, most=2),
        data=st.data(),
        limit=st.none() | st.integers(0, 5),
    )
    def scan(self, what: tuple[Table, list[Cond]], data: st.DataObject, limit: int | None) -> None:
        """Scan with any conditions, columns, start and limit."""
        table, where = what
        columns = data.draw(st.none() | st.permutations(table.names).map(lambda names: names[:2]))
        there = [key_of(table, row) for row in scanned(self.reference, table)]
        starts = st.none() | keys(table) | st.sampled_from(there or [None])
        options = {"columns": columns, "after": data.draw(starts), "limit": limit}
        self._both(lambda side: exact(scanned(side, table, where, **options)))

    @rule(row=rows(WORDS))
    def put_an_unknown_field(self, row: Row) -> None:
        """Put a good row and one that must be refused."""
        self._both(lambda side: side.put(WORDS, [row, {**row, "shoe": "9"}]))

    @precondition(lambda self: not self.blocks and isinstance(self.store, Foresees))
    @rule(some=_of_table(keys, most=2), table=st.sampled_from(_TABLES), data=st.data())
    def foresee(self, some: tuple[Table, list[Key]], table: Table, data: st.DataObject) -> None:
        """Say what will be read first, and begin; what comes then may be anything."""
        wheres = data.draw(st.lists(conditions(table), max_size=1))
        rows = [Read(some[0], key) for key in some[1]]
        assert isinstance(self.store, Foresees)
        self.store.foresee([*rows, Read(table, where=wheres)])
        self.begin()
        for key in some[1]:
            self.get((some[0], [key]))

    @precondition(lambda self: self.store.capabilities.transactions and len(self.blocks) < 3)
    @rule()
    def begin(self) -> None:
        """Begin a transaction, or a block within one."""
        self.blocks.append([self.store.transaction(), self.reference.transaction()])
        for block in self.blocks[-1]:
            block.__enter__()

    @precondition(lambda self: self.blocks)
    @rule()
    def commit(self) -> None:
        """End the innermost block well."""
        for block in self.blocks.pop():
            block.__exit__(None, None, None)

    @precondition(lambda self: self.blocks)
    @rule()
    def roll_back(self) -> None:
        """End all blocks with an error."""
        self._unwind(_RolledBackError())

    @precondition(lambda self: not self.blocks)
    @rule()
    def ensure(self) -> None:
        """Ensure tables that are there."""
        for side in (self.store, self.reference):
            side.ensure(_TABLES)

    @precondition(lambda self: self.again is not None and not self.blocks)
    @rule()
    def reopen(self) -> None:
        """Close the store and open it again."""
        assert self.again is not None
        self.store = self.again(self.store)
        self.store.ensure(_TABLES)

    # ── what must hold ───────────────────────────────────────────────────────

    @invariant()
    def the_same_rows_are_there(self) -> None:
        """Compare all rows of all tables."""
        for table in _TABLES:
            assert exact(scanned(self.store, table)) == exact(scanned(self.reference, table))

    def teardown(self) -> None:
        """End what is open, and close the store."""
        self._unwind(_RolledBackError())
        self.store.close()


def run_programs(
    start: Open, again: Callable[[Backend], Backend] | None, times: int | None = None
) -> None:
    """Run random programs.

    Args:
        start: Opens a new, empty store.
        again: Closes a store and opens it again; None where it is not durable.
        times: How many; by default fewer than the profile's examples, for each is long.
    """
    run_state_machine_as_test(
        lambda: Program(start, again),  # type: ignore[arg-type] # any callable will do
        settings=settings(
            max_examples=times or max(10, settings().max_examples // 4),
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
