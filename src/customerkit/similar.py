"""Match within a base: who a person most likely is, and which pairs to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
from attrs import define, evolve, field

from customerkit.clean.columns import Columns
from customerkit.clean.people import People
from customerkit.clean.settle import active
from customerkit.errors import AmbiguousError, InputError, NotFoundError
from customerkit.lookup import Lookup
from customerkit.markup import Markup
from customerkit.match.live import Hit, Index
from customerkit.match.matching import match_subjects
from customerkit.matches import Matching, Pair, Ties, matching_of, ties_of
from customerkit.model.batch import Row, integer
from customerkit.model.customer import check_reference, customer_id, customer_number
from customerkit.model.likeness import Likeness
from customerkit.model.log import Run
from customerkit.model.profile import check_field, fields
from customerkit.model.table import Table
from customerkit.model.tables import CUSTOMERS, MEMBERS
from customerkit.roles import role
from customerkit.rules.derive import Deriver
from customerkit.store.protocol import Cond
from customerkit.store.unit import record_numbers

_ADDED = 5_000  # records that are added one by one; beyond, the index is made anew
_FINAL = "erase"
_SEVERAL, _LIKELY = 5, 0.05  # customers of a record that are told, and their least chance


def people_of(deriver: Deriver) -> People:
    """Gather what the records that count state."""
    return People.of(Columns(deriver.backend, deriver.golden([]), active(deriver.unit)))


# ── one person ───────────────────────────────────────────────────────────────


@define(eq=False)
class Live:
    """Keep an index of a base up to date, in this process.

    The first question makes it; later ones add and remove what changed in between.
    """

    _index: Index | None = None
    _runs: dict[int, Run] = field(factory=dict)
    _rules: str = ""
    _erased: int = 0

    def similar(
        self, deriver: Deriver, values: Mapping[str, Any], limit: int, least: float
    ) -> list[Likeness]:
        """Return the customers that values most likely mean, see :meth:`CustomerBase.similar`."""
        if not values:
            raise InputError("say what is known of the person: field=value")
        said = {name: _standard(name, value) for name, value in values.items()}
        known = {name: value for name, value in said.items() if value is not None}
        return _like(deriver, self._fresh(deriver), known, limit, least)

    def of_run(self, deriver: Deriver, run: Run) -> dict[int, list[Likeness]]:
        """Return the customers that the records of a run most likely speak of.

        Args:
            deriver: The derivation under the rules in force.
            run: The run; customers that are made of its records alone do not count.

        Returns:
            Record → customers, the likeliest first; records like nobody are left out.
        """
        rows, index = deriver.load(record_numbers([run])), self._fresh(deriver)
        found = {}
        for record, row in rows.items():
            likely = list(_by_id(deriver, row))
            told = {one.customer for one in likely}
            if known := _stated(row):
                like = _like(deriver, index, known, _SEVERAL, _LIKELY)
                likely += [one for one in like if one.customer not in told]
            if likely:
                found[record] = likely
        return found

    def _fresh(self, deriver: Deriver) -> Index:
        runs = {run.run_id: run for run in active(deriver.unit)}
        erased = sum(1 for _ in deriver.unit.runs(verb=_FINAL))
        new = [run for number, run in runs.items() if number not in self._runs]
        gone = [run for number, run in self._runs.items() if number not in runs]
        few = len(record_numbers([*new, *gone])) <= _ADDED
        same = self._rules == deriver.ruleset.version and self._erased == erased
        if self._index is None or not (few and same):
            self._index = _index(deriver)
        else:
            self._change(self._index, deriver, new, gone)
        self._runs, self._rules, self._erased = runs, deriver.ruleset.version, erased
        return self._index

    def _change(self, index: Index, deriver: Deriver, new: list[Run], gone: list[Run]) -> None:
        for record in record_numbers(gone):
            index.remove(record)
        for record, row in deriver.load(record_numbers(new)).items():
            if row["about"] is None:
                index.add(record, _stated(row))


def _stated(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in fields() if row.get(name)}


def _like(
    deriver: Deriver, index: Index, known: Mapping[str, Any], limit: int, least: float
) -> list[Likeness]:
    hits = index.find(known, 4 * limit)
    return list(_customers(deriver, [hit for hit in hits if hit.match >= least]))[:limit]


def _index(deriver: Deriver) -> Index:
    people = people_of(deriver)
    matcher = match_subjects(people.encoded()).matcher
    return Index.of(matcher, np.array(people.records, np.int64))


def _standard(name: str, value: Any) -> str | None:
    return role(check_field(name).role).standardise(str(value)).value


def _by_id(deriver: Deriver, row: Row) -> Iterator[Likeness]:
    """Yield the customer that has the external id of a record already."""
    if row.get("external_id"):
        reference = deriver.origin(row).space, str(row["external_id"])
        with suppress(NotFoundError, AmbiguousError):
            number = Lookup(deriver.unit, deriver).number(reference)
            (customer,) = deriver.backend.get(CUSTOMERS, [number])
            if customer is not None and customer["status"] == "active":
                yield Likeness(customer_id(number), number, 1.0, 0.0, 0.0, ("external id",))


def _customers(deriver: Deriver, hits: list[Hit]) -> Iterator[Likeness]:
    """Yield the active customers of records, each once, the likeliest first."""
    records = [hit.record for hit in hits]
    members = deriver.backend.get(MEMBERS, records)
    owners = [
        hit.record if row is None else integer(row["customer_id"])
        for hit, row in zip(hits, members, strict=True)
    ]
    rows: dict[int, Row | None] = dict(
        zip(owners, deriver.backend.get(CUSTOMERS, owners), strict=True)
    )
    told: set[int] = set()
    for hit, owner in zip(hits, owners, strict=True):
        row = rows[owner]
        if owner not in told and row is not None and row["status"] == "active":
            told.add(owner)
            chances = (hit.match, hit.household, hit.colleagues)
            yield Likeness(customer_id(owner), hit.record, *chances, hit.passes)


# ── all pairs ────────────────────────────────────────────────────────────────


@define(eq=False)
class BaseMatching:
    """Say how the records of a base match; numbers are those of records.

    Args:
        matching: The same by rows.
        records: Row → record number.
        decided: Pairs that people decided.
        owners: Record → number of its customer, where that is another.
        merged: Number of a merged customer → of the one it went to.
    """

    matching: Matching
    records: list[int]
    decided: set[frozenset[int]]
    owners: dict[int, int]
    merged: dict[int, int]
    _rows: dict[int, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._rows = {record: row for row, record in enumerate(self.records)}

    def explain(self, record: int, other: int) -> Pair:
        """Tell what speaks for and against two records being one person."""
        return self._numbered(self.matching.explain(self._row(record), self._row(other)))

    def explain_customer(self, customer: str | int | tuple[str, str]) -> Ties:
        """Tell what holds the records of a customer together.

        Args:
            customer: Its id, such as ``c-42``, or that of one that was merged into it.

        Raises:
            NotFoundError: No record of it is matched.
        """
        reference = check_reference(customer)
        number = customer_number(reference) if isinstance(reference, str) else None
        while number in self.merged:
            number = self.merged[number]
        own = [record for record in self.records if self.owners.get(record, record) == number]
        if not own:
            raise NotFoundError(
                "no record of this customer is matched; its id is such as c-42",
                reference=customer,
            )
        name = customer_id(self.owners.get(own[0], own[0]))
        ties = ties_of(self.matching, name, [self._rows[record] for record in own])
        pairs = [self._reasoned(self._numbered(pair)) for pair in ties.pairs]
        return evolve(ties, records=[self.records[row] for row in ties.records], pairs=pairs)

    def _reasoned(self, pair: Pair) -> Pair:
        if pair.together:
            return pair
        decided = frozenset((pair.row, pair.other)) in self.decided
        otherwise = "not by matching: a key, a decision or what other records state joins them"
        reason = "a person decided it" if decided else otherwise
        return evolve(pair, together=True, reason=reason)

    def why_not(self, record: int, other: int) -> Pair:
        """Tell why matching did not join two records."""
        return self._numbered(self.matching.why_not(self._row(record), self._row(other)))

    def review(self, limit: int = 20) -> list[Pair]:
        """Return the pairs that a person should decide, the most uncertain first.

        Those that were decided are left out. :meth:`CustomerBase.merge` and
        :meth:`CustomerBase.unmerge` decide.
        """
        pairs = map(self._numbered, self.matching.review(limit + len(self.decided)))
        return [p for p in pairs if frozenset((p.row, p.other)) not in self.decided][:limit]

    def customers(self, pair: Pair) -> tuple[str, str]:
        """Return the ids of the customers that the two records of a pair belong to."""
        one, other = (self.owners.get(record, record) for record in (pair.row, pair.other))
        return customer_id(one), customer_id(other)

    def _row(self, record: int) -> int:
        try:
            return self._rows[record]
        except KeyError:
            raise NotFoundError(
                f"record {record} is not matched: there is none, or it is not cleaned, or an"
                " update of another",
                reference=record,
            ) from None

    def _numbered(self, pair: Pair) -> Pair:
        row, other = self.records[pair.row], self.records[pair.other]
        return evolve(pair, row=row, other=other, what="Records")

    def __str__(self) -> str:
        return str(self.matching)

    def _repr_html_(self) -> Markup:
        return self.matching._repr_html_()


def matching(deriver: Deriver, progress: Callable[[str], None] | None) -> BaseMatching:
    """Match all records of a base that count, without writing."""
    people = people_of(deriver)
    found = match_subjects(people.encoded(progress), progress)
    decisions = deriver.decisions()
    decided = {
        frozenset((integer(row["left_id"]), integer(row["right_id"])))
        for kind in ("same", "different")
        for row in decisions[kind]
    }
    owners = _pairs(deriver, MEMBERS, ["record_id", "customer_id"])
    away = [Cond("status", "eq", "merged")]
    merged = _pairs(deriver, CUSTOMERS, ["customer_id", "redirect"], away)
    told = matching_of(found, found.warnings)
    return BaseMatching(told, people.records, decided, owners, merged)


def _pairs(
    deriver: Deriver, table: Table, names: list[str], where: Sequence[Cond] = ()
) -> dict[int, int]:
    batches = deriver.backend.scan(table, where, columns=names)
    return {integer(one): integer(other) for batch in batches for one, other in batch.rows(names)}
