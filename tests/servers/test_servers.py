"""Each server starts, answers, dies, comes back with what it had acknowledged, and goes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from running import SERVERS, Elasticsearch, FerretDB, MariaDB, PostgreSQL, Redis, Server
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


def _hits(client: Any, index: str) -> list[str]:
    client.indices.refresh(index=index)
    return [hit["_source"]["word"] for hit in client.search(index=index)["hits"]["hits"]]


# How a word is kept in a database and read back through each server's plain client.
KEEP: dict[type[Server], Callable[[Any, str], Any]] = {
    PostgreSQL: lambda client, _: _sql(client, CREATE.format(""), INSERT),
    MariaDB: lambda client, _: _sql(client, CREATE.format(" CHARACTER SET utf8mb4"), INSERT),
    FerretDB: lambda client, name: client[name].words.insert_one({"word": WORD}),
    Redis: lambda client, _: client.set("word", WORD),
    Elasticsearch: lambda client, name: client.index(index=name, document={"word": WORD}),
}
READ: dict[type[Server], Callable[[Any, str], list[str]]] = {
    PostgreSQL: lambda client, _: _sql(client, SELECT),
    MariaDB: lambda client, _: _sql(client, SELECT),
    FerretDB: lambda client, name: [found["word"] for found in client[name].words.find()],
    Redis: lambda client, _: [word for word in [client.get("word")] if word],
    Elasticsearch: _hits,
}


def keep(server: Server, url: str) -> None:
    with closing(server.connect(url)) as client:
        KEEP[type(server)](client, urlsplit(url).path[1:])


def read(server: Server, url: str) -> list[str]:
    with closing(server.connect(url)) as client:
        return READ[type(server)](client, urlsplit(url).path[1:])


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
        assert alive(server.pid)
        assert server.folder.exists()
    assert not any(map(alive, processes))
    assert not server.folder.exists()


@pytest.mark.parametrize("name", ["postgresql", "mysql", "mongodb", "redis", "elasticsearch"])
def test_a_fresh_database_is_empty_and_dropped(request: pytest.FixtureRequest, name: str) -> None:
    server = request.getfixturevalue(name)
    with server.fresh() as one, server.fresh() as other:
        assert one != other
        keep(server, one)
        keep(server, other)
        assert read(server, one) == [WORD]
    server.ping()
    try:
        left = read(server, one)
    except Exception:  # noqa: BLE001 - each client says in its own way that it is not there
        left = []
    assert left == []


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
