"""What happened to the base: runs, decisions, history, quarantine."""

from __future__ import annotations

from attrs import define, frozen


@define(kw_only=True)
class Run:
    """Log one atomic write.

    Args:
        run_id: Number of the run, in order.
        verb: collect, clean, update, delete, erase, undo or replay.
        recorded: When it was recorded, epoch milliseconds.
        actor: Who did it.
        reason: Why.
        channel: Who said what it brought (collect, update).
        source: Name of the file or kind of object, without its folder.
        digest: SHA-256 of the file, hexadecimal.
        observed: When the channel was read or exported, epoch milliseconds.
        first_record: First record number it brought.
        last_record: Last record number it brought.
        cleaned_by: The clean run that took its records in.
        undone_by: The run that undid it.
        details: JSON: mapping, hints, counts, ruleset, scope.
        changed: Numbers of the customers it changed, with blanks between; ``*`` for
            more than a thousand, which their own ``run_id`` tells. None for nobody.
    """

    run_id: int
    verb: str
    recorded: int
    actor: str | None = None
    reason: str | None = None
    channel: str | None = None
    source: str | None = None
    digest: str | None = None
    observed: int | None = None
    first_record: int | None = None
    last_record: int | None = None
    cleaned_by: int | None = None
    undone_by: int | None = None
    details: str | None = None
    changed: str | None = None


@define(kw_only=True)
class Quarantined:
    """Keep one row that could not be read, ready to be fixed and replayed.

    Args:
        quarantine_id: Number.
        run_id: The collect run.
        position: 1-based data row.
        line: Line of the file, 1-based, where known.
        kind: What the row was taken for, such as ``purchases``.
        code: Stable problem code, such as ``row.ragged``.
        message: One sentence without the value.
        raw: The original text.
        state: ``open``, ``replayed`` or ``dropped``.
    """

    quarantine_id: int
    run_id: int
    position: int
    line: int | None = None
    kind: str
    code: str
    message: str
    raw: str
    state: str = "open"


@define(kw_only=True)
class Decision:
    """Keep what a person decided; rules never overrule it.

    Args:
        decision_id: Number.
        run_id: The run that took it.
        kind: ``same``, ``different``, ``reject`` or ``delete``.
        left_id: A record number.
        right_id: The other record of a pair.
        field: The field a rejected change is about.
        rule: The rule whose change was rejected.
    """

    decision_id: int
    run_id: int
    kind: str
    left_id: int | None = None
    right_id: int | None = None
    field: str | None = None
    rule: str | None = None


@frozen
class Change:
    """Propose or report one change of one value.

    Args:
        customer: The customer, such as ``c-42``.
        record: The record it starts from.
        field: The field.
        old: Before.
        new: After.
        rule: The rule that proposes it.
        reason: Why, in words.
        probability: That a careful steward would agree; None where unknown.
    """

    customer: str | None
    record: int | None
    field: str
    old: str | None
    new: str | None
    rule: str
    reason: str
    probability: float | None = None

    def __repr__(self) -> str:
        where = self.customer or f"record {self.record}"
        return f"Change({where}.{self.field} by {self.rule}: {self.reason})"
