"""Build HTML and SVG in which data can never become markup, and hide what values say.

Text is escaped when it becomes part of an element, and only there, so no caller
can forget it: only what :func:`tag` returned passes unescaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9:-]*\Z")
_VOID = frozenset({"meta", "br", "hr"})
Child = Any


class Markup(str):
    """Hold text that is markup already.

    Example:
        >>> tag("b", "1 < 2")._repr_html_()
        '<b>1 &lt; 2</b>'
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def escaped(value: Any) -> Markup:
    """Return any value as markup that shows it and does nothing else.

    Controls, marks that turn the direction of text, and halves of characters
    are replaced, since a browser may act on them or refuse the page.

    Example:
        >>> escaped("<script>"), escaped(None), escaped(tag("b", "x"))
        ('&lt;script&gt;', '', '<b>x</b>')
    """
    if isinstance(value, Markup):
        return value
    if value is None:
        return Markup()
    return Markup(html.escape(_UNSEEN.sub("\N{REPLACEMENT CHARACTER}", str(value))))


def tag(name: str, /, *children: Child, **attributes: Any) -> Markup:
    """Return one element.

    Args:
        name: Of the element; written by a programmer, never data.
        *children: Markup, or values that are escaped.
        **attributes: ``class_`` is *class*, an underscore within is a hyphen; None
            leaves an attribute out.

    Returns:
        The markup.

    Raises:
        ValueError: A name is none.

    Example:
        >>> tag("td", 3, class_="number", title='"')
        '<td class="number" title="&quot;">3</td>'
    """
    given = {_attribute(key): value for key, value in attributes.items() if value is not None}
    if not all(map(_NAME.match, (name, *given))):
        raise ValueError("elements and attributes are named by letters, digits and hyphens")
    said = "".join(f' {key}="{escaped(str(value))}"' for key, value in given.items())
    if name in _VOID:
        return Markup(f"<{name}{said}>")
    return Markup(f"<{name}{said}>{joined(children)}</{name}>")


def _attribute(key: str) -> str:
    return "viewBox" if key == "viewBox" else key.rstrip("_").replace("_", "-")


def joined(parts: Iterable[Child]) -> Markup:
    """Return parts one after another.

    Example:
        >>> joined(["<", tag("br")])
        '&lt;<br>'
    """
    return Markup("".join(map(escaped, parts)))


def table(
    headers: Sequence[str], rows: Iterable[Sequence[Any]], *, caption: str | None = None
) -> Markup:
    """Return a table; numbers stand to the right.

    Example:
        >>> table(["n"], [[1234]])
        '<table><thead><tr><th scope="col" ...>n</th></tr></thead><tbody>...1,234...</table>'
    """
    cells = [list(row) for row in rows]
    right = [any(_is_number(row[at]) for row in cells) for at in range(len(headers))]
    heads = (tag("th", n, scope="col", **_side(r)) for n, r in zip(headers, right, strict=True))
    head = tag("thead", tag("tr", *heads))
    body = tag("tbody", *(tag("tr", *map(_cell, row)) for row in cells))
    return tag("table", tag("caption", caption) if caption else None, head, body)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _side(right: bool) -> dict[str, str]:
    return {"style": f"text-align:{'right' if right else 'left'}"}


def _cell(value: Any) -> Markup:
    if _is_number(value):
        return tag("td", f"{value:,}", class_="number", **_side(True))
    return tag("td", value, **_side(False))


def facts(items: Mapping[str, Any]) -> Markup:
    """Return names and what they are, as a table with a head at the left of each row.

    Example:
        >>> "<th scope=" in facts({"rows": 3})
        True
    """
    rows = (tag("tr", tag("th", name, scope="row"), _cell(v)) for name, v in items.items())
    return tag("table", tag("tbody", *rows))


def shape(value: str | None) -> str:
    """Return what a value looks like without what it says.

    Letters become x, X or 字, digits 9; blanks and punctuation stay, so that one
    sees what a rule changed.

    Example:
        >>> shape("SARAH.taylor@example.com"), shape("07700 900106"), shape("王芳")
        ('XXXXX.xxxxxx@xxxxxxx.xxx', '99999 999999', '字字')
    """
    return "" if value is None else "".join(map(_shaped, value))


def _shaped(char: str) -> str:
    if char.isdigit() or char.isnumeric():
        return "9"
    if not char.isalpha():
        return char if char.isspace() or char.isascii() else "·"
    if char.isupper():
        return "X"
    return "x" if char.islower() else "字"
