"""The plans, and the hard contents, that every engine is compared on."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from hypothesis import strategies as st

import customerkit
from customerkit.engine.pick import pick_engine
from customerkit.engine.plan import PLANS, PortablePlan
from customerkit.engine.protocol import Engine
from customerkit.model.batch import Batch

Tables = Mapping[str, list[tuple[Any, ...]]]
TEXTS = [
    *(
        "sale",
        "a",
        "",
        " ",
        "a ",
        "A",
        "b",
        "é",
        "e\u0301",
        "ß",
        "ﬁ",
        "İ",
        "\u00a0",
        "茶",
        "Ω",
        "Ω",
    ),
    *("😀", "👩‍👩‍👧", "\U0010ffff", "\uffff", "0", "00", "return", "solved", "x" * 300),
]
LARGE = 2**63 - 1
NEAR = [1, 2, 3, 0, -1, 86_399_999, 86_400_000, -86_400_001, 2**40, -(2**40)]
EXTREME = [*NEAR, LARGE, -LARGE, -LARGE - 1, 2**53 + 1]
BYTES = [b"", b"\x00", b"\xff\x00", b"a"]


def values(plan: PortablePlan, column: str, type_: str) -> list[Any]:
    """Return the hard values of a column; what is added up stays where sums cannot overflow."""
    added = rf"sum\([^)]*\b{column}\b|\b{column}\b\s*[+\-*]|[+\-*]\s*(?:\w+\.)?{column}\b"
    integers = NEAR if re.search(added, plan.text) else EXTREME
    found: dict[str, list[Any]] = {"text": TEXTS, "integer": integers, "blob": BYTES}
    known = found.get(type_, [0.0, 1.5, -2.25])
    return known if column in plan.never_null else [None, *known]


def distinct(plan: PortablePlan, table: str, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    keys = plan.unique.get(table)
    if keys is None:
        return rows
    places = [list(plan.reads[table]).index(key) for key in keys]
    return list({tuple(row[at] for at in places): row for row in rows}.values())


def corpus(plan: PortablePlan) -> Iterator[Tables]:
    """Yield fixed hard contents: empty, all NULL, ties, every hard value once or against others."""
    yield {table: [] for table in plan.reads}
    yield {
        table: distinct(plan, table, [_nulls(plan, columns)] * 3)
        for table, columns in plan.reads.items()
    }
    for seed in range(4):
        rng = random.Random(seed)
        yield {
            table: distinct(plan, table, [_mixed(plan, columns, rng) for _ in range(80)])
            for table, columns in plan.reads.items()
        }


def _nulls(plan: PortablePlan, columns: Mapping[str, str]) -> tuple[Any, ...]:
    return tuple(
        values(plan, c, t)[0] if c in plan.never_null else None for c, t in columns.items()
    )


def _mixed(plan: PortablePlan, columns: Mapping[str, str], rng: random.Random) -> tuple[Any, ...]:
    """Return a row of hard values, half of them from the few that meet in joins."""
    pools = (values(plan, column, type_) for column, type_ in columns.items())
    return tuple(rng.choice(pool[:3] if rng.random() < 0.5 else pool) for pool in pools)


@st.composite
def contents(draw: st.DrawFn, plan: PortablePlan) -> Tables:
    def rows(table: str) -> st.SearchStrategy[list[tuple[Any, ...]]]:
        columns = plan.reads[table].items()
        return st.lists(
            st.tuples(*(st.sampled_from(values(plan, c, t)) for c, t in columns)), max_size=12
        )

    return {table: distinct(plan, table, draw(rows(table))) for table in plan.reads}


@contextmanager
def engines(*names: str) -> Iterator[list[Engine]]:
    found = [pick_engine(name) for name in names]
    try:
        yield found
    finally:
        for engine in found:
            engine.close()


def results(engine: Engine, plan: PortablePlan, sql: str, tables: Tables, wanted: int) -> Any:
    """Return what a plan gives when streamed and when made into a table."""
    for name, columns in plan.reads.items():
        rows = tables[name]
        parts = [rows[:5], rows[5:]]
        engine.put(name, columns, [Batch.from_rows(list(columns), part) for part in parts if part])
    parameters = dict.fromkeys(plan.parameters, wanted)
    streamed = list(engine.stream(sql, **parameters))
    rows = [tuple(row) for batch in streamed for row in batch.rows()]
    engine.run(sql, into="made", **parameters)
    names = {batch.names for batch in streamed}
    made = _all(engine, "made")
    engine.drop("made", *plan.reads)
    in_order = [row[0] for row in rows] if re.search(r"order by[^()]*$", sql) else None
    return names, sorted(map(repr, rows)), made, in_order


def _all(engine: Engine, table: str) -> list[str]:
    rows = (row for batch in engine.stream(f"select * from {table}") for row in batch.rows())
    return sorted(repr(tuple(row)) for row in rows)


def same_bytes(
    found: Sequence[Engine],
    plan: PortablePlan,
    sql: str,
    tables: Tables,
    wanted: Sequence[int] = (0,),
) -> int:
    """Demand the same of all engines for each parameter, and return the most rows there were."""
    most = 0
    for value in wanted if plan.parameters else (0,):
        first, *others = (results(engine, plan, sql, tables, value) for engine in found)
        for other in others:
            assert first == other
        assert first[1] == first[2]
        most = max(most, len(first[1]))
    return most


_WANT_EXTRAS = ("customerkit.contrib.", "customerkit.store.backends.")


def variants() -> Iterator[tuple[PortablePlan, str]]:
    """Yield each plan of the library with each text it is used with."""
    for module in pkgutil.walk_packages(customerkit.__path__, "customerkit."):
        if not module.name.endswith("__main__") and not module.name.startswith(_WANT_EXTRAS):
            importlib.import_module(module.name)
    for name in sorted(PLANS):
        if not name.startswith("doctest."):
            for sql in PLANS[name].variants():
                yield PLANS[name], sql
