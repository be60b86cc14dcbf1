"""Gather what customers do: one portable query a question, the same on every engine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from customerkit.analyze.tables import CHANNELS, READ
from customerkit.engine.plan import PortablePlan, register
from customerkit.engine.protocol import Engine
from customerkit.model.batch import Row, integer
from customerkit.report.shown import date

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOUR, _DAY = 3_600_000, 86_400_000
_TOP = 10

_HOURS = register(
    PortablePlan(
        "report.hours",
        """
select s.start, s.currency, s.kind, count(*) as found,
       cast(sum(s.amount_minor) as bigint) as amount
from (
  select p.occurred - (p.occurred % 3600000 + 3600000) % 3600000 as start,
         p.currency, p.kind, p.amount_minor
  from purchases p
  where p.occurred is not null
) s
group by s.start, s.currency, s.kind
""",
        reads={"purchases": READ["purchases"]},
    )
)
_SALES = register(
    PortablePlan(
        "report.sales",
        """
select {value} as name, count(*) as found
from purchases t
join channels c on c.run_id = t.run_id
where {value} is not null and t.kind = 'sale'
group by {value}
""",
        reads={"purchases": READ["purchases"], "channels": CHANNELS},
        parts=({"value": "t.category"}, {"value": "t.product"}, {"value": "c.channel"}),
    )
)
_EVENTS = register(
    PortablePlan(
        "report.events",
        """
select event as name, count(*) as found from browsing
where event is not null group by event
""",
        reads={"browsing": READ["browsing"]},
    )
)
_RATINGS = register(
    PortablePlan(
        "report.ratings",
        """
select rating_milli as name, count(*) as found from reviews
where rating_milli is not null group by rating_milli
""",
        reads={"reviews": READ["reviews"]},
    )
)


@frozen
class Activity:
    """Tell what customers do.

    Args:
        step: What one point in time stands for: day, week or month.
        lines: Start of each step → purchase lines.
        amounts: Currency → start of each step → amount in minor units, returns taken off.
        hours: Weekday, then hour → purchase lines, in UTC.
        tops: Question → name → count, the most frequent first.
    """

    step: str
    lines: Sequence[tuple[str, int]]
    amounts: Mapping[str, Sequence[tuple[str, int]]]
    hours: Sequence[Sequence[int]]
    tops: Mapping[str, Sequence[tuple[str, int]]] = field(factory=dict)


def activity(engine: Engine) -> Activity:
    """Gather what customers do.

    Args:
        engine: Holds the tables that :func:`customerkit.analyze.load.load` makes.
    """
    rows = list(_rows(engine, _HOURS.sql()))
    starts = [integer(row["start"]) for row in rows]
    step = _step(starts)
    steps = _steps(starts, step)
    lines: Counter[str] = Counter()
    frequent: Counter[str] = Counter()
    amounts: dict[str, Counter[str]] = defaultdict(Counter)
    hours = [[0] * 24 for _ in WEEKDAYS]
    for row, start in zip(rows, starts, strict=True):
        name = _named(start, step)
        if row["kind"] == "sale":
            lines[name] += integer(row["found"])
            hours[(start // _DAY + 3) % 7][start % _DAY // _HOUR] += integer(row["found"])
        if row["amount"] is not None:
            unit = str(row["currency"] or "")
            amounts[unit][name] += integer(row["amount"])
            frequent[unit] += integer(row["found"])
    return Activity(
        step,
        [(name, lines[name]) for name in steps],
        {unit: [(n, amounts[unit][n]) for n in steps] for unit, _ in frequent.most_common()},
        hours,
        _tops(engine),
    )


def _rows(engine: Engine, sql: str) -> Iterator[Row]:
    return (row for batch in engine.stream(sql) for row in batch.dicts())


def _step(starts: Sequence[int]) -> str:
    days = (max(starts) - min(starts)) / _DAY if starts else 0
    if days <= 62:
        return "day"
    return "month" if days <= 20 * 366 else "year"


def _named(start: int, step: str) -> str:
    return date(start)[: {"day": 10, "month": 7, "year": 4}[step]]


def _steps(starts: Sequence[int], step: str) -> list[str]:
    """Return every step from the first to the last, those without a purchase too."""
    if not starts:
        return []
    day, last, found = min(starts), max(starts), []
    while day <= last:
        found.append(_named(day, step))
        day += _DAY
    return list(dict.fromkeys([*found, _named(last, step)]))


def _stars(milli: int) -> str:
    return f"{milli / 1000:g} star{'' if milli == 1000 else 's'}"


def _tops(engine: Engine) -> dict[str, list[tuple[str, int]]]:
    asked = {
        "Categories": _SALES.sql(value="t.category"),
        "Products": _SALES.sql(value="t.product"),
        "Channels": _SALES.sql(value="c.channel"),
        "What is done on the site": _EVENTS.sql(),
    }
    found = {}
    for question, sql in asked.items():
        counts = [(str(row["name"]), integer(row["found"])) for row in _rows(engine, sql)]
        found[question] = sorted(counts, key=lambda item: (-item[1], item[0]))[:_TOP]
    stars = _rows(engine, _RATINGS.sql())
    rated = sorted((integer(row["name"]), integer(row["found"])) for row in stars)
    found["Ratings"] = [(_stars(milli), count) for milli, count in reversed(rated)]
    return {question: counts for question, counts in found.items() if counts}
