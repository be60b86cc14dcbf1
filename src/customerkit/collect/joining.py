"""Make one column of several: of the parts of a value, or of those that fill each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from customerkit.collect.formats.arrow_csv import blank_to_null
from customerkit.roles.missing import is_missing

_LONG = 40  # letters from which a text says something


def joined(columns: Sequence[Sequence[Any]]) -> Sequence[str | None]:
    """Return for each row the parts of a value, a blank between them.

    A part that says nothing, as *N/A* in the second line of a street, is left out.

    Args:
        columns: The parts.
    """
    if len(columns) == 1:
        return columns[0]
    if all(map(_is_arrow, columns)):
        import pyarrow.compute as pc

        columns = [_without_missing(column) for column in columns]
        # without a first text, rows of nothing but null would be left out
        found = pc.binary_join_element_wise("", *columns, " ", null_handling="skip")
        found = pc.utf8_slice_codeunits(found, len(" "))
        return cast("Sequence[str | None]", blank_to_null(found))
    rows = zip(*map(plain, columns), strict=True)
    return [" ".join(str(part) for part in parts if _says(part)) or None for parts in rows]


def _says(part: Any) -> bool:
    return bool(part) and not (isinstance(part, str) and is_missing(part))


def _without_missing(column: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    short = pc.unique(column.filter(pc.less(pc.utf8_length(column), _LONG))).to_pylist()
    nulls = [text for text in short if text and is_missing(text)]
    if not nulls:
        return column
    missing = pc.is_in(column, value_set=pa.array(nulls, column.type))
    return pc.if_else(missing, pa.scalar(None, column.type), column)


def first_of(columns: Sequence[Sequence[Any]]) -> Sequence[str | None]:
    """Return for each row the first value that is not blank."""
    if len(columns) == 1:
        return columns[0]
    if all(map(_is_arrow, columns)):
        import pyarrow.compute as pc

        return cast("Sequence[str | None]", pc.coalesce(*columns))
    rows = zip(*map(plain, columns), strict=True)
    return [next((value for value in values if value), None) for values in rows]


def _is_arrow(column: Any) -> bool:
    """Say whether a column is of Arrow and of text, where nothing is null and not blank."""
    return hasattr(column, "type") and str(column.type) == "string"


def plain(column: Sequence[Any]) -> Sequence[Any]:
    """Return a column as Python values, also one of Arrow."""
    found: Sequence[Any] = column.to_pylist() if hasattr(column, "to_pylist") else column
    return found
