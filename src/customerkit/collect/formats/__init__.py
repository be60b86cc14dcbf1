"""Open any source: a file by its path, a frame, or an iterable of rows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from customerkit.collect.formats.binary import refuse_binary
from customerkit.collect.formats.delimited import open_delimited
from customerkit.collect.formats.excel import open_excel
from customerkit.collect.formats.frames import open_frame
from customerkit.collect.formats.json_files import open_json, open_json_lines
from customerkit.collect.formats.objects import mapping, open_rows
from customerkit.collect.formats.parquet import open_parquet
from customerkit.collect.formats.source import LIMITS, Chunk, Limits, Source, Trouble
from customerkit.errors import EmptySourceError, LimitError, SourceError, SourceNotFoundError

_ENDINGS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".parquet": "parquet",
    ".pq": "parquet",
}


def open_source(
    source: Any,
    *,
    format: str | None = None,  # noqa: A002 - the word users know
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    limits: Limits = LIMITS,
) -> Source:
    """Open a source and find out how it is written.

    Args:
        source: A path, anything with ``__arrow_c_stream__``, or an iterable of
            dicts, attrs objects or dataclasses.
        format: csv, json, jsonl, excel or parquet, where the ending does not tell.
        encoding: Of a text file, where known.
        delimiter: Of a delimited file, where known.
        sheet: Of a workbook.
        limits: What is refused as too large.

    Returns:
        The source.

    Raises:
        SourceError: It cannot be read; the subclass and message tell why.
    """
    if isinstance(source, str | os.PathLike):
        return _open_file(Path(source), format, encoding, delimiter, sheet, limits)
    if isinstance(source, Source):
        return source
    if hasattr(source, "__arrow_c_stream__"):
        return open_frame(source, limits)
    if hasattr(source, "to_dict") and hasattr(source, "columns"):
        return open_rows(source.to_dict("records"), limits)
    if isinstance(source, dict | bytes) or not hasattr(source, "__iter__"):
        raise SourceError(f"a {type(source).__name__} is no source; give a path, frame or rows")
    return open_rows(source, limits)


def mappings(rows: Any) -> Iterable[Mapping[str, Any]]:
    """Return the rows of a frame or an iterable as mappings, values of any kind kept.

    Args:
        rows: A frame, or an iterable of mappings or objects.

    Example:
        >>> list(mappings([{"city": "Leeds"}]))
        [{'city': 'Leeds'}]
    """
    if not hasattr(rows, "__arrow_c_stream__") and not hasattr(rows, "to_dict"):
        return map(mapping, rows)
    return chain.from_iterable(chunk.batch.dicts() for chunk in open_source(rows).chunks())


def _open_file(
    path: Path,
    format_: str | None,
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    limits: Limits,
) -> Source:
    size, modified = _checked(path, limits)
    kind = format_ or _kind(path)
    facts: dict[str, Any] = {"name": path.name, "size": size, "modified": modified}
    if kind == "json":
        return open_json(path, limits, encoding, format=kind, **facts)
    if kind == "jsonl":
        return open_json_lines(path, limits, encoding, format=kind, **facts)
    if kind == "excel":
        return open_excel(path, limits, sheet, format=kind, **facts)
    if kind == "parquet":
        return open_parquet(path, limits, format=kind, **facts)
    if kind not in ("csv", "tsv"):
        raise SourceError(f"no format is called {kind!r}; known: csv, json, jsonl, excel, parquet")
    refuse_binary(path, encoding)
    return open_delimited(
        path,
        encoding=encoding,
        delimiter=delimiter,
        limits=limits,
        columnar=find_spec("pyarrow") is not None,
        format="csv",
        **facts,
    )


def _kind(path: Path) -> str:
    """Return the format by the ending; gzip is looked through where it can be read."""
    *_, last = ["", *path.suffixes]
    inner = path.with_suffix("").suffix if last.lower() == ".gz" else last
    return _ENDINGS.get(inner.lower(), "csv")


def _checked(path: Path, limits: Limits) -> tuple[int, int]:
    try:
        facts = path.stat()
        if path.is_file():
            path.open("rb").close()
    except FileNotFoundError:
        raise SourceNotFoundError(f"there is no file {path.name}; check the path") from None
    except PermissionError:
        raise SourceError(f"{path.name} may not be read; check its permissions") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{path.name:.80} cannot be read: {reason}") from error
    if path.is_dir():
        raise SourceError(f"{path.name} is a folder; name the files in it one by one")
    if not path.is_file():
        raise SourceError(f"{path.name} is no regular file; save what it gives to a file first")
    if facts.st_size == 0:
        raise EmptySourceError(f"{path.name} is empty; a source needs a header and a row")
    if facts.st_size > limits.bytes:
        raise LimitError(f"{path.name} has {facts.st_size:,} bytes; at most {limits.bytes:,}")
    return facts.st_size, facts.st_mtime_ns // 1_000_000


__all__ = ["LIMITS", "Chunk", "Limits", "Source", "Trouble", "mappings", "open_source"]
