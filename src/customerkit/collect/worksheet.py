"""Lay quarantined rows out as a table that a person fixes in a spreadsheet, and read it back."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from customerkit.collect.escape import unescape_formula
from customerkit.collect.formats import open_source
from customerkit.collect.quarantine import quarantined
from customerkit.errors import InputError
from customerkit.model.batch import Batch
from customerkit.store.unit import UnitOfWork, details

ID = "quarantine_id"
_RUN = "quarantine_run"
_ABOUT = (ID, "quarantine_code", _RUN, "quarantine_line")
_MORE, _RAW = "quarantine_more", "quarantine_raw"
_DELIMITERS = ",;\t|"


def worksheet(unit: UnitOfWork, run_id: int | None = None) -> Batch:
    """Return the rows that wait in quarantine in the columns of their sources.

    What a row has too many cells for stands in ``quarantine_more``, its original
    text in ``quarantine_raw``.

    Args:
        unit: The store with its log.
        run_id: Only of this run.

    Returns:
        One row each; only the columns of a row's own source matter to it.
    """
    waiting = quarantined(unit, run_id)
    runs = unit.runs({int(row["run_id"]) for row in waiting})
    columns = {run.run_id: list(details(run)["columns"]) for run in runs}
    names = dict.fromkeys(name for run in sorted(columns) for name in columns[run])
    rows = [{**_about(row), **_cells(row, columns[row["run_id"]])} for row in waiting]
    return Batch.from_dicts(rows, [*_ABOUT, *names, _MORE, _RAW])


def _about(row: Mapping[str, Any]) -> dict[str, Any]:
    said = (row["quarantine_id"], row["code"], row["run_id"], row["line"])
    return {**dict(zip(_ABOUT, said, strict=True)), _RAW: row["raw"]}


def _cells(row: Mapping[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    """Return what can be read of a row: a JSON object by name, a line of a table in order."""
    raw = str(row["raw"])
    said = _object(raw)
    if said is not None:
        return {name: _text(value) for name, value in said.items() if name in columns}
    if str(row["code"]).startswith("json."):
        return {}
    cells = _split(raw, len(columns))
    more = " | ".join(cells[len(columns) :])
    return {**dict(zip(columns, cells, strict=False)), _MORE: more or None}


def _object(raw: str) -> dict[str, Any] | None:
    try:
        found = json.loads(raw)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _split(raw: str, wanted: int) -> list[str]:
    """Return the cells of a line; its delimiter is the one that fits the header best."""
    lines = [_read(raw, delimiter) for delimiter in _DELIMITERS]
    return min(lines, key=lambda cells: (len(cells) == 1, abs(len(cells) - wanted)))


def _read(raw: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([raw], delimiter=delimiter), [])
    except csv.Error:
        return raw.split(delimiter)


def fixed(unit: UnitOfWork, path: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a worksheet that was fixed, ready to be replayed.

    Args:
        unit: The store with its log.
        path: The file. A row that was taken out of it, or in which nothing was
            changed, stays in quarantine; to take one as it is, empty its code.

    Raises:
        SourceError: It cannot be read.
        InputError: It has no column ``quarantine_id``, or a row has none in it.
    """
    before = {int(str(row[ID])): row for row in worksheet(unit).dicts()}
    runs = unit.runs({int(str(row[_RUN])) for row in before.values()})
    columns = {run.run_id: frozenset(details(run)["columns"]) for run in runs}
    for at, row in enumerate(_rows(path), 1):
        number = _number(row.get(ID), at)
        said = {name: _said(value) for name, value in row.items() if name != ID}
        old = before.get(number)
        if old is None:
            yield {ID: number, **said}
        elif _changed(said, old):
            mine = columns[int(str(old[_RUN]))]
            yield {ID: number, **{name: value for name, value in said.items() if name in mine}}


def _changed(said: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Say whether a person touched any cell; emptying one that explains the row counts."""
    return any((value or None) != (_shown(old.get(name)) or None) for name, value in said.items())


def _shown(value: Any) -> str | None:
    return None if value is None else str(value).strip()


def _rows(path: str) -> Iterator[dict[str, Any]]:
    source = open_source(path)
    if ID not in source.columns:
        raise InputError(
            f"{source.name} has no column {ID}; export the rows with "
            "customerkit quarantine --export FILE and keep that column"
        )
    for chunk in source.chunks():
        if chunk.troubles:
            where = ", ".join(str(trouble.line or trouble.position) for trouble in chunk.troubles)
            raise InputError(f"{source.name} cannot be read at {where}; nothing was replayed")
        yield from chunk.batch.dicts()


def _number(value: Any, at: int) -> int:
    try:
        return int(str(value).replace(",", "").removesuffix(".0"))
    except ValueError:
        raise InputError(f"row {at} has no whole number in {ID}; nothing was replayed") from None


def _said(value: Any) -> Any:
    return unescape_formula(value).strip() if isinstance(value, str) else value
