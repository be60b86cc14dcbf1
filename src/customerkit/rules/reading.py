"""Read records as the rules see them: cleaned, with their origin and the decisions on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import define, field

from customerkit.model.batch import Row, integer
from customerkit.model.log import Run
from customerkit.model.table import Table
from customerkit.model.tables import DECISIONS, MEMBERS, RECORDS
from customerkit.roles.full_name import family_name, given_name
from customerkit.roles.name import fold
from customerkit.rules.golden import Golden, Origin
from customerkit.rules.rule import Key
from customerkit.rules.ruleset import Ruleset
from customerkit.store.protocol import Backend, Cond
from customerkit.store.unit import UnitOfWork

_ON_PAIRS = frozenset(["same", "different"])
_BY_RULE = frozenset(["match", "unmatch"])


def column(backend: Backend, table: Table, where: list[Cond], name: str) -> list[int]:
    """Return one integer column of the matching rows."""
    return [
        integer(value)
        for batch in backend.scan(table, where, columns=[name])
        for value in batch.column(name)
    ]


def family_of(row: Row) -> str:
    """Return a record's folded family name, or nothing."""
    return fold(family_name(row.get("family_name"), row.get("full_name")) or "")


def given_of(row: Row) -> str | None:
    """Return the name by which people who share a key are told apart."""
    return given_name(row.get("given_name"), row.get("full_name"))


def keys_of(row: Row, origin: Origin, ruleset: Ruleset) -> list[Key]:
    """Return the keys that a cleaned record has under a ruleset."""
    found = []
    for rule in ruleset.link_rules:
        for name in rule.fields():
            value = row.get(name)
            if value is not None:
                family = family_of(row) if rule.wants_family(name) else ""
                found.append(rule.key(name, str(value), origin.space, family))
    return [key for key in dict.fromkeys(found) if key is not None]


@define
class Reader:
    """Read records of a base.

    Args:
        unit: The store with its log.
        ruleset: The rules in force.
    """

    unit: UnitOfWork
    ruleset: Ruleset
    _origins: dict[int, Origin] = field(factory=dict)
    _active: dict[int, bool] = field(factory=dict)
    _golden: Golden = field(init=False)
    _untouched: dict[str, bool] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._golden = Golden(self.ruleset)

    @property
    def backend(self) -> Backend:
        """Return the store."""
        return self.unit.backend

    def load(
        self,
        records: Iterable[int],
        decisions: Mapping[str, list[Row]] | None = None,
        known: Sequence[Row] = (),
    ) -> dict[int, Row]:
        """Return records by number, cleaned by the value rules.

        Args:
            records: Their numbers.
            decisions: What people decided about them; read where not given.
            known: Rows of them that need not be read.
        """
        numbers = sorted(set(records))
        held = {integer(row["record_id"]): row for row in known}
        unread = [record for record in numbers if record not in held]
        held |= {integer(row["record_id"]): row for row in self._stored(unread)}
        raw = [held[record] for record in numbers if record in held]
        self._know(integer(row["run_id"]) for row in raw)
        golden = self.golden(numbers, decisions)
        return {integer(row["record_id"]): golden.clean(row, self.origin(row)) for row in raw}

    def _stored(self, records: Sequence[int]) -> list[Row]:
        return [row for row in self.backend.get(RECORDS, records) if row is not None]

    def golden(
        self, records: Iterable[int], decisions: Mapping[str, list[Row]] | None = None
    ) -> Golden:
        """Return the derivation of golden records under the rules and decisions."""
        rejects = (self.decisions(records) if decisions is None else decisions)["reject"]
        self._golden.rejected = frozenset(
            (integer(row["left_id"]), str(row["field"])) for row in rejects
        )
        return self._golden

    def empty(self, table: Table) -> bool:
        """Say whether a table had no row when this reader first asked."""
        if table.name not in self._untouched:
            self._untouched[table.name] = not any(self.backend.scan(table, limit=1))
        return self._untouched[table.name]

    def members(self, customer: int) -> list[int]:
        """Return the record numbers of a customer, oldest first."""
        others = column(self.backend, MEMBERS, [Cond("customer_id", "eq", customer)], "record_id")
        return [customer, *sorted(others)]

    def origin(self, row: Row) -> Origin:
        """Return where a record came from."""
        run_id = integer(row["run_id"])
        if run_id not in self._origins:
            self._know([run_id])
        return self._origins[run_id]

    def origins(self) -> Mapping[int, Origin]:
        """Return every origin met so far, by run."""
        return self._origins

    def _know(self, runs: Iterable[int]) -> None:
        unknown = {run for run in runs if run not in self._active}
        for run in self.unit.runs(unknown) if unknown else ():
            self.know(run)

    def know(self, run: Run) -> None:
        """Learn of a run, also of one that is not in the log yet."""
        self._origins[run.run_id] = Origin.of(run)
        self._active[run.run_id] = run.undone_by is None and run.cleaned_by is not None

    def _is_active(self, row: Row) -> bool:
        return self._active[integer(row["run_id"])]

    def decisions(self, records: Iterable[int] | None = None) -> dict[str, list[Row]]:
        """Return what people decided about records, by kind, oldest first.

        What was undone does not count, nor what a later decision overrules.

        Args:
            records: Their numbers; all by default.
        """
        numbers = None if records is None else sorted(set(records))
        if self.empty(DECISIONS) or numbers == []:
            return defaultdict(list)
        sides = ("left_id", "right_id")
        wheres = [[Cond(side, "in", numbers)] for side in sides] if numbers else [[]]
        rows = {
            row["decision_id"]: row
            for where in wheres
            for batch in self.backend.scan(DECISIONS, where)
            for row in batch.dicts()
        }
        found: dict[str, list[Row]] = defaultdict(list)
        runs = self.unit.runs({integer(row["run_id"]) for row in rows.values()}) if rows else []
        undone = {run.run_id for run in runs if run.undone_by is not None}
        taken = sorted(rows.values(), key=lambda row: integer(row["decision_id"]))
        counted = [row for row in taken if row["run_id"] not in undone]
        for row in standing(counted):
            found[str(row["kind"])].append(row)
        return found


def standing(decisions: Sequence[Row]) -> list[Row]:
    """Return the decisions that no later one on the same two records overrules.

    What rules matched, rules overrule; what people decided, people do.

    Args:
        decisions: In the order they were taken.
    """
    last = {
        (kinds, frozenset((row["left_id"], row["right_id"]))): row["decision_id"]
        for row in decisions
        for kinds in (_ON_PAIRS, _BY_RULE)
        if row["kind"] in kinds
    }
    standing = set(last.values())
    free = _ON_PAIRS | _BY_RULE
    return [row for row in decisions if row["kind"] not in free or row["decision_id"] in standing]
