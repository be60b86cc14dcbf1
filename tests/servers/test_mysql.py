"""MySQL, here MariaDB, as a store: the kit, the main job, processes, faults, and bad input."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

import customerkit as ck
from customerkit.errors import (
    LimitError,
    StoreAccessError,
    StoreConnectionError,
    StoreError,
    StoreFullError,
    TransientStoreError,
)
from customerkit.store.backends.mysql import MySQLBackend
from customerkit.testing import BackendTests
from customerkit.testing.data import PEOPLE, WORDS, person
from customerkit.testing.helpers import scanned
from running import Server
from sql_checks import SQLStoreTests


class TestKit(BackendTests):
    @pytest.fixture(autouse=True)
    def _databases(self, mysql: Server) -> Iterator[None]:
        self.server, self.urls = mysql, dict[Path, str]()
        with ExitStack() as self.stack:
            yield

    def open_store(self, where: Path) -> MySQLBackend:
        if where not in self.urls:
            self.urls[where] = self.stack.enter_context(self.server.fresh())
        return MySQLBackend(self.urls[where])


class TestMySQL(SQLStoreTests):
    kind = MySQLBackend
    other_scheme = "postgresql"
    sleep = "SELECT COUNT(*) FROM seq_1_to_10000000 a, seq_1_to_10000000 b"

    @pytest.fixture
    def server(self, mysql: Server) -> Server:
        return mysql

    def end_connections(self, connection: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM information_schema.processlist "
                "WHERE id <> CONNECTION_ID() AND db LIKE 'ck\\_%'"
            )
            for (number,) in cursor.fetchall():
                cursor.execute(f"KILL CONNECTION {number}")

    def make_user(self, connection: Any, url: str, name: str, password: str) -> None:
        database = url.rpartition("/")[2]
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE USER {name}@'127.0.0.1' IDENTIFIED BY '{password}'")
            cursor.execute(f"GRANT SELECT ON {database}.* TO {name}@'127.0.0.1'")


def test_a_row_beyond_the_packet_is_refused(mysql_url: str) -> None:
    with closing(MySQLBackend(mysql_url)) as store:
        store.ensure([PEOPLE])
        with pytest.raises(LimitError, match="max_allowed_packet"):
            store.put(PEOPLE, [person(1), person(2, name="x" * (17 << 20))])
        assert scanned(store, PEOPLE) == []
        store.put(PEOPLE, [person(n, name="x" * (3 << 20)) for n in range(8)])
        assert len(scanned(store, PEOPLE, columns=["person_id"])) == 8


def test_a_row_is_read_whose_json_is_beyond_the_packet(mysql_url: str) -> None:
    with closing(MySQLBackend(mysql_url)) as store:
        store.ensure([PEOPLE])
        wide = person(1, name="\1" * (5 << 20))  # six characters each in JSON
        store.put(PEOPLE, [wide, person(2, name='"[\\1]\x7f\U0010ffff', city="Leeds")])
        assert store.get(PEOPLE, [1])[0]["name"] == wide["name"]
        rows = scanned(store, PEOPLE)
        assert [row["person_id"] for row in rows] == [1, 2]
        assert rows[1] == store.get(PEOPLE, [2])[0]
        assert (rows[1]["name"], rows[1]["city"]) == ('"[\\1]\x7f\U0010ffff', "Leeds")


def test_a_server_without_tls_is_refused_where_tls_is_asked_for(
    mysql_url: str, tmp_path: Path
) -> None:
    import ssl

    paths = ssl.get_default_verify_paths()
    if not paths.cafile:
        pytest.skip("no file of certificates on this machine")
    with pytest.raises(StoreConnectionError, match="TLS"):
        ck.open(f"{mysql_url}?ssl_ca={paths.cafile}")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (1021, StoreFullError),
        (1213, TransientStoreError),
        (1927, StoreConnectionError),
        (1142, StoreAccessError),
        (1999, StoreError),
    ],
)
def test_what_the_server_says_has_a_type(mysql_url: str, code: int, kind: Any) -> None:
    with closing(MySQLBackend(mysql_url)) as store:
        store.ensure([WORDS])
        text = f"SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = {code}, MESSAGE_TEXT = 'jane'"
        with pytest.raises(kind) as caught, store.transaction():
            store._ask(text, ())
        assert "jane" not in str(caught.value)
        store.put(WORDS, [{"word": "next"}])
