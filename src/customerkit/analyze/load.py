"""Bring activities and who did them from the store into an engine."""

from __future__ import annotations

from collections.abc import Iterator

from customerkit.analyze.owned import PARTIES
from customerkit.analyze.tables import ALIVE, CHANNELS, PAIRS, READ
from customerkit.analyze.words import kind_of_feedback, state_of_feedback
from customerkit.engine.protocol import Engine
from customerkit.model.batch import Batch
from customerkit.model.table import Table
from customerkit.model.tables import ACTIVITIES, CUSTOMERS, FEEDBACK, MEMBERS
from customerkit.store.protocol import Cond
from customerkit.store.unit import UnitOfWork


def load(engine: Engine, unit: UnitOfWork) -> None:
    """Put all activities that count, their channels and their customers into an engine.

    Makes the tables ``parties``, ``channels`` and one for each kind of activity.

    Args:
        engine: Where to.
        unit: The store with its log.
    """
    runs = unit.runs()
    undone = frozenset(run.run_id for run in runs if run.undone_by is not None)
    spoken = [(run.run_id, run.channel) for run in runs if run.channel is not None]
    names = list(CHANNELS)
    engine.put("channels", CHANNELS, [Batch.from_rows(names, spoken)] if spoken else [])
    for name, columns in READ.items():
        engine.put(name, columns, _counted(unit, ACTIVITIES[name], list(columns), undone))
    engine.put("members", PAIRS, unit.backend.scan(MEMBERS, columns=list(PAIRS)))
    alive = unit.backend.scan(CUSTOMERS, [Cond("status", "eq", "active")], columns=["customer_id"])
    engine.put("alive", ALIVE, alive)
    engine.run(PARTIES.sql(), into="parties")
    engine.drop("members", "alive")


def _counted(
    unit: UnitOfWork, table: Table, columns: list[str], undone: frozenset[int]
) -> Iterator[Batch]:
    for batch in unit.backend.scan(table, columns=columns):
        counted = batch
        if undone and not undone.isdisjoint(map(int, map(str, set(batch.column("run_id"))))):
            counted = batch.where([run not in undone for run in batch.column("run_id")])
        if len(counted):
            yield _in_our_words(counted) if table is FEEDBACK else counted


def _in_our_words(batch: Batch) -> Batch:
    return batch.with_columns(
        {
            "kind": batch.map_text("kind", kind_of_feedback),
            "status": batch.map_text("status", state_of_feedback),
        }
    )
