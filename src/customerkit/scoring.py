"""Tell the scorers what is known of every customer of a base."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from customerkit.model.customer import customer_id
from customerkit.model.profile import fields, groups
from customerkit.model.tables import ACTIVITIES, CUSTOMERS, MEMBERS
from customerkit.roles import role
from customerkit.rules.derive import Deriver
from customerkit.rules.survivorship import Candidate
from customerkit.score import ScoredRecord, ScoredValue
from customerkit.score.scorers import is_clean
from customerkit.store.protocol import Cond
from customerkit.store.unit import UnitOfWork, now

_DAY = 86_400_000


def scored(unit: UnitOfWork, deriver: Deriver, as_of: int | None = None) -> Iterator[ScoredRecord]:
    """Yield what is known of every active customer.

    Args:
        unit: The store with its log.
        deriver: The derivation under the rules in force.
        as_of: When ages are counted to, epoch milliseconds; now by default.
    """
    as_of = now() if as_of is None else as_of
    members = _members(unit)
    evidence = _evidence(unit, members)
    others: dict[int, list[int]] = defaultdict(list)
    for record, customer in members.items():
        others[customer].append(record)
    for batch in unit.backend.scan(CUSTOMERS, [Cond("status", "eq", "active")]):
        customers = [int(str(number)) for number in batch.column("customer_id")]
        records = [record for c in customers for record in (c, *others.get(c, ()))]
        cleaned = deriver.load(records)
        golden = deriver.golden([])
        for customer, row in zip(customers, batch.dicts(), strict=True):
            own = [cleaned[r] for r in (customer, *sorted(others.get(customer, ())))]
            winners = golden.winners(own, deriver.origins())
            values = _values(row, winners, as_of)
            channel = deriver.origin(own[0]).channel
            yield ScoredRecord(customer_id(customer), channel, values, evidence[customer])


def cleanliness(row: Mapping[str, Any]) -> float:
    """Return the clean score of one golden record, which its values alone decide.

    Example:
        >>> cleanliness({"email": "jane@example.com"}) > cleanliness({"email": "jane.example"})
        True
    """
    return is_clean(ScoredRecord("", "", _values(row, {}, 0)))


def _members(unit: UnitOfWork) -> dict[int, int]:
    names = ["record_id", "customer_id"]
    return {
        int(str(record)): int(str(customer))
        for batch in unit.backend.scan(MEMBERS, columns=names)
        for record, customer in batch.rows(names)
    }


def _evidence(unit: UnitOfWork, members: Mapping[int, int]) -> Counter[int]:
    found: Counter[int] = Counter()
    undone = {run.run_id for run in unit.runs() if run.undone_by is not None}
    for table in ACTIVITIES.values():
        where = [Cond("party", "null", False)]
        for batch in unit.backend.scan(table, where, columns=["party", "run_id"]):
            for party, run_id in batch.rows(["party", "run_id"]):
                if run_id not in undone:
                    found[members.get(int(str(party)), int(str(party)))] += 1
    return found


def _values(
    row: Mapping[str, Any], winners: Mapping[str, Candidate], as_of: int
) -> dict[str, ScoredValue]:
    ages = {unit: _age(winner, as_of) for unit, winner in winners.items()}
    found = {}
    for unit, names in groups().items():
        for name in names:
            if row.get(name) is not None:
                other = role(fields()[name].role).hint_field
                hint = row.get(other) if other else None
                said = str(row[name]), None if hint is None else str(hint)
                found[name] = _value(name, *said, ages.get(unit))
    return found


def _age(winner: Candidate, as_of: int) -> float | None:
    said = next((time for time in winner.times if time >= 0), None)
    return None if said is None else (as_of - said) / _DAY


def _value(name: str, value: str, hint: str | None, age: float | None) -> ScoredValue:
    standard, valid, code = _judged(name, value, hint)
    return ScoredValue(standard, valid, code, age)


@lru_cache(maxsize=65_536)
def _judged(name: str, value: str, hint: str | None) -> tuple[bool, bool | None, str | None]:
    found = role(fields()[name].role).standardise(value, hint)
    return found.value == value, found.valid, found.code
