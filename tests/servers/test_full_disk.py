"""A disk of the server that is full: a typed error, and a base as it was before."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from urllib.parse import urlsplit

import pytest

import customerkit as ck
from customerkit.errors import StoreFullError
from running import MariaDB, PostgreSQL, Server
from running.process import owner
from sql_checks import whole


class SmallPostgreSQL(PostgreSQL):
    """Keep databases on a disk of their own, which is small; the log is on another."""

    def prepare(self) -> None:
        super().prepare()
        disk = self.folder / "disk"
        disk.mkdir()
        user = owner(self.user)
        rights = f",uid={user[0]},gid={user[1]}" if user else ""
        mount = ["mount", "-t", "tmpfs", "-o", f"size=40m,mode=700{rights}", "none", str(disk)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("a small disk cannot be mounted here; that needs the rights of root")

    def stop(self) -> None:
        subprocess.run(
            ["umount", "-l", str(self.folder / "disk")], capture_output=True, check=False
        )
        super().stop()

    @contextmanager
    def fresh(self) -> Iterator[str]:
        name = self.name()
        self._execute(f"CREATE TABLESPACE {name} LOCATION '{self.folder}/disk'")
        self._execute(f"CREATE DATABASE {name} TEMPLATE template0 TABLESPACE {name}")
        try:
            yield urlsplit(self.url)._replace(path=f"/{name}").geturl()
        finally:
            self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            self._execute(f"DROP TABLESPACE {name}")


class SmallMariaDB(MariaDB):
    """Keep all tables in one file that grows to its bound."""

    def command(self) -> list[str]:
        space = [
            "--innodb-file-per-table=0",
            "--innodb-data-file-path=ibdata1:12M:autoextend:max:64M",
        ]
        return [*super().command(), *space]


SERVERS: dict[str, type[Server]] = {"postgresql": SmallPostgreSQL, "mysql": SmallMariaDB}


def fill(base: ck.CustomerBase) -> None:
    """Collect what no server can make smaller, until there is no room."""
    for turn in count():
        notes = random.Random(turn).randbytes(2_000).hex()
        rows = [{"email": f"u{turn}-{n}@example.com", "notes": notes + str(n)} for n in range(500)]
        base.collect(rows, channel="crm")


@pytest.mark.parametrize("name", SERVERS)
def test_a_full_disk_loses_nothing(name: str, request: pytest.FixtureRequest) -> None:
    kind = SERVERS[name]
    request.getfixturevalue("require")(kind)
    server = kind()
    if not server.own:
        pytest.skip(f"the disk of {kind.title} of {kind.variable} is not ours to fill")
    with server, server.fresh() as url, ck.open(url) as base:
        base.update(full_name="Ada Day", email="ada@example.com")
        with pytest.raises(StoreFullError) as caught:
            fill(base)
        assert isinstance(caught.value, OSError)
        assert len(base.runs()) > 2
        whole(base)
        assert base.get("c-1").full_name == "Ada Day"
