"""Keep what people decide: same, different, deleted."""

from __future__ import annotations

from customerkit.errors import InputError
from customerkit.model.batch import Row, integer
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
    first = writer.run_id * 1_000_000
    writer.backend.put(DECISIONS, [_decision(first, writer, kind, left, right)])
    if kind == "same" and right is not None:
        overruled = _overruled(deriver, left, right)
        rows = [
            _decision(first + at, writer, kind, one, other)
            for at, (one, other) in enumerate(overruled, 1)
        ]
        writer.backend.put(DECISIONS, rows)
    return deriver.settle(writer, [left] if right is None else [left, right])


def _decision(number: int, writer: RunWriter, kind: str, left: int, right: int | None) -> Row:
    return {
        "decision_id": number,
        "run_id": writer.run_id,
        "kind": kind,
        "left_id": left,
        "right_id": right,
    }


def _overruled(deriver: Deriver, left: int, right: int) -> list[tuple[int, int]]:
    """Return the pairs that were kept apart and that joining two customers joins."""
    ours, theirs = deriver.members(left), deriver.members(right)
    apart = deriver.decisions([*ours, *theirs])["different"]
    pairs = {frozenset((integer(row["left_id"]), integer(row["right_id"]))) for row in apart}
    return [(one, other) for one in ours for other in theirs if frozenset((one, other)) in pairs]
