"""Show how far long work is, when a person is looking."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import Any

import click

from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.protocol import Backend, Cond
from customerkit.store.wrappers.base import Wrapper

Tell = Callable[[int], None]
_OFTEN = 0.1  # seconds between two looks at the counter


class Watched(Wrapper):
    """Tell of every row that passes between a base and its store.

    Args:
        inner: The store.
        tell: Called with a number of rows.
        tables: Only rows of these tables; of all when there are none.
    """

    def __init__(self, inner: Backend, tell: Tell, tables: Iterable[str] = ()) -> None:
        super().__init__(inner)
        self._tell, self._tables = tell, frozenset(tables)

    def _seen(self, table: Table, rows: int) -> None:
        if not self._tables or table.name in self._tables:
            self._tell(rows)

    def _passing(self, table: Table, batches: Iterable[Batch]) -> Iterator[Batch]:
        for batch in batches:
            yield batch
            self._seen(table, len(batch))

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key."""
        self.inner.put(table, rows)
        self._seen(table, len(rows))

    def scan(self, table: Table, where: Sequence[Cond] = (), **options: Any) -> Iterator[Batch]:
        """Yield matching rows."""
        return self._passing(table, self.inner.scan(table, where, **options))

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append many rows."""
        return self.inner.load(table, self._passing(table, batches))


def silent(rows: int) -> None:
    """Show nothing."""


@contextmanager
def counter(label: str, quiet: bool, total: int | None = None) -> Iterator[Tell]:
    """Count rows on standard error: with tqdm where it is installed, else plainly.

    Args:
        label: What is going on.
        quiet: Show nothing, as when no person is looking.
        total: How many rows there will be, where known.
    """
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    try:
        from tqdm import tqdm
    except ImportError:
        with _plain(label, total) as tell:
            yield tell
        return
    look: dict[str, Any] = {"unit": " rows", "unit_scale": True, "leave": False}
    wide = get_terminal_size().columns  # tqdm shows nothing where a terminal says 0
    with tqdm(total=total, desc=label, ncols=wide, file=sys.stderr, **look) as shown:
        yield shown.update


@contextmanager
def _plain(label: str, total: int | None) -> Iterator[Tell]:
    count, begun, told = 0, time.monotonic(), 0.0

    def tell(rows: int) -> None:
        nonlocal count, told
        count += rows
        now = time.monotonic()
        if now - told >= _OFTEN:
            told = now
            click.echo(f"\r{line(label, count, total, now - begun)}\x1b[K", nl=False, err=True)

    try:
        yield tell
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


def line(label: str, count: int, total: int | None, seconds: float) -> str:
    """Return what the plain counter shows.

    Example:
        >>> line("collect", 2000, 10_000, 0.5)
        'collect: 2,000 of 10,000 rows (20 %), 4,000 rows/s'
    """
    whole = f" of {total:,}" if total else ""
    part = f" ({count / total:.0%})".replace("%", " %") if total else ""
    return f"{label}: {count:,}{whole} rows{part}, {count / max(seconds, 0.001):,.0f} rows/s"
