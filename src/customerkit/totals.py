"""Sum what channels report of each customer's purchases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from customerkit.engine.frames import Frame
from customerkit.model.batch import Batch
from customerkit.model.customer import customer_id
from customerkit.model.tables import CUSTOMERS, RECORDS
from customerkit.roles.money import to_minor
from customerkit.store.protocol import Backend, Cond

_READ = ("customer_id", "purchase_count", "purchase_amount")
_NAMES = ("customer", "external_id", "purchase_count", "purchase_amount")


def totals(backend: Backend) -> Frame:
    """Return the reported purchase count and amount of each active customer.

    Args:
        backend: The store.

    Returns:
        customer, external_id (of its oldest record), purchase_count, and
        purchase_amount in minor units; None where nothing is reported.
    """
    return Frame.of(_batches(backend), _NAMES)


def _batches(backend: Backend) -> Iterator[Batch]:
    where = [Cond("status", "eq", "active")]
    for batch in backend.scan(CUSTOMERS, where, columns=_READ):
        numbers = [int(str(number)) for number in batch.column("customer_id")]
        yield Batch.from_columns(
            {
                "customer": [customer_id(number) for number in numbers],
                "external_id": _external_ids(backend, numbers),
                "purchase_count": batch.map("purchase_count", _count),
                "purchase_amount": batch.map("purchase_amount", _minor),
            },
            len(batch),
        )


def _external_ids(backend: Backend, numbers: Sequence[int]) -> list[Any]:
    names = ["record_id", "external_id"]
    where = [Cond("record_id", "in", numbers)]
    found = {
        record: external_id
        for batch in backend.scan(RECORDS, where, columns=names)
        for record, external_id in batch.rows()
    }
    return [found.get(number) for number in numbers]


def _count(value: str | None) -> int | None:
    if value is None:
        return None
    try:
        return int(Decimal(value))
    except InvalidOperation:
        return None


def _minor(value: str | None) -> int | None:
    found = to_minor(value, None) if value is not None else None
    return None if found is None else found[0]
