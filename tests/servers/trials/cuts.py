"""Cut the line at each socket operation of a run: a typed error, and a base old or new."""

from __future__ import annotations

import customerkit as ck
from customerkit.errors import TransientStoreError
from proxy import Proxy
from trials.check import ROWS, check, rows


def cut_everywhere(url: str, every: int = 1) -> int:
    """Cut the line at each operation of a run, one after the other.

    Args:
        url: Of an empty base.
        every: Only each so-manieth operation.

    Returns:
        How many places were cut.
    """
    with Proxy(url) as proxy, ck.open(proxy.url) as base:
        base.collect(rows("before"), channel="crm")
        base.clean()
        proxy.cut(None)
        base.collect(rows("dry"), channel="crm")
        operations = proxy.passed
        base.clean()
        places = range(1, operations + 1, every)
        for at in places:
            _cut_once(proxy, base, at)
    return len(places)


def _cut_once(proxy: Proxy, base: ck.CustomerBase, at: int) -> None:
    runs = len(base.runs())
    proxy.cut(at)
    try:
        base.collect(rows(f"cut{at}-"), channel="crm")
        arrived = True
    except TransientStoreError:
        arrived = False
    finally:
        proxy.cut(None)
    found = base.runs()  # the next call works
    assert len(found) in ((runs + 1,) if arrived else (runs, runs + 1))
    base.collect(rows(f"cut{at}-"), channel="crm")  # again: nothing twice
    base.clean()
    check(base, since=runs)
    assert base.runs()[-1].verb == "clean"
    assert sum(1 for _ in base.customers()) % ROWS == 0
