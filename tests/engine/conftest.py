"""Give the tests every registered plan, with each of its fillings."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import customerkit
from customerkit.engine.plan import PLANS, PortablePlan


def variants() -> Iterator[tuple[PortablePlan, str]]:
    """Yield each plan of the library with each text it is used with."""
    for module in pkgutil.walk_packages(customerkit.__path__, "customerkit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in sorted(PLANS):
        if not name.startswith("doctest."):
            for sql in PLANS[name].variants():
                yield PLANS[name], sql


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a plan and its text with all of them."""
    if {"plan", "sql"} <= set(metafunc.fixturenames):
        found = list(variants())
        names = [f"{plan.name}-{number}" for number, (plan, _) in enumerate(found)]
        metafunc.parametrize(("plan", "sql"), found, ids=names)
