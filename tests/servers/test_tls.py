"""TLS to a server whose certificate is known, and not to one whose certificate is not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import customerkit as ck
from customerkit.errors import StoreConnectionError
from customerkit.store.backends.mysql import MySQLBackend
from customerkit.store.backends.postgresql import PostgreSQLBackend
from running import MariaDB, PostgreSQL, Server


def certify(server: Server, name: str = "own") -> Path:
    """Make a key, and a certificate for the loopback address that it signs itself."""
    told = ["-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-newkey", "ec"]
    curve = ["-pkeyopt", "ec_paramgen_curve:prime256v1"]
    address = ["-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", f"{name}.key", "-out", f"{name}.crt"]
    server.run("openssl", "req", "-x509", *told, *curve, *address, *files)
    return server.folder / f"{name}.crt"


class TLSPostgreSQL(PostgreSQL):
    def prepare(self) -> None:
        super().prepare()
        certify(self)

    def command(self) -> list[str]:
        files = [f"--ssl_cert_file={self.folder}/own.crt", f"--ssl_key_file={self.folder}/own.key"]
        return [*super().command(), "--ssl=on", *files]


class TLSMariaDB(MariaDB):
    def prepare(self) -> None:
        super().prepare()
        certify(self)

    def command(self) -> list[str]:
        files = [f"--ssl-cert={self.folder}/own.crt", f"--ssl-key={self.folder}/own.key"]
        return [*super().command(), *files]


SERVERS: dict[str, type[Server]] = {"postgresql": TLSPostgreSQL, "mysql": TLSMariaDB}


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    kind = SERVERS[request.param]
    request.getfixturevalue("require")(kind)
    if not shutil.which("openssl"):
        pytest.skip("openssl was not found; it makes the certificate")
    started = kind()
    if not started.own:
        pytest.skip(f"{kind.title} of {kind.variable} has certificates of its own")
    with started:
        yield started


def demanding(url: str, certificate: Path) -> str:
    """Return a URL that demands TLS with a certificate signed by that of a file."""
    if url.startswith("postgresql"):
        return f"{url}?sslmode=verify-full&sslrootcert={certificate}"
    return f"{url}?ssl_ca={certificate}"


def cipher(url: str) -> str:
    """Return what the store's connection is encrypted with, nothing for none."""
    if url.startswith("postgresql"):
        with closing(PostgreSQLBackend(url)) as store:
            asked = "SELECT coalesce(cipher, '') FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            return str(store._ask(asked, ())[0][0])
    with closing(MySQLBackend(url)) as own:
        return str(own._ask("SHOW STATUS LIKE 'Ssl_cipher'", ())[0][1])


def test_a_known_certificate_makes_the_connection_private(server: Server) -> None:
    with server.fresh() as url:
        private = demanding(url, server.folder / "own.crt")
        assert cipher(private)
        with ck.open(private) as base:
            base.update(full_name="Ada Day", email="ada@example.com")
            assert base.get("c-1").full_name == "Ada Day"


def test_an_unknown_certificate_is_refused(server: Server) -> None:
    with server.fresh() as url, pytest.raises(StoreConnectionError, match="TLS") as caught:
        ck.open(demanding(url, certify(server, "other")))
    assert server.password not in str(caught.value)
