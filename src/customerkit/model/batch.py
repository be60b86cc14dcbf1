"""Columns of rows on their way between readers, stores and engines."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import compress
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pyarrow as pa

Scalar = str | int | float | bytes | None
Row = dict[str, Scalar]


def _integers(column: Sequence[Any]) -> pa.Array[Any] | None:
    """Return integers without gaps as Arrow; ``pa.array`` takes longer and imports pandas."""
    import pyarrow as pa

    try:
        packed = array("q", column)
    except (TypeError, OverflowError):
        return None
    return pa.Array.from_buffers(pa.int64(), len(packed), [None, pa.py_buffer(packed)])


def integer(value: Any) -> int:
    """Return a stored integer as one: rows hold any kind of value.

    Example:
        >>> integer(7)
        7
    """
    return int(value)


class Batch:
    """Hold some rows as named columns, as rows or as Arrow, whichever came first.

    The other forms are made when asked for and kept. A batch is immutable by
    agreement: what it hands out is not to be changed.

    Args:
        names: Column names.
        length: Number of rows.

    Example:
        >>> batch = Batch.from_rows(["a", "b"], [("1", None), ("2", "x")])
        >>> batch.column("b"), len(batch)
        ([None, 'x'], 2)
        >>> list(batch.rows(["b", "a"]))
        [(None, '1'), ('x', '2')]
    """

    __slots__ = ("_arrow", "_columns", "_rows", "length", "names")

    def __init__(self, names: Sequence[str], length: int) -> None:
        self.names = tuple(names)
        self.length = length
        self._rows: Sequence[Sequence[Scalar]] | None = None
        self._columns: dict[str, Sequence[Scalar]] = {}
        self._arrow: dict[str, pa.Array[Any]] = {}

    @classmethod
    def from_rows(cls, names: Sequence[str], rows: Sequence[Sequence[Scalar]]) -> Batch:
        """Build from rows in the order of the names."""
        batch = cls(names, len(rows))
        batch._rows = rows
        return batch

    @classmethod
    def from_columns(cls, columns: Mapping[str, Any], length: int | None = None) -> Batch:
        """Build from columns: sequences or Arrow arrays, all of one length."""
        if length is None:
            length = len(next(iter(columns.values()))) if columns else 0
        batch = cls(list(columns), length)
        for name, column in columns.items():
            kept = batch._arrow if hasattr(column, "to_pylist") else batch._columns
            cast("dict[str, Any]", kept)[name] = column
        return batch

    @classmethod
    def from_dicts(cls, dicts: Sequence[Mapping[str, Scalar]], names: Sequence[str]) -> Batch:
        """Build from mappings; an absent name is None."""
        return cls.from_rows(names, [tuple(map(row.get, names)) for row in dicts])

    @classmethod
    def from_arrow(cls, batch: pa.RecordBatch) -> Batch:
        """Build from an Arrow record batch without copying."""
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        return cls.from_columns(columns, batch.num_rows)

    def __len__(self) -> int:
        return self.length

    def __repr__(self) -> str:
        return f"Batch({', '.join(self.names)}; {self.length} rows)"

    def column(self, name: str) -> Sequence[Scalar]:
        """Return one column as a sequence of plain values."""
        if name not in self._columns:
            if name in self._arrow:
                self._columns[name] = self._arrow[name].to_pylist()
            else:
                self._spread()
        return self._columns[name]

    def has_gaps(self, name: str) -> bool:
        """Say whether a column has missing values."""
        if name in self._arrow:
            return bool(self._arrow[name].null_count)
        return None in self.column(name)

    def distinct(self, name: str) -> set[Scalar]:
        """Return the different values of a column."""
        arrow = self._arrow.get(name)
        return set(self.column(name) if arrow is None else arrow.unique().to_pylist())

    def value(self, name: str, at: int) -> Scalar:
        """Return one value, without making a whole column plain."""
        if name in self._columns or name not in self._arrow:
            return self.column(name)[at]
        return cast("Scalar", self._arrow[name][at].as_py())

    def _spread(self) -> None:
        rows = self._rows or ()
        for at, name in enumerate(self.names):  # zip(*rows) would keep the collector busy
            if name not in self._columns:
                self._columns[name] = list(map(itemgetter(at), rows))

    def rows(self, names: Sequence[str] | None = None) -> Iterable[Sequence[Scalar]]:
        """Return the rows as tuples, in the order of the names."""
        names = self.names if names is None else tuple(names)
        if self._rows is not None and names == self.names:
            return self._rows
        if not names:
            return [()] * self.length
        return zip(*(self.column(name) for name in names), strict=True)

    def dicts(self) -> Iterator[Row]:
        """Yield each row as a dict."""
        for row in self.rows():
            yield dict(zip(self.names, row, strict=True))

    def arrow_column(self, name: str, type_: pa.DataType | None = None) -> pa.Array[Any]:
        """Return one column as an Arrow array (needs pyarrow)."""
        import pyarrow as pa

        if name not in self._arrow:
            column = self.column(name)
            whole = _integers(column) if type_ == pa.int64() else None
            self._arrow[name] = pa.array(column, type=type_) if whole is None else whole
        found = self._arrow[name]
        return found if type_ is None or found.type == type_ else found.cast(type_)

    @property
    def nbytes(self) -> int | None:
        """Return the size in memory where all columns are Arrow's, else None."""
        if any(name not in self._arrow for name in self.names):
            return None
        return sum(int(array.nbytes) for array in self._arrow.values())

    def is_arrow(self, name: str) -> bool:
        """Say whether a column came as an Arrow array."""
        return name in self._arrow

    def select(self, names: Sequence[str]) -> Batch:
        """Return the same rows with only some columns, in this order."""
        return self.renamed({name: name for name in names})

    def renamed(self, names: Mapping[str, str]) -> Batch:
        """Return some columns under new names: ``{new: old}``."""
        return Batch.from_columns({new: self.raw(old) for new, old in names.items()}, self.length)

    def with_columns(self, columns: Mapping[str, Any]) -> Batch:
        """Return the batch with more columns, or other ones of the same name."""
        return Batch.from_columns(
            {**{name: self.raw(name) for name in self.names}, **columns}, self.length
        )

    def raw(self, name: str) -> Any:
        """Return one column in the form it came in: a sequence or an Arrow array."""
        return self._arrow[name] if name in self._arrow else self.column(name)

    def map(self, name: str, function: Callable[[Any], Any]) -> list[Any]:
        """Apply a pure function to a column, once for each distinct value.

        Example:
            >>> Batch.from_columns({"a": ["x", "x", None]}).map("a", lambda v: v and v.upper())
            ['X', 'X', None]
        """
        answers = {value: function(value) for value in self.distinct(name)}
        return [answers[value] for value in self.column(name)]

    def map_text(self, name: str, function: Callable[[Any], str | None]) -> Any:
        """Apply a pure function from text to text; an Arrow column stays Arrow.

        Args:
            name: The column.
            function: Gives None for None.

        Returns:
            The new column: a list, or an Arrow array where the old one was.
        """
        if name not in self._arrow:
            return self.map(name, function)
        import pyarrow as pa

        encoded = self._arrow[name].dictionary_encode()
        olds = encoded.dictionary.to_pylist()
        news = list(map(function, olds))
        if news == olds:
            return self._arrow[name]
        return pa.array(news, pa.string()).take(encoded.indices)

    def take(self, rows: Sequence[int]) -> Batch:
        """Return the rows at these places, in this order."""
        if not self._arrow:
            held = list(self.rows())
            return Batch.from_rows(self.names, [held[at] for at in rows])
        import pyarrow as pa

        places = pa.array(rows, pa.int64())
        columns: dict[str, Any] = {}
        for name in self.names:
            column = self.raw(name)
            arrow = name in self._arrow
            columns[name] = column.take(places) if arrow else [column[at] for at in rows]
        return Batch.from_columns(columns, len(rows))

    def where(self, keep: Sequence[bool]) -> Batch:
        """Return the rows for which ``keep`` is true."""
        if all(keep):
            return self
        if self._arrow:
            return self.take([at for at, kept in enumerate(keep) if kept])
        rows = list(compress(self.rows(), keep))
        return Batch.from_rows(self.names, rows)
