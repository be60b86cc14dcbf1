"""What a table is to every store: a name, typed columns, a key, indexes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal

import attrs
from attrs import field, frozen

from customerkit.errors import InputError, UnknownFieldError
from customerkit.model.batch import Batch, Row

ColumnType = Literal["text", "integer", "real", "blob"]
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")


def _valid_name(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    if not _NAME.match(value):
        raise UnknownFieldError(
            f"{value!r:.40} is no valid {attribute.name}; use a-z, 0-9 and _, at most 63",
            name=value,
        )


@frozen
class Column:
    """Describe one column.

    Args:
        name: Lower-case identifier.
        type: ``text``, ``integer``, ``real`` or ``blob``.
        sensitive: Whether it may hold personal data.
    """

    name: str = field(validator=_valid_name)
    type: ColumnType = "text"
    sensitive: bool = False


@frozen(cache_hash=True)
class Table:
    """Describe one table; the only source of identifiers that reach SQL.

    Args:
        name: Lower-case identifier.
        columns: In storage order.
        key: Names of the primary key's columns; never null.
        indexes: Column tuples to look rows up by.
        sparse: Columns whose own index leaves out the rows where they are missing.
        names: The column names in order, derived.
        known: The same as a set, derived.

    Example:
        >>> pets = Table("pets", (Column("pet_id", "integer"), Column("name")), key=("pet_id",))
        >>> pets.check("name").type
        'text'
    """

    name: str = field(validator=_valid_name)
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    indexes: tuple[tuple[str, ...], ...] = ()
    sparse: tuple[str, ...] = ()
    names: tuple[str, ...] = field(init=False, repr=False)

    known: frozenset[str] = field(init=False, repr=False, eq=False)

    @names.default
    def _names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @known.default
    def _known(self) -> frozenset[str]:
        return frozenset(self.names)

    def check(self, name: str) -> Column:
        """Return the column of that name.

        Raises:
            UnknownFieldError: The table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise UnknownFieldError(f"table {self.name} has no field {name!r:.40}", name=name)

    def key_of(self, row: Row) -> Any:
        """Return the key of a row: a value, or a tuple where it has several columns.

        Example:
            >>> Table("t", (Column("a"), Column("b")), key=("a",)).key_of({"a": "x", "b": "y"})
            'x'
        """
        if len(self.key) == 1:
            return row[self.key[0]]
        return tuple(row[name] for name in self.key)

    def check_rows(self, rows: Iterable[Row]) -> None:
        """Refuse rows with unknown fields or without a key.

        Raises:
            UnknownFieldError: The table has no such column.
            InputError: A part of a key is missing.
        """
        for row in rows:
            if not row.keys() <= self.known:
                for name in row:
                    self.check(name)
            for name in self.key:
                if row.get(name) is None:
                    raise InputError(f"table {self.name}: a row has no {name}, which is its key")

    def check_batch(self, batch: Batch) -> None:
        """Refuse a batch with unknown fields or without keys, as :meth:`check_rows` does."""
        for name in batch.names:
            self.check(name)
        for name in self.key if len(batch) else ():
            if name not in batch.names or batch.has_gaps(name):
                raise InputError(f"table {self.name}: a row has no {name}, which is its key")


def derive(
    cls: type[Any],
    name: str,
    key: tuple[str, ...],
    *indexes: tuple[str, ...],
    sparse: tuple[str, ...] = (),
) -> Table:
    """Derive a table from an attrs class.

    The column type follows the annotation (``int``, ``float``, ``bytes``, else
    text); ``metadata={"slots": n}`` adds ``name_2 … name_n``.

    Args:
        cls: The attrs class; annotations may be optional.
        name: The table's name.
        key: Names of the key's columns.
        *indexes: Column tuples to index.
        sparse: Columns whose own index leaves out the rows where they are missing.

    Returns:
        The table.
    """
    attrs.resolve_types(cls)
    columns = [
        Column(slot, _column_type(attribute.type), "role" in attribute.metadata)
        for attribute in attrs.fields(cls)
        for slot in slot_names(attribute)
    ]
    columns.sort(key=lambda column: column.name not in key)  # stable: keys first
    return Table(name, tuple(columns), key, indexes, sparse)


def slot_names(attribute: attrs.Attribute[Any]) -> list[str]:
    """Return the column names of one attribute: itself and its further slots."""
    slots = attribute.metadata.get("slots", 1)
    return [attribute.name, *(f"{attribute.name}_{n}" for n in range(2, slots + 1))]


def _column_type(annotation: Any) -> ColumnType:
    names = {getattr(arg, "__name__", "") for arg in getattr(annotation, "__args__", (annotation,))}
    if "int" in names:
        return "integer"
    if "float" in names:
        return "real"
    return "blob" if "bytes" in names else "text"
