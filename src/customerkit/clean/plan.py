"""Plans: what cleaning would change, and why; shown, filtered, applied as one run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from attrs import define, evolve, field

from customerkit.clean.fill import Filler
from customerkit.clean.settle import FEW, pays, settle_all
from customerkit.errors import ConflictError
from customerkit.markup import joined, table, tag
from customerkit.model.batch import Batch, Row
from customerkit.model.log import Change, Run
from customerkit.model.profile import fields
from customerkit.model.tables import CUSTOMERS, DECISIONS, FILLS, META, RECORDS, RULESETS
from customerkit.roles._extras import in_force
from customerkit.rules.derive import Deriver, Outcome, Settled
from customerkit.rules.golden import Origin
from customerkit.rules.reading import given_of
from customerkit.rules.ruleset import Ruleset
from customerkit.store.protocol import Cond
from customerkit.store.recent import Recent
from customerkit.store.unit import RunWriter, UnitOfWork

Keep = Callable[[Change], bool]


@define(slots=False)
class Plan:
    """Propose what cleaning changes; nothing is written until :meth:`apply`.

    Args:
        unit: The store with its log.
        ruleset: The rules.
        pending: Runs whose records are not cleaned yet, or all when the rules are new.
        deriver: The derivation under the rules.
        log: Who and why, for the run.
        keep: Which changes to keep; the others are remembered as rejected.
        bulk_from: From so many records on, whole columns are worked where that pays.
        recent: Records that were just collected and need not be read again.
    """

    unit: UnitOfWork
    ruleset: Ruleset
    pending: list[Run]
    deriver: Deriver
    log: dict[str, Any] = field(factory=dict)
    keep: Keep | None = None
    bulk_from: int = FEW
    recent: Recent = field(factory=Recent)

    # ── looking ──────────────────────────────────────────────────────────────

    @cached_property
    def outcome(self) -> Outcome:
        """Return what the rules derive."""
        return self.deriver.compute(self.records(), [run.run_id for run in self.pending])

    def records(self) -> list[int]:
        """Return the numbers of the records it starts from."""
        return [
            number
            for run in self.pending
            for batch in self.unit.backend.scan(RECORDS, _range(run), columns=["record_id"])
            for number in map(int, map(str, batch.column("record_id")))
        ]

    def changes(self) -> Iterator[Change]:
        """Yield every change with its rule and reason, as it would be applied."""
        for change in self._all():
            if self.keep is None or self.keep(change):
                yield change

    def _all(self) -> Iterator[Change]:
        anchors = self.outcome.anchors
        golden = self.deriver.golden([])
        for run in self.pending:
            origin = Origin.of(run)
            for batch in self.unit.backend.scan(RECORDS, _range(run)):
                for row in batch.dicts():
                    yield from _value_changes(row, origin, golden, anchors)
        yield from self._links()

    def _links(self) -> Iterator[Change]:
        outcome = self.outcome
        first: dict[str, int] = {}
        for record in sorted(outcome.anchors):
            for key in outcome.keys[record]:
                first.setdefault(key.value, record)
        for record, anchor in outcome.anchors.items():
            if record != anchor and record in outcome.rows:
                yield self._link(record, anchor, first)

    def _link(self, record: int, anchor: int, first: dict[str, int]) -> Change:
        shared = [
            (key, first[key.value])
            for key in self.outcome.keys[record]
            if first[key.value] != record and self.outcome.anchors.get(first[key.value]) == anchor
        ]
        if shared:
            key, other = min(shared, key=lambda pair: (not pair[0].strong, pair[0].value))
            what = "external id" if key.value.startswith("x:") else key.value.split(":")[0]
            reason = f"same {what} as record {other}"
        else:
            reason = "shares a key with another of its records"
        return Change(
            f"c-{anchor}", record, "customer", f"c-{record}", f"c-{anchor}", "deduplicate", reason
        )

    @cached_property
    def counts(self) -> Counter[tuple[str, str, str]]:
        """Return how many changes there are by rule, field and kind of reason."""
        return Counter((change.rule, change.field, _kind(change)) for change in self.changes())

    @property
    def suggestions(self) -> list[str]:
        """Return what the rules are not sure of: keys shared by different names."""
        holders: dict[str, set[int]] = {}
        for record, keys in self.outcome.keys.items():
            for key in keys:
                if not key.strong:
                    holders.setdefault(key.value, set()).add(self.outcome.anchors[record])
        return [
            f"{key.split(':')[0]} shared by {_customers(people)}; "
            f"kept apart: {self._why_apart(people)}"
            for key, people in sorted(holders.items())
            if len(people) > 1
        ]

    def _why_apart(self, people: set[int]) -> str:
        named = [given_of(self.outcome.rows[who]) for who in people if who in self.outcome.rows]
        return "different given names" if all(named) else "a record without a name could be either"

    def __len__(self) -> int:
        return sum(self.counts.values())

    def __str__(self) -> str:
        records, customers = len(self.outcome.anchors), len(self.outcome.customers)
        head = (
            f"plan of ruleset {self.ruleset.name} ({self.ruleset.version}): "
            f"{len(self):,} changes to {records:,} records, {customers:,} customers"
        )
        lines = [head]
        ranked = sorted(self.counts.items(), key=lambda item: (-item[1], item[0]))
        lines += [
            f"  {count:>9,}  {rule:<14} {name:<14} {reason}"
            for (rule, name, reason), count in ranked
        ]
        suggestions = self.suggestions
        if suggestions:
            lines.append(f"  not sure, so left alone: {len(suggestions):,}")
            lines += [f"    {text}" for text in islice(suggestions, 5)]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head, *_ = str(self).partition("\n")
        ranked = sorted(self.counts.items(), key=lambda item: (-item[1], item[0]))
        rows = ((*why, count) for why, count in ranked)
        apart = (tag("p", f"left alone: {text}") for text in islice(self.suggestions, 5))
        changes = table(["rule", "field", "reason", "changes"], rows)
        return joined([tag("b", head), changes, *apart])

    # ── filtering and applying ───────────────────────────────────────────────

    def filter(self, keep: Keep) -> Plan:
        """Return the plan with only the changes for which ``keep`` is true.

        Args:
            keep: A predicate on changes.
        """
        before = self.keep
        both: Keep = keep if before is None else lambda c: before(c) and keep(c)
        return evolve(self, keep=both)

    def only(self, *rules: str) -> Plan:
        """Return the plan with only the rules of these names."""
        ruleset = self.ruleset.keep(rules)
        deriver = Deriver(self.unit, ruleset)
        return evolve(self, ruleset=ruleset, deriver=deriver)

    def apply(self) -> tuple[int, Settled]:
        """Write the plan as one run.

        Returns:
            The number of the run and what changed.

        Raises:
            ConflictError: The base changed since the plan was made.
        """
        rejected = self._rejected()
        with self.unit.run("clean", **self.log) as writer:
            self._check()
            version = self.ruleset.version
            toml = self.ruleset.dumps()
            self.unit.backend.put(RULESETS, [{"name": version, "value": toml, "version": 1}])
            self.unit.backend.put(META, [{"name": "rules", "value": version, "version": 1}])
            self.unit.amend(evolve(r, cleaned_by=writer.run_id) for r in self._fresh())
            settled = self._write(writer, rejected)
            writer.details |= {
                "ruleset": version,
                "extras": in_force(),
                "counts": {
                    "created": len(settled.created),
                    "changed": len(settled.changed),
                    "merged": len(settled.merged),
                    "removed": len(settled.removed),
                },
            }
        return writer.run_id, settled

    def _fresh(self) -> list[Run]:
        return [run for run in self.pending if run.cleaned_by is None]

    def _write(self, writer: RunWriter, rejected: Sequence[Row]) -> Settled:
        if not rejected and "outcome" in self.__dict__:
            return self.deriver.write(writer, self._filled(writer, self.outcome))
        first = writer.run_id * 1_000_000
        rows = [
            {**row, "decision_id": first + at, "run_id": writer.run_id}
            for at, row in enumerate(rejected)
        ]
        self.unit.backend.put(DECISIONS, rows)
        deriver = Deriver(self.unit, self.ruleset)  # it has to see what was just decided
        count = sum((run.last_record or 0) - (run.first_record or 0) + 1 for run in self.pending)
        if pays(self.unit, deriver, count, self.bulk_from):
            return settle_all(writer, self.unit, deriver, self.recent)
        outcome = deriver.compute(self.records(), [run.run_id for run in self.pending])
        return deriver.write(writer, self._filled(writer, outcome))

    def _filled(self, writer: RunWriter, outcome: Outcome) -> Outcome:
        """Carry values into new customers, where the rules ask for it."""
        if not any(rule.sequential for rule in self.ruleset.fill_rules):
            return outcome
        numbers = [int(str(row["customer_id"])) for row in outcome.customers]
        known = self.unit.backend.get(CUSTOMERS, numbers)
        new = {n for n, row in zip(numbers, known, strict=True) if row is None}
        rows = sorted(
            (row for row in outcome.customers if row["customer_id"] in new),
            key=lambda row: int(str(row["customer_id"])),
        )
        batch = Batch.from_dicts(rows, ["customer_id", "status", *fields()])
        sources = [outcome.rows[int(str(row["customer_id"]))]["run_id"] for row in rows]
        filler = Filler(self.ruleset, writer.run_id)
        filled = list(filler.apply(batch, sources).dicts())
        self.unit.backend.load(FILLS, filler.fills)
        old = [row for row in outcome.customers if row["customer_id"] not in new]
        return Outcome(outcome.rows, outcome.keys, outcome.anchors, [*old, *filled])

    def _rejected(self) -> list[Row]:
        if self.keep is None:
            return []
        found: list[Row] = []
        for change in self._all():
            if self.keep(change):
                continue
            if change.field == "customer":
                anchor = int(str(change.customer)[2:])
                found.append({"kind": "different", "left_id": anchor, "right_id": change.record})
            else:
                found.append({"kind": "reject", "left_id": change.record, "field": change.field})
        return found

    def _check(self) -> None:
        states = {run.run_id: run for run in self.unit.runs([r.run_id for r in self.pending])}
        stale = [
            run.run_id
            for run in self.pending
            if (now := states.get(run.run_id)) is None
            or (now.cleaned_by, now.undone_by) != (run.cleaned_by, run.undone_by)
        ]
        if stale:
            raise ConflictError(
                f"runs {json.dumps(stale[:5])} changed since this plan was made; plan again",
                runs=stale,
            )


def _range(run: Run) -> list[Cond]:
    return [
        Cond("record_id", "ge", run.first_record or 0),
        Cond("record_id", "le", run.last_record or -1),
    ]


def _value_changes(
    row: Row, origin: Origin, golden: Any, anchors: dict[int, int]
) -> Iterator[Change]:
    number = int(str(row["record_id"]))
    customer = f"c-{anchors.get(number, number)}"
    cleaned = golden.clean(row, origin)
    for name, value in row.items():
        if value is not None and cleaned[name] != value:
            hint = golden.hint(name, row, origin)
            for step in golden.ruleset.trace(name, str(value), hint):
                yield Change(
                    customer, number, name, step.old, step.new,
                    step.rule, step.reason, step.probability,
                )  # fmt: skip


def _kind(change: Change) -> str:
    return change.reason.split(" as record")[0] if change.field == "customer" else change.reason


def _customers(people: set[int]) -> str:
    names = [f"c-{who}" for who in sorted(people)]
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
