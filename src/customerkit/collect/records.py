"""Turn chunks of a source into records and activities, provenance included."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from attrs import Factory, define, field

from customerkit.collect.formats import Chunk, Trouble
from customerkit.collect.identity import Known, fingerprints, kept_fingerprints
from customerkit.collect.joining import first_of, joined
from customerkit.collect.target import FILLS
from customerkit.collect.typed import Currencies, Unreadable, millis, price_lines, read
from customerkit.model.batch import Batch
from customerkit.model.profile import IDENTIFYING, fields
from customerkit.roles import role

_ACTIVITY = "activity."
ERASED = -1
"""Stands for the record of a party who was erased."""
_IDENTIFYING = frozenset(
    item.name for item in fields().values() if item.group == "name" or item.base in IDENTIFYING
) | {"external_id"}


@define
class Layout:
    """Say which source column holds what.

    Args:
        fields: Record field → source columns, several to be joined by a blank.
        fills: Those of them that are taken only where the others of the field are blank, and
            the first that is not.
        activity: Activity field → source column.
        extras: Source columns that no field is for.
    """

    fields: dict[str, list[str]] = field(factory=dict)
    fills: list[str] = field(factory=list)
    activity: dict[str, str] = field(factory=dict)
    extras: list[str] = field(factory=list)

    @classmethod
    def of(cls, targets: Mapping[str, str], columns: Sequence[str]) -> Layout:
        """Build from source column → target field."""
        found = cls()
        for column in columns:
            target = targets.get(column)
            if target is None:
                found.extras.append(column)
            elif target.startswith(_ACTIVITY):
                found.activity[target.removeprefix(_ACTIVITY)] = column
            else:
                name = target.removesuffix(FILLS)
                found.fields.setdefault(name, []).append(column)
                found.fills += [column] if name != target else []
        return found

    def record_columns(self, batch: Batch) -> dict[str, Any]:
        """Return the record fields of a batch, verbatim."""
        return {name: self._said(columns, batch) for name, columns in self.fields.items()}

    def _said(self, columns: Sequence[str], batch: Batch) -> Sequence[str | None]:
        there = [column for column in columns if column in batch.names]
        parts = [batch.raw(column) for column in there if column not in self.fills]
        found = [joined(parts)] if parts else []
        found += [batch.raw(column) for column in there if column in self.fills]
        return first_of(found) if found else [None] * len(batch)

    def extras_column(self, batch: Batch) -> list[str | None] | None:
        """Return a JSON object a row of what no field is for, None where all blank."""
        names = [name for name in self.extras if name in batch.names]
        if not names:
            return None
        found = []
        for row in batch.rows(names):
            said = {name: value for name, value in zip(names, row, strict=True) if value}
            found.append(json.dumps(said, ensure_ascii=False) if said else None)
        return found


@define
class Maker:
    """Make records of one run.

    Args:
        run_id: The run.
        layout: Which column holds what.
        hints: Evidence known before reading.
        currency: Of purchase lines that name none.
    """

    run_id: int
    layout: Layout
    hints: dict[str, str] = field(factory=dict)
    currency: str | None = None
    evidence: dict[str, set[str]] = field(factory=dict)
    _currencies: Currencies = field(
        default=Factory(lambda self: Currencies(self.currency), takes_self=True), init=False
    )

    def records(self, batch: Batch, positions: Sequence[int]) -> Batch:
        """Return the customer records of a batch, without numbers yet."""
        said = Batch.from_columns(self.layout.record_columns(batch), len(batch))
        self._observe(said)
        extras = self.layout.extras_column(batch) if not self.layout.activity else None
        more: dict[str, Any] = {} if extras is None else {"extras": extras}
        if "external_id" in said.names:
            more["external_id"] = _standard_external_id(said)
        if "published" in said.names:
            more |= self._published(said, extras)
        said = said.with_columns(more)
        more = {"run_id": [self.run_id] * len(batch), "position": list(positions)}
        prints = kept_fingerprints(said)
        if prints is not None:
            more["fingerprint"] = prints
        return said.with_columns(more)

    def _published(self, said: Batch, extras: list[str | None] | None) -> dict[str, Any]:
        """Return published times; text that is none is kept among the extras."""
        hint = self.hints.get("published")
        answers = said.map("published", lambda value: millis(value, hint))
        times = [answer if isinstance(answer, int) else None for answer in answers]
        if not any(isinstance(answer, Unreadable) for answer in set(answers)):
            return {"published": times}
        rows = zip(answers, said.column("published"), extras or repeat(None), strict=False)
        kept = [
            _with_extra(extra, self.layout.fields["published"][0], text)
            if isinstance(answer, Unreadable)
            else extra
            for answer, text, extra in rows
        ]
        return {"published": times, "extras": kept}

    def _observe(self, said: Batch) -> None:
        for name in said.names:
            item = fields().get(name)
            if item is not None and role(item.role).column_hint:
                seen = self.evidence.setdefault(name, set())
                values = {str(value) for value in said.distinct(name) if value}
                seen |= role(item.role).observe(values)

    def column_hints(self) -> dict[str, str]:
        """Return what the whole columns that were read tell about single values."""
        found = dict(self.hints)
        for name, seen in self.evidence.items():
            hint = role(fields()[name].role).resolve(frozenset(seen))
            if hint:
                found[name] = hint
        return found

    def _extras(self, batch: Batch) -> list[str | None] | None:
        """Return the extras of activities: also what is said of nobody in particular."""
        telling = [c for name in self.layout.fields for c in self.layout.fields[name]]
        if not self.layout.fields or _IDENTIFYING.isdisjoint(self.layout.fields):
            return Layout(extras=[*self.layout.extras, *telling]).extras_column(batch)
        who = Batch.from_columns(self.layout.record_columns(batch), len(batch))
        named = [name for name in self.layout.fields if name in _IDENTIFYING]
        owned = [any(row) for row in who.rows(named)]
        found = self.layout.extras_column(batch)
        if all(owned):
            return found
        rest = Layout(extras=[*self.layout.extras, *telling]).extras_column(batch)
        mine = found or [None] * len(batch)
        return [
            own if owner else other
            for owner, own, other in zip(owned, mine, rest or mine, strict=True)
        ]

    def activities(self, batch: Batch, positions: Sequence[int]) -> tuple[Batch, dict[int, str]]:
        """Return the activity rows of a batch, typed, and what is unreadable.

        Party and number are not known yet.
        """
        said = batch.renamed(
            {name: column for name, column in self.layout.activity.items() if column in batch.names}
        )
        typed, troubles = read(said, self.hints)
        if {"quantity_milli", "unit_price", "amount"} & set(typed.names):
            typed = price_lines(typed, self._currencies)
        who = Batch.from_columns(self.layout.record_columns(batch), len(batch))
        names = [f"{_ACTIVITY}{name}" for name in said.names]
        whole = Batch.from_columns(
            {
                **{f"{_ACTIVITY}{name}": said.column(name) for name in said.names},
                **{name: who.column(name) for name in who.names},
            },
            len(batch),
        )
        prints = fingerprints(whole, [*names, *who.names])
        columns: dict[str, Any] = {
            "run_id": [self.run_id] * len(batch),
            "position": list(positions),
            "fingerprint": prints,
        }
        extras = self._extras(batch)
        if extras is not None:
            columns["extras"] = extras
        return typed.with_columns(columns), troubles


def _with_extra(extras: str | None, column: str, text: Any) -> str:
    return json.dumps({**json.loads(extras or "{}"), column: text}, ensure_ascii=False)


def _standard_external_id(said: Batch) -> Any:
    text = "".join(map(str, filter(None, said.column("external_id"))))
    if text.isdigit() and text.isascii():  # digits only are in standard form
        return said.raw("external_id")
    standardise = role("identifier").standardise
    return said.map_text("external_id", lambda value: value and standardise(value).value)


@define
class Parties:
    """Find or make the records of who did something.

    What a file says about one customer in the same words is one record, however
    many rows repeat it.

    Args:
        maker: Makes the records.
        known: What the channel said before.
        take: Reserves record numbers.
        allows: Tells which records are about nobody who was erased.
    """

    maker: Maker
    known: Known
    take: Callable[[int], int]
    allows: Callable[[Batch], list[bool]]
    made: list[Batch] = field(factory=list)
    _numbers: dict[Any, int] = field(factory=dict)

    def of(self, batch: Batch, positions: Sequence[int]) -> list[int | None]:
        """Return the party's record number of each row.

        Returns:
            None where nobody is named, ``ERASED`` where it is somebody who was erased.
        """
        names = [name for name in self.maker.layout.fields if name in _IDENTIFYING]
        if not names:
            return [None] * len(batch)
        who = Batch.from_columns(self.maker.layout.record_columns(batch), len(batch))
        said = list(map(tuple, who.rows()))
        places = [who.names.index(name) for name in names]
        anybody = {row: any(row[at] for at in places) for row in set(said)}
        first: dict[tuple[Any, ...], int] = {}
        for at, row in enumerate(said):
            if anybody[row] and row not in self._numbers:
                first.setdefault(row, at)
        if first:
            self._make(batch, positions, first)
        return [self._numbers.get(row) for row in said]

    def _make(
        self, batch: Batch, positions: Sequence[int], first: Mapping[tuple[Any, ...], int]
    ) -> None:
        rows = list(first.values())
        records = self.maker.records(batch.take(rows), [positions[at] for at in rows])
        allowed = self.allows(records)
        known = [
            number if fine else ERASED
            for number, fine in zip(self.known.oldest(records), allowed, strict=True)
        ]
        new = [number is None for number in known]
        numbers = iter(range(self.take(new.count(True)), 1 << 62))
        found = [next(numbers) if number is None else number for number in known]
        self._numbers.update(zip(first, found, strict=True))
        if any(new):
            self.made.append(records.with_columns({"record_id": found}).where(new))


def shift(chunk: Chunk, codes: Mapping[int, str]) -> Iterator[Trouble]:
    """Yield the troubles of rows whose values could not be read."""
    names, lines = chunk.batch.names, chunk.lines()
    for at, row in enumerate(chunk.batch.rows()):
        if at in codes:
            raw = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
            yield Trouble(
                position=chunk.positions[at],
                line=lines[at] if lines else None,
                code=codes[at],
                message="a value of the row cannot be read",
                raw=raw,
            )
