"""Reach a MongoDB server, and know what kind it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any
from weakref import finalize

import pymongo
from attrs import frozen
from bson import CodecOptions
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from customerkit.errors import StoreError
from customerkit.store.backends._mongo_errors import Translated
from customerkit.store.backends._mongo_url import Options

_OLDEST = 9  # the wire version of MongoDB 4.4
_CODECS: Any = CodecOptions(tz_aware=False)


@frozen
class Kind:
    """Say what a server can do.

    Args:
        sessions: It is a replica set or a cluster, whose transactions span documents.
        most: Bytes of a document.
        ferret: It is FerretDB, which looks through a whole collection unless it is
            asked for one id, and needs no help of indexes.
    """

    sessions: bool
    most: int
    ferret: bool


class Server:
    """Hold the client of one server; a forked process gets its own.

    Args:
        options: Where it is.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.translated = Translated(options.place)
        self._lock = RLock()
        self._process = -1
        self._held: Any = None
        self._inherited: list[Any] = []
        with self.translated:
            try:
                self.kind = self._asked()
            except BaseException:
                self.close()
                raise

    def client(self) -> Any:
        """Return the client of this process."""
        with self._lock:
            if self._process != os.getpid():
                self._inherited.append(self._held)  # a parent's, not to be closed here
                self._held = self._made()
                self._process = os.getpid()
                finalize(self, self._held.close)  # a forgotten store closes itself
            return self._held

    def _made(self) -> Any:
        return pymongo.MongoClient(
            self.options.url, appname="customerkit", **self.options.arguments()
        )

    def _asked(self) -> Kind:
        admin = self.client().admin
        hello = admin.command("hello")
        if hello.get("maxWireVersion", 0) < _OLDEST:
            raise StoreError(f"{self.options.place}: the server is too old; MongoDB 4.4 will do")
        built = admin.command("buildInfo")
        ferret = any(name.lower().startswith("ferretdb") for name in built)
        several = "setName" in hello or hello.get("msg") == "isdbgrid"
        sessions = several and hello.get("logicalSessionTimeoutMinutes") is not None
        return Kind(sessions and not ferret, hello["maxBsonObjectSize"], ferret)

    def collection(self, name: str, *, flushed: bool = False) -> Any:
        """Return a collection of the database.

        Args:
            name: Its name.
            flushed: A write is on the disk before the server says that it is done.
        """
        if self.kind.sessions:
            concern, level = WriteConcern("majority", wtimeout=60_000), ReadConcern("majority")
        else:
            concern, level = WriteConcern(1, j=True if flushed else None), ReadConcern()
        return self.client()[self.options.database].get_collection(
            name, codec_options=_CODECS, write_concern=concern, read_concern=level
        )

    @contextmanager
    def session(self) -> Iterator[Any]:
        """Open a session of the server."""
        with self.client().start_session() as session:
            yield session

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            if self._held is not None and self._process == os.getpid():
                self._held.close()
