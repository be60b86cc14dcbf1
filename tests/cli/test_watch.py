"""Progress: what a person sees, and that counting changes nothing."""

from __future__ import annotations

import sys
from typing import Any

import pytest

import customerkit as ck
from customerkit.cli import watch
from customerkit.cli.shared import watched
from customerkit.store.backends.memory import MemoryBackend
from customerkit.store.protocol import Backend

ROWS = [{"customer_id": n, "name": f"Ann {n}", "email": f"a{n}@example.org"} for n in range(50)]


def test_a_watched_store_is_a_store_and_counts() -> None:
    seen: list[int] = []
    backend = watch.Watched(MemoryBackend("memory:"), seen.append)
    assert isinstance(backend, Backend)
    with ck.open(backend) as base:
        base.collect(ROWS, channel="crm")
        base.clean()
        base.update("c-1", city="York")
        assert base.get("c-1").city == "York"
        base.erase("c-2")
        assert len(list(base.customers())) == 49
    assert sum(seen) > 100


def test_only_the_rows_of_some_tables_count() -> None:
    seen: list[int] = []
    with ck.open(watch.Watched(MemoryBackend("memory:"), seen.append, ["records"])) as base:
        base.collect(ROWS, channel="crm")
    assert sum(seen) == 50


class Screen:
    """Be a terminal that remembers."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return True


def look(monkeypatch: pytest.MonkeyPatch) -> Screen:
    found = Screen()
    monkeypatch.setattr(sys, "stderr", found)
    return found


def test_a_person_sees_a_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = look(monkeypatch)
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with watch.counter("clean", False, 10) as tell:
        tell(4)
    assert "clean: 4 of 10 rows (40 %)" in screen.text
    assert screen.text.endswith("\r\x1b[K")


def test_a_person_with_tqdm_sees_its_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = look(monkeypatch)
    pytest.importorskip("tqdm")
    with watch.counter("clean", False, 10) as tell:
        tell(10)
    assert "clean" in screen.text


def test_nobody_looks_at_a_quiet_command(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = look(monkeypatch)
    with watch.counter("clean", True) as tell:
        tell(4)
    assert screen.text == ""


def test_the_total_comes_from_the_log(cleaned: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    totals = []

    def counter(label: str, quiet: bool, total: int | None = None) -> Any:
        totals.append(total)
        return watch.counter(label, True)

    monkeypatch.setattr("customerkit.cli.shared.counter", counter)
    with watched("customers.db", "export", False, ["records"]) as base:
        assert base.export("r.csv", "records") == 3
    with watched("customers.db", "clean", False):
        pass
    assert totals == [3, None]
