"""Bring activities and who did them from the store into an engine."""

from __future__ import annotations

from collections.abc import Iterator

from customerkit.engine.protocol import Engine
from customerkit.model.batch import Batch
from customerkit.model.table import ColumnType, Table
from customerkit.model.tables import ACTIVITIES, CUSTOMERS, MEMBERS
from customerkit.store.protocol import Cond
from customerkit.store.unit import UnitOfWork

_UNUSED = frozenset({"fingerprint", "extras", "position", "published", "text", "title", "url"})

PARTIES = """
select w.party as record_id, coalesce(m.customer_id, w.party) as customer_id
from (
  select party from purchases where party is not null
  union select party from browsing where party is not null
  union select party from reviews where party is not null
  union select party from feedback where party is not null
) w
left join members m on m.record_id = w.party
join alive a on a.customer_id = coalesce(m.customer_id, w.party)
"""


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
    channels: dict[str, ColumnType] = {"run_id": "integer", "channel": "text"}
    engine.put("channels", channels, [Batch.from_rows(list(channels), spoken)] if spoken else [])
    for name, table in ACTIVITIES.items():
        columns = {c.name: c.type for c in table.columns if c.name not in _UNUSED}
        engine.put(name, columns, _counted(unit, table, list(columns), undone))
    pairs: dict[str, ColumnType] = {"record_id": "integer", "customer_id": "integer"}
    engine.put("members", pairs, unit.backend.scan(MEMBERS, columns=list(pairs)))
    alive = unit.backend.scan(CUSTOMERS, [Cond("status", "eq", "active")], columns=["customer_id"])
    engine.put("alive", {"customer_id": "integer"}, alive)
    engine.run(PARTIES, into="parties")


def _counted(
    unit: UnitOfWork, table: Table, columns: list[str], undone: frozenset[int]
) -> Iterator[Batch]:
    for batch in unit.backend.scan(table, columns=columns):
        counted = batch
        if undone and not undone.isdisjoint(map(int, map(str, set(batch.column("run_id"))))):
            counted = batch.where([run not in undone for run in batch.column("run_id")])
        if len(counted):
            yield counted
