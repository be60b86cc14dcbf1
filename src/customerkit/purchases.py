"""Analyse purchase lines that are in no base: frames, files and iterables."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from customerkit.analyze.arrow_lines import arrow_lines
from customerkit.analyze.lines import Lines, plain_lines
from customerkit.analyze.rfm import rfm_of
from customerkit.collect.formats import open_source
from customerkit.collect.formats.objects import mapping
from customerkit.engine.pick import pick_engine
from customerkit.errors import InputError, MappingError, MissingExtraError, SourceError

if TYPE_CHECKING:
    from customerkit.engine.frames import Frame

_PARQUET = {".parquet", ".pq"}


def rfm(
    purchases: Any,
    *,
    as_of: int | None = None,
    customer: str = "customer",
    time: str = "time",
    amount: str = "amount",
    purchase: str | None = None,
    currency: str | None = None,
    engine: Any = None,
) -> Frame:
    """Return recency, frequency and monetary value of each customer of purchase lines.

    Args:
        purchases: A frame (pandas, anything with ``__arrow_c_stream__``), a CSV,
            Parquet or other file, or an iterable of dicts; one row a purchase line.
            A line without a customer is left out. A line without a time counts, but
            not for recency; one without an amount counts as a purchase. What was
            given back counts as a line, and its negative amount is deducted.
        as_of: Epoch milliseconds recency is counted to; the last line by default.
            Later lines are left out.
        customer: The column that says who: text or whole numbers.
        time: The column that says when: times, dates, text, or integers of epoch
            milliseconds.
        amount: The column that says how much. Integers are minor units (pence) and
            stay as they are; all else is main units (pounds) and becomes minor
            units line by line, rounded half to even.
        purchase: The column that numbers whole purchases; then frequency counts
            distinct purchases, else it counts lines.
        currency: ISO code of the amounts: how many decimals they have and how they
            are shown. Two decimals where it is not given.
        engine: ``duckdb``, ``sqlite``, ``spark`` or a ``SparkSession``; by default the
            fastest that is installed, never Spark.

    Returns:
        One row a customer with customer, recency (whole days), frequency,
        monetary (minor units), first, last (epoch milliseconds), and the scores r,
        f and m from 1 to 5, 5 the best. A score is 1 and a point for each whole
        fifth of the customers who do worse. So customers of equal value get the
        same score, and scores need not be equally many. Who has no value scores 1.

    Raises:
        MappingError: A column is not there.
        InputError: A value cannot be read, or there are several currencies.
        LimitError: A sum is beyond 64 bits.

    Example:
        >>> lines = [
        ...     {"customer": "Ann", "time": "2024-03-01", "amount": "12.50"},
        ...     {"customer": "Ann", "time": "2024-03-09", "amount": "7.50"},
        ...     {"customer": "Bo", "time": "2024-02-28", "amount": "5"},
        ... ]
        >>> frame = rfm(lines, currency="GBP")
        >>> [(row["customer"], row["recency"], row["monetary"]) for row in frame.rows()]
        [('Ann', 0, 2000), ('Bo', 10, 500)]
    """
    names = {"customer": customer, "moment": time, "amount": amount}
    if purchase is not None:
        names["purchase"] = purchase
    lines = _lines(purchases, names, currency)
    worker = pick_engine(engine)
    try:
        return rfm_of(worker, lines, as_of=as_of, distinct=purchase is not None, currency=currency)
    finally:
        worker.close()


def _lines(source: Any, names: Mapping[str, str], currency: str | None) -> Lines:
    if isinstance(source, str | os.PathLike):
        if Path(source).suffix.lower() in _PARQUET:
            return arrow_lines(_parquet(Path(source), names), names, currency)
        return plain_lines(_text_columns(source, names), names, currency)
    if hasattr(source, "__arrow_c_stream__") or hasattr(source, "to_dict"):
        return _frame_lines(source, names, currency)
    if isinstance(source, Mapping) or not isinstance(source, Iterable):
        raise SourceError(f"a {type(source).__name__} holds no lines; give a frame, file or rows")
    rows = list(map(mapping, source))
    present = {name for row in rows[:1000] for name in row}
    if rows:
        _check(names, present)
    columns = {name: [row.get(name) for row in rows] for name in names.values()}
    return plain_lines(columns, names, currency)


def _frame_lines(source: Any, names: Mapping[str, str], currency: str | None) -> Lines:
    pandas = hasattr(source, "to_dict") and hasattr(source, "iloc")
    if pandas:
        _check(names, set(source.columns))
    try:
        import pyarrow as pa
    except ImportError:
        if not pandas:
            raise MissingExtraError.of("pyarrow", "fast") from None
        return plain_lines({n: source[n].tolist() for n in names.values()}, names, currency)
    if pandas:
        wanted = dict.fromkeys(names.values())
        table = pa.table({n: pa.array(source[n], from_pandas=True) for n in wanted})
    else:
        table = pa.table(source)
        _check(names, set(table.column_names))
    return arrow_lines(table, names, currency)


def _parquet(path: Path, names: Mapping[str, str]) -> Any:
    source = open_parquet_columns(path)
    _check(names, set(source.schema_arrow.names))
    return source.read(columns=list(dict.fromkeys(names.values())))


def open_parquet_columns(path: Path) -> Any:
    """Open a Parquet file without reading its rows.

    Raises:
        MissingExtraError: pyarrow is not installed.
        SourceError: It is not there, or no Parquet file.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError.of("pyarrow", "fast") from None
    try:
        return pq.ParquetFile(path)
    except FileNotFoundError:
        raise SourceError(f"there is no file {path.name}; check the path") from None
    except (pa.ArrowInvalid, OSError) as error:
        raise SourceError(f"{path.name} is no Parquet file that can be read") from error


def _text_columns(path: str | os.PathLike[str], names: Mapping[str, str]) -> dict[str, list[Any]]:
    source = open_source(path)
    _check(names, set(source.columns))
    columns: dict[str, list[Any]] = {name: [] for name in names.values()}
    for chunk in source.chunks():
        if chunk.troubles:
            first = chunk.troubles[0]
            raise InputError(
                f"row {first.position} cannot be read ({first.code}); fix the file, or collect"
                " it into a base, which keeps such rows apart",
                position=first.position,
                code=first.code,
            )
        for name, column in columns.items():
            column.extend(chunk.batch.column(name))
    return columns


def _check(names: Mapping[str, str], present: set[Any]) -> None:
    missing = [name for name in names.values() if name not in present]
    if missing:
        raise MappingError(
            f"there is no column {', '.join(missing)}; say which columns to read, such as"
            " rfm(frame, customer='CustomerID', time='InvoiceDate', amount='Total')",
            columns=sorted(map(str, present)),
            missing=missing,
        )
