"""Erase a person: every row that speaks of them, physically, for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from customerkit.model.batch import Row, integer
from customerkit.model.profile import IDENTIFYING, fields
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
from customerkit.privacy.fills import carried
from customerkit.rules.derive import Deriver
from customerkit.store.protocol import Backend, Cond
from customerkit.store.suppress import Suppression
from customerkit.store.unit import RunWriter, details, span

_TELLING = tuple(name for name, item in fields().items() if item.base in IDENTIFYING)
_MIXED = (*_TELLING, "full_name", "full_name_2", "street", "street_2")
_SHORTEST = 5  # shorter values stand in too many rows by chance


def erase(deriver: Deriver, writer: RunWriter, suppression: Suppression, customer: int) -> int:
    """Remove a customer and all its records, and remember not to collect them again.

    What waits to be cleaned and what was withdrawn goes too where it speaks of the
    same person. Kept are names of files, reasons that people wrote, and rulesets.

    Args:
        deriver: The derivation under the rules in force.
        writer: The run.
        suppression: Remembers keyed digests of the identifiers.
        customer: The customer.

    Returns:
        How many rows were removed.
    """
    backend = writer.backend
    own = deriver.members(customer)
    rows = _said(deriver, own)
    suppression.add(writer, [(row, deriver.origin(row).space) for row in rows])
    waiting = _waiting(deriver, suppression, set(own))
    rows += _said(deriver, waiting)
    records = [*own, *waiting]
    former = _keys(backend, CUSTOMERS, [Cond("redirect", "eq", customer)])
    filled = carried(backend, customer)
    affected = _sharing_keys(backend, records) | {record for record, _ in filled}
    removed = backend.purge(FILLS, filled)
    for table, where in _rows_of(records, [customer, *former]):
        removed += backend.purge(table, _keys(backend, table, where))
    deriver.settle(writer, sorted(affected))
    removed += backend.purge(QUARANTINE, _telling(backend, QUARANTINE, "raw", rows, _TELLING))
    removed += backend.purge(HISTORY, _telling(backend, HISTORY, "before", rows, _MIXED))
    removed += backend.purge(HISTORY, [(record, writer.run_id) for record, _ in filled])
    tombstone: Row = {"customer_id": customer, "status": "erased"}
    tombstone |= {"version": 1, "run_id": writer.run_id}
    backend.put(CUSTOMERS, [tombstone])
    writer.note([customer, *former])
    writer.details["removed"] = removed
    return removed


def _said(deriver: Deriver, records: Sequence[int]) -> list[Row]:
    """Return what records say, as given and as the rules read it."""
    raw = [row for row in deriver.backend.get(RECORDS, records) if row is not None]
    return [*raw, *deriver.load(records).values()]


def _waiting(deriver: Deriver, suppression: Suppression, own: set[int]) -> list[int]:
    """Return the records of the person that are in no customer: pending or withdrawn."""
    found = []
    for run in deriver.unit.runs():
        counts = run.undone_by is None and (run.cleaned_by is not None or run.verb == "update")
        if counts or run.first_record is None:
            continue
        for batch in deriver.backend.scan(RECORDS, span(run)):
            allowed = suppression.allows(batch, str(details(run).get("space", run.channel or "")))
            about = zip(batch.column("record_id"), batch.column("about"), allowed, strict=True)
            found += [
                integer(r) for r, a, fine in about if not fine or (a is not None and a in own)
            ]
    return [record for record in found if record not in own]


def _sharing_keys(backend: Backend, records: Sequence[int]) -> set[int]:
    """Return the other records with a key of these: without them it may say more."""
    shared = _keys(backend, KEYS, [Cond("record_id", "in", list(records))])
    where = [Cond("match_key", "in", sorted({key for key, _ in shared}))]
    return {record for _, record in _keys(backend, KEYS, where)}.difference(records)


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


def _telling(
    backend: Backend, table: Table, column: str, rows: Iterable[Row], names: Sequence[str]
) -> list[Any]:
    """Return the keys of rows of other tables whose text holds a value of the person."""
    said = {str(row[name]).casefold() for row in rows for name in (*names, "external_id")
            if row.get(name)}  # fmt: skip
    values = [value for value in said if len(value) >= _SHORTEST]
    found = []
    for batch in backend.scan(table, [Cond(column, "null", False)], columns=[*table.key, column]):
        for *key, text in batch.rows([*table.key, column]):
            folded = str(text).casefold()
            if any(value in folded for value in values):
                found.append(key[0] if len(key) == 1 else tuple(key))
    return found
