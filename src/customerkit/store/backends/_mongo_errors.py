"""Say what MongoDB's errors mean, and let nothing of the data through."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from pymongo import errors

from customerkit.errors import (
    CustomerKitError,
    InputError,
    LimitError,
    ReadOnlyStoreError,
    StoreAccessError,
    StoreConnectionError,
    StoreError,
    StoreFullError,
    StoreTimeoutError,
    TransientStoreError,
)

Meaning = tuple[type[CustomerKitError], str]
DUPLICATE = 11000
_EXISTS: Meaning = (InputError, "a row with this key exists already")
_REFUSED: Meaning = (
    StoreAccessError,
    "the server refused the user; check user, password (URL, CUSTOMERKIT_PASSWORD), authSource",
)
_UNREACHED: Meaning = (
    StoreConnectionError,
    "no MongoDB server answers; check host, port, TLS options, and that it runs",
)
_LOST: Meaning = (
    StoreConnectionError,
    "the connection was lost; a run that was under way does not count, try again",
)
_LATE: Meaning = (
    StoreTimeoutError,
    "the server took longer than it may; raise socketTimeoutMS in the URL",
)
_CONFLICT: Meaning = (TransientStoreError, "somebody else wrote the same rows; try again")
_TOO_LARGE: Meaning = (LimitError, "a row is larger than a document of MongoDB may be")
_CODES: dict[int, Meaning] = {
    13: (StoreAccessError, "the user lacks a right; grant readWrite on the database to it"),
    18: _REFUSED,
    8000: _REFUSED,
    43: (TransientStoreError, "a scan took too long, and the server gave it up; read again"),
    50: _LATE,
    112: _CONFLICT,
    251: (TransientStoreError, "the server gave the transaction up; run it again"),
    290: (
        LimitError,
        "a run is too large for a transaction of this server; add journal=true to the URL",
    ),
    DUPLICATE: _EXISTS,
    10334: _TOO_LARGE,
    17419: _TOO_LARGE,
    14031: (StoreFullError, "the disk of the server is full; free some space"),
    10107: (ReadOnlyStoreError, "this server may only be read; name the replica set in the URL"),
}


class Translated:
    """Raise customerkit's errors for the driver's; a context manager used again and again.

    Args:
        place: What messages call the store.
    """

    __slots__ = ("place",)

    def __init__(self, place: str) -> None:
        self.place = place

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        found = meaning(error) if isinstance(error, Exception) else None
        if found is not None:
            made, text = found
            raise made(f"{self.place}: {text}", store=self.place, code=code(error)) from None


def code(error: Any) -> int | None:
    """Return the code of what a server refused."""
    if isinstance(error, errors.BulkWriteError):
        details = error.details or {}
        for found in (*details.get("writeErrors", ()), *details.get("writeConcernErrors", ())):
            return int(found["code"])
    found = getattr(error, "code", None)
    return found if isinstance(found, int) else None


def meaning(error: Exception) -> Meaning | None:  # noqa: PLR0911 - a table of kinds
    """Return what an error means; None for one that is not the driver's."""
    if isinstance(error, UnicodeEncodeError):
        return (InputError, "a text holds half of a surrogate pair")
    if isinstance(error, OverflowError):
        return (LimitError, "an integer does not fit in 64 bits")
    if isinstance(error, errors.DocumentTooLarge):
        return _TOO_LARGE
    if isinstance(error, errors.ServerSelectionTimeoutError):
        return _UNREACHED
    if isinstance(error, errors.NetworkTimeout | errors.ExecutionTimeout | errors.WTimeoutError):
        return _LATE
    if isinstance(error, errors.ConnectionFailure):
        return _LOST
    if isinstance(error, errors.OperationFailure):
        return _refused(error)
    if isinstance(error, errors.InvalidURI | errors.ConfigurationError):
        return (InputError, "the URL is none of MongoDB's; mongodb://user@host:port/database")
    if isinstance(error, errors.PyMongoError):
        return (StoreError, f"the driver failed: {type(error).__name__}")
    return None


def _refused(error: errors.OperationFailure) -> Meaning:
    found = code(error)
    if found in _CODES:
        return _CODES[found]
    if error.has_error_label("TransientTransactionError"):
        return _CONFLICT
    return (StoreError, f"the server refused it: code {found}")
