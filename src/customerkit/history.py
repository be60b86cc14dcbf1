"""Tell what became of a customer, version by version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from customerkit.model.batch import Row, integer
from customerkit.model.profile import fields
from customerkit.model.tables import CUSTOMERS, HISTORY
from customerkit.store.protocol import Cond
from customerkit.store.unit import UnitOfWork


@frozen
class Version:
    """Describe one version of a customer.

    Args:
        version: Its number.
        run: The run that made it.
        verb: What that run did.
        recorded: When, epoch milliseconds.
        actor: Who did it.
        reason: Why.
        status: active, merged or deleted.
        changes: Field → value before and after, for what differs from the version before.
    """

    version: int
    run: int
    verb: str
    recorded: int
    actor: str | None
    reason: str | None
    status: str
    changes: Mapping[str, tuple[str | None, str | None]] = field(repr=False)


def history(unit: UnitOfWork, number: int) -> list[Version]:
    """Return the versions of a customer, oldest first.

    Args:
        unit: The store with its log.
        number: The customer's.

    Example:
        >>> import customerkit as ck
        >>> base = ck.open("memory:")
        >>> _ = base.update(email="jane@example.com")
        >>> _ = base.update("c-1", city="Leeds")
        >>> [(v.version, v.verb, sorted(v.changes)) for v in base.history("c-1")]
        [(1, 'update', ['email']), (2, 'update', ['city'])]
    """
    rows = _snapshots(unit, number)
    runs = {run.run_id: run for run in unit.runs({integer(row["run_id"]) for row in rows})}
    found = []
    before: Mapping[str, Any] = {}
    for row in rows:
        run = runs[integer(row["run_id"])]
        found.append(
            Version(
                integer(row["version"]),
                run.run_id,
                run.verb,
                run.recorded,
                run.actor,
                run.reason,
                str(row["status"]),
                _changes(before, row),
            )
        )
        before = row
    return found


def _snapshots(unit: UnitOfWork, number: int) -> list[Mapping[str, Any]]:
    where = [Cond("customer_id", "eq", number)]
    past = [row for batch in unit.backend.scan(HISTORY, where) for row in batch.dicts()]
    found: list[Mapping[str, Any]] = [json.loads(str(row["before"])) for row in past]
    now: Row | None = unit.backend.get(CUSTOMERS, [number])[0]
    return sorted([*found, *([now] if now else [])], key=lambda row: integer(row["run_id"]))


def _changes(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, tuple[str | None, str | None]]:
    pairs = {name: (before.get(name), after.get(name)) for name in fields()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
