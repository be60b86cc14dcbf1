"""Wrappers around stores: each is a backend, and does what it is about."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

import customerkit as ck
from customerkit.errors import NotFoundError, ReadOnlyStoreError, StoreFullError
from customerkit.model.table import Table
from customerkit.model.tables import CUSTOMERS, TABLES
from customerkit.store.backends.memory import MemoryBackend
from customerkit.store.backends.sqlite import SQLiteBackend
from customerkit.store.protocol import Backend
from customerkit.store.wrappers import Logged, ReadOnly, Wrapper, unwrap
from customerkit.testing import BackendTests, FaultyBackend, failures
from customerkit.testing.backend import checks
from customerkit.testing.data import PEOPLE, WIDER, person

WRAPPERS = {"plain": Wrapper, "logged": Logged, "faulty": FaultyBackend}
STORES: dict[str, Callable[[Path], Backend]] = {
    "memory": lambda where: MemoryBackend(),
    "sqlite": lambda where: SQLiteBackend(str(where / "store.db")),
}


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("name", WRAPPERS)
def test_a_wrapped_store_is_a_backend(name: str, store: str) -> None:
    class TestWrapped(BackendTests):
        def open_store(self, where: Path) -> Backend:
            return WRAPPERS[name](STORES[store](where))

    assert failures(TestWrapped, set(checks()) - {"test_random_programs"}) == {}


def test_wrappers_stack_and_come_off() -> None:
    store = MemoryBackend()
    stacked = ReadOnly(Logged(FaultyBackend(store)))
    assert unwrap(stacked) is store
    assert stacked.capabilities is store.capabilities
    assert repr(stacked).startswith("ReadOnly(Logged(FaultyBackend(")


# ── read only ────────────────────────────────────────────────────────────────


@pytest.fixture(params=STORES)
def prepared(request: pytest.FixtureRequest, tmp_path: Path) -> Backend:
    store = STORES[request.param](tmp_path)
    store.ensure([PEOPLE])
    store.put(PEOPLE, [person(1, name="Ann"), person(2)])
    return store


def test_reads_pass_and_every_write_is_refused(prepared: Backend) -> None:
    guarded = ReadOnly(prepared)
    guarded.ensure([PEOPLE])
    before = [row for batch in prepared.scan(PEOPLE) for row in batch.dicts()]
    writes: list[Callable[[], object]] = [
        lambda: guarded.put(PEOPLE, [person(3)]),
        lambda: guarded.delete(PEOPLE, [1]),
        lambda: guarded.purge(PEOPLE, [1]),
        lambda: guarded.load(PEOPLE, iter([])),
        guarded.transaction,
    ]
    for write in writes:
        with pytest.raises(ReadOnlyStoreError, match="without read_only"):
            write()
    assert guarded.get(PEOPLE, [1, 9]) == [person(1, name="Ann"), None]
    assert [row for batch in guarded.scan(PEOPLE) for row in batch.dicts()] == before


@pytest.mark.parametrize("missing", [[PEOPLE, *TABLES], [WIDER]])
def test_what_is_missing_is_not_created(prepared: Backend, missing: list[Table]) -> None:
    with pytest.raises(ReadOnlyStoreError, match="open the base once without read_only"):
        ReadOnly(prepared).ensure(missing)
    with pytest.raises(Exception, match="customers"):
        prepared.get(CUSTOMERS, [1])


def test_a_base_opens_to_be_read_only(tmp_path: Path) -> None:
    path = tmp_path / "customers.db"
    with pytest.raises(NotFoundError):
        ck.open(path, read_only=True)
    assert not path.exists()
    with ck.open(path) as base:
        base.collect([{"customer_id": "1", "name": "Jane Doe", "city": "leeds"}], channel="crm")
        base.clean()
    with ck.open(path, read_only=True) as base:
        assert base.get("1").city == "Leeds"
        assert base.find(city="Leeds")
        assert base.explain("c-1", "city").value == "Leeds"
        assert len(base.history("c-1")) == 1
        assert base.score().clean.count == 1
        assert base.plan().pending == []
        for write in (
            lambda: base.update("c-1", city="York"),
            lambda: base.collect([{"email": "bo@example.com"}], channel="crm"),
            lambda: base.erase("c-1"),
            base.undo,
        ):
            with pytest.raises(ReadOnlyStoreError):
                write()
        assert len(base.runs()) == 2


# ── the log ──────────────────────────────────────────────────────────────────


def test_the_log_tells_what_and_how_long_but_never_who(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    base = ck.open(Logged(SQLiteBackend(str(tmp_path / "a.db"))))
    with caplog.at_level(logging.DEBUG, "customerkit.store"):
        base.collect([{"email": "zerlinda@example.com", "city": "Quuxville"}], channel="crm")
        base.clean()
        base.update("c-1", phone="+442079460018")
        assert base.find(email="zerlinda@example.com")
        base.erase("c-1")
    base.close()
    told = " ".join(record.getMessage() for record in caplog.records).casefold()
    facts = repr([vars(record) for record in caplog.records]).casefold()
    for secret in ("zerlinda", "quux", "2079460018"):
        assert secret not in told
        assert secret not in facts
    commits = [r for r in caplog.records if r.levelno == logging.INFO]
    assert [r.runs for r in commits] == [(1,), (2,), (3,), (4,)]
    assert {r.operation for r in caplog.records} >= {"get", "put", "scan", "load", "purge"}
    assert all(r.seconds >= 0 and r.rows >= 0 for r in caplog.records)


def test_the_log_warns_of_what_failed_and_what_was_slow(caplog: pytest.LogCaptureFixture) -> None:
    faulty = FaultyBackend(MemoryBackend())
    base = ck.open(Logged(faulty))
    faulty.fail(5, StoreFullError("zerlinda"))
    with caplog.at_level(logging.WARNING), pytest.raises(StoreFullError):
        base.update(full_name="Jane Doe")
    told = [record.getMessage() for record in caplog.records]
    assert any("StoreFullError in" in line for line in told)
    assert any("rolled back by StoreFullError" in line for line in told)
    assert not any("zerlinda" in line for line in told)
    caplog.clear()
    slow = Logged(MemoryBackend(), slow=0)
    slow.ensure([PEOPLE])
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
