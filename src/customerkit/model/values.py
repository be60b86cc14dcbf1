"""Write typed values as the text a file would hold."""

from __future__ import annotations

import json
import math
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any


def none_if_blank(value: str | None) -> str | None:
    r"""Return the value, or None where it says nothing.

    Example:
        >>> none_if_blank(" \u3000 ") is None, none_if_blank(" a ")
        (True, ' a ')
    """
    return None if not value or value.isspace() else value


def as_text(value: Any) -> str | None:  # noqa: PLR0911 - one line a type
    """Return a value as text, None where it says nothing.

    Whole floats lose their point, since that is where spreadsheets and frames
    with gaps put integers.

    Example:
        >>> as_text(17850.0), as_text(float("nan")), as_text(True), as_text([1, "a"])
        ('17850', None, 'true', '[1, "a"]')
    """
    if isinstance(value, Enum):
        return as_text(value.value)
    if value is None or isinstance(value, str):
        return none_if_blank(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, datetime | date | time):
        return None if str(value) == "NaT" else value.isoformat()
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str) if value else None
    if isinstance(value, Decimal):
        return None if value.is_nan() else f"{value:f}"
    return _other(value)


def _float(value: float) -> str | None:
    if math.isnan(value):
        return None
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)


def _other(value: Any) -> str | None:
    if isinstance(value, bytes | bytearray | memoryview):
        return none_if_blank(bytes(value).decode("utf-8", "backslashreplace"))
    if isinstance(value, set | frozenset):
        return as_text(sorted(map(str, value)))
    if hasattr(value, "tolist") and type(value).__name__ != "datetime64":
        return as_text(value.tolist())  # of numpy: an array, or a scalar of Python
    text = str(value)
    return None if text in ("NaT", "<NA>") else none_if_blank(text)
