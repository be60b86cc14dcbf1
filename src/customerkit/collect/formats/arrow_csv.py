"""Parse plain blocks of delimited text with pyarrow: the same rows, sooner."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Sequence
from typing import Any

from customerkit.collect.formats.blank import WHITESPACE
from customerkit.model.batch import Batch

_ASCII_SPACES = [space.encode() for space in WHITESPACE if space < "\x80" and space not in "\r\n"]
_WIDE_STARTS = sorted({space.encode()[:2] for space in WHITESPACE if space > "\x7f"})


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
    parse_ = csv.ParseOptions(delimiter=delimiter, quote_char=False)
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
    if may_hold_spaces(block, delimiter.encode()):
        batch = without_blanks(batch)
    return Batch.from_arrow(batch)


def _is_plain(block: bytes, delimiter: bytes) -> bool:
    """Say whether pyarrow reads a block as the csv module does."""
    if b'"' in block or b"\0" in block:
        return False
    if b"\r" in block and block.count(b"\r") != block.count(b"\r\n"):
        return False
    if block.startswith((BOM_UTF8, b"'")):
        return False  # pyarrow would drop the one, the other may be a mark for spreadsheets
    return b"'" not in block or not (delimiter + b"'" in block or b"\n'" in block)


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


def may_hold_spaces(block: bytes, delimiter: bytes) -> bool:
    """Say whether a cell may start with white space; quick, never wrongly False."""
    starts = [space for space in _ASCII_SPACES if space != delimiter and space in block]
    if not block.isascii():
        starts += _WIDE_STARTS
    return (
        block[:1].isspace()
        or block[:1] > b"\x7f"
        or any(before + start in block for start in starts for before in (delimiter, b"\n"))
    )


def without_blanks(batch: Any) -> Any:
    """Return a record batch of text with null for cells of only white space."""
    import pyarrow as pa

    columns = [blank_to_null(column) for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def blank_to_null(column: Any) -> Any:
    """Return a text column with null for what says nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim(column, characters=WHITESPACE)
    blank = pc.equal(pc.binary_length(trimmed), 0)
    if not pc.any(blank).as_py():
        return column
    return pc.if_else(blank, pa.scalar(None, column.type), column)
