"""Match the records of a base, and keep what was found as decisions of the run.

A match is a decision that a machine took: a later clean run overrules it, a person's
always does, and undoing the run takes it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from attrs import define, field

from customerkit.clean.columns import Columns
from customerkit.model.batch import Batch, Row, integer
from customerkit.model.profile import fields
from customerkit.rules.derive import Pair
from customerkit.rules.ruleset import Ruleset
from customerkit.store.unit import UnitOfWork, details

if TYPE_CHECKING:
    from customerkit.match.matching import Matched, Progress
    from customerkit.match.subjects import Subjects

_PER_RUN = 10**12  # matches of a run at most, far from the numbers of what people decide
_SMALL = 20_000  # records that are matched whenever a clean run finds new ones
_SHARE = 0.05  # of a larger base that was not matched yet, from which all of it is
_WHOLE = 6  # records of a person who are all linked with each other


@define
class People:
    """Gather the columns that tell people apart, while records stream by.

    Args:
        records: The number of each record.
        columns: Field → what each record states, until it is encoded.
        matched: Who is who, once :meth:`match` was called.
        waiting: Records that are not matched, for they are few of a large base.
    """

    records: list[int] = field(factory=list)
    columns: dict[str, list[Any]] = field(factory=dict)
    matched: Matched | None = None
    waiting: int | None = None
    pairs: set[Pair] = field(factory=set)
    _partners: dict[int, int] = field(factory=dict)

    sources: list[tuple[Any, Any]] = field(factory=list)

    @classmethod
    def of(cls, columns: Columns) -> People:
        """Gather all records of cleaned columns."""
        people = cls()
        for _ in people.watch(columns.batches()):
            pass
        return people

    def watch(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """Yield batches as they are, and keep what matching needs of them."""
        from customerkit.match.subjects import COMPARED, WRITTEN  # imports numpy

        telling = [name for name, item in fields().items() if item.base in COMPARED] + [WRITTEN]
        for batch in batches:
            about = _column(batch, "about")
            self._keep(batch.where([one is None for one in about]), telling)
            yield batch

    def _keep(self, batch: Batch, telling: Sequence[str]) -> None:
        before = len(self.records)
        self.records += map(integer, batch.column("record_id"))
        self.sources += zip(_column(batch, "space"), _column(batch, "external_id"), strict=True)
        for name in telling:
            held = self.columns.get(name)
            if name in batch.names:
                if held is None:
                    held = self.columns[name] = [None] * before
                held += batch.column(name)
            elif held is not None:
                held += [None] * len(batch)

    def encoded(self, progress: Progress | None = None) -> Subjects:
        """Return the records for comparison, and let go of their columns."""
        from customerkit.match.matching import encode

        columns, self.columns = self.columns, {}
        return encode(columns, len(self.records), progress)

    def match(self, ruleset: Ruleset) -> set[Pair]:
        """Return the pairs of records that are one person, by record number."""
        rules = ruleset.match_rules
        if not rules or not self.records:
            return set()
        from customerkit.match.matching import match_subjects

        self.matched = match_subjects(self.encoded(), threshold=rules[0].bits)
        groups: dict[int, list[int]] = {}
        for at, label in enumerate(self.matched.labels.tolist()):
            if label != at:
                groups.setdefault(label, [label]).append(at)
        self.pairs = {
            pair
            for members in groups.values()
            if self._need_links(members)
            for pair in links(self.records[member] for member in members)
        }
        return self.pairs

    def facts(self, records: int) -> dict[str, Any]:
        """Return what the log keeps of a matching of so many records."""
        if self.matched is None:
            return {}
        return {
            "records": records,
            "pairs": round(self.matched.estimated),
            "precision": round(self.matched.precision, 4),
            "recall": round(self.matched.recall, 4),
            "warnings": self.matched.warnings,
        }

    def told(self) -> list[str]:
        """Return what a person who has no truth should know of the matching."""
        if self.waiting:
            said = f"  records not matched yet: {self.waiting:,}; until they are many, exact keys"
            return [f"{said} alone join them (match=True matches all)"]
        if self.matched is None or not len(self.matched.left):
            return []
        found = self.matched
        said = (
            f"  matching believes in {found.estimated:,.0f} pairs of records of one person;"
            f" of those it joins {found.precision:.1%} are right,"
            f" and it joins {found.recall:.1%} of them"
        )
        return [said, *(f"  warning: {text}" for text in found.warnings)]

    def partner(self, record: int) -> int | None:
        """Return the lowest record that a record was matched with, if any."""
        if not self._partners:
            for left, right in sorted(self.pairs, reverse=True):
                self._partners |= {left: right, right: left}
        return self._partners.get(record)

    def _need_links(self, members: Sequence[int]) -> bool:
        """Say whether no external id joins them all as it is."""
        source = self.sources[members[0]]
        return source[1] is None or any(self.sources[member] != source for member in members)


def waiting(unit: UnitOfWork) -> int | None:
    """Return how many records wait to be matched, None where all of them are matched now.

    It is for small bases, and where a good part of a large one was never matched. Until
    then new records of a large base are joined by exact keys only.
    """
    records = unit.records()
    if records <= _SMALL:
        return None
    cleans = (run for run in reversed(list(unit.runs(verb="clean"))) if run.undone_by is None)
    told = (details(run).get("matching") for run in cleans)
    last = next(filter(None, told), None)
    new = records - (0 if last is None else int(last["records"]))
    return None if new >= _SHARE * records else new


def _column(batch: Batch, name: str) -> Sequence[Any]:
    return batch.column(name) if name in batch.names else [None] * len(batch)


def links(records: Iterable[int]) -> Iterator[Pair]:
    """Yield pairs that hold the records of one person together, also without some of them.

    Example:
        >>> list(links([5, 3, 9]))
        [(3, 5), (3, 9), (5, 9)]
    """
    numbers = sorted(records)
    if len(numbers) <= _WHOLE:
        yield from combinations(numbers, 2)
        return
    first = numbers[0]
    yield from ((first, other) for other in numbers[1:])
    yield from pairwise(numbers[1:])


def rows_of(run_id: int, found: set[Pair], standing: set[Pair]) -> Iterator[Row]:
    """Yield the decisions that lead from the pairs that stand to those that were found.

    Args:
        run_id: The clean run.
        found: The pairs of this run.
        standing: Those of earlier runs.
    """
    changes: list[tuple[str, Pair]] = [("match", pair) for pair in sorted(found - standing)]
    changes += [("unmatch", pair) for pair in sorted(standing - found)]
    for at, (kind, (left, right)) in enumerate(changes, run_id * _PER_RUN):
        yield {
            "decision_id": at,
            "run_id": run_id,
            "kind": kind,
            "left_id": left,
            "right_id": right,
            "rule": "match",
        }


def pairs_of(decisions: Mapping[str, list[Row]]) -> set[Pair]:
    """Return the matches among decisions."""
    return {(integer(row["left_id"]), integer(row["right_id"])) for row in decisions["match"]}
