"""What was just collected is held whole or not at all, in memory or beyond it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerkit.model.batch import Batch
from customerkit.store import recent
from customerkit.store.recent import Recent

pa = pytest.importorskip("pyarrow")

texts = st.lists(st.one_of(st.none(), st.text(st.characters(codec="utf-8"))), min_size=1)


def said(first: int, values: list[str | None]) -> Batch:
    numbers = list(range(first, first + len(values)))
    cities = pa.array(values, pa.string())
    return Batch.from_columns({"record_id": numbers, "run_id": [1] * len(numbers), "city": cities})


def rows(batches: list[Batch] | None) -> list[tuple[object, ...]]:
    assert batches is not None
    names = ("record_id", "run_id", "city")
    return [tuple(row) for batch in batches for row in batch.rows(names)]


@given(st.lists(st.tuples(st.integers(1, 3), texts), min_size=1), st.sampled_from([0, 90, 1 << 20]))
def test_what_is_taken_is_what_was_added(
    added: list[tuple[int, list[str | None]]], budget: int
) -> None:
    held = Recent(budget)
    expected: dict[int, list[tuple[object, ...]]] = {}
    for at, (run, values) in enumerate(added):
        batch = said(at * 1000, values)
        held.add(run, batch)
        expected.setdefault(run, []).extend(rows([batch]))
    for run, wanted in expected.items():
        assert rows(held.take(run)) == wanted
        assert held.take(run) is None


def test_a_run_that_finds_no_room_is_not_held_by_half(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "_SHARE", 1 << 60)
    held = Recent(budget=200)
    held.add(1, said(0, ["Leeds"]))
    held.add(2, said(1, ["York" * 100]))
    held.add(2, said(2, ["x"]))
    assert held.take(2) is None
    assert rows(held.take(1)) == [(0, 1, "Leeds")]


def test_nothing_is_left_open_once_all_is_taken() -> None:
    held = Recent(budget=0)
    held.add(1, said(0, ["Leeds"]))
    taken = held.take(1)
    held.add(2, said(1, ["York"]))
    assert rows(taken) == [(0, 1, "Leeds")]
    assert rows(held.take(2)) == [(1, 1, "York")]
    assert held._spill is None
