"""Speed of what a cache answers, beside the same reads without one, and its staleness.

Uses the store of ``--url``, else a PostgreSQL that the tests can start, else a SQLite
file; shared in Redis where ``--redis`` or a server that the tests can start gives one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / part) for part in ("benchmarks", "tests/servers")]

from measure import compare, once, show  # noqa: E402 - found through the path above

CUSTOMERS = 500
TIMES = 4_000
IN_PROCESS = "memory:"


def fill(url: str) -> None:
    import customerkit as ck

    rows = [
        {
            "customer_id": n,
            "name": f"Given{n} Family",
            "email": f"u{n}@example.com",
            "city": "Leeds",
        }
        for n in range(1, CUSTOMERS + 1)
    ]
    with ck.open(url, cache=False) as base:
        base.collect(rows, channel="crm", observed=1)
        base.collect(rows[::2], channel="web", observed=2)
        base.clean()


def _timed(url: str, cache: str | bool, kind: str, times: int = TIMES) -> float:
    """Return the seconds of reads of one kind, after each was made once."""
    import customerkit as ck
    from customerkit.model.tables import CUSTOMERS as TABLE

    with ck.open(url, cache=cache) as base:
        ask: Callable[[int], Any] = {
            "row": lambda n: base.backend.get(TABLE, [n]),
            "customer by id": lambda n: base.get(f"c-{n}"),
            "customer by key": lambda n: base.get(("crm", str(n))),
            "find by e-mail": lambda n: base.find(email=f"u{n}@example.com"),
        }[kind]
        for number in range(1, CUSTOMERS + 1):
            ask(number)
        start = time.perf_counter()
        for at in range(times):
            ask(at % CUSTOMERS + 1)
        return time.perf_counter() - start


def cached(url: str, cache: str, kind: str) -> float:
    return _timed(url, cache, kind)


def uncached(url: str, cache: str, kind: str) -> float:
    return _timed(url, False, kind)


def first_reads(url: str, cache: str | bool) -> float:
    """Return the seconds until a new process has read every customer."""
    import customerkit as ck

    with ck.open(url, cache=cache) as base:
        base.get("c-1")
        start = time.perf_counter()
        for number in range(2, CUSTOMERS + 1):
            base.get(f"c-{number}")
        return time.perf_counter() - start


def updates(url: str, cache: str | bool, count: int = 500) -> float:
    """Return the seconds of single updates with history."""
    import customerkit as ck

    with ck.open(url, cache=cache) as base:
        start = time.perf_counter()
        for at in range(count):
            base.update(f"c-{at % CUSTOMERS + 1}", city=f"City{time.perf_counter_ns()}")
        return time.perf_counter() - start


def marked_updates(url: str, cache: str) -> float:
    return updates(url, cache)


def plain_updates(url: str, cache: str) -> float:
    return updates(url, False)


@contextmanager
def _server(name: str, stack: ExitStack) -> Iterator[Any]:
    import running

    kind = getattr(running, name)
    yield None if kind.missing() else stack.enter_context(kind())


@contextmanager
def stores(options: argparse.Namespace) -> Iterator[tuple[Callable[[], str], str | None]]:
    """Give a function that names a new base, and the URL of Redis."""
    from customerkit.store.registry import schemes

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        redis = options.redis
        if redis is None:
            with _server("Redis", stack) as server:
                redis = None if server is None else stack.enter_context(server.fresh())
        if options.url or "postgresql" not in schemes():
            numbers = iter(range(100))
            yield lambda: options.url or str(folder / f"{next(numbers)}.db"), redis
            return
        with _server("PostgreSQL", stack) as server:
            yield lambda: stack.enter_context(server.fresh()), redis


def _soaked(url: str, cache: str, operations: int) -> None:
    command = [sys.executable, str(ROOT / "tests/store/soak.py"), url, cache, str(operations)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    print(f"{operations:,} mixed operations of 4 processes, {cache.split('?')[1]}: {done.stdout}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", help="of a new base; tables are made there")
    parser.add_argument("--redis", help="URL of a Redis database to use")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--operations", type=int, default=100_000)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    with stores(options) as (new, redis):
        url = new()
        once(partial(fill, url))
        show(store=url.split(":")[0] if "://" in url else "sqlite", reads=TIMES)
        if options.only in ("", "reads"):
            for kind in ("row", "customer by id", "customer by key", "find by e-mail"):
                compare(f"{TIMES:,} × {kind}", cached, uncached, url, IN_PROCESS, kind,
                        runs=options.runs)  # fmt: skip
        if options.only in ("", "updates"):
            compare("500 updates", marked_updates, plain_updates, url, IN_PROCESS,
                    runs=options.runs)  # fmt: skip
        if redis and options.only in ("", "redis"):
            once(first_reads, url, redis)
            warm, cold = (once(first_reads, url, cache)[0] for cache in (redis, False))
            show(first_reads_from_redis=round(warm, 3), without_cache=round(cold, 3))
        if options.only in ("", "soak"):
            _soaked(new(), "memory:?stale=0.02", options.operations)
            if redis:
                _soaked(new(), f"{redis}?stale=0.02", options.operations // 5)


if __name__ == "__main__":
    main()
