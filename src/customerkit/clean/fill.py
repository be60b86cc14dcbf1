"""Fill what no record says, customer after customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import define, field

from customerkit.model.batch import Batch, Row
from customerkit.model.profile import fields
from customerkit.rules.ruleset import Ruleset


@define
class Filler:
    """Apply the fill rules of a ruleset to customers in order of their oldest record.

    What follows from the customer alone is filled in place; what was taken from
    the customer before is also listed, since it cannot be derived again later.

    Args:
        ruleset: The rules.
        run_id: The run that fills.
    """

    ruleset: Ruleset
    run_id: int = 0
    fills: list[Row] = field(factory=list)
    _carry: dict[str, Any] = field(factory=dict)
    _source: Any = None

    def needed(self) -> bool:
        """Say whether the ruleset has any fill rule."""
        return bool(self.ruleset.fill_rules)

    def apply(self, batch: Batch, sources: Sequence[Any]) -> Batch:
        """Fill a batch of golden records.

        Args:
            batch: ``customer_id`` and fields, in order of id.
            sources: The run of each customer's oldest record; nothing is carried
                from one source into the next.
        """
        for rule in self.ruleset.fill_rules:
            names = [name for name in rule.fields() if name in fields()]
            if not rule.sequential:
                batch = rule.fill(batch)
                continue
            columns = {
                name: self._forward(rule.name, name, batch, sources)
                for name in names
                if name in batch.names
            }
            batch = batch.with_columns(columns)
        self._source = sources[-1] if len(sources) else self._source
        return batch

    def _forward(self, rule: str, name: str, batch: Batch, sources: Sequence[Any]) -> list[Any]:
        last, source = self._carry.get(name), self._source
        found = []
        numbers = batch.column("customer_id")
        for at, value in enumerate(batch.column(name)):
            if sources[at] != source:
                last, source = None, sources[at]
            if value is not None:
                last = value
            elif last is not None:
                self.fills.append(self._fill(numbers[at], name, last, rule))
            found.append(last)
        self._carry[name] = last
        return found

    def _fill(self, number: Any, name: str, value: Any, rule: str) -> Row:
        return {
            "record_id": number,
            "field": name,
            "value": value,
            "rule": rule,
            "run_id": self.run_id,
        }
