"""Clean many records at once: whole columns, the engine's joins, one pass.

Gives what :class:`customerkit.rules.derive.Deriver` gives, which a test proves;
it is used where no customer exists yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from attrs import define, field

from customerkit.clean import plans
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
from customerkit.rules.rule import Key, LinkRule
from customerkit.rules.ruleset import Ruleset
from customerkit.store.protocol import Cond
from customerkit.store.recent import Recent
from customerkit.store.unit import RunWriter, UnitOfWork, details

_ALWAYS = [name for name in plans.CLEANED if name in RECORDS.names and name not in fields()]
_NAMES = ("given_name", "full_name")


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
        types = {**plans.CLEANED, **texts(*names, *keys)}
        self.engine.put("cleaned", types, self._cleaned(names, keys))
        parts = [plans.KEYS_OF.sql(column=column) for column in keys]
        self.engine.run("\nunion all\n".join(parts or [plans.NO_KEYS.sql()]), into="evidence")
        self._members()
        self.engine.run(plans.PEOPLE.sql(), into="people")
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

    def _values(self, batch: Batch, name: str, origin: Origin, golden: Golden) -> Any:
        function = golden.function(name)
        other = self.ruleset.hint_field(name)
        default = origin.hints.get(name)
        if other is None or other not in batch.names:
            return batch.map_text(name, lambda value: value and function(value, default))
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

    # ── who belongs to whom ──────────────────────────────────────────────────

    def _members(self) -> None:
        decisions = self._decisions()
        self._put_records(
            "decided", [*chain.from_iterable(decisions["same"] + decisions["different"])]
        )
        self._groups()
        self.engine.run(plans.BUSY.sql(), into="busy")
        given: dict[int, str] = {}
        evidence = [*self._external_ids(given), *self._shared(given)]
        linker = Linker(given, compatible, decisions["different"])
        found = linker.group(evidence, [*decisions["same"], *self._abouts()])
        pairs = [(record, anchor) for record, anchor in sorted(found.items()) if record != anchor]
        batches = [Batch.from_rows(list(plans.MEMBERS), pairs)] if pairs else []
        self.engine.put("linked", plans.MEMBERS, batches)
        self.engine.run(plans.JOINED.sql(), into="members")

    def _put_records(self, name: str, records: Sequence[int]) -> None:
        rows = [(record,) for record in records]
        batches = [Batch.from_rows(list(plans.RECORDS), rows)] if rows else []
        self.engine.put(name, plans.RECORDS, batches)

    def _id_rule(self) -> LinkRule | None:
        rules = [rule for rule in self.ruleset.link_rules if "external_id" in rule.fields()]
        return rules[0] if rules else None

    def _groups(self) -> None:
        """Find the records that one external id joins; those alone need no linker."""
        rule = self._id_rule()
        if rule is None:
            self.engine.run(plans.NO_IDS.sql(), into="groups")
            return
        self.engine.run(plans.SAME_IDS.sql(), into="groups")
        ids = list(plans.GROUPS)[:2]
        rows = (row for batch in self.engine.stream(plans.GROUPED.sql()) for row in batch.rows(ids))
        nobodies = [
            (space, value)
            for space, value in rows
            if rule.key("external_id", str(value), str(space), "") is None
        ]
        if nobodies:
            self.engine.put(
                "nobodies", dict.fromkeys(ids, "text"), [Batch.from_rows(ids, nobodies)]
            )
            self.engine.run(plans.SOMEBODIES.sql(), into="somebodies")
            self.engine.run("select * from somebodies", into="groups")

    def _external_ids(self, given: dict[int, str]) -> Iterator[Evidence]:
        rule = self._id_rule()
        if rule is None:
            return
        for batch in self.engine.stream(plans.BUSY_IDS.sql()):
            for space, value, record, *names in batch.rows():
                key = rule.key("external_id", str(value), str(space), "")
                if key is not None:
                    _learn(given, record, names)
                    yield Evidence(key, _int(record))

    def _shared(self, given: dict[int, str]) -> Iterator[Evidence]:
        keys: dict[str, Key] = {}
        for batch in self.engine.stream(plans.SHARED_KEYS.sql()):
            for value, record, *names in batch.rows():
                text = str(value)
                if text not in keys:
                    keys[text] = Key(text, *self._flags[text.split(":", 1)[0]])
                _learn(given, record, names)
                yield Evidence(keys[text], _int(record))

    def _abouts(self) -> list[tuple[int, int]]:
        return [
            (_int(record), _int(about))
            for batch in self.engine.stream(plans.ABOUTS.sql())
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
        types |= texts(*names)
        self.engine.put("golden", types, self._derived(names) if not self._whole() else [])

    def _whole(self) -> bool:
        pinned = any(origin.pinned for origin in self._origins.values())
        return self.ruleset.survivorship == "first" and not pinned

    def _derived(self, names: Sequence[str]) -> Iterator[Batch]:
        golden = self.deriver.golden([])
        columns = [name for name in (*_ALWAYS, *names) if name != "external_id"]
        sql = plans.SEVERAL.sql(columns=", ".join(f"c.{name}" for name in columns))
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
        sql = plans.ALL.sql(columns=columns, without=without, own=", ".join(names))
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
        backend.load(MEMBERS, self._stamped(plans.ORDERED_MEMBERS.sql(), writer.run_id))
        backend.load(KEYS, self.engine.stream(plans.ORDERED_KEYS.sql()))
        backend.load(FILLS, filler.fills)
        return Settled(created=created)

    def _stamped(self, sql: str, run_id: int) -> Iterator[Batch]:
        for batch in self.engine.stream(sql):
            yield batch.with_columns({"run_id": [run_id] * len(batch)})


def texts(*names: str) -> dict[str, ColumnType]:
    """Return the types of text columns."""
    return dict.fromkeys(names, "text")


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
