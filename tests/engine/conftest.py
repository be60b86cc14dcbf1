"""Give the tests every registered plan, with each of its fillings."""

from __future__ import annotations

import pytest

from engine.parity_cases import variants


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a plan and its text with all of them."""
    if {"plan", "sql"} <= set(metafunc.fixturenames):
        found = list(variants())
        names = [f"{plan.name}-{number}" for number, (plan, _) in enumerate(found)]
        metafunc.parametrize(("plan", "sql"), found, ids=names)
