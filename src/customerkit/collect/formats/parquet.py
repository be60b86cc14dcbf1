"""Read Parquet files, some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import define

from customerkit.collect.formats.frames import Frame
from customerkit.collect.formats.source import Limits, Source, distinct
from customerkit.errors import EmptySourceError, MissingExtraError, SourceError

_ROWS = 25_000


@define(kw_only=True, slots=False)
class Parquet(Frame):
    """Give the rows of a Parquet file."""

    def batches(self) -> Iterator[Any]:
        """Yield record batches of bounded size."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            with pq.ParquetFile(self.path, pre_buffer=False) as file:
                yield from file.iter_batches(batch_size=_ROWS)
        except (pa.ArrowException, OSError) as error:
            raise _broken(self.name) from error


def open_parquet(path: Path, limits: Limits, **facts: Any) -> Source:
    """Open a Parquet file.

    Raises:
        MissingExtraError: pyarrow is not installed.
        SourceError: It is no Parquet file.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError.of("pyarrow", "fast") from None
    try:
        with pq.ParquetFile(path) as file:
            rows, names = file.metadata.num_rows, file.schema_arrow.names
    except (pa.ArrowException, OSError) as error:
        raise _broken(path.name) from error
    if rows == 0:
        raise EmptySourceError(f"{path.name} holds no rows; a source needs at least one")
    columns, notes = distinct(names, limits)
    return Parquet(columns=columns, notes=notes, path=path, limits=limits, frame=None, **facts)


def _broken(name: str) -> SourceError:
    return SourceError(f"{name} is no Parquet file that can be read; fetch or export it again")
