"""Write the tables of the reference that follow from the code.

``python docs/tables.py`` brings the pages up to date; a test says when that is due.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import attrs

from customerkit.cli.errors import MEANINGS
from customerkit.model.profile import fields, groups
from customerkit.roles import ROLES
from customerkit.rules.survivorship import STRATEGIES
from customerkit.store.protocol import Capabilities
from customerkit.store.registry import backend_of

PAGES = Path(__file__).parent / "reference"
EXAMPLES = {
    "given_name": " JÜRGEN ",
    "family_name": "MACLEOD",
    "full_name": "JANE DOE",
    "birth_date": "9 September 1986",
    "age": "42 years",
    "gender": "weiblich",
    "email": "Jane <JANE@Example.COM>",
    "phone": "+44 (0)20 7946 0460",
    "street": "10  DOWNING STREET",
    "city": "BRISTOL",
    "region": "california",
    "postcode": "sw1a1aa",
    "country": "Deutschland",
    "identifier": " A-1 ",
    "company": " Acme  Ltd ",
    "relative": " S/O Mohan Verma ",
    "text": " two words ",
    "number": "1,234.50",
    "money": "€1.234,50",
    "time": "2026-01-05 10:00",
}
HINTS = {"postcode": "GB", "region": "US"}
STORES = ("memory", "sqlite", "postgresql", "mysql", "mongodb")
EXTRAS = {"phone": "`phone`", "email": "`email`"}


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def roles() -> str:
    """Return every role with what it knows."""
    rows = []
    for name, role in ROLES.items():
        said = (role.standardise.__doc__ or "").strip().partition("\n")[0]
        text = EXAMPLES[name]
        standard = role.standardise(text, HINTS.get(name)).value
        days = role.half_life_days
        rows.append(
            (
                f"`{name}`",
                role.sensitivity.value,
                "never stale" if days is None else f"{days:,.0f} days",
                said.removeprefix("Return ").rstrip("."),
                f"`{text}` → `{standard}`",
                role.hint_field or ("the whole column" if role.column_hint else ""),
                EXTRAS.get(name, ""),
            )
        )
    headers = ("role", "sensitivity", "half-life", "standard form", "example", "informed by")
    return table((*headers, "extra"), rows)


def profile() -> str:
    """Return every field a channel can state."""
    slots: dict[str, list[str]] = {}
    for item in fields().values():
        slots.setdefault(item.base, []).append(item.name)
    rows = [
        (
            ", ".join(f"`{name}`" for name in names),
            f"`{fields()[base].role}`",
            fields()[base].group or "",
        )
        for base, names in slots.items()
    ]
    return table(("field", "role", "taken whole with"), rows)


def units() -> str:
    """Return the atomic groups."""
    rows = [(f"`{n}`", ", ".join(f"`{x}`" for x in m)) for n, m in groups().items() if len(m) > 1]
    return table(("group", "fields"), rows)


def strategies() -> str:
    """Return every way to choose among several values."""
    rows = [
        (f"`{name}`", (found.__doc__ or "").partition("\n")[0].removeprefix("Return ").rstrip("."))
        for name, found in STRATEGIES.items()
    ]
    return table(("strategy", "wins"), rows)


def codes() -> str:
    """Return every exit code."""
    return table(("code", "meaning"), [(str(code), said) for code, said in MEANINGS.items()])


def _capabilities(scheme: str) -> Capabilities:
    """Return what the backend of a scheme declares; its extra has to be installed."""
    found: Capabilities = backend_of(scheme).capabilities  # type: ignore[attr-defined]
    return found


def capabilities(scheme: str) -> str:
    """Return what one store can do."""
    said = _capabilities(scheme)
    meanings = _arguments(Capabilities)
    rows = [(f"`{f.name}`", _shown(getattr(said, f.name)), meanings[f.name]) for f in _FIELDS]
    return table(("capability", "here", "meaning"), rows)


def stores() -> str:
    """Return what all stores can do, beside each other."""
    said = {scheme: _capabilities(scheme) for scheme in STORES}
    rows = [
        (f"`{f.name}`", *(_shown(getattr(found, f.name)) for found in said.values()))
        for f in _FIELDS
    ]
    return table(("capability", *(f"[{name}](stores/{name}.md)" for name in said)), rows)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "**no**"
    return "unlimited" if value is None else f"{value:,}"


def _arguments(kind: type) -> dict[str, str]:
    """Return what the docstring of a class says of each of its arguments."""
    _, _, text = inspect.cleandoc(kind.__doc__ or "").partition("Args:\n")
    found = re.findall(r"^    (\w+): (.*(?:\n {5,}.*)*)", text, re.MULTILINE)
    return {name: re.sub(r"`{2}", "`", " ".join(said.split())) for name, said in found}


_FIELDS = attrs.fields(Capabilities)

TABLES: dict[str, tuple[str, Callable[[], str]]] = {
    "stores": ("stores.md", stores),
    **{name: (f"stores/{name}.md", partial(capabilities, name)) for name in STORES},
    "roles": ("roles.md", roles),
    "fields": ("model.md", profile),
    "groups": ("survivorship.md", units),
    "strategies": ("survivorship.md", strategies),
    "codes": ("cli.md", codes),
}


def filled(text: str, name: str, content: str) -> str:
    """Return a page with the table of a name put between its marks."""
    mark = rf"(<!-- table: {name} -->\n).*?(\n<!-- end of table -->)"
    found, count = re.subn(mark, lambda m: f"{m[1]}{content}{m[2]}", text, count=1, flags=re.DOTALL)
    if count != 1:
        raise SystemExit(f"no page has the marks of table {name}")
    return found


def main() -> None:
    """Write all tables."""
    for name, (page, make) in TABLES.items():
        path = PAGES / page
        path.write_text(filled(path.read_text("utf-8"), name, make()), "utf-8")


if __name__ == "__main__":
    main()
