"""Each server starts, answers, dies, comes back with what it had acknowledged, and goes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from running import SERVERS, FerretDB, MariaDB, PostgreSQL, Redis, Server
from running.common import sweep
from running.process import alive, descendants, until

WORD = "Größe 名 😀"
CREATE = "CREATE TABLE words (word varchar(20){})"
INSERT = f"INSERT INTO words VALUES ('{WORD}')"
SELECT = "SELECT word FROM words"


def _sql(client: Any, *statements: str) -> list[str]:
    with client.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return [word for (word,) in cursor.fetchall()] if cursor.description else []


# How a word is kept and read back through each server's plain client.
KEEP: dict[type[Server], Callable[[Any], Any]] = {
    PostgreSQL: lambda client: _sql(client, CREATE.format(""), INSERT),
    MariaDB: lambda client: _sql(client, CREATE.format(" CHARACTER SET utf8mb4"), INSERT),
    FerretDB: lambda client: client.get_default_database().words.insert_one({"word": WORD}),
    Redis: lambda client: client.set("word", WORD),
}
READ: dict[type[Server], Callable[[Any], list[str]]] = {
    PostgreSQL: lambda client: _sql(client, SELECT),
    MariaDB: lambda client: _sql(client, SELECT),
    FerretDB: lambda client: [it["word"] for it in client.get_default_database().words.find()],
    Redis: lambda client: [word for word in [client.get("word")] if word],
}


def keep(server: Server, url: str) -> None:
    with closing(server.connect(url)) as client:
        KEEP[type(server)](client)


def read(server: Server, url: str) -> list[str]:
    with closing(server.connect(url)) as client:
        return READ[type(server)](client)


@pytest.mark.parametrize("kind", SERVERS, ids=lambda kind: kind.__name__)
def test_a_server_lives_dies_returns_and_leaves(
    kind: type[Server], require: Callable[[type[Server]], None]
) -> None:
    require(kind)
    with kind() as server:
        with server.fresh() as url:
            keep(server, url)
            assert read(server, url) == [WORD]
            server.kill()
            with pytest.raises(Exception, match=r"\S"):
                server.ping()
            server.restart()
            assert read(server, url) == ([WORD] if server.durable else [])
        processes = [server.pid, *descendants(server.pid)]
        assert all(map(alive, processes))
        assert server.folder.exists()
    assert not any(map(alive, processes))
    assert not server.folder.exists()


@pytest.mark.parametrize("name", ["postgresql", "mysql", "mongodb", "redis"])
def test_a_fresh_database_is_empty_and_dropped(request: pytest.FixtureRequest, name: str) -> None:
    server = request.getfixturevalue(name)
    with server.fresh() as one:
        keep(server, one)
        with server.fresh() as other:
            keep(server, other)
            assert one != other
        assert read(server, one) == [WORD]
    with server.fresh() as again:
        keep(server, again)


def test_servers_die_with_whoever_started_them(require: Callable[[type[Server]], None]) -> None:
    require(Redis)
    script = "from running import Redis; s = Redis().start(); print(s.pid, s.folder); input()"
    with subprocess.Popen(
        [sys.executable, "-uc", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent,
        env={name: value for name, value in os.environ.items() if name != Redis.variable},
    ) as starter:
        assert starter.stdout
        number, folder = starter.stdout.readline().split()
        pid = int(number)
        assert alive(pid)
        starter.kill()
    until(lambda: not alive(pid), 10, lambda: f"process {pid} outlived its starter")
    assert Path(folder).exists()
    sweep()
    assert not Path(folder).exists()


def test_a_server_of_a_url_is_used_and_left_alone(
    redis: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(Redis.variable, redis.url)
    with Redis() as theirs:
        assert theirs.url == redis.url
        for harm in (theirs.kill, theirs.restart):
            with pytest.raises(pytest.skip.Exception, match="not ours"):
                harm()
    redis.ping()


@pytest.mark.parametrize("kind", SERVERS, ids=lambda kind: kind.__name__)
def test_what_is_missing_is_called_by_its_name(
    kind: type[Server], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(kind.variable, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    monkeypatch.setattr("pathlib.Path.glob", lambda *_: [])
    why = kind.missing() or ""
    assert why.startswith(f"{kind.title}: ")
    assert "not found" in why
    assert kind.variable in why
    monkeypatch.setenv(kind.variable, "scheme://elsewhere")
    assert kind.missing() is None
