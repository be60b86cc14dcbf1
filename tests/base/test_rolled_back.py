"""What is around a run may roll it back; nothing of it may be remembered then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import customerkit as ck
from customerkit.errors import ConflictError, NotFoundError, SourceError
from customerkit.store.backends.memory import MemoryBackend
from customerkit.store.backends.sqlite import SQLiteBackend

JANE = {"customer_id": "1", "full_name": "Jane Doe", "email": "jane@example.com"}
BO = {"customer_id": "9", "full_name": "Bo Ray", "email": "bo@example.com"}


class _ChangedError(Exception):
    pass


@contextmanager
def rolled_back(base: ck.CustomerBase) -> Iterator[None]:
    try:
        with base.backend.transaction():
            yield
            raise _ChangedError
    except _ChangedError:
        return


@pytest.fixture(params=["memory", "sqlite"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Any, Any]]:
    """Return two bases that know nothing of each other, on one store."""
    if request.param == "memory":
        store = MemoryBackend()
        yield ck.open(store), ck.open(store)
        return
    with (
        ck.open(SQLiteBackend(str(tmp_path / "one.db"))) as one,
        ck.open(SQLiteBackend(str(tmp_path / "one.db"))) as other,
    ):
        yield one, other


def test_the_number_of_a_lost_run_tells_nothing(pair: tuple[Any, Any]) -> None:
    one, other = pair
    one.update(full_name="Jane Doe")
    with rolled_back(one):
        one.update("c-1", channel="lost", city="Leeds")
    other.update("c-1", channel="shop", city="York")
    found = one.explain("c-1", "city")
    assert (found.value, [source.channel for source in found.sources]) == ("York", ["shop"])
    one.update("c-1", region="Yorkshire")
    assert one.get("c-1").values == other.get("c-1").values


def test_a_lost_decision_is_none(pair: tuple[Any, Any]) -> None:
    one, other = pair
    one.update(full_name="Jane Doe")
    one.update(full_name="Bo Ray")
    with rolled_back(one):
        one.merge("c-1", "c-2")
        assert one.get("c-2").id == "c-1"
    other.delete("c-2")
    one.update("c-1", city="Leeds")
    with pytest.raises(NotFoundError):
        one.get("c-2")
    assert one.get("c-1").records == [1, 3]


def people(name: str, count: int = 2_100) -> Any:
    """Return so many rows that cleaning takes them from memory, as Arrow columns."""
    pa = pytest.importorskip("pyarrow")
    rows = [
        {"customer_id": str(n), "full_name": f"{name} Doe", "city": "Bath"} for n in range(count)
    ]
    return pa.Table.from_pylist(rows)


def names(base: ck.CustomerBase) -> set[str]:
    return {row["full_name"] for row in base.customers()}


def test_lost_records_are_not_cleaned(pair: tuple[Any, Any]) -> None:
    one, other = pair
    with rolled_back(one):
        one.collect(people("Jane"), channel="crm")
    other.collect(people("Bo"), channel="crm")
    one.clean()
    assert names(one) == {"Bo Doe"}


def test_records_collected_again_are_cleaned_once(pair: tuple[Any, Any]) -> None:
    one, _ = pair
    with rolled_back(one):
        one.collect(people("Jane"), channel="crm")
    one.collect(people("Bo"), channel="crm")
    one.clean()
    assert names(one) == {"Bo Doe"}


def test_a_failed_collection_leaves_nothing_to_clean(pair: tuple[Any, Any]) -> None:
    pa = pytest.importorskip("pyarrow")
    one, _ = pair

    def broken() -> Iterator[Any]:
        yield from people("Jane").to_batches()
        raise _ChangedError

    schema = people("Jane").schema
    with pytest.raises(SourceError):
        one.collect(pa.RecordBatchReader.from_batches(schema, broken()), channel="crm")
    one.collect(people("Bo"), channel="crm")
    one.clean()
    assert names(one) == {"Bo Doe"}


def test_a_plan_of_a_lost_run_is_refused(pair: tuple[Any, Any]) -> None:
    one, other = pair
    with rolled_back(one):
        one.collect([JANE], channel="crm")
        plan = one.plan()
        assert len(plan) == 0
    other.collect([BO], channel="crm")
    with pytest.raises(ConflictError, match="plan again"):
        plan.apply()
    assert list(one.customers()) == []


@pytest.mark.parametrize("clean", [lambda b, r: b.clean(r), lambda b, r: b.plan(r).apply()])
def test_rules_of_others_are_seen(
    pair: tuple[Any, Any], clean: Callable[[Any, ck.Ruleset], Any]
) -> None:
    one, other = pair
    one.collect([{**JANE, "email": " JANE@example.com "}], channel="crm")
    one.clean()
    assert one.explain("c-1", "email").sources[0].value == "jane@example.com"
    clean(other, one.rules().keep(["trim"]))
    assert one.deriver().ruleset == other.deriver().ruleset
    assert one.get("c-1").values == other.get("c-1").values
