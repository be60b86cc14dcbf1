from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("django", reason="Django is not installed: its stores are not tested")
pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed: its stores are not tested")

from customerkit.store.protocol import Backend
from customerkit.store.registry import open_backend
from customerkit.testing import BackendTests


class TestDjangoOnSQLite(BackendTests):
    @pytest.fixture(autouse=True)
    def _aliases(self, alias: Callable[[Path], str]) -> None:
        self.alias = alias

    def open_store(self, where: Path) -> Backend:
        return open_backend(f"django://{self.alias(where)}")
