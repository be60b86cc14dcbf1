"""Gather who the customers are: of how many records, joined by what, how complete."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice

from attrs import field, frozen

from customerkit.model.batch import Row, integer
from customerkit.model.customer import customer_id
from customerkit.model.profile import fields
from customerkit.model.tables import CUSTOMERS, KEYS, MEMBERS
from customerkit.rules.derive import Deriver
from customerkit.rules.reading import given_of, keys_of
from customerkit.rules.rule import Key
from customerkit.store.protocol import Backend, Cond

_AT_ONCE = 2_000
_EXAMPLES = 12


@frozen
class Apart:
    """Tell of customers that share something and were kept apart.

    Args:
        what: What they share.
        customers: Their ids.
        why: Why they are not one.
    """

    what: str
    customers: tuple[str, ...]
    why: str


@frozen
class People:
    """Tell who the customers are.

    Args:
        sizes: Number of records → customers made of so many.
        complete: Field → customers that have it.
        joined: Reason → records that joined another one by it.
        apart: What is shared → how many keys different customers share.
        examples: Some of those.
    """

    sizes: Counter[int]
    complete: Counter[str]
    joined: Counter[str] = field(factory=Counter)
    apart: Counter[str] = field(factory=Counter)
    examples: Sequence[Apart] = ()

    @property
    def count(self) -> int:
        """Return how many customers there are."""
        return sum(self.sizes.values())


def people(deriver: Deriver) -> People:
    """Gather who the active customers are.

    Args:
        deriver: The derivation under the rules in force.
    """
    backend = deriver.backend
    home = _members(backend)
    others: dict[int, list[int]] = defaultdict(list)
    for record, customer in home.items():
        if record != customer:
            others[customer].append(record)
    sizes: Counter[int] = Counter()
    complete: Counter[str] = Counter()
    alive: set[int] = set()
    for batch in backend.scan(CUSTOMERS, [Cond("status", "eq", "active")]):
        numbers = [integer(value) for value in batch.column("customer_id")]
        alive.update(numbers)
        sizes.update(1 + len(others.get(n, ())) for n in numbers)
        complete.update({n: len(batch) - list(batch.column(n)).count(None) for n in fields()})
    groups = {n: sorted(others[n]) for n in sorted(others) if n in alive}
    apart, shared = _apart(backend, home, alive)
    examples = _examples(deriver, shared)
    return People(sizes, +complete, _joined(deriver, groups), apart, examples)


def _members(backend: Backend) -> dict[int, int]:
    names = ["record_id", "customer_id"]
    return {
        integer(record): integer(customer)
        for batch in backend.scan(MEMBERS, columns=names)
        for record, customer in batch.rows(names)
    }


# ── joined ───────────────────────────────────────────────────────────────────


def _joined(deriver: Deriver, groups: Mapping[int, Sequence[int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    waiting = iter(groups.items())
    while some := list(islice(waiting, _AT_ONCE)):
        rows = deriver.load(record for first, rest in some for record in (first, *rest))
        for first, rest in some:
            found.update(_reasons(deriver, [rows[r] for r in (first, *rest) if r in rows]))
    return found


def _reasons(deriver: Deriver, rows: Sequence[Row]) -> Iterator[str]:
    """Yield why each record but the first belongs to those before it."""
    seen: set[str] = set()
    for at, row in enumerate(rows):
        keys = keys_of(row, deriver.origin(row), deriver.ruleset)
        if at:
            yield _reason(row, [key for key in keys if key.value in seen])
        seen.update(key.value for key in keys)


def _reason(row: Row, shared: Sequence[Key]) -> str:
    if row.get("about") is not None:
        return "an update of the customer"
    if not shared:
        return "through another record"
    key = min(shared, key=lambda key: (not key.strong, key.value))
    return f"same {_what(key.value)}"


def _what(key: str) -> str:
    return "external id" if key.startswith("x:") else key.partition(":")[0].replace("_", " ")


# ── kept apart ───────────────────────────────────────────────────────────────


def _apart(
    backend: Backend, home: Mapping[int, int], alive: set[int]
) -> tuple[Counter[str], list[tuple[str, list[int]]]]:
    counts: Counter[str] = Counter()
    some: list[tuple[str, list[int]]] = []
    for key, records in _shared(backend):
        customers = sorted({home.get(record, record) for record in records} & alive)
        if len(customers) > 1:
            counts[_what(key)] += 1
            if len(some) < _EXAMPLES:
                some.append((_what(key), customers))
    return counts, some


def _shared(backend: Backend) -> Iterator[tuple[str, list[int]]]:
    names = ["match_key", "record_id"]
    pairs = (pair for batch in backend.scan(KEYS, columns=names) for pair in batch.rows(names))
    for key, group in groupby(pairs, key=lambda pair: pair[0]):
        records = [integer(record) for _, record in group]
        if len(records) > 1:
            yield str(key), records


def _examples(deriver: Deriver, some: Sequence[tuple[str, list[int]]]) -> list[Apart]:
    rows = deriver.load(customer for _, customers in some for customer in customers)
    found = []
    for what, customers in some:
        named = all(given_of(rows[n]) for n in customers if n in rows)
        why = "different given names" if named else "a record without a name could be either"
        found.append(Apart(what, tuple(map(customer_id, customers)), why))
    return found
