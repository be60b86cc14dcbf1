"""Keep spreadsheets from running exported text as formulas."""

from __future__ import annotations

import re

_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_HARMLESS = re.compile(r"[+-]?\d+([.,]\d+)?\Z|\+\d{6,15}\Z")


def escape_formula(text: str) -> str:
    """Return text that a spreadsheet shows and does not run.

    Text that begins like a formula gets an apostrophe before it; plain signed
    numbers and E.164 phone numbers stay. :func:`unescape_formula` reverses it.

    Example:
        >>> escape_formula("=1+1"), escape_formula("-12.5"), escape_formula("+442079460000")
        ("'=1+1", '-12.5', '+442079460000')
    """
    start = text.lstrip("' ")[:1]
    if start not in _STARTS or not start or _HARMLESS.match(text):
        return text
    return "'" + text


def unescape_formula(text: str) -> str:
    """Return the text that :func:`escape_formula` was given.

    Example:
        >>> unescape_formula("'=1+1"), unescape_formula("it's")
        ('=1+1', "it's")
    """
    return text[1:] if text[:1] == "'" and escape_formula(text[1:]) == text else text
