"""Read the URL of a store on a SQL server."""

from __future__ import annotations

import os
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from urllib.parse import parse_qs, unquote, urlsplit

from attrs import field, frozen

from customerkit.errors import InputError, UnknownFieldError
from customerkit.model.table import Column

PASSWORD = "CUSTOMERKIT_PASSWORD"  # noqa: S105 - a name
"""The variable of the environment that holds the password where the URL has none."""
_SECONDS = ("timeout", "connect_timeout", "statement_timeout")
_WANTED = "a number of seconds, more than 0"


@frozen
class Options:
    """Say where a store is and how it is reached.

    Args:
        host: Name or address of the server; None for what the driver takes.
        port: Its port; None for the usual one.
        database: The database's name.
        user: Who logs in.
        password: Their password, where the URL or the environment holds it.
        schema: The schema of the tables; that of the connection by default.
        timeout: Seconds to wait for another writer.
        connect_timeout: Seconds to wait for a connection.
        statement_timeout: Seconds that one statement may take.
        driver: Options that the driver is handed, those of TLS among them.
    """

    host: str | None
    port: int | None
    database: str
    user: str | None
    password: str | None = field(repr=False)
    schema: str | None = None
    timeout: float = 10.0
    connect_timeout: float = 10.0
    statement_timeout: float = 600.0
    driver: Mapping[str, str] = field(factory=dict)

    @property
    def place(self) -> str:
        """Return what messages call the store."""
        return f"{self.database} on {self.host or 'this machine'}"


def parse(url: str, known: AbstractSet[str]) -> Options:
    """Return the options of ``scheme://user:password@host:port/database?name=value``.

    Args:
        url: The URL; parts may be percent-encoded.
        known: Names of the driver's options.

    Raises:
        InputError: It names no database, or an option is unknown or no value of its kind.
    """
    parts = urlsplit(url)
    given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    schema = given.pop("schema", None)
    seconds = {name: _seconds(name, given.pop(name)) for name in _SECONDS if name in given}
    unknown = sorted(given.keys() - known)
    database = unquote(parts.path[1:])
    if unknown or not database or "/" in database:
        options = ", ".join(sorted({*_SECONDS, "schema", *known}))
        raise InputError(
            f"a URL of this kind is {parts.scheme}://user@host:port/database?option=value "
            f"with the options {options}",
            unknown=unknown,
        )
    if schema is not None:
        _checked(schema)
    return Options(
        parts.hostname or None,
        _port(url),
        database,
        unquote(parts.username) if parts.username else None,
        unquote(parts.password) if parts.password else os.environ.get(PASSWORD),
        schema,
        driver=given,
        **seconds,
    )


def _checked(schema: str) -> None:
    try:
        Column(schema)
    except UnknownFieldError as error:
        raise InputError("a schema's name has a-z, 0-9 and _, at most 63") from error


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        raise InputError("the port of a URL is a number up to 65535") from None


def _seconds(name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise InputError(f"the {name} of a URL is {_WANTED}") from None
    if not 0 < value <= 10**6:  # also refuses nan
        raise InputError(f"the {name} of a URL is {_WANTED}")
    return value
