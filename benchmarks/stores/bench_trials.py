"""Let crowds, kills and cut lines loose on each real server, as often as asked, and count."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "servers"))

from customerkit.store.protocol import Backend
from customerkit.store.registry import atomic, open_backend
from customerkit.testing.programs import run_programs
from running import FerretDB, MariaDB, PostgreSQL, Server
from trials.crowd import count_up
from trials.cuts import cut_everywhere
from trials.kills import kill_server, kill_writers

SERVERS: dict[str, type[Server] | None] = {
    "sqlite": None,
    "postgresql": PostgreSQL,
    "mysql": MariaDB,
    "mongodb": FerretDB,
}


@contextmanager
def fresh(server: Server | None) -> Iterator[str]:
    """Lend the URL of an empty base."""
    if server is not None:
        with server.fresh() as url:
            yield url
        return
    with tempfile.TemporaryDirectory() as folder:
        yield str(Path(folder) / "customers.db")


def programs(server: Server | None, times: int) -> int:
    """Run random programs, each on an empty store, and return on how many they ran."""
    stores = 0
    with ExitStack() as stack:
        url = ""

        def start() -> Backend:
            nonlocal url, stores
            stack.close()
            url, stores = stack.enter_context(fresh(server)), stores + 1
            return atomic(open_backend(url))

        def again(store: Backend) -> Backend:
            store.close()
            return atomic(open_backend(url))

        run_programs(start, again, times)
    return stores


def tell(store: str, trial: str, server: Server | None, job: Callable[[str], Any]) -> None:
    """Do a job on an empty base and print what it returns; it raises where a bar is missed."""
    with fresh(server) as url:
        start = time.perf_counter()
        found = job(url)
        seconds = round(time.perf_counter() - start, 1)
    facts = {"store": store, "trial": trial, "found": found, "seconds": seconds}
    print(json.dumps(facts), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stores", nargs="*", default=list(SERVERS))
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--increments", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--server-kills", type=int, default=20)
    parser.add_argument("--cut-every", type=int, default=1)
    parser.add_argument("--programs", type=int, default=2_000)
    options = parser.parse_args()
    for name in options.stores:
        kind = SERVERS[name]
        if kind is not None and (why := kind.missing()):
            print(json.dumps({"store": name, "left out": why}))
            continue
        with nullcontext() if kind is None else kind() as server:
            trials(name, server, options)


def trials(name: str, server: Server | None, options: argparse.Namespace) -> None:
    """Run those trials of a store whose number is not 0."""

    def trial(title: str, times: int, job: Callable[[str], Any]) -> None:
        if times:
            tell(name, f"{title}, {times} times", server, job)

    crowd, each = options.processes, options.increments
    trial(f"{crowd} processes count up", each, lambda url: count_up(url, crowd, each))
    trial("writer killed", options.kills, lambda url: kill_writers(url, options.kills))
    trial("random programs", options.programs, lambda _: programs(server, options.programs))
    if server is None:
        return
    times = options.server_kills
    trial("server killed", times, lambda url: kill_server(server, url, times))
    trial(
        "line cut at every operation by",
        options.cut_every,
        lambda url: cut_everywhere(url, options.cut_every),
    )


if __name__ == "__main__":
    main()
