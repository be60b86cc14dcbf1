"""Erase a person: every row that speaks of them, physically, for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from customerkit.model.batch import Row
from customerkit.model.table import Table
from customerkit.model.tables import (
    ACTIVITIES,
    CUSTOMERS,
    FILLS,
    HISTORY,
    KEYS,
    MEMBERS,
    QUARANTINE,
    RECORDS,
)
from customerkit.rules.derive import Deriver
from customerkit.store.protocol import Backend, Cond
from customerkit.store.suppress import Suppression
from customerkit.store.unit import RunWriter

_TELLING = ("email", "email_2", "email_3", "phone", "phone_2", "phone_3", "national_id", "tax_id")
_SHORTEST = 5  # shorter values stand in too many rows by chance


def erase(deriver: Deriver, writer: RunWriter, suppression: Suppression, number: int) -> int:
    """Remove a customer and all its records, and remember not to collect them again.

    Args:
        deriver: The derivation under the rules in force.
        writer: The run.
        suppression: Remembers keyed digests of the identifiers.
        number: The customer.

    Returns:
        How many rows were removed.
    """
    backend = writer.backend
    records = deriver.members(number)
    raws = [row for row in backend.get(RECORDS, records) if row is not None]
    cleaned = list(deriver.load(records).values())
    spaces = [deriver.origin(row).space for row in (*raws, *cleaned)]
    suppression.add(writer, zip((*raws, *cleaned), spaces, strict=True))
    former = _keys(backend, CUSTOMERS, [Cond("redirect", "eq", number)])
    customers = [number, *(key for key in former if isinstance(key, int))]
    removed = sum(
        backend.purge(table, _keys(backend, table, where))
        for table, where in _rows_of(records, customers)
    )
    removed += backend.purge(QUARANTINE, _quarantined(backend, [*raws, *cleaned]))
    tombstone: Row = {"customer_id": number, "status": "erased"}
    tombstone |= {"version": 1, "run_id": writer.run_id}
    backend.put(CUSTOMERS, [tombstone])
    writer.details["removed"] = removed
    return removed


def _rows_of(
    records: Sequence[int], customers: Sequence[int]
) -> Iterable[tuple[Table, list[Cond]]]:
    of_records = [Cond("record_id", "in", list(records))]
    of_customers = [Cond("customer_id", "in", list(customers))]
    for table in ACTIVITIES.values():
        yield table, [Cond("party", "in", list(records))]
    for table in (KEYS, FILLS, MEMBERS, RECORDS):
        yield table, of_records
    yield HISTORY, of_customers
    yield CUSTOMERS, of_customers


def _keys(backend: Backend, table: Table, where: Sequence[Cond]) -> list[Any]:
    rows = [
        row
        for batch in backend.scan(table, where, columns=table.key)
        for row in batch.rows(table.key)
    ]
    return [row[0] if len(table.key) == 1 else tuple(row) for row in rows]


def _quarantined(backend: Backend, rows: Iterable[Row]) -> list[Any]:
    said = {str(row[name]) for row in rows for name in _TELLING if row.get(name)}
    said |= {str(row["external_id"]) for row in rows if row.get("external_id")}
    telling = [value for value in said if len(value) >= _SHORTEST]
    found = []
    for batch in backend.scan(QUARANTINE, columns=["quarantine_id", "raw"]):
        for number, raw in batch.rows(["quarantine_id", "raw"]):
            if any(value in str(raw) for value in telling):
                found.append(number)
    return found
