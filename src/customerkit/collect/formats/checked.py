"""Turn rows of text into a chunk, and set aside those no store could keep."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from customerkit.collect.formats.records import visible
from customerkit.collect.formats.source import Chunk, Trouble
from customerkit.model.batch import Batch

Texts = Sequence[str | None]


def checked(
    columns: Sequence[str],
    rows: Sequence[Texts],
    positions: Sequence[int],
    lines: Sequence[int] = (),
    *,
    cell: int,
) -> Chunk:
    r"""Return rows as a chunk; troubles are those with NUL, broken or huge text.

    Args:
        columns: Names.
        rows: Cells, None where blank.
        positions: The data row of each.
        lines: The line of each, where there are lines.
        cell: The longest cell allowed.

    Example:
        >>> found = checked(["a"], [["x"], ["\0"]], [1, 2], cell=9)
        >>> len(found.batch), found.troubles[0].code
        (1, 'row.nul')
    """
    if not _code(_cells(rows), cell):
        return Chunk(Batch.from_rows(columns, rows), positions, [], lambda: lines)
    codes = [_code(row, cell) for row in rows]
    kept = [at for at, code in enumerate(codes) if not code]
    troubles = [
        Trouble.of(code, positions[at], lines[at] if lines else None, _raw(columns, rows[at], cell))
        for at, code in enumerate(codes)
        if code
    ]
    return Chunk(
        Batch.from_rows(columns, [rows[at] for at in kept]),
        [positions[at] for at in kept],
        troubles,
        lambda: [lines[at] for at in kept] if lines else (),
    )


def _cells(rows: Iterable[Texts]) -> list[str | None]:
    return [value for row in rows for value in row]


def _code(cells: Texts, cell: int) -> str:
    """Return what is wrong with cells, or nothing."""
    said = [value for value in cells if value]
    text = "".join(said)
    if "\0" in text:
        return "row.nul"
    if not text.isascii() and not _is_text(text):
        return "row.encoding"
    return "cell.too_long" if len(text) > cell and max(map(len, said)) > cell else ""


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _raw(columns: Sequence[str], row: Texts, cell: int) -> str:
    said = {name: visible(value[:cell]) for name, value in zip(columns, row, strict=True) if value}
    return json.dumps(said, ensure_ascii=False)
