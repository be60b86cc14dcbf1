"""Open the stores that are checked."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from customerkit.store.protocol import Backend
from customerkit.store.registry import atomic
from customerkit.testing.data import TABLES


class StoreTests(ABC):
    """Know how to open a store, which is all that an author says."""

    @abstractmethod
    def open_store(self, where: Path) -> Backend:
        """Open the store that belongs to a folder; the author writes this.

        Args:
            where: A folder that exists, empty for a new store. Called again with
                the same folder it opens the same store where that is durable. A
                store on a server takes the folder's path as a name to tell
                stores apart.

        Returns:
            The backend.
        """

    def stored_bytes(self, where: Path) -> bytes:
        """Return all bytes that a store keeps; by default those of its folder's files."""
        files = sorted(path for path in where.rglob("*") if path.is_file())
        return b"".join(path.read_bytes() for path in files)

    def atomic(self, where: Path) -> Backend:
        """Open the store of a folder the way users get it: behind a journal where it needs one."""
        return atomic(self.open_store(where))

    @contextmanager
    def opened(self, where: Path) -> Iterator[Backend]:
        """Open the store of a folder, create the tables of the kit, and close it at the end."""
        where.mkdir(parents=True, exist_ok=True)
        store = self.atomic(where)
        try:
            store.ensure(TABLES)
            yield store
        finally:
            store.close()

    @pytest.fixture
    def where(self, tmp_path: Path) -> Path:
        """Return the folder of the store."""
        return tmp_path / "store"

    @pytest.fixture
    def store(self, where: Path) -> Iterator[Backend]:
        """Return an empty store with the tables of the kit."""
        with self.opened(where) as store:
            yield store
