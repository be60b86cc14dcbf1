"""Processes that share a base see what others wrote within the bound, and their own at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SOAK = Path(__file__).with_name("soak.py")


@pytest.mark.parametrize(
    ("cache", "operations", "without"),
    [
        pytest.param("memory:?stale=0.05", 2_000, 0, id="all with a cache"),
        pytest.param("memory:?stale=0.5", 800, 1, id="one without"),
        pytest.param("memory:?stale=0", 800, 0, id="no bound"),
    ],
)
def test_nothing_is_older_than_the_bound(
    tmp_path: Path, cache: str, operations: int, without: int
) -> None:
    command = [sys.executable, SOAK, tmp_path / "a.db", cache, str(operations), "4", str(without)]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["reads"] + seen["writes"] == operations
    assert seen["hits"] > 0
    assert (seen["older than the bound"], seen["own write not seen"]) == (0, 0)
    assert seen["older within the bound"] == 0 or cache != "memory:?stale=0"
