"""MongoDB's protocol, spoken by a real server: the kit, many processes, any fault."""

from __future__ import annotations

import hashlib
import os
import random
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import customerkit as ck
from customerkit.errors import (
    CustomerKitError,
    InputError,
    LimitError,
    NotFoundError,
    StoreConnectionError,
    StoreError,
    StoreVersionError,
    TransientStoreError,
)
from customerkit.model.batch import Batch
from customerkit.model.tables import CUSTOMERS, META
from customerkit.store.backends.mongodb import MongoDBBackend
from customerkit.store.journal import Journal
from customerkit.store.protocol import Backend, Cond
from customerkit.testing import BackendTests, FaultyBackend
from customerkit.testing.data import PEOPLE, WORDS, person
from customerkit.testing.helpers import scanned
from running import Server
from sql_checks import COUNTER, WRITER, main_job, started, whole

MANY = bool(os.environ.get("CUSTOMERKIT_SOAK"))  # what takes hours: as often as the bars say
INCREMENTS = 1_000 if MANY else 15
KILLS = 200 if MANY else 6


class TestMongoDB(BackendTests):
    """The kit, on a database for each folder."""

    @pytest.fixture(autouse=True)
    def _databases(self, mongodb: Server) -> Iterator[None]:
        self.server = mongodb
        self.names: set[str] = set()
        yield
        with closing(mongodb.connect()) as client:
            for name in self.names:
                client.drop_database(name)

    def open_store(self, where: Path) -> Backend:
        name = "kit_" + hashlib.sha256(str(where).encode()).hexdigest()[:16]
        self.names.add(name)
        return Journal(MongoDBBackend(f"{self.server.url}{name}"))


# ── the same answers ─────────────────────────────────────────────────────────


def test_the_main_job_says_what_it_says_on_sqlite(mongodb_url: str, tmp_path: Path) -> None:
    expected = main_job(str(tmp_path / "base.db"), tmp_path / "sqlite")
    found = main_job(mongodb_url, tmp_path / "server")
    assert [name for name in expected if found[name] != expected[name]] == []


def test_a_base_is_there_or_not(mongodb_url: str) -> None:
    with pytest.raises(NotFoundError):
        ck.open(mongodb_url, create=False)
    with ck.open(mongodb_url) as base:
        base.update(full_name="Ada Day")
    with ck.open(mongodb_url, create=False) as base:
        assert base.get("c-1").full_name == "Ada Day"


def test_what_documents_cannot_hold_is_refused_before_anything_is_written(
    mongodb_url: str,
) -> None:
    with closing(Journal(MongoDBBackend(mongodb_url))) as store:
        store.ensure([PEOPLE, WORDS])
        huge = person(2, name="x" * (17 * 1024**2))
        whole = person(3, name="\U0001f600" * (3 * 1024**2), photo=bytes(3 * 1024**2))
        for write in (
            lambda: store.put(PEOPLE, [person(1), huge]),
            lambda: store.load(PEOPLE, [Batch.from_dicts([person(1), huge], PEOPLE.names)]),
        ):
            with pytest.raises(LimitError, match="larger than a document"):
                write()
            assert scanned(store, PEOPLE) == []
        for value in (float("nan"), float("inf")):
            with pytest.raises(InputError, match="field weight"):
                store.put(PEOPLE, [person(1), person(2, weight=value)])
        store.put(PEOPLE, [whole])
        store.put(PEOPLE, [{**whole, "city": "Leeds"}])
        assert store.get(PEOPLE, [3]) == [{**whole, "city": "Leeds"}]
        keys = ["k" * 100_000, "k" * 100_000 + "\0", "k" * 99_999]
        store.put(WORDS, [{"word": key, "note": str(n)} for n, key in enumerate(keys)])
        assert [row["word"] for row in scanned(store, WORDS)] == sorted(keys)


# ── processes ────────────────────────────────────────────────────────────────


def ended_well(processes: list[subprocess.Popen[str]]) -> None:
    told = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(told), "".join(told)


@pytest.fixture
def base(mongodb_url: str) -> Iterator[ck.CustomerBase]:
    with ck.open(mongodb_url) as base:
        base.update(full_name="Ada Day", email="ada@example.com")
        yield base


def test_processes_lose_no_increment(base: ck.CustomerBase, mongodb_url: str) -> None:
    ended_well([started(COUNTER, f"{mongodb_url}?timeout=600", str(INCREMENTS)) for _ in range(8)])
    (row,) = base.backend.get(CUSTOMERS, [1])
    assert row is not None
    assert (row["notes"], row["version"]) == (str(8 * INCREMENTS), 8 * INCREMENTS + 1)
    assert len(base.runs()) == 8 * INCREMENTS + 1
    whole(base)


def test_processes_create_the_collections_at_once(mongodb_url: str) -> None:
    script = "import sys, customerkit as ck; ck.open(sys.argv[1]).update(full_name='Ada Day')"
    ended_well([started(script, mongodb_url) for _ in range(4)])
    with ck.open(mongodb_url) as base:
        assert len(base.runs()) == 4
        whole(base)


def test_a_killed_writer_leaves_whole_runs(base: ck.CustomerBase, mongodb_url: str) -> None:
    rng = random.Random(7)
    told: list[int] = []
    for turn in range(KILLS):
        writer = started(WRITER, mongodb_url, f"crm{turn}")
        assert writer.stdout is not None
        told += [int(writer.stdout.readline()) for _ in range(rng.randint(1, 3))]
        threading.Event().wait(rng.random() / 4)  # somewhere in the middle of a run
        writer.kill()
        rest, _ = writer.communicate()
        told += map(int, rest.split())
        assert {run.run_id for run in base.runs()}.issuperset(told)
        whole(base)
    base.update("c-1", city="Bath")
    whole(base)


def test_a_fork_connects_anew(base: ck.CustomerBase) -> None:
    child = os.fork()
    if not child:
        try:
            base.update("c-1", city="Bath")
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert base.get("c-1").city == "Bath"
    base.update("c-1", city="York")


def test_readers_wait_for_no_writer(base: ck.CustomerBase, mongodb_url: str) -> None:
    with ck.open(mongodb_url) as reader, base.backend.transaction():
        base.update("c-1", city="Bath")
        assert reader.get("c-1").city is None
    assert base.get("c-1").city == "Bath"


# ── faults ───────────────────────────────────────────────────────────────────


def test_a_run_that_is_cut_off_anywhere_counts_whole_or_not(mongodb_url: str) -> None:
    store = MongoDBBackend(mongodb_url)
    with closing(Journal(store)) as journal:
        journal.ensure([PEOPLE])
        journal.put(PEOPLE, [person(n, name="old") for n in range(3)])
        for number in count(1):
            before = scanned(journal, PEOPLE)
            faulty = FaultyBackend(store)
            cut = Journal(faulty)
            cut.ensure([PEOPLE])
            faulty.fail(number, StoreConnectionError("cut"), lasting=True)
            with suppress(StoreConnectionError):
                _change(cut, number)
            if not faulty.raised:
                break
            faulty.fail(None, StoreConnectionError("cut"))
            cut.put(PEOPLE, [person(77, name=f"{number}")])  # the same process goes on
            cut.delete(PEOPLE, [77])
            after = scanned(journal, PEOPLE)
            assert after in (before, _changed(before, number)), f"half a run at {number}"
        assert number > 10


def _change(store: Backend, number: int) -> None:
    with store.transaction():
        store.put(PEOPLE, [person(0, name=f"{number}")])
        store.load(PEOPLE, [Batch.from_columns({"person_id": [100 + number]})])


def _changed(rows: list[dict[str, object]], number: int) -> list[dict[str, object]]:
    return [person(0, name=f"{number}"), *rows[1:], person(100 + number)]  # type: ignore[list-item]


def test_a_killed_server_keeps_what_was_acknowledged(
    base: ck.CustomerBase, mongodb_url: str, mongodb: Server
) -> None:
    for turn in range(20 if MANY else 2):
        writer = started(WRITER, mongodb_url, f"crm{turn}")
        assert writer.stdout is not None
        told = [int(writer.stdout.readline()) for _ in range(2)]
        mongodb.kill()
        try:
            _, errors = writer.communicate()
            assert "StoreConnectionError" in errors
            with pytest.raises(StoreConnectionError, match=r"no MongoDB server answers|lost"):
                base.get("c-1")
        finally:
            mongodb.restart()
        assert base.get("c-1").full_name == "Ada Day"
        assert {run.run_id for run in base.runs()}.issuperset(told)
        base.update("c-1", city=f"City{turn}")
        whole(base)


def test_nothing_listens(mongodb_url: str) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    absent = mongodb_url.replace(f":{urlsplit(mongodb_url).port}/", f":{port}/")
    refused(f"{absent}?serverSelectionTimeoutMS=500", StoreConnectionError, "check host, port")


def test_a_server_that_says_nothing(mongodb_url: str) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        url = f"mongodb://127.0.0.1:{silent.getsockname()[1]}/crm?serverSelectionTimeoutMS=500"
        refused(url, StoreConnectionError, "no MongoDB server answers")


def test_something_else_answers(redis_url: str) -> None:
    parts = urlsplit(redis_url)
    url = f"mongodb://127.0.0.1:{parts.port}/crm?serverSelectionTimeoutMS=1000"
    refused(url, StoreConnectionError, "no MongoDB server answers")


def test_a_user_whom_the_server_does_not_know(mongodb_url: str) -> None:
    secret = "zqx-wrong"
    url = mongodb_url.replace("//", f"//crm:{secret}@")
    error = refused(url, StoreError, "user")
    assert secret not in f"{error} {error!r} {error.data}"


def refused(url: str, kind: type[CustomerKitError], match: str) -> CustomerKitError:
    with pytest.raises(kind, match=match) as caught:
        ck.open(url)
    assert caught.value.__cause__ is None
    return caught.value


@pytest.mark.parametrize(
    "rest", ["", "a/b", "crm?zocket=1", "crm?timeout=soon", "crm?journal=perhaps"]
)
def test_urls_that_are_none(mongodb: Server, rest: str) -> None:
    with pytest.raises(InputError):
        MongoDBBackend(f"{mongodb.url}{rest}")


def test_a_collection_of_somebody_else_is_left_alone(mongodb_url: str, mongodb: Server) -> None:
    with closing(mongodb.connect(mongodb_url)) as client:
        collection = client.get_default_database()["customers"]
        collection.insert_one({"_id": 1, "theirs": True})
        with pytest.raises(StoreError, match="collection customers that is not customerkit's"):
            ck.open(mongodb_url)
        assert list(collection.find()) == [{"_id": 1, "theirs": True}]
        collection.drop()
        ck.open(mongodb_url).close()


def test_a_newer_base_is_refused(base: ck.CustomerBase, mongodb_url: str) -> None:
    base.backend.put(META, [{"name": "schema", "value": "99", "version": 1}])
    with pytest.raises(StoreVersionError, match="newer customerkit"):
        ck.open(mongodb_url)


def test_erased_values_leave_no_copy_in_the_database(
    base: ck.CustomerBase, mongodb_url: str, mongodb: Server
) -> None:
    base.update("c-1", city="Zerlindastadt")
    base.update("c-1", city="Elsewhere")
    base.erase("c-1")
    with closing(mongodb.connect(mongodb_url)) as client:
        database = client.get_default_database()
        held = [str(d) for name in database.list_collection_names() for d in database[name].find()]
    assert not [text for text in held if "Zerlindastadt" in text or "ada@example" in text]


def test_a_password_is_never_shown() -> None:
    with pytest.raises(TransientStoreError) as caught:
        MongoDBBackend("mongodb://crm:s3cret@127.0.0.1:9/crm?serverSelectionTimeoutMS=200")
    assert "s3cret" not in f"{caught.value!r} {caught.value} {caught.value.data}"


def test_conditions_on_long_lists_beside_keys(mongodb_url: str) -> None:
    with closing(Journal(MongoDBBackend(mongodb_url))) as store:
        store.ensure([PEOPLE])
        store.put(PEOPLE, [person(n, age=n % 3) for n in range(30)])
        where = [Cond("person_id", "in", [1, 2, 99]), Cond("age", "eq", 1)]
        assert [row["person_id"] for row in scanned(store, PEOPLE, where)] == [1]
