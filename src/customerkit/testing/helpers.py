"""Look at a store the way every check does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest

from customerkit.errors import TransientStoreError
from customerkit.model.batch import Row
from customerkit.model.table import Table
from customerkit.store.protocol import Backend, Cond
from customerkit.testing.data import HARD_TEXTS, NUL_TEXTS

T = TypeVar("T")


def needs(store: Backend, *capabilities: str) -> None:
    """Skip the running check where the backend declares that it cannot do this."""
    for name in capabilities:
        if not getattr(store.capabilities, name):
            pytest.skip(f"{type(store).__name__} declares {name}=False")


def scanned(store: Backend, table: Table, where: Sequence[Cond] = (), **options: Any) -> list[Row]:
    """Return the rows of a scan, whose batches must be well-formed."""
    batches = list(store.scan(table, where, **options))
    assert [len(batch) for batch in batches if not len(batch)] == [], "a batch is empty"
    names = tuple(options.get("columns") or table.names)
    assert {batch.names for batch in batches} <= {names}
    return [row for batch in batches for row in batch.dicts()]


def exact(rows: Iterable[Row | None]) -> list[dict[str, tuple[type, Any]] | None]:
    """Return rows in a form that tells ``1`` from ``1.0`` and ``True``."""
    return [
        None if row is None else {name: (type(value), value) for name, value in row.items()}
        for row in rows
    ]


def hard_texts(store: Backend) -> list[str]:
    """Return texts that stores get wrong, as far as this one may hold them."""
    return [*HARD_TEXTS, *(NUL_TEXTS if store.capabilities.nul_in_text else ())]


@contextmanager
def rolled_back(store: Backend, error: BaseException | None = None) -> Iterator[None]:
    """Run a block in a transaction that then fails with an error, which must come out of it."""
    thrown = RuntimeError("roll back") if error is None else error
    try:
        with store.transaction():
            yield
            raise thrown
    except BaseException as caught:
        if caught is not thrown:
            raise
        return
    pytest.fail("the transaction swallowed the error")


def together(*jobs: Callable[[], T]) -> list[T]:
    """Run jobs in threads of their own and return their answers, or raise what one raised."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(job) for job in jobs]]


def patiently(job: Callable[[], T], tries: int = 100) -> T:
    """Do a job again while the store says that trying again may succeed."""
    for _ in range(tries - 1):
        try:
            return job()
        except TransientStoreError:
            continue
    return job()
