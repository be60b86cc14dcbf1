"""Say what SQLite's errors mean and what to do about them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from customerkit.errors import (
    CorruptStoreError,
    InputError,
    ReadOnlyStoreError,
    StoreError,
    StoreFullError,
    StoreLockedError,
)

_MEANINGS: dict[int, tuple[type[StoreError], str]] = {
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


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Raise customerkit's errors for SQLite's.

    Args:
        name: The file's name, for the message.
    """
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise InputError(f"{name}: a row with this key exists already") from error
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        kind, meaning = _MEANINGS.get(code, (StoreError, f"failed: {error}"))
        raise kind(f"{name} {meaning}", file=name, code=code) from error


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
