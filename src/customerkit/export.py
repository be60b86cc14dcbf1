"""Write customers, records and activities to files other programs read."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from customerkit.collect.escape import escape_controls, escape_formula
from customerkit.errors import (
    CustomerKitError,
    InputError,
    LimitError,
    MissingExtraError,
    SourceError,
)
from customerkit.model.batch import Batch
from customerkit.model.customer import customer_id
from customerkit.model.profile import fields
from customerkit.model.table import Table
from customerkit.model.tables import ACTIVITIES, CUSTOMERS, RECORDS
from customerkit.store.protocol import Backend, Cond

SHEET_ROWS = 1_048_576
CELL_LENGTH = 32_767
_KINDS: dict[str, Table] = {"customers": CUSTOMERS, "records": RECORDS, **ACTIVITIES}


def batches(backend: Backend, what: str) -> Iterator[Batch]:
    """Yield what is exported: active customers, records, or one kind of activity.

    Args:
        backend: The store.
        what: ``customers``, ``records`` or a kind of activity.

    Raises:
        InputError: Nothing is called so.
    """
    table = _table(what)
    if what != "customers":
        names = [name for name in table.names if name != "fingerprint"]
        yield from backend.scan(table, columns=names)
        return
    for batch in backend.scan(table, [Cond("status", "eq", "active")]):
        ids = [customer_id(int(str(number))) for number in batch.column("customer_id")]
        columns = {name: batch.column(name) for name in (*fields(), "version")}
        yield Batch.from_columns({"id": ids, **columns}, len(batch))


def _table(what: str) -> Table:
    if what not in _KINDS:
        raise InputError(f"cannot export {what!r:.40}; known: {', '.join(_KINDS)}", what=what)
    return _KINDS[what]


def names_of(what: str) -> list[str]:
    """Return the columns of an export, in order."""
    if what == "customers":
        return ["id", *fields(), "version"]
    return [name for name in _table(what).names if name != "fingerprint"]


def export(backend: Backend, path: str | Path, what: str = "customers") -> int:
    """Write an export; the file appears whole or not at all.

    Cells that a spreadsheet would run as a formula are escaped in CSV and Excel.

    Args:
        backend: The store.
        path: ``.csv``, ``.tsv``, ``.jsonl``, ``.json``, ``.xlsx`` or ``.parquet``;
            ``-`` writes CSV to standard output.
        what: ``customers``, ``records`` or a kind of activity.

    Returns:
        How many rows were written.

    Raises:
        InputError: The ending of the path names no format.
        MissingExtraError: The format needs a package that is not installed.
    """
    return write_rows(path, batches(backend, what), names_of(what))


def write_rows(path: str | Path, found: Iterable[Batch], names: Sequence[str]) -> int:
    """Write rows to a file; it appears whole or not at all.

    Args:
        path: Its ending names the format; ``-`` writes CSV to standard output.
        found: The rows.
        names: The columns, in order.

    Returns:
        How many rows were written.

    Raises:
        InputError: The ending of the path names no format.
        SourceError: The file cannot be written there.
        MissingExtraError: The format needs a package that is not installed.
    """
    if str(path) == "-":
        return _csv(sys.stdout, found, names, ",")
    target = Path(path)
    writer = _WRITERS.get(target.suffix.lower())
    if writer is None:
        known = ", ".join(_WRITERS)
        raise InputError(f"no format is called {target.suffix!r}; known endings: {known}")
    with whole(target) as partial:
        return writer(partial, found, names)


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Give a path to write to, which takes the target's place when all is written.

    Args:
        target: What appears whole or not at all.

    Raises:
        SourceError: It cannot be written there; the message says why.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        yield partial
        partial.replace(target)
    except CustomerKitError:
        raise
    except FileNotFoundError:
        raise SourceError(f"the folder of {target.name} does not exist; create it first") from None
    except OSError as error:
        raise SourceError(f"{target.name} cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _escaped(value: Any) -> Any:
    return escape_formula(value) if isinstance(value, str) else value


def _csv(file: TextIO, found: Iterable[Batch], names: Sequence[str], delimiter: str) -> int:
    out = csv.writer(file, delimiter=delimiter, lineterminator="\n")
    quoting = csv.writer(file, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    out.writerow(names)
    count = 0
    for batch in found:
        for row in batch.rows(names):
            cells = [_escaped(value) for value in row]
            plain = not any(isinstance(cell, str) and "\r" in cell for cell in cells)
            (out if plain else quoting).writerow(cells)  # csv leaves carriage returns bare
        count += len(batch)
    return count


@contextmanager
def _text(path: Path) -> Iterator[TextIO]:
    with path.open("w", encoding="utf-8", newline="") as file:
        yield file


def _write_csv(path: Path, found: Iterable[Batch], names: Sequence[str]) -> int:
    with _text(path) as file:
        return _csv(file, found, names, ",")


def _write_tsv(path: Path, found: Iterable[Batch], names: Sequence[str]) -> int:
    with _text(path) as file:
        return _csv(file, found, names, "\t")


def _compact(row: Mapping[str, Any]) -> str:
    return json.dumps({k: v for k, v in row.items() if v is not None}, ensure_ascii=False)


def _write_jsonl(path: Path, found: Iterable[Batch], names: Sequence[str]) -> int:
    with _text(path) as file:
        lines = [file.write(_compact(row) + "\n") for batch in found for row in batch.dicts()]
    return len(lines)


def _write_json(path: Path, found: Iterable[Batch], names: Sequence[str]) -> int:
    count = 0
    with _text(path) as file:
        file.write("[")
        for batch in found:
            for row in batch.dicts():
                file.write(("\n" if count == 0 else ",\n") + _compact(row))
                count += 1
        file.write("\n]\n")
    return count


def _write_xlsx(path: Path, found: Iterable[Batch], names: Sequence[str]) -> int:
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingExtraError.of("openpyxl", "excel") from None
    book = Workbook(write_only=True)
    sheet = book.create_sheet("customerkit")
    try:
        count = _fill(sheet, found, names)
    except BaseException:
        sheet.close()  # its temporary file would stay open otherwise
        raise
    book.save(path)
    return count


def _fill(sheet: Any, found: Iterable[Batch], names: Sequence[str]) -> int:
    sheet.append(list(names))
    count = 0
    for batch in found:
        count += len(batch)
        if count >= SHEET_ROWS:
            raise LimitError(f"a sheet holds {SHEET_ROWS - 1:,} rows at most; export to .csv")
        for row in batch.rows(names):
            sheet.append([_cell(value) for value in row])
    return count


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = escape_controls(escape_formula(value))
    if len(text) > CELL_LENGTH:
        raise LimitError(f"a sheet's cell holds {CELL_LENGTH:,} characters at most; export to .csv")
    return text


def _write_parquet(path: Path, found: Iterable[Batch], names: Sequence[str]) -> int:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError.of("pyarrow", "fast") from None
    integers = {c.name for t in _KINDS.values() for c in t.columns if c.type == "integer"}
    types = {n: pa.int64() if n in integers or n == "version" else pa.string() for n in names}
    schema = pa.schema(list(types.items()))
    count = 0
    with pq.ParquetWriter(path, schema) as writer:
        for batch in found:
            arrays = [batch.arrow_column(name, types[name]) for name in names]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            count += len(batch)
    return count


_WRITERS: dict[str, Callable[[Path, Iterable[Batch], Sequence[str]], int]] = {
    ".csv": _write_csv,
    ".tsv": _write_tsv,
    ".jsonl": _write_jsonl,
    ".json": _write_json,
    ".xlsx": _write_xlsx,
    ".parquet": _write_parquet,
}
