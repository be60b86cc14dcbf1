"""Work on several parts at once: numpy and rapidfuzz let other threads run meanwhile."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")
_SEVERAL = 2
_MOST = 4  # each thread holds arrays of its own


def workers() -> int:
    """Return how many threads are worth starting."""
    allowed = getattr(os, "sched_getaffinity", None)
    return max(1, min(_MOST, len(allowed(0)) if allowed else os.cpu_count() or 1))


def in_threads(function: Callable[[Item], Answer], items: Iterable[Item]) -> list[Answer]:
    """Return the answer for each item, in the order of the items.

    Example:
        >>> in_threads(len, ["a", "bcd"])
        [1, 3]
    """
    from concurrent.futures import ThreadPoolExecutor

    items = list(items)
    if len(items) < _SEVERAL or workers() < _SEVERAL:
        return list(map(function, items))
    with ThreadPoolExecutor(workers()) as pool:
        return list(pool.map(function, items))


def ahead(
    function: Callable[[Item], Answer], items: Iterable[Item]
) -> Iterator[tuple[Item, Answer]]:
    """Yield each item and its answer, while threads work on the next few.

    The first comes before the second is drawn: who only looks at the beginning pays for no
    more.

    Example:
        >>> list(ahead(len, ["a", "bcd"]))
        [('a', 1), ('bcd', 3)]
    """
    from concurrent.futures import Future, ThreadPoolExecutor

    each = iter(items)
    for item in islice(each, 1):
        yield item, function(item)
    with ThreadPoolExecutor(workers()) as pool:
        waiting: deque[tuple[Item, Future[Answer]]] = deque()
        for drawn in each:
            waiting.append((drawn, pool.submit(function, drawn)))
            if len(waiting) > workers():
                item, answer = waiting.popleft()
                yield item, answer.result()
        for item, answer in waiting:
            yield item, answer.result()
