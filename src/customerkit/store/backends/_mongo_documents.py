"""Turn rows into documents and back, and refuse what MongoDB cannot hold.

A document's ``_id`` is a text that orders like the key does: MongoDB compares texts by
their UTF-8 bytes, which is the order of code points. A missing value is a missing field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from operator import itemgetter
from typing import Any

from bson import encode

from customerkit.errors import InputError, LimitError
from customerkit.model.batch import Batch, Row, Scalar
from customerkit.model.table import Column, Table
from customerkit.store.backends._conditions import as_tuple
from customerkit.store.protocol import Key

Document = dict[str, Any]
_NINES = str.maketrans("0123456789", "9876543210")
_END, _NUL = "\0\0", "\0\1"
_OVERHEAD = 64  # bytes of a field beside its value, with room to spare
_SPARE = 4_096  # what the journal adds to a row it keeps


def number(value: int) -> str:
    """Return a text that orders like the integer.

    Example:
        >>> [number(value) for value in (-10, -9, 0, 7, 10)]
        ['Y89', 'Z0', 'a0', 'a7', 'b10']
    """
    if value >= 0:
        digits = str(value)
        return f"{chr(96 + len(digits))}{digits}"
    digits = str(-value)
    return f"{chr(91 - len(digits))}{digits.translate(_NINES)}"


def start(part: int | str) -> str:
    """Return how the ids begin whose key begins with this part, among others after it."""
    return number(part) if isinstance(part, int) else part.replace("\0", _NUL) + _END


def id_of(key: Key) -> str:
    """Return the id of a key's document.

    Example:
        >>> id_of((7, "name"))
        'a7name'
    """
    *first, last = as_tuple(key)
    end = number(last) if isinstance(last, int) else str(last).replace("\0", _NUL)
    return "".join([*map(start, first), end])  # type: ignore[arg-type]


class Documents:
    """Make documents of a server that takes them up to a size.

    Args:
        most: Bytes of a document.
    """

    def __init__(self, most: int) -> None:
        self.most = most - _SPARE

    def of_rows(self, table: Table, rows: Sequence[Row]) -> list[Document]:
        """Return the documents of rows; of equal keys only the last.

        Raises:
            InputError: A value is not of its column's type.
            LimitError: An integer or a row is too large.
        """
        return list(
            {
                one["_id"]: one for one in self.of(table, Batch.from_dicts(rows, table.names))
            }.values()
        )

    def of(self, table: Table, batch: Batch) -> list[Document]:
        """Return the documents of a batch's rows.

        Raises:
            InputError: A value is not of its column's type.
            LimitError: An integer or a row is too large.
        """
        names = batch.names
        columns, size = [], _OVERHEAD * (len(names) + 1)
        for name in names:
            values, longest = _checked(table.check(name), batch.column(name), table)
            columns.append(values)
            size += longest * (2 if name in table.key else 1)
        keys = zip(*(columns[names.index(name)] for name in table.key), strict=True)
        rows = zip(*columns, strict=True)
        found = [
            {"_id": id_of(key), **{n: v for n, v in zip(names, row, strict=True) if v is not None}}
            for key, row in zip(keys, rows, strict=True)
        ]
        if size > self.most:
            self._check_sizes(table, found)
        return found

    def _check_sizes(self, table: Table, documents: Iterable[Document]) -> None:
        for document in documents:
            size = len(encode(document))
            if size > self.most:
                raise LimitError(
                    f"table {table.name}: a row of {size} bytes is larger than a document of "
                    f"MongoDB may be, {self.most} bytes; shorten it, or use another store",
                    size=size,
                    most=self.most,
                )


def _checked(
    column: Column, values: Sequence[Scalar], table: Table
) -> tuple[Sequence[Scalar], int]:
    """Return the values of a column as they are stored, and how long one is at most."""
    present: list[Any] = [value for value in values if value is not None]
    if not present:
        return values, 0
    try:
        return _CHECKS[column.type](values, present)
    except (TypeError, ValueError, OverflowError):
        pass  # what it says would show a value
    where = f"table {table.name}, field {column.name}"
    if column.type == "integer" and all(isinstance(value, int) for value in present):
        raise LimitError(f"{where}: an integer does not fit in 64 bits")
    raise InputError(f"{where}: a value is no {column.type} that can be stored")


def _texts(values: Sequence[Any], present: Sequence[Any]) -> tuple[Sequence[Any], int]:
    "".join(present).encode()  # refuses halves of surrogate pairs and what is no text
    return values, 4 * max(map(len, present))


def _integers(values: Sequence[Any], present: Sequence[Any]) -> tuple[Sequence[Any], int]:
    for extreme in (min(present), max(present)):
        int.to_bytes(extreme, 8, "big", signed=True)
    return values, 0


def _reals(values: Sequence[Any], present: Sequence[Any]) -> tuple[Sequence[Any], int]:
    if not all(map(isfinite, present)):
        raise ValueError
    return [None if value is None else float(value) for value in values], 0


def _blobs(values: Sequence[Any], present: Sequence[Any]) -> tuple[Sequence[Any], int]:
    b"".join(present)
    return values, max(map(len, present))


_CHECKS = {"text": _texts, "integer": _integers, "real": _reals, "blob": _blobs}


def batch_of(table: Table, names: Sequence[str], documents: Sequence[Mapping[str, Any]]) -> Batch:
    """Return documents as rows of these columns."""
    types = {column.name: column.type for column in table.columns}
    columns: dict[str, Sequence[Any]] = {}
    for name in names:
        column = [document.get(name) for document in documents]
        if types[name] == "integer":  # the driver has a type of its own for long ones
            column = [None if value is None else int(value) for value in column]
        columns[name] = column
    return Batch.from_columns(columns, len(documents))


def rows_of(table: Table, documents: Sequence[Mapping[str, Any]]) -> dict[str, Row]:
    """Return whole rows by the ids of their documents."""
    ids = map(itemgetter("_id"), documents)
    return dict(zip(ids, batch_of(table, table.names, documents).dicts(), strict=True))
