"""Fill what no record says, customer after customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import define, field

from customerkit.model.batch import Batch
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
    fills: list[Batch] = field(factory=list)
    _carry: dict[str, Any] = field(factory=dict)
    _source: Any = None
    _noted: list[tuple[Any, ...]] = field(factory=list)

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
        self._settle()
        return batch

    def _forward(self, rule: str, name: str, batch: Batch, sources: Sequence[Any]) -> Any:
        last = self._carry.get(name) if len(sources) and sources[0] == self._source else None
        if batch.is_arrow(name) and _constant(sources):
            filled = _filled_forward(batch.raw(name), last)
        else:
            filled = _carried_forward(batch.column(name), sources, last)
        after = Batch.from_columns({"after": filled}, len(batch))
        self._carry[name] = after.value("after", len(batch) - 1) if len(batch) else last
        places = _gaps(batch, name, filled)
        numbers = batch.select(["customer_id"]).take(places).column("customer_id")
        values = after.take(places).column("after")
        self._noted += [
            (number, name, value, rule, self.run_id)
            for number, value in zip(numbers, values, strict=True)
        ]
        return filled

    def _settle(self) -> None:
        """Take the fills of one batch over, in the order of their key."""
        if self._noted:
            columns = ["record_id", "field", "value", "rule", "run_id"]
            self.fills.append(Batch.from_rows(columns, sorted(self._noted)))
            self._noted = []


def _constant(sources: Sequence[Any]) -> bool:
    return not len(sources) or (sources[0] == sources[-1] and len(set(sources)) == 1)


def _carried_forward(column: Sequence[Any], sources: Sequence[Any], last: Any) -> list[Any]:
    """Return a column with gaps filled from above; nothing crosses into another source."""
    found, before = [], sources[0] if len(sources) else None
    for value, source in zip(column, sources, strict=True):
        if source != before:
            last, before = None, source
        last = last if value is None else value
        found.append(last)
    return found


def _filled_forward(column: Any, last: Any) -> Any:
    """Do the same to an Arrow column of one source."""
    import pyarrow as pa
    import pyarrow.compute as pc

    filled = pc.fill_null_forward(column)
    return filled if last is None else pc.fill_null(filled, pa.scalar(last, column.type))


def _gaps(batch: Batch, name: str, after: Any) -> list[int]:
    """Return the places of what was filled."""
    if not hasattr(after, "to_pylist"):
        rows = enumerate(zip(batch.column(name), after, strict=True))
        return [at for at, (old, new) in rows if old is None and new is not None]
    import pyarrow.compute as pc

    found: list[int] = pc.indices_nonzero(
        pc.and_(pc.is_null(batch.raw(name)), pc.is_valid(after))
    ).to_pylist()
    return found
