"""Tell cells that say nothing: empty or only white space."""

from __future__ import annotations

from collections.abc import Sequence

from customerkit.model.values import none_if_blank

WHITESPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_ASCII = WHITESPACE.encode("ascii", "ignore").decode()


def may_hold_spaces(text: str, delimiter: str) -> bool:
    """Say whether a cell may start with white space; quick, never wrongly False.

    Args:
        text: Delimited lines.
        delimiter: Between cells.
    """
    candidates = [
        space
        for space in (_ASCII if text.isascii() else WHITESPACE)
        if space not in "\r\n" and space != delimiter and space in text
    ]
    starts = (delimiter, "\n", '"')
    opened = ('"\r', '"\n')  # a cell in quotes that starts with a line end
    return (
        text[:1].isspace()
        or text.startswith(opened)
        or any(start + space in text for space in candidates for start in starts)
        or any(start + end in text for start in (delimiter, "\n") for end in opened)
    )


def cleared(columns: Sequence[Sequence[str]], spaces: bool) -> list[Sequence[str | None]]:
    """Return columns with None for cells that say nothing.

    Args:
        columns: Cells.
        spaces: Whether cells of only white space may be among them.
    """
    if spaces:
        return [list(map(none_if_blank, column)) for column in columns]
    return [[value or None for value in column] if "" in column else column for column in columns]
