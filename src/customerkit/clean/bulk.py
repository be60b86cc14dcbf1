"""Clean many records at once: whole columns, the engine's joins, one pass.

Gives what :class:`customerkit.rules.derive.Deriver` gives, which a test proves;
it is used where no customer exists yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from attrs import define, field

from customerkit.clean.fill import Filler
from customerkit.engine.protocol import Engine
from customerkit.model.batch import Batch
from customerkit.model.log import Run
from customerkit.model.profile import fields
from customerkit.model.table import ColumnType
from customerkit.model.tables import DECISIONS, FILLS, KEYS, MEMBERS, RECORDS
from customerkit.roles.name import compatible, fold
from customerkit.rules.derive import Deriver, Settled
from customerkit.rules.golden import Golden, Origin
from customerkit.rules.link import Evidence, Linker
from customerkit.rules.reading import given_name
from customerkit.rules.rule import Key
from customerkit.rules.ruleset import Ruleset
from customerkit.store.protocol import Cond
from customerkit.store.recent import Recent
from customerkit.store.unit import RunWriter, UnitOfWork, details

_ALWAYS = ("record_id", "run_id", "published", "external_id", "about", "cleared")
_NAMES = ("given_name", "full_name")
_TYPES: dict[str, ColumnType] = {
    "record_id": "integer",
    "run_id": "integer",
    "published": "integer",
    "about": "integer",
}

SHARED_IDS = """
select c.space, c.external_id, c.record_id, c.given_name, c.full_name
from cleaned c
join (
  select space, external_id from cleaned
  where external_id is not null group by space, external_id having count(*) > 1
) g on g.space = c.space and g.external_id = c.external_id
"""
SHARED_KEYS = """
select e.match_key, e.record_id, c.given_name, c.full_name
from evidence e
join cleaned c on c.record_id = e.record_id
join (
  select match_key from evidence group by match_key having count(*) > 1
) g on g.match_key = e.match_key
"""
PEOPLE = """
select record_id, customer_id from members
union all
select customer_id as record_id, customer_id from members group by customer_id
"""
SEVERAL = """
select p.customer_id, {columns}
from cleaned c join people p on p.record_id = c.record_id
order by p.customer_id, c.record_id
"""
ALONE = """
select c.record_id as customer_id, c.run_id as source, {columns}
from cleaned c left join {without} p on p.record_id = c.record_id
where p.record_id is null
"""


@define
class Bulk:
    """Derive all customers of runs with an engine.

    Args:
        unit: The store with its log.
        deriver: Knows the decisions.
        runs: The runs whose records count.
        engine: Where columns are worked.
        recent: Records that were just collected and need not be read again.
    """

    unit: UnitOfWork
    deriver: Deriver
    runs: Sequence[Run]
    engine: Engine
    recent: Recent = field(factory=Recent)
    _origins: dict[int, Origin] = field(factory=dict)
    _flags: dict[str, tuple[bool, bool]] = field(factory=dict)

    @property
    def ruleset(self) -> Ruleset:
        """Return the rules."""
        return self.deriver.ruleset

    def names(self) -> list[str]:
        """Return the fields that any of the runs states."""
        said = {name for run in self.runs for name in details(run).get("fields", fields())}
        return [name for name in fields() if name in said]

    # ── computing ────────────────────────────────────────────────────────────

    def compute(self) -> None:
        """Fill the engine's tables: cleaned, evidence, members, people, golden."""
        self._origins = {run.run_id: Origin.of(run) for run in self.runs}
        names = self.names()
        keys = self._key_columns(names)
        types: dict[str, ColumnType] = {name: _TYPES.get(name, "text") for name in _ALWAYS}
        types |= dict.fromkeys((*names, "space", *_NAMES, *keys), "text")
        self.engine.put("cleaned", types, self._cleaned(names, keys))
        self._evidence(keys)
        self._members()
        self.engine.run(PEOPLE, into="people")
        self._golden(names)

    def _key_columns(self, names: Sequence[str]) -> dict[str, str]:
        wanted = [name for rule in self.ruleset.link_rules for name in rule.fields()]
        return {f"key_{name}": name for name in dict.fromkeys(wanted) if name in names}

    def _cleaned(self, names: Sequence[str], keys: Mapping[str, str]) -> Iterator[Batch]:
        golden = self.deriver.golden([])
        for run in self.runs:
            for batch in self.recent.take(run.run_id) or self._stored(run, names):
                yield self._clean(batch, self._origins[run.run_id], golden, names, keys)

    def _stored(self, run: Run, names: Sequence[str]) -> Iterator[Batch]:
        where = [
            Cond("record_id", "ge", run.first_record or 0),
            Cond("record_id", "le", run.last_record or -1),
        ]
        return self.unit.backend.scan(RECORDS, where, columns=[*_ALWAYS, *names])

    def _clean(
        self,
        batch: Batch,
        origin: Origin,
        golden: Golden,
        names: Sequence[str],
        keys: Mapping[str, str],
    ) -> Batch:
        names = [name for name in names if name in batch.names]
        columns = {
            name: self._values(batch, name, origin, golden)
            for name in names
            if self.ruleset.applies(name)
        }
        batch = batch.with_columns({**columns, "space": [origin.space] * len(batch)})
        if not keys:
            return batch
        families = _families(batch)
        return batch.with_columns(
            {
                to: self._keys(batch, name, origin, families)
                for to, name in keys.items()
                if name in names
            }
        )

    def _values(self, batch: Batch, name: str, origin: Origin, golden: Golden) -> list[Any]:
        function = golden.function(name)
        other = self.ruleset.hint_field(name)
        default = origin.hints.get(name)
        if other is None or other not in batch.names:
            return batch.map(name, lambda value: value and function(value, default))
        pairs = list(zip(batch.column(name), batch.column(other), strict=True))
        answers = {
            pair: pair[0] and function(pair[0], default if pair[1] is None else pair[1])
            for pair in set(pairs)
        }
        return [answers[pair] for pair in pairs]

    def _keys(
        self, batch: Batch, name: str, origin: Origin, families: Sequence[str]
    ) -> list[str | None]:
        rules = [rule for rule in self.ruleset.link_rules if name in rule.fields()]
        pairs = list(zip(batch.column(name), families, strict=True))
        answers: dict[tuple[Any, str], str | None] = {}
        for value, family in set(pairs):
            key = None if value is None else rules[0].key(name, str(value), origin.space, family)
            if key is not None:
                self._flags[key.value.split(":", 1)[0]] = (key.strong, key.needs_name)
            answers[value, family] = None if key is None else key.value
        return [answers[pair] for pair in pairs]

    def _evidence(self, keys: Mapping[str, str]) -> None:
        parts = [
            f"select {column} as match_key, record_id from cleaned where {column} is not null"
            for column in keys
        ]
        empty = "select space as match_key, record_id from cleaned where 1 = 0"
        self.engine.run("\nunion all\n".join(parts or [empty]), into="evidence")

    def _members(self) -> None:
        given: dict[int, str] = {}
        evidence = [*self._external_ids(given), *self._shared(given)]
        decisions = self._decisions()
        linker = Linker(given, compatible, decisions["different"])
        found = linker.group(evidence, [*decisions["same"], *self._abouts()])
        pairs = [(record, anchor) for record, anchor in sorted(found.items()) if record != anchor]
        types: dict[str, ColumnType] = {"record_id": "integer", "customer_id": "integer"}
        self.engine.put("members", types, [Batch.from_rows(list(types), pairs)] if pairs else [])

    def _external_ids(self, given: dict[int, str]) -> Iterator[Evidence]:
        rules = [rule for rule in self.ruleset.link_rules if "external_id" in rule.fields()]
        if not rules:
            return
        known: dict[tuple[Any, Any], Key | None] = {}
        for batch in self.engine.stream(SHARED_IDS):
            for space, value, record, *names in batch.rows():
                if (space, value) not in known:
                    known[space, value] = rules[0].key("external_id", str(value), str(space), "")
                key = known[space, value]
                if key is not None:
                    _learn(given, record, names)
                    yield Evidence(key, _int(record))

    def _shared(self, given: dict[int, str]) -> Iterator[Evidence]:
        keys: dict[str, Key] = {}
        for batch in self.engine.stream(SHARED_KEYS):
            for value, record, *names in batch.rows():
                text = str(value)
                if text not in keys:
                    keys[text] = Key(text, *self._flags[text.split(":", 1)[0]])
                _learn(given, record, names)
                yield Evidence(keys[text], _int(record))

    def _abouts(self) -> list[tuple[int, int]]:
        sql = "select record_id, about from cleaned where about is not null"
        return [
            (_int(record), _int(about))
            for batch in self.engine.stream(sql)
            for record, about in batch.rows()
        ]

    def _decisions(self) -> dict[str, list[tuple[int, int]]]:
        undone = {run.run_id for run in self.unit.runs() if run.undone_by is not None}
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for batch in self.unit.backend.scan(DECISIONS):
            for row in batch.dicts():
                if row["run_id"] not in undone:
                    pair = (_int(row["left_id"] or 0), _int(row["right_id"] or 0))
                    found[str(row["kind"])].append(pair)
        return found

    def _golden(self, names: Sequence[str]) -> None:
        types: dict[str, ColumnType] = {"customer_id": "integer", "source": "integer"}
        types |= dict.fromkeys(names, "text")
        self.engine.put("golden", types, self._derived(names) if not self._whole() else [])

    def _whole(self) -> bool:
        pinned = any(origin.pinned for origin in self._origins.values())
        return self.ruleset.survivorship == "first" and not pinned

    def _derived(self, names: Sequence[str]) -> Iterator[Batch]:
        golden = self.deriver.golden([])
        columns = [name for name in (*_ALWAYS, *names) if name != "external_id"]
        sql = SEVERAL.format(columns=", ".join(f"c.{name}" for name in columns))
        out = ["customer_id", "source", *names]
        rows = (row for batch in self.engine.stream(sql) for row in batch.dicts())
        found: list[list[Any]] = []
        for customer, group in groupby(rows, key=itemgetter("customer_id")):
            records = list(group)
            values = golden.derive(records, self._origins)
            found.append([customer, records[0]["run_id"], *map(values.get, names)])
            if len(found) == 20_000:
                yield Batch.from_rows(out, found)
                found = []
        if found:
            yield Batch.from_rows(out, found)

    def customers(self, filler: Filler) -> Iterator[Batch]:
        """Yield all golden records in order of id, filled."""
        names = self.names()
        without = "members" if self._whole() else "people"
        columns = ", ".join(f"c.{name}" for name in names)
        own = ", ".join(["customer_id", "source", *names])
        alone = ALONE.format(columns=columns, without=without)
        sql = f"{alone} union all select {own} from golden order by 1"
        deleted = {left for left, _ in self._decisions()["delete"]}
        for batch in self.engine.stream(sql):
            sources = batch.column("source")
            kept = batch.select(["customer_id", *names])
            filled = filler.apply(kept, sources) if filler.needed() else kept
            yield filled.with_columns({"status": _statuses(filled, deleted)})

    # ── writing ──────────────────────────────────────────────────────────────

    def write(self, writer: RunWriter) -> Settled:
        """Write what was computed; no customer exists yet."""
        filler = Filler(self.ruleset, writer.run_id)
        created: list[int] = []
        writer.new_customers(_noting(self.customers(filler), created))
        backend = self.unit.backend
        members = "select record_id, customer_id from members order by record_id"
        backend.load(MEMBERS, self._stamped(members, writer.run_id))
        keys = "select distinct match_key, record_id from evidence order by match_key, record_id"
        backend.load(KEYS, self.engine.stream(keys))
        if filler.fills:
            backend.load(FILLS, [Batch.from_dicts(filler.fills, FILLS.names)])
        return Settled(created=created)

    def _stamped(self, sql: str, run_id: int) -> Iterator[Batch]:
        for batch in self.engine.stream(sql):
            yield batch.with_columns({"run_id": [run_id] * len(batch)})


def _noting(batches: Iterable[Batch], created: list[int]) -> Iterator[Batch]:
    for batch in batches:
        created.extend(map(_int, batch.column("customer_id")))
        yield batch


def _statuses(batch: Batch, deleted: set[int]) -> list[str]:
    if not deleted:
        return ["active"] * len(batch)
    return ["deleted" if n in deleted else "active" for n in batch.column("customer_id")]


def _learn(given: dict[int, str], record: Any, names: Sequence[Any]) -> None:
    name = given_name(*names)
    if name is not None:
        given[_int(record)] = name


def _families(batch: Batch) -> Sequence[str]:
    if "family_name" not in batch.names:
        return [""] * len(batch)
    return batch.map("family_name", lambda name: fold(name) if name else "")


def _int(value: Any) -> int:
    return int(value)
