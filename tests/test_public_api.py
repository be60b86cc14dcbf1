"""What is exported is sorted, complete and documented."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

import customerkit
import customerkit.store.wrappers
import customerkit.testing

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
MODULES = {"errors"}  # public modules that are exported as such
public_modules = pytest.mark.parametrize(
    "module",
    [customerkit, customerkit.store.wrappers, customerkit.testing],
    ids=lambda module: module.__name__,
)


def documented(module: ModuleType) -> list[str]:
    directive = re.compile(rf"^\.\. auto\w+:: {module.__name__}\.(\w+)\s*$", re.MULTILINE)
    pages = sorted(REFERENCE.rglob("*.md"))
    return [name for page in pages for name in directive.findall(page.read_text("utf-8"))]


def public_namespace(module: ModuleType) -> set[str]:
    return {
        name
        for name in dir(module)
        if not name.startswith("_")
        and (not isinstance(getattr(module, name), ModuleType) or name in MODULES)
    }


def in_order(names: set[str]) -> list[str]:
    """Sort as the linter does: constants, classes, functions."""
    return sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))


@public_modules
def test_exported_names_are_sorted_and_unique(module: ModuleType) -> None:
    assert module.__all__ == in_order(set(module.__all__))


@public_modules
def test_exported_names_are_the_public_namespace(module: ModuleType) -> None:
    assert set(module.__all__) == public_namespace(module)


@public_modules
def test_exported_names_are_those_documented(module: ModuleType) -> None:
    assert sorted(documented(module)) == sorted(module.__all__)


@public_modules
def test_every_exported_object_has_a_docstring(module: ModuleType) -> None:
    missing = [
        name
        for name in module.__all__
        if callable(value := getattr(module, name)) and not value.__doc__
    ]
    assert missing == []
