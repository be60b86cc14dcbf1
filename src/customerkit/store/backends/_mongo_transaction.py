"""Use the transactions of a replica set or a cluster, one writer at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from threading import RLock, get_ident
from typing import Any

from pymongo import errors
from pymongo.read_concern import ReadConcern
from pymongo.read_preferences import ReadPreference
from pymongo.write_concern import WriteConcern

from customerkit.errors import StoreLockedError
from customerkit.store.backends._mongo_server import Server

_LOCK = "customerkit_lock"
_TRIES = 3


class Transaction:
    """Hold the transaction that one thread of this process has open.

    Whoever begins writes to one document that all writers write to: the server lets
    the second one wait or turns it away, so no run is based on what another replaced.

    Args:
        server: Where to.
        patience: Seconds to wait for another writer.
    """

    def __init__(self, server: Server, patience: float) -> None:
        self._server, self._patience = server, patience
        self._lock = RLock()
        self._depth = 0
        self._open: Any = None
        self._owner: int | None = None

    def session(self) -> Any:
        """Return the session of this thread's transaction, None where it has none."""
        return self._open if self._owner == get_ident() else None

    @contextmanager
    def block(self) -> Iterator[None]:
        """Open a transaction, or join the one that is open."""
        if self.session() is not None:
            yield
            return
        with self._lock, ExitStack() as stack:
            with self._server.translated:
                session = stack.enter_context(self._server.session())
                self._begin(session)
            self._open, self._owner = session, get_ident()
            try:
                yield
                with self._server.translated:
                    self._commit(session)
            except BaseException:
                with suppress(errors.PyMongoError):  # the server forgets it by itself
                    if session.in_transaction:
                        session.abort_transaction()
                raise
            finally:
                self._open = self._owner = None

    def _begin(self, session: Any) -> None:
        end, pause = time.monotonic() + self._patience, 0.002
        while True:
            session.start_transaction(
                ReadConcern("snapshot"), WriteConcern("majority"), ReadPreference.PRIMARY
            )
            try:
                self._server.collection(_LOCK).update_one(
                    {"_id": "writer"}, {"$inc": {"runs": 1}}, upsert=True, session=session
                )
            except errors.PyMongoError as error:
                with suppress(errors.PyMongoError):
                    session.abort_transaction()
                if not error.has_error_label("TransientTransactionError"):
                    raise
                if time.monotonic() > end:
                    raise StoreLockedError(
                        f"{self._server.options.place}: another process writes to the base; "
                        "try again later"
                    ) from None
                time.sleep(pause)
                pause = min(0.05, pause * 1.5)
            else:
                return

    @staticmethod
    def _commit(session: Any) -> None:
        """Commit; where the answer was lost, ask again, which the server takes as one."""
        for _ in range(_TRIES - 1):
            try:
                session.commit_transaction()
            except errors.PyMongoError as error:
                if not error.has_error_label("UnknownTransactionCommitResult"):
                    raise
            else:
                return
        session.commit_transaction()
