"""Bring a base to what its records, rules and decisions give, the cheaper of two ways.

What is affected is derived record by record; where that is a good part of the
base, everything is derived by column and only what differs is written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from customerkit.clean.bulk import Bulk
from customerkit.clean.fill import Filler
from customerkit.engine.pick import pick_engine
from customerkit.model.batch import Batch, Row, integer
from customerkit.model.customer import redirect
from customerkit.model.log import Run
from customerkit.model.tables import CUSTOMERS, FILLS, KEYS, MEMBERS
from customerkit.rules.derive import Deriver, Settled
from customerkit.store.recent import Recent
from customerkit.store.unit import RunWriter, UnitOfWork

FEW = 2_000
"""Below so many affected records the way record by record is taken."""
_SHARE = 0.1  # of the base, from which deriving all of it costs less


def pays(unit: UnitOfWork, deriver: Deriver, affected: int, few: int = FEW) -> bool:
    """Say whether deriving everything by column is cheaper, and possible.

    Args:
        unit: The store with its log.
        deriver: The rules.
        affected: How many records became active or inactive, or have new rules.
        few: Below so many it is not.
    """
    if affected < few or affected < _SHARE * unit.records():
        return False
    if not any(unit.backend.scan(CUSTOMERS, limit=1)) or not active(unit):
        return True
    carried = any(rule.sequential for rule in deriver.ruleset.fill_rules)
    return not carried and not any(unit.backend.scan(FILLS, limit=1))


def active(unit: UnitOfWork) -> list[Run]:
    """Return the runs whose records count."""
    return [
        run
        for run in unit.runs()
        if run.first_record is not None and run.undone_by is None and run.cleaned_by is not None
    ]


def settle(
    writer: RunWriter,
    unit: UnitOfWork,
    deriver: Deriver,
    records: Sequence[int],
    recent: Recent | None = None,
    engine: Any = None,
) -> Settled:
    """Derive anew all that depends on some records, and write it.

    Args:
        writer: The run to write in.
        unit: The store with its log.
        deriver: The derivation under the rules in force.
        records: Records that became active or inactive.
        recent: Records that were just collected and need not be read again.
        engine: Where whole columns are worked, as for :func:`customerkit.open`.

    Returns:
        What changed.
    """
    if pays(unit, deriver, len(records)):
        return settle_all(writer, unit, deriver, recent, engine)
    return deriver.settle(writer, records)


def settle_all(
    writer: RunWriter,
    unit: UnitOfWork,
    deriver: Deriver,
    recent: Recent | None = None,
    engine: Any = None,
) -> Settled:
    """Derive the whole base by column and write what differs."""
    worker = pick_engine(engine)
    try:
        bulk = Bulk(deriver, active(unit), worker, recent or Recent())
        bulk.compute()
        return write_all(bulk, writer)
    finally:
        worker.close()


def write_all(bulk: Bulk, writer: RunWriter) -> Settled:
    """Write what was computed, all of it or what differs."""
    if any(writer.backend.scan(CUSTOMERS, limit=1)):
        return write_changes(bulk, writer)
    return write_new(bulk, writer)


def write_new(bulk: Bulk, writer: RunWriter) -> Settled:
    """Write what was computed where no customer exists yet."""
    filler = Filler(bulk.ruleset, writer.run_id)
    created: list[int] = []
    writer.new_customers(_noting(bulk.customers(filler), created))
    writer.backend.load(MEMBERS, (_stamped(batch, writer.run_id) for batch in bulk.members()))
    writer.backend.load(KEYS, bulk.keys())
    writer.backend.load(FILLS, filler.fills)
    return Settled(created=created)


def _noting(batches: Iterable[Batch], created: list[int]) -> Iterator[Batch]:
    for batch in batches:
        created.extend(map(integer, batch.column("customer_id")))
        yield batch


def _stamped(batch: Batch, run_id: int) -> Batch:
    return batch.with_columns({"run_id": [run_id] * len(batch)})


def write_changes(bulk: Bulk, writer: RunWriter) -> Settled:
    """Write what was computed where it differs from the store."""
    _write_keys(bulk, writer)
    _write_members(bulk, writer)
    settled, gone = Settled(), []
    fresh = (list(batch.dicts()) for batch in bulk.customers(Filler(bulk.ruleset)))
    stored = (list(batch.dicts()) for batch in writer.backend.scan(CUSTOMERS))
    for news, olds in windows(fresh, stored, lambda row: row["customer_id"]):
        known = {integer(row["customer_id"]): row for row in olds}
        new = [row for row in news if row["customer_id"] not in known]
        old = [row for row in news if row["customer_id"] in known]
        writer.put_customers(new, [None] * len(new))
        changed = writer.put_customers(old, [known[integer(row["customer_id"])] for row in old])
        settled.created += [integer(row["customer_id"]) for row in new]
        settled.changed += [integer(row["customer_id"]) for row in changed]
        kept = {row["customer_id"] for row in old}
        gone += [row for row in olds if row["customer_id"] not in kept]
    _write_gone(bulk, writer, [row for row in gone if row["status"] != "erased"], settled)
    return settled


def _write_gone(bulk: Bulk, writer: RunWriter, gone: Sequence[Row], settled: Settled) -> None:
    """Redirect customers that became part of another, and remove those without records."""
    anchors = bulk.anchors([integer(row["customer_id"]) for row in gone])
    merged = [row for row in gone if row["customer_id"] in anchors]
    rows = [redirect(n := integer(row["customer_id"]), anchors[n]) for row in merged]
    changed = writer.put_customers(rows, merged)
    settled.merged = sorted(integer(row["customer_id"]) for row in changed)
    settled.removed = sorted(
        integer(r["customer_id"]) for r in gone if r["customer_id"] not in anchors
    )
    writer.remove_customers(settled.removed)


def _write_members(bulk: Bulk, writer: RunWriter) -> None:
    names = ["record_id", "customer_id"]
    stored = writer.backend.scan(MEMBERS, columns=names)
    for news, olds in windows(_rows(bulk.members()), _rows(stored), lambda row: row[0]):
        before, after = dict(olds), dict(news)
        writer.backend.delete(MEMBERS, [record for record in before if record not in after])
        writer.backend.put(
            MEMBERS,
            [
                {"record_id": record, "customer_id": anchor, "run_id": writer.run_id}
                for record, anchor in news
                if before.get(record) != anchor
            ],
        )


def _write_keys(bulk: Bulk, writer: RunWriter) -> None:
    stored = writer.backend.scan(KEYS, columns=KEYS.names)
    for news, olds in windows(_rows(bulk.keys()), _rows(stored), lambda row: row):
        before, after = set(olds), set(news)
        writer.backend.delete(KEYS, sorted(before - after))
        rows = [dict(zip(KEYS.names, row, strict=True)) for row in sorted(after - before)]
        writer.backend.put(KEYS, rows)


def _rows(batches: Iterable[Batch]) -> Iterator[list[Any]]:
    return (list(map(tuple, batch.rows())) for batch in batches)


def windows(
    fresh: Iterable[list[Any]], stored: Iterable[list[Any]], key: Any
) -> Iterator[tuple[list[Any], list[Any]]]:
    """Yield what two ascending streams hold between the same bounds.

    Args:
        fresh: Lists of rows.
        stored: Lists of rows.
        key: What both ascend by.

    Example:
        >>> list(windows([[1, 2], [5]], [[2, 3, 6]], key=lambda row: row))
        [([1, 2], [2]), ([5], [3]), ([], [6])]
    """
    rest = iter(stored)
    held: list[Any] = []
    for rows in fresh:
        bound = key(rows[-1])
        while (not held or key(held[-1]) <= bound) and (more := next(rest, None)) is not None:
            held += more
        cut = bisect_right(held, bound, key=key)
        yield rows, held[:cut]
        held = held[cut:]
    if held:
        yield [], held
    for more in rest:
        yield [], more
