from pathlib import Path

from customerkit.store.backends.sqlite import SQLiteBackend
from customerkit.testing import BackendTests


class TestSQLite(BackendTests):
    def open_store(self, where: Path) -> SQLiteBackend:
        return SQLiteBackend(str(where / "store.db"))
