"""Derive golden records: the one function from what was said to who a customer is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from attrs import define, field, frozen

from customerkit.model.batch import Batch, Row, integer
from customerkit.model.log import Run
from customerkit.model.profile import fields, groups
from customerkit.roles import role
from customerkit.rules.ruleset import Ruleset, Step
from customerkit.rules.survivorship import Candidate, strategy, takes_blanks
from customerkit.store.unit import details


@frozen
class Origin:
    """Know of a run what survivorship and rules ask.

    Args:
        run_id: The run.
        channel: Who spoke.
        space: Whose external ids its records carry.
        pinned: Whether a person spoke.
        observed: Epoch milliseconds or -1.
        recorded: Epoch milliseconds.
        hints: Field → evidence of its whole column, such as ``dmy``.
    """

    run_id: int
    channel: str
    space: str
    pinned: bool
    observed: int
    recorded: int
    hints: Mapping[str, str] = field(factory=dict, hash=False)

    @property
    def seen(self) -> tuple[int, int]:
        """Return when the source was observed, and its place among those nobody dated.

        A source without a time of its own was observed when it was recorded, one
        run after the other; where sources are dated, their order of arrival says
        nothing.
        """
        if self.observed < 0:
            return self.recorded, self.run_id
        return self.observed, -1

    @classmethod
    def of(cls, run: Run) -> Origin:
        """Read it from the log."""
        facts = details(run)
        channel = run.channel or ""
        return cls(
            run.run_id,
            channel,
            facts.get("space", channel),
            bool(facts.get("pinned", False)),
            -1 if run.observed is None else run.observed,
            run.recorded,
            facts.get("hints", {}),
        )


@define(slots=False)
class Golden:
    """Derive the winning values of a customer from its records.

    Args:
        ruleset: The value rules and the survivorship.
        rejected: ``(record, field)`` pairs whose change a person rejected.
    """

    ruleset: Ruleset
    rejected: frozenset[tuple[int, str]] = frozenset()
    _functions: dict[str, Callable[..., str | None]] = field(factory=dict)

    @cached_property
    def _hints(self) -> dict[str, str | None]:
        return {name: self.ruleset.hint_field(name) for name in fields()}

    def hint(self, name: str, row: Row, origin: Origin) -> str | None:
        """Return what informs the rules on a field of a record."""
        other = self._hints[name]
        value = row.get(other) if other else None
        return str(value) if value is not None else origin.hints.get(name)

    def clean(self, row: Row, origin: Origin) -> Row:
        """Return the record with every value as the rules would have it."""
        found = dict(row)
        for name, value in row.items():
            if (
                value is None
                or name not in self._hints
                or (row["record_id"], name) in self.rejected
            ):
                continue
            hint = self.hint(name, row, origin)
            found[name] = self.function(name)(value, hint)
        return found

    def function(self, name: str) -> Callable[..., str | None]:
        """Return the memoised value function of a field."""
        if name not in self._functions:
            self._functions[name] = lru_cache(maxsize=65_536)(self.ruleset.value(name))
        return self._functions[name]

    def steps(self, name: str, value: str, hint: str | None) -> list[Step]:
        """Return what each rule does to a value, nothing where they leave it alone."""
        if self.function(name)(value, hint) == value:
            return []
        return self.ruleset.trace(name, value, hint)

    def said(self, batch: Batch, name: str, origin: Origin) -> Counter[tuple[str, str | None]]:
        """Return how often a batch says each value of a field, with its hint."""
        other, default = self._hints[name], origin.hints.get(name)
        values = batch.column(name)
        hints = batch.column(other) if other else [None] * len(batch)
        found: Counter[tuple[str, str | None]] = Counter()
        for (value, hint), count in Counter(zip(values, hints, strict=True)).items():
            if value is not None:
                found[str(value), default if hint is None else str(hint)] += count
        return found

    def derive(self, rows: Sequence[Row], origins: Mapping[int, Origin]) -> dict[str, str | None]:
        """Return the winning values.

        Args:
            rows: The customer's cleaned records.
            origins: Run number → origin.

        Returns:
            Field → value for every field of the profile that has one.
        """
        winners = self.winners(rows, origins)
        values: dict[str, str | None] = {}
        for unit, winner in winners.items():
            values.update(zip(groups()[unit], winner.values, strict=True))
        return values

    def winners(self, rows: Sequence[Row], origins: Mapping[int, Origin]) -> dict[str, Candidate]:
        """Return, for each field or atomic group that was stated, who won it."""
        if len(rows) > 1 and takes_blanks(self.ruleset.survivorship):
            rows = self._whole(rows, origins)
        survive = strategy(self.ruleset.survivorship)
        found = {}
        for unit in _stated(rows):
            candidates = self.candidates(unit, rows, origins)
            if candidates:
                found[unit] = candidates[0] if len(candidates) == 1 else survive(candidates)
        return found

    def _whole(self, rows: Sequence[Row], origins: Mapping[int, Origin]) -> list[Row]:
        said = [row for row in rows if not origins[integer(row["run_id"])].pinned]
        pinned = [row for row in rows if origins[integer(row["run_id"])].pinned]
        pick = min if self.ruleset.survivorship == "first" else max
        return [*([pick(said, key=lambda row: integer(row["record_id"]))] if said else []), *pinned]

    def candidates(
        self, unit: str, rows: Sequence[Row], origins: Mapping[int, Origin]
    ) -> list[Candidate]:
        """Return what the records offer for one field or atomic group."""
        names = groups()[unit]
        found = []
        for row in rows:
            values = tuple([row.get(name) for name in names])
            if values.count(None) != len(values) or _cleared(row, names):
                found.append(self._candidate(unit, names, values, row, origins))
        return found if len(found) < 2 else _judged(found, names)

    def _candidate(
        self,
        unit: str,
        names: Sequence[str],
        values: tuple[Any, ...],
        row: Row,
        origins: Mapping[int, Origin],
    ) -> Candidate:
        origin = origins[integer(row["run_id"])]
        published = row.get("published")
        trust = self.ruleset.trust
        return Candidate(
            values,
            integer(row["record_id"]),
            origin.pinned,
            True,
            trust.get(f"{origin.channel}.{unit}", trust.get(origin.channel, 1.0)),
            (-1 if published is None else integer(published), *origin.seen),
        )


_UNIT_OF = {name: unit for unit, names in groups().items() for name in names}


def _stated(rows: Sequence[Row]) -> list[str]:
    said = {name for row in rows for name, value in row.items() if value is not None}
    if "cleared" in said:
        said |= {name for row in rows for name in str(row.get("cleared") or "").split(",")}
    return list(dict.fromkeys(_UNIT_OF[name] for name in fields() if name in said))


def _cleared(row: Row, names: Sequence[str]) -> bool:
    cleared = row.get("cleared")
    return cleared is not None and not set(names).isdisjoint(str(cleared).split(","))


def _judged(found: list[Candidate], names: Sequence[str]) -> list[Candidate]:
    if len({candidate.values for candidate in found}) == 1:
        return found
    return [_with_validity(candidate, names) for candidate in found]


def _with_validity(candidate: Candidate, names: Sequence[str]) -> Candidate:
    wrong = any(
        value is not None and invalid(name, value)
        for name, value in zip(names, candidate.values, strict=True)
    )
    if not wrong:
        return candidate
    return Candidate(
        candidate.values,
        candidate.record,
        candidate.pinned,
        False,
        candidate.trust,
        candidate.times,
    )


@lru_cache(maxsize=65_536)
def invalid(name: str, value: str) -> bool:
    """Say whether a value is known to be wrong for its field."""
    return role(fields()[name].role).standardise(value).valid is False
