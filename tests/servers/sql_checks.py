"""What every store on a SQL server must stand: the same main job, many processes, any fault."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
from abc import ABC, abstractmethod
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import attrs
import pytest

import customerkit as ck
from customerkit import demo
from customerkit.errors import (
    InputError,
    NotFoundError,
    StoreAccessError,
    StoreConnectionError,
    StoreError,
    StoreLockedError,
    StoreNotFoundError,
    StoreTimeoutError,
    StoreVersionError,
    TransientStoreError,
)
from customerkit.model.batch import Batch
from customerkit.model.tables import CUSTOMERS, HISTORY, META, RECORDS, RUNS
from customerkit.store.backends._sql import SQLBackend
from customerkit.store.protocol import Foresees, Read
from customerkit.store.wrappers import unwrap
from customerkit.testing.data import PEOPLE, WIDER, WORDS, person
from customerkit.testing.helpers import scanned
from proxy import Proxy
from running import Server

AS_OF = 1_750_000_000_000
COUNTER = """
import sys
import customerkit as ck
from customerkit.model.tables import CUSTOMERS
base = ck.open(sys.argv[1])
for _ in range(int(sys.argv[2])):
    with base.unit.run("update") as writer:
        (row,) = base.backend.get(CUSTOMERS, [1])
        row = {**row, "notes": str(int(row["notes"] or 0) + 1)}
        writer.put_customers([row])
"""
WRITER = """
import sys
import customerkit as ck
base = ck.open(sys.argv[1])
for number in range(10**6):
    names = [f"{number}-{i}" for i in range(3)]
    rows = [{"customer_id": name, "email": f"u{name}@example.com"} for name in names]
    told = base.collect(rows, channel=sys.argv[2])
    base.clean()
    print(told.run_id, flush=True)
"""


def main_job(url: str, folder: Path) -> dict[str, bytes]:
    """Do the main job and return what it says to others."""
    folder.mkdir()
    with ck.open(url, actor="tester") as base:
        for name, path in demo.files().items():
            space = demo.ID_SPACES.get(name)
            base.collect(path, channel=demo.CHANNELS[name], external_ids=space, observed=AS_OF)
        base.clean()
        base.update("c-1", city="Bath")
        base.merge("c-2", "c-5")
        base.delete("c-7")
        base.undo()
        for what in ("customers", "records", "purchases"):
            base.export(folder / f"{what}.csv", what)
        said = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        said["analysis"] = repr(base.analyze(as_of=AS_OF)).encode()
        said["scores"] = repr(base.score(as_of=AS_OF)).encode()
        said["totals"] = repr(base.totals()).encode()
        said["runs"] = repr([(run.run_id, run.verb) for run in base.runs()]).encode()
    return said


def started(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended_well(processes: list[subprocess.Popen[str]]) -> None:
    for process in processes:
        _, errors = process.communicate()
        assert process.returncode == 0, errors


def whole(base: ck.CustomerBase) -> None:
    """Check that every run is done or not: numbers without gaps, and no row of another run."""
    runs = base.runs()
    assert [run.run_id for run in runs] == list(range(1, len(runs) + 1))
    known = {run.run_id for run in runs}
    for table in (RECORDS, CUSTOMERS, HISTORY):
        for batch in base.backend.scan(table, columns=["run_id"]):
            assert known.issuperset(batch.column("run_id"))
    records = sum(len(batch) for batch in base.backend.scan(RECORDS, columns=["record_id"]))
    assert records == sum(run.last_record - run.first_record + 1 for run in runs if run.last_record)
    assert records == base.unit.records()


class SQLStoreTests(ABC):
    """Show that a store on a SQL server is one, whatever happens."""

    kind: ClassVar[type[SQLBackend]]
    other_scheme: ClassVar[str]
    sleep: ClassVar[str]

    @abstractmethod
    def end_connections(self, connection: Any) -> None:
        """End the connections of all stores, as an operator does."""

    @abstractmethod
    def make_user(self, connection: Any, url: str, name: str, password: str) -> None:
        """Make a user who may read and may not create."""

    @pytest.fixture
    def url(self, server: Server) -> Any:
        with server.fresh() as url:
            yield url

    @pytest.fixture
    def base(self, url: str) -> Any:
        with ck.open(url) as base:
            base.update(full_name="Ada Day", email="ada@example.com")
            yield base

    # ── the same answers ─────────────────────────────────────────────────────

    def test_the_main_job_says_what_it_says_on_sqlite(self, url: str, tmp_path: Path) -> None:
        expected = main_job(str(tmp_path / "base.db"), tmp_path / "sqlite")
        found = main_job(url, tmp_path / "server")
        assert found.keys() == expected.keys()
        assert [name for name in expected if found[name] != expected[name]] == []

    def test_values_of_any_length(self, url: str) -> None:
        with ck.open(url) as base:
            for size, given in ((700, "Ann"), (3_000, "Bob"), (100_000, "Cy")):
                who = {"given_name": given, "family_name": "N" * size}
                who |= {"phone": f"+44207946{size % 9973:04}"}
                who |= {"customer_id": "i" * size, "national_id": "A-1" * size}
                base.collect([who, {**who, "city": "Bath"}], channel=f"crm{size}")
                (created,) = base.clean().created
                (found,) = base.find(national_id=who["national_id"])
                assert (found.id, len(found.records)) == (f"c-{created}", 2)

    def test_a_base_is_there_or_not(self, url: str) -> None:
        with pytest.raises(NotFoundError) as caught:
            ck.open(url, create=False)
        assert self.password(url) not in str(caught.value)
        with ck.open(url) as base:
            base.update(full_name="Ada Day")
        with ck.open(url, create=False) as base:
            assert base.get("c-1").full_name == "Ada Day"

    # ── processes and threads ────────────────────────────────────────────────

    def test_processes_lose_no_increment(self, base: ck.CustomerBase, url: str) -> None:
        ended_well([started(COUNTER, url, "50") for _ in range(8)])
        (row,) = base.backend.get(CUSTOMERS, [1])
        assert row is not None
        assert (row["notes"], row["version"]) == ("400", 401)
        assert len(base.runs()) == 401
        whole(base)

    def test_processes_create_the_schema_at_once(self, url: str) -> None:
        script = "import sys, customerkit as ck; ck.open(sys.argv[1]).update(full_name='Ada Day')"
        ended_well([started(script, url) for _ in range(4)])
        with ck.open(url) as base:
            assert len(base.runs()) == 4
            whole(base)

    def test_a_killed_writer_leaves_whole_runs(self, base: ck.CustomerBase, url: str) -> None:
        rng = random.Random(7)
        told: list[int] = []
        for turn in range(4):
            writer = started(WRITER, url, f"crm{turn}")
            assert writer.stdout is not None
            for _ in range(rng.randint(1, 4)):
                told.append(int(writer.stdout.readline()))
            threading.Event().wait(rng.random() / 10)  # somewhere in the middle of a run
            writer.kill()
            rest, _ = writer.communicate()
            told += map(int, rest.split())
            assert {run.run_id for run in base.runs()}.issuperset(told)
            whole(base)
        base.update("c-1", city="Bath")

    def test_a_fork_connects_anew(self, base: ck.CustomerBase) -> None:
        child = os.fork()
        if not child:
            with suppress(BaseException):
                base.update("c-1", city="Bath")
                os._exit(0)
            os._exit(1)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0
        assert base.get("c-1").city == "Bath"
        base.update("c-1", city="York")

    def test_a_transaction_does_not_outlive_a_fork(self, base: ck.CustomerBase) -> None:
        with base.backend.transaction():
            base.update("c-1", city="Bath")
            child = os.fork()
            if not child:
                with suppress(BaseException):
                    try:
                        base.update("c-1", city="York")
                    except StoreError:
                        os._exit(0)
                os._exit(1)
            _, status = os.waitpid(child, 0)
            assert os.waitstatus_to_exitcode(status) == 0
            base.update("c-1", notes="parent")
        found = base.get("c-1")
        assert (found.city, found.notes) == ("Bath", "parent")

    def test_readers_wait_for_no_writer(self, base: ck.CustomerBase, url: str) -> None:
        with ck.open(url) as reader, base.backend.transaction():
            base.update("c-1", city="Bath")
            assert reader.get("c-1").city is None
        assert base.get("c-1").city == "Bath"

    def test_a_scan_sees_one_state(self, url: str) -> None:
        with closing(self.kind(url)) as store, closing(self.kind(url)) as other:
            store.ensure([PEOPLE])
            count = 50_000
            columns = {"person_id": list(range(count)), "age": [1] * count}
            store.load(PEOPLE, [Batch.from_columns(columns)])
            scan = store.scan(PEOPLE, columns=["age"])
            found = list(next(scan).column("age"))
            other.put(PEOPLE, [person(n, age=2) for n in range(0, count, 1000)])
            for batch in scan:
                found += batch.column("age")
            assert found == columns["age"]

    # ── faults ───────────────────────────────────────────────────────────────

    def test_waiting_for_a_writer_ends(self, base: ck.CustomerBase, url: str) -> None:
        with ck.open(f"{url}?timeout=0.2") as other, base.backend.transaction():
            with pytest.raises(StoreLockedError, match="another process writes"):
                other.update("c-1", city="Bath")
            base.update("c-1", city="York")
        assert base.get("c-1").city == "York"

    def test_a_statement_ends(self, url: str) -> None:
        with closing(self.kind(f"{url}?statement_timeout=0.3")) as store:
            store.ensure([WORDS])
            with pytest.raises(StoreTimeoutError, match="statement_timeout"):
                store._ask(self.sleep, ())
            store.put(WORDS, [{"word": "next"}])

    def test_a_connection_that_was_idle_is_renewed(
        self, base: ck.CustomerBase, server: Server
    ) -> None:
        with closing(server.connect()) as operator:
            self.end_connections(operator)
            assert base.get("c-1").full_name == "Ada Day"
            self.end_connections(operator)
            base.update("c-1", city="Bath")
        assert base.get("c-1").city == "Bath"

    def test_a_connection_lost_in_a_run(self, base: ck.CustomerBase, server: Server) -> None:
        def run() -> None:
            with closing(server.connect()) as operator, base.unit.run("update") as writer:
                writer.put_customers([{"customer_id": 1, "full_name": "Bo", "status": "active"}])
                self.end_connections(operator)
                with suppress(StoreConnectionError):
                    base.backend.get(META, ["next"])
                base.backend.put(META, [{"name": "never", "value": "", "version": 1}])

        with pytest.raises(StoreConnectionError) as caught:
            run()
        assert isinstance(caught.value, ConnectionError)
        assert base.get("c-1").full_name == "Ada Day"
        assert base.backend.get(META, ["never"]) == [None]
        base.update("c-1", city="Bath")
        whole(base)

    @pytest.mark.parametrize(
        ("field", "text", "most"), [("city", "City{}", 1), ("email", "x{}@example.com", 5)]
    )
    def test_the_network_is_cut_anywhere(self, url: str, field: str, text: str, most: int) -> None:
        with (
            ck.open(url, cache=False) as direct,
            Proxy(url) as proxy,
            ck.open(proxy.url) as base,
        ):
            base.update(full_name="Ada Day", email="ada@example.com")
            failed = 0
            for at in count(1):
                old, new = direct.get("c-1").values.get(field), text.format(at)
                proxy.cut(at)
                try:
                    base.update("c-1", **{field: new})
                    expected = [new]
                except StoreConnectionError:
                    failed += 1
                    expected = [old, new]
                if not proxy.done:
                    break
                proxy.cut(None)
                assert direct.get("c-1").values.get(field) in expected
                base.update("c-1", notes=str(at))
                assert direct.get("c-1").notes == str(at)
                whole(direct)
            assert failed >= most

    def test_an_update_reads_ahead_in_the_journey_that_begins_it(
        self, url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Proxy(url) as proxy, ck.open(proxy.url) as base:
            base.update(full_name="Ada Day", email="ada@example.com")

            def asked(city: str) -> int:
                before = proxy.asked
                base.update("c-1", city=city)
                return proxy.asked - before

            asked("Leeds")  # what is learned once is known then
            ahead = min(asked(city) for city in ("York", "Bath", "Hull"))
            monkeypatch.setattr(type(unwrap(base.backend)), "foresee", lambda *_: None)
            alone = min(asked(city) for city in ("York", "Bath", "Hull"))
            assert ahead + 3 <= alone, (ahead, alone)
            whole(base)

    def test_what_was_read_ahead_is_not_given_after_a_write(self, url: str) -> None:
        with ck.open(url, cache=False) as base, ck.open(url, cache=False) as other:
            store = base.backend
            assert isinstance(store, Foresees)
            store.put(META, [{"name": "a", "value": "1", "version": 1}])
            store.foresee([Read(META, "a"), Read(META, "a")])
            other.backend.put(META, [{"name": "a", "value": "2", "version": 1}])
            with store.transaction():
                found = store.get(META, ["a"])
                store.put(META, [{"name": "a", "value": "3", "version": 1}])
                found += store.get(META, ["a"])
            assert [row and row["value"] for row in found] == ["2", "3"]

    def test_the_network_falls_silent(self, url: str) -> None:
        with Proxy(url) as proxy, ck.open(f"{proxy.url}?statement_timeout=0.5") as base:
            base.update(full_name="Ada Day", email="ada@example.com")
            proxy.cut(9, silent=True)
            with pytest.raises(StoreConnectionError):
                base.update("c-1", email="day@example.com")
        with ck.open(url) as base:
            assert base.get("c-1").email == "ada@example.com"

    def test_an_error_that_was_caught_is_not_committed(self, url: str) -> None:
        with closing(self.kind(url)) as store:
            store.ensure([PEOPLE])
            store.put(PEOPLE, [person(1)])

            def careless() -> None:
                with store.transaction():
                    store.put(PEOPLE, [person(2)])
                    with suppress(InputError):
                        store.load(PEOPLE, [Batch.from_columns({"person_id": [1]})])
                    with suppress(InputError):
                        store.put(PEOPLE, [person(3)])

            with pytest.raises(InputError):
                careless()
            assert scanned(store, PEOPLE) == [person(1)]

    def test_a_killed_server_keeps_what_was_acknowledged(
        self, base: ck.CustomerBase, url: str, server: Server
    ) -> None:
        told = 1
        for turn in range(3):
            writer = started(WRITER, url, f"crm{turn}")
            assert writer.stdout is not None
            for _ in range(3):
                told = int(writer.stdout.readline())
            server.kill()
            try:
                _, errors = writer.communicate()
                assert "StoreConnectionError" in errors
                with pytest.raises(StoreConnectionError):
                    base.get("c-1")
                with pytest.raises(StoreConnectionError):
                    base.update("c-1", city="Bath")
            finally:
                server.restart()
            base.update("c-1", city=f"City{turn}")
            assert base.get("c-1").city == f"City{turn}"
            assert told in {run.run_id for run in base.runs()}
            whole(base)

    # ── versions and strangers ───────────────────────────────────────────────

    def test_a_newer_base_is_refused(self, base: ck.CustomerBase, url: str) -> None:
        row = {"name": "schema", "value": "99", "version": 1}
        base.backend.put(META, [row])
        with pytest.raises(StoreVersionError, match="newer customerkit"):
            ck.open(url)
        base.backend.put(META, [{**row, "value": "1"}])
        backend = unwrap(base.backend)
        assert isinstance(backend, SQLBackend)
        with backend.transaction():
            backend._once(
                lambda cursor: cursor.execute("UPDATE customerkit_tables SET layout = 99")
            )
        with pytest.raises(StoreVersionError, match="newer customerkit"):
            ck.open(url)

    def test_an_older_base_grows(self, url: str) -> None:
        columns = [c for c in CUSTOMERS.columns if c.name not in ("notes", "redirect")]
        older = attrs.evolve(CUSTOMERS, columns=tuple(columns))
        with closing(self.kind(url)) as store:
            store.ensure([older, RUNS])
            store.put(older, [{"customer_id": 1, "version": 1, "run_id": 1, "status": "active"}])
        with ck.open(url) as base:
            assert base.backend.get(CUSTOMERS, [1])[0] is not None
            base.update("c-1", notes="new")

    def test_what_an_older_program_puts_empties_newer_columns(self, url: str) -> None:
        with closing(self.kind(url)) as store:
            store.ensure([WIDER])
            store.put(WIDER, [{"person_id": 1, "nickname": "Annie"}])
            store.ensure([PEOPLE])
            store.put(PEOPLE, [person(1, name="Ann")])
            assert scanned(store, WIDER, columns=["name", "nickname"]) == [
                {"name": "Ann", "nickname": None}
            ]

    def test_a_table_of_somebody_else_is_left_alone(self, url: str, server: Server) -> None:
        with closing(server.connect(url)) as connection, closing(connection.cursor()) as cursor:
            cursor.execute("CREATE TABLE customers (customer_id INTEGER, name TEXT)")
            with pytest.raises(StoreError, match="table customers that is not customerkit's"):
                ck.open(url)
            cursor.execute("SELECT * FROM customers")
            cursor.execute("DROP TABLE customers")
            ck.open(url).close()

    # ── who may ──────────────────────────────────────────────────────────────

    def password(self, url: str) -> str:
        return urlsplit(url).password or ""

    def refused(self, kind: type[StoreError], url: str, match: str) -> None:
        with pytest.raises(kind, match=match) as caught:
            ck.open(url)
        told = [str(caught.value), repr(caught.value), repr(caught.value.data)]
        assert not [text for text in told if self.password(url) in text]
        assert caught.value.__cause__ is None

    def test_a_wrong_password(self, url: str) -> None:
        wrong = url.replace(self.password(url), "zqx-wrong")
        self.refused(StoreAccessError, wrong, "check user and password")

    def test_no_such_database(self, url: str) -> None:
        self.refused(StoreNotFoundError, f"{url}_absent", "no such database")

    def test_nothing_listens(self, url: str) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        absent = url.replace(f":{urlsplit(url).port}/", f":{port}/")
        self.refused(StoreConnectionError, absent, "check host, port")

    def test_a_server_that_says_nothing(self, url: str) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as silent:
            port = silent.getsockname()[1]
            mute = url.replace(f":{urlsplit(url).port}/", f":{port}/")
            self.refused(StoreConnectionError, f"{mute}?connect_timeout=1", "no connection")

    def test_another_kind_of_server(self, server: Server, request: pytest.FixtureRequest) -> None:
        other = request.getfixturevalue(self.other_scheme)
        path = urlsplit(server.url).path
        wrong = urlsplit(server.url)._replace(netloc=urlsplit(other.url).netloc, path=path).geturl()
        self.refused(StoreError, f"{wrong}?connect_timeout=2", "check host")

    def test_no_right_to_create(self, url: str, server: Server) -> None:
        with closing(server.connect()) as connection:
            self.make_user(connection, url, "ck_reader", "zqx-reader")
        parts = urlsplit(url)
        reader = parts._replace(netloc=f"ck_reader:zqx-reader@{parts.hostname}:{parts.port}")
        self.refused(StoreAccessError, reader.geturl(), "GRANT")

    def test_a_password_of_the_environment(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        bare = url.replace(f":{self.password(url)}@", "@")
        monkeypatch.delenv("PGPASSWORD", raising=False)
        self.refused_without(bare)
        monkeypatch.setenv("CUSTOMERKIT_PASSWORD", self.password(url))
        ck.open(bare).close()

    def refused_without(self, bare: str) -> None:
        with pytest.raises(StoreAccessError, match="check user and password"):
            ck.open(bare)

    def test_a_password_that_is_asked_for(self, url: str) -> None:
        bare = url.replace(f":{self.password(url)}@", "@")
        asked: list[int] = []

        def ask() -> str:
            asked.append(1)
            return self.password(url)

        with ck.open(self.kind(bare, password=ask)) as base:
            base.update(full_name="Ada Day")
        assert asked

    def test_no_password_is_shown(self, base: ck.CustomerBase, url: str) -> None:
        shown = repr(base) + repr(base.backend) + repr(vars(base.backend))
        assert self.password(url) not in shown

    @pytest.mark.parametrize("tail", ["?shoe=9", "?timeout=soon", "?timeout=0", "?password=x"])
    def test_options_that_mean_nothing(self, url: str, tail: str) -> None:
        with pytest.raises(InputError) as caught:
            ck.open(url + tail)
        assert self.password(url) not in str(caught.value)

    def test_transient_errors_are_transient(self) -> None:
        assert issubclass(StoreConnectionError, TransientStoreError)
