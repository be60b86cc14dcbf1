"""Keep customers true to their records: the incremental derivation.

Everything that depends on some records is found through the keys they share,
decided anew as a whole, and written where it differs. Its cost follows what is
affected, not the size of the base.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from attrs import define, field

from customerkit.markup import facts
from customerkit.model.batch import Batch, Row, integer
from customerkit.model.customer import redirect
from customerkit.model.profile import fields
from customerkit.model.tables import CUSTOMERS, FILLS, KEYS, MEMBERS, RECORDS
from customerkit.roles._compatible import compatible
from customerkit.rules.golden import Origin
from customerkit.rules.link import Evidence, Linker
from customerkit.rules.reading import Reader, column, given_of, keys_of
from customerkit.rules.rule import Key
from customerkit.store.protocol import Cond
from customerkit.store.unit import RunWriter

Pair = tuple[int, int]
_PAIRED = ("same", "different", "match")


@define
class Settled:
    """Tell what a derivation changed.

    Args:
        created: Customers that did not exist before.
        changed: Customers whose values or records changed.
        merged: Customers that became part of another.
        removed: Customers whose last record is gone.
    """

    created: list[int] = field(factory=list)
    changed: list[int] = field(factory=list)
    merged: list[int] = field(factory=list)
    removed: list[int] = field(factory=list)

    def _repr_html_(self) -> str:
        counts = {"created": self.created, "changed": self.changed}
        counts |= {"merged": self.merged, "removed": self.removed}
        return facts({name: len(numbers) for name, numbers in counts.items()})


@define
class Outcome:
    """Hold what a derivation found.

    Args:
        rows: All records that were looked at, cleaned.
        keys: Active record → its keys.
        anchors: Active record → the oldest record of its customer.
        customers: Golden records, without version.
    """

    rows: dict[int, Row]
    keys: dict[int, list[Key]]
    anchors: dict[int, int]
    customers: list[Row]


@define
class Deriver(Reader):
    """Derive customers from records within runs."""

    _proposed: dict[int, set[int]] | None = field(default=None, init=False)

    def propose(self, pairs: Iterable[Pair]) -> None:
        """Take these matches instead of those that are stored."""
        self._proposed = defaultdict(set)
        for left, right in pairs:
            self._proposed[left].add(right)
            self._proposed[right].add(left)

    def decisions(self, records: Iterable[int] | None = None) -> dict[str, list[Row]]:
        """Return what was decided about records, with the proposed matches.

        Matches count only where the rules match at all.
        """
        numbers = None if records is None else set(records)
        found = super().decisions(numbers)
        if not self.ruleset.match_rules:
            found.pop("match", None)
            return found
        if self._proposed is None:
            return found
        among = self._proposed.keys() if numbers is None else numbers & self._proposed.keys()
        pairs = {
            (min(one, other), max(one, other)) for one in among for other in self._proposed[one]
        }
        found["match"] = [{"left_id": left, "right_id": right} for left, right in sorted(pairs)]
        return found

    def settle(self, writer: RunWriter, records: Collection[int]) -> Settled:
        """Derive anew all that depends on these records, and write it.

        Args:
            writer: The run to write in.
            records: Records that became active or inactive.

        Returns:
            What changed.
        """
        return self.write(writer, self.compute(records))

    def compute(self, records: Collection[int], assume: Collection[int] = ()) -> Outcome:
        """Derive anew all that depends on these records, without writing.

        Args:
            records: Records that became active or inactive.
            assume: Runs to treat as cleaned already.

        Returns:
            What would be written.
        """
        self._active = dict.fromkeys(assume, True)
        for run in self.unit.runs(assume) if assume else ():
            self._origins[run.run_id] = Origin.of(run)
        rows, decisions = self._closure(set(records))
        active = {record: row for record, row in rows.items() if self._is_active(row)}
        keys = {
            record: keys_of(row, self.origin(row), self.ruleset) for record, row in active.items()
        }
        anchors = self._anchors(active, keys, decisions)
        customers = self._customers(active, anchors, decisions)
        return Outcome(rows, keys, anchors, customers)

    def write(self, writer: RunWriter, outcome: Outcome) -> Settled:
        """Write what was derived where it differs from the store."""
        self._write_keys(outcome.rows, outcome.keys)
        self._write_members(writer, outcome.rows, outcome.anchors)
        return self._write(writer, outcome)

    def refreshed(self, customers: Iterable[int], fresh: Sequence[Row]) -> list[Row]:
        """Derive the values of customers anew, without asking who belongs to whom.

        Args:
            customers: Their numbers.
            fresh: Records about them that are to be written.

        Returns:
            Golden records, without version.
        """
        members = {customer: self.members(customer) for customer in customers}
        for row in fresh:
            if row["about"] is not None:
                members[integer(row["about"])].append(integer(row["record_id"]))
        records = [record for group in members.values() for record in group]
        decisions = self.decisions(records)
        rows = self.load(records, decisions, fresh)
        anchors = {record: c for c, group in members.items() for record in group}
        return self._customers(rows, anchors, decisions)

    # ── finding what is affected ─────────────────────────────────────────────

    def _closure(self, seeds: set[int]) -> tuple[dict[int, Row], dict[str, list[Row]]]:
        rows: dict[int, Row] = {}
        wave = seeds
        while wave:
            fresh = self.load(wave)
            rows.update(fresh)
            wave = self._neighbours(fresh) - rows.keys()
        return rows, self.decisions(rows)

    def _neighbours(self, rows: Mapping[int, Row]) -> set[int]:
        keys = {
            key.value
            for row in rows.values()
            for key in keys_of(row, self.origin(row), self.ruleset)
        }
        found = set(self._with_keys(keys))
        found.update(self._with_external_ids(rows))
        found.update(self._same_customers(rows.keys()))
        found.update(integer(row["about"]) for row in rows.values() if row["about"] is not None)
        decisions = self.decisions(rows)
        for row in chain.from_iterable(decisions[kind] for kind in _PAIRED):
            found |= {integer(row["left_id"]), integer(row["right_id"])}
        return found

    def _with_keys(self, keys: Collection[str]) -> list[int]:
        stored = [key for key in keys if not key.startswith("x:")]
        where = [Cond("match_key", "in", stored)]
        return column(self.backend, KEYS, where, "record_id") if stored else []

    def _with_external_ids(self, rows: Mapping[int, Row]) -> list[int]:
        wanted = {str(row["external_id"]) for row in rows.values() if row.get("external_id")}
        if not wanted:
            return []
        return column(self.backend, RECORDS, [Cond("external_id", "in", list(wanted))], "record_id")

    def _same_customers(self, records: Iterable[int]) -> set[int]:
        records = sorted(records)
        members = [row for row in self.backend.get(MEMBERS, records) if row is not None]
        customers = {*records, *(integer(row["customer_id"]) for row in members)}
        where = [Cond("customer_id", "in", sorted(customers))]
        return customers | set(column(self.backend, MEMBERS, where, "record_id"))

    # ── deciding and writing ─────────────────────────────────────────────────

    def _anchors(
        self,
        active: Mapping[int, Row],
        keys: Mapping[int, list[Key]],
        decisions: Mapping[str, list[Row]],
    ) -> dict[int, int]:
        given = {record: name for record, row in active.items() if (name := given_of(row))}
        pairs = {
            kind: [
                (left, right)
                for row in decisions[kind]
                if (left := integer(row["left_id"])) in active
                and (right := integer(row["right_id"])) in active
            ]
            for kind in _PAIRED
        }
        abouts = [
            (record, integer(row["about"]))
            for record, row in active.items()
            if row.get("about") is not None and row["about"] in active
        ]
        linker = Linker(given, compatible, pairs["different"])
        evidence = (Evidence(key, record) for record in sorted(keys) for key in keys[record])
        found = linker.group(evidence, [*pairs["same"], *abouts], pairs["match"])
        return {record: found.get(record, record) for record in active}

    def _write_keys(self, rows: Mapping[int, Row], keys: Mapping[int, list[Key]]) -> None:
        where = [Cond("record_id", "in", sorted(rows))]
        olds = {
            (str(key), integer(record))
            for batch in self.backend.scan(KEYS, where)
            for key, record in batch.rows(["match_key", "record_id"])
        }
        news = {(key.value, record) for record in keys for key in keys[record]}
        news = {pair for pair in news if not pair[0].startswith("x:")}
        self.backend.delete(KEYS, sorted(olds - news))
        self.backend.put(
            KEYS, [{"match_key": key, "record_id": record} for key, record in sorted(news - olds)]
        )

    def _write_members(
        self, writer: RunWriter, rows: Mapping[int, Row], anchors: Mapping[int, int]
    ) -> None:
        numbers = sorted(rows)
        olds = dict(zip(numbers, self.backend.get(MEMBERS, numbers), strict=True))
        wanted = {record: anchor for record, anchor in anchors.items() if record != anchor}
        gone = [record for record in numbers if olds[record] and record not in wanted]
        self.backend.delete(MEMBERS, gone)
        self.backend.put(
            MEMBERS,
            [
                {"record_id": record, "customer_id": anchor, "run_id": writer.run_id}
                for record, anchor in sorted(wanted.items())
                if (olds[record] or {}).get("customer_id") != anchor
            ],
        )

    def _customers(
        self,
        active: Mapping[int, Row],
        anchors: Mapping[int, int],
        decisions: Mapping[str, list[Row]],
    ) -> list[Row]:
        people: dict[int, list[int]] = defaultdict(list)
        for record in sorted(anchors):
            people[anchors[record]].append(record)
        deleted = {integer(row["left_id"]) for row in decisions["delete"]}
        fills = self._fills(people)
        golden = self.golden(active, decisions)
        wanted: list[Row] = []
        for anchor, records in people.items():
            values: Row = {**fills.get(anchor, {})}
            won = golden.derive([active[record] for record in records], self._origins)
            values.update((name, value) for name, value in won.items() if value is not None)
            status = "active" if deleted.isdisjoint(records) else "deleted"
            wanted.append({**values, "customer_id": anchor, "status": status})
        return self._looked_up(wanted)

    def _looked_up(self, wanted: list[Row]) -> list[Row]:
        rules = [rule for rule in self.ruleset.fill_rules if not rule.sequential]
        if not rules or not wanted:
            return wanted
        batch = Batch.from_dicts(wanted, ["customer_id", "status", *fields()])
        for rule in rules:
            batch = rule.fill(batch)
        return list(batch.dicts())

    def _fills(self, people: Iterable[int]) -> dict[int, Row]:
        if self.empty(FILLS):
            return {}
        where = [Cond("record_id", "in", sorted(people))]
        rows = [row for batch in self.backend.scan(FILLS, where) for row in batch.dicts()]
        runs = self.unit.runs({integer(row["run_id"]) for row in rows}) if rows else []
        counted = {run.run_id for run in runs if run.undone_by is None}
        found: dict[int, Row] = defaultdict(dict)
        for row in rows:
            if row["run_id"] in counted:
                found[integer(row["record_id"])][str(row["field"])] = row["value"]
        return found

    def _write(self, writer: RunWriter, outcome: Outcome) -> Settled:
        numbers, anchors = sorted(outcome.rows), outcome.anchors
        olds = {integer(row["customer_id"]) for row in self.backend.get(CUSTOMERS, numbers) if row}
        kept = {integer(row["customer_id"]) for row in outcome.customers}
        merged = sorted(record for record in olds - kept if record in anchors)
        redirects = [redirect(record, anchors[record]) for record in merged]
        changed = {
            integer(row["customer_id"])
            for row in writer.put_customers(outcome.customers + redirects)
        }
        removed = sorted(olds - kept - set(merged))
        if removed:
            writer.remove_customers(removed)
        return Settled(sorted(kept - olds), sorted(changed & kept & olds), merged, removed)
