"""Redis between processes: shared, never trusted further than the store, and free to die."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

import customerkit as ck
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.model.tables import META
from customerkit.store.backends.sqlite import SQLiteBackend
from customerkit.store.protocol import Backend, Cond, Key
from customerkit.store.wrappers import ReadOnly, Wrapper, _redis, cached
from customerkit.testing import BackendTests, failures

SOAK = Path(__file__).parents[1] / "store" / "soak.py"


class Counting(Wrapper):
    """Count the reads of rows."""

    def __init__(self, inner: Backend) -> None:
        super().__init__(inner)
        self.asked: Counter[str] = Counter()

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        self.asked[table.name] += table.name != META.name
        return super().get(table, keys)

    def scan(self, table: Table, where: Sequence[Cond] = (), **options: Any) -> Iterator[Batch]:
        self.asked[table.name] += 1
        return super().scan(table, where, **options)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with ck.open(tmp_path / "customers.db") as base:
        rows = [
            {"customer_id": n, "name": "Zerlinda Quux", "email": f"zerlinda{n}@example.com"}
            for n in range(1, 9)
        ]
        base.collect(rows, channel="crm", observed=1)
        base.clean()
    return tmp_path / "customers.db"


Handle = Callable[..., tuple[ck.CustomerBase, Counting]]


@pytest.fixture
def handle(path: Path, redis_url: str) -> Iterator[Handle]:
    """Return a function that opens the base as another process would."""
    opened = []

    def open_it(options: str = "stale=0", url: str = redis_url) -> tuple[ck.CustomerBase, Counting]:
        counting = Counting(SQLiteBackend(str(path)))
        opened.append(ck.open(cached(counting, f"{url}?{options}"), actor="tester"))
        counting.asked.clear()
        return opened[-1], counting

    yield open_it
    for base in opened:
        base.close()


@contextmanager
def client(redis: Any, url: str) -> Iterator[Any]:
    with closing(redis.connect(url)) as found:
        yield found


@pytest.mark.parametrize("stale", ["0", "3600"])
def test_a_store_with_redis_is_a_backend(
    redis_url: str, stale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The kit compares all of META between stores, which a random name of the base spoils.
    monkeypatch.setattr(_redis.secrets, "token_hex", lambda size: "5a" * size)

    class TestShared(BackendTests):
        def open_store(self, where: Path) -> Backend:
            return cached(
                SQLiteBackend(str(where / "store.db")),
                f"{redis_url}?stale={stale}",
                name=str(where),
            )

    names = None
    if stale != "0":
        names = [
            "test_random_programs",
            "test_rows_are_copies",
            "test_an_error_rolls_everything_back",
        ]
    assert failures(TestShared, names) == {}


def test_another_process_finds_what_was_read(handle: Handle) -> None:
    handle()[0].search("quux")  # makes the index, which is a write
    (one, asked), (other, others) = handle(), handle()

    def ask(base: ck.CustomerBase) -> list[Any]:
        found = [base.get("c-1"), base.find(email="zerlinda2@example.com"), base.get("3")]
        found += [base.search("quux", facets=["channel"]), base.search("zerlinda2@example.com")]
        return [*found, base.score(as_of=1_700_000_000_000), base.history("c-4")]

    found = ask(one)
    assert asked.asked.total() > 5
    assert ask(other) == found
    assert others.asked.total() == 0


def test_what_a_run_touched_is_not_taken_from_redis(handle: Handle) -> None:
    (one, _), (writer, _), (other, others) = handle(), handle(), handle()
    one.get("c-1"), one.get("c-2")
    writer.update("c-1", city="York")
    assert other.get("c-1").city == "York"
    others.asked.clear()
    other.get("c-2")
    assert others.asked["customers"] == 0


def test_keys_tell_nobody_and_values_are_gone_in_time(
    handle: Handle, redis: Any, redis_url: str
) -> None:
    base, _ = handle("ttl=7")
    base.get("c-1"), base.find(email="zerlinda2@example.com"), base.get(("crm", "3"))
    with client(redis, redis_url) as server:
        keys = server.keys()
        assert len(keys) > 5
        assert all(key.startswith("customerkit:") for key in keys)
        assert not any("zerlinda" in key or "crm" in key for key in keys)
        assert all(0 < server.pttl(key) <= 7000 for key in keys)
        assert any("Zerlinda" in server.get(key) for key in keys)


def test_erasing_drops_what_redis_holds(handle: Handle, redis: Any, redis_url: str) -> None:
    (one, _), (other, _) = handle(), handle()
    one.get("c-1"), other.get("c-1")
    with client(redis, redis_url) as server:
        server.set("somebody else's", "1")
        one.erase("c-1")
        assert server.keys() == ["somebody else's"]
        with pytest.raises(ck.errors.NotFoundError):
            other.get("c-1")
        assert not any("zerlinda1@" in (server.get(key) or "") for key in server.scan_iter())


def test_a_writer_without_redis_that_erases_is_followed(
    handle: Handle, path: Path, redis: Any, redis_url: str
) -> None:
    reader, _ = handle()
    reader.get("c-1")
    with ck.open(path, cache=True) as writer:
        writer.erase("c-1")
    reader.get("c-2")
    with client(redis, redis_url) as server:
        assert not any("zerlinda1@" in (server.get(key) or "") for key in server.scan_iter())


def test_bases_are_apart(handle: Handle, tmp_path: Path, redis_url: str) -> None:
    base, _ = handle()
    base.get("c-1")
    with ck.open(tmp_path / "other.db", cache=f"{redis_url}?stale=0") as other:
        other.update(full_name="Ann Ray")
        assert other.get("c-1").full_name == "Ann Ray"
    assert base.get("c-1").full_name == "Zerlinda Quux"


def test_a_copy_of_a_base_is_another_one(path: Path, tmp_path: Path, redis_url: str) -> None:
    cache = f"{redis_url}?stale=0"
    with ck.open(path, cache=cache) as base:
        base.update("c-2", city="Leeds")
    (tmp_path / "copy.db").write_bytes(path.read_bytes())
    with ck.open(path, cache=cache) as base, ck.open(tmp_path / "copy.db", cache=cache) as copy:
        base.update("c-1", city="York")
        copy.update("c-1", city="Bath")
        assert (base.get("c-1").city, copy.get("c-1").city) == ("York", "Bath")


RUBBISH = ["", "null", "[]", "\x00", '[1, "", [], [["x"]]]', '{"a": 1}', '[3, "", ["!x"], 7]']


@pytest.mark.parametrize("rubbish", [*RUBBISH, ["no text but a list"]])
def test_rubbish_is_taken_for_absent(
    rubbish: str | list[str], handle: Handle, redis: Any, redis_url: str
) -> None:
    (one, _), (other, _) = handle(), handle()
    expected = one.get("c-1")
    with client(redis, redis_url) as server:
        names = server.keys()
        assert names
        for name in names:
            server.delete(name)
            server.set(name, rubbish) if isinstance(rubbish, str) else server.lpush(name, *rubbish)
    assert other.get("c-1") == expected


def test_a_base_that_may_only_be_read_takes_from_redis(
    handle: Handle, path: Path, redis_url: str
) -> None:
    base, _ = handle()
    base.get("c-1")
    inner = Counting(ReadOnly(SQLiteBackend(str(path))))
    with ck.open(cached(inner, f"{redis_url}?stale=0")) as reader:
        inner.asked.clear()
        assert reader.get("c-1").full_name == "Zerlinda Quux"
        assert inner.asked["customers"] == 0


def test_redis_dies_and_comes_back(
    handle: Handle, redis: Any, redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    base, _ = handle()
    base.get("c-1")
    clock = [0.0]
    base.backend._shared._breaker._clock = lambda: clock[0]
    redis.kill()
    with caplog.at_level(logging.WARNING, "customerkit.cache"):
        for n in range(1, 9):
            assert base.get(f"c-{n}").full_name == "Zerlinda Quux"
            base.update(f"c-{n}", city="York")
            assert base.get(f"c-{n}").city == "York"
    assert len(caplog.records) == 1  # asked once, then left alone
    assert base.backend.info().shared is False
    base.erase("c-8")
    redis.restart()
    clock[0] += 60
    base.update("c-2", city="Bath")
    base.get("c-2")
    assert base.backend.info().shared is True
    with client(redis, redis_url) as server:
        assert server.dbsize() > 0


def test_redis_was_never_there(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with ck.open(tmp_path / "a.db", cache=f"redis://:hunter2@127.0.0.1:{port}") as base:
        base.update(full_name="Jane Doe")
        assert base.get("c-1").full_name == "Jane Doe"
        assert "hunter2" not in repr(base) + repr(base.backend) + repr(vars(base.backend))


def test_a_redis_that_never_answers_is_asked_seldom(path: Path) -> None:
    accepted: list[socket.socket] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as mute:

        def accept() -> None:
            while True:
                try:
                    accepted.append(mute.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        url = f"redis://127.0.0.1:{mute.getsockname()[1]}?stale=0&timeout=0.02"
        with ck.open(path, cache=url) as base:
            base.backend._shared._breaker._clock = lambda: 0.0  # the pause never ends
            for n in range(1, 9):
                assert base.get(f"c-{n}").full_name == "Zerlinda Quux"
            base.update("c-1", city="York")
            assert base.get("c-1").city == "York"
        assert len(accepted) == 1
        mute.shutdown(socket.SHUT_RDWR)
    for connection in accepted:
        connection.close()
    thread.join(5)


def test_processes_with_redis_see_nothing_older_than_the_bound(
    tmp_path: Path, redis_url: str
) -> None:
    command = [sys.executable, SOAK, tmp_path / "a.db", f"{redis_url}?stale=0.05", "2000"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert (seen["older than the bound"], seen["own write not seen"]) == (0, 0)


def test_the_lookup_of_options(redis_url: str) -> None:
    with pytest.raises(ck.errors.InputError, match="no option 'tll'"):
        ck.open("memory:", cache=f"{redis_url}?tll=3")
