"""The servers, each started for the first test that wants it and stopped at the end.

Nothing here is collected unless it is named: ``pytest tests/servers``, which is what
``nox -s servers`` does. Run it in one process: each worker of ``-n`` would start
servers of its own, which is slower and otherwise does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from running import SERVERS, Elasticsearch, FerretDB, MariaDB, PostgreSQL, Redis, Server

Require = Callable[[type[Server]], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all-servers", action="store_true", help="a server that is missing fails its tests"
    )


def pytest_report_header() -> list[str]:
    return [f"server {'MISSING' if why else 'found'}: {why or it.title}" for it, why in _found()]


def _found() -> list[tuple[type[Server], str | None]]:
    return [(server, server.missing()) for server in SERVERS]


@pytest.fixture(scope="session")
def require(pytestconfig: pytest.Config) -> Require:
    """Skip whoever asks for a server that is missing, or fail where all have to be there."""

    def check(server: type[Server]) -> None:
        if why := server.missing():
            (pytest.fail if pytestconfig.getoption("--all-servers") else pytest.skip)(why)

    return check


@pytest.fixture(scope="session")
def postgresql(require: Require) -> Iterator[Server]:
    require(PostgreSQL)
    with PostgreSQL() as server:
        yield server


@pytest.fixture(scope="session")
def mysql(require: Require) -> Iterator[Server]:
    require(MariaDB)
    with MariaDB() as server:
        yield server


@pytest.fixture(scope="session")
def mongodb(require: Require) -> Iterator[Server]:
    require(FerretDB)
    with FerretDB() as server:
        yield server


@pytest.fixture(scope="session")
def redis(require: Require) -> Iterator[Server]:
    require(Redis)
    with Redis() as server:
        yield server


@pytest.fixture(scope="session")
def elasticsearch(require: Require) -> Iterator[Server]:
    require(Elasticsearch)
    with Elasticsearch() as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql: Server) -> Iterator[str]:
    with postgresql.fresh() as url:
        yield url


@pytest.fixture
def mysql_url(mysql: Server) -> Iterator[str]:
    with mysql.fresh() as url:
        yield url


@pytest.fixture
def mongodb_url(mongodb: Server) -> Iterator[str]:
    with mongodb.fresh() as url:
        yield url


@pytest.fixture
def redis_url(redis: Server) -> Iterator[str]:
    with redis.fresh() as url:
        yield url


@pytest.fixture
def elasticsearch_url(elasticsearch: Server) -> Iterator[str]:
    with elasticsearch.fresh() as url:
        yield url
