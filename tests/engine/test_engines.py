"""Both engines put, map, stream, attach and drop alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerkit.engine.pick import pick_engine
from customerkit.engine.protocol import Engine
from customerkit.errors import LimitError, UnknownFieldError
from customerkit.model.batch import Batch
from customerkit.model.table import ColumnType

TYPES: dict[str, ColumnType] = {"n": "integer", "t": "text", "r": "real", "b": "blob"}
VALUES = st.tuples(
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    st.none() | st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: x != 0),
    st.none() | st.binary(max_size=4),
)


def available() -> list[str]:
    try:
        pick_engine("duckdb").close()
    except ImportError:
        return ["sqlite"]
    return ["sqlite", "duckdb"]


@pytest.fixture(params=["sqlite", "duckdb"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "duckdb":
        pytest.importorskip("duckdb")
        pytest.importorskip("pyarrow")
    engine = pick_engine(request.param)
    yield engine
    engine.close()


def rows(engine: Engine, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for batch in engine.stream(sql, **parameters) for row in batch.rows()]


def put(engine: Engine, *values: tuple[Any, ...]) -> None:
    engine.put("t", TYPES, [Batch.from_rows(list(TYPES), list(values))] if values else [])


@given(st.lists(VALUES, max_size=8))
def test_values_come_back_as_they_went_in(values: list[tuple[Any, ...]]) -> None:
    for name in available():
        engine = pick_engine(name)
        put(engine, *values)
        found = rows(engine, "select n, t, r, b from t")
        engine.close()
        assert list(map(repr, found)) == list(map(repr, values)), name


def test_absent_columns_are_null_and_unknown_ones_are_left_out(engine: Engine) -> None:
    parts = [
        Batch.from_columns({"t": ["x"], "other": [1]}),
        Batch.from_columns({"n": [5]}),
        Batch.from_columns({"other": [1, 2]}),
    ]
    engine.put("t", {"n": "integer", "t": "text"}, parts)
    assert rows(engine, "select n, t from t") == [
        (None, "x"),
        (5, None),
        (None, None),
        (None, None),
    ]


def test_map_calls_the_function_once_for_each_distinct_tuple(engine: Engine) -> None:
    called = []

    def function(number: int | None, text: str | None) -> tuple[str | None, int]:
        called.append((number, text))
        return None if text is None else text.upper(), number or 0

    put(engine, (1, "ß", None, None), (1, "ß", 2.0, None), (None, None, None, b"x"))
    engine.map("t", "u", function, ["n", "t"], {"up": "text", "same": "integer"})
    assert sorted(called, key=repr) == [(1, "ß"), (None, None)]
    found = rows(engine, "select t, r, b, up, same from u")
    assert found == [
        ("ß", None, None, "SS", 1),
        ("ß", 2.0, None, "SS", 1),
        (None, None, b"x", None, 0),
    ]


def test_map_keeps_the_types_of_a_table_that_was_computed(engine: Engine) -> None:
    put(engine, (1, "a", None, None), (2, "a", None, None))
    engine.run("select t, count(*) as many, 'x' || t as more from t group by t", into="u")
    engine.map("u", "u", lambda many: many + 1, ["many"], {"next": "integer"})
    assert rows(engine, "select t, many, more, next from u") == [("a", 2, "xa", 3)]


def test_map_of_an_empty_table_is_an_empty_table(engine: Engine) -> None:
    put(engine)
    engine.map("t", "u", lambda text: text, ["t"], {"again": "text"})
    assert rows(engine, "select n, again from u") == []


def test_streams_more_rows_than_a_batch_holds(engine: Engine) -> None:
    many = 140_000
    engine.put("t", {"n": "integer"}, [Batch.from_columns({"n": list(range(many))})])
    batches = list(engine.stream("select n from t order by n"))
    assert len(batches) > 1
    assert [n for batch in batches for n in batch.column("n")] == list(range(many))


def test_parameters_are_values_and_never_sql(engine: Engine) -> None:
    put(engine, (1, "x' or 1=1 --", None, None), (2, "y", None, None))
    sql = "select n from t where t = $wanted and n < $below"
    assert rows(engine, sql, wanted="x' or 1=1 --", below=9) == [(1,)]
    engine.run(sql, into="u", wanted="y", below=9)
    assert rows(engine, "select n from u") == [(2,)]


def test_a_table_is_replaced_and_dropped(engine: Engine) -> None:
    put(engine, (1, "a", None, None))
    engine.run("select n from t", into="u")
    put(engine, (2, "b", None, None))
    assert rows(engine, "select t.n as a, u.n as b from t join u on u.n < t.n") == [(2, 1)]
    engine.drop("t", "u", "never_there")
    put(engine, (3, "c", None, None))
    assert rows(engine, "select n from t") == [(3,)]


def test_attached_arrow_data_is_a_table_like_any_other(engine: Engine) -> None:
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"n": pa.array([1, None], pa.int32()), "t": ["a", "茶"], "more": [0, 0]})
    engine.attach("t", {"t": "text", "n": "integer"}, table)
    assert rows(engine, "select t, n from t") == [("a", 1), ("茶", None)]
    engine.run("select t from t where n is null", into="t2")
    engine.drop("t")
    put(engine, (7, "b", None, None))
    assert rows(engine, "select n from t") == [(7,)]
    assert rows(engine, "select t from t2") == [("茶",)]


@pytest.mark.parametrize("name", ["t; drop", "T", "", 'a"b'])
def test_names_that_are_no_identifiers_are_refused(engine: Engine, name: str) -> None:
    with pytest.raises(UnknownFieldError):
        engine.put(name, {"n": "integer"}, [])
    with pytest.raises(UnknownFieldError):
        engine.put("t", {name: "integer"}, [])
    with pytest.raises(UnknownFieldError):
        engine.run("select 1 as one", into=name)


def test_an_index_changes_no_answer(engine: Engine) -> None:
    columns: dict[str, ColumnType] = {"name": "text", "size": "integer"}
    engine.put("boxes", columns, [Batch.from_rows(["name", "size"], [("a", 1), ("b", 2)])])
    before = [
        row for batch in engine.stream("select * from boxes order by size") for row in batch.rows()
    ]
    engine.index("boxes", "name", "size")
    engine.index("boxes", "name", "size")
    after = [
        row for batch in engine.stream("select * from boxes order by size") for row in batch.rows()
    ]
    assert list(map(tuple, after)) == list(map(tuple, before)) == [("a", 1), ("b", 2)]


def test_a_sum_beyond_64_bits_is_a_typed_error(engine: Engine) -> None:
    put(engine, (2**63 - 1, None, None, None), (1, None, None, None))
    sql = "select cast(sum(n) as bigint) as total from t"
    with pytest.raises(LimitError, match="64 bits"):
        rows(engine, sql)
    with pytest.raises(LimitError, match="64 bits"):
        engine.run(sql, into="u")
    assert rows(engine, "select count(*) as found from t") == [(2,)]
