"""Change customers: every update is one more record, from a trusted channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Any

from attrs import field, frozen

from customerkit.errors import ConflictError, ValidationError
from customerkit.model.batch import Row, integer
from customerkit.model.customer import customer_number
from customerkit.model.profile import fields
from customerkit.model.tables import CUSTOMERS, MEMBERS, RECORDS
from customerkit.model.values import as_text
from customerkit.rules.derive import Deriver, Settled
from customerkit.store.protocol import Cond, Read
from customerkit.store.unit import RunWriter


class Cleared:
    """Mark a field that is emptied on purpose; a blank never overwrites, this does."""

    def __repr__(self) -> str:
        return "CLEARED"


CLEARED = Cleared()
_SAYABLE = (str, int, float, Decimal, date, Cleared, NoneType)


@frozen
class Edit:
    """Say what changes about one customer.

    Args:
        customer: Its number (a reference before it is resolved), or None for a new customer.
        values: Field → new value; None and blank say nothing, CLEARED empties.
        expected: The version the change is based on, where that matters.
        external_id: The channel's own key, for a new customer.
    """

    customer: int | str | tuple[str, str] | None
    values: Mapping[str, Any] = field(factory=dict)
    expected: int | None = None
    external_id: str | None = None


def check(edits: Sequence[Edit]) -> None:
    """Check the fields and values of all edits.

    Raises:
        ValidationError: Every problem of every edit.
    """
    problems = [
        problem for at, edit in enumerate(edits, 1) for problem in _problems(edit, at, len(edits))
    ]
    if problems:
        raise ValidationError(f"the update has {len(problems)} problems", problems)


def reads(edits: Sequence[Edit]) -> list[Read]:
    """Return what the update of one customer by its id reads first."""
    reference = edits[0].customer if len(edits) == 1 else None
    number = customer_number(reference) if isinstance(reference, str) else None
    if number is None:
        return []
    mine = [Cond("customer_id", "eq", number)]
    members = Read(MEMBERS, where=mine, columns=["record_id"])
    return [Read(CUSTOMERS, number), members, Read(RECORDS, number)]


def _problems(edit: Edit, at: int, count: int) -> list[str]:
    where = f" @ row {at}" if count > 1 else ""
    known = fields()
    found = [
        f"unknown field {name!r:.40}{where}; known: {', '.join(known)}"
        for name in edit.values
        if name not in known
    ]
    found += [
        f"{name} must be text, a number or a date, not {type(value).__name__}{where}"
        for name, value in edit.values.items()
        if name in known and not isinstance(value, _SAYABLE)
    ]
    if not found and edit.customer is None and not (_said(edit) or edit.external_id):
        found.append(f"a new customer needs at least one value{where}")
    return found


def _said(edit: Edit) -> dict[str, str]:
    return {
        name: text
        for name, value in edit.values.items()
        if not isinstance(value, Cleared) and (text := (as_text(value) or "").strip())
    }


def apply(deriver: Deriver, writer: RunWriter, edits: Sequence[Edit]) -> Settled:
    """Write edits as records and derive the customers they touch.

    Args:
        deriver: The derivation under the rules in force.
        writer: The run.
        edits: Checked edits; customers exist.

    Returns:
        What changed.

    Raises:
        ConflictError: A customer is not at the expected version.
    """
    _check_versions(writer, edits)
    writer.run.cleaned_by = writer.run_id  # nothing of it waits for a clean run
    first = writer.take_records(len(edits))
    rows = [_record(edit, first + at, at + 1, writer.run_id) for at, edit in enumerate(edits)]
    deriver.know(writer.run)
    if _may_join(deriver, rows):
        writer.backend.put(RECORDS, rows)
        numbers = [integer(row["record_id"]) for row in rows]
        return deriver.write(writer, deriver.compute(numbers, [writer.run_id]))
    customers = {integer(row["about"] or row["record_id"]) for row in rows}
    golden = deriver.refreshed(sorted(customers), rows)
    writer.backend.put(RECORDS, rows)  # all is read before: a server gets the writes as one
    writer.backend.put(MEMBERS, [_membership(row) for row in rows if row["about"] is not None])
    changed = writer.put_customers(golden)
    created = [integer(row["customer_id"]) for row in changed if row["version"] == 1]
    old = [integer(row["customer_id"]) for row in changed if row["version"] != 1]
    return Settled(created=created, changed=old)


def _may_join(deriver: Deriver, rows: Sequence[Row]) -> bool:
    """Say whether any edit states or empties what decides who belongs to whom."""
    telling = deriver.ruleset.telling
    return any(
        name in telling and value is not None
        for row in rows
        for name, value in (*row.items(), *_emptied(row))
    )


def _emptied(row: Row) -> list[tuple[str, bool]]:
    return [(name, True) for name in str(row["cleared"] or "").split(",")]


def _check_versions(writer: RunWriter, edits: Sequence[Edit]) -> None:
    based = [edit for edit in edits if edit.expected is not None]
    stored = writer.backend.get(CUSTOMERS, [integer(edit.customer) for edit in based])
    for edit, row in zip(based, stored, strict=True):
        found = integer(row["version"]) if row else 0
        if found != edit.expected:
            raise ConflictError(
                f"customer c-{edit.customer} is at version {found}, not {edit.expected}; "
                "read it again and repeat the update",
                expected=edit.expected,
                found=found,
                yours=dict(edit.values),
                theirs=row,
            )


def _record(edit: Edit, number: int, position: int, run_id: int) -> Row:
    said = _said(edit)
    cleared = sorted(name for name, value in edit.values.items() if isinstance(value, Cleared))
    return {
        **said,
        "record_id": number,
        "run_id": run_id,
        "position": position,
        "external_id": edit.external_id,
        "about": None if edit.customer is None else integer(edit.customer),
        "cleared": ",".join(cleared) or None,
    }


def _membership(row: Row) -> Row:
    return {
        "record_id": row["record_id"],
        "customer_id": row["about"],
        "run_id": row["run_id"],
    }
