"""The main job: collect, clean, update, explain, delete, erase, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import customerkit as ck
from customerkit.errors import (
    AmbiguousError,
    ConflictError,
    NotFoundError,
    UndoError,
    ValidationError,
)
from customerkit.model.tables import PURCHASES

PEOPLE = [
    {"customer_id": "1", "name": "Jane Doe", "email": "JANE@example.com", "city": "leeds"},
    {"customer_id": "2", "name": "Jane Doe", "email": "jane@example.com", "phone": "+442079460000"},
    {"customer_id": "3", "name": "John Doe", "email": "jane@example.com"},
    {"customer_id": "1", "name": "Jane Doe", "email": "jane2@example.com"},
]


def state(base: ck.CustomerBase) -> list[dict[str, Any]]:
    return list(base.customers())


@pytest.fixture
def cleaned(base: ck.CustomerBase) -> ck.CustomerBase:
    base.collect(PEOPLE, channel="crm")
    base.clean()
    return base


def test_records_of_one_person_become_one_customer(cleaned: ck.CustomerBase) -> None:
    assert [row["id"] for row in state(cleaned)] == ["c-1", "c-3"]
    jane = cleaned.get("c-1")
    assert list(jane.records) == [1, 2, 4]
    assert {contact.value for contact in jane.emails} == {"jane@example.com", "jane2@example.com"}
    assert jane.city == "Leeds"
    assert jane.phone == "+442079460000"


def test_a_shared_email_with_different_given_names_does_not_merge(cleaned: ck.CustomerBase) -> None:
    assert cleaned.get("c-3").full_name == "John Doe"


def test_a_plan_names_rule_and_reason_of_each_change(base: ck.CustomerBase) -> None:
    base.collect(PEOPLE, channel="crm")
    plan = base.plan()
    changes = {(c.record, c.field): c for c in plan.changes()}
    assert changes[1, "email"].new == "jane@example.com"
    assert changes[1, "email"].rule == "standardise"
    assert changes[2, "customer"].reason == "same email as record 1"
    assert changes[4, "customer"].reason == "same external id as record 1"
    assert "kept apart: different given names" in str(plan)
    assert state(base) == []


def test_a_filtered_plan_applies_only_what_was_kept(base: ck.CustomerBase) -> None:
    base.collect(PEOPLE, channel="crm")
    base.plan().filter(lambda change: change.field != "city" and change.record != 2).apply()
    assert base.get("c-1").city == "leeds"
    assert [row["id"] for row in state(base)] == ["c-1", "c-2", "c-3"]


def test_only_some_rules(base: ck.CustomerBase) -> None:
    base.collect(PEOPLE, channel="crm")
    base.plan().only("standardise").apply()
    assert len(state(base)) == 4


def test_collecting_the_same_rows_again_adds_nothing(cleaned: ck.CustomerBase) -> None:
    again = cleaned.collect(PEOPLE, channel="crm")
    assert (again.records, again.known) == (0, 4)


def test_equal_rows_of_one_source_stay_and_overlaps_do_not_add(
    make_base: Callable[[], ck.CustomerBase],
) -> None:
    line = {"order_id": "p1", "customer_id": "1", "quantity": "1", "unit_price": "2.00"}
    one, other = [line, line], [line, line, line]
    totals = []
    for first, second in ((one, other), (other, one)):
        base = make_base()
        base.collect(first, channel="shop", kind="purchases")
        base.collect(second, channel="shop", kind="purchases")
        totals.append(sum(len(b) for b in base.backend.scan(PURCHASES)))
    assert totals == [3, 3]


def test_update_pins_and_blank_never_overwrites(cleaned: ck.CustomerBase) -> None:
    cleaned.update("c-1", email="new@example.com", city="")
    jane = cleaned.get("c-1")
    assert jane.email == "new@example.com"
    assert jane.city == "Leeds"
    cleaned.collect(
        [{"customer_id": "1", "email": "newer@example.com", "updated_at": "2099-01-01"}],
        channel="crm",
    )
    cleaned.clean()
    assert cleaned.get("c-1").email == "new@example.com"


def test_cleared_empties_a_field(cleaned: ck.CustomerBase) -> None:
    cleaned.update("c-1", phone=ck.CLEARED)
    assert cleaned.get("c-1").phone is None


def test_update_by_external_id_and_many_at_once(cleaned: ck.CustomerBase) -> None:
    cleaned.update("3", city="York")
    assert cleaned.get("c-3").city == "York"
    cleaned.update([{"id": "c-1", "city": "Bath"}, {"customer_id": "3", "city": "Wells"}])
    assert [row["city"] for row in state(cleaned)] == ["Bath", "Wells"]


def test_one_bad_row_of_many_leaves_all_as_they_were(cleaned: ck.CustomerBase) -> None:
    before = state(cleaned)
    with pytest.raises(NotFoundError):
        cleaned.update([{"id": "c-1", "city": "Bath"}, {"id": "c-99", "city": "Wells"}])
    with pytest.raises(ValidationError) as caught:
        cleaned.update([{"id": "c-1", "town": "Bath"}, {"id": "c-3", "shoe": "9"}])
    assert len(caught.value.problems) == 2
    assert state(cleaned) == before


def test_a_stale_version_is_a_conflict_that_shows_both_sides(cleaned: ck.CustomerBase) -> None:
    version = cleaned.get("c-1").version
    cleaned.update("c-1", city="Bath", expected=version)
    with pytest.raises(ConflictError) as caught:
        cleaned.update("c-1", city="York", expected=version)
    assert caught.value.yours == {"city": "York"}
    assert caught.value.theirs["city"] == "Bath"


def test_update_creates_a_customer(base: ck.CustomerBase) -> None:
    settled = base.update(given_name="Ada", email="ada@example.com")
    assert base.get(f"c-{settled.created[0]}").email == "ada@example.com"
    assert base.find(email="ADA@example.com")[0].given_name == "Ada"
    with pytest.raises(ValidationError):
        base.update()


def test_find_by_any_form_and_ambiguous_references(cleaned: ck.CustomerBase) -> None:
    assert [c.id for c in cleaned.find(email=" Jane@Example.com ")] == ["c-1", "c-3"] or [
        c.id for c in cleaned.find(email=" Jane@Example.com ")
    ] == ["c-3"]
    cleaned.collect([{"customer_id": "3", "name": "Bo Ray"}], channel="web")
    cleaned.clean()
    with pytest.raises(AmbiguousError):
        cleaned.get("3")
    assert cleaned.get(("web", "3")).full_name == "Bo Ray"


def test_explain_tells_source_rule_and_why(cleaned: ck.CustomerBase) -> None:
    told = cleaned.explain("c-1", "city")
    assert told.value == "Leeds"
    assert told.sources[0].channel == "crm"
    assert told.sources[0].position == 1
    assert told.sources[0].steps[0].rule == "standardise"
    cleaned.update("c-1", city="Bath")
    assert cleaned.explain("c-1", "city").why == "pinned by a person"


def test_merge_then_undo_gives_both_back(cleaned: ck.CustomerBase) -> None:
    before = state(cleaned)
    assert cleaned.merge("c-1", "c-3").merged == [3]
    assert cleaned.get("c-3").id == "c-1"
    cleaned.update("c-1", city="Bath")
    cleaned.undo(cleaned.runs()[-2].run_id)
    assert [row["id"] for row in state(cleaned)] == ["c-1", "c-3"]
    cleaned.undo(cleaned.runs()[-2].run_id)
    assert state(cleaned) == before


def test_unmerge_outlives_later_runs(cleaned: ck.CustomerBase) -> None:
    cleaned.unmerge(1, 2)
    assert [row["id"] for row in state(cleaned)] == ["c-1", "c-2", "c-3"]
    cleaned.collect([{"customer_id": "1", "email": "jane@example.com"}], channel="crm")
    cleaned.clean()
    assert "c-2" in [row["id"] for row in state(cleaned)]


def test_delete_is_out_of_every_answer_and_comes_back(cleaned: ck.CustomerBase) -> None:
    before = state(cleaned)
    cleaned.delete("c-3")
    assert [row["id"] for row in state(cleaned)] == ["c-1"]
    assert cleaned.find(full_name="John Doe") == []
    with pytest.raises(NotFoundError):
        cleaned.get("c-3")
    cleaned.undo()
    assert state(cleaned) == before


def test_erased_people_do_not_come_back(cleaned: ck.CustomerBase) -> None:
    cleaned.erase("c-1")
    assert [row["id"] for row in state(cleaned)] == ["c-3"]
    assert cleaned.collect(PEOPLE, channel="crm").suppressed == 3
    assert cleaned.collect(PEOPLE, channel="other").records == 1
    with pytest.raises(UndoError):
        cleaned.undo(next(r for r in cleaned.runs() if r.verb == "erase").run_id)


def test_undo_of_each_verb_restores_and_redo_repeats(base: ck.CustomerBase) -> None:
    steps: list[Callable[[], object]] = [
        lambda: base.collect(PEOPLE[:2], channel="crm"),
        base.clean,
        lambda: base.collect(PEOPLE[2:], channel="web"),
        base.clean,
        lambda: base.update("c-1", city="Bath"),
        lambda: base.merge("c-1", "c-3"),
        lambda: base.delete("c-1"),
    ]
    states, runs = [state(base)], []
    for step in steps:
        step()
        runs.append(base.runs()[-1].run_id)
        states.append(state(base))
    for run, before, after in reversed(list(zip(runs, states, states[1:], strict=False))):
        assert state(base) == after
        base.undo(run)
        assert state(base) == before
        base.undo(base.runs()[-1].run_id)
        assert state(base) == after
        base.undo(run)


def test_an_older_clean_run_names_what_to_undo_first(cleaned: ck.CustomerBase) -> None:
    first = cleaned.runs()[-1].run_id
    cleaned.collect([{"name": "Bo Ray"}], channel="web")
    cleaned.clean()
    with pytest.raises(UndoError, match="undo that first"):
        cleaned.undo(first)


def test_a_plan_of_an_older_state_is_refused(base: ck.CustomerBase) -> None:
    base.collect(PEOPLE, channel="crm")
    plan = base.plan()
    base.clean()
    with pytest.raises(ConflictError, match="plan again"):
        plan.apply()
