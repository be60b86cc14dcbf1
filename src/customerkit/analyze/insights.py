"""Derive insights from activities: behaviour, needs and preferences of each customer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from attrs import field, frozen

from customerkit.analyze import plans
from customerkit.engine.frames import Frame, frame_of
from customerkit.engine.protocol import Engine
from customerkit.model.customer import customer_id

_DAY = 86_400_000
_WEEKDAYS = ("Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday")
_CUSTOMER = (
    *("customer", "purchase_count", "line_count", "return_count", "amount_minor", "currency"),
    *("other_currencies", "monetary_minor", "first", "last", "recency_days", "frequency_30d"),
    *("cadence_days", "favourite_hour", "favourite_weekday", "favourite_category"),
    *("favourite_channel", "browsing_events", "browsing_sessions", "browsing_last"),
    *("review_count", "rating_mean", "review_last", "open_needs"),
)
_DIMENSIONS = ("category", "product", "channel", "hour", "weekday")


@frozen
class Insights:
    """Hold what an analysis found.

    Args:
        customers: One row a customer with any activity: counts, amounts in minor
            units, times in epoch milliseconds, spans in days, favourites.
        preferences: customer, dimension, value, part, whole, share of purchase lines.
        needs: customer, kind, category, open, solved, last.
        totals: Purchase lines, ownerless lines and returns of the whole base.
        as_of: The time recency is counted to, epoch milliseconds.
    """

    customers: Frame = field(repr=False)
    preferences: Frame = field(repr=False)
    needs: Frame = field(repr=False)
    totals: Mapping[str, int]
    as_of: int

    def __str__(self) -> str:
        lines = [
            (
                f"{len(self.customers):,} customers with activity; "
                f"{self.totals['lines']:,} purchase lines, {self.totals['ownerless']:,} of nobody, "
                f"{self.totals['returns']:,} returned"
            ),
            str(self.customers),
        ]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return self.customers._repr_html_()


def insights(engine: Engine, *, as_of: int | None = None) -> Insights:
    """Analyse the activities in an engine.

    Args:
        engine: Holds the tables that :func:`customerkit.analyze.load.load` makes.
        as_of: Epoch milliseconds; the last purchase by default.

    Returns:
        The insights.
    """
    engine.run(plans.HOUR.format(owned=plans.owned("purchases")), into="owned_purchases")
    totals = _one(engine, plans.TOTALS)
    as_of = as_of if as_of is not None else int(totals.pop("last_at") or 0)
    totals.pop("last_at", None)
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    _purchases(engine, found, as_of)
    _amounts(engine, found)
    preferences = _preferences(engine, found)
    _browsing(engine, found)
    _reviews(engine, found)
    needs = _needs(engine, found)
    rows = [{"customer": customer_id(n), **found[n]} for n in sorted(found)]
    return Insights(
        frame_of(rows, _CUSTOMER),
        preferences,
        needs,
        {k: int(v or 0) for k, v in totals.items()},
        as_of,
    )


def _rows(engine: Engine, sql: str) -> list[dict[str, Any]]:
    return [row for batch in engine.stream(sql) for row in batch.dicts()]


def _one(engine: Engine, sql: str) -> dict[str, Any]:
    return _rows(engine, sql)[0]


def _purchases(engine: Engine, found: dict[int, dict[str, Any]], as_of: int) -> None:
    for row in _rows(engine, plans.PURCHASES):
        count = row["named"] + row["unnamed"]
        first, last = row["first_at"], row["last_at"]
        span = (last - first) / _DAY if last is not None else None
        found[row["customer_id"]] |= {
            "purchase_count": count,
            "line_count": row["lines"],
            "return_count": row["returns"],
            "first": first,
            "last": last,
            "recency_days": None if last is None else (as_of - last) // _DAY,
            "frequency_30d": _frequency(count, first, as_of),
            "cadence_days": None if span is None or count < 2 else round(span / (count - 1), 3),
        }


def _frequency(count: int, first: int | None, as_of: int) -> float | None:
    """Return purchases in 30 days, over the time since the first one, at least one day."""
    if first is None:
        return None
    return round(count * 30 / max(1.0, (as_of - first) / _DAY), 4)


def _amounts(engine: Engine, found: dict[int, dict[str, Any]]) -> None:
    by_customer: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(engine, plans.AMOUNTS):
        by_customer[row["customer_id"]].append(row)
    for customer, rows in by_customer.items():
        rows.sort(key=lambda row: (-row["lines"], row["currency"] or ""))
        main, others = rows[0], rows[1:]
        count = found[customer].get("purchase_count") or 0
        found[customer] |= {
            "amount_minor": main["amount_minor"],
            "currency": main["currency"],
            "other_currencies": ",".join(str(row["currency"]) for row in others) or None,
            "monetary_minor": main["amount_minor"] // count if count else None,
        }


def _preferences(engine: Engine, found: dict[int, dict[str, Any]]) -> Frame:
    rows: list[dict[str, Any]] = []
    for dimension in _DIMENSIONS:
        column = {"hour": "hour_start", "weekday": "day_start"}.get(dimension, dimension)
        shown = _SHOWN.get(dimension, str)
        by_customer: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for row in _rows(engine, plans.SHARES.format(value=column)):
            by_customer[row["customer_id"]].append((row["part"], shown(row["value"])))
        for customer, parts in sorted(by_customer.items()):
            parts.sort(key=lambda item: (-item[0], item[1]))
            whole = sum(part for part, _ in parts)
            if f"favourite_{dimension}" in _CUSTOMER:
                found[customer][f"favourite_{dimension}"] = parts[0][1]
            rows += [
                {
                    "customer": customer_id(customer),
                    "dimension": dimension,
                    "value": value,
                    "part": part,
                    "whole": whole,
                    "share": part / whole,
                }
                for part, value in parts
            ]
    return frame_of(rows, ("customer", "dimension", "value", "part", "whole", "share"))


_SHOWN: dict[str, Callable[[Any], str]] = {
    "hour": lambda start: f"{start // 3_600_000:02}",
    "weekday": lambda start: _WEEKDAYS[start // _DAY],
}


def _browsing(engine: Engine, found: dict[int, dict[str, Any]]) -> None:
    for row in _rows(engine, plans.BROWSING.format(owned=plans.owned("browsing"))):
        found[row["customer_id"]] |= {
            "browsing_events": row["events"],
            "browsing_sessions": row["sessions"],
            "browsing_last": row["last_at"],
        }


def _reviews(engine: Engine, found: dict[int, dict[str, Any]]) -> None:
    for row in _rows(engine, plans.REVIEWS.format(owned=plans.owned("reviews"))):
        rated = row["rated"]
        found[row["customer_id"]] |= {
            "review_count": row["reviews"],
            "rating_mean": round(row["rating_sum"] / rated / 1000, 3) if rated else None,
            "review_last": row["last_at"],
        }


def _needs(engine: Engine, found: dict[int, dict[str, Any]]) -> Frame:
    rows = []
    needs = _rows(engine, plans.NEEDS.format(owned=plans.owned("feedback")))
    needs.sort(key=lambda row: (row["customer_id"], row["kind"] or "", row["category"] or ""))
    for row in needs:
        still_open = row["said"] - row["solved"]
        mine = found[row["customer_id"]]
        mine["open_needs"] = mine.get("open_needs", 0) + still_open
        rows.append(
            {
                "customer": customer_id(row["customer_id"]),
                "kind": row["kind"],
                "category": row["category"],
                "open": still_open,
                "solved": row["solved"],
                "last": row["last_at"],
            }
        )
    return frame_of(rows, ("customer", "kind", "category", "open", "solved", "last"))
