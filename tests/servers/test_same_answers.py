"""A base that goes from store to store stays the same, and every store finds the same people."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import customerkit as ck
from customerkit import demo

AS_OF = 1_750_000_000_000
ASKED = ("jnae smiht", "begum leila", "marsden colin leeds", "+44 7700 900611", "wlaker.grace")


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a base with all kinds of rows and runs."""
    path = tmp_path_factory.mktemp("origin") / "origin.db"
    with ck.open(path, actor="tester") as base:
        for name, file in demo.files().items():
            space = demo.ID_SPACES.get(name)
            channel = demo.CHANNELS[name]
            base.collect(file, channel=channel, external_ids=space, observed=AS_OF)
        base.clean()
        base.update("c-1", city="Bath")
        base.erase("c-9")
        base.delete("c-7")
    return path


def answers(url: Any) -> dict[str, Any]:
    """Return what a base says of everything, and finds."""
    with ck.open(url, actor="tester") as base:
        found = [base.search(text) for text in ASKED]
        return {
            "customers": list(base.customers()),
            "analysis": repr(base.analyze(as_of=AS_OF)),
            "scores": repr(base.score(as_of=AS_OF)),
            "runs": base.runs(),
            "found": [[(hit.id, hit.score) for hit in one] for one in found],
            "facets": [dict(one.facets) for one in found],
        }


def test_from_store_to_store_and_back(
    origin: Path, postgresql_url: str, mongodb_url: str, mysql_url: str, tmp_path: Path
) -> None:
    back = str(tmp_path / "back.db")
    way = [str(origin), postgresql_url, mongodb_url, mysql_url, back]
    digests = {ck.copy(here, there).digest for here, there in pairwise(way)}
    assert len(digests) == 1
    expected = answers(origin)
    assert any(expected["found"])
    for url in way[1:]:
        found = answers(url)
        assert [name for name in expected if found[name] != expected[name]] == [], url
