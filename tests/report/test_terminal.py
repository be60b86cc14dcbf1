"""Tables fit the terminal, whatever they hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from customerkit.report.shown import width
from customerkit.report.terminal import bar, table, title

CELLS = st.none() | st.integers(-(10**9), 10**9) | st.text(st.characters(codec=None), max_size=60)


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6), columns=st.integers(20, 100))
def test_no_line_is_longer_than_the_terminal(rows: list[tuple[object, ...]], columns: int) -> None:
    lines = table(["one", "two", "three"], rows, columns).split("\n")
    assert len(lines) == len(rows) + 1
    assert all(width(line) <= columns for line in lines)
    assert all(line.isprintable() for line in lines)


def test_numbers_stand_to_the_right_and_wide_characters_count_twice() -> None:
    assert table(["名", "n"], [["王芳", 5], ["a", 1000]]).split("\n") == [
        "名        n",
        "王芳      5",
        "a     1,000",
    ]
    assert title("王") == "王\n──"


def test_a_bar_is_full_or_empty_at_its_ends() -> None:
    assert bar(0, 3) == "░░░"
    assert bar(1, 3) == "███"
    assert bar(7, 3) == "███"
