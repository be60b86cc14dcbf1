"""Read and write one base from several processes, and count what was older than the bound.

Run as a script: ``soak.py URL CACHE OPERATIONS [PROCESSES [WITHOUT_CACHE]]``. The base
must be new. Prints one line of JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import sys
import time
from collections import Counter
from typing import Any
from urllib.parse import parse_qs, urlsplit

import customerkit as ck
from customerkit.errors import TransientStoreError
from customerkit.store.wrappers import Cached

OFTEN = 160  # operations of a customer: with more, its records would become many
SHARE = 0.05  # of writes, times the number of the process: the first only reads
VERSIONS = 1_000  # of one customer at most


def people(customers: int) -> list[dict[str, Any]]:
    return [
        {"customer_id": n, "name": f"Jane Doe{n}", "email": f"u{n}@example.com", "city": "Leeds"}
        for n in range(1, customers + 1)
    ]


def bound(cache: str) -> float:
    """Return the bound that a cache was asked for."""
    return float(parse_qs(urlsplit(cache).query)["stale"][0])


class Worker:
    """Do a part of the operations; each customer is written by one process alone.

    How often a process writes grows with its number; the first one only reads.

    Args:
        base: The base.
        number: Of this process.
        processes: How many there are.
        stale: The bound.
        written: When each version of each customer was acknowledged, shared by all.
    """

    def __init__(
        self, base: ck.CustomerBase, number: int, processes: int, stale: float, written: Any
    ) -> None:
        self.base, self.stale, self.written = base, stale, written
        self.customers = len(written) // VERSIONS - 1
        self.rng = random.Random(number)
        self.share = SHARE * number
        self.own = [n for n in range(1, self.customers + 1) if 1 + n % (processes - 1) == number]
        self.version = dict.fromkeys(range(1, self.customers + 1), 1)
        self.known = dict.fromkeys(self.version, 1)  # everybody has to see it since long
        self.seen: Counter[str] = Counter()

    def write(self) -> None:
        customer = self.rng.choice(self.own)
        city = f"City{self.rng.random()}"
        while True:
            try:
                self.base.update(f"c-{customer}", city=city)
                break
            except TransientStoreError:
                self.seen["tries again"] += 1
        self.version[customer] += 1
        self.written[customer * VERSIONS + self.version[customer]] = time.monotonic()
        self.seen["writes"] += 1
        found = self.base.get(f"c-{customer}")
        if found.version != self.version[customer] or found.city != city:
            self.seen["own write not seen"] += 1

    def read(self) -> None:
        customer = self.rng.randint(1, self.customers)
        begun = time.monotonic()
        found = self.ask(customer)
        self.seen["reads"] += 1
        version = 0 if found is None else found.version
        if customer in self.own:
            self.seen["own write not seen"] += version != self.version[customer]
        self.known[customer] = self.acknowledged(customer, begun - self.stale)
        self.seen["older than the bound"] += version < self.known[customer]
        self.seen["older within the bound"] += version < self.acknowledged(customer, begun)

    def ask(self, customer: int) -> ck.Customer | None:
        kind = self.rng.randrange(4)
        if kind < 2:
            return self.base.get(f"c-{customer}")
        if kind < 3:
            return self.base.get(("crm", str(customer)))
        return next(iter(self.base.find(email=f"u{customer}@example.com")), None)

    def acknowledged(self, customer: int, when: float) -> int:
        """Return the version that everybody has to see who asks after a time."""
        version = self.known[customer]
        while 0 < self.written[customer * VERSIONS + version + 1] <= when:
            version += 1
        return version


def work(
    url: str, cache: str | bool, stale: float, number: int, processes: int, count: int,
    written: Any, answers: Any,
) -> None:  # fmt: skip
    with ck.open(url, cache=cache) as base:
        worker = Worker(base, number, processes, stale, written)
        for _ in range(count):
            (worker.write if worker.rng.random() < worker.share else worker.read)()
        seen = dict(worker.seen)
        if isinstance(base.backend, Cached):
            seen |= {"hits": base.backend.info().hits, "misses": base.backend.info().misses}
    answers.put(seen)


def soak(
    url: str, cache: str, operations: int, processes: int = 4, without: int = 0
) -> dict[str, Any]:
    """Return what several processes saw together.

    Args:
        url: Of a new base.
        cache: As ``open`` takes it, with its bound.
        operations: How many reads and writes there are, one in thirteen a write.
        processes: How many share them.
        without: How many of the processes have no cache.
    """
    customers = max(12, operations // OFTEN)
    with ck.open(url, cache=False) as base:
        base.collect(people(customers), channel="crm", observed=1)
        base.clean()
    context = multiprocessing.get_context("spawn")
    written, answers = context.RawArray("d", (customers + 1) * VERSIONS), context.Queue()
    begun = time.monotonic()
    workers = [
        context.Process(
            target=work,
            args=(url, number >= without and cache, bound(cache), number, processes,
                  operations // processes, written, answers),
        )
        for number in range(processes)
    ]  # fmt: skip
    for worker in workers:
        worker.start()
    total: Counter[str] = Counter()
    for _ in workers:
        total.update(answers.get(timeout=3600))
    for worker in workers:
        worker.join()
    seconds = time.monotonic() - begun
    return {"operations": operations, "processes": processes, "seconds": round(seconds, 1), **total}


if __name__ == "__main__":
    url_, cache_, *numbers = sys.argv[1:]
    json.dump(soak(url_, cache_, *map(int, numbers)), sys.stdout)
