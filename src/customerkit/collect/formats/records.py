"""Read delimited text: at full speed where all is well, record by record where not."""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from attrs import define, field

from customerkit.collect.escape import without_marks
from customerkit.collect.formats.blank import cleared, may_hold_spaces
from customerkit.collect.formats.source import Chunk, Trouble
from customerkit.collect.formats.stream import LINE
from customerkit.model.batch import Batch

_END = "\0\0end of block\0"
_BROKEN = re.compile("[\ud800-\udfff]")
_HIDDEN = re.compile("[\0\ud800-\udfff]")
_LOCK = threading.RLock()


@contextmanager
def field_limit(size: int) -> Iterator[None]:
    """Set the limit of the csv module, which is one for the whole process, for a while."""
    with _LOCK:
        before = csv.field_size_limit(size)
        try:
            yield
        finally:
            csv.field_size_limit(before)


@define
class Records:
    """Turn text into chunks, remembering lines and positions.

    Args:
        columns: Names of the columns.
        options: Of ``csv.reader``.
        cell: The longest cell allowed.
        line: Lines before the next text.
        position: Data rows before the next text.
        carry: Text of a record whose end has not come yet.
    """

    columns: tuple[str, ...]
    options: dict[str, Any]
    cell: int
    line: int = 0
    position: int = 0
    carry: str = field(default="", init=False)

    def chunk(self, text: str, *, last: bool, broken: bool = False) -> Chunk:
        """Read some lines.

        Args:
            text: Whole lines.
            last: Whether nothing follows.
            broken: Whether it holds bytes that could not be decoded.

        Returns:
            The rows that end in them.
        """
        text, self.carry = self.carry + text, ""
        if not text.endswith("\n"):
            text += "\n"
        before = self.line
        rows = None if broken or "\0" in text else self._quick(text, last)
        if rows is None:
            return Careful(self, io.StringIO(text, newline="\n").readlines(), last).chunk()
        first = self.position + 1
        self.position += len(rows)
        spaces = may_hold_spaces(text, self.options["delimiter"])
        marks = "'" in text or '="' in text
        lines = partial(_starts, text, self.options, self.cell, before)
        return Chunk(self.batch(rows, spaces, marks), range(first, self.position + 1), lines=lines)

    def batch(self, rows: list[list[str]], spaces: bool, marks: bool) -> Batch:
        """Return complete rows as a batch.

        Args:
            rows: All of one width.
            spaces: Whether cells of only white space may be among them.
            marks: Whether cells marked for spreadsheets may be.
        """
        if not rows:
            return Batch.from_rows(self.columns, [])
        plain: list[Sequence[str]] = list(zip(*rows, strict=True))
        if marks:
            plain = [without_marks(column) for column in plain]
        columns = cleared(plain, spaces)
        return Batch.from_columns(dict(zip(self.columns, columns, strict=True)), len(rows))

    def _quick(self, text: str, last: bool) -> list[list[str]] | None:
        """Return the rows when all are well, else None."""
        try:
            with field_limit(self.cell):
                lines = io.StringIO(text + _END, newline="\n")
                rows = list(csv.reader(lines, **self.options))
        except csv.Error:
            return None
        tail = rows.pop()
        is_open = tail != [_END]
        if is_open and last:
            return None
        if set(map(len, rows)) - {len(self.columns)}:
            rows = [row for row in rows if row]
            if set(map(len, rows)) - {len(self.columns)}:
                return None
        if is_open:
            own = sum(value.count("\n") for value in tail)
            self.carry = _last_lines(text, own)
        self.line += text.count("\n") - self.carry.count("\n")
        return rows


def _starts(text: str, options: dict[str, Any], cell: int, before: int) -> list[int]:
    """Return the line each row starts at, blank lines left out.

    Args:
        text: Lines of which the last row may be incomplete.
        options: Of ``csv.reader``.
        cell: The longest cell allowed.
        before: Lines before the text.
    """
    found, start = [], 0
    with field_limit(cell):
        reader = csv.reader(io.StringIO(text, newline="\n"), **options)
        for row in reader:
            if row:
                found.append(before + start + 1)
            start = reader.line_num
    return found


def _last_lines(text: str, count: int) -> str:
    at = len(text) - 1
    for _ in range(count):
        at = text.rfind("\n", 0, at)
    return text[at + 1 :]


class _Feed:
    """Hand out lines and tell which is next."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


@define
class Careful:
    """Read lines one record at a time, and tell what is wrong with which.

    Args:
        records: Lines and positions so far.
        lines: With their ends.
        last: Whether nothing follows.
    """

    records: Records
    lines: list[str]
    last: bool
    _rows: list[list[str]] = field(factory=list)
    _positions: list[int] = field(factory=list)
    _starts: list[int] = field(factory=list)
    _troubles: list[Trouble] = field(factory=list)

    def chunk(self) -> Chunk:
        """Return the rows that can be read and the troubles of the others."""
        feed = _Feed([*self.lines, _END])
        with field_limit(self.records.cell):
            reader = self._reader(feed)
            while not self._is_over(first := feed.at):
                row, code = self._next(reader, feed)
                if row is not None and row[-1:] and row[-1].endswith(_END):
                    row, code = None, "row.quote"
                    if not self.last and self._may_carry(first):
                        self.records.carry = "".join(self.lines[first:])
                        break
                code = code or self._verdict(row or [], first, feed.at)
                if code == "cell.too_long" and not self._jump(feed, first):
                    break
                if code == "row.quote":
                    feed.at = first + 1
                    code = self._alone(first)
                self._take(row, code, first, feed.at)
                if row is None or code == "row.quote":
                    reader = self._reader(feed)
            else:
                feed.at = len(self.lines)
        self.records.line += len(self.lines) - self.records.carry.count("\n")
        batch = self.records.batch(self._rows, spaces=True, marks=True)
        return Chunk(batch, self._positions, self._troubles, lambda: self._starts)

    def _is_over(self, at: int) -> bool:
        return at >= len(self.lines)

    def _reader(self, feed: _Feed) -> Iterator[list[str]]:
        return csv.reader(feed, **self.records.options)

    def _next(self, reader: Iterator[list[str]], feed: _Feed) -> tuple[list[str] | None, str]:
        try:
            return next(reader), ""
        except csv.Error as error:
            return None, "cell.too_long" if "limit" in str(error) else "row.newline"

    def _may_carry(self, first: int) -> bool:
        return sum(map(len, self.lines[first:])) <= LINE * self.records.cell

    def _verdict(self, row: list[str], first: int, end: int) -> str:
        """Return the code of what is wrong with a record, or nothing."""
        raw = "".join(self.lines[first:end])
        if _BROKEN.search(raw):
            return "row.encoding"
        if "\0" in raw:
            return "row.nul"
        width = len(self.records.columns)
        if len(row) == width or not raw.strip():
            return ""
        if end - first > 1 and self._swallowed(first + 1, end):
            return "row.quote"
        return "row.ragged"

    def _swallowed(self, first: int, end: int) -> bool:
        """Say whether lines inside of a quote are whole rows by themselves."""
        widths = [_width(line, self.records.options) for line in self.lines[first:end]]
        return 2 * widths.count(len(self.records.columns)) >= len(widths)

    def _alone(self, first: int) -> str:
        """Return what is wrong with a line whose quote is not closed."""
        raw = self.lines[first]
        if _BROKEN.search(raw):
            return "row.encoding"
        return "cell.too_long" if len(raw) > self.records.cell else "row.quote"

    def _jump(self, feed: _Feed, first: int) -> bool:
        """Go behind a record with a huge cell; False when its end has not come yet."""
        feed.at = first
        with field_limit(1 << 30):
            row = next(self._reader(feed), [])
        if not (row and row[-1].endswith(_END)):
            if len(row) != len(self.records.columns):
                feed.at = first + 1
            return True
        if not self.last and self._may_carry(first):
            self.records.carry = "".join(self.lines[first:])
            return False
        feed.at = first + 1
        return True

    def _take(self, row: list[str] | None, code: str, first: int, end: int) -> None:
        raw = "".join(self.lines[first:end]).rstrip("\r\n")
        if not code and not raw.strip() and len(row or ()) != len(self.records.columns):
            return
        self.records.position += 1
        line = self.records.line + first + 1
        if not code and row is not None:
            self._rows.append(row)
            self._positions.append(self.records.position)
            self._starts.append(line)
            return
        shown = visible(raw[: self.records.cell])
        self._troubles.append(Trouble.of(code, self.records.position, line, shown))


def _width(line: str, options: dict[str, Any]) -> int:
    try:
        return len(next(csv.reader([line], **options), ()))
    except csv.Error:
        return 0


def visible(text: str) -> str:
    r"""Return text with NUL and undecodable bytes as escapes.

    Example:
        >>> visible("a\0b\udcff")
        'a\\x00b\\xff'
    """
    return _HIDDEN.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    is_byte = code == 0 or 0xDC80 <= code < 0xDD00
    return f"\\x{code & 0xFF:02x}" if is_byte else f"\\u{code:04x}"
