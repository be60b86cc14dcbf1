"""Working ahead in threads: the same answers in the same order, and no more than is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerkit.threads import ahead, in_threads, workers


def _double(number: int) -> int:
    if number < 0:
        raise ValueError("negative")
    return 2 * number


@given(st.lists(st.integers(0, 99)))
def test_threads_answer_in_the_order_of_the_items(items: list[int]) -> None:
    doubled = [2 * item for item in items]
    assert in_threads(_double, items) == doubled
    assert list(ahead(_double, items)) == list(zip(items, doubled, strict=True))


def test_who_looks_at_the_first_item_draws_no_other() -> None:
    drawn: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(1_000):
            drawn.append(number)
            yield number

    answers = ahead(_double, numbers())
    assert next(answers) == (0, 0)
    assert drawn == [0]
    assert next(answers) == (1, 2)
    assert len(drawn) <= 2 + workers()


def test_what_goes_wrong_with_an_item_is_raised_after_those_before_it() -> None:
    answers = ahead(_double, [1, 2, -3, 4])
    assert [next(answers), next(answers)] == [(1, 2), (2, 4)]
    with pytest.raises(ValueError, match="negative"):
        next(answers)
