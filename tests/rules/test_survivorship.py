"""Which value wins: total, deterministic, and the same whatever came first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import customerkit as ck
from customerkit.rules.survivorship import STRATEGIES, Candidate

CANDIDATES = st.lists(
    st.builds(
        Candidate,
        values=st.sampled_from([("a",), ("b",), ("cc",), (None,)]),
        record=st.just(0),
        pinned=st.booleans(),
        valid=st.booleans(),
        trust=st.sampled_from([0.5, 1.0, 2.0]),
        times=st.tuples(*[st.sampled_from([-1, 1, 2])] * 3),
    ),
    min_size=1,
    max_size=7,
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "external_id": st.sampled_from([None, "1", "2"]),
            "given_name": st.sampled_from([None, "Jane", "J.", "Bob", "Robert"]),
            "email": st.sampled_from(["a@example.com", "b@example.com"]),
            "email_2": st.sampled_from([None, "a@example.com", "c@example.com"]),
            "city": st.sampled_from([None, "Leeds", "York", "Bath"]),
            "gender": st.sampled_from([None, "F", "M", "what"]),
            "published": st.sampled_from([None, "2020-01-01", "2020-01-02"]),
            "channel": st.sampled_from(["crm", "web"]),
        }
    ),
    min_size=1,
    max_size=9,
)


@pytest.mark.parametrize("name", sorted(STRATEGIES))
@given(found=CANDIDATES, rng=st.randoms())
def test_every_strategy_finds_one_winner_in_any_order(
    name: str, found: list[Candidate], rng: Any
) -> None:
    from attrs import evolve

    numbered = [evolve(item, record=at) for at, item in enumerate(found, 1)]
    winner = STRATEGIES[name](numbered)
    assert winner in numbered
    rng.shuffle(numbered)
    assert STRATEGIES[name](numbered).values == winner.values
    assert winner.pinned or not any(item.pinned for item in numbered)


def _people(rows: list[dict[str, Any]], parts: int, observed: int | None) -> list[str]:
    base = ck.open("memory:")
    for part in range(parts):
        for channel in ("crm", "web"):
            some = [dict(row) for row in rows[part::parts] if row["channel"] == channel]
            for row in some:
                del row["channel"]
            if some:
                names: dict[str, str | None] = {name: name for name in some[0]}
                base.collect(some, channel=channel, mapping=names, observed=observed)
        base.clean()
    return sorted(
        str({name: value for name, value in row.items() if name != "id"})
        for row in base.customers()
    )


@settings(max_examples=60)
@given(ROWS, st.randoms(), st.integers(1, 4))
def test_dated_sources_give_the_same_customers_in_any_order_and_split(
    rows: list[dict[str, Any]], rng: Any, parts: int
) -> None:
    whole = _people(rows, 1, observed=5)
    shuffled = list(rows)
    rng.shuffle(shuffled)
    distinct = len({frozenset(row.items()) for row in rows}) == len(rows)
    if distinct:  # equal rows of one file stay, of several files they are one
        assert _people(shuffled, parts, observed=5) == whole


def test_of_undated_sources_the_later_one_wins() -> None:
    for first, second in (("York", "Bath"), ("Bath", "York")):
        base = ck.open("memory:")
        for city in (first, second):
            base.collect([{"customer_id": "1", "city": city}], channel="crm")
        base.clean()
        assert base.get("c-1").city == second


def test_a_blank_never_overwrites_and_a_cleared_value_does() -> None:
    base = ck.open("memory:")
    base.collect([{"customer_id": "1", "name": "Bo Ray", "city": "York"}], channel="crm")
    base.collect([{"customer_id": "1", "name": "Bo Ray", "city": " n/a "}], channel="crm")
    base.clean()
    assert base.get("c-1").city == "York"
    for blank in ("", "  ", None, float("nan"), "N/A"):
        base.update("c-1", city=blank)
        assert base.get("c-1").city == "York"
    base.update("c-1", city=ck.CLEARED)
    assert base.get("c-1").city is None
    base.collect([{"customer_id": "1", "city": "Bath"}], channel="web", external_ids="crm")
    base.clean()
    assert base.get("c-1").city is None
    base.update("c-1", city="Leeds")
    assert base.get("c-1").city == "Leeds"
