"""MariaDB with real passwords, syncing every commit, with the collation it comes with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any
from urllib.parse import unquote, urlsplit

from running.common import Server


class MariaDB(Server):
    title = "MariaDB"
    variable = "CUSTOMERKIT_MYSQL_URL"
    user = "mysql"

    @classmethod
    def lacking(cls) -> str | None:
        for program in ("mariadbd", "mariadb-install-db"):
            if _program(program) is None:
                return f"{program} was not found (Debian: mariadb-server)"
        return None

    def own_url(self) -> str:
        return f"mysql://customerkit:{self.password}@127.0.0.1:{self.port}/mysql"

    def prepare(self) -> None:
        self.run(
            _program("mariadb-install-db") or "mariadb-install-db",
            "--no-defaults",
            f"--datadir={self.folder / 'data'}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--innodb-log-file-size=48M",
        )
        rights = "ALL PRIVILEGES ON *.* TO customerkit@'127.0.0.1'"
        grant = f"GRANT {rights} IDENTIFIED BY '{self.password}' WITH GRANT OPTION;\n"
        self.write("init.sql", grant)

    def command(self) -> list[str]:
        return [
            _program("mariadbd") or "mariadbd",
            "--no-defaults",
            f"--datadir={self.folder / 'data'}",
            f"--socket={self.folder / 'socket'}",
            f"--pid-file={self.folder / 'pid'}",
            f"--init-file={self.folder / 'init.sql'}",
            "--bind-address=127.0.0.1",
            f"--port={self.port}",
            "--skip-name-resolve",
            "--innodb-buffer-pool-size=64M",
            "--innodb-log-file-size=48M",
            "--innodb-flush-log-at-trx-commit=1",
        ]

    def connect(self, url: str = "") -> Any:
        """Return a connection of PyMySQL, which commits every statement."""
        import pymysql

        parts = urlsplit(url or self.url)
        return pymysql.connect(
            host=parts.hostname,
            port=parts.port or 3306,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            database=parts.path.strip("/") or None,
            autocommit=True,
            connect_timeout=5,
        )

    def ping(self) -> None:
        self.execute("SELECT 1")

    def execute(self, statement: str, url: str = "") -> list[tuple[Any, ...]]:
        """Run one statement on its own connection and return its rows."""
        with closing(self.connect(url)) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    @contextmanager
    def fresh(self) -> Iterator[str]:
        name = self.name()
        self.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(self.url)._replace(path=f"/{name}").geturl()
        finally:
            self._leave(name)
            self.execute(f"DROP DATABASE IF EXISTS {name}")

    def _leave(self, name: str) -> None:
        """Disconnect whoever is still there: an open transaction would block the drop."""
        there = f"SELECT id FROM information_schema.processlist WHERE db = '{name}'"
        for (session,) in self.execute(there):
            with suppress(Exception):  # it may have left by itself
                self.execute(f"KILL CONNECTION {session}")


def _program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
