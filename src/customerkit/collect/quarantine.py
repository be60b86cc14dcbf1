"""List the rows that could not be read, and collect them again when they are fixed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from customerkit.collect.formats import open_source
from customerkit.collect.pipeline import Collected, Collection
from customerkit.collect.recognise import Recognition
from customerkit.collect.target import Target
from customerkit.errors import NotFoundError
from customerkit.model.batch import Row
from customerkit.model.log import Run
from customerkit.model.tables import QUARANTINE
from customerkit.store.protocol import Cond
from customerkit.store.suppress import Suppression
from customerkit.store.unit import UnitOfWork, details


def quarantined(unit: UnitOfWork, run_id: int | None = None) -> list[dict[str, Any]]:
    """Return the rows that could not be read, oldest first.

    Args:
        unit: The store with its log.
        run_id: Only of this run.
    """
    where = [Cond("state", "eq", "open")]
    if run_id is not None:
        where.append(Cond("run_id", "eq", run_id))
    return list(chain.from_iterable(b.dicts() for b in unit.backend.scan(QUARANTINE, where)))


def waiting(
    unit: UnitOfWork, rows: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[Run, list[tuple[Row, dict[str, Any]]]]]:
    """Yield fixed rows with what they were, by the run they came from.

    Raises:
        NotFoundError: A row is not waiting in quarantine.
    """
    by_run: dict[int, list[tuple[Row, dict[str, Any]]]] = defaultdict(list)
    for row in rows:
        fixed = dict(row)
        number = fixed.pop("quarantine_id", None)
        old = unit.backend.get(QUARANTINE, [int(number)])[0] if number is not None else None
        if old is None or old["state"] != "open":
            raise NotFoundError(
                "a row is not waiting in quarantine; base.quarantine() lists those that are",
                quarantine_id=number,
            )
        by_run[int(str(old["run_id"]))].append((old, fixed))
    for run_id, pairs in sorted(by_run.items()):
        yield unit.one(run_id), pairs


def replay(
    unit: UnitOfWork, run: Run, pairs: list[tuple[Row, dict[str, Any]]], log: dict[str, Any]
) -> Collected:
    """Collect fixed rows as their source was collected, and release them.

    Args:
        unit: The store with its log.
        run: The run that quarantined them.
        pairs: What each row was in quarantine, and its fixed values.
        log: Who and why.
    """
    facts = details(run)
    columns = {column: Target(to, 1.0, "as before") for column, to in facts["mapping"].items()}
    collection = Collection(
        unit,
        open_source([fixed for _, fixed in pairs]),
        Recognition(facts["kind"], columns),
        run.channel or "",
        facts["space"],
        Suppression(unit.backend),
        facts["currency"],
    )
    collection.facts["replayed"] = [old["quarantine_id"] for old, _ in pairs]
    found = collection.run("replay", observed=run.observed, **log)
    unit.backend.put(QUARANTINE, [{**old, "state": "replayed"} for old, _ in pairs])
    return found
