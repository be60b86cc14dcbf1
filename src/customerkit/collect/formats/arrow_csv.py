"""Parse plain blocks of delimited text with pyarrow: the same rows, sooner."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from functools import cache
from typing import Any

from customerkit.collect.escape import unguarded
from customerkit.model.batch import Batch


def parse(block: bytes, names: Sequence[str], delimiter: str, cell: int) -> Batch | None:
    """Return the rows of a block, None where the csv module has to read it.

    Args:
        block: Lines in UTF-8.
        names: Of the columns.
        delimiter: Between cells.
        cell: The longest cell allowed.
    """
    if not _is_plain(block, delimiter.encode()):
        return None
    try:
        import pyarrow as pa
        from pyarrow import csv
    except ImportError:
        return None
    read = csv.ReadOptions(column_names=list(names), block_size=max(len(block) // 2, 1 << 16))
    parse_ = csv.ParseOptions(delimiter=delimiter, quote_char='"' if b'"' in block else False)
    convert = csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True
    )
    try:
        table = csv.read_csv(pa.BufferReader(block), read, parse_, convert)
    except pa.ArrowInvalid:
        return None
    batch = table.combine_chunks().to_batches()[0] if table.num_rows else None
    if batch is None or not _fits(batch, cell):
        return None
    columns = [without_marks(blank_to_null(column)) for column in batch.columns]
    return Batch.from_columns(dict(zip(names, columns, strict=True)), len(batch))


def _is_plain(block: bytes, delimiter: bytes) -> bool:
    """Say whether pyarrow reads a block as the csv module does."""
    if b"\0" in block or (b'"' in block and b'"' in _quoted(delimiter).sub(b"", block)):
        return False
    if b"\r" in block and block.count(b"\r") != block.count(b"\r\n"):
        return False
    return not block.startswith(BOM_UTF8)  # pyarrow would drop it


@cache
def _quoted(delimiter: bytes) -> re.Pattern[bytes]:
    """Return what finds cells in quotes, from end to end, on one line."""
    end = re.escape(delimiter)
    return re.compile(rb'"(?<![^%b\n]")(?:[^"\r\n]++|"")*+"(?![^%b\r\n])' % (end, end))


def _fits(batch: Any, cell: int) -> bool:
    import pyarrow.compute as pc

    return all(
        _size(column) <= cell or (pc.max(pc.binary_length(column)).as_py() or 0) <= cell
        for column in batch.columns
    )


def _size(column: Any) -> int:
    """Return the bytes of all texts of a column; ``nbytes`` takes far longer to tell."""
    offsets = memoryview(column.buffers()[1]).cast("i")
    return int(offsets[column.offset + len(column)]) - int(offsets[column.offset])


def without_marks(column: Any) -> Any:
    """Return a text column without the marks that :func:`unguarded` takes off."""
    import pyarrow as pa
    import pyarrow.compute as pc

    marked = pc.or_(pc.starts_with(column, "'"), pc.starts_with(column, '="'))
    if not pc.any(marked).as_py():
        return column
    plain = [text and unguarded(text) for text in column.filter(marked).to_pylist()]
    return pc.replace_with_mask(column, pc.fill_null(marked, False), pa.array(plain, column.type))


def blank_to_null(column: Any) -> Any:
    """Return a text column with null for what says nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    blank = pc.or_(pc.utf8_is_space(column), pc.equal(pc.binary_length(column), 0))
    if not pc.any(blank).as_py():
        return column
    return pc.if_else(blank, pa.scalar(None, column.type), column)
