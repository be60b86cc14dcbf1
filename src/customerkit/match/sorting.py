"""Find equal numbers by sorting: the fast way for whole columns and lists of pairs."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from customerkit.threads import in_threads, workers

_FEW = 1_000_000  # values that are sorted at once
Places = NDArray[np.int64]


@frozen(eq=False)
class Distinct:
    """Hold the different values of an array.

    Args:
        first: For each different value, ascending, the first place where it stands.
        counts: How often each stands.
        back: Place → its value, as a place in ``first``.
    """

    first: Places
    counts: Places
    back: NDArray[np.int32]


def distinct(values: NDArray[Any]) -> Distinct:
    """Find the different values of an array.

    Example:
        >>> found = distinct(np.array([7, 5, 7]))
        >>> found.first.tolist(), found.counts.tolist(), found.back.tolist()
        ([1, 0], [1, 2], [1, 0, 1])
    """
    order = np.argsort(values)
    starts = run_starts(values[order])
    counts = sizes_of(starts, len(values))
    back = runs_of(order, starts)
    first = np.minimum.reduceat(order, starts) if len(starts) else order
    return Distinct(first, counts, back)


def sorted_once(values: NDArray[Any]) -> NDArray[Any]:
    """Return the different values, ascending; ranges of them are sorted in threads.

    Example:
        >>> sorted_once(np.array([7, 5, 7])).tolist()
        [5, 7]
    """
    if len(values) < _FEW:
        return _sorted_once(values)
    bounds = np.quantile(values[:: len(values) // 1_000], np.linspace(0, 1, workers() + 1)[1:-1])
    ranges = zip([None, *bounds], [*bounds, None], strict=True)
    return np.concatenate(in_threads(lambda some: _sorted_once(_between(values, *some)), ranges))


def _between(values: NDArray[Any], low: Any, high: Any) -> NDArray[Any]:
    """Return the values from ``low`` to below ``high``."""
    above = values[values >= low] if low is not None else values
    return above[above < high] if high is not None else above


def _sorted_once(values: NDArray[Any]) -> NDArray[Any]:
    ordered = np.sort(values)
    return ordered[run_starts(ordered)]


def run_starts(ordered: NDArray[Any]) -> Places:
    """Return where each run of equal neighbours starts.

    Example:
        >>> run_starts(np.array([5, 5, 7])).tolist()
        [0, 2]
    """
    if not len(ordered):
        return np.zeros(0, np.int64)
    fresh = np.empty(len(ordered), np.bool_)
    fresh[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return np.flatnonzero(fresh)


def sizes_of(starts: Places, total: int) -> Places:
    """Return the length of each run.

    Example:
        >>> sizes_of(np.array([0, 2]), 3).tolist()
        [2, 1]
    """
    return np.diff(starts, append=total)


def runs_of(order: Places, starts: Places) -> NDArray[np.int32]:
    """Return for each place the number of its run.

    Args:
        order: The places, those of each run together.
        starts: Where each run starts among them.

    Example:
        >>> runs_of(np.array([1, 0, 2]), np.array([0, 1])).tolist()
        [1, 0, 1]
    """
    found = np.empty(len(order), np.int32)
    found[order] = np.repeat(np.arange(len(starts), dtype=np.int32), sizes_of(starts, len(order)))
    return found


def grouped(hashes: NDArray[np.uint64]) -> tuple[Places, Places]:
    """Bring equal hashes together, in the order of their places.

    A number is sorted in a quarter of the time that the place of a number takes, so places
    are sorted as the lower bits of their hashes. Few different hashes share all of the upper
    bits; they are sorted by themselves.

    Args:
        hashes: Numbers with well spread upper bits.

    Returns:
        The places in the order of their hashes, and where each run starts.

    Example:
        >>> order, starts = grouped(np.array([9, 1, 9], np.uint64) << np.uint64(50))
        >>> order.tolist(), starts.tolist()
        ([1, 0, 2], [0, 1])
    """
    low = np.uint64((1 << len(hashes).bit_length()) - 1)
    packed = hashes & ~low
    packed |= np.arange(len(hashes), dtype=np.uint64)
    packed.sort()
    order = (packed & low).view(np.int64)
    ordered = hashes.take(order)
    packed &= ~low
    starts, uppers = run_starts(ordered), run_starts(packed)
    if len(starts) == len(uppers):
        return order, starts
    _sort_mixed(order, ordered, uppers)
    return order, run_starts(ordered)


def _sort_mixed(order: Places, ordered: NDArray[np.uint64], uppers: Places) -> None:
    """Sort hashes that share their upper bits, and their places, where they are different."""
    sizes = sizes_of(uppers, len(ordered))
    differ = ordered != np.repeat(ordered[uppers], sizes)
    mixed = np.flatnonzero(np.repeat(np.logical_or.reduceat(differ, uppers), sizes))
    exact = mixed[np.argsort(ordered[mixed], kind="stable")]
    ordered[mixed], order[mixed] = ordered[exact], order[exact]
