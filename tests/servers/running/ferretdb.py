"""FerretDB, which speaks MongoDB's protocol over SQLite files.

It stands in for a single MongoDB: no transactions over several documents, no
sessions. The program is built once and kept in the user's cache.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from running.build import built, run
from running.common import Server

_SOURCES = Path(__file__).parents[1] / "ferretdb"


def _build(target: Path) -> None:
    flags = "-mod=readonly -buildvcs=false"
    run(["go", "build", "-trimpath", "-o", str(target), "."], _SOURCES, GOFLAGS=flags)


class FerretDB(Server):
    title = "FerretDB (for MongoDB)"
    variable = "CUSTOMERKIT_MONGODB_URL"
    # A connection that a client keeps open would hold up a kind stop for ever.
    seconds_to_stop = 1

    @classmethod
    def lacking(cls) -> str | None:
        if built("ferretdb", _SOURCES) or shutil.which("go"):
            return None
        return "go, which builds it, was not found (1.22 or newer: https://go.dev/dl)"

    def own_url(self) -> str:
        return f"mongodb://127.0.0.1:{self.port}/"

    def prepare(self) -> None:
        built("ferretdb", _SOURCES, _build)
        (self.folder / "data").mkdir()

    def command(self) -> list[str]:
        program = built("ferretdb", _SOURCES, _build)
        return [str(program), f"127.0.0.1:{self.port}", str(self.folder / "data")]

    def connect(self, url: str = "") -> Any:
        """Return a client of pymongo."""
        import pymongo

        return pymongo.MongoClient(
            url or self.url, serverSelectionTimeoutMS=2000, connectTimeoutMS=5000
        )

    def ping(self) -> None:
        with closing(self.connect()) as client:
            client.admin.command("ping")

    @contextmanager
    def fresh(self) -> Iterator[str]:
        name = self.name()
        try:
            yield urlsplit(self.url)._replace(path=f"/{name}").geturl()
        finally:
            with closing(self.connect()) as client:
                client.drop_database(name)
