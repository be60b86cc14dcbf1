"""Derive insights from activities: behaviour, needs and preferences of each customer.

The engine joins everything into one wide row a customer and streams it; Python
only turns numbers into what people read, batch by batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from customerkit.analyze import plans
from customerkit.analyze.owned import LATEST, OWNED, TOTALS
from customerkit.analyze.results import AMOUNT, CUSTOMER, NEED, PREFERENCE, SHOWN, Insights
from customerkit.analyze.tables import DIMENSIONS
from customerkit.engine.frames import Frame
from customerkit.engine.protocol import Engine
from customerkit.model.batch import Batch
from customerkit.model.customer import customer_id

DAY = 86_400_000
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def insights(engine: Engine, *, as_of: int | None = None, top: int | None = None) -> Insights:
    """Analyse the activities in an engine.

    Args:
        engine: Holds the tables that :func:`customerkit.analyze.load.load` makes.
        as_of: Epoch milliseconds; the last time of any activity by default.
        top: How many values of each preference are kept a customer; all by default.

    Returns:
        The insights.
    """
    if as_of is None:
        as_of = int(_one(engine, LATEST.sql())["last_at"] or 0)
    totals = _one(engine, TOTALS.sql(), as_of=as_of)
    for name, plan in OWNED.items():
        engine.run(plan.sql(), into=f"owned_{name}", as_of=as_of)
        engine.drop(name)
    preferences = Frame.of(_preferences(engine, top), PREFERENCE, SHOWN)
    for name, plan in plans.RESULTS.items():
        engine.run(plan.sql(), into=name)
    engine.drop("owned_purchases", "owned_browsing", "owned_reviews")
    return Insights(
        Frame.of(_customers(engine, as_of), CUSTOMER, SHOWN),
        Frame.of(_amounts(engine), AMOUNT, SHOWN),
        preferences,
        Frame.of(_needs(engine), NEED, SHOWN),
        {name: int(count or 0) for name, count in totals.items()},
        as_of,
    )


def _one(engine: Engine, sql: str, **parameters: int) -> dict[str, Any]:
    return next(row for batch in engine.stream(sql, **parameters) for row in batch.dicts())


# ── one row a customer ───────────────────────────────────────────────────────


def _customers(engine: Engine, as_of: int) -> Iterator[Batch]:
    others = _other_currencies(engine)
    for batch in engine.stream(plans.CUSTOMERS.sql()):
        numbers: Sequence[Any] = batch.column("customer_id")
        kept = batch.renamed(_KEPT)
        computed: dict[str, Sequence[Any]] = {
            name: list(map(function, *map(batch.column, arguments)))
            for name, (function, arguments) in _computed(as_of).items()
        }
        computed["customer"] = list(map(customer_id, numbers))
        computed["other_currencies"] = [others.get(number) for number in numbers]
        yield kept.with_columns(computed)


_KEPT = {
    **{
        name: name
        for name in (
            *("purchase_count", "line_count", "return_count", "adjustment_count"),
            *("amount_minor", "currency", "browsing_last", "review_last"),
        )
    },
    "first": "first_at",
    "last": "last_at",
    "favourite_category": "category",
    "favourite_product": "product",
    "favourite_channel": "channel",
    "browsing_events": "events",
    "browsing_sessions": "sessions",
    "pages_viewed": "pages",
    "products_viewed": "products",
    "review_count": "reviews",
    "open_needs": "unsolved",
    "solved_needs": "solved",
}


def _computed(as_of: int) -> dict[str, tuple[Callable[..., Any], tuple[str, ...]]]:
    count = "purchase_count"
    return {
        "monetary_minor": (_mean_amount, ("amount_minor", count)),
        "recency_days": (lambda last: _recency(last, as_of), ("last_at",)),
        "frequency_30d": (lambda n, first: _frequency(n, first, as_of), (count, "first_at")),
        "cadence_days": (_cadence, (count, "first_at", "last_at")),
        "favourite_hour": (_hour, ("hour",)),
        "favourite_weekday": (_weekday, ("weekday",)),
        "products_viewed_and_bought": (_bought_of_viewed, ("events", "viewed_bought")),
        "rating_mean": (_rating_mean, ("rated", "rating_sum")),
        "rating_lowest": (_stars, ("lowest",)),
    }


def _mean_amount(amount: int | None, count: int | None) -> int | None:
    """Return the amount a purchase, rounded down to whole minor units."""
    return amount // count if amount is not None and count else None


def _recency(last: int | None, as_of: int) -> int | None:
    return None if last is None else (as_of - last) // DAY


def _frequency(count: int | None, first: int | None, as_of: int) -> float | None:
    """Return purchases in 30 days, over the time since the first one, at least one day."""
    if count is None or first is None:
        return None
    return round(count * 30 / max(1.0, (as_of - first) / DAY), 4)


def _cadence(count: int | None, first: int | None, last: int | None) -> float | None:
    """Return the mean days between purchases, None before the second one."""
    if count is None or count < 2 or first is None or last is None:
        return None
    return round((last - first) / DAY / (count - 1), 3)


def _hour(start: int | None) -> str | None:
    return None if start is None else f"{start // 3_600_000:02}"


def _weekday(start: int | None) -> str | None:
    return None if start is None else _WEEKDAYS[start // DAY]


def _bought_of_viewed(events: int | None, bought: int | None) -> int | None:
    return bought or 0 if events is not None else None


def _rating_mean(rated: int | None, total: int | None) -> float | None:
    return round(total / rated / 1000, 3) if rated and total is not None else None


def _stars(milli: int | None) -> float | None:
    return None if milli is None else milli / 1000


# ── several rows a customer ──────────────────────────────────────────────────


def _other_currencies(engine: Engine) -> dict[Any, str]:
    found: dict[Any, list[str]] = defaultdict(list)
    for batch in engine.stream(plans.OTHER_CURRENCIES.sql()):
        for customer, currency in batch.rows(["customer_id", "currency"]):
            found[customer].append("?" if currency is None else str(currency))
    return {customer: ",".join(currencies) for customer, currencies in found.items()}


def _amounts(engine: Engine) -> Iterator[Batch]:
    for batch in engine.stream(plans.AMOUNTS.sql()):
        yield batch.with_columns({"customer": batch.map("customer_id", customer_id)})


def _preferences(engine: Engine, top: int | None) -> Iterator[Batch]:
    """Yield the shares of each dimension, and keep only its favourites in the engine."""
    most = 2**62 if top is None else top
    for name in DIMENSIONS:
        ranked = f"ranked_{name}"
        engine.run(plans.RANKED.sql(value=name), into=ranked)
        for batch in engine.stream(plans.PREFERENCES.sql(ranked=ranked), top=most):
            yield _shares(batch, name)
        engine.run(plans.FAVOURITES.sql(ranked=ranked), into=f"favourite_{name}")
        engine.drop(ranked)


def _shares(batch: Batch, dimension: str) -> Batch:
    parts: Iterable[Any] = batch.rows(["part", "whole"])
    columns: dict[str, Any] = {
        "customer": batch.map("customer_id", customer_id),
        "dimension": [dimension] * len(batch),
        "share": [part / whole for part, whole in parts],
    }
    shown = {"hour": _hour, "weekday": _weekday}.get(dimension)
    if shown is not None:
        columns["value"] = batch.map("value", shown)
    return batch.with_columns(columns)


def _needs(engine: Engine) -> Iterator[Batch]:
    for batch in engine.stream(plans.NEEDS.sql()):
        kept = batch.renamed({"open": "unsolved", "last": "last_at"})
        same = {name: batch.raw(name) for name in ("kind", "category", "solved")}
        yield kept.with_columns({**same, "customer": batch.map("customer_id", customer_id)})
