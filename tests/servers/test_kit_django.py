"""The kit on bases that share a connection of Django, on real servers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

django = pytest.importorskip("django", reason="Django is not installed: its stores are not tested")
pymysql = pytest.importorskip("pymysql", reason="PyMySQL is not installed")

from django.conf import settings
from django.db import connections

from customerkit.store.backends.django import DjangoBackend
from customerkit.testing import BackendTests
from running import Server

if not settings.configured:
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
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
    """Give each folder a database of Django, and forget them all at the end."""

    def __init__(self) -> None:
        self._made: list[str] = []

    def add(self, name: str, database: dict[str, Any]) -> None:
        """Make a database known."""
        connections.settings[name] = database
        connections.configure_settings(connections.settings)
        self._made.append(name)

    def forget(self) -> None:
        """Close what is open."""
        for name in self._made:
            connections[name].close()
            del connections[name]
            del connections.settings[name]


@pytest.fixture
def aliases() -> Iterator[_Aliases]:
    made = _Aliases()
    yield made
    made.forget()


# Threads of the kit end without closing what Django opened for them.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
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


# Threads of the kit end without closing what Django opened for them.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
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
