"""Several processes write to one base at once, and some may not write at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import customerkit as ck
from customerkit.errors import ReadOnlyStoreError
from customerkit.store.backends.sqlite import SQLiteBackend

WRITER = """
import sys, customerkit as ck
path, name = sys.argv[1:]
with ck.open(path) as base:
    for batch in range(8):
        rows = [
            {"customer_id": f"{name}-{batch}-{i}", "email": f"{name}{batch}-{i}@example.com"}
            for i in range(5)
        ]
        base.collect(rows, channel=name)
        base.clean()
        base.update(email="shared@example.com", notes=f"{name}-{batch}")
"""


def test_two_processes_lose_nothing_and_agree(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    ck.open(path).close()
    command = [sys.executable, "-c", WRITER, str(path)]
    writers = [subprocess.Popen([*command, name], stderr=subprocess.PIPE) for name in "ab"]
    for writer in writers:
        _, errors = writer.communicate()
        assert writer.returncode == 0, errors.decode()
    with ck.open(path) as base:
        runs = base.runs()
        assert [run.run_id for run in runs] == list(range(1, len(runs) + 1))
        assert sum(run.verb == "collect" for run in runs) == 16
        assert sum(run.verb == "update" for run in runs) == 16
        found = list(base.customers())
        assert len(found) == 2 * 8 * 5 + 1
        (shared,) = base.find(email="shared@example.com")
        assert len(shared.records) == 16
        numbers = [n for row in found for n in base.get(row["id"]).records]
        assert sorted(numbers) == list(range(1, 2 * 8 * 6 + 1))


FIRST = """
import sys, customerkit as ck
path, name = sys.argv[1:]
with ck.open(path) as base:
    base.collect([{"customer_id": f"{name}{i}"} for i in range(5)], channel=name)
    base.clean()
"""


@pytest.mark.parametrize("attempt", range(3))
def test_processes_that_fill_a_new_base_together(tmp_path: Path, attempt: int) -> None:
    path = tmp_path / "shared.db"
    if attempt:
        ck.open(path).close()
    command = [sys.executable, "-c", FIRST, str(path)]
    writers = [subprocess.Popen([*command, name], stderr=subprocess.PIPE) for name in "abc"]
    for writer in writers:
        _, errors = writer.communicate()
        assert writer.returncode == 0, errors.decode()
    with ck.open(path) as base:
        assert len(list(base.customers())) == 15
        assert not base.plan().pending


def test_a_base_that_may_only_be_read_says_so(tmp_path: Path) -> None:
    base = ck.open(tmp_path / "customers.db")
    base.update(given_name="Ada", email="ada@example.com")
    backend = base.backend
    assert isinstance(backend, SQLiteBackend)
    backend.database().execute("PRAGMA query_only = 1")
    with pytest.raises(ReadOnlyStoreError, match="may only be read"):
        base.update("c-1", city="York")
    with pytest.raises(ReadOnlyStoreError, match="may only be read"):
        base.collect([{"email": "bo@example.com"}], channel="crm")
    assert base.get("c-1").given_name == "Ada"
    base.close()
