"""What every reader gives: a source, its chunks, and the rows it could not read."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

from attrs import define, field, frozen

from customerkit.errors import EmptySourceError, LimitError, SourceError
from customerkit.model.batch import Batch

SAMPLE = 200


@frozen
class Limits:
    """Say how large an input may be.

    Args:
        bytes: Of a file, unpacked.
        columns: Of a source.
        cell: Characters of one cell.
        depth: Nested levels of JSON.
        unpacked: Bytes of a workbook, unpacked.
        ratio: How many times larger a workbook may get by unpacking.
        parts: Files inside of a workbook.

    Example:
        >>> LIMITS.columns
        2000
    """

    bytes: int = 8 * 1024**3
    columns: int = 2000
    cell: int = 1024**2
    depth: int = 64
    unpacked: int = 2 * 1024**3
    ratio: int = 250
    parts: int = 10_000


LIMITS = Limits()
MESSAGES = {
    "row.ragged": "the row has another number of cells than the header",
    "row.nul": "the row holds a NUL byte",
    "row.encoding": "the row holds bytes that are no text in the encoding of the file",
    "row.quote": "the row opens a quote that is never closed",
    "row.newline": "the row holds a carriage return outside of quotes",
    "row.total": "the row sums up the rows before it",
    "row.new_column": "the row has a column that the first rows do not have; give a list of rows",
    "cell.too_long": "a cell of the row is longer than allowed",
    "json.invalid": "the line is no JSON object",
    "json.not_an_object": "an item of the array is no JSON object",
    "json.too_deep": "the JSON object is nested too deeply",
}


@frozen
class Trouble:
    """Describe a row that cannot be read.

    Args:
        position: 1-based data row; header and blank lines do not count.
        line: 1-based line of the file where the row starts, where known.
        code: Stable problem code, such as ``row.ragged``.
        message: One sentence without the values.
        raw: The original text of the row.
    """

    position: int
    line: int | None
    code: str
    message: str
    raw: str

    @classmethod
    def of(cls, code: str, position: int, line: int | None, raw: str) -> Trouble:
        """Build from a code that has a message."""
        return cls(position, line, code, MESSAGES[code], raw)


@frozen
class Chunk:
    """Hold some rows of a source.

    Args:
        batch: The readable rows: columns of text, None where blank.
        positions: The 1-based data row of each.
        troubles: The rows of this stretch that cannot be read.
        lines: Tells the 1-based line of the file where each row starts; nothing
            where there are no lines. Counted only when somebody asks.
    """

    batch: Batch
    positions: Sequence[int]
    troubles: list[Trouble] = field(factory=list)
    lines: Callable[[], Sequence[int]] = tuple


@define(kw_only=True, slots=False)
class Source(ABC):
    """Give the rows of a file or object in chunks of bounded size.

    Args:
        name: File name without its folder, or the kind of object.
        columns: The header, blank and repeated names made distinct.
        format: Such as ``csv``.
        size: Bytes of the file.
        modified: When the file was last changed, epoch milliseconds.
        encoding: Of a text file.
        delimiter: Of a delimited file.
        preamble: Lines before the header.
        sheet: Of a workbook.
        notes: What a person should know about how it was read.
        rereadable: Whether ``chunks`` can be called again.
        path: The file.
        limits: What is refused as too large.
    """

    name: str
    columns: tuple[str, ...]
    format: str
    size: int | None = None
    modified: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    preamble: int = 0
    sheet: str | None = None
    notes: list[str] = field(factory=list)
    rereadable: bool = True
    path: Path | None = None
    limits: Limits = LIMITS
    _sample: dict[str, list[str | None]] | None = field(default=None, init=False)
    _rest: Iterator[Chunk] | None = field(default=None, init=False)
    _begun: bool = field(default=False, init=False)

    @cached_property
    def digest(self) -> str | None:
        """Return the SHA-256 of the file's bytes, None for objects."""
        if self.path is None:
            return None
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def chunks(self) -> Iterator[Chunk]:
        """Yield the rows from the first on.

        Raises:
            SourceError: It was read before and cannot be read again.
        """
        return self.settled(self._raw())

    def settled(self, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        """Return the chunks as they are; formats that end in more than rows say how."""
        return chunks

    def _raw(self) -> Iterator[Chunk]:
        if self._rest is not None:
            rest, self._rest = self._rest, None
            return rest
        if self._begun and not self.rereadable:
            raise SourceError("an iterator can be read only once; give a list or a file")
        self._begun = True
        return self.read()

    def sample(self) -> Mapping[str, Sequence[str | None]]:
        """Return the first rows by column, without using them up.

        Raises:
            EmptySourceError: There is no row.
        """
        if self._sample is None:
            self._sample = self._peek()
        return self._sample

    def _peek(self) -> dict[str, list[str | None]]:
        chunks = self._raw()
        first = next(chunks, None)
        if first is None:
            raise EmptySourceError(
                f"{self.name} holds only a header; a source needs at least one row"
            )
        if self.rereadable:
            self._begun = False
            if isinstance(chunks, Generator):
                chunks.close()  # and with it the file
        else:
            self._rest = _again(first, chunks)
        rows = list(islice(first.batch.rows(), SAMPLE))
        names = first.batch.names
        columns = zip(*rows, strict=True) if rows else ((),) * len(names)
        return {name: list(column) for name, column in zip(names, columns, strict=True)}

    @abstractmethod
    def read(self) -> Iterator[Chunk]:
        """Yield the rows from the first on; each format says how."""


def _again(first: Chunk, rest: Iterator[Chunk]) -> Iterator[Chunk]:
    yield first
    yield from rest


def left_out(lines: int) -> list[str]:
    """Return the note about lines before the header, if there are any."""
    if not lines:
        return []
    what = "a line" if lines == 1 else f"{lines:,} lines"
    return [f"{what} before the header left out"]


def distinct(header: Sequence[str], limits: Limits = LIMITS) -> tuple[tuple[str, ...], list[str]]:
    """Return column names that are all different and not blank, and what was changed.

    Args:
        header: As given.
        limits: How many columns are allowed.

    Returns:
        The names and notes about those that were changed.

    Raises:
        LimitError: There are too many columns.

    Example:
        >>> distinct(["a", "b", "a", " "])[0]
        ('a', 'b', 'a (2)', 'column 4')
    """
    if len(header) > limits.columns:
        raise LimitError(f"{len(header):,} columns; at most {limits.columns:,} are read")
    names: dict[str, None] = {}
    notes = []
    for at, given in enumerate(header, 1):
        said = given.strip().strip("\ufeff")
        base = said or f"column {at}"
        name, count = base, 1
        while name in names:
            count += 1
            name = f"{base} ({count})"
        if name != said:
            why = "repeats a name" if said else "has no name"
            notes.append(f"column {at} {why}; it is called {name!r:.80} here")
        names[name] = None
    return tuple(names), notes
