"""PostgreSQL as a store: the kit, the main job, processes, faults, and bad input."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import customerkit as ck
from customerkit.errors import (
    CapabilityError,
    StoreAccessError,
    StoreConnectionError,
    StoreError,
    StoreFullError,
    TransientStoreError,
)
from customerkit.store.backends.postgresql import PostgreSQLBackend
from customerkit.store.protocol import Cond, matches
from customerkit.testing import BackendTests
from customerkit.testing.data import PEOPLE, WORDS, person
from customerkit.testing.helpers import scanned
from running import Server
from sql_checks import SQLStoreTests


class TestKit(BackendTests):
    @pytest.fixture(autouse=True)
    def _database(self, postgresql_url: str) -> None:
        self.url = postgresql_url

    def open_store(self, where: Path) -> PostgreSQLBackend:
        schema = "kit_" + hashlib.sha256(str(where).encode()).hexdigest()[:20]
        return PostgreSQLBackend(f"{self.url}?schema={schema}")


class TestPostgreSQL(SQLStoreTests):
    kind = PostgreSQLBackend
    other_scheme = "mysql"
    sleep = "SELECT pg_sleep(30)"

    @pytest.fixture
    def server(self, postgresql: Server) -> Server:
        return postgresql

    def end_connections(self, connection: Any) -> None:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND application_name = 'customerkit'"
        )

    def make_user(self, connection: Any, url: str, name: str, password: str) -> None:
        connection.execute(f"CREATE USER {name} PASSWORD '{password}'")


def test_nul_is_never_found(postgresql_url: str) -> None:
    with closing(PostgreSQLBackend(postgresql_url)) as store:
        store.ensure([PEOPLE, WORDS])
        store.put(WORDS, [{"word": word} for word in ("", "a", "a\x01", "ab", "b")])
        rows = scanned(store, WORDS)
        for text in ("\0", "a\0", "a\0b"):
            assert store.get(WORDS, [text, "a"])[0] is None
            assert store.delete(WORDS, [text]) == 0
            for op in ("eq", "lt", "le", "gt", "ge", "prefix"):
                where: list[Any] = [Cond("word", op, text)]  # type: ignore[arg-type]
                expected = [row for row in rows if matches(row, where)]
                assert scanned(store, WORDS, where) == expected
            assert scanned(store, WORDS, [Cond("word", "in", [text, "b"])]) == rows[-1:]
        with pytest.raises(CapabilityError, match="U\\+0000"):
            store.put(PEOPLE, [person(1), person(2, name="a\0")])
        assert scanned(store, PEOPLE) == []


def test_a_schema_of_its_own_keeps_bases_apart(postgresql_url: str) -> None:
    with (
        ck.open(f"{postgresql_url}?schema=north") as north,
        ck.open(f"{postgresql_url}?schema=south") as south,
        ck.open(postgresql_url) as plain,
    ):
        north.update(full_name="Ada Day", email="ada@example.com")
        assert [len(list(base.customers())) for base in (north, south, plain)] == [1, 0, 0]


def test_a_database_of_another_encoding_is_refused(postgresql: Server, postgresql_url: str) -> None:
    with closing(postgresql.connect()) as connection:
        connection.execute(
            "CREATE DATABASE ck_latin ENCODING 'LATIN1' LOCALE_PROVIDER libc "
            "LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
        )
        try:
            with pytest.raises(StoreError, match="encoding is not UTF8"):
                ck.open(postgresql.url.replace("/postgres", "/ck_latin"))
        finally:
            connection.execute("DROP DATABASE ck_latin WITH (FORCE)")


def test_a_server_without_tls_is_refused_where_tls_is_asked_for(postgresql_url: str) -> None:
    with pytest.raises(StoreConnectionError, match="TLS"):
        ck.open(f"{postgresql_url}?sslmode=require")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("53100", StoreFullError),
        ("40P01", TransientStoreError),
        ("57P01", StoreConnectionError),
        ("08006", StoreConnectionError),
        ("42501", StoreAccessError),
        ("99999", StoreError),
    ],
)
def test_what_the_server_says_has_a_type(postgresql_url: str, code: str, kind: Any) -> None:
    with closing(PostgreSQLBackend(postgresql_url)) as store:
        store.ensure([WORDS])
        text = f"DO $$ BEGIN RAISE EXCEPTION 'jane' USING ERRCODE = '{code}'; END $$"
        with pytest.raises(kind) as caught, store.transaction():
            store._ask(text, ())
        assert "jane" not in str(caught.value)
        store.put(WORDS, [{"word": "next"}])
