"""Turn columns of purchase lines into what engines sum exactly: integers and ids."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from attrs import frozen

from customerkit.engine.protocol import Engine
from customerkit.errors import InputError
from customerkit.model.batch import Batch
from customerkit.model.table import ColumnType
from customerkit.roles import role
from customerkit.roles.money import minor_digits, to_minor
from customerkit.roles.time import to_millis

_ROWS = 65_536
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_MILLI = timedelta(milliseconds=1)


@frozen
class Lines:
    """Hold typed lines on their way into an engine.

    Args:
        columns: Column → type.
        table: Arrow data of these columns, where they came as Arrow.
        values: Plain columns, where they did not.
    """

    columns: Mapping[str, ColumnType]
    table: Any = None
    values: Mapping[str, Sequence[Any]] | None = None

    def into(self, engine: Engine, name: str) -> None:
        """Make a table of the lines in an engine."""
        if self.values is None:
            engine.attach(name, self.columns, self.table)
        else:
            engine.put(name, self.columns, _batches(self.values))


def _batches(values: Mapping[str, Sequence[Any]]) -> Iterable[Batch]:
    length = len(next(iter(values.values())))
    for start in range(0, length, _ROWS):
        part = {name: column[start : start + _ROWS] for name, column in values.items()}
        yield Batch.from_columns(part)


# ── one value ────────────────────────────────────────────────────────────────


def _is_missing(value: Any) -> bool:
    return value is None or bool(value != value)  # noqa: PLR0124 - NaN and NaT do


def millis(value: Any, hint: str | None = None) -> int | None:
    """Return a time as epoch milliseconds, rounded down; without a zone it is UTC.

    Raises:
        InputError: It is no time.

    Example:
        >>> millis(datetime(1969, 12, 31, 23, 59, 59)), millis("2010-12-01 08:26"), millis(5)
        (-1000, 1291191960000, 5)
    """
    if _is_missing(value):
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return ((value if value.tzinfo else value.replace(tzinfo=UTC)) - _ZERO) // _MILLI
    if isinstance(value, date):
        return (datetime(value.year, value.month, value.day, tzinfo=UTC) - _ZERO) // _MILLI
    found: int | None = _read("time", value, hint, to_millis)
    return found


def minor(
    value: Any,
    hint: str | None = None,
    *,
    currency: str | None = None,
    met: set[str] | None = None,
) -> int | None:
    """Return an amount in minor units: integers are that already, all else is main units.

    Args:
        value: The amount.
        hint: The decimal separator of the column.
        currency: Of the amounts, where it is known.
        met: Collects the currencies that amounts name themselves.

    Raises:
        InputError: It is no amount, or one of another currency than those before.

    Example:
        >>> minor(1250), minor(12.5), minor("12.50 EUR"), minor(Decimal("1.005"))
        (1250, 1250, 1250, 100)
    """
    if _is_missing(value):
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return round(value * 10.0 ** minor_digits(currency))
    text = f"{value:f}" if isinstance(value, Decimal) and value.is_finite() else value
    found: tuple[int, str | None] | None = _read(
        "money", text, hint, lambda standard: to_minor(standard, currency)
    )
    if found is None:
        return None
    if currency is not None and found[1] != currency:
        raise InputError(f"an amount is in another currency than {currency}; convert it first")
    if met is not None and found[1] is not None:
        met.add(found[1])
        if len(met) > 1:
            raise InputError("the amounts are in several currencies; take one, or convert them")
    return found[0]


def _read(kind: str, value: Any, hint: str | None, convert: Callable[[str], Any]) -> Any:
    if not isinstance(value, str):
        raise InputError(f"a {type(value).__name__} is no {kind}", kind=kind)
    standard = role(kind).standardise(value, hint)
    if standard.value is None:
        return None
    found = None if standard.valid is False else convert(standard.value)
    if found is None:
        code = standard.code or f"{kind}.unreadable"
        raise InputError(
            f"a {kind} cannot be read ({code}); correct it, or give the column as typed values",
            code=code,
        )
    return found


def hint_of(kind: str, values: Iterable[Any]) -> str | None:
    """Return what the texts of a column say about how it is written."""
    texts = [value for value in values if isinstance(value, str)]
    return role(kind).resolve(role(kind).observe(texts)) if texts else None


# ── plain columns ────────────────────────────────────────────────────────────


def plain_lines(
    columns: Mapping[str, Sequence[Any]], names: Mapping[str, str], currency: str | None
) -> Lines:
    """Return lines from columns of plain values.

    Args:
        columns: Given name → values.
        names: ``customer``, ``moment``, ``amount``, ``purchase`` → given name.
        currency: Of the amounts.
    """
    values: dict[str, Sequence[Any]] = {}
    types: dict[str, ColumnType] = {"moment": "integer", "amount": "integer"}
    functions: dict[str, tuple[str, Callable[..., Any]]] = {
        "moment": ("time", millis),
        "amount": ("money", partial(minor, currency=currency, met=set())),
    }
    for name, given in names.items():
        column = columns[given]
        if name in functions:
            kind, function = functions[name]
            values[name] = _once(column, function, hint_of(kind, set(column)))
        else:
            types[name], values[name] = _ids(column)
    return Lines(types, values=values)


def _once(column: Sequence[Any], function: Callable[..., Any], hint: str | None) -> list[Any]:
    answers = {(type(value), value): None for value in column}
    for key in answers:
        answers[key] = function(key[1], hint)
    return [answers[type(value), value] for value in column]


def _ids(column: Sequence[Any]) -> tuple[ColumnType, list[Any]]:
    """Return ids as integers where all are whole numbers, else as text."""
    plain = [None if _is_missing(value) else value for value in column]
    kinds = {type(value) for value in plain if value is not None}
    if kinds and all(issubclass(kind, int | float) for kind in kinds):
        return "integer", [None if value is None else _whole(value) for value in plain]
    return "text", [None if value is None else _id_text(value) for value in plain]


def _whole(value: float) -> int:
    if value != int(value):
        raise InputError("an id is no whole number; give ids as text")
    return int(value)


def _id_text(value: Any) -> str:
    return str(_whole(value)) if isinstance(value, float) else str(value)
