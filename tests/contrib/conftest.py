"""Run Django's example project in this process, on databases of its tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django", reason="Django is not installed: its tests are skipped")
pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed: Django's tests are skipped")

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "django"
sys.path.insert(0, str(EXAMPLE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")

import django

django.setup()

from django.db import connections
from django.test.runner import DiscoverRunner


@pytest.fixture(scope="session", autouse=True)
def databases() -> Iterator[None]:
    """Make the databases of the tests, by the migrations, and drop them at the end."""
    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment(debug=False)
    made = runner.setup_databases()
    yield
    runner.teardown_databases(made)
    runner.teardown_test_environment()


@pytest.fixture
def alias() -> Iterator[Callable[[Path], str]]:
    """Return a function that gives a database of Django its alias, one a folder."""
    made: list[str] = []

    def give(where: Path) -> str:
        name = str(where).strip("/").replace("/", ".")
        if name not in connections.settings:
            sample: dict[str, Any] = connections.settings["default"]
            connections.settings[name] = {**sample, "NAME": str(where / "store.sqlite3")}
            made.append(name)
        return name

    yield give
    for name in made:
        connections[name].close()
        del connections[name]
        del connections.settings[name]
