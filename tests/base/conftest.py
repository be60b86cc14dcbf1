"""Bases to test on: one in memory and one in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

import customerkit as ck


@pytest.fixture(params=["memory", "sqlite"])
def make_base(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[], ck.CustomerBase]]:
    """Return a function that opens an empty base."""
    numbers, opened = count(), []

    def make() -> ck.CustomerBase:
        url = "memory:" if request.param == "memory" else str(tmp_path / f"{next(numbers)}.db")
        opened.append(ck.open(url, actor="tester"))
        return opened[-1]

    yield make
    for base in opened:
        base.close()


@pytest.fixture
def base(make_base: Callable[[], ck.CustomerBase]) -> ck.CustomerBase:
    """Return an empty base."""
    return make_base()
