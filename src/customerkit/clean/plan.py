"""Plans: what cleaning would change, and why; shown, filtered, applied as one run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import Any

from attrs import define, evolve, field

from customerkit.clean.bulk import Bulk
from customerkit.clean.columns import Columns
from customerkit.clean.people import People, pairs_of, rows_of, waiting
from customerkit.clean.settle import FEW, active, pays
from customerkit.clean.view import ByColumn, ByRecord, Link, View
from customerkit.engine.pick import pick_engine
from customerkit.errors import ConflictError
from customerkit.markup import joined, table, tag
from customerkit.model.batch import Row, integer
from customerkit.model.log import Change, Run
from customerkit.model.profile import fields
from customerkit.model.tables import DECISIONS, MEMBERS, META, RECORDS, RULESETS
from customerkit.roles._extras import in_force
from customerkit.rules.derive import Deriver, Pair, Settled
from customerkit.rules.golden import Golden, Origin
from customerkit.rules.ruleset import Ruleset
from customerkit.store.protocol import Cond
from customerkit.store.recent import Recent
from customerkit.store.unit import RunWriter, State, UnitOfWork, span

Keep = Callable[[Change], bool]
_ROWS = 20_000


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
        engine: Where whole columns are worked, as for :func:`customerkit.open`.
        match: Whether to match all records anew; by default where enough of them are new.
    """

    unit: UnitOfWork
    ruleset: Ruleset
    pending: list[Run]
    deriver: Deriver
    log: dict[str, Any] = field(factory=dict)
    keep: Keep | None = None
    bulk_from: int = FEW
    recent: Recent = field(factory=Recent)
    engine: Any = None
    match: bool | None = None
    _seen: State | None = field(default=None, init=False)
    _people: People = field(factory=People, init=False)

    # ── looking ──────────────────────────────────────────────────────────────

    @cached_property
    def view(self) -> View:
        """Return what the rules derive."""
        self._seen = self.unit.state()
        count = sum((run.last_record or 0) - (run.first_record or 0) + 1 for run in self.pending)
        deriver = Deriver(self.unit, self.ruleset)
        counting = {run.run_id: run for run in (*active(self.unit), *self.pending)}
        if not pays(self.unit, deriver, count, self.bulk_from):
            changed = self._match(deriver, list(counting.values()))
            records = [*self._records(), *changed]
            return ByRecord(deriver, deriver.compute(records, self._pending()))
        runs = list(counting.values())
        match = self.match is not False
        bulk = Bulk(deriver, runs, pick_engine(self.engine), self.recent, match)
        bulk.compute()
        self._people = bulk.people
        return ByColumn(bulk)

    def _match(self, deriver: Deriver, runs: list[Run]) -> set[int]:
        """Match all records where it is time, and return those whose matches are others now."""
        self._people = People()
        if not self.ruleset.match_rules or self.match is False:
            return set()
        if self.match is None:
            self._people.waiting = waiting(self.unit)
            if self._people.waiting is not None:
                return set()
        columns = Columns(self.unit.backend, deriver.golden([]), runs, self.recent)
        self._people = People.of(columns)
        found = self._people.match(self.ruleset)
        deriver.propose(found)
        return set(chain.from_iterable(found ^ self._standing()))

    def _standing(self) -> set[Pair]:
        """Return the matches of earlier runs between records that count."""
        pairs = pairs_of(self.deriver.decisions())
        records = set(self._people.records) if pairs else set()
        return {pair for pair in pairs if pair[0] in records and pair[1] in records}

    def _pending(self) -> list[int]:
        return [run.run_id for run in self.pending]

    def _records(self) -> list[int]:
        """Return the records of the pending runs, and those that updates wrote about them."""
        wheres = [where for run in self.pending for where in (span(run), span(run, field="about"))]
        return [
            number
            for where in wheres
            for batch in self.unit.backend.scan(RECORDS, where, columns=["record_id"])
            for number in map(integer, batch.column("record_id"))
        ]

    def changes(self) -> Iterator[Change]:
        """Yield every change with its rule and reason, as it would be applied."""
        for change in self._all():
            if self.keep is None or self.keep(change):
                yield change

    def _all(self) -> Iterator[Change]:
        golden = self._golden()
        anchors = {link.record: link.anchor for link in self.view.links()}
        for run in self.pending:
            origin = Origin.of(run)
            for batch in self.unit.backend.scan(RECORDS, span(run)):
                for row in batch.dicts():
                    yield from _value_changes(row, origin, golden, anchors)
        yield from map(self._joining, self._links())

    def _golden(self) -> Golden:
        return self.deriver.golden([], self.deriver.decisions())

    def _links(self) -> Iterator[Link]:
        """Yield what joins a record to a customer it does not belong to yet."""
        links, names = self.view.links(), ["record_id", "customer_id"]
        while some := list(islice(links, _ROWS)):
            where = [Cond("record_id", "in", [link.record for link in some])]
            batches = self.unit.backend.scan(MEMBERS, where, columns=names)
            stored = {row[0]: row[1] for batch in batches for row in batch.rows(names)}
            yield from (link for link in some if stored.get(link.record) != link.anchor)

    def _joining(self, link: Link) -> Change:
        """Return the change that a link is."""
        rule, other = "deduplicate", link.other
        if link.key is not None:
            kind = link.key.split(":")[0]
            reason = f"same {'external id' if kind == 'x' else kind} as record {other}"
        elif (other := self._people.partner(link.record)) is not None:
            rule, reason = "match", f"most likely the same person as record {other}"
        else:
            reason = "shares a key with another of its records"
        old, new = f"c-{link.record}", f"c-{link.anchor}"
        return Change(new, link.record, "customer", old, new, rule, reason)

    @cached_property
    def counts(self) -> Counter[tuple[str, str, str]]:
        """Return how many changes there are by rule, field and kind of reason."""
        if self.keep is not None or self._golden().rejected:
            return _counted(self.changes())
        return self._value_counts() + _counted(map(self._joining, self._links()))

    def _value_counts(self) -> Counter[tuple[str, str, str]]:
        """Count the changes of values once for each distinct value of a batch."""
        golden = self.deriver.golden([])
        found: Counter[tuple[str, str, str]] = Counter()
        for run in self.pending:
            origin = Origin.of(run)
            for batch in self.unit.backend.scan(RECORDS, span(run)):
                for name in filter(self.ruleset.applies, fields()):
                    for (value, hint), count in golden.said(batch, name, origin).items():
                        for step in golden.steps(name, value, hint):
                            found[step.rule, name, step.reason] += count
        return found

    @property
    def suggestions(self) -> list[str]:
        """Return what the rules are not sure of: keys shared by different names."""
        shared = list(self.view.shared())
        given = self.view.given(sorted({who for _, people in shared for who in people}))
        return [
            f"{key.split(':')[0]} shared by {_customers(people)}; "
            f"kept apart: {_why_apart([given.get(who) for who in people])}"
            for key, people in shared
        ]

    def __len__(self) -> int:
        return sum(self.counts.values())

    def __str__(self) -> str:
        records, customers = self.view.counts()
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
        lines += self._people.told()
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
            if self._people.matched is not None:
                writer.details["matching"] = self._people.facts(self.unit.records())
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
        first = writer.run_id * 1_000_000
        rows = [
            {**row, "decision_id": first + at, "run_id": writer.run_id}
            for at, row in enumerate(rejected)
        ]
        self.unit.backend.put(DECISIONS, rows)
        if rejected or self._seen != writer.before:  # it was not looked at, or no longer holds
            self.__dict__.pop("view", None)
        view = self.view
        matches = rows_of(writer.run_id, self._people.pairs, self._standing())
        self.unit.backend.put(DECISIONS, list(matches))
        return view.write(writer)

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
            if states.get(run.run_id) != run  # another one may have its number after a rollback
        ]
        if stale:
            raise ConflictError(
                f"runs {json.dumps(stale[:5])} changed since this plan was made; plan again",
                runs=stale,
            )


def _value_changes(
    row: Row, origin: Origin, golden: Golden, anchors: dict[int, int]
) -> Iterator[Change]:
    number = int(str(row["record_id"]))
    customer = f"c-{anchors.get(number, number)}"
    for name, value in row.items():
        if value is None or name not in fields() or (number, name) in golden.rejected:
            continue
        for step in golden.steps(name, str(value), golden.hint(name, row, origin)):
            yield Change(
                customer, number, name, step.old, step.new,
                step.rule, step.reason, step.probability,
            )  # fmt: skip


def _why_apart(given: Sequence[str | None]) -> str:
    return "different given names" if all(given) else "a record without a name could be either"


def _counted(changes: Iterable[Change]) -> Counter[tuple[str, str, str]]:
    return Counter((change.rule, change.field, _kind(change)) for change in changes)


def _kind(change: Change) -> str:
    return change.reason.split(" as record")[0] if change.field == "customer" else change.reason


def _customers(people: Sequence[int]) -> str:
    names = [f"c-{who}" for who in people]
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
