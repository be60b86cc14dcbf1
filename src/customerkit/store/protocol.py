"""What a storage backend is: the smallest surface on which everything else rests.

A backend keeps tables of plain rows. History, runs, undo and versions of the
base are written above it by the unit of work, so every backend has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol, runtime_checkable

from attrs import frozen

from customerkit.model.batch import Batch, Row, Scalar
from customerkit.model.table import Table

Key = int | str | tuple[int | str, ...]
Operator = Literal["eq", "in", "lt", "le", "gt", "ge", "prefix", "null"]


@frozen
class Cond:
    """State one condition on one field; conditions of a list are joined by *and*.

    Args:
        field: Column name.
        op: ``eq in lt le gt ge prefix null``. Text is ordered by code point;
            a missing value satisfies only ``null``.
        value: What to compare with, of the column's type; a sequence of any
            length for ``in``, where None finds nothing; a text for ``prefix``,
            which is asked of text only; True (is missing) or False (is present)
            for ``null``.
    """

    field: str
    op: Operator
    value: Any = True


@frozen
class Capabilities:
    """Declare what a backend can do; what it cannot raises ``CapabilityError``.

    Args:
        transactions: Several tables change together or not at all.
        durable: Committed rows outlive the process.
        multi_process: Several processes may open it at once.
        physical_purge: Purged values leave no bytes behind.
        nul_in_text: Text may hold U+0000; where it may not, writing one raises
            ``CapabilityError``.
        max_key_bytes: The longest text of a key in UTF-8, divided by the number of
            texts where a key has several; a longer one raises ``CapabilityError``.
        remote: A read is a round trip over a network, so ``open`` caches what was read.
    """

    transactions: bool = True
    durable: bool = True
    multi_process: bool = True
    physical_purge: bool = True
    nul_in_text: bool = True
    max_key_bytes: int | None = None
    remote: bool = False


def matches(row: Row, where: Sequence[Cond]) -> bool:
    """Say whether a row satisfies all conditions: the reference for every backend.

    Example:
        >>> matches({"city": "Leeds"}, [Cond("city", "prefix", "Le")])
        True
        >>> matches({"city": None}, [Cond("city", "lt", "z")])
        False
    """
    return all(holds(row[cond.field], cond) for cond in where)


def holds(found: Scalar, cond: Cond) -> bool:
    """Say whether one value satisfies a condition."""
    return bool(_TESTS[cond.op](found, cond.value))


def _prefix(found: Scalar, wanted: Any) -> bool:
    return isinstance(found, str) and found.startswith(wanted)


_TESTS: dict[str, Any] = {
    "eq": lambda found, wanted: found is not None and found == wanted,
    "in": lambda found, wanted: found is not None and found in wanted,
    "lt": lambda found, wanted: found is not None and found < wanted,
    "le": lambda found, wanted: found is not None and found <= wanted,
    "gt": lambda found, wanted: found is not None and found > wanted,
    "ge": lambda found, wanted: found is not None and found >= wanted,
    "prefix": _prefix,
    "null": lambda found, wanted: (found is None) == wanted,
}


@runtime_checkable
class Backend(Protocol):
    """Store rows of tables.

    Rows are dicts of ``str | int | float | bytes | None``; bulk goes through
    :class:`~customerkit.model.batch.Batch`. Every method checks field names
    against the table before it writes. Integers are 64-bit signed, floats are
    finite; a value that does not fit, and a row whose key is None or absent, is
    refused. Only errors of :mod:`customerkit.errors` come out of a backend, and
    whatever callers raised themselves. ``customerkit.testing`` says the same as
    tests.
    """

    capabilities: Capabilities

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create what is missing: tables, columns, indexes.

        Idempotent, additive, safe when two processes do it at once.
        """

    def transaction(self) -> AbstractContextManager[None]:
        """Open a write transaction, or join the one that is open.

        Everything inside commits together when the outermost block ends, or is
        rolled back when it raises, whatever it raises. An error of a method or
        of an inner block has to reach the outermost one: caught on the way, what
        was written before it may be committed. What the store has against a write may
        be raised as late as when the block ends.
        """

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return the rows of these keys, in their order, None where absent."""

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key, the last of equal keys.

        Absent columns become None.

        Raises:
            UnknownFieldError: A row has a field that the table does not have.
        """

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows by key and return how many there were; absent keys are no error."""

    def scan(
        self,
        table: Table,
        where: Sequence[Cond] = (),
        *,
        columns: Sequence[str] | None = None,
        after: Key | None = None,
        limit: int | None = None,
    ) -> Iterator[Batch]:
        """Yield matching rows in key order as batches that are never empty.

        Rows may be written while a scan is open; those that nobody touched are
        yielded exactly once.

        Args:
            table: The table.
            where: Conditions, all of which must hold.
            columns: What to return; all by default.
            after: Only rows whose key is greater.
            limit: At most so many rows.
        """

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append many rows with new keys as fast as the store can; return how many.

        A batch may hold a part of the columns; the others become None.

        Raises:
            InputError: A key is there already, or twice in the batches.
            UnknownFieldError: A batch has a field that the table does not have.
        """

    def purge(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows so that, after the transaction, none of their bytes remain."""

    def close(self) -> None:
        """Release everything; the backend is not used again."""


@runtime_checkable
class Swaps(Protocol):
    """Replace rows only where nobody else did meanwhile.

    What a backend without transactions may offer beside
    :class:`Backend`: most stores change one row with a condition in one step. Where
    several processes write, this is what keeps a writer that was paused from
    overwriting what others wrote in the meantime.
    """

    def swap(
        self, table: Table, field: str, changes: Sequence[tuple[Key, Scalar, Row | None]]
    ) -> int:
        """Replace or delete rows, each in one step, and return how many.

        Args:
            table: The table.
            field: A column of it.
            changes: A key, the value that the field has if nobody wrote the row
                meanwhile, and the new row, None to delete it. A row that is not
                there, or has another value, stays as it is.
        """


@frozen
class Read:
    """Name what will be read: the row of a key, or the rows that match.

    Args:
        table: The table.
        key: Of the row; None for a scan.
        where: Conditions of a scan.
        columns: What a scan returns; all by default.
    """

    table: Table
    key: Key | None = None
    where: Sequence[Cond] = ()
    columns: Sequence[str] | None = None


@runtime_checkable
class Foresees(Protocol):
    """Read ahead, in the journey that begins a transaction, what will be asked in it.

    What a backend far away may offer beside :class:`Backend`: whoever knows before a
    transaction what it will read first saves a journey for each of these reads.
    """

    def foresee(self, reads: Sequence[Read]) -> None:
        """Note what this thread will read first in the next transaction that it begins.

        A hint: the same reads are asked for again, and one that is not costs time alone.
        """
