"""Talk to a server within one transaction, or for one statement."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from customerkit.errors import CustomerKitError, StoreError, TransientStoreError
from customerkit.store.backends._sql_dialect import Statement
from customerkit.store.backends._sql_pool import Pool

T = TypeVar("T")
Question = tuple[str, Sequence[Any]]
"""A text that reads, and the values of its marks."""
_MOST = 32  # statements that wait to be sent together


class Work:
    """Be one open transaction on a connection of its own.

    Small writes are sent with what follows them, in one journey to the server and in their
    order: what they meet is raised there, at the end of the transaction at the latest. After
    an error nothing more is sent: a server may have rolled back by itself, and what followed
    would be committed alone.

    Args:
        pool: Where the connection comes from.
        begin: The texts that begin the transaction.
        foreseen: What will be asked first, and is asked along with them; an answer is
            given once, and none after a write.

    Raises:
        StoreError: It cannot begin; nothing is left open then.
    """

    __slots__ = (
        "_answers",
        "_connection",
        "_cursor",
        "_error",
        "_pool",
        "_process",
        "_waiting",
        "depth",
    )

    def __init__(self, pool: Pool, begin: Sequence[str], foreseen: Sequence[Question] = ()) -> None:
        self._pool = pool
        self.depth = 0
        self._process = os.getpid()
        self._error: CustomerKitError | None = None
        self._waiting: list[Statement] = []
        self._connection = pool.borrow()
        try:
            with pool.translated:
                self._cursor = self._connection.cursor()
                found = pool.dialect.begin(self._cursor, begin, foreseen)
                self._answers = list(zip(foreseen, found, strict=True))
        except BaseException:
            pool.drop(self._connection)
            raise

    def later(self, statements: Sequence[Statement]) -> None:
        """Send statements of which no answer is needed together with what follows."""
        self._answers.clear()
        self._waiting += statements
        if len(self._waiting) > _MOST:
            self._send()

    def _send(self, *statements: Statement, asked: int = 0) -> list[Sequence[Any]]:
        """Send what waits and more in one journey; return the rows of the last ones."""
        waiting, self._waiting = self._waiting, []
        every = [*waiting, *statements]
        return self._run(lambda cursor: self._pool.dialect.together(cursor, every, asked))

    def run(self, job: Callable[[Any], T]) -> T:
        """Do a job with the transaction's cursor."""
        self._answers.clear()
        if self._waiting:
            self._send()
        return self._run(job)

    def _run(self, job: Callable[[Any], T]) -> T:
        if self._error is not None:
            raise self._error
        if self._process != os.getpid():
            raise StoreError("a transaction does not outlive a fork; begin one in the child")
        try:
            with self._pool.translated:
                return job(self._cursor)
        except CustomerKitError as error:
            self._error = error
            raise
        except BaseException:
            self._error = TransientStoreError("the transaction was interrupted; try again")
            raise

    def ask(self, text: str, values: Sequence[Any]) -> Sequence[Any]:
        """Return the rows that a statement finds."""
        if self._answers and (known := self._answer(text, values)) is not None:
            return known
        if not self._waiting:
            return self._run(lambda cursor: fetched(cursor, text, values))
        (found,) = self._send((text, values), asked=1)
        return found

    def _answer(self, text: str, values: Sequence[Any]) -> Sequence[Any] | None:
        """Return what was read ahead."""
        for at, ((known, bound), rows) in enumerate(self._answers):
            if known == text and list(bound) == list(values):
                del self._answers[at]
                return rows
        return None

    def commit(self) -> None:
        """Keep what was written.

        Raises:
            StoreError: An error of the transaction was caught on the way, or this
                one came up; where the connection was lost nobody knows which of
                both holds.
        """
        try:
            self._send(("COMMIT", None))
        except BaseException:
            self.roll_back()
            raise
        self._pool.give_back(self._connection)

    def roll_back(self) -> None:
        """Keep nothing of what was written, whatever state the connection is in."""
        if self._process != os.getpid():
            return  # the parent still talks through this socket
        done = False
        with suppress(Exception):  # closing a connection rolls back too
            self._cursor.execute("ROLLBACK")
            done = True
        (self._pool.give_back if done else self._pool.drop)(self._connection)


def fetched(cursor: Any, text: str, values: Sequence[Any]) -> Sequence[Any]:
    """Return the rows that a statement finds."""
    cursor.execute(text, values)
    found: Sequence[Any] = cursor.fetchall()
    return found
