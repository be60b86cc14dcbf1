"""Who is one person: the same in any order, and never through somebody in between."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from customerkit.roles._compatible import compatible
from customerkit.rules.link import Evidence, Linker
from customerkit.rules.rule import Key

NAMES = (
    *(None, "Jane", "John", "J.", "Bob", "Robert", "Rob"),
    *("Alex", "Alexander", "Alexandra", "Jane M."),
)
RECORDS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from([None, None, "s1", "s2", "s3"]),
        st.sets(st.sampled_from(["e1", "e2", "e3"]), max_size=2),
        st.sampled_from([None, "p1", "p2"]),
    ),
    max_size=9,
)


def people(records: list[tuple[Any, ...]]) -> set[frozenset[int]]:
    """Return who is one person, by position."""
    given_names, evidence = {}, []
    for number, (name, strong, mails, phone) in enumerate(records, 1):
        if name:
            given_names[number] = name
        keys = [Key(mail, strong=False) for mail in sorted(mails)]
        keys += [Key(strong, strong=True)] if strong else []
        keys += [Key(phone, strong=False, needs_name=True)] if phone else []
        evidence += [Evidence(key, number) for key in keys]
    found = Linker(given_names, compatible).group(evidence)
    groups: dict[int, set[int]] = {}
    for number in range(1, len(records) + 1):
        groups.setdefault(found.get(number, number), set()).add(number)
    return {frozenset(group) for group in groups.values()}


def cores(records: list[tuple[Any, ...]]) -> dict[int, frozenset[str]]:
    """Return what those whom strong keys join are called, by record."""
    strong = people([(name, key, set(), None) for name, key, _, _ in records])
    return {
        number: frozenset(records[other - 1][0] for other in group if records[other - 1][0])
        for group in strong
        for number in group
    }


@settings(max_examples=400, deadline=None)
@given(RECORDS, st.randoms())
def test_the_order_of_records_does_not_matter(records: list[tuple[Any, ...]], rng: Any) -> None:
    order = list(range(len(records)))
    rng.shuffle(order)
    shuffled = people([records[at] for at in order])
    assert {frozenset(order[n - 1] + 1 for n in group) for group in shuffled} == people(records)


@settings(max_examples=400, deadline=None)
@given(RECORDS)
def test_weak_keys_join_no_different_names_through_any_chain(
    records: list[tuple[Any, ...]],
) -> None:
    called = cores(records)
    for group in people(records):
        forms = {called[number] for number in group if called[number]}
        for one, other in combinations(forms, 2):
            fit = all(compatible(left, right) for left in one for right in other)
            assert fit or one <= other or other <= one


@settings(max_examples=200, deadline=None)
@given(RECORDS, RECORDS)
def test_parts_without_a_common_key_are_decided_alone(
    left: list[tuple[Any, ...]], right: list[tuple[Any, ...]]
) -> None:
    moved = [
        (name, strong and f"{strong}'", {f"{mail}'" for mail in mails}, phone and f"{phone}'")
        for name, strong, mails, phone in right
    ]
    both = people([*left, *moved])
    assert {group for group in both if min(group) <= len(left)} == people(left)


def test_initials_and_nicknames_are_no_bridge() -> None:
    jane = ("Jane", "1", {"e"}, None), ("J.", "1", set(), None)
    john = ("John", "2", {"e"}, None), ("J.", "2", set(), None)
    assert people([*jane, *john]) == {frozenset({1, 2}), frozenset({3, 4})}
    boy = ("Alexander", "1", {"e"}, None), ("Alex", "1", set(), None)
    girl = ("Alexandra", "2", {"e"}, None), ("Alex", "2", set(), None)
    assert people([*boy, *girl]) == {frozenset({1, 2}), frozenset({3, 4})}


def test_who_is_called_the_same_stays_one_where_a_chain_is_doubtful() -> None:
    records: list[tuple[Any, ...]] = [
        ("Jane", None, {"e1"}, None),
        ("J.", None, {"e1"}, None),
        ("J.", None, {"e1", "e2"}, None),
        ("John", None, {"e2"}, None),
    ]
    assert people(records) == {frozenset({1}), frozenset({2, 3}), frozenset({4})}
