"""What is exported is sorted, complete and documented."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import customerkit

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
DIRECTIVE = re.compile(r"^\.\. auto\w+:: customerkit\.(\w+)\s*$", re.MULTILINE)
MODULES = {"errors"}  # public modules that are exported as such


def documented() -> list[str]:
    pages = sorted(REFERENCE.rglob("*.md"))
    return [name for page in pages for name in DIRECTIVE.findall(page.read_text("utf-8"))]


def public_namespace() -> set[str]:
    return {
        name
        for name in dir(customerkit)
        if not name.startswith("_")
        and (not isinstance(getattr(customerkit, name), ModuleType) or name in MODULES)
    }


def in_order(names: set[str]) -> list[str]:
    """Sort as the linter does: constants, classes, functions."""
    return sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))


def test_exported_names_are_sorted_and_unique() -> None:
    assert customerkit.__all__ == in_order(set(customerkit.__all__))


def test_exported_names_are_the_public_namespace() -> None:
    assert set(customerkit.__all__) == public_namespace()


def test_exported_names_are_those_documented() -> None:
    assert sorted(documented()) == sorted(customerkit.__all__)


def test_every_exported_object_has_a_docstring() -> None:
    missing = [
        name
        for name in customerkit.__all__
        if callable(value := getattr(customerkit, name)) and not value.__doc__
    ]
    assert missing == []
