"""MongoDB's protocol, spoken by a real server: the kit, many processes, any fault."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from customerkit.store.backends.mongodb import MongoDBBackend
from customerkit.store.journal import Journal
from customerkit.store.protocol import Backend
from customerkit.testing import BackendTests
from running import Server


class TestMongoDB(BackendTests):
    """The kit, on a database for each folder."""

    server: Server

    @pytest.fixture(autouse=True)
    def _server(self, mongodb: Server) -> None:
        type(self).server = mongodb

    def open_store(self, where: Path) -> Backend:
        name = "kit_" + hashlib.sha256(str(where).encode()).hexdigest()[:16]
        return Journal(MongoDBBackend(f"{self.server.url}{name}"))
