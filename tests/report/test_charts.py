"""Charts are well-formed drawings that say in words what they show."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerkit.markup import Markup
from customerkit.report.charts import bars, dots, gauge, heat, moved, stacked, trend
from customerkit.report.charts.canvas import ticks
from customerkit.report.shown import amount, cut, share, short, width

SVG = "{http://www.w3.org/2000/svg}"
NAMES = st.text(st.characters(codec=None), max_size=30)
NUMBERS = st.integers(-(10**12), 10**15)
SHARES = st.floats(0, 1)


def drawn(markup: Markup) -> ElementTree.Element:
    found = ElementTree.fromstring(markup)
    assert found.tag == f"{SVG}svg"
    assert found.get("role") == "img"
    title, description = found.find(f"{SVG}title"), found.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert str(found.get("aria-label")).split() == f"{title.text or ''}. {description.text}".split()
    return found


def widths(found: ElementTree.Element) -> list[float]:
    return [float(item.get("width", "0")) for item in found.iter(f"{SVG}rect")]


@given(rows=st.lists(st.tuples(NAMES, NUMBERS), max_size=8), title=NAMES)
def test_bars_are_well_formed_whatever_the_data(rows: list[tuple[str, int]], title: str) -> None:
    found = drawn(bars(title, rows))
    assert len(widths(found)) == sum(value > 0 for _, value in rows)
    assert all(width >= 0 for width in widths(found))


@given(points=st.lists(st.tuples(NAMES, NUMBERS), max_size=60), title=NAMES)
def test_lines_stay_inside(points: list[tuple[str, int]], title: str) -> None:
    found = drawn(trend(title, points))
    height = float(str(found.get("viewBox")).split()[3])
    circles = list(found.iter(f"{SVG}circle"))
    assert len(circles) == len(points)
    assert all(0 <= float(item.get("cy", "-1")) <= height for item in circles)


@given(rows=st.lists(st.tuples(NAMES, SHARES, SHARES), max_size=8))
def test_dots_stand_on_their_scale(rows: list[tuple[str, float, float]]) -> None:
    for found in (drawn(moved("t", rows, ("a", "b"))), drawn(dots("t", [r[:2] for r in rows]))):
        places = [float(item.get("cx", "-1")) for item in found.iter(f"{SVG}circle")]
        assert all(160 <= place <= 520 for place in places)
    assert len(places) == len(rows)


@given(values=st.lists(st.lists(st.integers(0, 10**9), min_size=3, max_size=3), max_size=4))
def test_heat_maps_have_a_cell_each(values: list[list[int]]) -> None:
    rows = [str(at) for at in range(len(values))]
    found = drawn(heat("t", rows, ["a", "b", "c"], values))
    cells = [item for item in found.iter(f"{SVG}rect") if "up to" not in str(item[0].text)]
    assert len(cells) == 3 * len(values)


def test_a_bar_is_as_long_as_its_number() -> None:
    long, half = widths(drawn(bars("t", [("a", 10), ("b", 5)])))
    assert half == pytest.approx(long / 2)


def test_parts_of_a_bar_follow_one_another() -> None:
    found = list(drawn(stacked("t", [("a", [1, 3])], ["open", "solved"])).iter(f"{SVG}rect"))
    first, second = found[-2:]
    end = float(str(first.get("x"))) + float(str(first.get("width")))
    assert end == pytest.approx(float(str(second.get("x"))), abs=0.05)


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (lambda: bars("t", [("crm", 1200)]), "crm: 1,200"),
        (lambda: stacked("t", [("a", [1, 2])], ["open", "solved"]), "a: 1 open, 2 solved"),
        (lambda: trend("t", [("2026-01", 1), ("2026-02", 9)]), "most in 2026-02 (9)"),
        (lambda: heat("t", ["Mon"], ["08", "09"], [[0, 4]]), "most: Mon 09 (4)"),
        (lambda: dots("t", [("phone", 0.39)]), "phone 0.390"),
        (lambda: moved("t", [("city", 0.5, 0.9)], ("a", "b")), "city 50 % to 90 %"),
        (lambda: gauge("t", 0.345), "0.345 of 1"),
        (lambda: bars("t", []), "nothing to show"),
    ],
)
def test_charts_say_their_numbers(chart: Callable[[], Markup], said: str) -> None:
    description = drawn(chart()).find(f"{SVG}desc")
    assert description is not None
    assert said in str(description.text)


@given(most=st.floats(0, 1e15))
def test_ticks_reach_the_most_and_are_few(most: float) -> None:
    found = ticks(most)
    assert found[-1] >= most
    assert found == sorted(set(found))
    assert 2 <= len(found) <= 6


@given(text=st.text(max_size=30), columns=st.integers(1, 20))
def test_cut_text_fits(text: str, columns: int) -> None:
    assert width(cut(text, columns)) <= max(columns, 1)


@given(part=st.floats(0, 1))
def test_a_share_never_lies_about_all_and_nothing(part: float) -> None:
    assert (share(part) == "0 %") == (part == 0)
    assert (share(part) == "100 %") == (part == 1)


def test_amounts_have_the_places_of_their_currency() -> None:
    assert amount(-5, "GBP") == "-0.05 GBP"
    assert amount(1234, "KWD") == "1.234 KWD"
    assert short(1e7) == "10M"
