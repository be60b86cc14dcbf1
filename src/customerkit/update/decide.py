"""Keep what people decide: same, different, deleted."""

from __future__ import annotations

from customerkit.errors import InputError
from customerkit.model.batch import Row
from customerkit.model.tables import DECISIONS
from customerkit.rules.derive import Deriver, Settled
from customerkit.store.unit import RunWriter


def decide(
    deriver: Deriver, writer: RunWriter, kind: str, left: int, right: int | None = None
) -> Settled:
    """Write a decision and derive what depends on it.

    Args:
        deriver: The derivation under the rules in force.
        writer: The run.
        kind: ``same``, ``different`` or ``delete``.
        left: A record number; a customer's is that of its oldest record.
        right: The other record of a pair.

    Returns:
        What changed.

    Raises:
        InputError: A record cannot be the same as or different from itself.
    """
    if left == right:
        raise InputError("a decision about a pair needs two different records", record=left)
    row: Row = {
        "decision_id": writer.run_id * 1_000_000,
        "run_id": writer.run_id,
        "kind": kind,
        "left_id": left,
        "right_id": right,
    }
    writer.backend.put(DECISIONS, [row])
    return deriver.settle(writer, [left] if right is None else [left, right])
