"""Laws of the derivation: bulk equals single, parts equal the whole, undo restores."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import customerkit as ck
from customerkit.clean.bulk import Bulk
from customerkit.clean.settle import write_new
from customerkit.engine.pick import pick_engine
from customerkit.model.tables import FILLS, KEYS, MEMBERS, RECORDS
from customerkit.rules.derive import Deriver

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "external_id": st.sampled_from([None, "1", "2", "3", "0"]),
            "given_name": st.sampled_from([None, "Jane", "John", "J.", "Bob", "Robert"]),
            "family_name": st.sampled_from([None, "Doe", "Ray"]),
            "email": st.sampled_from([None, "a@example.com", "B@example.com", "test@test.com"]),
            "email_2": st.sampled_from([None, None, "a@example.com", "d@example.com"]),
            "phone": st.sampled_from([None, "+442079460000", "+442079460001"]),
            "city": st.sampled_from([None, "leeds", "York"]),
        }
    ),
    min_size=1,
    max_size=12,
)
RULESETS = [
    ck.default_ruleset(),
    ck.Ruleset(
        [ck.Deduplicate(["external_id"]), ck.ForwardFill(["city", "given_name"])],
        survivorship="first",
    ),
    ck.Ruleset(
        [
            ck.Standardise(),
            ck.Deduplicate(),
            ck.Lookup(by="city", to="region", table={"York": "Yorks"}),
        ],
        trust={"web": 2.0},
        survivorship="most_frequent",
    ),
]
QUICK = settings(max_examples=25, deadline=None)
_BLANK: dict[str, Any] = dict.fromkeys(
    ("external_id", "given_name", "family_name", "email", "email_2", "phone", "city")
)
_SHARED = {**_BLANK, "email_2": "d@example.com"}
AN_INITIAL_BETWEEN = [
    *[_BLANK] * 9,
    {**_SHARED, "city": "leeds"},
    {**_SHARED, "given_name": "Jane"},
    {**_SHARED, "given_name": "John"},
    {**_SHARED, "given_name": "J.", "city": "York"},
]


def _collected(rows: list[dict[str, Any]]) -> ck.CustomerBase:
    base = ck.open("memory:")
    half = len(rows) // 2
    if half:
        base.collect(rows[:half], channel="crm", mapping=_same(rows), observed=1)
    base.collect(rows[half:], channel="web", mapping=_same(rows), observed=2)
    return base


def _same(rows: list[dict[str, Any]]) -> dict[str, str | None]:
    return {name: name for name in rows[0]}


def _state(base: ck.CustomerBase) -> list[dict[str, Any]]:
    return list(base.customers())


def _tables(base: ck.CustomerBase) -> list[list[Any]]:
    found = []
    for table in (MEMBERS, KEYS, FILLS):
        names = [name for name in table.names if name != "run_id"]
        found.append([row for batch in base.backend.scan(table) for row in batch.rows(names)])
    return found


@pytest.mark.parametrize("ruleset", RULESETS, ids=["default", "first", "lookup"])
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@QUICK
@given(rows=ROWS)
def test_whole_columns_give_what_single_records_give(
    engine: str, ruleset: ck.Ruleset, rows: list[dict[str, Any]]
) -> None:
    if engine == "duckdb":
        pytest.importorskip("duckdb")
        pytest.importorskip("pyarrow")
    assert_bulk_equals_single(engine, ruleset, rows)


def assert_bulk_equals_single(engine: str, ruleset: ck.Ruleset, rows: list[dict[str, Any]]) -> None:
    one, other = _collected(rows), _collected(rows)
    one.clean(ruleset)
    plan = other.plan(ruleset)
    columns = pick_engine(engine)
    bulk = Bulk(Deriver(other.unit, ruleset), plan.pending, columns, match=True)
    bulk.compute()
    with other.unit.run("clean") as writer:
        write_new(bulk, writer)
    columns.close()
    assert _state(one) == _state(other)
    assert _tables(one) == _tables(other)


def _people(base: ck.CustomerBase) -> set[frozenset[tuple[str, Any]]]:
    return {
        frozenset((name, value) for name, value in row.items() if name != "id")
        for row in _state(base)
    }


@QUICK
@given(ROWS, st.randoms(), st.integers(1, 4))
def test_any_order_and_split_gives_the_same_customers(
    rows: list[dict[str, Any]], rng: Any, parts: int
) -> None:
    for number, row in enumerate(rows):
        row["published"] = f"2020-01-01T00:00:{number:02}"
    whole = ck.open("memory:")
    whole.collect(rows, channel="crm", mapping=_same(rows))
    whole.clean()
    split = ck.open("memory:")
    shuffled = list(rows)
    rng.shuffle(shuffled)
    for part in range(parts):
        some = shuffled[part::parts]
        if some:
            split.collect(some, channel="crm", mapping=_same(rows))
            split.clean()
    assert len(_state(split)) == len(_state(whole))
    assert _people(split) == _people(whole)


@QUICK
@given(ROWS, ROWS)
def test_undoing_a_clean_run_restores_and_redoing_repeats(
    first: list[dict[str, Any]], second: list[dict[str, Any]]
) -> None:
    base = _collected(first)
    base.clean()
    before = _state(base)
    base.collect(second, channel="shop", mapping=_same(second), observed=3)
    base.clean()
    after = _state(base)
    run = [r.run_id for r in base.runs() if r.verb == "clean"][-1]
    if run == 3 or len([r for r in base.runs() if r.verb == "clean"]) < 2:
        return
    base.undo(run)
    assert _state(base) == before
    base.undo(base.runs()[-1].run_id)
    assert _state(base) == after


@QUICK
@given(ROWS)
def test_merge_then_undo_restores(rows: list[dict[str, Any]]) -> None:
    base = _collected(rows)
    base.clean()
    before = _state(base)
    if len(before) < 2:
        return
    base.merge(before[0]["id"], before[-1]["id"])
    assert base.get(before[-1]["id"]).id == base.get(before[0]["id"]).id
    base.undo()
    assert _state(base) == before


@QUICK
@given(ROWS)
def test_different_given_names_never_become_one_by_mail_or_phone(
    rows: list[dict[str, Any]],
) -> None:
    base = _collected([{**row, "external_id": None} for row in rows])
    base.clean(ck.Ruleset([ck.Standardise(), ck.Deduplicate()]))
    assert not any({"Jane", "John"} <= names or {"Jane", "Bob"} <= names for names in _given(base))


def test_an_initial_makes_no_two_people_one_where_all_is_weighed() -> None:
    base = _collected(AN_INITIAL_BETWEEN)
    base.clean()
    assert not any({"Jane", "John"} <= names for names in _given(base))


def _given(base: ck.CustomerBase) -> list[set[Any]]:
    """Return what the records of each customer call it."""
    customers = [base.get(row["id"]).records for row in _state(base)]
    records = [filter(None, base.backend.get(RECORDS, list(numbers))) for numbers in customers]
    return [{record["given_name"] for record in some} for some in records]


def test_merging_two_of_different_names_keeps_the_other_records_of_both() -> None:
    rows = [
        {"given_name": name, "family_name": family, "email": f"{name}@example.org", "city": city}
        for city in ("Leeds", "York")
        for name, family in (("Ruth", "Abara"), ("Zed", "Quimby"))
    ]
    base = ck.open("memory:")
    base.collect(rows, channel="crm", mapping=_same(rows))
    base.clean()
    assert [row["id"] for row in _state(base)] == ["c-1", "c-2"]
    base.merge("c-1", "c-2")
    assert [base.get(row["id"]).records for row in _state(base)] == [[1, 2, 3, 4]]
    base.undo()
    assert [set(base.get(row["id"]).records) for row in _state(base)] == [{1, 3}, {2, 4}]


def test_a_ruleset_survives_saving() -> None:
    for ruleset in RULESETS:
        assert ck.Ruleset.loads(ruleset.dumps()).version == ruleset.version


def test_all_problems_of_a_ruleset_are_listed() -> None:
    text = '[[rule]]\nkind = "polish"\n\n[[rule]]\nkind = "correct"\nfield = "town"\n'
    with pytest.raises(ck.errors.ValidationError) as caught:
        ck.Ruleset.loads(text)
    assert len(caught.value.problems) == 2
