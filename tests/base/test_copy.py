"""A copy of a base is the base, whatever store it is in, or it is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import customerkit as ck
from customerkit.errors import ConflictError, CorruptStoreError, InputError, NotFoundError
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.model.tables import CUSTOMERS, RECORDS
from customerkit.store.backends.memory import MemoryBackend
from customerkit.store.protocol import Cond
from customerkit.testing import ReferenceBackend

PURCHASES = [
    {"customer_id": "1", "product": "Tea", "quantity": "2", "unit_price": "1.50", "date": day}
    for day in ("2024-01-01", "2024-02-29")
]


@pytest.fixture
def full(tmp_path: Path) -> Iterator[ck.CustomerBase]:
    """Return a base with all that a base can hold."""
    with ck.open(tmp_path / "source.db", actor="tester") as base:
        rows = [
            {"customer_id": "1", "name": "王伟", "email": "wang@example.com", "city": "leeds"},
            {"customer_id": "2", "name": "Jane 😀 Doe", "email": "jane@example.com", "city": None},
            {"customer_id": "3", "name": "Bo Ray", "email": "bo@example.com", "city": "York"},
        ]
        base.collect(rows, channel="crm")
        base.collect(PURCHASES, channel="shop", external_ids="crm")
        base.clean()
        base.update("1", city="Bath", reason="moved")
        base.delete("2")
        base.erase("3")
        yield base


def answers(base: ck.CustomerBase) -> list[Any]:
    return [list(base.customers()), str(base.score()), str(base.analyze()), base.runs()]


def test_a_copy_gives_the_same_answers_and_can_be_undone(
    full: ck.CustomerBase, tmp_path: Path
) -> None:
    stores = [tmp_path / "source.db", tmp_path / "other.db", MemoryBackend(), ReferenceBackend()]
    digests = [ck.copy(a, b).digest for a, b in pairwise(stores)]
    digests.append(ck.copy(stores[-1], tmp_path / "back.db").digest)
    assert len(set(digests)) == 1
    with ck.open(tmp_path / "back.db", actor="tester") as back:
        assert answers(back) == answers(full)
        undone = [base.undo(4) for base in (full, back)]
        assert undone[0] == undone[1]
        assert list(back.customers()) == list(full.customers())


def test_what_is_copied_is_told(full: ck.CustomerBase, tmp_path: Path) -> None:
    seen: list[int] = []
    done = ck.copy(full.backend, tmp_path / "other.db", progress=seen.append)
    assert sum(seen) == sum(done.rows.values())
    assert done.rows["purchases"] == 2
    assert str(done).startswith("copied and checked: runs 6, ")


def test_only_a_new_base_is_copied_to(full: ck.CustomerBase, tmp_path: Path) -> None:
    with ck.open(tmp_path / "other.db") as other:
        other.update(given_name="Ada")
    with pytest.raises(InputError, match="has runs already"):
        ck.copy(full.backend, tmp_path / "other.db")
    with pytest.raises(NotFoundError):
        ck.copy(tmp_path / "nowhere.db", tmp_path / "new.db")
    assert not (tmp_path / "nowhere.db").exists()


class Forgetful(MemoryBackend):
    """Lose a letter."""

    def scan(self, table: Table, where: Sequence[Cond] = (), **options: Any) -> Iterator[Batch]:
        for batch in super().scan(table, where, **options):
            rows: list[Row] = [{**r, "city": "Bat"} if r.get("city") else r for r in batch.dicts()]
            yield Batch.from_dicts(rows, batch.names) if table is RECORDS else batch


def test_a_copy_that_differs_is_not_kept(full: ck.CustomerBase) -> None:
    forgetful = Forgetful()
    with pytest.raises(CorruptStoreError, match="records: the copy is not what was copied"):
        ck.copy(full.backend, forgetful)
    assert not list(forgetful.scan(RECORDS))
    assert not ck.CustomerBase(forgetful).runs()


class Busy(MemoryBackend):
    """Be written to while somebody copies."""

    def scan(self, table: Table, where: Sequence[Cond] = (), **options: Any) -> Iterator[Batch]:
        if table is CUSTOMERS:
            ck.CustomerBase(self).update(given_name="Bo")
        yield from super().scan(table, where, **options)


def test_a_base_that_changes_meanwhile_is_not_copied_by_half() -> None:
    busy, target = Busy(), MemoryBackend()
    ck.CustomerBase(busy).update(given_name="Ada")
    with pytest.raises(ConflictError, match="while it was copied"):
        ck.copy(busy, target)
    assert not ck.CustomerBase(target).runs()
