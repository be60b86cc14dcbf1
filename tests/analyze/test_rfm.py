"""RFM gives pandas' numbers, the same bytes on every engine, and stated scores."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import customerkit as ck
from customerkit.analyze.arrow_lines import arrow_lines
from customerkit.analyze.dense import summed
from customerkit.analyze.lines import millis, minor, plain_lines
from customerkit.errors import InputError, MappingError, SourceError

DAY = 86_400_000
NAMES = {"customer": "customer", "moment": "time", "amount": "amount", "purchase": "order"}
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "customer": st.sampled_from([None, "a", "a ", "A", "茶", "é", "e\u0301", "😀"]),
            "time": st.none() | st.integers(-(10**12), 2 * 10**12),
            "amount": st.none() | st.integers(-(10**15), 10**15),
            "order": st.sampled_from([None, "1", "2", "3", " 3"]),
        }
    ),
    min_size=1,
    max_size=30,
)


def scores(values: list[int | None]) -> list[int]:
    """Return the scores as the documentation states them, counted the slow way."""
    low = -(2**70)
    known = [low if value is None else value for value in values]
    return [1 + 5 * sum(other < value for other in known) // len(known) for value in known]


@settings(max_examples=40)
@given(LINES, st.sampled_from([None, "order"]))
def test_equals_pandas(lines: list[dict[str, Any]], purchase: str | None) -> None:
    pd = pytest.importorskip("pandas")
    found = ck.rfm(lines, purchase=purchase).to_dicts()
    frame = pd.DataFrame(lines, dtype=object)
    frame[["time", "amount"]] = frame[["time", "amount"]].astype("Int64")
    groups = frame.groupby("customer", sort=True)
    latest = frame["time"].max()
    count = groups["order"].nunique() if purchase else groups.size()
    for row in found:
        who, first, last = row["customer"], row["first"], row["last"]
        assert first == (None if pd.isna(f := groups["time"].min()[who]) else f)
        assert last == (None if pd.isna(x := groups["time"].max()[who]) else x)
        assert row["recency"] == (None if last is None else (latest - last) // DAY)
        assert row["frequency"] == count[who]
        total = groups["amount"].sum(min_count=1)[who]
        assert row["monetary"] == (None if pd.isna(total) else total)
    assert [row["customer"] for row in found] == sorted(groups.groups)


@settings(max_examples=40)
@given(LINES, st.sampled_from([None, "order"]), st.sampled_from([None, 0, 10**12]))
def test_same_bytes_on_both_engines(
    lines: list[dict[str, Any]], purchase: str | None, as_of: int | None
) -> None:
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    assert_same_rfm(lines, purchase, as_of, "duckdb")


def assert_same_rfm(
    lines: list[dict[str, Any]], purchase: str | None, as_of: int | None, engine: Any
) -> None:
    one, other = (
        ck.rfm(lines, purchase=purchase, as_of=as_of, engine=name) for name in ("sqlite", engine)
    )
    assert repr(one.to_dicts()) == repr(other.to_dicts())


@given(LINES)
def test_scores_are_fifths_of_who_does_worse(lines: list[dict[str, Any]]) -> None:
    found = ck.rfm(lines, engine="sqlite")
    recency = [None if days is None else -days for days in found["recency"]]
    assert list(found["r"]) == scores(recency)
    assert list(found["f"]) == scores(list(found["frequency"]))
    assert list(found["m"]) == scores(list(found["monetary"]))


def test_ten_customers_fill_five_scores_and_ties_share_one() -> None:
    lines = [{"customer": n, "time": n * DAY, "amount": min(n, 5)} for n in range(10)]
    found = ck.rfm(lines)
    assert list(found["r"]) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert list(found["m"]) == [1, 1, 2, 2, 3, 3, 3, 3, 3, 3]
    assert list(found["f"]) == [1] * 10


DENSE = st.lists(
    st.tuples(
        st.integers(-5, 20), st.integers(-(10**13), 10**13), st.integers(-(10**9), 10**9),
        st.integers(-3, 3),
    ),
    min_size=7,
    max_size=40,
)  # fmt: skip


@settings(max_examples=40)
@given(DENSE, st.booleans())
def test_dense_customers_equal_the_plan(rows: list[tuple[int, ...]], distinct: bool) -> None:
    pa = pytest.importorskip("pyarrow")
    pytest.importorskip("numpy")
    columns = dict(
        zip(("customer", "time", "amount", "order"), zip(*rows, strict=True), strict=True)
    )
    table = pa.table({name: list(column) for name, column in columns.items()})
    typed = arrow_lines(table, NAMES, None)
    assert summed(typed.table, distinct=distinct, as_of=10**13) is not None  # it is not skipped
    purchase = "order" if distinct else None
    plain = ck.rfm([dict(zip(columns, row, strict=True)) for row in rows], purchase=purchase)
    assert ck.rfm(table, purchase=purchase).to_dicts() == plain.to_dicts()


@pytest.mark.parametrize(
    "change",
    [
        {"customer": [0, 2**40]},
        {"customer": [0, None]},
        {"amount": [2**62, 2**62]},
        {"moment": [0, 11]},
        {"purchase": [-(2**62), 2**62]},
    ],
)
def test_dense_gives_up_where_it_could_be_wrong(change: dict[str, list[Any]]) -> None:
    pa = pytest.importorskip("pyarrow")
    pytest.importorskip("numpy")
    plain = {name: [0, 1] for name in ("customer", "moment", "amount", "purchase")}
    assert summed(pa.table(plain), distinct=True, as_of=10) is not None
    assert summed(pa.table({**plain, **change}), distinct=True, as_of=10) is None


MOMENTS = st.none() | st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001 - the strategy wants naive bounds
    datetime(2100, 1, 1),  # noqa: DTZ001
)


@given(st.lists(st.tuples(MOMENTS, st.floats(-1e9, 1e9) | st.just(float("nan"))), min_size=1))
def test_arrow_columns_are_typed_as_single_values_are(rows: list[tuple[Any, float]]) -> None:
    pa = pytest.importorskip("pyarrow")
    times, amounts = map(list, zip(*rows, strict=True))
    for unit in ("ms", "us", "ns"):
        table = pa.table(
            {
                "time": pa.array(times, pa.timestamp(unit), from_pandas=True, safe=False),
                "amount": amounts,
                "customer": ["x"] * len(rows),
                "order": pa.array([1.0] * len(rows)),
            }
        )
        typed = arrow_lines(table, NAMES, None).table
        assert typed["moment"].to_pylist() == list(map(millis, times))
        assert typed["amount"].to_pylist() == list(map(minor, amounts))


def test_every_source_gives_the_same(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pytest.importorskip("pandas")
    import pyarrow.parquet as pq

    days = [date(2024, 1, 31), date(2024, 3, 1), date(1969, 12, 31)]
    rows = [
        {"customer": who, "time": day, "amount": amount}
        for who, day, amount in zip(("b", "a", "b"), days, (1.25, 0.1, -3.0), strict=True)
    ]
    table = pa.Table.from_pylist(rows)
    pq.write_table(table, tmp_path / "lines.parquet")
    text = "".join(f"{r['customer']},{r['time']},{r['amount']}\n" for r in rows)
    (tmp_path / "lines.csv").write_text("customer,time,amount\n" + text)
    wanted = ck.rfm(rows).to_dicts()
    assert [(r["customer"], r["monetary"], r["recency"]) for r in wanted] == [
        ("a", 10, 0),
        ("b", -175, 30),
    ]
    for source in (
        *(iter(rows), table, table.to_pandas(), table.to_reader()),
        *(tmp_path / "lines.parquet", tmp_path / "lines.csv", str(tmp_path / "lines.csv")),
    ):
        assert ck.rfm(source).to_dicts() == wanted


def test_whole_floats_are_ids_and_dictionaries_are_text() -> None:
    pa = pytest.importorskip("pyarrow")
    table = pa.table(
        {
            "customer": pa.array([17850.0, None, float("nan")]),
            "time": [datetime(2024, 1, 1, tzinfo=UTC)] * 3,
            "amount": pa.array([Decimal("1.005"), None, None], pa.decimal128(9, 3)),
            "order": pa.array(["x", "y", "z"]).dictionary_encode(),
        }
    )
    (row,) = ck.rfm(table, purchase="order").to_dicts()
    assert (row["customer"], row["frequency"], row["monetary"]) == (17850, 1, 100)
    with pytest.raises(InputError, match="whole number"):
        ck.rfm(table.set_column(0, "customer", pa.array([0.5, 1.0, 2.0])))


def test_currency_tells_the_decimals_and_refuses_another() -> None:
    line = {"customer": "a", "time": 0, "amount": "1200"}
    assert list(ck.rfm([line], currency="JPY")["monetary"]) == [1200]
    assert "1,200 JPY" in repr(ck.rfm([line], currency="JPY"))
    with pytest.raises(InputError, match="another currency"):
        ck.rfm([line, {**line, "amount": "3 EUR"}], currency="GBP")
    with pytest.raises(InputError, match="several currencies"):
        ck.rfm([{**line, "amount": "3 USD"}, {**line, "amount": "3 EUR"}])


def test_later_lines_are_left_out_as_of_a_time() -> None:
    lines = [{"customer": "a", "time": n * DAY, "amount": 1} for n in range(5)]
    (row,) = ck.rfm(lines, as_of=2 * DAY + 5).to_dicts()
    assert (row["recency"], row["frequency"], row["last"]) == (0, 3, 2 * DAY)


def test_no_lines_are_no_customers() -> None:
    assert ck.rfm([]).to_dicts() == []
    assert len(ck.rfm([{"customer": None, "time": 1, "amount": 1}])) == 0


@pytest.mark.parametrize(
    ("lines", "error", "said"),
    [
        ([{"customer": "a", "amount": 1}], MappingError, "time"),
        ([{"customer": "a", "time": "03/04/2024", "amount": 1}], InputError, "date.ambiguous"),
        ([{"customer": "a", "time": 1, "amount": "lots"}], InputError, "money.unreadable"),
        ([{"customer": "a", "time": 1, "amount": float("inf")}], InputError, "float"),
        ([{"customer": "a", "time": 1.7e18, "amount": 1}], InputError, "float"),
        ([{"customer": "a", "time": 17 * 10**17, "amount": 1}], InputError, "nanoseconds"),
        (5, SourceError, "int"),
        ({"customer": "a"}, SourceError, "dict"),
    ],
)
def test_bad_input_is_told_without_values(lines: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said) as caught:
        ck.rfm(lines)
    assert "lots" not in str(caught.value)
    assert "03/04" not in str(caught.value)


def test_missing_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no file"):
        ck.rfm(tmp_path / "none.csv")
    pytest.importorskip("pyarrow")
    with pytest.raises(SourceError, match="no file"):
        ck.rfm(tmp_path / "none.parquet")
    (tmp_path / "bad.parquet").write_bytes(b"no")
    with pytest.raises(SourceError, match="no Parquet"):
        ck.rfm(tmp_path / "bad.parquet")


def test_plain_ids_become_integers_only_together() -> None:
    columns = {"customer": [1.0, 2], "time": [1, 2], "amount": [1, 2], "order": [1, "x"]}
    lines = plain_lines(columns, NAMES, None)
    assert lines.columns == {
        "customer": "integer",
        "moment": "integer",
        "amount": "integer",
        "purchase": "text",
    }
    assert lines.values is not None
    assert (lines.values["customer"], lines.values["purchase"]) == ([1, 2], ["1", "x"])
