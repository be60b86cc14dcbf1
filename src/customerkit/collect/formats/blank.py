"""Tell cells that say nothing: empty or only white space."""

from __future__ import annotations

from collections.abc import Sequence

WHITESPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_ASCII = WHITESPACE.encode("ascii", "ignore").decode()


def none_if_blank(value: str | None) -> str | None:
    r"""Return the value, or None where it says nothing.

    Example:
        >>> none_if_blank(" \u3000 ") is None, none_if_blank(" a ")
        (True, ' a ')
    """
    return None if not value or value.isspace() else value


def may_hold_spaces(text: str, delimiter: str) -> bool:
    """Say whether a cell may start with white space; quick, never wrongly False.

    Args:
        text: Delimited lines.
        delimiter: Between cells.
    """
    candidates = _ASCII if text.isascii() else WHITESPACE
    starts = (delimiter, "\n", '"')
    if text[:1].isspace():
        return True
    return any(
        start + space in text
        for space in candidates
        if space not in "\r\n" and space != delimiter and space in text
        for start in starts
    ) or ('"' in text and ('"\r' in text.replace('"\r\n', "") or '"\n' in text))


def cleared(columns: Sequence[Sequence[str]], spaces: bool) -> list[Sequence[str | None]]:
    """Return columns with None for cells that say nothing.

    Args:
        columns: Cells.
        spaces: Whether cells of only white space may be among them.
    """
    if spaces:
        return [list(map(none_if_blank, column)) for column in columns]
    return [[value or None for value in column] if "" in column else column for column in columns]
