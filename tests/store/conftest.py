"""Run the kit on stores that are meant to fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from customerkit.testing import BackendTests, ReferenceBackend, failures


@pytest.fixture
def finders() -> Callable[[type[ReferenceBackend], list[str]], list[str]]:
    """Return a function that tells which of some checks find a fault in a store."""

    def find(mutant: type[ReferenceBackend], checks: list[str]) -> list[str]:
        class TestMutant(BackendTests):
            def open_store(self, where: Path) -> ReferenceBackend:
                store = mutant()
                store.where = where  # type: ignore[attr-defined]
                return store

        return list(failures(TestMutant, checks))

    return find
