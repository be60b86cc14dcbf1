"""The columns of every table the analysis works on."""

from __future__ import annotations

from customerkit.engine.plan import Columns
from customerkit.model.table import ColumnType
from customerkit.model.tables import ACTIVITIES

_SAID = "party run_id occurred"
READ: dict[str, Columns] = {
    name: {column: ACTIVITIES[name].check(column).type for column in f"{_SAID} {more}".split()}
    for name, more in {
        "purchases": "purchase_id sku product category amount_minor currency kind",
        "browsing": "session event url sku product",
        "reviews": "rating_milli",
        "feedback": "kind category status solved_at",
    }.items()
}
"""What the analysis reads of each kind of activity."""

CHANNELS: Columns = {"run_id": "integer", "channel": "text"}
PAIRS: Columns = {"record_id": "integer", "customer_id": "integer"}
ALIVE: Columns = {"customer_id": "integer"}
DIMENSIONS = ("category", "product", "channel", "hour", "weekday")

KEYS = ("customer_id", "record_id", "run_id", "channel")

MADE: dict[str, Columns] = {
    "owned_purchases": {
        "customer_id": "integer",
        "channel": "text",
        "occurred": "integer",
        "kind": "text",
        "purchase_id": "text",
        "amount_minor": "integer",
        "currency": "text",
        "category": "text",
        "item": "text",
        "product": "text",
        "hour": "integer",
        "weekday": "integer",
    },
    "owned_browsing": {
        "customer_id": "integer",
        "channel": "text",
        "occurred": "integer",
        "session": "text",
        "url": "text",
        "item": "text",
    },
    "owned_reviews": {
        "customer_id": "integer",
        "channel": "text",
        "occurred": "integer",
        "rating_milli": "integer",
    },
    "owned_feedback": {
        "customer_id": "integer",
        "channel": "text",
        "occurred": "integer",
        "kind": "text",
        "category": "text",
        "solved": "integer",
    },
}


def _ranked(type_: ColumnType) -> Columns:
    return {"customer_id": "integer", "value": type_, "part": "integer", "place": "integer"}


RANKS: dict[str, Columns] = {
    f"ranked_{name}": _ranked("integer" if name in ("hour", "weekday") else "text")
    for name in DIMENSIONS
}


def _integers(names: str) -> Columns:
    return dict.fromkeys(names.split(), "integer")


SUMMARIES: dict[str, Columns] = {
    "seen": _integers("customer_id"),
    "bought": _integers("customer_id named unnamed lines returns adjustments first_at last_at"),
    "spent": {**_integers("customer_id amount_minor lines place"), "currency": "text"},
    "browsed": _integers("customer_id events sessions pages products last_at"),
    "viewed_bought": _integers("customer_id products"),
    "reviewed": _integers("customer_id reviews rated rating_sum lowest last_at"),
    "told": _integers("customer_id unsolved solved"),
    **{
        f"favourite_{name}": {"customer_id": "integer", "value": RANKS[f"ranked_{name}"]["value"]}
        for name in DIMENSIONS
    },
}
