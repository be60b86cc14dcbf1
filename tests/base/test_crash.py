"""Kill the writer at random: no acknowledged run is lost, none is half there."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import customerkit as ck
from customerkit.store.unit import details

WRITER = """
import sys, customerkit as ck
base = ck.open(sys.argv[1])
for batch in range(10_000):
    rows = [
        {"customer_id": f"{batch}-{i}", "name": f"G{i} Ray", "email": f"u{batch}-{i}@example.com"}
        for i in range(20)
    ]
    run = base.collect(rows, channel="crm").run_id
    print("collected", run, flush=True)
    created = base.clean().created
    print("cleaned", len(created), flush=True)
"""


@pytest.mark.parametrize("seed", range(6))
def test_kill_in_the_middle_of_collect_and_clean(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "crash.db"
    ck.open(path).close()
    acknowledged = _kill_after(path, random.Random(seed).uniform(0.05, 0.6))
    base = ck.open(path)
    runs = base.runs()
    collected = [run for run in runs if run.verb == "collect"]
    assert {run.run_id for run in collected} >= {
        n for what, n in acknowledged if what == "collected"
    }
    for run in collected:
        assert run.first_record is not None
        assert run.last_record is not None
        assert run.last_record - run.first_record == 19
        assert details(run)["counts"]["records"] == 20
    cleaned = sum(1 for run in runs if run.verb == "clean")
    assert cleaned >= sum(1 for what, _ in acknowledged if what == "cleaned")
    assert len(list(base.customers())) == 20 * cleaned
    base.clean()
    assert len(list(base.customers())) == 20 * len(collected)
    base.close()


def _kill_after(path: Path, seconds: float) -> list[tuple[str, int]]:
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline()]
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            lines.append(child.stdout.readline())
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.readlines()
    words = [line.split() for line in lines if line.endswith("\n")]
    return [(what, json.loads(number)) for what, number in words]
