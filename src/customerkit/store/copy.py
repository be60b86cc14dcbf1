"""Copy a whole base from one store to another, and check what arrived."""

from __future__ import annotations

import hashlib
import marshal
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from attrs import define, field, frozen

from customerkit.errors import ConflictError, CorruptStoreError, InputError
from customerkit.model.batch import Batch
from customerkit.model.table import Table
from customerkit.model.tables import META, POSTINGS, SEARCH, TABLES
from customerkit.store.protocol import Backend
from customerkit.store.registry import open_backend
from customerkit.store.unit import UnitOfWork

Progress = Callable[[int], None]
_COPIED = tuple(table for table in TABLES if table not in (POSTINGS, SEARCH))
"""All but the search index, which each base makes for itself."""
_PORTABLE = 2  # of marshal's formats the one in which equal values are equal bytes


@frozen
class Copied:
    """Tell what copying a base did.

    Args:
        rows: Table → rows copied.
        digest: Of every row of every table; that of another copy of the same base is
            the same, whatever store it is in.
    """

    rows: Mapping[str, int] = field(factory=dict)
    digest: str = ""

    def __str__(self) -> str:
        counts = [f"{name} {count:,}" for name, count in self.rows.items() if count]
        return f"copied and checked: {', '.join(counts) or 'an empty base'}"


def copy(
    source: str | os.PathLike[str] | Backend,
    target: str | os.PathLike[str] | Backend,
    *,
    progress: Progress = lambda rows: None,
) -> Copied:
    """Copy a whole base: records, customers, history, runs, decisions.

    The copy is one transaction of the target, so it is there whole or not at all.
    Every row is read back from the target before it counts.

    Args:
        source: The base; a URL as for :func:`customerkit.open`, or a backend. It is
            only read.
        target: Where to; a base that has no run yet.
        progress: Called with the number of rows copied since the last call.

    Returns:
        How many rows there are, and their digest.

    Raises:
        NotFoundError: There is no base where the source should be.
        InputError: The target has runs already.
        CapabilityError: The target cannot hold a value of the source.
        ConflictError: Somebody wrote to the source meanwhile.
        CorruptStoreError: What the target gives back is not what it was given.

    Example:
        >>> import customerkit as ck
        >>> with ck.open("memory:") as base:
        ...     base.update(given_name="Ada").created
        ...     str(copy(base.backend, "memory:"))
        [1]
        'copied and checked: runs 1, records 1, customers 1, meta 2'
    """
    with _opened(source, create=False) as here, _opened(target, create=True) as there:
        return _copied(UnitOfWork(here), UnitOfWork(there), progress)


@contextmanager
def _opened(place: str | os.PathLike[str] | Backend, create: bool) -> Iterator[Backend]:
    """Lend a backend; whoever gave one closes it."""
    backend = open_backend(place, create=create)
    try:
        yield backend
    finally:
        if isinstance(place, str | os.PathLike):
            backend.close()


def _copied(source: UnitOfWork, target: UnitOfWork, progress: Progress) -> Copied:
    before = source.next_run()
    with target.backend.transaction():
        if target.next_run() > 1:
            raise InputError("the base to copy to has runs already; name one that is new")
        sums = {
            table.name: _table(source.backend, target.backend, table, progress) for table in _COPIED
        }
        if source.next_run() != before:
            raise ConflictError("somebody wrote to the base while it was copied; copy it again")
    whole = repr([(name, found.digest()) for name, found in sums.items()]).encode()
    rows = {name: found.rows for name, found in sums.items()}
    return Copied(rows, hashlib.blake2b(whole, digest_size=16).hexdigest())


def _table(source: Backend, target: Backend, table: Table, progress: Progress) -> _Sum:
    sent, arrived = _Sum(), _Sum()
    if table is META:  # a store may have noted something of itself
        target.delete(META, [str(row["name"]) for b in target.scan(META) for row in b.dicts()])
    target.load(table, _told(sent.over(source.scan(table)), progress))
    for _ in arrived.over(target.scan(table)):
        pass
    if sent.digest() != arrived.digest():
        raise CorruptStoreError(
            f"{table.name}: the copy is not what was copied; nothing of it was kept",
            table=table.name,
        )
    return sent


def _told(batches: Iterable[Batch], progress: Progress) -> Iterator[Batch]:
    for batch in batches:
        yield batch
        progress(len(batch))


@define
class _Sum:
    """Sum rows up as they pass, however they are batched."""

    rows: int = 0
    _hash: Any = field(factory=lambda: hashlib.blake2b(digest_size=16))

    def over(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        for batch in batches:
            self.rows += len(batch)
            self._hash.update(b"".join(marshal.dumps(tuple(r), _PORTABLE) for r in batch.rows()))
            yield batch

    def digest(self) -> str:
        return str(self._hash.hexdigest())
