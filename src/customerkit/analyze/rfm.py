"""Recency, frequency and monetary value of customers from purchase lines, in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from customerkit.analyze.dense import summed
from customerkit.analyze.lines import Lines
from customerkit.engine.frames import Frame
from customerkit.engine.plan import Columns, PortablePlan, register
from customerkit.engine.protocol import Engine
from customerkit.errors import InputError
from customerkit.model.batch import Batch
from customerkit.model.table import ColumnType

DAY = 86_400_000
_FURTHEST = 2**53  # beyond every calendar; what lies further is no epoch milliseconds
_LEAST = -(2**63)

LINES: Columns = {
    "customer": "text",
    "moment": "integer",
    "amount": "integer",
    "purchase": "text",
}
_SUMMED: Columns = {
    "customer": "text",
    "first_at": "integer",
    "last_at": "integer",
    "frequency": "integer",
    "monetary": "integer",
}
_MEASURES = ("last_at", "frequency", "monetary")

LATEST = register(
    PortablePlan(
        "rfm.latest",
        "select max(moment) as last_at from rfm_lines",
        reads={"rfm_lines": {"moment": "integer"}},
    )
)

SUMMED = register(
    PortablePlan(
        "rfm.summed",
        """
select customer, min(moment) as first_at, max(moment) as last_at,
       {frequency} as frequency, cast(sum(amount) as bigint) as monetary
from rfm_lines
where customer is not null and (moment is null or moment <= $as_of)
group by customer
""",
        reads={"rfm_lines": LINES},
        parameters={"as_of": "integer"},
        parts=({"frequency": "count(*)"}, {"frequency": "count(distinct purchase)"}),
    )
)

COUNTED = register(
    PortablePlan(
        "rfm.counted",
        """
select count(*) as customers, count(last_at) as last_at, count(frequency) as frequency,
       count(monetary) as monetary, min(first_at) as earliest, max(last_at) as latest
from rfm_customers
""",
        reads={"rfm_customers": _SUMMED},
    )
)

PLACED = register(
    PortablePlan(
        "rfm.placed",
        """
select s.value, s.place
from (
  select {measure} as value, row_number() over (order by {measure}) as place
  from rfm_customers where {measure} is not null
) s
where s.place in ($p1, $p2, $p3, $p4)
""",
        reads={"rfm_customers": _SUMMED},
        never_null=_MEASURES,
        parameters=dict.fromkeys(("p1", "p2", "p3", "p4"), "integer"),
        parts=tuple({"measure": measure} for measure in _MEASURES),
    )
)
"""The values at four places of a measure; which of equal rows stands there changes nothing."""


def _score(measure: str, letter: str) -> str:
    cases = (f"case when {measure} > ${letter}{k} then 1 else 0 end" for k in range(1, 5))
    return f"1 + {' + '.join(cases)} as {letter}"


SCORED = register(
    PortablePlan(
        "rfm.scored",
        f"""
select customer, frequency, monetary, first_at, last_at,
       {_score("last_at", "r")}, {_score("frequency", "f")}, {_score("monetary", "m")}
from rfm_customers
order by customer
""",
        reads={"rfm_customers": _SUMMED},
        never_null={"customer"},
        parameters=dict.fromkeys((f"{a}{k}" for a in "rfm" for k in range(1, 5)), "integer"),
    )
)


def rfm_of(
    engine: Engine, lines: Lines, *, as_of: int | None, distinct: bool, currency: str | None
) -> Frame:
    """Return the frame of :func:`customerkit.rfm` from typed lines.

    Args:
        engine: Where the lines are worked.
        lines: With the columns of ``LINES``.
        as_of: Epoch milliseconds; the last line by default.
        distinct: Whether purchases are counted, not lines.
        currency: Of the amounts.

    Raises:
        InputError: Times are no epoch milliseconds.
    """
    lines.into(engine, "rfm_lines")
    if as_of is None:
        as_of = int(_one(engine, LATEST.sql())["last_at"] or 0)
    _sum(engine, lines, as_of, distinct)
    bounds = _bounds(engine, as_of)
    columns: dict[str, ColumnType] = {"customer": lines.columns["customer"]}
    columns |= dict.fromkeys(("recency", "frequency", "monetary", "first", "last"), "integer")
    columns |= dict.fromkeys(("r", "f", "m"), "integer")
    money = f"money:{currency}" if currency else "money"
    shown = {"monetary": money, "first": "time", "last": "time", "customer": "id"}
    scored = engine.stream(SCORED.sql(), **bounds)
    return Frame.of(_finished(scored, as_of), columns, shown)


def _sum(engine: Engine, lines: Lines, as_of: int, distinct: bool) -> None:
    """Make ``rfm_customers``, one row a customer."""
    found = None if lines.table is None else summed(lines.table, distinct=distinct, as_of=as_of)
    if found is not None:
        types = {**_SUMMED, "customer": lines.columns["customer"]}
        engine.attach("rfm_customers", types, found)
        return
    counting = "count(distinct purchase)" if distinct else "count(*)"
    engine.run(SUMMED.sql(frequency=counting), into="rfm_customers", as_of=as_of)


def _one(engine: Engine, sql: str) -> Mapping[str, Any]:
    return next(row for batch in engine.stream(sql) for row in batch.dicts())


def _bounds(engine: Engine, as_of: int) -> dict[str, int]:
    """Return what a value must exceed for each further point of its score."""
    counts = _one(engine, COUNTED.sql())
    if max(abs(counts["earliest"] or 0), abs(counts["latest"] or 0)) > _FURTHEST:
        raise InputError(
            "the times lie beyond every calendar; integers are read as milliseconds since 1970,"
            " so divide microseconds by 1,000 and nanoseconds by 1,000,000"
        )
    found: dict[str, int] = {}
    for letter, measure in zip("rfm", _MEASURES, strict=True):
        values = _quintiles(engine, measure, counts["customers"], counts[measure])
        if measure == "last_at":  # compared in whole days, so that they tie as they are shown
            values = [v if v == _LEAST else as_of - (as_of - v) // DAY * DAY for v in values]
        found |= {f"{letter}{k}": value for k, value in enumerate(values, 1)}
    return found


def _quintiles(engine: Engine, measure: str, customers: int, known: int) -> list[int]:
    """Return the values below which one to four fifths of the customers lie.

    Customers without a value count as the lowest.
    """
    places = [-(-k * customers // 5) - (customers - known) for k in range(1, 5)]
    wanted = {f"p{k}": max(place, 0) for k, place in enumerate(places, 1)}
    rows = (
        row
        for batch in engine.stream(PLACED.sql(measure=measure), **wanted)
        for row in batch.rows(["place", "value"])
    )
    values: dict[Any, Any] = dict(rows)  # type: ignore[arg-type]
    return [values.get(place, _LEAST) for place in places]


def _finished(batches: Iterator[Batch], as_of: int) -> Iterator[Batch]:
    for batch in batches:
        kept = batch.renamed({"first": "first_at", "last": "last_at"})
        same = ("customer", "frequency", "monetary", "r", "f", "m")
        columns = {name: batch.raw(name) for name in same}
        yield kept.with_columns({**columns, "recency": _days(batch, as_of)})


def _days(batch: Batch, as_of: int) -> Sequence[int | None] | Any:
    """Return the whole days from the last purchase to ``as_of``; it is never later."""
    if batch.is_arrow("last_at"):
        import pyarrow.compute as pc

        return pc.divide(pc.subtract(as_of, batch.raw("last_at")), DAY)
    last: Sequence[Any] = batch.column("last_at")
    return [None if moment is None else (as_of - moment) // DAY for moment in last]
