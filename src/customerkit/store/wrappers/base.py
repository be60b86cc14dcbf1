"""Stand between a base and its store: what every wrapper is built on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager

from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.protocol import Backend, Cond, Foresees, Key, Read


class Wrapper:
    """Hand every call on to the backend inside; subclasses change what they are about.

    What a backend can do beyond the protocol is not handed on, since it would pass
    the wrapper by; :func:`unwrap` leads to it. A hint what will be read is.

    Args:
        inner: Any backend, also a wrapped one.

    Example:
        >>> from customerkit.store.backends.memory import MemoryBackend
        >>> class Counting(Wrapper):
        ...     reads = 0
        ...     def get(self, table, keys):
        ...         self.reads += len(keys)
        ...         return super().get(table, keys)
        >>> import customerkit as ck
        >>> store = Counting(MemoryBackend())
        >>> base = ck.open(store)
        >>> _ = base.update(full_name="Jane Doe")
        >>> store.reads > 0
        True
    """

    def __init__(self, inner: Backend) -> None:
        self.inner = inner
        self.capabilities = inner.capabilities

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.inner!r})"

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create what is missing."""
        self.inner.ensure(tables)

    def transaction(self) -> AbstractContextManager[None]:
        """Open a write transaction, or join the one that is open."""
        return self.inner.transaction()

    def foresee(self, reads: Sequence[Read]) -> None:
        """Tell the backend inside what will be read."""
        if isinstance(self.inner, Foresees):
            self.inner.foresee(reads)

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return the rows of these keys."""
        return self.inner.get(table, keys)

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key."""
        self.inner.put(table, rows)

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows by key."""
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
        """Yield matching rows in key order."""
        return self.inner.scan(table, where, columns=columns, after=after, limit=limit)

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append many rows with new keys."""
        return self.inner.load(table, batches)

    def purge(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows so that none of their bytes remain."""
        return self.inner.purge(table, keys)

    def close(self) -> None:
        """Close the backend inside."""
        self.inner.close()


def unwrap(backend: Backend) -> Backend:
    """Return the backend inside all wrappers.

    Args:
        backend: A wrapped backend, or a plain one, which is returned as it is.

    Example:
        >>> from customerkit.store.backends.memory import MemoryBackend
        >>> store = MemoryBackend()
        >>> unwrap(Wrapper(Wrapper(store))) is store
        True
    """
    while isinstance(backend, Wrapper):
        backend = backend.inner
    return backend
