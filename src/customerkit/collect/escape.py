"""Keep spreadsheets from running exported text as formulas, and undo it on the way in."""

from __future__ import annotations

import re
from collections.abc import Sequence

_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_HARMLESS = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?|\+[0-9]{6,15}")
_QUOTED_NUMBER = re.compile(r"'+\+?[0-9][0-9 ().+-]*")
_AS_TEXT = re.compile(r'="([^"]*)"')
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escape_formula(text: str) -> str:
    """Return text that a spreadsheet shows and does not run.

    Text that begins like a formula gets an apostrophe before it; plain signed
    numbers and E.164 phone numbers stay. :func:`unescape_formula` reverses it.

    Example:
        >>> escape_formula("=1+1"), escape_formula("-12.5"), escape_formula("+442079460000")
        ("'=1+1", '-12.5', '+442079460000')
    """
    start = text.lstrip("' \xa0\u3000\ufeff\x00")[:1]
    if start and start in _STARTS and not _HARMLESS.fullmatch(text):
        return "'" + text
    return "'" + text if is_guarded(text) else text


def unescape_formula(text: str) -> str:
    """Return the text that :func:`escape_formula` was given.

    Example:
        >>> unescape_formula("'=1+1"), unescape_formula("it's")
        ('=1+1', "it's")
    """
    return text[1:] if text[:1] == "'" and escape_formula(text[1:]) == text else text


def is_guarded(text: str) -> bool:
    """Say whether another program marked text for spreadsheets: ``'0123``, ``="0123"``."""
    return bool(_QUOTED_NUMBER.fullmatch(text) or _AS_TEXT.fullmatch(text))


def without_marks(column: Sequence[str]) -> Sequence[str]:
    """Return cells of a column without the marks of :func:`unguarded`."""
    text = "\n" + "\n".join(column)
    if "\n'" not in text and '\n="' not in text:
        return column
    return list(map(unguarded, column))


def unguarded(text: str) -> str:
    """Return a cell's text without the mark that keeps spreadsheets from changing it.

    Example:
        >>> unguarded("'+442079460000"), unguarded('="0123"'), unguarded("'=1+1"), unguarded("'s")
        ('+442079460000', '0123', '=1+1', "'s")
    """
    plain = unescape_formula(text)
    if plain != text:
        return plain
    quoted = _AS_TEXT.fullmatch(text)
    if quoted:
        return quoted[1]
    return text[1:] if _QUOTED_NUMBER.fullmatch(text) else text


def escape_controls(text: str) -> str:
    r"""Return text for a workbook, which writes the characters XML lacks as ``_x000B_``.

    Example:
        >>> escape_controls("a\rb"), unescape_controls(escape_controls("_x000D_"))
        ('a_x000D_b', '_x000D_')
    """
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescape_controls(text: str) -> str:
    r"""Return the text that :func:`escape_controls` was given."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
