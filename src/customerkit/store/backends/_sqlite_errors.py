"""Say what SQLite's errors mean and what to do about them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType

from customerkit.errors import (
    CorruptStoreError,
    InputError,
    LimitError,
    ReadOnlyStoreError,
    StoreError,
    StoreFullError,
    StoreLockedError,
)

MEANINGS: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreLockedError, "is locked by another process; try again later"),
    sqlite3.SQLITE_LOCKED: (StoreLockedError, "is locked by another connection; try again later"),
    sqlite3.SQLITE_READONLY: (ReadOnlyStoreError, "may only be read; check its permissions"),
    sqlite3.SQLITE_PERM: (ReadOnlyStoreError, "may not be opened; check its permissions"),
    sqlite3.SQLITE_FULL: (StoreFullError, "does not fit on the disk; free some space"),
    sqlite3.SQLITE_IOERR: (StoreError, "could not be read or written; check the disk"),
    sqlite3.SQLITE_CORRUPT: (CorruptStoreError, "is damaged; restore it from a backup"),
    sqlite3.SQLITE_NOTADB: (CorruptStoreError, "is no SQLite database"),
    sqlite3.SQLITE_CANTOPEN: (StoreError, "cannot be opened; check path and permissions"),
}


class Translated:
    """Raise customerkit's errors for SQLite's; a context manager used again and again.

    Args:
        name: The file's name, for the message.
    """

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, sqlite3.IntegrityError):
            raise InputError(f"{self.name}: a row with this key exists already") from error
        if isinstance(error, OverflowError):
            raise LimitError(f"{self.name}: an integer does not fit in 64 bits") from error
        if isinstance(error, UnicodeEncodeError):
            raise InputError(f"{self.name}: a text holds half of a surrogate pair") from error
        if isinstance(error, sqlite3.DatabaseError):
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            found, meaning = MEANINGS.get(code, (StoreError, f"failed: {error}"))
            raise found(f"{self.name} {meaning}", file=self.name, code=code) from error


def checked_path(path: str) -> Path:
    """Return the path of a database that can be opened or created.

    Raises:
        StoreError: It is a folder, or its folder does not exist.
    """
    found = Path(path)
    if path == ":memory:":
        return found
    if found.is_dir():
        raise StoreError(f"{found.name} is a folder; name a file in it", file=found.name)
    if not found.parent.exists():
        raise StoreError(f"the folder of {found.name} does not exist; create it first")
    return found
