"""Let many processes count one customer up: each step counts once."""

from __future__ import annotations

import subprocess
import sys

import customerkit as ck

_COUNT = """
import sys
import customerkit as ck
from customerkit.errors import ConflictError

url, times = sys.argv[1], int(sys.argv[2])
with ck.open(url) as base:
    for _ in range(times):
        while True:
            found = base.get("c-1")
            try:
                count = str(int(found.notes or 0) + 1)
                base.update("c-1", expected=found.version, notes=count)
                break
            except ConflictError:
                continue
"""


def count_up(url: str, processes: int, times: int) -> int:
    """Return how far several processes count together, each some times.

    Args:
        url: Of an empty base.
        processes: How many count at once.
        times: How often each.
    """
    with ck.open(url) as base:
        base.update(given_name="Ada")
    command = [sys.executable, "-c", _COUNT, url, str(times)]
    people = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(processes)]
    for one in people:
        _, errors = one.communicate()
        assert one.returncode == 0, errors.decode()
    with ck.open(url) as base:
        found = base.get("c-1")
        assert found.version == processes * times + 1
        assert len(base.runs()) == processes * times + 1
        return int(found.notes or 0)
