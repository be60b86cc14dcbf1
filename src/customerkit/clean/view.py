"""See what rules derive before it is written: record by record, or by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Protocol

from attrs import define, frozen

from customerkit.clean.bulk import Bulk
from customerkit.clean.fill import Filler
from customerkit.clean.settle import write_all
from customerkit.model.batch import Batch, integer
from customerkit.model.profile import fields
from customerkit.model.tables import CUSTOMERS, FILLS
from customerkit.rules.derive import Deriver, Outcome, Settled
from customerkit.rules.reading import given_of
from customerkit.store.unit import RunWriter


@frozen
class Link:
    """Tell that a record belongs to the customer of an older one.

    Args:
        record: Its number.
        anchor: The oldest record of the customer.
        key: A key it shares with another record of the customer, if any.
        other: The oldest record with that key.
    """

    record: int
    anchor: int
    key: str | None = None
    other: int | None = None


class View(Protocol):
    """Hold what rules derive."""

    def counts(self) -> tuple[int, int]:
        """Return how many records were looked at, and how many customers they are."""

    def links(self) -> Iterator[Link]:
        """Yield the records that belong to an older one's customer, in order."""

    def shared(self) -> Iterator[tuple[str, list[int]]]:
        """Yield the keys that several customers hold but that join nobody, with them."""

    def given(self, records: Sequence[int]) -> dict[int, str | None]:
        """Return the given names of records."""

    def write(self, writer: RunWriter) -> Settled:
        """Write what was derived where it differs from the store."""


@define
class ByRecord:
    """See what was derived record by record.

    Args:
        deriver: The rules.
        outcome: What they gave.
    """

    deriver: Deriver
    outcome: Outcome

    def counts(self) -> tuple[int, int]:
        """Return how many records were looked at, and how many customers they are."""
        return len(self.outcome.anchors), len(self.outcome.customers)

    def links(self) -> Iterator[Link]:
        """Yield the records that belong to an older one's customer, in order."""
        keys, anchors = self.outcome.keys, self.outcome.anchors
        first: dict[str, int] = {}
        for record in sorted(anchors):
            for key in keys[record]:
                first.setdefault(key.value, record)
        for record, anchor in sorted(anchors.items()):
            if record == anchor:
                continue
            others = [
                (not key.strong, key.value, other)
                for key in keys[record]
                if (other := first[key.value]) != record and anchors[other] == anchor
            ]
            yield Link(record, anchor, *(min(others)[1:] if others else ()))

    def shared(self) -> Iterator[tuple[str, list[int]]]:
        """Yield the keys that several customers hold but that join nobody, with them."""
        holders: dict[str, set[int]] = {}
        for record, keys in self.outcome.keys.items():
            for key in keys:
                if not key.strong:
                    holders.setdefault(key.value, set()).add(self.outcome.anchors[record])
        for value, people in sorted(holders.items()):
            if len(people) > 1:
                yield value, sorted(people)

    def given(self, records: Sequence[int]) -> dict[int, str | None]:
        """Return the given names of records."""
        rows = self.outcome.rows
        return {record: given_of(rows[record]) for record in records if record in rows}

    def write(self, writer: RunWriter) -> Settled:
        """Write what was derived where it differs from the store."""
        return self.deriver.write(writer, self._filled(writer))

    def _filled(self, writer: RunWriter) -> Outcome:
        """Carry values into new customers, where the rules ask for it."""
        found, ruleset = self.outcome, self.deriver.ruleset
        if not any(rule.sequential for rule in ruleset.fill_rules):
            return found
        numbers = [integer(row["customer_id"]) for row in found.customers]
        known = writer.backend.get(CUSTOMERS, numbers)
        new = {n for n, row in zip(numbers, known, strict=True) if row is None}
        fresh = [row for row in found.customers if row["customer_id"] in new]
        rows = sorted(fresh, key=lambda row: integer(row["customer_id"]))
        batch = Batch.from_dicts(rows, ["customer_id", "status", *fields()])
        sources = [found.rows[integer(row["customer_id"])]["run_id"] for row in rows]
        filler = Filler(ruleset, writer.run_id)
        filled = list(filler.apply(batch, sources).dicts())
        writer.backend.load(FILLS, filler.fills)
        old = [row for row in found.customers if row["customer_id"] not in new]
        return Outcome(found.rows, found.keys, found.anchors, [*old, *filled])


@define
class ByColumn:
    """See what was derived by column, for the whole base.

    Args:
        bulk: Computed.
    """

    bulk: Bulk

    def counts(self) -> tuple[int, int]:
        """Return how many records were looked at, and how many customers they are."""
        records, joined = self.bulk.counts()
        return records, records - joined

    def links(self) -> Iterator[Link]:
        """Yield the records that belong to an older one's customer, in order."""
        links = (Link(*link) for link in self.bulk.links())
        for _, group in groupby(links, key=attrgetter("record")):
            yield min(group, key=self._rank)

    def _rank(self, link: Link) -> tuple[bool, str]:
        return (link.key is None or not self.bulk.is_strong(link.key), link.key or "")

    def shared(self) -> Iterator[tuple[str, list[int]]]:
        """Yield the keys that several customers hold but that join nobody, with them."""
        for key, pairs in groupby(self.bulk.shared(), key=itemgetter(0)):
            if not self.bulk.is_strong(key):
                yield key, [customer for _, customer in pairs]

    def given(self, records: Sequence[int]) -> dict[int, str | None]:
        """Return the given names of records."""
        return self.bulk.given(records)

    def write(self, writer: RunWriter) -> Settled:
        """Write what was derived where it differs from the store."""
        return write_all(self.bulk, writer)
