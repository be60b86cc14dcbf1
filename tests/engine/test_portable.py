"""Every plan keeps to the SQL that all engines understand alike, and every SQL text is a plan."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import customerkit
from customerkit.engine.plan import PLANS, PortablePlan, register
from customerkit.errors import InputError

SOURCE = Path(customerkit.__file__).parent
FUNCTIONS = {"count", "sum", "min", "max", "cast", "row_number"}
BEFORE_PARENTHESIS = set(
    "select from join on where and or not in as over by when then else case all distinct".split()
)
FORBIDDEN = {
    "a division": r"/",
    "a quoted identifier or a comment": r"[\"`\[]|--",
    "a pattern": r"\b(?:like|ilike|glob|regexp|rlike|similar|match|escape)\b",
    "a date": r"\b(?:date|time|timestamp|interval|extract|current_\w+)\b",
    "a collation": r"\bcollate\b",
    "a limit, which needs a total order": r"\b(?:limit|offset|fetch)\b",
    "union without all": r"\bunion\b(?!\s+all\b)",
    "a float": r"\b(?:real|double|float|decimal|numeric)\b|\d\.\d",
    "a cast to something else than bigint": r"\bas\s+(?:varchar|text|int|integer|string|blob)\b",
    "a sum that is not cast to bigint": r"(?<!cast\()\bsum\s*\(",
    "another join": r"\b(?:full|right|cross|natural|lateral|using)\b",
    "another window": r"\b(?:rows|range)\s+between\b",
}
ORDER = re.compile(r"\border by\s+(?P<keys>[^()]*?)(?=\)|$|\bunion\b)", re.DOTALL)


def problems(text: str, never_null: frozenset[str]) -> list[str]:
    """Return what keeps a text from giving the same bytes on every engine."""
    bare = re.sub(r"'[^']*'", "''", text)
    found = [what for what, pattern in FORBIDDEN.items() if re.search(pattern, bare)]
    called = set(re.findall(r"\b([a-z_]\w*)\s*\(", bare, re.IGNORECASE))
    found += [f"the function {n}" for n in sorted(called - FUNCTIONS - BEFORE_PARENTHESIS)]
    if len(re.findall(r"\border by\b", bare)) != len(list(ORDER.finditer(bare))):
        found.append("an order that cannot be read")
    for order in ORDER.finditer(bare):
        for key in order["keys"].split(","):
            name = re.sub(r"\s+(?:asc|desc)$", "", key.strip()).rpartition(".")[2]
            if name not in never_null:
                found.append(f"an order by {name!r}, which may be NULL")
    return found


def test_plan_is_portable(plan: PortablePlan, sql: str) -> None:
    assert problems(sql, plan.never_null) == []


@pytest.mark.parametrize(
    "text",
    [
        "select lower(a) from t",
        "select a from t where a like 'x%'",
        "select date(a) from t",
        "select a / 2 from t",
        "select sum(a) from t",
        "select cast(sum(a) as double) from t",
        "select cast(a as varchar) from t",
        'select "a" from t',
        "select a from t order by b",
        "select row_number() over (partition by a order by b) from t",
        "select a from t order by lower(k)",
        "select a from t order by k limit 1",
        "select a from t union select a from u",
        "select md5(a) from t",
        "select avg(a) from t",
        "select a || substr(b, 1) from t",
        "select count(*) over (partition by a) from t -- why",
        "select a from t cross join u",
    ],
)
def test_lint_refuses(text: str) -> None:
    assert problems(text, frozenset({"k"})) != []


def test_lint_accepts_the_subset() -> None:
    text = (
        "select 'lower(x) / like' || a, cast(sum(n) as bigint) as n, row_number() over ("
        "partition by a order by k desc, t.k) as place from t join (select a from u) u"
        " on u.a = t.a where a in (select b from v) and k <= $top order by t.k"
    )
    assert problems(text, frozenset({"k"})) == []


# ── every SQL text is a plan ─────────────────────────────────────────────────

SQL = re.compile(r"\bselect\b.*?\bfrom\b", re.IGNORECASE | re.DOTALL)
ENGINES_AND_STORES = ("engine", "store/backends", "contrib/django/")  # which speak to one database


def unregistered(code: str) -> Iterator[int]:
    """Yield the lines of SQL texts that are neither a docstring nor part of a plan."""
    yield from _unregistered(ast.parse(code), inside=False)


def _unregistered(node: ast.AST, *, inside: bool) -> Iterator[int]:
    if isinstance(node, ast.Call) and _name(node.func) in ("register", "PortablePlan", "_plan"):
        inside = True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Constant | ast.JoinedStr):
        if not inside and SQL.search(_text(node)):
            yield node.lineno
        return
    for child in ast.iter_child_nodes(node):
        yield from _unregistered(child, inside=inside)


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", None) or getattr(function, "id", "")


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(p.value) if isinstance(p, ast.Constant) else "x" for p in parts)


def modules() -> list[str]:
    paths = (path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))
    return sorted(path for path in paths if not path.startswith(ENGINES_AND_STORES))


@pytest.mark.parametrize("path", modules())
def test_every_sql_text_is_registered(path: str) -> None:
    assert list(unregistered((SOURCE / path).read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        'engine.run("select a from t", into="u")',
        'engine.stream(f"select {a} from {t}")',
        'TEXT = """\nselect a\nfrom t\n"""',
        'rows = one(engine, "select " "a from t")',
    ],
)
def test_unregistered_text_is_found(code: str) -> None:
    assert list(unregistered(code)) != []


def test_plan_of_a_registry_is_not_reported() -> None:
    code = '"""Take the select from here."""\nregister(PortablePlan("a.b", "select a from t", {}))'
    assert list(unregistered(code)) == []


# ── the registry ─────────────────────────────────────────────────────────────


def test_two_plans_of_one_name_are_refused() -> None:
    known = next(iter(PLANS.values()))
    assert register(known) is known
    with pytest.raises(InputError, match=known.name):
        register(PortablePlan(known.name, "select 1 as one", {}))


@pytest.mark.parametrize(
    ("name", "text", "parts"),
    [
        ("Plan", "select a from t", ()),
        ("room.purpose", "select {a} from t", ()),
        ("room.purpose", "select {a} from t", ({"b": "x"},)),
    ],
)
def test_plan_that_cannot_be_tested_is_refused(
    name: str, text: str, parts: tuple[dict[str, str], ...]
) -> None:
    with pytest.raises(InputError):
        PortablePlan(name, text, {}, parts=parts)
