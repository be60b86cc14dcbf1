"""The tables that the journal keeps beside those of its callers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import evolve, frozen

from customerkit.model.batch import Row
from customerkit.model.table import Column, Table
from customerkit.store.protocol import Key

EPOCH, GONE, WAS = "epoch_", "gone_", "was_"
_STAMPS = (Column(EPOCH, "integer"), Column(GONE, "integer"))
_BEFORE = (*_STAMPS, Column(WAS, "integer"))

EPOCHS = Table(
    "journal_epochs",
    (Column("epoch", "integer"), Column("step"), Column("value")),
    key=("epoch", "step"),
)
NOTES = Table(
    "journal_notes",
    (
        Column("epoch", "integer"),
        Column("number", "integer"),
        Column("about"),
        Column("kind"),
        Column("value"),
    ),
    key=("epoch", "number"),
)
SCHEMAS = Table("journal_schemas", (Column("name"), Column("value")), key=("name",))
OWN = (EPOCHS, NOTES, SCHEMAS)


@frozen
class Stored:
    """Say how a table of callers is kept.

    Args:
        table: With every column that anybody ever declared.
        main: The same, with the epoch that wrote a row and whether it deleted it.
        past: What rows were before an epoch replaced them.
    """

    table: Table
    main: Table
    past: Table

    @classmethod
    def of(cls, table: Table) -> Stored:
        """Derive how a table is kept."""
        return cls(
            table,
            evolve(table, columns=(*table.columns, *_STAMPS)),
            Table(
                f"past_{table.name}",
                (*table.columns, *_BEFORE),
                key=(*table.key, EPOCH),
                indexes=((EPOCH,),),
            ),
        )

    def widened(self, table: Table) -> Stored:
        """Return how it is kept when a caller declares the table anew."""
        known = self.table.known
        added = tuple(column for column in table.columns if column.name not in known)
        return Stored.of(evolve(table, columns=(*self.table.columns, *added)))

    def past_key(self, key: Key, epoch: int) -> Key:
        """Return the key of what a row was before an epoch."""
        return (*parts(key), epoch)

    def content(self, row: Row) -> Row:
        """Return the columns of callers."""
        return {name: row[name] for name in self.table.names}


def parts(key: Any) -> tuple[Any, ...]:
    """Return the parts of a key."""
    return key if isinstance(key, tuple) else (key,)


def dumps(table: Table) -> str:
    """Return the columns and the key of a table as text."""
    columns = [[column.name, column.type] for column in table.columns]
    return json.dumps({"columns": columns, "key": list(table.key)})


def loads(name: str, text: str) -> Table:
    """Return the table that a text describes."""
    found = json.loads(text)
    columns = tuple(Column(column, kind) for column, kind in found["columns"])
    return Table(name, columns, tuple(found["key"]))


def packed(keys: Iterable[Key], most: int = 500_000) -> Iterable[str]:
    """Yield keys as texts, none of them much longer than a limit."""
    held: list[str] = []
    length = 0
    for key in keys:
        held.append(json.dumps(parts(key)))
        length += len(held[-1])
        if length >= most:
            yield f"[{','.join(held)}]"
            held, length = [], 0
    if held:
        yield f"[{','.join(held)}]"


def unpacked(text: str) -> Sequence[Any]:
    """Return the keys that a text holds."""
    return [key[0] if len(key) == 1 else tuple(key) for key in json.loads(text)]
