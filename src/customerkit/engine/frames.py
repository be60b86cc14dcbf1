"""Small result tables, and frames in and out."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from customerkit.errors import MissingExtraError
from customerkit.model.batch import Batch, Row, Scalar

_SHOWN = 10


class Frame:
    """Hold a result as columns.

    Args:
        columns: Name → values, all of one length.

    Example:
        >>> frame = Frame({"customer": ["c-1"], "purchases": [2]})
        >>> len(frame), frame.to_dicts()
        (1, [{'customer': 'c-1', 'purchases': 2}])
    """

    def __init__(self, columns: Mapping[str, Sequence[Any]]) -> None:
        self._columns = dict(columns)

    @classmethod
    def of(cls, batches: Iterable[Batch], names: Sequence[str]) -> Frame:
        """Build from batches."""
        columns: dict[str, list[Any]] = {name: [] for name in names}
        for batch in batches:
            for name in names:
                columns[name].extend(batch.column(name))
        return cls(columns)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(self._columns)

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()), ()))

    def __getitem__(self, name: str) -> Sequence[Any]:
        return self._columns[name]

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each row as a dict."""
        for row in zip(*self._columns.values(), strict=True):
            yield dict(zip(self._columns, row, strict=True))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return all rows as dicts."""
        return list(self.rows())

    def to_arrow(self) -> Any:
        """Return a pyarrow table (extra ``fast``)."""
        try:
            import pyarrow as pa
        except ImportError:
            raise MissingExtraError.of("pyarrow", "fast") from None
        return pa.table(self._columns)

    def to_pandas(self) -> Any:
        """Return a pandas frame (pandas must be installed)."""
        import pandas as pd

        return pd.DataFrame(self._columns)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        cells = [list(self._columns), *([_cell(v) for v in r] for r in self._head())]
        widths = [max(len(row[at]) for row in cells) for at in range(len(self._columns))]
        lines = ["  ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)) for r in cells]
        more = len(self) - _SHOWN
        return "\n".join([*lines, *([f"… {more:,} more rows"] if more > 0 else [])])

    def _head(self) -> list[tuple[Any, ...]]:
        heads = (column[:_SHOWN] for column in self._columns.values())
        return list(zip(*heads, strict=True))

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self._columns)
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_cell(v))}</td>" for v in row) + "</tr>"
            for row in self._head()
        )
        return f"<table><tr>{head}</tr>{rows}</table><p>{len(self):,} rows</p>"


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def frame_of(rows: Iterable[Mapping[str, Scalar]], names: Sequence[str]) -> Frame:
    """Build a frame from mappings."""
    found: list[Row] = [dict(row) for row in rows]
    return Frame({name: [row.get(name) for row in found] for name in names})
