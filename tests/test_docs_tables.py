"""The tables of the reference say what the code says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from customerkit.roles import ROLES

DOCS = Path(__file__).parents[1] / "docs"


def tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_tables", DOCS / "tables.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


FIXED = ["roles", "fields", "groups", "strategies", "codes"]
STORES = ["stores", "memory", "sqlite", "postgresql", "mysql", "mongodb"]


@pytest.mark.parametrize("name", [*FIXED, *STORES])
def test_a_page_is_up_to_date(name: str) -> None:
    made = tables()
    if name in STORES:
        for library in ("sqlalchemy", "psycopg", "pymysql", "pymongo"):
            pytest.importorskip(library, reason="pip install 'customerkit[stores]'")
    page, make = made.TABLES[name]
    text = (DOCS / "reference" / page).read_text("utf-8")
    assert make() in text, "run python docs/tables.py"
    assert made.filled(text, name, make()) == text


def test_every_table_is_tried_and_every_role_has_an_example() -> None:
    made = tables()
    assert set(made.TABLES) == {*FIXED, *STORES}
    assert made.EXAMPLES.keys() == ROLES.keys()
    for name, text in made.EXAMPLES.items():
        standard = ROLES[name].standardise(text, made.HINTS.get(name))
        assert standard.value not in (None, text)
