"""Write to the log what a store is asked, and how long it takes."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import local
from time import perf_counter

from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.protocol import Backend, Cond, Key
from customerkit.store.unit import ended
from customerkit.store.wrappers.base import Wrapper

_LOGGER = logging.getLogger("customerkit.store")


class _State(local):
    """Know, for each thread, how deep in a transaction it is and which runs it wrote."""

    def __init__(self) -> None:
        self.depth = 0
        self.runs: list[int] = []


class Logged(Wrapper):
    """Log operations at DEBUG, transactions at INFO, slow and failed ones at WARNING.

    A line holds the operation, the table, how many rows, milliseconds, and of a
    transaction the numbers of its runs; never a key or a value, so nothing personal.
    Each record has them as attributes too: ``operation``, ``table``, ``rows``,
    ``seconds``, ``runs``.

    Args:
        inner: Any backend.
        logger: Where to; the logger ``customerkit.store`` by default.
        slow: An operation that takes as many seconds is logged at WARNING.

    Example:
        >>> import customerkit as ck
        >>> from customerkit.store.backends.memory import MemoryBackend
        >>> logger = logging.getLogger("example")
        >>> _ = logger.addHandler(logging.NullHandler())
        >>> base = ck.open(Logged(MemoryBackend(), logger))
        >>> base.update(full_name="Jane Doe").created
        [1]
    """

    def __init__(
        self, inner: Backend, logger: logging.Logger = _LOGGER, *, slow: float = 1.0
    ) -> None:
        super().__init__(inner)
        self._logger, self._slow, self._state = logger, slow, _State()

    def _log(self, level: int, operation: str, begun: float, rows: int, table: str = "") -> None:
        seconds = perf_counter() - begun
        level = max(level, logging.WARNING) if seconds >= self._slow else level
        runs = tuple(self._state.runs)
        told = f" {table}" * bool(table) + f" of run {', '.join(map(str, runs))}" * bool(runs)
        facts = {"operation": operation, "table": table, "rows": rows}
        facts |= {"seconds": seconds, "runs": runs}
        text = "%s%s: %d rows in %.1f ms"
        self._logger.log(level, text, operation, told, rows, seconds * 1000, extra=facts)

    @contextmanager
    def _timed(self, operation: str, table: str, rows: int) -> Iterator[None]:
        begun = perf_counter()
        try:
            yield
        except Exception as error:
            self._log(logging.WARNING, f"{type(error).__name__} in {operation}", begun, rows, table)
            raise
        self._log(logging.DEBUG, operation, begun, rows, table)

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create what is missing."""
        with self._timed("ensure", f"{len(tables)} tables", 0):
            self.inner.ensure(tables)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a write transaction; its outermost block is logged with its runs."""
        state, begun = self._state, perf_counter()
        state.depth += 1
        try:
            with self.inner.transaction():
                yield
        except BaseException as error:
            if state.depth == 1:
                self._log(logging.WARNING, f"rolled back by {type(error).__name__}", begun, 0)
            raise
        else:
            if state.depth == 1:
                self._log(logging.INFO if state.runs else logging.DEBUG, "commit", begun, 0)
        finally:
            state.depth -= 1
            if not state.depth:
                state.runs = []

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return the rows of these keys."""
        with self._timed("get", table.name, len(keys)):
            return self.inner.get(table, keys)

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key."""
        with self._timed("put", table.name, len(rows)):
            self.inner.put(table, rows)
        run = ended(table, rows)
        if run is not None and self._state.depth:
            self._state.runs.append(run)

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows by key."""
        with self._timed("delete", table.name, len(keys)):
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
        """Yield matching rows; each batch is logged, without the time of who takes it."""
        batches = iter(self.inner.scan(table, where, columns=columns, after=after, limit=limit))
        while True:
            begun = perf_counter()
            try:
                batch = next(batches, None)
            except Exception as error:
                name = f"{type(error).__name__} in scan"
                self._log(logging.WARNING, name, begun, 0, table.name)
                raise
            self._log(logging.DEBUG, "scan", begun, len(batch or ()), table.name)
            if batch is None:
                return
            yield batch

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append many rows, timed together with whoever makes them."""
        with self._timed("load", table.name, 0):
            return self.inner.load(table, batches)

    def purge(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows without a trace."""
        with self._timed("purge", table.name, len(keys)):
            return self.inner.purge(table, keys)
