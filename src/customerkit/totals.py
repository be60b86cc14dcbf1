"""Sum what channels report of each customer's purchases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from importlib.util import find_spec
from typing import Any

from customerkit.engine.arrow import arrow_type
from customerkit.engine.frames import Frame
from customerkit.model.batch import Batch
from customerkit.model.customer import CUSTOMER_PREFIX, customer_id
from customerkit.model.table import ColumnType, Table
from customerkit.model.tables import CUSTOMERS, RECORDS
from customerkit.roles.money import to_minor
from customerkit.store.protocol import Backend, Cond

_ACTIVE = (Cond("status", "eq", "active"),)
_READ = ("customer_id", "purchase_count", "purchase_amount")
_COLUMNS: dict[str, ColumnType] = {
    "customer": "text",
    "external_id": "text",
    "purchase_count": "integer",
    "purchase_amount": "integer",
}


def totals(backend: Backend) -> Frame:
    """Return the reported purchase count and amount of each active customer.

    Args:
        backend: The store.

    Returns:
        customer, external_id (of its oldest record), purchase_count, and
        purchase_amount in minor units; None where nothing is reported.
    """
    batches = _batches(backend) if find_spec("pyarrow") is None else _whole(backend)
    return Frame.of(batches, _COLUMNS, {"purchase_amount": "money"})


def _whole(backend: Backend) -> Iterator[Batch]:
    """Yield everything as one batch of Arrow columns, which takes half the time of rows."""
    import pyarrow as pa
    import pyarrow.compute as pc

    records = _arrow(backend.scan(RECORDS, columns=("record_id", "external_id")), RECORDS)
    found = _arrow(backend.scan(CUSTOMERS, _ACTIVE, columns=_READ), CUSTOMERS)
    if not found or not records:
        return
    numbers = found["customer_id"]
    places = pc.index_in(numbers, records["record_id"])
    columns = {
        "customer": pc.binary_join_element_wise(CUSTOMER_PREFIX, numbers.cast(pa.string()), ""),
        "external_id": records["external_id"].take(places),
        "purchase_count": _mapped(found["purchase_count"], _count),
        "purchase_amount": _mapped(found["purchase_amount"], _minor),
    }
    yield Batch.from_columns(columns, len(numbers))


def _arrow(batches: Iterable[Batch], table: Table) -> dict[str, Any]:
    import pyarrow as pa

    chunks: dict[str, list[Any]] = {}
    for batch in batches:
        for name in batch.names:
            kind = arrow_type(table.check(name).type)
            chunks.setdefault(name, []).append(batch.arrow_column(name, kind))
    return {name: pa.chunked_array(parts).combine_chunks() for name, parts in chunks.items()}


def _mapped(column: Any, function: Callable[[str], int | None]) -> Any:
    import pyarrow as pa

    encoded = column.dictionary_encode()
    answers = list(map(function, encoded.dictionary.to_pylist()))
    return pa.array(answers, pa.int64()).take(encoded.indices)


def _batches(backend: Backend) -> Iterator[Batch]:
    external_ids = _Merged(backend.scan(RECORDS, columns=("record_id", "external_id")))
    count, minor = _Once(_count), _Once(_minor)
    for batch in backend.scan(CUSTOMERS, _ACTIVE, columns=_READ):
        numbers: Sequence[Any] = batch.column("customer_id")
        yield Batch.from_columns(
            {
                "customer": list(map(customer_id, numbers)),
                "external_id": external_ids.of(numbers),
                "purchase_count": count.all(batch.column("purchase_count")),
                "purchase_amount": minor.all(batch.column("purchase_amount")),
            },
            len(batch),
        )


class _Merged:
    """Look values up in a second scan of the same ascending key, read once beside the first."""

    def __init__(self, pairs: Iterable[Batch]) -> None:
        self._batches = iter(pairs)
        self._known: dict[Any, Any] = {}
        self._last: Any = 0

    def of(self, keys: Sequence[Any]) -> list[Any]:
        """Return the values of keys that are greater than all asked for before."""
        found = self._known
        while self._last < keys[-1] and (batch := next(self._batches, None)) is not None:
            rows: Any = batch.rows(("record_id", "external_id"))
            self._known = dict(rows)
            found |= self._known
            self._last = next(reversed(self._known))
        return list(map(found.get, keys))


class _Once:
    """Apply a pure function, once for each distinct value of all batches."""

    def __init__(self, function: Callable[[Any], int | None]) -> None:
        self._function = function
        self._answers: dict[Any, int | None] = {}

    def all(self, values: Sequence[Any]) -> list[int | None]:
        """Return the answers for a column."""
        answers, function = self._answers, self._function
        for value in set(values).difference(answers):
            answers[value] = function(value)
        return list(map(answers.__getitem__, values))


def _count(value: str | None) -> int | None:
    if value is None:
        return None
    try:
        return int(value) if value.isascii() and value.isdigit() else int(Decimal(value))
    except (InvalidOperation, ValueError, OverflowError):
        return None


def _minor(value: str | None) -> int | None:
    found = to_minor(value, None) if value is not None else None
    return None if found is None else found[0]
