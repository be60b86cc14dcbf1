"""What an analysis gives: its frames, their columns, and how people see them."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from customerkit.engine.frames import Frame, Shown
from customerkit.model.table import ColumnType

CUSTOMER: dict[str, ColumnType] = {
    "customer": "text",
    "purchase_count": "integer",
    "line_count": "integer",
    "return_count": "integer",
    "adjustment_count": "integer",
    "amount_minor": "integer",
    "currency": "text",
    "other_currencies": "text",
    "monetary_minor": "integer",
    "first": "integer",
    "last": "integer",
    "recency_days": "integer",
    "frequency_30d": "real",
    "cadence_days": "real",
    "favourite_hour": "text",
    "favourite_weekday": "text",
    "favourite_category": "text",
    "favourite_product": "text",
    "favourite_channel": "text",
    "browsing_events": "integer",
    "browsing_sessions": "integer",
    "browsing_last": "integer",
    "pages_viewed": "integer",
    "products_viewed": "integer",
    "products_viewed_and_bought": "integer",
    "review_count": "integer",
    "rating_mean": "real",
    "rating_lowest": "real",
    "review_last": "integer",
    "open_needs": "integer",
    "solved_needs": "integer",
}
AMOUNT: dict[str, ColumnType] = {
    "customer": "text",
    "currency": "text",
    "lines": "integer",
    "amount_minor": "integer",
}
PREFERENCE: dict[str, ColumnType] = {
    "customer": "text",
    "dimension": "text",
    "value": "text",
    "part": "integer",
    "whole": "integer",
    "share": "real",
}
NEED: dict[str, ColumnType] = {
    "customer": "text",
    "kind": "text",
    "category": "text",
    "open": "integer",
    "solved": "integer",
    "last": "integer",
}
SHOWN: dict[str, Shown] = {
    **dict.fromkeys(("first", "last", "browsing_last", "review_last"), "time"),
    **dict.fromkeys(("amount_minor", "monetary_minor"), "money"),
    "share": "percent",
}


@frozen
class Insights:
    """Hold what an analysis found.

    Args:
        customers: One row a customer with any activity: counts, amounts in minor
            units, times in epoch milliseconds, spans in days, favourites. Amounts
            are those of the currency of most lines.
        amounts: customer, currency, lines, amount_minor: one row for each currency
            a customer paid in; currencies are never added up.
        preferences: customer, dimension, value, part, whole, share of purchase
            lines: the most frequent values of each dimension.
        needs: customer, kind, category, open, solved, last.
        totals: Purchase lines of the whole base, and how many of them belong to
            nobody (``ownerless``), are ``returns`` or ``adjustments``, have no time
            (``undated``), no purchase number (``unordered``) or no amount
            (``unpriced``); how many ``currencies`` there are.
        as_of: The time recency is counted to, epoch milliseconds; later activity
            is left out.
    """

    customers: Frame = field(repr=False)
    amounts: Frame = field(repr=False)
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
