"""Result tables: columns for programs, a readable table for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import islice
from typing import Any

from customerkit.engine.arrow import arrow_type
from customerkit.engine.display import cell, decimals, table_html, table_text
from customerkit.errors import InputError, MissingExtraError
from customerkit.model.batch import Batch
from customerkit.model.table import ColumnType

Shown = str
"""How people see a column: ``time``, ``money``, ``money:GBP``, ``percent``, ``id``."""
_HEAD = 10
_LARGE = 10_000
_ROWS = 65_536


class Frame:
    """Hold a result as columns: raw values for programs, a readable table for people.

    It goes without conversion to whatever takes Arrow (``pl.from_arrow(frame)``).

    Args:
        columns: Name → values, all of one length: sequences or Arrow arrays.
        shown: Name → how people see the values: ``time`` of epoch milliseconds,
            ``money`` of minor units, ``percent`` of a share.

    Example:
        >>> frame = Frame({"customer": ["c-1"], "spent": [123450]}, {"spent": "money:GBP"})
        >>> frame.to_dicts()
        [{'customer': 'c-1', 'spent': 123450}]
        >>> frame
        customer         spent
        c-1       1,234.50 GBP
    """

    def __init__(
        self, columns: Mapping[str, Any], shown: Mapping[str, Shown] | None = None
    ) -> None:
        self._columns = dict(columns)
        self._shown = dict(shown or {})
        if len({len(column) for column in self._columns.values()}) > 1:
            raise InputError("the columns of a frame have different lengths")

    @classmethod
    def of(
        cls,
        batches: Iterable[Batch],
        columns: Mapping[str, ColumnType],
        shown: Mapping[str, Shown] | None = None,
    ) -> Frame:
        """Build from batches; large ones are kept as Arrow where pyarrow is installed."""
        chunks: dict[str, list[Any]] = {name: [] for name in columns}
        arrow = find_spec("pyarrow") is not None
        for batch in batches:
            for name, type_ in columns.items():
                compact = arrow and (batch.is_arrow(name) or len(batch) >= _LARGE)
                chunks[name].append(_array(batch, name, type_) if compact else batch.column(name))
        return cls({n: _joined(chunks[n], type_) for n, type_ in columns.items()}, shown)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(self._columns)

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()), ()))

    def __getitem__(self, name: str) -> Sequence[Any]:
        return _values(self._columns[name])

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each row as a dict."""
        names = tuple(self._columns)
        for start in range(0, len(self), _ROWS):
            parts = (_values(c[start : start + _ROWS]) for c in self._columns.values())
            for row in zip(*parts, strict=True):
                yield dict(zip(names, row, strict=True))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return all rows as dicts."""
        return list(self.rows())

    def to_arrow(self) -> Any:
        """Return a pyarrow table (extra ``fast``); columns that are Arrow are not copied."""
        try:
            import pyarrow as pa
        except ImportError:
            raise MissingExtraError.of("pyarrow", "fast") from None
        return pa.table(self._columns)

    def to_pandas(self) -> Any:
        """Return a pandas frame (extra ``pandas``); integers with gaps stay exact (``Int64``)."""
        try:
            import pandas as pd
        except ImportError:
            raise MissingExtraError.of("pandas", "pandas") from None
        return pd.DataFrame({name: _series(column) for name, column in self._columns.items()})

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        names, cells, numbers = self._layout()
        return "\n".join([table_text(names, cells, numbers), *self._notes(names)])

    def _layout(self) -> tuple[list[str], list[list[str]], list[bool]]:
        """Return the header, the cells of the first rows, and which columns hold numbers."""
        names = [n for n, column in self._columns.items() if not (len(self) and _is_empty(column))]
        rows = list(islice(self.rows(), _HEAD))
        heads = {name: [row[name] for row in rows] for name in names}
        places = {name: decimals(head) for name, head in heads.items()}
        cells = [[cell(row[n], self._shown.get(n), row, places[n]) for n in names] for row in rows]
        numbers = [any(isinstance(v, int | float) for v in heads[name]) for name in names]
        return names, cells, numbers

    def _notes(self, shown: Sequence[str]) -> list[str]:
        more = len(self) - _HEAD
        hidden = [name for name in self._columns if name not in shown]
        return [
            *([f"… {more:,} more rows"] if more > 0 else []),
            *([f"no values: {', '.join(hidden)}"] if hidden else []),
        ]

    def _repr_html_(self) -> str:
        names, cells, numbers = self._layout()
        notes = [f"{len(self):,} rows", *self._notes(names)]
        return table_html(names, cells, numbers) + f"<p>{'<br>'.join(notes)}</p>"


def _is_arrow(column: Any) -> bool:
    return hasattr(column, "to_pylist")


def _is_empty(column: Any) -> bool:
    if _is_arrow(column):
        return bool(column.null_count == len(column))
    return all(value is None for value in column)


def _values(column: Any) -> Sequence[Any]:
    found: Sequence[Any] = column.to_pylist() if _is_arrow(column) else column
    return found


def _array(batch: Batch, name: str, type_: ColumnType) -> Any:
    return batch.arrow_column(name, arrow_type(type_))


def _joined(chunks: Sequence[Any], type_: ColumnType) -> Any:
    if not any(map(_is_arrow, chunks)):
        return [value for chunk in chunks for value in chunk]
    import pyarrow as pa

    kind = arrow_type(type_)
    return pa.chunked_array([c if _is_arrow(c) else pa.array(c, kind) for c in chunks], kind)


def _series(column: Any) -> Any:
    """Return a column as pandas holds it best: integers with gaps as ``Int64``."""
    import pandas as pd

    if _is_arrow(column):
        gaps = str(column.type) == "int64" and column.null_count > 0
        return pd.array(column.to_pylist(), "Int64") if gaps else column.to_pandas()
    present = [value for value in column if value is not None]
    if len(present) == len(column) or not all(type(value) is int for value in present):
        return column
    return pd.array(column, "Int64")
