"""Read all rows of a source as columns, one value a row, for what works without a base."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from customerkit.collect.formats import Source, Trouble
from customerkit.collect.joining import plain
from customerkit.collect.records import Layout
from customerkit.model.batch import Batch


def whole(
    source: Source, targets: Mapping[str, str], wanted: Callable[[str], bool]
) -> tuple[dict[str, Any], int, list[str]]:
    """Return the columns of a source by field.

    Args:
        source: What is read.
        targets: Source column → field.
        wanted: Says which customer fields are kept.

    Returns:
        Field → texts or None, or Arrow arrays; how many rows there are, those that
        could not be read included, which are blank; and what a person should know.
    """
    layout = Layout.of(targets, source.columns)
    chunks: list[tuple[Batch, Sequence[int]]] = []
    troubles: list[Trouble] = []
    for chunk in source.chunks():
        said = Batch.from_columns(layout.record_columns(chunk.batch), len(chunk.batch))
        chunks.append((said, chunk.positions))
        troubles += chunk.troubles
    positions = [at for _, some in chunks for at in some] if troubles else []
    count = sum(len(said) for said, _ in chunks) + len(troubles)
    names = filter(wanted, layout.fields)
    columns = {name: _joined([said.raw(name) for said, _ in chunks]) for name in names}
    if troubles:
        count = max(count, *positions, *(trouble.position for trouble in troubles))
        columns = {name: _placed(column, positions, count) for name, column in columns.items()}
    return columns, count, [*source.notes, *_unread(troubles)]


def _joined(parts: Sequence[Any]) -> Any:
    """Return the parts of a column as one, chunks of Arrow where all of them are."""
    if len(parts) == 1:
        return parts[0]
    if all(hasattr(part, "dictionary_encode") for part in parts):
        import pyarrow as pa

        return pa.chunked_array(parts)
    return [value for part in parts for value in plain(part)]


def _placed(column: Any, rows: Sequence[int], count: int) -> list[Any]:
    """Return a column in which rows that could not be read are blank."""
    found: list[Any] = [None] * count
    for at, value in zip(rows, plain(column), strict=True):
        found[at - 1] = value
    return found


def _unread(troubles: Sequence[Trouble]) -> list[str]:
    if not troubles:
        return []
    codes = ", ".join(sorted({trouble.code for trouble in troubles}))
    what = "a row" if len(troubles) == 1 else f"{len(troubles):,} rows"
    return [f"{what} could not be read ({codes}) and counts as blank"]
