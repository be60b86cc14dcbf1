"""Read what is in memory: frames, and iterables of dicts or attrs objects."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

import attrs
from attrs import define

from customerkit.collect.formats.source import Chunk, Source, distinct
from customerkit.collect.formats.values import as_text
from customerkit.errors import EmptySourceError, SourceError
from customerkit.model.batch import Batch

_ROWS = 25_000


@define(kw_only=True, slots=False)
class Rows(Source):
    """Give the rows of an iterable of mappings or objects.

    Args:
        rows: A list, or an iterator that can be read only once.
    """

    rows: Iterable[Any]

    def read(self) -> Iterator[Chunk]:
        """Yield the rows from the first on."""
        rows, position = iter(self.rows), 0
        while some := list(islice(rows, _ROWS)):
            texts = [
                [as_text(row.get(name)) for name in self.columns] for row in map(mapping, some)
            ]
            batch = Batch.from_rows(self.columns, texts)
            yield Chunk(batch, range(position + 1, position + len(some) + 1), [])
            position += len(some)


@define(kw_only=True, slots=False)
class Frame(Source):
    """Give the rows of anything that streams Arrow."""

    frame: Any

    def read(self) -> Iterator[Chunk]:
        """Yield the rows from the first on."""
        import pyarrow as pa

        position = 0
        for batch in pa.RecordBatchReader.from_stream(self.frame):
            for start in range(0, batch.num_rows, _ROWS):
                part = batch.slice(start, _ROWS)
                columns = {
                    name: _texts(column)
                    for name, column in zip(self.columns, part.columns, strict=True)
                }
                positions = range(position + 1, position + part.num_rows + 1)
                yield Chunk(Batch.from_columns(columns, part.num_rows), positions, [])
                position += part.num_rows


def _texts(column: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_integer(kind):
        return column.cast(pa.string())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or kind == pa.string_view():
        text = column.cast(pa.string())
        blank = pc.utf8_is_space(text)
        empty = pc.equal(pc.binary_length(text), 0)
        return pc.if_else(pc.or_(blank, empty), pa.scalar(None, pa.string()), text)
    values = column.to_pylist()
    answers = {value: as_text(value) for value in set(values)} if _hashable(kind) else None
    return [as_text(v) if answers is None else answers[v] for v in values]


def _hashable(kind: Any) -> bool:
    import pyarrow as pa

    return not pa.types.is_nested(kind)


def mapping(row: Any) -> Mapping[str, Any]:
    """Return a row as a mapping: dicts, attrs objects, dataclasses.

    Raises:
        SourceError: It is none of these.
    """
    if isinstance(row, Mapping):
        return row
    if attrs.has(type(row)):
        return attrs.asdict(row)
    if dataclasses.is_dataclass(row) and not isinstance(row, type):
        return dataclasses.asdict(row)
    raise SourceError(
        f"a row is a {type(row).__name__}; rows are dicts, attrs objects or dataclasses"
    )


def open_rows(rows: Iterable[Any]) -> Source:
    """Open an iterable of rows; its columns are those of all rows of a list.

    Raises:
        EmptySourceError: There is no row.
    """
    again = isinstance(rows, list | tuple)
    known = list(rows) if again else list(islice(iter_ := iter(rows), 10_000))
    if not known:
        raise EmptySourceError("there are no rows; a source needs at least one")
    names = dict.fromkeys(str(name) for row in known for name in mapping(row))
    whole: Iterable[Any] = known if again else chain(known, iter_)
    columns, notes = distinct(list(names))
    return Rows(
        name="rows", format="rows", columns=columns, notes=notes, rows=whole, rereadable=again
    )


def open_frame(frame: Any) -> Source:
    """Open anything with ``__arrow_c_stream__``."""
    from customerkit.errors import MissingExtraError

    try:
        import pyarrow as pa
    except ImportError:
        if hasattr(frame, "to_dict"):  # pandas works without
            return open_rows(frame.to_dict("records"))
        raise MissingExtraError.of("pyarrow", "fast") from None
    again = not isinstance(frame, pa.RecordBatchReader)
    reader = pa.RecordBatchReader.from_stream(frame)
    names = [name for name in reader.schema.names if name != "__index_level_0__"]
    columns, notes = distinct(names)
    return Frame(
        name=type(frame).__name__,
        format="arrow",
        columns=columns,
        notes=notes,
        frame=frame if again else reader,
        rereadable=again,
    )
