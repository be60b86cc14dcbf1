"""The index answers what matching of all records says, whatever was added and removed."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customerkit.errors import InputError, LimitError
from customerkit.match import live, postings
from customerkit.match.encode import subjects
from customerkit.match.live import Index
from customerkit.match.matcher import Matcher, matcher_of
from customerkit.match.matching import match_columns
from customerkit.match.weigh import COLLEAGUES, HOUSEHOLD, MATCH, NAMESAKES, STRANGER
from match.people import people, with_copies
from match.variants import Row, columns, rows

SEEDS = st.integers(0, 10_000)


def _matcher(some: list[Row]) -> Matcher:
    return matcher_of(subjects(columns(some), len(some)))


def _of(some: list[Row]) -> Index:
    return Index.of(_matcher(some), np.arange(len(some)))


def _answers(index: Index, some: list[Row]) -> list[list[live.Hit]]:
    return [index.find(row, 10) for row in some]


@pytest.mark.parametrize(("seed", "learned"), [(1, True), (2, False), (3, False), (4, False)])
def test_odds_are_those_of_all(seed: int, learned: bool) -> None:
    some = rows(150, seed)
    matcher = match_columns(columns(some), 150).matcher if learned else _matcher(some)
    index = Index.of(matcher, np.arange(150))
    for at, row in enumerate(some):
        hits = index.find(row, 150)
        left = np.full(len(hits), matcher.rows[at])
        right = matcher.rows[[hit.record for hit in hits]]
        assert [hit.odds for hit in hits] == matcher.odds(left, right).tolist()
        chances = matcher.model.posteriors(matcher.comparisons.levels((left, right)))
        chances[:, HOUSEHOLD] += chances[:, NAMESAKES]  # relatives they are, too
        assert [[hit.match, hit.household, hit.colleagues, hit.stranger] for hit in hits] == (
            chances[:, [MATCH, HOUSEHOLD, COLLEAGUES, STRANGER]].tolist()
        )


def test_a_small_base_is_compared_whole() -> None:
    some = rows(live.COMPARED, 3)
    index = _of(some)
    assert all(len(index.find(row, 99)) == len(some) for row in some)
    assert len(index.find({"city": "nowhere"}, 99)) == len(some)


def test_a_record_finds_itself_first_and_tells_how() -> None:
    index = _of(rows(200, 4))
    ann = {"given_name": "Ann", "family_name": "Ferrante", "birth_date": "1966-05-04"}
    index.add(900, {**ann, "email": "ann.ferrante@example.com"})
    hit = index.find({**ann, "given_name": "ANNE", "email": "ann.ferrante@example.com"})[0]
    assert (hit.record, hit.odds > 5) == (900, True)
    assert {"mail", "birth", "birth+family_sound"} <= set(hit.passes)
    assert "phone" not in hit.passes
    assert index.candidates({"email": "Ann.Ferrante@example.com"}).tolist() == [900]


def test_what_is_added_is_found_and_what_is_removed_is_not() -> None:
    some = rows(200, 5)
    index = _of(some)
    before = _answers(index, some)
    more = rows(40, 6)
    for record, row in enumerate(more, 500):
        index.add(record, row)
        assert record in index.candidates(row) or len(index.candidates(row)) >= live.COMPARED
    assert len(index) == 240
    for record in range(500, 540):
        assert index.remove(record)
        assert not index.remove(record)
    assert len(index) == 200
    assert _answers(index, some) == before


def test_a_record_that_is_added_again_is_replaced() -> None:
    index = _of(rows(200, 7))
    index.add(900, {"email": "old@example.com"})
    index.add(900, {"email": "new@example.com"})
    assert len(index) == 201
    assert index.candidates({"email": "old@example.com"}).tolist() == []
    assert index.candidates({"email": "new@example.com"}).tolist() == [900]


def test_records_that_state_the_same_are_all_told() -> None:
    some = rows(100, 8)
    index = _of([*some, some[0], some[0]])
    index.add(500, some[0])
    hits = index.find(some[0], 4)
    assert [hit.record for hit in hits] == [0, 100, 101, 500]
    assert len({hit.odds for hit in hits}) == 1
    index.remove(0)
    assert [hit.record for hit in index.find(some[0], 3)] == [100, 101, 500]


@given(seed=SEEDS, small=st.booleans())
@settings(max_examples=8)
def test_building_is_adding_one_by_one_in_any_order(seed: int, small: bool) -> None:
    draw = random.Random(seed)
    some = rows(30 if small else 160, seed)
    some += draw.sample(some, 5)
    matcher = _matcher(some)
    built = Index.of(matcher, np.arange(len(some)))
    kept = [draw.random() < 0.5 for _ in some]
    grown = Index.of(matcher, np.where(kept, np.arange(len(some)), -1))
    added = [at for at, known in enumerate(kept) if not known]
    draw.shuffle(added)
    for at in added:
        grown.add(at, some[at])
    assert len(grown) == len(built)
    assert _answers(grown, some) == _answers(built, some)


@given(seed=SEEDS)
@settings(max_examples=8)
def test_the_order_of_changes_does_not_matter(seed: int) -> None:
    draw = random.Random(seed)
    base, more = rows(60, seed), rows(60, seed + 1)
    matcher = _matcher(base)
    found = []
    for _ in range(2):
        index = Index.of(matcher, np.arange(60))
        changes = [*enumerate(more, 100)]
        draw.shuffle(changes)
        for record, row in changes:
            index.add(record, row)
        for record in draw.sample(range(60), 60)[:40]:
            index.remove(record)
            index.add(record, base[record])
        for record in sorted(range(100, 160, 3), key=lambda _: draw.random()):
            index.remove(record)
        found.append(_answers(index, [*base, *more]))
    assert found[0] == found[1]


def test_many_additions_are_sorted_in(monkeypatch: pytest.MonkeyPatch) -> None:
    some = rows(300, 11)
    plain = _of(some[:50])
    for record, row in enumerate(some[50:], 50):
        plain.add(record, row)
    monkeypatch.setattr(postings, "_FRESH", 64)
    sorted_in = _of(some[:50])
    for record, row in enumerate(some[50:], 50):
        sorted_in.add(record, row)
    assert _answers(sorted_in, some) == _answers(plain, some)
    assert sorted_in.nbytes > plain.nbytes


def test_the_same_value_in_all_records_is_bounded() -> None:
    some = [{**row, "email": "the.office@example.com"} for row in rows(9_000, 12)]
    index = _of(some)
    assert all(len(index.candidates(row)) <= 2 * live.COMPARED for row in some[:20])
    assert len(index.find({"email": "the.office@example.com"}, 99)) >= live.COMPARED


def test_nothing_is_found_where_nothing_is_known() -> None:
    index = _of([{}, {}])
    assert index.find({"given_name": "Ann"}) == []
    assert _of(rows(100, 13)).find({"no_such_field": "x", "email": None}) == []


def test_numbers_that_repeat_are_refused() -> None:
    matcher = _matcher(rows(2, 14))
    with pytest.raises(InputError):
        Index.of(matcher, np.array([5, 5]))


def test_a_full_index_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    index = _of(rows(40, 15))
    monkeypatch.setattr(live, "MOST_ROWS", 40)
    with pytest.raises(LimitError):
        index.add(99, {"email": "one.more@example.com"})


def test_a_large_base_is_answered_as_matching_of_all_does() -> None:
    """Where all are too many to compare, the two look at different pairs: few, and counted."""
    some = with_copies(people(3_000))
    random.Random(2).shuffle(some)
    names = list(some[0])
    found = match_columns({name: [row[name] for row in some] for name in names}, len(some))
    matcher = found.matcher
    index = Index.of(matcher, np.arange(len(some)))
    batch = {
        (int(a), int(b))
        for a, b, odds in zip(found.left, found.right, found.weights, strict=True)
        if odds > 0
    }
    asked = range(0, len(some), 4)
    live_only = batch_only = both = 0
    for at in asked:
        row = int(matcher.rows[at])
        hits = {int(matcher.rows[hit.record]): hit.odds for hit in index.find(some[at], 40)}
        hits.pop(row, None)
        others = np.array(list(hits), np.int64)
        assert list(hits.values()) == matcher.odds(np.full(len(others), row), others).tolist()
        said = {other for other, odds in hits.items() if odds > 0}
        known = {a + b - row for a, b in batch if row in (a, b)}
        both += len(said & known)
        live_only += len(said - known)
        batch_only += len(known - said)
    assert both > 400
    assert batch_only == 0
    assert live_only <= 0.01 * both
