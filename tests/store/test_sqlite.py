"""What can go wrong with a file, and what must be gone from it."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

import customerkit as ck
from customerkit.errors import (
    CorruptStoreError,
    InputError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    StoreVersionError,
    UnknownSchemeError,
)
from customerkit.model.batch import Batch
from customerkit.model.table import Column, Table
from customerkit.store.backends.sqlite import SQLiteBackend
from customerkit.store.protocol import Cond

SECRET = "zerlinda.quux@example.com"
PETS = Table(
    "pets", (Column("pet_id", "integer"), Column("name")), key=("pet_id",), indexes=(("name",),)
)


def test_erased_values_are_not_in_the_bytes_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "customers.db"
    base = ck.open(path)
    base.collect(
        [{"customer_id": "1", "name": "Zerlinda Quux", "email": SECRET, "hobby": "chess-boxing"}],
        channel="crm",
    )
    base.clean()
    base.update("c-1", city="Quuxville")
    base.collect(
        [{"email": SECRET, "order_id": "quux-order", "quantity": "1", "unit_price": "2"}],
        channel="shop",
    )
    base.clean()
    assert base.erase("c-1") > 0
    base.close()
    for file in tmp_path.iterdir():
        content = file.read_bytes().lower()
        for value in (b"zerlinda", b"quux", b"chess-boxing"):
            assert value not in content, file.name


def test_a_locked_file_is_a_typed_error(tmp_path: Path) -> None:
    path = tmp_path / "customers.db"
    ck.open(path).close()
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    base = ck.open(f"sqlite:///{path}?timeout=0.05")
    with pytest.raises(StoreLockedError, match="try again"):
        base.collect([{"email": SECRET}], channel="crm")
    other.rollback()
    assert base.collect([{"email": SECRET}], channel="crm").records == 1
    base.close()
    other.close()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "customers.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(CorruptStoreError, match="no SQLite database"):
        ck.open(path)


def test_a_base_of_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "customers.db"
    ck.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreVersionError, match="upgrade customerkit"):
        ck.open(path)


def test_paths_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder"):
        ck.open(tmp_path)
    with pytest.raises(StoreError, match="create it first"):
        ck.open(tmp_path / "no" / "customers.db")
    with pytest.raises(UnknownSchemeError, match=r"memory, .*sqlite"):
        ck.open("oracle://host/db")


def test_a_full_disk_leaves_the_base_as_it_was(tmp_path: Path) -> None:
    base = ck.open(tmp_path / "customers.db")
    base.collect([{"email": SECRET}], channel="crm")
    connection = base.backend._connection  # type: ignore[attr-defined]
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    rows = [{"email": f"u{n}@example.com", "notes": "x" * 500} for n in range(2_000)]
    with pytest.raises(StoreFullError, match="free some space"):
        base.collect(rows, channel="web")
    connection.execute("PRAGMA max_page_count = 1000000")
    assert [run.verb for run in base.runs()] == ["collect"]
    assert base.collect(rows, channel="web").records == 2_000
    base.close()


def test_an_interrupted_run_leaves_nothing(tmp_path: Path) -> None:
    base = ck.open(tmp_path / "customers.db")

    def interrupt(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        base.collect([{"email": SECRET}], channel="crm", progress=interrupt)
    assert base.runs() == []
    assert base.collect([{"email": SECRET}], channel="crm").records == 1
    base.close()


def test_threads_lose_no_update(tmp_path: Path) -> None:
    base = ck.open(tmp_path / "customers.db")
    base.update(given_name="Ada", email="ada@example.com")

    def write() -> None:
        for _ in range(20):
            base.update("c-1", notes=f"{threading.get_ident()}-{_}")

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert base.get("c-1").version == 81
    base.close()


def test_rows_cross_as_they_are(tmp_path: Path) -> None:
    backend = SQLiteBackend(str(tmp_path / "pets.db"))
    backend.ensure([PETS])
    backend.load(PETS, [Batch.from_rows(["pet_id", "name"], [(2, "b"), (1, "a\x00\U0001f600")])])
    assert [row for batch in backend.scan(PETS) for row in batch.rows()] == [
        (1, "a\x00\U0001f600"),
        (2, "b"),
    ]
    with pytest.raises(InputError):
        backend.load(PETS, [Batch.from_rows(["pet_id"], [(3,), (1,)])])
    assert backend.get(PETS, [3]) == [None]
    found = [r for b in backend.scan(PETS, [Cond("name", "prefix", "a")]) for r in b.dicts()]
    assert [row["pet_id"] for row in found] == [1]
    backend.close()


def test_a_table_of_an_older_version_gets_its_new_columns(tmp_path: Path) -> None:
    path = str(tmp_path / "pets.db")
    backend = SQLiteBackend(path)
    backend.ensure([Table("pets", (Column("pet_id", "integer"),), key=("pet_id",))])
    backend.put(Table("pets", (Column("pet_id", "integer"),), key=("pet_id",)), [{"pet_id": 1}])
    backend.close()
    backend = SQLiteBackend(path)
    backend.ensure([PETS])
    assert backend.get(PETS, [1]) == [{"pet_id": 1, "name": None}]
    assert backend.database().table("pets").columns_dict == {"pet_id": int, "name": str}
    backend.close()


def test_a_base_can_be_queried_in_sql(tmp_path: Path) -> None:
    base = ck.open(tmp_path / "customers.db")
    base.update(given_name="Ada", city="York")
    backend = base.backend
    assert isinstance(backend, SQLiteBackend)
    found = list(backend.database().query("select given_name, city from customers"))
    assert found == [{"given_name": "Ada", "city": "York"}]
    base.close()
