"""The page of a report: one file that needs nothing else, neither network nor script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Any

from attrs import frozen

from customerkit.markup import Child, Markup, joined, table, tag

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@frozen
class Section:
    """Hold one section of a page.

    Args:
        name: Its heading, by which the table of contents leads to it.
        markup: All of it.
    """

    name: str
    markup: Markup


def page(title: str, lead: str, tiles: Markup, sections: Sequence[Section], foot: str) -> Markup:
    """Return a whole document.

    Args:
        title: Its heading.
        lead: One line below it.
        tiles: The key figures.
        sections: In order.
        foot: What stands at the end.

    Returns:
        The markup, the document type included.
    """
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", _style()),
    )
    links = (tag("a", item.name, href=f"#{anchor(item.name)}") for item in sections)
    body = tag(
        "body",
        tag("header", tag("h1", title), tag("p", lead, class_="lead"), tag("nav", *links)),
        tag("main", tiles, *(item.markup for item in sections)),
        tag("footer", tag("p", foot)),
    )
    return joined([Markup("<!doctype html>\n"), tag("html", head, body, lang="en")])


def _style() -> Markup:
    return Markup(resources.files(__package__).joinpath("style.css").read_text("utf-8"))


def anchor(name: str) -> str:
    """Return the address of a section within the page.

    Example:
        >>> anchor("What they need")
        'what-they-need'
    """
    return name.lower().replace(" ", "-")


def section(name: str, lead: Child, *parts: Child) -> Section:
    """Return a section with its heading and a sentence that says how to read it."""
    head = tag("h2", name)
    said = tag("p", lead, class_="lead")
    return Section(name, tag("section", head, said, *parts, id=anchor(name)))


def tiles(figures: Iterable[tuple[str, str]]) -> Markup:
    """Return key figures: what each is called, and its value."""
    return tag(
        "div",
        *(tag("div", tag("b", said), tag("span", name), class_="tile") for name, said in figures),
        class_="tiles",
    )


def figure(
    title: str, chart: Markup, headers: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Markup:
    """Return a chart with its title, and its exact numbers as a table that opens."""
    numbers = tag("details", tag("summary", "Numbers"), wide(headers, rows))
    return tag("figure", tag("figcaption", title), chart, numbers)


def wide(
    headers: Sequence[str], rows: Iterable[Sequence[Any]], caption: str | None = None
) -> Markup:
    """Return a table that scrolls where the page is narrow."""
    return tag("div", table(headers, rows), class_="wide")


def pair(*parts: Child) -> Markup:
    """Return parts beside each other where there is room."""
    return tag("div", *parts, class_="pair")


def part(title: str, *parts: Child) -> Markup:
    """Return parts below a small heading."""
    return tag("div", tag("h3", title), *parts)


def code(value: str | None) -> Markup:
    """Return a value as it is written, its blanks kept."""
    return tag("code", value) if value is not None else tag("i", "nothing")
