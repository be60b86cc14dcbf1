"""Let any operation of any store fail or wait, to see what is left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from customerkit.model.batch import Batch, Row, Scalar
from customerkit.model.table import Table
from customerkit.store.protocol import Backend, Cond, Key, Swaps
from customerkit.store.wrappers.base import Wrapper


class FaultyBackend(Wrapper):
    """Raise a chosen error at the n-th operation of the backend inside.

    An operation is a call, a batch that a scan yields or a load takes, and of a
    transaction its begin, its commit, and the moment after the commit, when the
    store has written but nobody has been told. Closing never fails.

    Args:
        inner: Any backend.

    Example:
        >>> from customerkit.testing import ReferenceBackend
        >>> from customerkit.testing.data import WORDS
        >>> store = FaultyBackend(ReferenceBackend())
        >>> store.ensure([WORDS])
        >>> store.fail(at=1, error=OSError("the disk is gone"))
        >>> store.put(WORDS, [{"word": "a"}])
        Traceback (most recent call last):
        OSError: the disk is gone
        >>> store.put(WORDS, [{"word": "a"}]), store.raised
        (None, True)
    """

    def __init__(self, inner: Backend) -> None:
        super().__init__(inner)
        self.operations = 0
        self.raised = False
        self._at: int | None = None
        self._error: BaseException | None = None
        self._lasting = False
        self._action: Callable[[], object] | None = None
        if isinstance(inner, Swaps):
            self.swap = self._swap  # so that it swaps where the backend inside does

    def fail(self, at: int | None, error: BaseException, *, lasting: bool = False) -> None:
        """Raise the error at the operation of this number from now on.

        Args:
            at: 1 is the next operation; None is never.
            error: What to raise.
            lasting: At every operation after it, too, as if the process had died there.
        """
        self.operations, self.raised = 0, False
        self._at, self._error, self._lasting, self._action = at, error, lasting, None

    def meanwhile(self, at: int, action: Callable[[], object]) -> None:
        """Do something else before the operation of this number, as another process might.

        Args:
            at: 1 is the next operation.
            action: What to do; it may use the backend inside.
        """
        self.operations, self.raised = 0, False
        self._at, self._error, self._lasting, self._action = at, None, False, action

    def _operate(self) -> None:
        self.operations += 1
        if self._at is None or self.operations < self._at:
            return
        if self.operations == self._at or self._lasting:
            self.raised = True
            if self._action is not None:
                self._action()
            if self._error is not None:
                raise self._error

    def _each(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        for batch in batches:
            self._operate()
            yield batch

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create what is missing."""
        self._operate()
        self.inner.ensure(tables)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a write transaction that may fail to begin, to commit, or to say so."""
        self._operate()
        with self.inner.transaction():
            yield
            self._operate()
        self._operate()

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return the rows of these keys."""
        self._operate()
        return self.inner.get(table, keys)

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key."""
        self._operate()
        self.inner.put(table, rows)

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows by key."""
        self._operate()
        return self.inner.delete(table, keys)

    def scan(
        self,
        table: Table,
        where: Sequence[Cond] = (),
        *,
        columns: Sequence[str] | None = None,
        after: Key | None = None,
        limit: int | None = None,
    ) -> Iterator[Batch]:
        """Yield matching rows in key order; may fail at each batch."""
        self._operate()
        yield from self._each(
            self.inner.scan(table, where, columns=columns, after=after, limit=limit)
        )

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append many rows; may fail at each batch."""
        self._operate()
        return self.inner.load(table, self._each(batches))

    def _swap(
        self, table: Table, field: str, changes: Sequence[tuple[Key, Scalar, Row | None]]
    ) -> int:
        """Replace rows that nobody wrote meanwhile."""
        self._operate()
        assert isinstance(self.inner, Swaps)
        return self.inner.swap(table, field, changes)

    def purge(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows without a trace."""
        self._operate()
        return self.inner.purge(table, keys)
