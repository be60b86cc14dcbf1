"""Let many processes count one customer up: each step counts once."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed

import customerkit as ck

_COUNT = """
import sys
import customerkit as ck
from customerkit.errors import ConflictError

url, times = sys.argv[1], int(sys.argv[2])
with ck.open(url) as base:
    found = base.get("c-1")
    version, count = found.version, int(found.notes or 0)
    for _ in range(times):
        while True:
            try:
                base.update("c-1", expected=version, notes=str(count + 1))
            except ConflictError as conflict:
                version, count = conflict.found, int(conflict.theirs["notes"] or 0)
            else:
                version, count = version + 1, count + 1
                break
"""


def count_up(url: str, processes: int, times: int) -> int:
    """Return how far several processes count together, each some times.

    The first that fails ends the others, and its error is told.

    Args:
        url: Of an empty base.
        processes: How many count at once.
        times: How often each.
    """
    with ck.open(url) as base:
        base.update(given_name="Ada")
    command = [sys.executable, "-c", _COUNT, url, str(times)]
    people = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(processes)]
    with ThreadPoolExecutor(processes) as waiting:
        for ended in as_completed([waiting.submit(_errors, one) for one in people]):
            if errors := ended.result():
                for one in people:
                    one.kill()
                raise AssertionError(errors)
    with ck.open(url) as base:
        found = base.get("c-1")
        assert found.version == processes * times + 1
        assert len(base.runs()) == processes * times + 1
        return int(found.notes or 0)


def _errors(process: subprocess.Popen[bytes]) -> str:
    """Return what a process that failed said, nothing of one that did its work."""
    _, errors = process.communicate()
    return errors.decode() if process.returncode else ""
