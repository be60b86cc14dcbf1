"""Every plan gives identical bytes on every engine, whatever the tables hold.

Spark, which is slow to start, is compared in tests/servers/test_spark.py.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customerkit.engine.plan import PortablePlan
from engine.parity_cases import EXTREME, contents, corpus, engines, same_bytes

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")


def test_same_bytes_for_the_corpus(plan: PortablePlan, sql: str) -> None:
    with engines("sqlite", "duckdb") as both:
        most = max(same_bytes(both, plan, sql, tables, (-1, 2, 2**62)) for tables in corpus(plan))
    assert (most > 0) is ("where 1 = 0" not in sql)  # the corpus reaches its rows


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_same_bytes_for_any_tables(plan: PortablePlan, sql: str, data: st.DataObject) -> None:
    tables = data.draw(contents(plan))
    with engines("sqlite", "duckdb") as both:
        same_bytes(both, plan, sql, tables, [data.draw(st.sampled_from(EXTREME))])
