"""Deriving the whole base by column writes what deriving record by record writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import customerkit as ck
from customerkit.clean import plan, settle
from customerkit.errors import NotFoundError, UndoError
from customerkit.model.tables import CUSTOMERS, KEYS, MEMBERS
from customerkit.rules.derive import Deriver

ROW = st.fixed_dictionaries(
    {
        "external_id": st.sampled_from([None, "1", "2", "3", "0"]),
        "given_name": st.sampled_from([None, "Jane", "John", "J.", "Bob", "Robert"]),
        "family_name": st.sampled_from([None, "Doe", "Ray"]),
        "email": st.sampled_from([None, "a@example.com", "B@example.com", "test@test.com"]),
        "phone": st.sampled_from([None, "+442079460000", "+442079460001"]),
        "city": st.sampled_from([None, "leeds", "York"]),
    }
)
NUMBER = st.integers(1, 8)
STEP = st.one_of(
    st.tuples(st.just("collect"), st.lists(ROW, min_size=1, max_size=5)),
    st.tuples(st.just("clean"), st.none()),
    st.tuples(st.just("update"), NUMBER),
    st.tuples(st.just("clear"), NUMBER),
    st.tuples(st.just("merge"), st.tuples(NUMBER, NUMBER)),
    st.tuples(st.just("unmerge"), st.tuples(NUMBER, NUMBER)),
    st.tuples(st.just("delete"), NUMBER),
    st.tuples(st.just("erase"), NUMBER),
    st.tuples(st.just("undo"), st.integers(0, 5)),
)
OTHER_RULES = ck.Ruleset(
    [
        ck.Standardise(),
        ck.Correct("city", {"york": "Jorvik"}),
        ck.Deduplicate(["email", "external_id"]),
        ck.Lookup(by="city", to="region", table={"Jorvik": "Yorks"}),
    ],
    survivorship="most_frequent",
)
ACTIONS: dict[str, Callable[[ck.CustomerBase, Any, int], object]] = {
    "collect": lambda base, rows, at: base.collect(
        rows, channel=f"c{at % 2}", mapping={n: n for n in rows[0]}, observed=at
    ),
    "clean": lambda base, _, at: base.clean(),
    "update": lambda base, number, at: base.update(f"c-{number}", city=f"Town{at}"),
    "clear": lambda base, number, at: base.update(f"c-{number}", city=ck.CLEARED),
    "merge": lambda base, pair, at: base.merge(f"c-{pair[0]}", f"c-{pair[1]}"),
    "unmerge": lambda base, pair, at: base.unmerge(*pair),
    "delete": lambda base, number, at: base.delete(f"c-{number}"),
    "erase": lambda base, number, at: base.erase(f"c-{number}"),
    "undo": lambda base, back, at: base.undo(base.runs()[-1 - back].run_id),
}


def run(base: ck.CustomerBase, steps: list[tuple[str, Any]]) -> None:
    for at, (name, what) in enumerate(steps):
        try:
            ACTIONS[name](base, what, at)
        except (NotFoundError, UndoError, ck.errors.InputError, IndexError):
            continue  # refused, which leaves the base as it was


def tables(base: ck.CustomerBase) -> list[list[tuple[Any, ...]]]:
    found = []
    for table in (CUSTOMERS, MEMBERS, KEYS):
        names = [name for name in table.names if name not in ("run_id", "version")]
        found.append(
            [tuple(row) for batch in base.backend.scan(table) for row in batch.rows(names)]
        )
    return found


@contextmanager
def always_by_column() -> Iterator[None]:
    yes = lambda *_: True  # noqa: E731 - as short as what it stands for
    with patch.object(settle, "pays", yes), patch.object(plan, "pays", yes):
        yield


@settings(max_examples=60)
@pytest.mark.parametrize("ruleset", [None, OTHER_RULES], ids=["same rules", "other rules"])
@given(steps=st.lists(STEP, min_size=2, max_size=9))
def test_by_column_writes_what_record_by_record_writes(
    ruleset: ck.Ruleset | None, steps: list[tuple[str, Any]]
) -> None:
    one, other = ck.open("memory:"), ck.open("memory:")
    for base in (one, other):
        run(base, [*steps, ("clean", None)])
    with other.unit.run("clean") as writer:
        deriver = Deriver(other.unit, ruleset or other.rules())
        settle.settle_all(writer, other.unit, deriver)
    if ruleset is not None:
        one.clean(ruleset)
    assert tables(other) == tables(one)


def test_who_is_kept_apart_decides_alike_by_column() -> None:
    blank = dict.fromkeys(["external_id", "given_name", "phone"])
    jane = {**blank, "given_name": "Jane", "phone": "+442079460000"}
    steps: list[tuple[str, Any]] = [
        ("collect", [jane, {**blank, "external_id": "1"}, blank, blank, jane]),
        ("clean", None),
        ("collect", [{**jane, "external_id": "1"}]),
        ("unmerge", (1, 2)),
        ("clean", None),
    ]
    one, other = ck.open("memory:"), ck.open("memory:")
    for base in (one, other):
        run(base, steps)
    with other.unit.run("clean") as writer:
        settle.settle_all(writer, other.unit, Deriver(other.unit, other.rules()))
    assert tables(other) == tables(one)


@settings(max_examples=60)
@given(steps=st.lists(STEP, min_size=3, max_size=10))
def test_a_history_of_runs_by_column_ends_where_record_by_record_does(
    steps: list[tuple[str, Any]],
) -> None:
    one, other = ck.open("memory:"), ck.open("memory:")
    run(one, steps)
    with always_by_column():
        run(other, steps)
    assert tables(other) == tables(one)


@settings(max_examples=60)
@pytest.mark.parametrize("ruleset", [None, OTHER_RULES], ids=["same rules", "other rules"])
@given(steps=st.lists(STEP, min_size=2, max_size=9))
def test_a_plan_by_column_shows_the_changes_of_a_plan_by_record(
    ruleset: ck.Ruleset | None, steps: list[tuple[str, Any]]
) -> None:
    base = ck.open("memory:")
    run(base, steps)
    one = base.plan(ruleset)
    changes, counts, apart = list(one.changes()), one.counts, one.suggestions
    assert sum(counts.values()) == len(changes)
    with always_by_column():
        other = base.plan(ruleset)
        assert list(other.changes()) == changes
        assert other.counts == counts
        if ruleset is not None:  # a plan by record tells of what it looked at only
            assert other.suggestions == apart


def test_windows_cover_both_streams() -> None:
    found = list(settle.windows([[3], [7, 8]], [[1], [2, 3, 9]], key=lambda row: row))
    assert found == [([3], [1, 2, 3]), ([7, 8], []), ([], [9])]
