"""Find customers, and explain where each value comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
from attrs import define, evolve, frozen

from customerkit.errors import AmbiguousError, NotFoundError
from customerkit.markup import joined, shape, table, tag
from customerkit.model.batch import Row, integer
from customerkit.model.customer import (
    Address,
    Contact,
    Customer,
    Identifier,
    Name,
    check_reference,
    customer_id,
    customer_number,
)
from customerkit.model.profile import check_field, fields, groups
from customerkit.model.tables import CUSTOMERS, KEYS, MEMBERS, RECORDS
from customerkit.roles import role
from customerkit.rules.derive import Deriver
from customerkit.rules.rule import shortened
from customerkit.rules.ruleset import Step
from customerkit.store.protocol import Cond
from customerkit.store.unit import UnitOfWork
from customerkit.update.edit import Edit

_EXTERNAL = "external_id"


@frozen
class Source:
    """Tell what one record says about a field.

    Args:
        record: Its number.
        channel: Who said it.
        source: The file.
        position: Row in the source.
        run: The run that collected it.
        raw: As given.
        value: After the rules.
        steps: What each rule did.
        wins: Whether this is the customer's value.
    """

    record: int
    channel: str
    source: str | None
    position: int
    run: int
    raw: str | None = attrs.field(repr=False)
    value: str | None = attrs.field(repr=False)
    steps: Sequence[Step] = attrs.field(default=(), repr=False)
    wins: bool = False


@frozen
class Explanation:
    """Explain one value of a customer.

    Args:
        customer: Its id.
        field: The field.
        value: The winning value.
        why: Why it won, in words.
        sources: What every record said, the winner first.
    """

    customer: str
    field: str
    value: str | None = attrs.field(repr=False)
    why: str
    sources: Sequence[Source]

    def __str__(self) -> str:
        lines = [f"{self.customer} {self.field} = {self.value!r}: {self.why}"]
        for item in self.sources:
            mark = "*" if item.wins else " "
            where = f"{item.channel} {item.source or ''} row {item.position} (run {item.run})"
            lines.append(f" {mark} {item.raw!r} from {where}")
            lines += [f"     {s.rule}: {s.old!r} -> {s.new!r} ({s.reason})" for s in item.steps]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """Show who said it and why it won, and of each value only its shape."""
        rows = (
            (
                "✓" if item.wins else "",
                item.channel,
                item.source,
                item.position,
                shape(item.raw),
                shape(item.value),
                ", ".join(step.reason for step in item.steps),
            )
            for item in self.sources
        )
        headers = ("wins", "channel", "source", "row", "as given", "after the rules", "because")
        head = f"{self.customer} {self.field}: {self.why}"
        return joined([tag("b", head), table(headers, rows)])


@define
class Lookup:
    """Read customers of a base.

    Args:
        unit: The store with its log.
        deriver: The derivation under the rules in force.
    """

    unit: UnitOfWork
    deriver: Deriver

    # ── references ───────────────────────────────────────────────────────────

    def number(self, reference: str | tuple[str, str]) -> int:
        """Return the number of the customer a reference means, redirects followed.

        A deleted customer is found where no active one is meant.

        Raises:
            NotFoundError: There is none.
            AmbiguousError: An external id of several customers.
        """
        found = customer_number(reference) if isinstance(reference, str) else None
        numbers = {found} if found is not None else self._external(reference)
        followed = dict(filter(None, map(self._followed, numbers)))
        active = {number for number, status in followed.items() if status == "active"}
        numbers = active or {n for n, status in followed.items() if status == "deleted"}
        if not numbers:
            raise NotFoundError(
                f"{_gone(followed)}; find customers with base.find(field=value)",
                reference=reference,
            )
        if len(numbers) > 1:
            ids = [customer_id(number) for number in sorted(numbers)]
            raise AmbiguousError(
                f"several customers have this external id: {', '.join(ids[:5])}; "
                "name one of them, or (channel, external id)",
                customers=ids,
            )
        return numbers.pop()

    def _external(self, reference: str | tuple[str, str]) -> set[int]:
        space, value = reference if isinstance(reference, tuple) else (None, reference)
        standard = role("identifier").standardise(value).value
        where = [Cond(_EXTERNAL, "eq", standard)]
        rows = [row for batch in self.unit.backend.scan(RECORDS, where) for row in batch.dicts()]
        if space is not None:
            rows = [row for row in rows if self.deriver.origin(row).space == space]
        records = [integer(row["record_id"]) for row in rows]
        members = self.unit.backend.get(MEMBERS, records)
        return {
            integer(member["customer_id"]) if member else record
            for record, member in zip(records, members, strict=True)
        }

    def _followed(self, number: int) -> tuple[int, str] | None:
        """Return where a number leads after all merges, and the status there."""
        row = self.unit.backend.get(CUSTOMERS, [number])[0]
        while row is not None and row["status"] == "merged":
            number = integer(row["redirect"])
            row = self.unit.backend.get(CUSTOMERS, [number])[0]
        return None if row is None else (number, str(row["status"]))

    def resolve(self, edit: Edit) -> Edit:
        """Return the edit with the number of the customer it means.

        Raises:
            NotFoundError: There is none, or it was deleted or erased.
        """
        if edit.customer is None:
            return edit
        reference = check_reference(edit.customer)
        found = customer_number(reference) if isinstance(reference, str) else None
        if found is None or not self._is_active(found):
            found = self.number(reference)
            if not self._is_active(found):
                raise NotFoundError(_deleted(found), reference=reference)
        return evolve(edit, customer=found)

    def _is_active(self, number: int) -> bool:
        row = self.unit.backend.get(CUSTOMERS, [number])[0]
        return row is not None and row["status"] == "active"

    # ── reading ──────────────────────────────────────────────────────────────

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield every active customer as a flat dict, in order of id."""
        for batch in self.unit.backend.scan(CUSTOMERS, [Cond("status", "eq", "active")]):
            for row in batch.dicts():
                yield {"id": customer_id(integer(row["customer_id"])), **_values(row)}

    def customer(self, number: int) -> Customer:
        """Return a customer with everything that was said about it."""
        row = self.unit.backend.get(CUSTOMERS, [number])[0]
        if row is None or row["status"] == "deleted":
            raise NotFoundError(_deleted(number) if row else f"no customer {customer_id(number)}")
        records = self.deriver.members(number)
        raws = [item for item in self.unit.backend.get(RECORDS, records) if item is not None]
        values = _values(row)
        return Customer(
            customer_id(number),
            integer(row["version"]),
            name=_group(Name, values, "name"),
            address=_group(Address, values, "address"),
            values=values,
            emails=self._contacts("email", raws, values.get("email")),
            phones=self._contacts("phone", raws, values.get("phone")),
            identifiers=self._identifiers(raws),
            attributes=_attributes(raws),
            records=records,
        )

    def _contacts(self, base: str, raws: Sequence[Row], winner: str | None) -> list[Contact]:
        golden = self.deriver.golden([])
        found: dict[str, Contact] = {}
        for row in raws:
            cleaned = golden.clean(row, self.deriver.origin(row))
            for item in fields().values():
                value, raw = cleaned.get(item.name), row.get(item.name)
                if item.base == base and value is not None:
                    valid = role(item.role).standardise(str(value)).valid
                    found.setdefault(str(value), Contact(str(value), str(raw), valid))
        return sorted(found.values(), key=lambda contact: contact.value != winner)

    def _identifiers(self, raws: Sequence[Row]) -> list[Identifier]:
        pairs = {
            (self.deriver.origin(row).space, str(row[_EXTERNAL])) for row in raws if row[_EXTERNAL]
        }
        return [Identifier(space, value) for space, value in sorted(pairs)]

    # ── finding ──────────────────────────────────────────────────────────────

    def find(self, values: Mapping[str, str], limit: int | None) -> list[Customer]:
        """Return the active customers whose golden record has all these values."""
        wanted = {name: self._standard(name, value) for name, value in values.items()}
        found: list[Customer] = []
        for number in self._candidates(wanted):
            if limit is not None and len(found) >= limit:
                break
            found.append(self.customer(number))
        return found

    def _standard(self, name: str, value: str) -> str:
        if name == _EXTERNAL:
            return role("identifier").standardise(value).value or value
        item = check_field(name)
        return role(item.role).standardise(str(value)).value or str(value)

    def _candidates(self, wanted: Mapping[str, str]) -> Iterable[int]:
        where = [Cond("status", "eq", "active")]
        where += [Cond(name, "eq", value) for name, value in wanted.items() if name != _EXTERNAL]
        numbers = self._by_key(wanted)
        if numbers is not None:
            where.append(Cond("customer_id", "in", sorted(numbers)))
        for batch in self.unit.backend.scan(CUSTOMERS, where, columns=["customer_id"]):
            yield from map(integer, batch.column("customer_id"))

    def _by_key(self, wanted: Mapping[str, str]) -> set[int] | None:
        if _EXTERNAL in wanted:
            return self._external(wanted[_EXTERNAL])
        for name, value in wanted.items():
            item = fields()[name]
            key = role(item.role).key(value) if item.base in ("email", "national_id") else None
            if key:
                where = [Cond("match_key", "eq", f"{item.base}:{shortened(key)}")]
                records = [
                    integer(record)
                    for batch in self.unit.backend.scan(KEYS, where)
                    for record in batch.column("record_id")
                ]
                members = self.unit.backend.get(MEMBERS, records)
                return {
                    integer(member["customer_id"]) if member else record
                    for record, member in zip(records, members, strict=True)
                }
        return None

    # ── explaining ───────────────────────────────────────────────────────────

    def explain(self, number: int, name: str) -> Explanation:
        """Explain a value of a customer."""
        item = check_field(name)
        unit = item.group or item.name
        records = self.deriver.members(number)
        raws = {
            integer(row["record_id"]): row
            for row in self.unit.backend.get(RECORDS, records)
            if row is not None
        }
        cleaned = self.deriver.load(records)
        golden = self.deriver.golden(records)
        winners = golden.winners(list(cleaned.values()), self.deriver.origins())
        winner = winners.get(unit)
        at = groups()[unit].index(name)
        value = winner.values[at] if winner else self._filled(number, name)
        sources = [
            self._source(
                raws[record], cleaned[record], name, bool(winner and winner.record == record)
            )
            for record in cleaned
            if raws[record].get(name) is not None or (winner and winner.record == record)
        ]
        offered = golden.candidates(unit, list(cleaned.values()), self.deriver.origins())
        why = _why(winner is not None, len({c.values for c in offered}), winner, value)
        sources.sort(key=lambda source: not source.wins)
        return Explanation(customer_id(number), name, value, why, sources)

    def _filled(self, number: int, name: str) -> str | None:
        row = self.unit.backend.get(CUSTOMERS, [number])[0]
        value = row.get(name) if row else None
        return None if value is None else str(value)

    def _source(self, raw: Row, cleaned: Row, name: str, wins: bool) -> Source:
        origin = self.deriver.origin(raw)
        run = self.unit.one(origin.run_id)
        golden = self.deriver.golden([])
        value = raw.get(name)
        hint = golden.hint(name, raw, origin)
        steps = golden.ruleset.trace(name, str(value), hint) if value is not None else []
        after = cleaned.get(name)
        return Source(
            integer(raw["record_id"]),
            origin.channel,
            run.source,
            integer(raw["position"]),
            origin.run_id,
            None if value is None else str(value),
            None if after is None else str(after),
            steps,
            wins,
        )


def _gone(followed: Mapping[int, str]) -> str:
    if "erased" in followed.values():
        return "this customer was erased for good"
    return "no such customer"


def _deleted(number: int) -> str:
    return f"customer {customer_id(number)} was deleted; undo the run that did it"


def _why(stated: bool, different: int, winner: Any, value: str | None) -> str:
    if not stated:
        return "no record says so; a rule filled it" if value is not None else "nobody said it"
    if winner.pinned:
        return "pinned by a person"
    if different == 1:
        return "all records that state it agree"
    return (
        f"one of {different} different values; this one won by validity, trust "
        f"({winner.trust:g}), time and frequency, in this order"
    )


def _values(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(row[name]) for name in fields() if row.get(name) is not None}


def _group(cls: type[Any], values: Mapping[str, str], unit: str) -> Any:
    short = {"full_name": "full", "given_name": "given", "middle_name": "middle"}
    short |= {"family_name": "family"}
    names = {name: short.get(name, name) for name in groups()[unit]}
    return cls(**{to: values[name] for name, to in names.items() if name in values})


def _attributes(raws: Sequence[Row]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in raws:
        if row["extras"]:
            found |= json.loads(str(row["extras"]))
    return found
