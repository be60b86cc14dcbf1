"""Whatever operation of the store fails: the error comes out, and no verb is half done."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import customerkit as ck
from customerkit.errors import StoreFullError
from customerkit.model.tables import SUPPRESSED, TABLES
from customerkit.store.backends.memory import MemoryBackend
from customerkit.store.backends.sqlite import SQLiteBackend
from customerkit.store.protocol import Backend
from customerkit.testing import FaultyBackend

Verb = Callable[[ck.CustomerBase], Any]
Prepare = Callable[[Path, list[Verb]], Backend]

PEOPLE = [
    {"customer_id": "1", "name": "Jane Doe", "email": "JANE@example.com", "city": "leeds"},
    {"customer_id": "2", "name": "Jane Doe", "email": "jane@example.com"},
    {"customer_id": "3", "name": "John Doe", "email": "john@example.com"},
]
MORE = [
    {"customer_id": "1", "name": "Jane Doe", "email": "jane@example.org", "city": "Bath"},
    {"customer_id": "4", "name": "Ann Ray", "email": "ann@example.com"},
]


def collect(base: ck.CustomerBase) -> None:
    base.collect(PEOPLE, channel="crm", observed=1)


def collect_more(base: ck.CustomerBase) -> None:
    base.collect(MORE, channel="crm", observed=2)


def clean(base: ck.CustomerBase) -> None:
    base.clean()


def update(base: ck.CustomerBase) -> None:
    base.update([{"id": "c-1", "city": "York"}, {"id": "c-3", "phone": "+442079460000"}])


VERBS: dict[str, tuple[list[Verb], Verb]] = {  # what was done before, and what is broken off
    "collect": ([], collect),
    "collect more": ([collect, clean], collect_more),
    "clean": ([collect], clean),
    "clean what is new": ([collect, clean, collect_more], clean),
    "update": ([collect, clean], update),
    "create": ([collect, clean], lambda base: base.update(full_name="Ida Lee")),
    "merge": ([collect, clean], lambda base: base.merge("c-1", "c-3")),
    "delete": ([collect, clean], lambda base: base.delete("c-3")),
    "erase": ([collect, clean], lambda base: base.erase("c-3")),
    "undo an update": ([collect, clean, update], lambda base: base.undo()),
    "undo a cleaning": ([collect, clean], lambda base: base.undo()),
}


def in_memory(folder: Path, before: list[Verb]) -> Backend:
    backend = MemoryBackend()
    base = ck.open(backend, actor="tester")
    for verb in before:
        verb(base)
    return backend


def in_a_file(folder: Path, before: list[Verb]) -> Backend:
    """Do it once, and copy the file from then on."""
    whole, copy = folder / "whole.db", folder / "copy.db"
    if not whole.exists():
        with ck.open(whole, actor="tester") as base:
            for verb in before:
                verb(base)
    for file in folder.glob("copy.db*"):
        file.unlink()
    shutil.copy(whole, copy)
    return SQLiteBackend(str(copy))


def contents(backend: Backend) -> dict[str, list[dict[str, Any]]]:
    """Return all rows but for clock times, digests and marks, which no two bases share."""
    rows = {
        table.name: [row for batch in backend.scan(table) for row in batch.dicts()]
        for table in TABLES
    }
    facts = [row for row in rows["meta"] if row["name"] != "secret"]
    rows["meta"] = [{**row, "version": 0} if row["name"] == "next" else row for row in facts]
    rows["suppressed"] = [{"count": len(rows[SUPPRESSED.name])}]
    return {
        name: [{n: value for n, value in row.items() if n != "recorded"} for row in found]
        for name, found in rows.items()
    }


def broken_off(
    prepared: Callable[[], Backend], verb: Verb, first: int
) -> Iterator[tuple[Backend, ck.CustomerBase]]:
    """Break a verb off at each operation of the store, until it comes through unbroken."""
    errors = (StoreFullError("the disk is full; free some space"), KeyboardInterrupt())
    for number in count(1):
        backend, error = prepared(), errors[(first + number) % 2]
        faulty = FaultyBackend(backend)
        with ck.open(faulty, actor="tester") as base:
            faulty.fail(number, error)
            try:
                verb(base)
            except type(error) as caught:
                if caught is not error:
                    raise
                yield backend, base
            else:
                assert not faulty.raised, "an error of the store was swallowed"
                return


@pytest.mark.parametrize("prepare", [in_memory, in_a_file])
@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_done_or_not(prepare: Prepare, name: str, tmp_path: Path) -> None:
    before, verb = VERBS[name]
    backend = prepare(tmp_path, before)
    with ck.open(backend, actor="tester") as base:
        states = [contents(backend)]
        verb(base)
        states.append(contents(backend))

    left = []
    first = 0 if prepare is in_memory else 1  # each operation meets both errors
    for backend, base in broken_off(lambda: prepare(tmp_path, before), verb, first):
        assert contents(backend) in states, f"half a run after {len(left) + 1} operations"
        left.append(states.index(contents(backend)))
        if left[-1] == 0:
            verb(base)
            assert contents(backend) == states[1]
        base.update(full_name="Ned Fox", email="ned@example.com")
        assert base.find(email="ned@example.com")[0].full_name == "Ned Fox"
    assert len(left) > 5
    assert left == sorted(left)  # old until it is committed, new from then on
    assert set(left) == {0, 1}


@pytest.mark.parametrize("url", ["memory:", "file"])
def test_a_base_that_could_not_be_opened_opens_later(url: str, tmp_path: Path) -> None:
    for number in count(1):
        store = (
            MemoryBackend() if url == "memory:" else SQLiteBackend(str(tmp_path / f"{number}.db"))
        )
        faulty = FaultyBackend(store)
        faulty.fail(number, StoreFullError("the disk is full; free some space"))
        with suppress(StoreFullError):
            ck.open(faulty)
        with ck.open(store) as base:
            collect(base)
            assert base.clean().created == [1, 3]
        if not faulty.raised:
            break
    assert number > 2
