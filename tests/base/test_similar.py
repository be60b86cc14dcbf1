"""Search before create, explain and review within a base."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import customerkit as ck
from customerkit.errors import (
    InputError,
    NotFoundError,
    TransientStoreError,
    UnknownFieldError,
)
from customerkit.similar import Live

PEOPLE = [
    {"first name": first, "last name": last, "email": f"{first}.{last}@example.org".lower()}
    for first in ("Ruth", "Piotr", "Lena", "Hugo", "Mira")
    for last in ("Abara", "Nowicki", "Vogt", "Sandoval")
]
DOUBTFUL = [
    {"first name": "Wilma", "last name": "Okonkwo", "phone": "+442079460018"},
    {"first name": "Wilhelmina", "last name": "Okonkwo", "city": "York"},
    {"first name": "Wilma", "last name": "Okonkwa", "city": "Leeds"},
]
DOUBT = {"first name": "Ruth", "last name": "Abara", "email": "ruth.abara@mail.example"}


@pytest.fixture
def people() -> ck.CustomerBase:
    base = ck.open("memory:")
    base.collect(PEOPLE, channel="crm")
    base.clean()
    return base


def ids(base: ck.CustomerBase, **values: Any) -> list[str]:
    return [found.customer for found in base.similar(**values, min_probability=0.5)]


def test_who_is_meant_is_found_in_spite_of_errors(people: ck.CustomerBase) -> None:
    first, *_ = people.similar(given_name="RUHT", email="ruth.abara@example.org")
    assert (first.customer, first.record) == ("c-1", 1)
    assert first.probability > 0.9
    assert first.probability + first.household <= 1


def test_what_was_added_changed_and_undone_is_known_at_once(people: ck.CustomerBase) -> None:
    asked = {"given_name": "Zelda", "family_name": "Quimby", "email": "z@quimby.org"}
    assert ids(people, **asked) == []
    people.update(None, **asked)
    assert ids(people, **asked) == ["c-21"]
    people.undo()
    assert ids(people, **asked) == []


@pytest.mark.parametrize("take_out", [ck.CustomerBase.delete, ck.CustomerBase.erase])
def test_nobody_is_found_who_is_gone(people: ck.CustomerBase, take_out: Callable[..., Any]) -> None:
    assert ids(people, email="ruth.abara@example.org") == ["c-1"]
    take_out(people, "c-1")
    assert ids(people, email="ruth.abara@example.org") == []


def test_nothing_known_and_unknown_fields_are_refused(people: ck.CustomerBase) -> None:
    with pytest.raises(InputError, match="say what is known"):
        people.similar()
    with pytest.raises(UnknownFieldError):
        people.similar(shoe_size="43")


def test_an_empty_base_knows_nobody() -> None:
    assert ck.open("memory:").similar(email="jane@example.org") == []


def test_collecting_tells_whom_new_records_speak_of(people: ck.CustomerBase) -> None:
    rows = [
        {"customer_id": "7", "first name": "Ruhth", "email": "ruth.abara@example.org"},
        {"customer_id": "8", "first name": "Zelda", "last name": "Quimby"},
    ]
    found = people.collect(rows, channel="shop", similar=True)
    ((record, likely),) = found.similar.items()
    assert (record, likely[0].customer, likely[0].record) == (21, "c-1", 1)
    assert likely[0].probability > 0.9
    assert "record 21 is most likely c-1" in str(found)
    assert people.collect(rows, channel="shop", similar=True).similar == {}
    people.clean()
    later = people.collect(
        [{"customer_id": "7", "phone": "+442079460018"}], channel="shop", similar=True
    )
    ((_, (one, *_)),) = later.similar.items()
    assert (one.customer, one.probability, one.found_by) == ("c-1", 1.0, ("external id",))


def test_too_many_new_records_are_not_asked_about(people: ck.CustomerBase) -> None:
    many = [{"first name": f"Ada{n}", "last name": "Many"} for n in range(1_001)]
    found = people.collect(many, channel="many", similar=True)
    assert found.similar == {}
    assert found.notes[-1].startswith("more than 1,000 new records")


def test_what_is_stored_is_told_though_the_question_fails(
    people: ck.CustomerBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise TransientStoreError("the line was cut")

    monkeypatch.setattr(Live, "of_run", fail)
    found = people.collect([DOUBT], channel="web", similar=True)
    assert (found.records, found.similar) == (1, {})
    assert found.notes[-1].startswith("the records are stored, but")
    assert found.notes[-1].endswith("the line was cut")


def test_pairs_of_a_base_are_explained_by_record(people: ck.CustomerBase) -> None:
    people.collect([DOUBT], channel="web")
    found = people.matching()
    with pytest.raises(NotFoundError, match="record 21 is not matched"):
        found.explain(1, 21)
    people.clean()
    pair = people.matching().explain(1, 21)
    assert (pair.row, pair.other) == (1, 21)
    assert "Records 1 and 21" in str(pair)
    assert "Abara" not in str(pair)


def test_what_was_decided_is_not_up_for_review(people: ck.CustomerBase) -> None:
    people.collect(DOUBTFUL, channel="web")
    people.clean()
    doubtful = {(pair.row, pair.other): pair for pair in people.matching().review(100)}
    assert doubtful
    decided = min(doubtful)
    one, other = people.matching().customers(doubtful[decided])
    people.unmerge(*decided) if one == other else people.merge(one, other)
    left = {(pair.row, pair.other) for pair in people.matching().review(100)}
    assert left <= doubtful.keys() - {decided}


def test_a_customer_of_a_base_is_explained_with_who_decided(people: ck.CustomerBase) -> None:
    people.collect([DOUBT], channel="shop")
    people.clean()
    people.merge("c-1", "c-2")
    people.update("c-1", city="York")
    ties = people.matching().explain_customer("c-1")
    assert ties.customer == "c-1"
    assert set(ties.records) >= {1, 2}
    reasons = {frozenset((pair.row, pair.other)): pair.reason for pair in ties.pairs}
    assert reasons.get(frozenset((1, 2))) == "a person decided it"
    assert "two customers" not in str(ties.weakest)
    assert people.matching().explain_customer("c-2").to_dict() == ties.to_dict()
    with pytest.raises(NotFoundError, match="no record"):
        people.matching().explain_customer("c-99")
    with pytest.raises(NotFoundError, match="its id is such as") as caught:
        people.matching().explain_customer("ruth.abara@example.org")
    with pytest.raises(NotFoundError, match="c-42"):
        people.matching().explain_customer(1)
    assert "ruth" not in str(caught.value)


def test_a_deleted_customer_is_not_named_by_its_external_id(people: ck.CustomerBase) -> None:
    row = {"customer_id": "7", "first name": "Zelda", "last name": "Quimby"}
    people.collect([row], channel="shop")
    (number,) = people.clean().created
    people.delete(f"c-{number}")
    found = people.collect([{**row, "phone": "+442079460018"}], channel="shop", similar=True)
    assert found.similar == {}
