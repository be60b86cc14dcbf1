"""Data can never become markup, and shapes never say what a value says."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerkit.markup import escaped, facts, shape, table, tag

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onload='x",
    "</td></table><h1>",
    "&lt;b&gt;",
    "]]>--><!--",
    "\x00\x1b[31m\u202eevil\ud800",
]
ANY = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(HOSTILE)


class Elements(HTMLParser):
    """List the elements and attributes of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.said = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.names.append(name)
        self.attributes += attributes

    def handle_data(self, data: str) -> None:
        self.said += data


@given(text=ANY)
def test_text_stays_text(text: str) -> None:
    found = Elements(tag("p", text, title=text))
    assert found.names == ["p"]
    assert [name for name, _ in found.attributes] == ["title"]
    assert len(found.said) == len(text)


@given(text=ANY)
def test_what_is_harmless_is_shown_as_it_is(text: str) -> None:
    if text.isprintable() and text.isascii():
        assert Elements(tag("p", text)).said == text


@given(rows=st.lists(st.tuples(ANY, st.integers()), max_size=5), name=ANY)
def test_a_table_holds_only_its_own_elements(rows: list[tuple[str, int]], name: str) -> None:
    found = Elements(table([name, "n"], rows, caption=name))
    assert set(found.names) <= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert found.names.count("td") == 2 * len(rows)
    assert set(Elements(facts({name: name})).names) == {"table", "tbody", "tr", "th", "td"}


def test_markup_passes_once_and_names_are_checked() -> None:
    assert escaped(tag("b", "<")) == "<b>&lt;</b>"
    with pytest.raises(ValueError, match="letters"):
        tag("b onload=x")


@given(text=ANY)
def test_a_shape_says_nothing(text: str) -> None:
    found = shape(text)
    assert len(found) == len(text)
    assert {char for char in found if char.isalnum()} <= set("Xx字9")


def test_a_shape_shows_what_a_rule_changed() -> None:
    assert shape(" SARAH  o'Neil-7") == " XXXXX  x'Xxxx-9"
    assert shape(None) == ""
