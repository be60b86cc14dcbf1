"""Measure a job beside its yardstick: both in fresh processes, in turn, medians and a ratio."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import statistics
import time
from collections.abc import Callable
from typing import Any


def _child(job: Callable[..., Any], arguments: tuple[Any, ...], pipe: Any) -> None:
    start = time.perf_counter()
    result = job(*arguments)
    wall = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pipe.send((wall if result is None else result, peak))


def once(job: Callable[..., Any], *arguments: Any) -> tuple[float, float]:
    """Return seconds (or what the job returns) and peak MB of a job in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_child, args=(job, arguments, theirs))
    process.start()
    theirs.close()  # else a job that fails would be waited for forever
    answer = ours.recv()
    process.join()
    return answer


def compare(
    title: str,
    job: Callable[..., Any],
    yardstick: Callable[..., Any],
    *arguments: Any,
    runs: int = 3,
) -> None:
    """Print medians of both and the ratio of their seconds and memory."""
    pairs = [(once(job, *arguments), once(yardstick, *arguments)) for _ in range(runs)]
    seconds = [statistics.median(pair[at][0] for pair in pairs) for at in (0, 1)]
    memory = [statistics.median(pair[at][1] for pair in pairs) for at in (0, 1)]
    print(
        f"{title}: {seconds[0]:.2f} s and {memory[0]:.0f} MB; "
        f"yardstick {yardstick.__name__} {seconds[1]:.2f} s and {memory[1]:.0f} MB; "
        f"ratio {seconds[0] / seconds[1]:.2f} wall, {memory[0] / memory[1]:.2f} memory; "
        f"cores {os.cpu_count()}, runs {runs}"
    )


def show(**facts: Any) -> None:
    """Print facts as one line of JSON."""
    print(json.dumps(facts))
