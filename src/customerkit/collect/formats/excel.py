"""Read Excel workbooks a row at a time, cells as people see them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from attrs import define

from customerkit.collect.escape import unescape_controls, unguarded
from customerkit.collect.formats.checked import Texts, checked
from customerkit.collect.formats.dialect import header_at
from customerkit.collect.formats.source import Chunk, Limits, Source, Trouble, distinct, left_out
from customerkit.collect.formats.summing import without_totals
from customerkit.errors import EmptySourceError, LimitError, MissingExtraError, SourceError
from customerkit.model.values import as_text

_ROWS = 20_000
_LOOK = 500
_OLE = b"\xd0\xcf\x11\xe0"  # what old and encrypted Office files begin with
_ZEROS = re.compile(r"0{2,20}")
_SMALL = 64 * 1024**2

Numbered = tuple[int, list[str | None]]


@define(kw_only=True, slots=False)
class Sheet(Source):
    """Give the rows of one sheet.

    Args:
        skip: Rows of the sheet up to and with the header.
    """

    skip: int

    def read(self) -> Iterator[Chunk]:
        """Yield the rows from the first on."""
        with _opened(self.path or Path(self.name)) as book, _guarded(self.name):
            numbered = enumerate(_said(book[self.sheet], self.skip), 1)
            while some := list(islice(numbered, _ROWS)):
                yield self._chunk(some)

    def settled(self, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        """Return the chunks without totals at their end."""
        return without_totals(chunks)

    def _chunk(self, some: Sequence[tuple[int, Numbered]]) -> Chunk:
        width = len(self.columns)
        wide = {position for position, (_, row) in some if any(row[width:])}
        kept = [(at, line, row) for at, (line, row) in some if at not in wide]
        rows: list[Texts] = [(row + [None] * width)[:width] for _, _, row in kept]
        positions, lines = [at for at, _, _ in kept], [line for _, line, _ in kept]
        chunk = checked(self.columns, rows, positions, lines, cell=self.limits.cell)
        chunk.troubles.extend(
            Trouble.of("row.ragged", at, line, "\t".join(cell or "" for cell in row))
            for at, (line, row) in some
            if at in wide
        )
        return chunk


def open_excel(path: Path, limits: Limits, sheet: str | None = None, **facts: Any) -> Source:
    """Open a sheet of an Excel workbook, by default the first that holds rows.

    Raises:
        MissingExtraError: openpyxl or defusedxml is not installed.
        LimitError: It would unpack to too much.
        SourceError: It is no workbook, or has no such sheet.
    """
    _check(path, limits)
    with _opened(path) as book, _guarded(path.name):
        if sheet is not None and sheet not in book.sheetnames:
            known = ", ".join(map(repr, book.sheetnames))
            raise SourceError(f"{path.name} has no sheet {sheet!r:.80}; it has {known}")
        pages = [book[sheet]] if sheet is not None else book.worksheets
        found = [(page.title, list(islice(_said(page), _LOOK))) for page in pages]
    filled = [(title, rows) for title, rows in found if len(rows) > 1]
    if not filled:
        raise EmptySourceError(f"{path.name} holds no rows; a source needs a header and a row")
    title, rows = filled[0]
    return _sheet(title, rows, [name for name, _ in filled[1:]], path, limits, facts)


def _sheet(
    title: str,
    rows: Sequence[Numbered],
    others: Sequence[str],
    path: Path,
    limits: Limits,
    facts: dict[str, Any],
) -> Sheet:
    cells = [[cell or "" for cell in row] for _, row in rows]
    width = max(len(row) for row in cells)
    at = header_at([row + [""] * (width - len(row)) for row in cells])
    columns, notes = distinct(cells[at] + [""] * (width - len(cells[at])), limits)
    if others:
        names = ", ".join(map(repr, others))
        notes.append(f"only the sheet {title!r} was read; say sheet= for another: {names:.200}")
    line = rows[at][0]
    notes = left_out(line - 1) + notes
    return Sheet(
        columns=columns,
        notes=notes,
        path=path,
        limits=limits,
        sheet=title,
        skip=line,
        preamble=line - 1,
        **facts,
    )


def _check(path: Path, limits: Limits) -> None:
    """Refuse what is no zip file, or one that unpacks to too much, before unpacking it."""
    with path.open("rb") as file:
        if file.read(4) == _OLE:
            raise SourceError(
                f"{path.name} is protected by a password or an old .xls file; "
                "open it in a spreadsheet program and save it as .xlsx without password"
            )
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except BadZipFile:
        raise _broken(path.name) from None
    unpacked = sum(part.file_size for part in parts)
    ratio = unpacked / max(path.stat().st_size, 1)
    if (
        len(parts) > limits.parts
        or unpacked > limits.unpacked
        or (unpacked > _SMALL and ratio > limits.ratio)
    ):
        raise LimitError(
            f"{path.name} would unpack to {unpacked:,} bytes in {len(parts):,} parts, "
            f"{ratio:,.0f} times its size; save the sheet as CSV if it is meant to be so"
        )


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        import defusedxml  # noqa: F401 - openpyxl guards itself with it where it is there
        import openpyxl
    except ImportError as error:
        raise MissingExtraError.of(error.name or "openpyxl", "excel") from None
    with _guarded(path.name):
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    with closing(book):
        yield book


@contextmanager
def _guarded(name: str) -> Iterator[None]:
    try:
        yield
    except (SourceError, LimitError, GeneratorExit):
        raise
    except Exception as error:  # openpyxl raises whatever it meets in a broken file
        raise _broken(name) from error


def _broken(name: str) -> SourceError:
    return SourceError(f"{name} is no Excel workbook that can be read; save it again as .xlsx")


def _said(page: Any, skip: int = 0) -> Iterator[Numbered]:
    """Yield the rows that say something, with their number in the sheet."""
    page.reset_dimensions()  # some programs write wrong ones
    for number, cells in enumerate(page.iter_rows(min_row=skip + 1), skip + 1):
        row = [seen(cell) for cell in cells]
        while row and row[-1] is None:
            row.pop()
        if row:
            yield number, row


def seen(cell: Any) -> str | None:
    """Return a cell's value as people see it: no errors, no midnights, no binary noise.

    Args:
        cell: Anything with ``value``, ``data_type`` and ``number_format``.

    Example:
        >>> from types import SimpleNamespace as Cell
        >>> seen(Cell(value=0.1 + 0.2, data_type="n", number_format="General"))
        '0.3'
        >>> seen(Cell(value=1234, data_type="n", number_format="00000"))
        '01234'
    """
    value = cell.value
    if value is None or cell.data_type == "e":
        return None
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else as_text(value)
    if isinstance(value, str):
        return as_text(unguarded(unescape_controls(value)))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return as_text(value)
    text = str(value) if isinstance(value, int) else f"{Decimal(f'{value:.15g}'):f}"
    return text.zfill(len(_plain_zeros(cell.number_format))) if text.isdigit() else text


def _plain_zeros(number_format: str) -> str:
    return number_format if _ZEROS.fullmatch(number_format) else ""
