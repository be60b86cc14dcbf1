"""The kit on bases that share a connection of Django, on real servers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

django = pytest.importorskip("django", reason="Django is not installed: its stores are not tested")
pymysql = pytest.importorskip("pymysql", reason="PyMySQL is not installed")

from django.conf import settings
from django.db import InterfaceError, OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

import customerkit as ck
from customerkit.errors import StoreError, TransientStoreError
from customerkit.store.backends.django import DjangoBackend
from customerkit.testing import BackendTests
from running import Server

if not settings.configured:
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        TIME_ZONE="UTC",
        USE_TZ=True,
    )
django.setup()

# Django asks for mysqlclient, which has to be compiled; PyMySQL answers to its name.
pymysql.install_as_MySQLdb()


def told(url: str) -> dict[str, Any]:
    """Return what DATABASES says of the database of a URL."""
    parts = urlsplit(url)
    return {
        "NAME": parts.path[1:],
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname,
        "PORT": parts.port,
    }


class _Aliases:
    """Give each folder a database of Django, and forget them all at the end.

    Threads of the kit end without closing what Django opened for them, so that is
    kept here and closed with the rest.
    """

    def __init__(self) -> None:
        self._made: list[str] = []
        self._opened: list[BaseDatabaseWrapper] = []
        connection_created.connect(self._keep)

    def _keep(self, connection: BaseDatabaseWrapper, **_: object) -> None:
        self._opened.append(connection)

    def add(self, name: str, database: dict[str, Any]) -> None:
        """Make a database known."""
        connections.settings[name] = database
        connections.configure_settings(connections.settings)
        self._made.append(name)

    def forget(self) -> None:
        """Close what is open, whichever thread opened it."""
        connection_created.disconnect(self._keep)
        for opened in self._opened:
            opened.inc_thread_sharing()
            opened.close()
        for name in self._made:
            with suppress(AttributeError):  # no connection of this thread's
                del connections[name]
            del connections.settings[name]


@pytest.fixture
def aliases() -> Iterator[_Aliases]:
    made = _Aliases()
    yield made
    made.forget()


ENGINES = {
    "postgresql": ("SELECT pg_backend_pid()", "SELECT pg_terminate_backend({})"),
    "mysql": ("SELECT CONNECTION_ID()", "KILL {}"),
}


class _ChangedError(Exception):
    pass


@pytest.fixture(params=list(ENGINES))
def alias(request: pytest.FixtureRequest, aliases: _Aliases) -> str:
    """Return the name of a database of Django on each server."""
    url = request.getfixturevalue(f"{request.param}_url")
    aliases.add("shop", {"ENGINE": f"django.db.backends.{request.param}", **told(url)})
    return "shop"


def asked(alias: str, text: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchone()[0] if cursor.description else None


def cut(alias: str) -> None:
    """End the connection from the server's side."""
    mine, end = ENGINES[connections[alias].vendor]
    number = asked(alias, mine)
    other = connections[alias].copy()
    with closing(other), other.cursor() as cursor:
        cursor.execute(end.format(number))


def test_a_run_and_the_project_are_one(alias: str) -> None:
    base = ck.open(f"django://{alias}")
    asked(alias, "CREATE TABLE orders (product varchar(20))")
    with suppress(_ChangedError), transaction.atomic(using=alias):
        base.update(full_name="Ann")
        asked(alias, "INSERT INTO orders VALUES ('tea')")
        assert base.get("c-1").values == {"full_name": "Ann"}
        raise _ChangedError
    assert (asked(alias, "SELECT count(*) FROM orders"), base.runs()) == (0, [])
    with transaction.atomic(using=alias):
        asked(alias, "INSERT INTO orders VALUES ('tea')")
        base.update(full_name="Bo")
    assert asked(alias, "SELECT count(*) FROM orders") == 1
    assert [row["full_name"] for row in base.customers()] == ["Bo"]


def test_a_lost_connection_is_made_anew(alias: str) -> None:
    base = ck.open(f"django://{alias}")
    base.update(full_name="Ann")
    cut(alias)
    assert [run.verb for run in base.runs()] == ["update"]
    cut(alias)
    base.update("c-1", city="Leeds")
    assert base.get("c-1").city == "Leeds"


def test_a_connection_lost_within_a_transaction_is_told(alias: str) -> None:
    base = ck.open(f"django://{alias}")
    base.update(full_name="Ann")
    with suppress(OperationalError, InterfaceError), transaction.atomic(using=alias):
        base.update("c-1", city="Leeds")
        cut(alias)
        with pytest.raises(TransientStoreError):
            base.update("c-1", region="Yorkshire")
    assert base.get("c-1").values == {"full_name": "Ann"}
    base.update("c-1", city="York")
    assert len(base.runs()) == 2


def test_mysql_of_another_isolation_is_refused(mysql_url: str, aliases: _Aliases) -> None:
    options = {"isolation_level": "repeatable read"}
    engine = "django.db.backends.mysql"
    aliases.add("shop", {"ENGINE": engine, **told(mysql_url), "OPTIONS": options})
    with ck.open("django://shop") as base:
        base.update(full_name="Ann")
        with pytest.raises(StoreError, match="read committed"), transaction.atomic(using="shop"):
            base.update("c-1", city="Leeds")
        assert base.get("c-1").values == {"full_name": "Ann"}


def test_mysql_makes_no_tables_within_a_transaction(mysql_url: str, aliases: _Aliases) -> None:
    aliases.add("shop", {"ENGINE": "django.db.backends.mysql", **told(mysql_url)})
    with pytest.raises(StoreError, match="migrate first"), transaction.atomic(using="shop"):
        ck.open("django://shop")


class TestDjangoOnPostgreSQL(BackendTests):
    @pytest.fixture(autouse=True)
    def _server(self, postgresql_url: str, aliases: _Aliases) -> None:
        self.aliases, self.database = aliases, told(postgresql_url)

    def open_store(self, where: Path) -> DjangoBackend:
        name = "s" + hashlib.sha256(str(where).encode()).hexdigest()[:16]
        if name not in connections.settings:
            path = {"options": f"-c search_path={name}"}
            engine = "django.db.backends.postgresql"
            self.aliases.add(name, {"ENGINE": engine, **self.database, "OPTIONS": path})
            with connections[name].cursor() as cursor:
                cursor.execute(f"CREATE SCHEMA {name}")
        return DjangoBackend(f"django://{name}")


class TestDjangoOnMySQL(BackendTests):
    @pytest.fixture(autouse=True)
    def _server(self, mysql: Server, aliases: _Aliases) -> Iterator[None]:
        self.aliases, self.server = aliases, mysql
        with ExitStack() as self.databases:
            yield

    def open_store(self, where: Path) -> DjangoBackend:
        name = "s" + hashlib.sha256(str(where).encode()).hexdigest()[:16]
        if name not in connections.settings:
            database = told(self.databases.enter_context(self.server.fresh()))
            options = {"charset": "utf8mb4"}
            engine = "django.db.backends.mysql"
            self.aliases.add(name, {"ENGINE": engine, **database, "OPTIONS": options})
        return DjangoBackend(f"django://{name}")
