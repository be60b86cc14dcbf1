"""Clean many records at once: whole columns, the engine's joins, one pass.

Gives what :class:`customerkit.rules.derive.Deriver` gives, which a test proves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from attrs import define, field

from customerkit.clean import plans
from customerkit.clean.columns import ALWAYS, Columns
from customerkit.clean.fill import Filler
from customerkit.clean.people import People
from customerkit.engine.protocol import Engine
from customerkit.model.batch import Batch, Row, integer
from customerkit.model.log import Run
from customerkit.model.table import ColumnType
from customerkit.roles._compatible import compatible
from customerkit.roles.full_name import given_name
from customerkit.rules.derive import Deriver
from customerkit.rules.link import Evidence, Linker
from customerkit.rules.rule import Key, LinkRule
from customerkit.rules.ruleset import Ruleset
from customerkit.store.recent import Recent

_ROWS = 20_000


@define
class Bulk:
    """Derive all customers of runs with an engine.

    Args:
        deriver: The rules, and what people decided.
        runs: The runs whose records count: all that do.
        engine: Where columns are worked.
        recent: Records that were just collected and need not be read again.
        match: Whether to match all records; else the matches that are stored count.
    """

    deriver: Deriver
    runs: Sequence[Run]
    engine: Engine
    recent: Recent = field(factory=Recent)
    match: bool = False
    people: People = field(factory=People, init=False)
    _columns: Columns = field(init=False)
    _decisions: dict[str, list[Row]] = field(init=False)
    _explained: bool = field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        self._decisions = self.deriver.decisions()
        rejected: dict[str, set[int]] = defaultdict(set)
        for row in self._decisions["reject"]:
            rejected[str(row["field"])].add(integer(row["left_id"]))
        self._columns = Columns(
            self.deriver.backend, self.deriver.golden([]), self.runs, self.recent, rejected
        )

    @property
    def ruleset(self) -> Ruleset:
        """Return the rules."""
        return self.deriver.ruleset

    def compute(self) -> None:
        """Fill the engine's tables: cleaned, evidence, members, people, golden."""
        names, keys = self._columns.names(), self._columns.keys()
        types = {**plans.CLEANED, **texts(*names, *keys)}
        batches = self._columns.batches()
        self.engine.put("cleaned", types, self.people.watch(batches) if self.match else batches)
        self.engine.index("cleaned", "record_id")
        parts = [plans.KEYS_OF.sql(column=column) for column in keys]
        if parts:
            self.engine.run("\nunion all\n".join(parts), into="evidence")
        else:
            self._put("evidence", plans.EVIDENCE, [])
        self.engine.index("evidence", "match_key")
        self._members()
        self.engine.index("members", "record_id")
        self.engine.run(plans.PEOPLE.sql(), into="people")
        self.engine.index("people", "record_id")
        self._golden(names)

    # ── who belongs to whom ──────────────────────────────────────────────────

    def _members(self) -> None:
        if self.match:
            self.deriver.propose(self.people.match(self.ruleset))
            self._decisions = self.deriver.decisions()
        pairs = {kind: self._active_pairs(kind) for kind in ("same", "different", "match")}
        decided = [(one,) for one in chain.from_iterable(chain(*pairs.values()))]
        self._put("decided", plans.RECORDS, decided)
        self._groups()
        self.engine.index("groups", "external_id", "space")
        self.engine.run(plans.BUSY.sql(), into="busy")
        self.engine.index("busy", "record_id")
        given: dict[int, str] = {}
        evidence = [*self._external_ids(given), *self._shared(given)]
        named = self.given([record for (record,) in decided])
        given |= {record: name for record, name in named.items() if name is not None}
        linker = Linker(given, compatible, pairs["different"])
        same = [*pairs["same"], *self._pairs(plans.ABOUTS.sql())]
        found = linker.group(evidence, same, pairs["match"])
        linked = [(record, anchor) for record, anchor in sorted(found.items()) if record != anchor]
        self._put("linked", plans.MEMBERS, linked)
        self.engine.run(plans.JOINED.sql(), into="members")

    def _put(self, name: str, columns: dict[str, ColumnType], rows: Sequence[Any]) -> None:
        self.engine.put(name, columns, [Batch.from_rows(list(columns), rows)] if rows else [])

    def _pairs(self, sql: str) -> list[tuple[int, int]]:
        rows = chain.from_iterable(batch.rows() for batch in self.engine.stream(sql))
        return [(integer(left), integer(right)) for left, right in rows]

    def _active_pairs(self, kind: str) -> list[tuple[int, int]]:
        """Return the pairs somebody decided on whose records both count."""
        rows = [(row["left_id"], row["right_id"]) for row in self._decisions[kind]]
        self._put("pairs", plans.PAIRS, rows)
        return self._pairs(plans.ACTIVE_PAIRS.sql())

    def _id_rule(self) -> LinkRule | None:
        rules = [rule for rule in self.ruleset.link_rules if "external_id" in rule.fields()]
        return rules[0] if rules else None

    def _groups(self) -> None:
        """Find the records that one external id joins; those alone need no linker."""
        rule = self._id_rule()
        if rule is None:
            self._put("groups", plans.GROUPS, [])
            return
        self.engine.run(plans.SAME_IDS.sql(), into="groups")
        names = list(plans.NOBODIES)
        rows = chain.from_iterable(b.rows(names) for b in self.engine.stream(plans.GROUPED.sql()))
        nobodies = [
            (space, value)
            for space, value in rows
            if rule.key("external_id", str(value), str(space), "") is None
        ]
        if nobodies:
            self._put("nobodies", plans.NOBODIES, nobodies)
            self.engine.run(plans.SOMEBODIES.sql(), into="somebodies")
            self.engine.run(plans.AS_GROUPS.sql(), into="groups")

    def _external_ids(self, given: dict[int, str]) -> Iterator[Evidence]:
        rule = self._id_rule()
        if rule is None:
            return
        for batch in self.engine.stream(plans.BUSY_IDS.sql()):
            for space, value, record, *names in batch.rows():
                key = rule.key("external_id", str(value), str(space), "")
                if key is not None:
                    _learn(given, record, names)
                    yield Evidence(key, integer(record))

    def _shared(self, given: dict[int, str]) -> Iterator[Evidence]:
        keys: dict[str, Key] = {}
        for batch in self.engine.stream(plans.SHARED_KEYS.sql()):
            for value, record, *names in batch.rows():
                text = str(value)
                if text not in keys:
                    keys[text] = Key(text, *self._columns.flags[text.split(":", 1)[0]])
                _learn(given, record, names)
                yield Evidence(keys[text], integer(record))

    # ── what they are ────────────────────────────────────────────────────────

    def _golden(self, names: Sequence[str]) -> None:
        types: dict[str, ColumnType] = {"customer_id": "integer", "source": "integer"}
        types |= texts(*names)
        self.engine.put("golden", types, self._derived(names) if not self._whole() else [])

    def _whole(self) -> bool:
        """Say whether the oldest record of each customer is the customer."""
        pinned = any(origin.pinned for origin in self._columns.origins.values())
        return self.ruleset.survivorship == "first" and not pinned

    def _derived(self, names: Sequence[str]) -> Iterator[Batch]:
        golden = self.deriver.golden([])
        columns = [name for name in (*ALWAYS, *names) if name != "external_id"]
        sql = plans.SEVERAL.sql(columns=", ".join(f"c.{name}" for name in columns))
        out = ["customer_id", "source", *names]
        rows = (row for batch in self.engine.stream(sql) for row in batch.dicts())
        found: list[list[Any]] = []
        for customer, group in groupby(rows, key=itemgetter("customer_id")):
            records = list(group)
            values = golden.derive(records, self._columns.origins)
            found.append([customer, records[0]["run_id"], *map(values.get, names)])
            if len(found) == _ROWS:
                yield Batch.from_rows(out, found)
                found = []
        if found:
            yield Batch.from_rows(out, found)

    def customers(self, filler: Filler) -> Iterator[Batch]:
        """Yield all golden records in order of id, filled."""
        names = self._columns.names()
        without = "members" if self._whole() else "people"
        columns = ", ".join(f"c.{name}" for name in names)
        sql = plans.ALL.sql(columns=columns, without=without, own=", ".join(names))
        deleted = self._deleted()
        for batch in self.engine.stream(sql):
            sources = batch.column("source")
            kept = batch.select(["customer_id", *names])
            filled = filler.apply(kept, sources) if filler.needed() else kept
            yield filled.with_columns({"status": _statuses(filled, deleted)})

    def _deleted(self) -> set[int]:
        records = [integer(row["left_id"]) for row in self._decisions["delete"]]
        anchors = self.anchors(records)
        return {anchors.get(record, record) for record in records}

    def anchors(self, records: Sequence[int]) -> dict[int, int]:
        """Return the customers of those records that belong to another record's."""
        self._put("asked", plans.RECORDS, [(record,) for record in records])
        return dict(self._pairs(plans.ANCHORS.sql()))

    def members(self) -> Iterator[Batch]:
        """Yield the records that belong to another record's customer, in order."""
        return self.engine.stream(plans.ORDERED_MEMBERS.sql())

    def keys(self) -> Iterator[Batch]:
        """Yield the keys of all records, in order."""
        return self.engine.stream(plans.ORDERED_KEYS.sql())

    def is_strong(self, key: str) -> bool:
        """Say whether a key joins whatever the names are."""
        kind = key.split(":", 1)[0]
        return kind == "x" or self._columns.flags[kind][0]

    # ── why ──────────────────────────────────────────────────────────────────

    def _explain(self) -> None:
        """Fill the engine's tables that tell why, once: all_keys, firsts, holders."""
        if self._explained:
            return
        self._explained = True
        self.engine.run(plans.ALL_KEYS.sql(), into="all_keys")
        self.engine.index("all_keys", "record_id")
        self.engine.run(plans.FIRST_HOLDERS.sql(), into="firsts")
        self.engine.index("firsts", "match_key")
        self.engine.run(plans.KEY_HOLDERS.sql(), into="holders")
        self.engine.index("holders", "match_key")

    def counts(self) -> tuple[int, int]:
        """Return how many records count, and how many belong to another's customer."""
        ((records, joined),) = self._pairs(plans.COUNTS.sql())
        return records, joined

    def links(self) -> Iterator[tuple[int, int, str | None, int | None]]:
        """Yield record, customer, shared key and its first holder, in order of record."""
        self._explain()
        for batch in self.engine.stream(plans.LINKS.sql()):
            for record, customer, key, first in batch.rows():
                other = None if first is None else integer(first)
                yield integer(record), integer(customer), None if key is None else str(key), other

    def shared(self) -> Iterator[tuple[str, int]]:
        """Yield each key that several customers hold with each of them, in order."""
        self._explain()
        for batch in self.engine.stream(plans.SHARED_BY.sql()):
            for key, customer in batch.rows():
                yield str(key), integer(customer)

    def given(self, records: Sequence[int]) -> dict[int, str | None]:
        """Return the given names of records."""
        self._put("asked", plans.RECORDS, [(record,) for record in records])
        batches = self.engine.stream(plans.NAMES.sql())
        return {integer(r): given_name(*names) for b in batches for r, *names in b.rows()}


def texts(*names: str) -> dict[str, ColumnType]:
    """Return the types of text columns."""
    return dict.fromkeys(names, "text")


def _statuses(batch: Batch, deleted: set[int]) -> list[str]:
    if not deleted:
        return ["active"] * len(batch)
    return ["deleted" if n in deleted else "active" for n in batch.column("customer_id")]


def _learn(given: dict[int, str], record: Any, names: Sequence[Any]) -> None:
    name = given_name(*names)
    if name is not None:
        given[integer(record)] = name
