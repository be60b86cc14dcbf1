"""Spark gives the bytes of the other engines, beside whatever its user does in a session.

The cases are those of tests/engine, tests/rules and tests/analyze.
"""

from __future__ import annotations

import gc
import inspect
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import customerkit as ck
import test_docs
from analyze import test_insights, test_rfm
from customerkit.engine.pick import pick_engine
from customerkit.engine.plan import PortablePlan
from customerkit.engine.protocol import Engine
from customerkit.errors import InputError, LimitError, UnknownFieldError
from customerkit.model.batch import Batch
from engine import test_engines
from engine.parity_cases import EXTREME, contents, corpus, engines, same_bytes, variants
from engine.test_engines import VALUES, put, rows
from rules import test_laws
from running.spark import missing_spark

# pyspark leaves sockets to the collector, with or without us.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
FEW = settings(max_examples=4, suppress_health_check=list(HealthCheck))
QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Half of the time of so short a run would go into compiling it well."""
COUNTED_DIFFERENTLY = "test_map_calls_the_function_once_for_each_distinct_tuple"


@pytest.fixture(scope="module", autouse=True)
def _its_sockets_are_collected_here() -> Iterator[None]:
    """Collect the sockets that are left, before they fail the tests of other modules."""
    yield
    gc.collect()


@pytest.fixture(scope="session")
def spark(pytestconfig: pytest.Config) -> Iterator[Any]:
    """Yield the session that the first engine starts."""
    if why := missing_spark():
        everything = pytestconfig.getoption("--all-servers")
        (pytest.fail if everything else pytest.skip)(why)
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", QUICK_JAVA)
        pick_engine("spark").close()
    session = SparkSession.getActiveSession()
    assert session is not None
    yield session
    session.stop()


@pytest.fixture
def engine(spark: Any) -> Iterator[Engine]:
    engine = pick_engine("spark")
    yield engine
    engine.close()


# ── what holds for each engine ───────────────────────────────────────────────

for _name, _test in vars(test_engines).items():
    if _name.startswith("test_") and "engine" in inspect.signature(_test).parameters:
        globals()[_name] = _test
del globals()[COUNTED_DIFFERENTLY]


@FEW
@given(st.lists(VALUES, max_size=8))
def test_values_come_back_as_they_went_in(engine: Engine, values: list[tuple[Any, ...]]) -> None:
    put(engine, *values)
    assert list(map(repr, rows(engine, "select n, t, r, b from t"))) == list(map(repr, values))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "plan" in metafunc.fixturenames:
        found = list(variants())
        names = [f"{plan.name}-{number}" for number, (plan, _) in enumerate(found)]
        metafunc.parametrize(("plan", "sql"), found, ids=names)


def test_same_bytes_for_the_corpus(spark: Any, plan: PortablePlan, sql: str) -> None:
    with engines("sqlite", "spark") as both:
        most = max(same_bytes(both, plan, sql, tables, [2]) for tables in [*corpus(plan)][:3])
    assert (most > 0) is ("where 1 = 0" not in sql)


@settings(FEW, max_examples=1)
@given(data=st.data())
def test_same_bytes_for_any_tables(
    spark: Any, plan: PortablePlan, sql: str, data: st.DataObject
) -> None:
    tables = data.draw(contents(plan))
    with engines("sqlite", "spark") as both:
        same_bytes(both, plan, sql, tables, [data.draw(st.sampled_from(EXTREME))])


@pytest.mark.parametrize("ruleset", test_laws.RULESETS, ids=["default", "first", "lookup"])
@FEW
@given(rows=test_laws.ROWS)
def test_whole_columns_give_what_single_records_give(
    spark: Any, ruleset: ck.Ruleset, rows: list[dict[str, Any]]
) -> None:
    test_laws.assert_bulk_equals_single("spark", ruleset, rows)


@FEW
@given(test_insights.LINES)
def test_insights_are_the_same(spark: Any, lines: list[dict[str, Any]]) -> None:
    test_insights.assert_same_insights(lines, "spark")


@FEW
@given(test_rfm.LINES, st.sampled_from([None, "order"]), st.sampled_from([None, 0, 10**12]))
def test_rfm_is_the_same(
    spark: Any, lines: list[dict[str, Any]], purchase: str | None, as_of: int | None
) -> None:
    test_rfm.assert_same_rfm(lines, purchase, as_of, spark)


# ── value functions on the executors ─────────────────────────────────────────


def test_map_calls_the_function_once_for_each_distinct_tuple_of_a_part(
    engine: Engine, tmp_path: Path
) -> None:
    calls = tmp_path / "calls"

    def function(number: int | None) -> int:
        with calls.open("a", encoding="utf-8") as file:
            file.write(f"{os.getpid()} {number}\n")
        return (number or 0) + 1

    engine.put("t", {"n": "integer"}, [Batch.from_columns({"n": [5, None] * 1000})])
    engine.map("t", "u", function, ["n"], {"next": "integer"})
    found = rows(engine, "select n, next, count(*) as many from u group by n, next")
    assert sorted(found, key=repr) == [(5, 6, 1000), (None, 1, 1000)]
    called = calls.read_text("utf-8").splitlines()
    parts = engine._session.sparkContext.defaultParallelism  # type: ignore[attr-defined]
    assert 2 <= len(called) <= 2 * parts
    assert str(os.getpid()) not in {line.split()[0] for line in called}


def test_a_function_that_fails_leaves_the_table_as_it_was(engine: Engine) -> None:
    put(engine, (1, "a", None, None))
    with pytest.raises(Exception, match="ZeroDivisionError"):
        engine.map("t", "t", lambda n: 1 // (n - 1), ["n"], {"r": "real"})
    assert rows(engine, "select n, t, r from t") == [(1, "a", None)]


def test_map_refuses_what_is_no_name(engine: Engine) -> None:
    put(engine, (1, "a", None, None))
    with pytest.raises(UnknownFieldError):
        engine.map("t", "u", lambda n: n, ["n"], {"a` string": "text"})


# ── memory ───────────────────────────────────────────────────────────────────


def kept(spark: Any) -> int:
    return int(spark.sparkContext._jsc.getPersistentRDDs().size())


def test_a_large_table_goes_in_part_by_part(
    spark: Any, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("customerkit.engine.spark._PART", 1000)
    before = kept(spark)
    numbers = list(range(-3, 5_000))
    parts = (Batch.from_columns({"n": numbers[at : at + 500]}) for at in range(0, 5_003, 500))
    engine.put("t", {"n": "integer"}, parts)
    assert kept(spark) - before > 5
    assert [n for (n,) in rows(engine, "select n from t order by n")] == numbers
    engine.drop("t")
    assert kept(spark) == before


def test_closing_gives_back_what_executors_keep(spark: Any) -> None:
    before = kept(spark)
    engine = pick_engine(spark)
    put(engine, (1, "a", None, None))
    engine.run("select n from t", into="u")
    engine.run("select n from u", into="u2")
    assert kept(spark) - before == 2
    engine.close()
    assert kept(spark) == before
    engine.close()


def test_a_result_beyond_the_driver_is_a_typed_error(spark: Any, engine: Engine) -> None:
    engine.put("t", {"n": "integer"}, [Batch.from_columns({"n": list(range(20_000))})])
    limits = spark.sparkContext._jsc.sc().conf()
    limits.set("spark.driver.maxResultSize", "10k")
    try:
        with pytest.raises(LimitError, match="maxResultSize"):
            rows(engine, "select n from t")
    finally:
        limits.remove("spark.driver.maxResultSize")


# ── beside the user ──────────────────────────────────────────────────────────


def test_the_session_of_the_user_stays_as_it_is(spark: Any) -> None:
    from pyspark.sql import SparkSession

    spark.conf.set("spark.sql.session.timeZone", "Asia/Tokyo")
    spark.conf.set("spark.sql.ansi.enabled", "false")
    spark.sql("select 'theirs' as t").createOrReplaceTempView("t")
    before = {row["key"]: row["value"] for row in spark.sql("set").collect()}
    engine = pick_engine(spark)
    put(engine, (2**63 - 1, "ours", None, None))
    engine.run("select t from t", into="u")
    assert rows(engine, "select t from u") == [("ours",)]
    assert [row.t for row in spark.table("t").collect()] == ["theirs"]
    assert not spark.catalog.tableExists("u")
    with pytest.raises(LimitError):
        rows(engine, "select n + n as more from t")
    engine.close()
    assert SparkSession.getActiveSession() is spark
    assert {row["key"]: row["value"] for row in spark.sql("set").collect()} == before
    assert [row.t for row in spark.table("t").collect()] == ["theirs"]
    spark.catalog.dropTempView("t")
    for name in ("spark.sql.session.timeZone", "spark.sql.ansi.enabled"):
        spark.conf.unset(name)


def test_two_engines_do_not_meet(spark: Any) -> None:
    with engines("spark", "spark") as (one, other):
        put(one, (1, "one", None, None))
        put(other, (2, "other", None, None))
        assert rows(one, "select t from t") == [("one",)]
        one.close()
        assert rows(other, "select t from t") == [("other",)]


def test_a_base_is_worked_on_spark(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from customerkit.engine.spark import SparkEngine

    used: list[Any] = []
    monkeypatch.setattr(SparkEngine, "__init__", _noting(SparkEngine.__init__, used))
    lines = [{"customer_id": "1", "quantity": "2", "unit_price": "1.25", "date": "2024-03-01"}]
    answers = []
    for which in ("sqlite", spark):
        base = ck.open("memory:", engine=which)
        base.collect(lines, channel="shop", kind="purchases", currency="GBP")
        plan = base.plan()
        plan.bulk_from = 0
        _, settled = plan.apply()
        answers.append((settled.created, base.analyze().customers.to_dicts()))
    assert answers[0] == answers[1]
    assert used == [spark, spark]  # cleaning and the analysis


def _noting(plain: Any, used: list[Any]) -> Any:
    def noting(self: Any, session: Any = None) -> None:
        used.append(session)
        plain(self, session)

    return noting


def test_what_is_no_running_session_is_refused(spark: Any) -> None:
    from customerkit.engine.spark_session import private

    with pytest.raises(InputError, match="Spark Connect"):
        private(object())


def test_the_example_of_the_documentation_runs(spark: Any) -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "engines.md"
    names: dict[str, Any] = {}
    for block in test_docs.blocks(page.read_text("utf-8")):
        test_docs.run_python(block, page, names)
    assert names["spark"].sparkContext is spark.sparkContext


# ── starting ─────────────────────────────────────────────────────────────────


def _alone(code: str, **environment: str) -> str:
    command = [sys.executable, "-c", code]
    given = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    done = subprocess.run(command, capture_output=True, text=True, env=given, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed")
def test_without_java_the_error_says_what_to_install(tmp_path: Path) -> None:
    code = """
import customerkit as ck
from customerkit.errors import MissingExtraError
try:
    ck.rfm([{"customer": 1, "time": 1, "amount": 1}], engine="spark")
except MissingExtraError as error:
    print(error.package, error)
"""
    found = _alone(code, JAVA_HOME=str(tmp_path))
    assert found.startswith("java Spark did not start; it needs Java 17 or 21")


def test_a_session_that_was_stopped_is_refused_and_another_is_started(spark: Any) -> None:
    code = """
from pyspark.sql import SparkSession
from customerkit.engine.pick import pick_engine
from customerkit.errors import InputError
pick_engine("spark").close()
old = SparkSession.getActiveSession()
old.stop()
try:
    pick_engine(old)
except InputError as error:
    print(error)
engine = pick_engine("spark")
print(next(engine.stream("select 1 as one")).column("one"))
"""
    assert _alone(code, JDK_JAVA_OPTIONS=QUICK_JAVA) == (
        "the SparkSession is stopped; give a running one\n[1]"
    )
