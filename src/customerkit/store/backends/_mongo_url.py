"""Read the URL of a MongoDB store."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from attrs import field, frozen
from pymongo import errors, uri_parser

from customerkit.errors import InputError
from customerkit.store.backends._sql_url import PASSWORD

Password = str | Callable[[], str] | None
_TIMES = {"serverselectiontimeoutms": 5_000, "connecttimeoutms": 5_000, "sockettimeoutms": 120_000}
_SHAPE = "mongodb://user@host:port/database?option=value"


@frozen
class Options:
    """Say where a store is and how it is reached.

    Args:
        url: The URL without user, password and what is not the driver's.
        database: The database's name.
        user: Who logs in.
        password: Their password, or what is called for it, where there is one.
        timeout: Seconds to wait for another writer.
        journal: Use the journal even where the server has transactions.
        driver: Times and the like for the driver.
    """

    url: str
    database: str
    user: str | None
    password: Password = field(repr=False)
    timeout: float
    journal: bool
    driver: dict[str, Any]

    @property
    def place(self) -> str:
        """Return what messages call the store."""
        hosts = urlsplit(self.url).netloc
        return f"{self.database} on {hosts}"

    def arguments(self) -> dict[str, Any]:
        """Return what the driver is handed beside the URL."""
        found = dict(self.driver)
        if self.user is not None:
            found["username"] = self.user
            password = self.password() if callable(self.password) else self.password
            found["password"] = password if password is not None else os.environ.get(PASSWORD, "")
        return found


def parse(url: str, password: Password = None) -> Options:
    """Return the options of ``mongodb://user:password@host:port/database?name=value``.

    Args:
        url: The URL; ``timeout`` and ``journal`` are ours, other options the driver's.
        password: A password, or what is called for one.

    Raises:
        InputError: It names no database, or an option is unknown or no value of its kind.
    """
    parts = urlsplit(url)
    given = parse_qsl(parts.query, keep_blank_values=True)
    ours = {name: value for name, value in given if name in ("timeout", "journal")}
    theirs = urlencode([(name, value) for name, value in given if name not in ours])
    database = unquote(parts.path[1:])
    if not database or "/" in database or not parts.netloc:
        raise InputError(f"a URL of MongoDB is {_SHAPE}")
    known = _known(theirs)
    user, _, hosts = parts.netloc.rpartition("@")
    name, colon, secret = user.partition(":")
    return Options(
        url=parts._replace(netloc=hosts, query=theirs).geturl(),
        database=database,
        user=unquote(name) if user else None,
        password=password if password is not None else (unquote(secret) if colon else None),
        timeout=_seconds(ours.get("timeout", "30")),
        journal=_flag(ours.get("journal", "false")),
        driver={name: value for name, value in _TIMES.items() if name not in known},
    )


def _known(query: str) -> set[str]:
    """Return the names of options, in lower case, that the driver knows."""
    try:
        return {str(name).lower() for name in uri_parser.split_options(query)} if query else set()
    except (errors.PyMongoError, ValueError, Warning):
        raise InputError(
            f"an option of the URL is unknown to MongoDB, or no value of its kind; {_SHAPE}"
        ) from None


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 10**6:  # also refuses nan
        raise InputError("the timeout of a URL is a number of seconds, more than 0")
    return value


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise InputError("journal of a URL is true or false")
    return text == "true"
