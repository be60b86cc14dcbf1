"""Set aside the last rows of a file that sum up the others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from customerkit.collect.formats.source import Chunk, Trouble
from customerkit.model.batch import Batch

_TOTAL = re.compile(
    r"((grand|sub|overall)[ -]?)?totals?|sum|summe|gesamt|suma|合计|总计|小计|总和|總計|合計",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?=.*\d)[^\W\d_]{0,3}[\d\s.,:%()€£$¥+-]*[^\W\d_]{0,3}")
_LAST = 3


def without_totals(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """Yield chunks; totals at the end of the last become troubles.

    Args:
        chunks: All of a file.
    """
    before: Chunk | None = None
    for chunk in chunks:
        if before is not None:
            yield before
        before = chunk
    if before is not None:
        yield _trimmed(before)


def is_total(row: Sequence[str | None]) -> bool:
    """Say whether a row sums up others: it says so, and nothing else but figures.

    Example:
        >>> is_total(["Total", None, "7.50"]), is_total(["Total Energies", "Paris"])
        (True, False)
    """
    said = [value.strip().rstrip(":：") for value in row if value]
    words = [value for value in said if not _FIGURE.fullmatch(value)]
    return len(words) == 1 and bool(_TOTAL.fullmatch(words[0])) and None in row


def _trimmed(chunk: Chunk) -> Chunk:
    length = len(chunk.batch)
    tail = range(length - 1, max(length - 1 - _LAST, -1), -1)
    rows = {at: _row(chunk.batch, at) for at in tail}
    totals = sorted(takewhile(lambda at: is_total(rows[at]), tail))
    if not totals:
        return chunk
    kept = length - len(totals)
    lines = chunk.lines()
    troubles = [
        Trouble.of(
            "row.total",
            chunk.positions[at],
            lines[at] if lines else None,
            json.dumps(dict(zip(chunk.batch.names, rows[at], strict=True)), ensure_ascii=False),
        )
        for at in totals
    ]
    batch = chunk.batch.where([at < kept for at in range(length)])
    return Chunk(batch, chunk.positions[:kept], [*chunk.troubles, *troubles], lambda: lines[:kept])


def _row(batch: Batch, at: int) -> list[str | None]:
    cells = [batch.raw(name)[at] for name in batch.names]
    return [cell.as_py() if hasattr(cell, "as_py") else cell for cell in cells]
