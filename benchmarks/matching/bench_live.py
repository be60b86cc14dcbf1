"""How fast one record is found among many, and how often the right one comes first.

`python bench_live.py people.csv [--learn] [--queries 2000]`; the column `person` is the truth.
Without `--learn` records are weighed by what is expected before any data is seen.
"""

from __future__ import annotations

import argparse
import csv
import gc
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from measure import show

from customerkit.match.encode import subjects
from customerkit.match.live import Index
from customerkit.match.matcher import Matcher, matcher_of
from customerkit.match.matching import match_columns

FIELDS = "given_name family_name gender birth_date email phone street city postcode".split()
Columns = dict[str, list[Any]]


def read(path: Path) -> Columns:
    """Return the columns of a CSV file, None where nothing stands."""
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    return {
        name: [text or None for text in column]
        for name, column in zip(header, zip(*rows, strict=True), strict=True)
    }


def known(columns: Columns, count: int, learn: bool) -> Matcher:
    """Return what knows the records."""
    return match_columns(columns, count).matcher if learn else matcher_of(subjects(columns, count))


def timed(job: Callable[[Any], Any], inputs: list[Any]) -> tuple[list[Any], dict[str, float]]:
    """Return the answers to many inputs, and milliseconds of one."""
    answers, took = [], []
    for one in inputs:
        start, busy = time.perf_counter(), time.process_time()
        answers.append(job(one))
        took.append((time.perf_counter() - start, time.process_time() - busy))
    wall, cpu = np.percentile(np.array(took) * 1e3, [50, 99, 100], axis=0).round(3).T.tolist()
    names = "p50_ms p99_ms most_ms cpu_p50_ms cpu_p99_ms cpu_most_ms".split()
    return answers, dict(zip(names, [*wall, *cpu], strict=True))


def ask(index: Index, columns: Columns, person: list[Any], queries: int) -> None:
    """Ask for records that have a duplicate, leaving themselves out."""
    times = Counter(person)
    draw = random.Random(7)
    several = [at for at, one in enumerate(person) if times[one] > 1]
    asked = draw.sample(several, min(queries, len(several)))
    values = [{name: columns[name][at] for name in columns} for at in asked]
    for one in values[:50]:
        index.find(one)
    found, took = timed(lambda one: index.find(one, 6), values)
    others = [
        [hit for hit in hits if hit.record != at] for at, hits in zip(asked, found, strict=True)
    ]
    first = [hits and person[hits[0].record] == person[at]
             for at, hits in zip(asked, others, strict=True)]  # fmt: skip
    among = [any(person[hit.record] == person[at] for hit in hits)
             for at, hits in zip(asked, others, strict=True)]  # fmt: skip
    sizes = [len(index.candidates(one)) for one in values]
    show(
        job="find",
        **took,
        candidates=round(float(np.mean(sizes)), 1),
        most_candidates=max(sizes),
        right_first=round(sum(map(bool, first)) / len(asked), 4),
        right_among_5=round(sum(among) / len(asked), 4),
    )
    records = list(range(len(person), len(person) + len(values)))
    _, took = timed(lambda pair: index.add(*pair), list(zip(records, values, strict=True)))
    show(job="add", **took)
    _, took = timed(index.remove, [*records, *asked])
    show(job="remove", **took)


def main() -> None:
    """Build, ask, and print one line of JSON for each job."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--learn", action="store_true")
    parser.add_argument("--queries", type=int, default=2_000)
    options = parser.parse_args()
    everything = read(options.path)
    columns, person = {name: everything[name] for name in FIELDS}, everything["person"]
    start = time.perf_counter()
    matcher = known(columns, len(person), options.learn)
    made = time.perf_counter()
    index = Index.of(matcher, np.arange(len(person)))
    built = time.perf_counter()
    show(
        job="build",
        records=len(person),
        matcher_s=round(made - start, 2),
        index_s=round(built - made, 2),
        index_MB=round(index.nbytes / 1e6),
        peak_MB=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )
    del matcher, everything
    gc.collect()
    ask(index, columns, person, options.queries)


if __name__ == "__main__":
    main()
