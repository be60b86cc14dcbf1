"""The kit finds stores that lose writes, or keep them: one fault a store, and who finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest

from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.protocol import Key
from customerkit.testing import ReferenceBackend

Finders = Callable[[type[ReferenceBackend], list[str]], list[str]]


# ── rows ─────────────────────────────────────────────────────────────────────


class LeavesAbsentRowsOut(ReferenceBackend):
    found_by = "test_get_answers_in_the_order_of_the_keys"

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        return [row for row in super().get(table, keys) if row is not None]


class PutMerges(ReferenceBackend):
    found_by = "test_put_replaces_the_whole_row"

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        olds = super().get(table, [row[table.key[0]] for row in rows])  # type: ignore[misc]
        super().put(table, [{**(old or {}), **row} for old, row in zip(olds, rows, strict=True)])


class CountsKeys(ReferenceBackend):
    found_by = "test_delete_and_purge_count_the_rows_that_were_there"

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        super().delete(table, keys)
        return len(keys)


class HandsOutItsRows(ReferenceBackend):
    found_by = "test_rows_are_copies"

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        return [self.held(table).get(key) for key in keys]


class ChecksFieldsTooLate(ReferenceBackend):
    found_by = "test_unknown_fields_are_refused_before_anything_is_written"

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        for row in rows:
            super().put(table, [row])


class MakesTablesAnew(ReferenceBackend):
    found_by = "test_ensure_twice_keeps_rows"

    def ensure(self, tables: Sequence[Table]) -> None:
        self.rows.update({table.name: {} for table in tables})
        super().ensure(tables)


class LetsDriverErrorsOut(ReferenceBackend):
    found_by = "test_a_table_that_was_never_ensured"

    def held(self, table: Table) -> dict[Key, Row]:
        return self.rows[table.name]


# ── loads and transactions ───────────────────────────────────────────────────


class LoadsBatchByBatch(ReferenceBackend):
    found_by = "test_a_stream_that_fails_leaves_nothing"

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        return sum(super(LoadsBatchByBatch, self).load(table, [batch]) for batch in batches)


class LoadReplaces(ReferenceBackend):
    found_by = "test_keys_that_exist_are_refused"

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        rows = [row for batch in batches for row in batch.dicts()]
        self.put(table, rows)
        return len(rows)


class NeverRollsBack(ReferenceBackend):
    found_by = "test_an_error_rolls_everything_back"

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self.lock:
            yield


class CommitsInterruptedBlocks(ReferenceBackend):
    found_by = "test_an_interrupt_rolls_back"

    @contextmanager
    def transaction(self) -> Iterator[None]:
        interrupt = None
        with super().transaction():
            try:
                yield
            except (KeyboardInterrupt, SystemExit, GeneratorExit) as error:
                interrupt = error
        if interrupt is not None:
            raise interrupt


class CommitsInnerBlocks(ReferenceBackend):
    found_by = "test_inner_blocks_join_the_outer_one"

    @contextmanager
    def transaction(self) -> Iterator[None]:
        committed: dict[str, dict[Key, Row]] | None = None
        try:
            with super().transaction():
                yield
                if self.depth == 2:
                    self.kept = {name: dict(rows) for name, rows in self.rows.items()}
        except BaseException:
            committed = getattr(self, "kept", None)
            self.rows = committed or self.rows
            raise


class LetsThreadsIn(ReferenceBackend):
    found_by = "test_threads_see_nothing_uncommitted"

    def __init__(self) -> None:
        super().__init__()
        self.lock: Any = nullcontext()


# ── lifetime ─────────────────────────────────────────────────────────────────


class SharesItsRows(ReferenceBackend):
    found_by = "test_stores_are_apart"
    everywhere: ClassVar[dict[str, dict[Key, Row]]] = {}

    def held(self, table: Table) -> dict[Key, Row]:
        super().held(table)
        return self.everywhere.setdefault(table.name, {})


class OnlySaysItIsDurable(ReferenceBackend):
    found_by = "test_rows_outlive_the_handle"
    capabilities = attrs.evolve(ReferenceBackend.capabilities, durable=True)


class OnlySaysItIsShared(ReferenceBackend):
    found_by = "test_a_handle_sees_what_another_committed"
    capabilities = attrs.evolve(ReferenceBackend.capabilities, multi_process=True)


class KeepsALog(ReferenceBackend):
    found_by = "test_purged_rows_leave_no_bytes"
    where: Path

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        super().put(table, rows)
        with (self.where / "log").open("a", encoding="utf-8") as log:
            log.write(repr(rows))


MUTANTS = [kind for kind in list(vars().values()) if hasattr(kind, "found_by")]


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_kit_finds(mutant: type[ReferenceBackend], finders: Finders) -> None:
    assert finders(mutant, [mutant.found_by]) == [mutant.found_by]
