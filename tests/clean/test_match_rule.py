"""Matching within a base: it joins without keys, is kept, overruled and taken back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import customerkit as ck
from customerkit.clean import people
from customerkit.clean.people import links
from customerkit.errors import InputError

JANE = {"first name": "Katharine", "last name": "Oyelaran", "birth date": "1971-06-24"}
SAME = {"first name": "Katherine", "last name": "Oyelaran", "birth date": "1971-06-24"}
TWIN = {"first name": "Dominic", "last name": "Oyelaran", "birth date": "1971-06-24"}
OTHERS = [
    {"first name": first, "last name": last, "birth date": f"19{50 + at}-0{at % 9 + 1}-1{at % 9}"}
    for at, (first, last) in enumerate(
        [
            *(("Ruth", "Abara"), ("Piotr", "Nowicki"), ("Lena", "Vogt"), ("Hugo", "Sandoval")),
            *(("Mira", "Castellan"), ("Owen", "Pritchard"), ("Inge", "Falk"), ("Tomas", "Rehak")),
        ]
    )
]


def filled(*rows: dict[str, Any]) -> ck.CustomerBase:
    base = ck.open("memory:")
    base.collect([*OTHERS, *rows], channel="crm")
    return base


def groups(base: ck.CustomerBase) -> list[tuple[Any, ...]]:
    """Return who is who: birthday and records of each customer, whatever its id.

    Which of two names wins depends on which was said last.
    """
    names = ("family_name", "birth_date")
    rows = [(row["id"], *map(row.get, names)) for row in base.customers()]
    return sorted((*said, len(base.get(number).records)) for number, *said in rows)


def test_clean_joins_records_that_share_no_key() -> None:
    base = filled(JANE, SAME)
    base.clean()
    assert len(base.get("c-9").records) == 2
    assert len(list(base.customers())) == len(OTHERS) + 1


def test_siblings_stay_apart() -> None:
    base = filled(JANE, TWIN)
    base.clean()
    assert len(list(base.customers())) == len(OTHERS) + 2


def test_a_ruleset_without_the_rule_matches_nobody() -> None:
    base = filled(JANE, SAME)
    base.clean(ck.Ruleset([ck.Standardise(), ck.Deduplicate()]))
    assert len(list(base.customers())) == len(OTHERS) + 2


def test_a_plan_says_who_was_matched() -> None:
    changes = [change for change in filled(JANE, SAME).plan().changes() if change.rule == "match"]
    assert [(change.record, change.old, change.new) for change in changes] == [(10, "c-10", "c-9")]
    assert "record 9" in changes[0].reason


def test_what_a_person_decided_outlives_later_runs() -> None:
    base = filled(JANE, SAME)
    base.clean()
    base.unmerge(9, 10)
    base.collect([{**OTHERS[0], "first name": "Rosalind"}], channel="web")
    base.clean()
    assert base.get("c-9").records == [9]


def test_undoing_the_run_takes_its_matches_back() -> None:
    base = filled(JANE)
    base.clean()
    before = groups(base)
    base.collect([SAME], channel="web")
    base.clean()
    assert len(base.get("c-9").records) == 2
    base.undo()
    assert groups(base) == before
    base.undo(base.runs()[-1].run_id)
    assert len(base.get("c-9").records) == 2


def test_the_rule_is_saved_with_its_probability() -> None:
    rules = ck.Ruleset([ck.Match(probability=0.9)])
    assert ck.Ruleset.loads(rules.dumps()).rules == rules.rules
    with pytest.raises(InputError, match="between 0 and 1"):
        ck.Match(probability=1.0)


@settings(max_examples=15)
@given(st.permutations([*OTHERS, JANE, SAME, TWIN]), st.integers(0, 11))
def test_any_order_and_split_gives_the_same_people(rows: list[dict[str, Any]], cut: int) -> None:
    whole, parts = ck.open("memory:"), ck.open("memory:")
    whole.collect([*OTHERS, JANE, SAME, TWIN], channel="crm")
    whole.clean()
    for part in filter(None, (rows[:cut], rows[cut:])):
        parts.collect(part, channel="crm")
        parts.clean()
    assert groups(parts) == groups(whole)


@given(st.sets(st.integers(0, 99), min_size=2, max_size=20))
def test_links_hold_together_without_any_one_record(records: set[int]) -> None:
    pairs = set(links(records))
    for gone in records:
        rest = records - {gone}
        reached = {min(rest)}
        for _ in rest:
            reached |= {
                b for one, other in pairs for a, b in ((one, other), (other, one))
                if a in reached and b in rest
            }  # fmt: skip
        assert reached == rest


def test_a_large_base_is_matched_when_enough_is_new_or_when_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(people, "_SMALL", 5)
    monkeypatch.setattr(people, "_SHARE", 0.15)
    base = filled(JANE)
    base.clean()
    base.collect([SAME], channel="web")
    assert "  records not matched yet: 1;" in str(base.plan())
    base.clean()
    assert base.get("c-9").records == [9]  # a tenth of the base is new: exact keys only
    base.collect([TWIN], channel="web")
    base.clean()
    assert base.get("c-9").records == [9, 10]
    base.collect([{**SAME, "first name": "Katharina"}], channel="web")
    base.clean()
    assert base.get("c-9").records == [9, 10]
    base.clean(match=True)
    assert base.get("c-9").records == [9, 10, 12]
    base.undo()
    assert base.get("c-9").records == [9, 10]
