"""Read JSON, JSON lines, Excel and Parquet files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from attrs import define

from customerkit.collect.formats.objects import open_frame
from customerkit.collect.formats.source import Chunk, Limits, Source, Trouble, distinct
from customerkit.collect.formats.values import as_text
from customerkit.errors import EmptySourceError, LimitError, MissingExtraError, SourceError
from customerkit.model.batch import Batch

_ROWS = 20_000


def flat(value: Any, prefix: str = "", depth: int = 64) -> dict[str, str | None]:
    """Return nested objects as one, names joined by dots.

    Example:
        >>> flat({"a": {"b": 1}, "c": [1]})
        {'a.b': '1', 'c': '[1]'}
    """
    if depth == 0:
        raise LimitError("JSON is nested too deeply")
    found: dict[str, str | None] = {}
    for name, item in value.items():
        if isinstance(item, dict):
            found |= flat(item, f"{prefix}{name}.", depth - 1)
        else:
            found[f"{prefix}{name}"] = as_text(item)
    return found


def parsed(text: str) -> Any:
    """Return JSON with numbers as the text they were written in."""
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=lambda _: None)


@define(kw_only=True, slots=False)
class JsonLines(Source):
    """Give the objects of a JSON lines file, one a line."""

    def lines(self) -> Iterator[tuple[int, str, dict[str, str | None] | None]]:
        """Yield line number, text, and the object, None where it is none."""
        with (self.path or Path(self.name)).open(
            encoding="utf-8-sig", errors="backslashreplace"
        ) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip("\n"), self._object(line)

    def _object(self, line: str) -> dict[str, str | None] | None:
        try:
            found = parsed(line)
        except (json.JSONDecodeError, RecursionError):
            return None
        return flat(found, depth=self.limits.depth) if isinstance(found, dict) else None

    def read(self) -> Iterator[Chunk]:
        """Yield the rows from the first on."""
        numbered = enumerate(self.lines(), 1)
        while some := list(islice(numbered, _ROWS)):
            good = [(at, row) for at, (_, _, row) in some if row is not None]
            troubles = [
                Trouble(at, line, "json.invalid", "the line is no JSON object", text)
                for at, (line, text, row) in some
                if row is None
            ]
            batch = Batch.from_dicts([row for _, row in good], self.columns)
            yield Chunk(batch, [at for at, _ in good], troubles)


@define(kw_only=True, slots=False)
class Table(Source):
    """Give rows that are held as text already."""

    rows: list[list[str | None]]

    def read(self) -> Iterator[Chunk]:
        """Yield the rows from the first on."""
        for start in range(0, len(self.rows), _ROWS):
            rows = self.rows[start : start + _ROWS]
            yield Chunk(
                Batch.from_rows(self.columns, rows), range(start + 1, start + len(rows) + 1), []
            )


def open_json_lines(path: Path, limits: Limits, **facts: Any) -> Source:
    """Open a JSON lines file; the columns are those of all its lines."""
    source = JsonLines(columns=(), path=path, limits=limits, **facts)
    names: dict[str, None] = {}
    for _, _, row in source.lines():
        names |= dict.fromkeys(row or ())
    if not names:
        raise EmptySourceError(f"{path.name} holds no JSON object")
    source.columns, source.notes = distinct(list(names), limits)
    return source


def open_json(path: Path, limits: Limits, **facts: Any) -> Source:
    """Open a JSON file: an array of objects, or an object that holds one.

    Raises:
        SourceError: It is no valid JSON, or holds no array of objects.
    """
    try:
        data = parsed(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        at = getattr(error, "lineno", None)
        raise SourceError(f"{path.name} is no valid JSON (line {at})", line=at) from None
    if isinstance(data, dict):
        arrays = [item for item in data.values() if isinstance(item, list)]
        data = arrays[0] if len(arrays) == 1 else [data]
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise SourceError(f"{path.name} holds no array of objects")
    dicts = [flat(item, depth=limits.depth) for item in data]
    names = dict.fromkeys(name for row in dicts for name in row)
    if not names:
        raise EmptySourceError(f"{path.name} holds no rows")
    columns, notes = distinct(list(names), limits)
    rows = [[row.get(name) for name in names] for row in dicts]
    return Table(columns=columns, notes=notes, rows=rows, path=path, limits=limits, **facts)


def open_excel(path: Path, limits: Limits, sheet: str | None = None, **facts: Any) -> Source:
    """Open a sheet of an Excel workbook, the first by default.

    Raises:
        MissingExtraError: openpyxl is not installed.
        SourceError: It is no workbook, or has no such sheet.
    """
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError.of("openpyxl", "excel") from None
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever it meets in a broken file
        raise SourceError(f"{path.name} is no Excel workbook that can be read") from error
    if sheet is not None and sheet not in book.sheetnames:
        raise SourceError(f"{path.name} has no sheet {sheet!r}; it has {book.sheetnames}")
    page = book[sheet] if sheet is not None else book.worksheets[0]
    rows = [[as_text(cell) for cell in row] for row in page.iter_rows(values_only=True)]
    book.close()
    rows = [row for row in rows if any(row)]
    if len(rows) < 2:
        raise EmptySourceError(f"{path.name} holds no rows; a source needs a header and a row")
    columns, notes = distinct([cell or "" for cell in rows[0]], limits)
    return Table(
        columns=columns,
        notes=notes,
        rows=rows[1:],
        path=path,
        limits=limits,
        sheet=page.title,
        **facts,
    )


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
        table = pq.read_table(path)
    except pa.ArrowInvalid as error:
        raise SourceError(f"{path.name} is no Parquet file that can be read") from error
    if table.num_rows == 0:
        raise EmptySourceError(f"{path.name} holds no rows")
    source = open_frame(table)
    source.path, source.name, source.format = path, path.name, "parquet"
    source.size, source.modified = facts.get("size"), facts.get("modified")
    return source
