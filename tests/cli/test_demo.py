"""The demo tells a newcomer the whole story on a narrow screen."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from customerkit import demo
from customerkit.report.shown import width

TITLES = [
    "What was collected",
    "What could not be read",
    "What cleaning proposes, and why",
    "One customer before and after",
    "Two that were kept apart",
    "What they do",
    "What one of them likes and needs",
    "How far it can be trusted",
    "Where it is",
]


@pytest.fixture
def told(run: Any) -> str:
    result = run("demo")
    assert result.exit_code == 0, result.stderr
    return str(result.output)


def test_it_has_its_parts_in_order(told: str) -> None:
    places = [told.index(f"\n{title}\n") for title in TITLES]
    assert places == sorted(places)


def test_its_lines_fit(told: str) -> None:
    paths = ("base ", "report ")
    long = [line for line in told.splitlines() if width(line) > 100 and not line.startswith(paths)]
    assert long == []


def test_it_shows_no_epoch_numbers(told: str) -> None:
    assert re.search(r"\b1[0-9]{12}\b", told) is None
    assert re.search(r"\d\.\d\d (GBP|EUR|USD)", told)


def test_it_shows_what_is_promised(told: str) -> None:
    merged = told.partition(TITLES[3])[2].partition(TITLES[4])[0]
    assert merged.count("@") >= 2
    assert "different given names" in told
    assert "correct country" in told
    assert "phone.unassigned" in told or "phone " in told
    assert "uncalibrated" in told


def test_it_leaves_files_and_overwrites_none(run: Any, tmp_path: Path) -> None:
    first = json.loads(run("demo", "--json").stdout)
    second = json.loads(run("demo", "--json").stdout)
    assert first["base"] != second["base"]
    for path in (first["base"], first["report"], second["base"], second["report"]):
        assert Path(path).stat().st_size > 10_000
    assert first["customers"] == second["customers"] > 100


def test_the_sample_files_stay_small() -> None:
    assert sum(path.stat().st_size for path in demo.files().values()) <= 200_000
