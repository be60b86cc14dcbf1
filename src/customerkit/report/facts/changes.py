"""Gather what the rules change: how often each, with examples that hide what values say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import define, field, frozen

from customerkit.markup import shape
from customerkit.model.batch import Batch
from customerkit.model.profile import fields
from customerkit.model.tables import RECORDS
from customerkit.roles import Sensitivity, role
from customerkit.rules.golden import Origin
from customerkit.rules.ruleset import Ruleset
from customerkit.store.unit import UnitOfWork, span

_EXAMPLES = 2  # of each rule, field and reason
_OPEN = (Sensitivity.PUBLIC, Sensitivity.INTERNAL)

Why = tuple[str, str, str]
"""Rule, field and reason."""


@frozen
class Example:
    """Show one change; a personal value only by its shape.

    Args:
        old: Before.
        new: After; None where the old value said nothing.
    """

    old: str = field(repr=False)
    new: str | None = field(repr=False)


@define
class Changes:
    """Tell what the rules changed in what channels said.

    Args:
        counts: Rule, field and reason → values that changed.
        examples: The same → a few of them.
        records: Records that were looked at.
        stated: Field → records that state it.
        show_values: Whether examples show what personal values say.
    """

    counts: Counter[Why] = field(factory=Counter)
    examples: dict[Why, list[Example]] = field(factory=dict)
    records: int = 0
    stated: Counter[str] = field(factory=Counter)
    show_values: bool = False

    def note(self, why: Why, old: str, new: str | None, count: int) -> None:
        """Count a change of a value that so many records have."""
        self.counts[why] += count
        examples = self.examples.setdefault(why, [])
        example = self._example(why[1], old, new)
        if len(examples) < _EXAMPLES and example not in examples:
            examples.append(example)

    def _example(self, name: str, old: str, new: str | None) -> Example:
        return Example(
            shown(name, old, self.show_values) or "",
            shown(name, new, self.show_values),
        )


def shown(name: str, value: str | None, show_values: bool) -> str | None:
    """Return a value as a report may show it: a personal one by its shape only.

    Example:
        >>> shown("email", "jane@example.com", False), shown("country", "UK", False)
        ('xxxx@xxxxxxx.xxx', 'UK')
    """
    kind = role(fields()[name].role) if name in fields() else None
    if value is None or show_values or (kind and kind.sensitivity in _OPEN):
        return value
    return shape(value)


def changes(unit: UnitOfWork, ruleset: Ruleset, *, show_values: bool = False) -> Changes:
    """Gather what the value rules change in all records that count.

    The cost follows the distinct values of each batch, not the records.

    Args:
        unit: The store with its log.
        ruleset: The rules in force.
        show_values: Whether examples show what personal values say.
    """
    found = Changes(show_values=show_values)
    for run in unit.runs():
        if run.undone_by is None and run.first_record is not None:
            origin = Origin.of(run)
            for batch in unit.backend.scan(RECORDS, span(run)):
                found.records += len(batch)
                _look(found, batch, origin, ruleset)
    return found


def _look(found: Changes, batch: Batch, origin: Origin, ruleset: Ruleset) -> None:
    for name in fields():
        for (value, hint), count in _distinct(batch, name, origin, ruleset).items():
            found.stated[name] += count
            for step in ruleset.trace(name, value, hint):
                found.note((step.rule, name, step.reason), step.old, step.new, count)


def _distinct(
    batch: Batch, name: str, origin: Origin, ruleset: Ruleset
) -> Counter[tuple[str, str | None]]:
    other = ruleset.hint_field(name)
    return Counter(
        (str(value), origin.hints.get(name) if hint is None else str(hint))
        for value, hint in _pairs(batch, name, other)
        if value is not None
    )


def _pairs(batch: Batch, name: str, other: str | None) -> Iterator[tuple[object, object]]:
    column = batch.column(name)
    return zip(column, batch.column(other) if other else [None] * len(column), strict=True)
