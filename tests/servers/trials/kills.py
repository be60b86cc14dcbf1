"""Kill whoever writes, or the server, at any time: what was acknowledged stays."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import customerkit as ck
from running import Server
from trials.check import check

_WRITE = """
import sys, time
sys.path.insert(0, sys.argv[3])
import customerkit as ck
from customerkit.errors import StoreError
from trials.check import rows

url, name = sys.argv[1:3]

def opened():
    while True:
        try:
            return ck.open(url)
        except StoreError:
            time.sleep(0.05)

base, batch = opened(), 0
while True:
    batch += 1
    try:
        print("run", base.collect(rows(f"{name}{batch}"), channel="crm").run_id, flush=True)
        base.clean()
        print("cleaned", flush=True)
    except StoreError as error:
        print("failed", type(error).__name__, flush=True)
        time.sleep(0.05)
"""
_HERE = str(Path(__file__).parents[1])


class Writer:
    """Collect and clean in a process of its own, and tell of every run."""

    def __init__(self, url: str, name: str) -> None:
        command = [sys.executable, "-c", _WRITE, url, name, _HERE]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.lines: list[str] = []

    def wait(self, word: str = "run") -> None:
        """Wait until the writer says a word."""
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        while line := self._process.stdout.readline():
            self.lines.append(line)
            if line.startswith(word):
                return
        raise AssertionError(self._process.stderr.read())

    def kill(self) -> list[int]:
        """Kill the process and return the runs it was told of."""
        self._process.send_signal(signal.SIGKILL)
        said, _ = self._process.communicate()
        whole = [line for line in [*self.lines, *said.splitlines(True)] if line.endswith("\n")]
        return [int(line.split()[1]) for line in whole if line.startswith("run")]


@contextmanager
def writing(url: str, name: str) -> Iterator[Writer]:
    """Have a writer at work, and gone at the end."""
    writer = Writer(url, name)
    try:
        yield writer
    finally:
        writer.kill()


def kill_writers(url: str, times: int, seed: int = 0) -> int:
    """Kill a writer many times, each time at another moment.

    Args:
        url: Of a base.
        times: How often.
        seed: Of the moments.

    Returns:
        How many runs were acknowledged; all of them are there, and whole.
    """
    chance, seen, told = random.Random(seed), 0, 0
    for turn in range(times):
        writer = Writer(url, f"w{seed}-{turn}-")
        writer.wait()
        time.sleep(chance.uniform(0, 0.15))
        acknowledged = writer.kill()
        told += len(acknowledged)
        with ck.open(url) as base:
            base.clean()
            seen = len(check(base, acknowledged, since=seen))
    return told


def kill_server(server: Server, url: str, times: int, seed: int = 0) -> int:
    """Kill the server under a writer many times; the writer goes on when it is back.

    Args:
        server: The server.
        url: Of a base on it.
        times: How often.
        seed: Of the moments.

    Returns:
        How many runs were acknowledged; all of them are there, and whole.
    """
    chance = random.Random(seed)
    with writing(url, f"s{seed}-") as writer:
        for _ in range(times):
            writer.wait()
            time.sleep(chance.uniform(0, 0.15))
            server.kill()
            server.restart()
            writer.wait()
        acknowledged = writer.kill()
    with ck.open(url) as base:
        base.clean()
        check(base, acknowledged)
    return len(acknowledged)
