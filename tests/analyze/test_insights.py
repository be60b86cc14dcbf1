"""Insights equal what other ways of counting give, on every engine."""

from __future__ import annotations

import os
import sqlite3
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

DATA = Path(os.environ.get("CUSTOMERKIT_DATA", Path(__file__).parents[3] / "shared" / "data"))
RETAIL = DATA / "retail" / "onlineretail.csv.gz"
DAY = 86_400_000
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
    assert_same_insights(lines, "duckdb")


def assert_same_insights(lines: list[dict[str, Any]], engine: str) -> None:
    base = _base(lines)
    one, other = _found(base, "sqlite"), _found(base, engine)
    for part in ("customers", "amounts", "preferences", "needs"):
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


@pytest.fixture
def busy() -> ck.CustomerBase:
    """Return a base of one customer who did a bit of everything, and of nobody's lines."""
    base = ck.open("memory:")
    sku = {"email": "jane@example.com", "sku": "T1"}
    base.collect(
        [
            {**sku, "order_id": "1", "quantity": 2, "unit_price": "1.50", "currency": "GBP",
             "date": "2024-01-01 09:30:00", "product": "Tea", "category": "Drinks"},
            {**sku, "order_id": "2", "quantity": 1, "unit_price": "2", "currency": "EUR",
             "date": "2024-01-11 10:30:00", "product": "Tea", "category": "Drinks"},
            {**sku, "order_id": "1", "quantity": -1, "unit_price": "1.50", "currency": "GBP",
             "date": "2024-01-05 09:30:00", "product": "Tea", "category": "Drinks"},
            {"email": "jane@example.com", "sku": "C1", "quantity": 1, "unit_price": "0.25",
             "currency": "GBP", "product": "Cup", "category": "Ware"},
            {"sku": "T1", "quantity": 1, "unit_price": "9", "currency": "GBP",
             "date": "2024-01-02 08:00:00", "product": "Tea"},
        ],
        channel="shop", kind="purchases",
    )  # fmt: skip
    base.collect(
        [
            {**sku, "session": "s1", "url": "/t1", "event": "view", "date": "2024-01-01 09:00:00"},
            {**sku, "session": "s1", "url": "/t1", "event": "view", "date": "2024-01-01 09:10:00"},
            {**sku, "session": "s2", "url": "/late", "sku": "C1", "event": "view",
             "date": "2024-01-12 00:00:00"},
        ],
        channel="site", kind="browsing",
    )  # fmt: skip
    base.collect(
        [
            {**sku, "rating": "5", "review": "good", "date": "2024-01-03"},
            {**sku, "rating": "2", "review": "cold", "date": "2024-01-04"},
            {**sku, "review": "hm", "date": "2024-01-06"},
        ],
        channel="reviews", kind="reviews",
    )  # fmt: skip
    base.clean()
    return base


def test_every_kind_of_activity_is_summed_up(busy: ck.CustomerBase) -> None:
    found = busy.analyze()
    (row,) = found.customers.to_dicts()
    assert (
        row
        | {
            "purchase_count": 3,  # two numbered ones, and the line without a number
            "line_count": 4,
            "return_count": 1,
            "amount_minor": 175,  # 3.00 - 1.50 + 0.25 pounds; euros are not added
            "currency": "GBP",
            "other_currencies": "EUR",
            "monetary_minor": 58,
            "recency_days": 0,  # counted to the last view, half a day later
            "cadence_days": 5.021,
            "favourite_hour": "09",
            "favourite_weekday": "Monday",
            "favourite_category": "Drinks",
            "favourite_product": "Tea",
            "favourite_channel": "shop",
            "browsing_events": 3,
            "browsing_sessions": 2,
            "pages_viewed": 2,
            "products_viewed": 2,
            "products_viewed_and_bought": 1,  # the cup has no time, so nobody knows what came first
            "review_count": 3,
            "rating_mean": 3.5,
            "rating_lowest": 2.0,
        }
        == row
    )
    assert [(r["currency"], r["amount_minor"]) for r in found.amounts.rows()] == [
        ("GBP", 175),
        ("EUR", 200),
    ]


def test_what_cannot_be_told_is_counted(busy: ck.CustomerBase) -> None:
    assert dict(busy.analyze().totals) == {
        "lines": 5, "ownerless": 1, "returns": 1, "adjustments": 0, "undated": 1,
        "unordered": 2, "unpriced": 0, "currencies": 2,
    }  # fmt: skip


def test_later_activity_is_left_out_as_of_a_time(busy: ck.CustomerBase) -> None:
    day = 1_704_067_200_000 + 3 * DAY  # the fourth of January 2024, as it begins
    (row,) = busy.analyze(as_of=day).customers.to_dicts()
    assert (row["amount_minor"], row["return_count"], row["review_count"]) == (325, 0, 2)
    assert (row["recency_days"], row["browsing_events"]) == (2, 2)


def test_preferences_are_shares_of_purchase_lines(busy: ck.CustomerBase) -> None:
    found = busy.analyze().preferences.to_dicts()
    products = {r["value"]: (r["part"], r["whole"]) for r in found if r["dimension"] == "product"}
    assert products == {"Tea": (2, 3), "Cup": (1, 3)}
    kept = busy.analyze(top=1).preferences.to_dicts()
    assert kept == [r for r in found if (r["dimension"], r["value"]) in _favourites(kept)]
    assert {r["dimension"] for r in kept} == {r["dimension"] for r in found}
    assert len(kept) == 5


def _favourites(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(row["dimension"], row["value"]) for row in rows}


def test_a_person_sees_dates_and_amounts(busy: ck.CustomerBase) -> None:
    text = str(busy.analyze())
    assert "1.75 GBP" in text
    assert "2024-01-11 10:30" in text
    assert "1 customers with activity; 5 purchase lines, 1 of nobody, 1 returned" in text


def test_an_empty_base_has_no_insights() -> None:
    found = ck.open("memory:").analyze()
    assert (len(found.customers), len(found.preferences), found.totals["lines"]) == (0, 0, 0)


@pytest.mark.slow
def test_real_purchases_equal_pandas_and_a_direct_sum(tmp_path: Path) -> None:
    if not RETAIL.exists():
        pytest.skip(f"the retail data is not here: {RETAIL}")
    pd = pytest.importorskip("pandas")
    with ck.open(tmp_path / "retail.db") as base:
        result = base.collect(RETAIL, channel="shop", currency="GBP")
        assert (result.activities, result.ownerless, result.quarantined) == (541_909, 135_080, 0)
        base.clean()
        found = base.analyze()
        assert found.totals["returns"] == 9_288
        first = {r["record_id"]: r["external_id"] for r in _records(base) if r["external_id"]}
        ours = {first[int(row["customer"][2:])]: row for row in found.customers.rows()}
        parties = {r["record_id"]: r["external_id"] for r in _records(base)}
    direct: Counter[str] = Counter()
    with sqlite3.connect(tmp_path / "retail.db") as connection:
        sql = "select party, sum(amount_minor) from purchases where party is not null group by 1"
        for party, total in connection.execute(sql):
            direct[parties[party]] += total
    connection.close()
    assert {who: row["amount_minor"] for who, row in ours.items()} == dict(direct)
    frame = pd.read_csv(RETAIL, dtype={"CustomerID": str}, parse_dates=["InvoiceDate"])
    frame["cents"] = (frame.UnitPrice * frame.Quantity * 100).round().astype("int64")
    frame["who"] = frame.CustomerID.str.removesuffix(".0")
    theirs = frame.groupby("who").cents.sum().to_dict()
    assert {who: row["amount_minor"] for who, row in ours.items()} == theirs
    sales = frame[frame.Quantity >= 0].groupby("who")
    _same_behaviour(ours, sales, frame.InvoiceDate.max())
    _same_rfm(frame, ours)


def _same_behaviour(ours: dict[str, Any], sales: Any, latest: Any) -> None:
    last, count = sales.InvoiceDate.max(), sales.InvoiceNo.nunique()
    recency = (latest - last).dt.days
    bought = {who: row for who, row in ours.items() if row["last"] is not None}
    assert {who: row["recency_days"] for who, row in bought.items()} == recency.to_dict()
    assert {who: row["purchase_count"] for who, row in bought.items()} == count.to_dict()
    assert all(row["purchase_count"] == 0 for row in ours.values() if row["last"] is None)
    for who, row in bought.items():
        assert row["monetary_minor"] == row["amount_minor"] // count[who]


def _same_rfm(frame: Any, ours: dict[str, Any]) -> None:
    """The pure function on the frame gives the amounts of the base."""
    found = ck.rfm(frame, customer="who", time="InvoiceDate", amount="cents", purchase="InvoiceNo")
    amounts = {row["customer"]: row["monetary"] for row in found.rows()}
    assert amounts == {who: row["amount_minor"] for who, row in ours.items()}
    counts = frame.groupby("who").InvoiceNo.nunique().to_dict()
    assert {row["customer"]: row["frequency"] for row in found.rows()} == counts


def _records(base: ck.CustomerBase) -> list[dict[str, Any]]:
    from customerkit.model.tables import RECORDS

    names = ["record_id", "external_id"]
    return [row for batch in base.backend.scan(RECORDS, columns=names) for row in batch.dicts()]


def test_feedback_is_read_in_any_words_and_praise_wants_nothing() -> None:
    base = ck.open("memory:")
    rows = [
        {"email": "a@x.org", "kind": kind, "status": status, "text": "t", "category": "c"}
        for kind, status in [
            ("Complaint", "Resolved"),
            ("投诉", "待处理"),
            ("praise", None),
            ("Enquiry", "Closed"),
            ("Idea", "Open"),
        ]
    ]
    base.collect(rows, channel="help", kind="feedback")
    base.clean()
    found = base.analyze()
    assert {(row["kind"], row["open"], row["solved"]) for row in found.needs.to_dicts()} == {
        ("complaint", 1, 1),
        ("idea", 1, 0),
        ("praise", 0, 1),
        ("question", 0, 1),
    }
    (one,) = found.customers.to_dicts()
    assert one["open_needs"] == 2
