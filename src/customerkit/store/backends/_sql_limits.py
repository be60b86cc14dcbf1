"""Refuse what a server cannot hold before anything is written, and never look for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from customerkit.errors import CapabilityError
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.backends._conditions import as_tuple
from customerkit.store.protocol import Capabilities, Cond, Key

_NUL = "\0"


class Limits:
    """Know the limits of a store by its capabilities.

    Args:
        capabilities: What the store declares.
    """

    def __init__(self, capabilities: Capabilities) -> None:
        self._nul = capabilities.nul_in_text
        self._most = capabilities.max_key_bytes

    def possible(self, key: Key) -> bool:
        """Say whether there can be a row of this key."""
        return self._nul or not any(_has_nul(part) for part in as_tuple(key))

    def check_rows(self, table: Table, rows: Iterable[Row]) -> None:
        """Refuse rows with a text or a key that cannot be held.

        Raises:
            CapabilityError: There is one.
        """
        texts = _texts_of_key(table)
        for row in rows:
            if not self._nul and any(map(_has_nul, row.values())):
                raise _no_nul(table)
            for name in texts:
                self._check_key(table, (row[name],), len(texts))

    def check_batch(self, table: Table, batch: Batch) -> None:
        """Refuse a batch as :meth:`check_rows` does; what else has a NUL, the server refuses."""
        texts = _texts_of_key(table)
        for name in texts if len(batch) else ():
            self._check_key(table, batch.column(name), len(texts))

    def _check_key(self, table: Table, keys: Iterable[Any], parts: int) -> None:
        if self._most is None:
            return
        most = self._most // parts
        sure = most // 4  # a character takes four bytes at most
        for key in keys:
            if len(key) > sure and len(key.encode("utf-8", "surrogatepass")) > most:
                raise CapabilityError(
                    f"table {table.name}: a key is longer than this store can index; "
                    f"shorten it to {most} bytes, or use another store",
                    most=most,
                )

    def meant(self, where: Sequence[Cond]) -> Sequence[Cond] | None:
        """Return conditions without U+0000 that texts without it satisfy just the same.

        Returns:
            None where no row can satisfy them.
        """
        if self._nul:
            return where
        found = []
        for cond in where:
            changed = _without_nul(cond)
            if changed is None:
                return None
            found.append(changed)
        return found


def _texts_of_key(table: Table) -> list[str]:
    return [c.name for c in table.columns if c.name in table.key and c.type == "text"]


def _has_nul(value: Any) -> bool:
    return isinstance(value, str) and _NUL in value


def _no_nul(table: Table) -> CapabilityError:
    return CapabilityError(
        f"table {table.name}: a text holds the character U+0000, which this store cannot hold; "
        "remove it, or use another store"
    )


def _without_nul(cond: Cond) -> Cond | None:
    if cond.op == "in" and any(map(_has_nul, cond.value)):
        return attrs.evolve(cond, value=[value for value in cond.value if not _has_nul(value)])
    if cond.op in ("in", "null") or not _has_nul(cond.value):
        return cond
    stem = cond.value.partition(_NUL)[0]  # the last text before, among those without NUL
    if cond.op in ("lt", "le"):
        return Cond(cond.field, "le", stem)
    return Cond(cond.field, "gt", stem) if cond.op in ("gt", "ge") else None
