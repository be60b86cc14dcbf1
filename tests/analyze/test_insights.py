"""Insights equal what other ways of counting give, on every engine."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import customerkit as ck
from customerkit.analyze import insights
from customerkit.analyze.load import load
from customerkit.engine.pick import pick_engine

RETAIL = Path(__file__).parents[3] / "shared" / "data" / "retail" / "onlineretail.csv.gz"
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "customer_id": st.sampled_from([None, "1", "2", "3"]),
            "order_id": st.sampled_from([None, "a", "b", "c"]),
            "quantity": st.sampled_from(["1", "2", "-1"]),
            "unit_price": st.sampled_from(["1.25", "0.10", "3"]),
            "category": st.sampled_from([None, "Tea", "tea", "茶", "Café"]),
            "date": st.sampled_from(
                [None, "2024-02-29 23:59:59", "2024-03-01", "1969-12-31 05:00:00"]
            ),
        }
    ),
    min_size=1,
    max_size=25,
)


def _base(lines: list[dict[str, Any]]) -> ck.CustomerBase:
    base = ck.open("memory:")
    base.collect(
        [{"customer_id": "1", "quantity": None, "unit_price": None, **line} for line in lines],
        channel="shop",
        kind="purchases",
        currency="GBP",
    )
    base.clean()
    return base


def _found(base: ck.CustomerBase, name: str) -> Any:
    engine = pick_engine(name)
    load(engine, base.unit)
    result = insights(engine)
    engine.close()
    return result


@settings(max_examples=40, deadline=None)
@given(LINES)
def test_equals_counting_by_hand_on_each_engine(lines: list[dict[str, Any]]) -> None:
    base = _base(lines)
    found = _found(base, "sqlite")
    amounts: dict[str, int] = defaultdict(int)
    orders: dict[str, set[str]] = defaultdict(set)
    unnamed: Counter[str] = Counter()
    for line in lines:
        who = line["customer_id"]
        if who is None:
            continue
        cents = {"1.25": 125, "0.10": 10, "3": 300}[line["unit_price"]] * int(line["quantity"])
        amounts[who] += cents
        if cents > 0:
            if line["order_id"]:
                orders[who].add(line["order_id"])
            else:
                unnamed[who] += 1
    names = {base.get(who).id: who for who in amounts}
    rows = {names[row["customer"]]: row for row in found.customers.rows()}
    assert {who: row["amount_minor"] for who, row in rows.items()} == dict(amounts)
    assert {who: row["purchase_count"] for who, row in rows.items()} == {
        who: len(orders[who]) + unnamed[who] for who in amounts
    }
    assert found.totals["ownerless"] == sum(line["customer_id"] is None for line in lines)


@settings(max_examples=25, deadline=None)
@given(LINES)
def test_engines_agree(lines: list[dict[str, Any]]) -> None:
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    base = _base(lines)
    one, other = _found(base, "sqlite"), _found(base, "duckdb")
    for part in ("customers", "preferences", "needs"):
        assert repr(getattr(one, part).to_dicts()) == repr(getattr(other, part).to_dicts())
    assert one.totals == other.totals


def test_needs_and_favourites() -> None:
    base = ck.open("memory:")
    base.collect(
        [
            {"email": "jane@example.com", "type": "complaint", "category": "delivery",
             "status": "open", "message": "late"},
            {"email": "jane@example.com", "type": "complaint", "category": "delivery",
             "status": "solved", "message": "broken"},
        ],
        channel="support",
        kind="feedback",
    )  # fmt: skip
    base.clean()
    found = base.analyze()
    (need,) = found.needs.to_dicts()
    assert (need["kind"], need["category"], need["open"], need["solved"]) == (
        "complaint",
        "delivery",
        1,
        1,
    )
    assert found.customers.to_dicts()[0]["open_needs"] == 1


def test_real_purchases_equal_a_direct_sum() -> None:
    if not RETAIL.exists():
        pytest.skip("the retail data is not here: ../shared/data/retail")
    pytest.importorskip("pandas")
    import pandas as pd

    base = ck.open("memory:")
    result = base.collect(RETAIL, channel="shop", currency="GBP")
    assert (result.activities, result.ownerless, result.quarantined) == (541_909, 135_080, 0)
    base.clean()
    found = base.analyze()
    assert found.totals["returns"] == 9_288
    frame = pd.read_csv(RETAIL, dtype=str)
    cents = (frame.UnitPrice.astype(float) * frame.Quantity.astype(float) * 100).round()
    direct = cents.groupby(frame.CustomerID).sum().astype(int)
    numbers = {row["external_id"]: f"c-{row['record_id']}" for row in _first_records(base)}
    rows = {row["customer"]: row["amount_minor"] for row in found.customers.rows()}
    ours = {who.removesuffix(".0"): rows[numbers[who.removesuffix(".0")]] for who in direct.index}
    assert ours == {who.removesuffix(".0"): int(total) for who, total in direct.items()}


def _first_records(base: ck.CustomerBase) -> list[dict[str, Any]]:
    from customerkit.model.tables import RECORDS

    rows = [row for batch in base.backend.scan(RECORDS) for row in batch.dicts()]
    return [row for row in reversed(rows) if row["external_id"] is not None]
