"""The fast ways of matching give what the plain ones give."""

from __future__ import annotations

from itertools import combinations
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from customerkit import threads
from customerkit.match.block import Budget, within
from customerkit.match.encode import subjects
from customerkit.match.levels import Comparisons
from customerkit.match.matcher import Matcher
from customerkit.match.matching import match_columns
from customerkit.match.screen import HOPELESS, Screen
from customerkit.match.sorting import distinct, grouped, sizes_of, sorted_once
from customerkit.match.weigh import Patterns, odds

Numbers = st.lists(st.integers(0, 9), max_size=30)
_NAMES = st.sampled_from(
    ["jane", "janet", "jan", "j", "bob", "robert", "bobby", "maria jose", "jose maria", "josé",
     "王伟", "王薇", "wang wei", "王", "ма", "owen", "smith", "smyth", "smith jones", "jones", "щ"]
)  # fmt: skip
_TEXTS = {
    "given_name": _NAMES,
    "family_name": _NAMES,
    "email": st.sampled_from(
        ["jane.doe@x.org", "jane.doe@y.org", "janedoe1@x.org", "jan.doe@x.org", "owen@x.org"]
    ),
    "phone": st.sampled_from(["0301234568", "+49301234568", "0301234586", "0309876543", "4567890"]),
    "street": st.sampled_from(
        ["1 long lane", "2 long lane", "long lane", "1 lane long", "1 short hill", "9 long hill"]
    ),
    "city": st.sampled_from(["london", "lodnon", "moscow", "москва", "北京", "beijing", "york"]),
    "postcode": st.sampled_from(["12345", "12346", "99999", "12399"]),
    "gender": st.sampled_from(["f", "m"]),
}
_ROWS = st.lists(
    st.fixed_dictionaries({name: st.none() | texts for name, texts in _TEXTS.items()}),
    min_size=2,
    max_size=12,
)
Rows = list[dict[str, str | None]]


def _columns(rows: Rows) -> dict[str, list[str | None]]:
    return {name: [row[name] for row in rows] for name in _TEXTS}


@given(Numbers)
def test_distinct_finds_what_unique_finds(numbers: list[int]) -> None:
    values = np.array(numbers, np.int64)
    found = distinct(values)
    _, first, back, counts = np.unique(
        values, return_index=True, return_inverse=True, return_counts=True
    )
    assert found.first.tolist() == first.tolist()
    assert found.back.tolist() == back.tolist()
    assert found.counts.tolist() == counts.tolist()


def test_ranges_sorted_in_threads_make_one_order() -> None:
    values = np.random.default_rng(1).integers(0, 500_000, 1_200_000)
    assert np.array_equal(sorted_once(values), np.unique(values))
    assert sorted_once(np.zeros(1_100_000, np.int64)).tolist() == [0]


@given(Numbers, st.sampled_from([0, 31, 40]))
@example([3, 1, 3, 2, 1], 0)
@example([2**34 + 1, 2**34, 5, 2**34 + 1, 2**34], 0)
def test_equal_hashes_come_together(numbers: list[int], shift: int) -> None:
    hashes = np.array(numbers, np.uint64) << np.uint64(shift)
    order, starts = grouped(hashes)
    expected = np.argsort(hashes, kind="stable")
    assert order.tolist() == expected.tolist()
    assert len(starts) == len(set(numbers))


@given(st.lists(st.integers(1, 5), max_size=6))
def test_within_gives_each_pair_of_a_block_once(sizes: list[int]) -> None:
    records, blocks, start = np.arange(sum(sizes))[::-1].copy(), [], 0
    for size in sizes:
        blocks.append(sorted(records[start : start + size].tolist()))
        start += size
    expected = sorted(a * 99 + b for block in blocks for a, b in combinations(block, 2))
    assert sorted(within(records, np.array(sizes, np.int64), 99).tolist()) == expected


@given(_ROWS)
def test_what_is_called_different_at_once_is_different(rows: Rows) -> None:
    found = subjects(_columns(rows), len(rows))
    left, right = np.triu_indices(len(rows), 1)
    for item in Comparisons(found).fields:
        codes = item.column.codes
        one, other = codes[left].astype(np.int64), codes[right].astype(np.int64)
        differ = np.flatnonzero((one >= 0) & (other >= 0) & (one != other))
        one, other = one[differ], other[differ]
        denied = ~item.alike(one, other)
        compared = item.compare(one, other)[denied]
        assert np.array_equal(compared, item.unlike(one[denied], other[denied]))
        assert (compared >= item.differs).all()


@settings(max_examples=300)
@given(_ROWS)
def test_the_screen_drops_no_pair_that_scores_well(rows: Rows) -> None:
    found = subjects(_columns(rows), len(rows))
    matcher = Matcher(found, np.arange(len(rows)))
    assume(matcher.comparisons.fields)
    left, right = np.triu_indices(len(rows), 1)
    screen = Screen(matcher.comparisons, matcher.model)
    levels = matcher.comparisons.levels((left, right))
    score = odds(matcher.model.likelihoods(levels), matcher.model.shares)
    assert (screen.bits((left, right)) >= score - 1e-3).all()
    kept = screen.sift(left * len(rows) + right, len(rows))
    assert set(left[score > HOPELESS + 1] * len(rows) + right[score > HOPELESS + 1]) <= set(
        kept.kept.tolist()
    )


def _people(count: int) -> dict[str, list[str | None]]:
    rng = np.random.default_rng(5)
    names = ["".join(rng.choice(list("abdeiklmnorst"), 6)) for _ in range(400)]
    people = [
        (
            names[a],
            names[b],
            f"{1950 + c % 50}-{1 + c % 12:02}-{1 + c % 28:02}",
            f"{a}.{b}{c}@x.org",
        )
        for a, b, c in rng.integers(0, 400, (count, 3))
    ]
    copies = [(given[:-1], family, birth, None) for given, family, birth, _ in people[::4]]
    fields = ("given_name", "family_name", "birth_date", "email")
    return dict(zip(fields, map(list, zip(*people, *copies, strict=True)), strict=True))


def _groups(labels: np.ndarray, order: np.ndarray) -> set[frozenset[int]]:
    found: dict[int, list[int]] = {}
    for label, record in zip(labels.tolist(), order.tolist(), strict=True):
        found.setdefault(label, []).append(record)
    return set(map(frozenset, found.values()))


@pytest.fixture(scope="module")
def people() -> dict[str, list[str | None]]:
    return _people(3_200)


def test_the_order_of_records_changes_nothing(people: dict[str, list[str | None]]) -> None:
    count = len(people["email"])
    order = np.random.default_rng(2).permutation(count)
    shuffled = {name: [values[at] for at in order] for name, values in people.items()}
    one, other = match_columns(people, count), match_columns(shuffled, count)
    assert _groups(one.labels, np.arange(count)) == _groups(other.labels, order)
    assert one.estimated == pytest.approx(other.estimated)


def test_the_number_of_threads_changes_nothing(people: dict[str, list[str | None]]) -> None:
    count = len(people["email"])
    found = []
    for number in (1, 3):
        with patch.object(threads, "workers", return_value=number):
            found.append(match_columns(people, count))
    assert np.array_equal(found[0].labels, found[1].labels)
    assert np.array_equal(found[0].weights, found[1].weights)


def test_thinned_patterns_stand_for_the_others() -> None:
    rng = np.random.default_rng(7)
    counts = np.r_[np.full(20_000, 1.0), np.full(100, 500.0)]
    levels = np.r_[np.zeros(20_000, np.uint8), np.ones(100, np.uint8)][:, None]
    patterns = Patterns(levels, counts, np.zeros(0, np.int32))
    few = patterns.thinned(4_000, rng)
    assert len(few.counts) < 4_000
    for level in (0, 1):
        seen = few.counts[few.levels[:, 0] == level].sum()
        assert seen == pytest.approx(counts[levels[:, 0] == level].sum(), rel=0.1)
    assert patterns.thinned(20_100, rng) is patterns


def test_a_budget_bounds_the_pairs_of_a_pass() -> None:
    from customerkit.match.attributes import Attributes
    from customerkit.match.block import of_pass

    found = subjects(_people(3_200), 4_000)
    attributes = Attributes(found)
    hashes = attributes["birth"]
    records = np.flatnonzero(hashes)
    pairs = of_pass(attributes, records, hashes[records], 4_000, Budget(pairs=0.5, least=10))
    assert 0 < len(pairs) <= 2_000
    assert sizes_of(np.array([0, 2]), 5).tolist() == [2, 3]
