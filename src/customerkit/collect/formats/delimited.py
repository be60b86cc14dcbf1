"""Read CSV, TSV and their like: columns apart by a character, rows by line ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from attrs import define

from customerkit.collect.formats import arrow_csv
from customerkit.collect.formats.dialect import Dialect, find_dialect
from customerkit.collect.formats.encoding import contradicts, tell
from customerkit.collect.formats.records import Records
from customerkit.collect.formats.source import LIMITS, Chunk, Limits, Source, distinct, left_out
from customerkit.collect.formats.stream import Stream
from customerkit.collect.formats.summing import without_totals
from customerkit.errors import EmptySourceError, EncodingError
from customerkit.model.batch import Batch
from customerkit.threads import ahead

ROWS = 25_000
COLUMNAR_ROWS = 10_000


@define(kw_only=True, slots=False)
class Delimited(Source):
    """Give the rows of a delimited text file.

    Args:
        stream: Its bytes.
        dialect: How it is written.
        skip: Bytes up to the first data row.
        block: Bytes read at a time.
        columnar: Whether blocks in which nothing is odd are parsed by pyarrow.
        told: Whether the encoding is our finding, and nobody's word.
    """

    stream: Stream
    dialect: Dialect
    skip: int
    block: int
    columnar: bool = False
    told: bool = False

    def read(self) -> Iterator[Chunk]:
        """Yield the rows from the first on."""
        options, cell = self.dialect.options, self.limits.cell
        records = Records(self.columns, options, cell, self.dialect.lines)
        blocks = _with_last(self.stream.blocks(self.block, self.skip))
        parsed = ahead(self._parsed, blocks) if self.columnar else ((one, None) for one in blocks)
        for (block, last), batch in parsed:
            chunk = self._columns(records, block, batch) or self._rows(records, block, last)
            if len(chunk.batch) or chunk.troubles:
                yield chunk

    def settled(self, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        """Return the chunks without totals at their end."""
        return without_totals(chunks)

    def _parsed(self, block_and_last: tuple[bytes, bool]) -> Batch | None:
        """Return the rows of a block of plain UTF-8, None of one that may be something else."""
        if self.dialect.spaced:
            return None
        block, _ = block_and_last
        return arrow_csv.parse(block, self.columns, self.dialect.delimiter, self.limits.cell)

    def _columns(self, records: Records, block: bytes, batch: Batch | None) -> Chunk | None:
        """Read a block as columns, None where only reading rows is sure to be right."""
        if batch is None or records.carry:
            return None
        if not block.isascii() and self._encoding(block) != "utf-8":
            return None
        first, before = records.position + 1, records.line
        records.position += len(batch)
        records.line += block.count(b"\n")
        lines = partial(_plain_lines, block, before)
        return Chunk(batch, range(first, records.position + 1), lines=lines)

    def _rows(self, records: Records, block: bytes, last: bool) -> Chunk:
        text, broken = self._decoded(block)
        return records.chunk(text, last=last, broken=broken)

    def _decoded(self, block: bytes) -> tuple[str, bool]:
        return decoded(block, "ascii" if block.isascii() else self._encoding(block))

    def _encoding(self, block: bytes) -> str:
        if self.stream.encoding is None:
            self.stream.encoding = told(block, self.name)
            self.encoding = self.stream.label
        if self.told and contradicts(block, self.stream.encoding):
            raise EncodingError(
                f"{self.name} mixes {self.stream.encoding} and utf-8; save it anew in one "
                "encoding, or say which to read it in: encoding='cp1252', …"
            )
        return self.stream.encoding


def _plain_lines(block: bytes, before: int) -> list[int]:
    lines = enumerate(block.split(b"\n"), before + 1)
    return [number for number, line in lines if line not in (b"", b"\r")]


def told(block: bytes, name: str) -> str:
    """Return the encoding of a block.

    Args:
        block: Whole lines that are not plain ASCII.
        name: Of the file, for the message.

    Raises:
        EncodingError: There is no evidence for one.
    """
    found = tell(block)
    if found is None:
        raise EncodingError(
            f"the encoding of {name} cannot be told; say which: encoding='utf-8', 'cp1251', …"
        )
    return found


def decoded(block: bytes, encoding: str) -> tuple[str, bool]:
    """Return a block as text, and whether it holds bytes that are no text."""
    try:
        return block.decode(encoding), False
    except UnicodeDecodeError:
        return block.decode(encoding, "surrogateescape"), True


def _with_last(blocks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    before: bytes | None = None
    for block in blocks:
        if before is not None:
            yield before, False
        before = block
    if before is not None:
        yield before, True


def open_delimited(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    limits: Limits = LIMITS,
    columnar: bool = False,
    **facts: Any,
) -> Delimited:
    """Look at the beginning of a delimited file and find out how it is written.

    Args:
        path: The file.
        encoding: Where known.
        delimiter: Where known.
        limits: What is refused.
        columnar: Whether columns are wanted rather than rows.
        **facts: Name, size and time of the file.

    Raises:
        EmptySourceError: It holds nothing, or only a header.
    """
    stream = Stream.open(path, encoding, limits)
    told_by_us = stream.encoding is None
    head = stream.head
    if len(head) > 1 and b"\n" in head[:-1] and not head.isspace():
        head = head[: head.rfind(b"\n") + 1] if len(head) >= 1 << 16 else head
    if not head.isascii() and stream.encoding is None:
        stream.encoding = told(head, path.name)
    dialect = find_dialect(decoded(head, stream.encoding or "utf-8")[0], delimiter)
    if dialect is None:
        raise EmptySourceError(f"{path.name} is empty; a source needs a header and a row")
    columns, notes = distinct(dialect.header, limits)
    lines = head.count(b"\n") or 1
    rows = COLUMNAR_ROWS if columnar else ROWS
    return Delimited(
        columns=columns,
        notes=[*left_out(dialect.lines - 1), *notes],
        path=path,
        limits=limits,
        stream=stream,
        dialect=dialect,
        encoding=stream.label,
        delimiter=dialect.delimiter,
        preamble=dialect.lines - 1,
        skip=_offset(head, dialect.lines),
        block=min(max(rows * len(head) // lines, 1 << 16), 1 << 23),
        columnar=columnar,
        told=told_by_us,
        **facts,
    )


def _offset(head: bytes, lines: int) -> int:
    at = 0
    for _ in range(lines):
        at = head.find(b"\n", at) + 1
        if not at:
            return len(head)
    return at
