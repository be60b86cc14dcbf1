"""PostgreSQL with real passwords, syncing every commit.

Its databases sort by language, not by code point, as servers of many users do;
whoever needs another order has to ask for it.
"""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from running.common import Server


def _programs() -> Path | None:
    """Return the folder of the newest PostgreSQL; Debian keeps it off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    on_path = shutil.which("initdb")
    if not found and on_path:
        return Path(on_path).parent
    return found[-1].parent if found else None


def _version(program: Path) -> float:
    return float(program.parents[1].name)


class PostgreSQL(Server):
    title = "PostgreSQL"
    variable = "CUSTOMERKIT_POSTGRESQL_URL"
    user = "postgres"
    quit_signal = signal.SIGINT  # without waiting for clients to leave
    drop_signal = signal.SIGQUIT  # at once, but gives back its shared memory

    @classmethod
    def lacking(cls) -> str | None:
        return None if _programs() else "initdb was not found (Debian: postgresql)"

    def own_url(self) -> str:
        return f"postgresql://customerkit:{self.password}@127.0.0.1:{self.port}/postgres"

    def prepare(self) -> None:
        self.run(
            self._program("initdb"),
            f"--pgdata={self.folder / 'data'}",
            "--username=customerkit",
            f"--pwfile={self.write('password', self.password)}",
            "--no-sync",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--locale-provider=icu",
            "--icu-locale=en-US",
        )

    def command(self) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "shared_buffers": "64MB",
            "max_connections": 100,
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [str(self._program("postgres")), "-D", str(self.folder / "data"), *options]

    def connect(self, url: str = "") -> Any:
        """Return a connection of psycopg, which commits every statement."""
        import psycopg

        return psycopg.connect(url or self.url, autocommit=True, connect_timeout=5)

    def ping(self) -> None:
        with closing(self.connect()) as connection:
            connection.execute("SELECT 1")

    @contextmanager
    def fresh(self) -> Iterator[str]:
        name = self.name()
        self._execute(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield urlsplit(self.url)._replace(path=f"/{name}").geturl()
        finally:
            self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        with closing(self.connect()) as connection:
            connection.execute(statement)

    def _program(self, name: str) -> Path:
        folder = _programs()
        assert folder, "PostgreSQL is not installed"
        return folder / name
