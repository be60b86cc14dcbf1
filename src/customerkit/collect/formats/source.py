"""What every reader gives: a source, its chunks, and the rows it could not read."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Mapping, Sequence
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

    Example:
        >>> LIMITS.columns
        2000
    """

    bytes: int = 8 * 1024**3
    columns: int = 2000
    cell: int = 1024**2
    depth: int = 64


LIMITS = Limits()


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


@frozen
class Chunk:
    """Hold some rows of a source.

    Args:
        batch: The readable rows: columns of text, None where blank.
        positions: The 1-based data row of each.
        troubles: The rows of this stretch that cannot be read.
    """

    batch: Batch
    positions: Sequence[int]
    troubles: list[Trouble] = field(factory=list)


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
        chunks = self.chunks()
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
        base = given.strip().strip("\ufeff") or f"column {at}"
        name, count = base, 1
        while name in names:
            count += 1
            name = f"{base} ({count})"
        if name != given.strip():
            notes.append(f"column {at} is called {name!r:.80} here: its name is blank or repeated")
        names[name] = None
    return tuple(names), notes
