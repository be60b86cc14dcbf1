"""Each store stands crowds, kills and cut lines; benchmarks/stores does it many more times."""

from __future__ import annotations

import pytest

from running import Server
from trials.crowd import count_up
from trials.cuts import cut_everywhere
from trials.kills import kill_server, kill_writers

STORES = ["postgresql", "mysql", "mongodb"]


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> tuple[Server, str]:
    """Return each server with the URL of a new database on it."""
    name = request.param
    return request.getfixturevalue(name), request.getfixturevalue(f"{name}_url")


def test_a_crowd_counts_each_step_once(store: tuple[Server, str]) -> None:
    assert count_up(store[1], processes=4, times=15) == 60


def test_a_killed_writer_leaves_whole_runs(store: tuple[Server, str]) -> None:
    assert kill_writers(store[1], times=6) >= 6


def test_a_killed_server_keeps_what_it_acknowledged(store: tuple[Server, str]) -> None:
    server, url = store
    assert kill_server(server, url, times=3) >= 6


def test_a_cut_line_is_an_error_of_ours_and_leaves_a_whole_base(
    store: tuple[Server, str],
) -> None:
    assert cut_everywhere(store[1], every=4) >= 5
