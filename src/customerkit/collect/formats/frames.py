"""Read frames: anything that streams Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import define

from customerkit.collect.formats.arrow_csv import blank_to_null
from customerkit.collect.formats.checked import checked
from customerkit.collect.formats.objects import open_rows
from customerkit.collect.formats.source import LIMITS, Chunk, Limits, Source, distinct
from customerkit.errors import MissingExtraError, SourceError
from customerkit.model.batch import Batch
from customerkit.model.values import as_text

_ROWS = 25_000
_INDEX = "__index_level_"  # what pandas calls an index without a name


@define(kw_only=True, slots=False)
class Frame(Source):
    """Give the rows of anything that streams Arrow.

    Args:
        frame: The stream, or what makes one.
        places: Which of its columns are read.
    """

    frame: Any
    places: tuple[int, ...] = ()

    def batches(self) -> Iterable[Any]:
        """Return record batches of any size."""
        import pyarrow as pa

        try:
            yield from pa.RecordBatchReader.from_stream(self.frame)
        except (pa.ArrowException, OSError) as error:
            raise SourceError(f"the {self.name} stopped with {type(error).__name__}") from error

    def read(self) -> Iterator[Chunk]:
        """Yield the rows from the first on."""
        position = 0
        for batch in self.batches():
            for start in range(0, batch.num_rows, _ROWS):
                part = batch.slice(start, _ROWS)
                yield self._chunk(part, position)
                position += part.num_rows

    def _chunk(self, part: Any, before: int) -> Chunk:
        places = self.places or range(len(self.columns))
        texts = [_texts_of(part.columns[place]) for place in places]
        positions = range(before + 1, before + part.num_rows + 1)
        if all(_fits(column, self.limits.cell) for column in texts):
            columns = dict(zip(self.columns, texts, strict=True))
            return Chunk(Batch.from_columns(columns, part.num_rows), positions)
        plain = [c.to_pylist() if hasattr(c, "to_pylist") else c for c in texts]
        rows = list(zip(*plain, strict=True))
        return checked(self.columns, rows, positions, cell=self.limits.cell)


def _texts_of(column: Any) -> Any:
    """Return an Arrow column as text: an Arrow array, or a list, None where blank."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind):
        return _texts_of(column.dictionary_decode())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or kind == pa.string_view():
        return blank_to_null(column.cast(pa.string()))
    if pa.types.is_integer(kind):
        return column.cast(pa.string())
    if pa.types.is_timestamp(kind) or pa.types.is_duration(kind):
        column = _without_nanoseconds(column)
    values = column.to_pylist()
    if pa.types.is_nested(kind):
        return [as_text(value) for value in values]
    answers = {value: as_text(value) for value in set(values)}
    return [answers[value] for value in values]


def _without_nanoseconds(column: Any) -> Any:
    """Return times in microseconds, the finest that Python's own types can say."""
    import pyarrow as pa

    kind = column.type
    if kind.unit != "ns":
        return column
    coarse = pa.timestamp("us", tz=kind.tz) if pa.types.is_timestamp(kind) else pa.duration("us")
    return column.cast(coarse, safe=False)


def _fits(column: Any, cell: int) -> bool:
    """Say whether a store can keep every text of a column; quick for Arrow's."""
    if not hasattr(column, "to_pylist"):
        return not any(value and (len(value) > cell or "\0" in value) for value in column)
    import pyarrow.compute as pc

    if pc.any(pc.match_substring(column, "\0")).as_py():
        return False
    return column.nbytes <= cell or (pc.max(pc.binary_length(column)).as_py() or 0) <= cell


def open_frame(frame: Any, limits: Limits = LIMITS) -> Source:
    """Open anything with ``__arrow_c_stream__``.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError:
        if hasattr(frame, "to_dict"):  # pandas works without
            return open_rows(frame.to_dict("records"), limits)
        raise MissingExtraError.of("pyarrow", "fast") from None
    again = not isinstance(frame, pa.RecordBatchReader)
    reader = pa.RecordBatchReader.from_stream(frame)
    names = list(enumerate(reader.schema.names))
    named = [(place, name) for place, name in names if not name.startswith(_INDEX)]
    columns, notes = distinct([name for _, name in named], limits)
    return Frame(
        name=type(frame).__name__,
        format="arrow",
        columns=columns,
        notes=notes,
        limits=limits,
        frame=frame if again else reader,
        places=tuple(place for place, _ in named),
        rereadable=again,
    )
