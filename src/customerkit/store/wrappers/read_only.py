"""Refuse every write to a store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NoReturn

from customerkit.errors import ReadOnlyStoreError, StoreError, TransientStoreError
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.protocol import Key
from customerkit.store.wrappers.base import Wrapper


class ReadOnly(Wrapper):
    """Let nothing be written: every write raises ReadOnlyStoreError before it begins.

    Creating what exists already is no write, so a prepared base opens.

    Args:
        inner: Any backend.

    Example:
        >>> import customerkit as ck
        >>> base = ck.open("memory:")
        >>> _ = base.update(full_name="Jane Doe")
        >>> guarded = ck.open(ReadOnly(base.backend))
        >>> guarded.get("c-1").full_name
        'Jane Doe'
        >>> guarded.update("c-1", city="Leeds")
        Traceback (most recent call last):
        customerkit.errors.ReadOnlyStoreError: this base was opened to be read only; ...
    """

    def _refuse(self) -> NoReturn:
        raise ReadOnlyStoreError(
            "this base was opened to be read only; open it without read_only to change it"
        )

    def ensure(self, tables: Sequence[Table]) -> None:
        """Check that the tables are there with all their columns.

        Raises:
            ReadOnlyStoreError: Something is missing, which cannot be created.
        """
        for table in tables:
            try:
                for _ in self.inner.scan(table, columns=table.names, limit=1):
                    pass
            except TransientStoreError:
                raise
            except StoreError as error:
                raise ReadOnlyStoreError(
                    f"table {table.name} is missing here, or is of an older version; open the "
                    "base once without read_only, so that it is brought up to date",
                    table=table.name,
                ) from error

    def transaction(self) -> NoReturn:
        """Refuse to begin a write transaction."""
        self._refuse()

    def put(self, table: Table, rows: Sequence[Row]) -> NoReturn:
        """Refuse to put rows."""
        self._refuse()

    def delete(self, table: Table, keys: Sequence[Key]) -> NoReturn:
        """Refuse to delete rows."""
        self._refuse()

    def load(self, table: Table, batches: Iterable[Batch]) -> NoReturn:
        """Refuse to append rows."""
        self._refuse()

    def purge(self, table: Table, keys: Sequence[Key]) -> NoReturn:
        """Refuse to purge rows."""
        self._refuse()
