"""Decide which of several values of a customer wins.

The default order is total and deterministic: pinned by a person, then valid
before known to be wrong, then most trusted channel, then most recent by published
and then observed time, then most frequent, then first by code point. A source that
nobody dated was observed when it was recorded. So dated sources give the same
customer in any order of arrival. Of two pinned values the later wins. A blank is no
candidate; a cleared value is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import frozen

from customerkit.errors import NotFoundError

Values = tuple[str | None, ...]


@frozen
class Candidate:
    """Offer the value of one record for one field or atomic group.

    Args:
        values: One entry a field of the group; all None when cleared.
        record: The record's number.
        pinned: Whether a person set it.
        valid: Whether no part is known to be wrong.
        trust: Weight of the channel for this field.
        times: Published and observed time, and the place among undated sources;
            unknown is -1.
    """

    values: Values
    record: int
    pinned: bool = False
    valid: bool = True
    trust: float = 1.0
    times: tuple[int, int, int] = (-1, -1, -1)


Strategy = Callable[[Sequence[Candidate]], Candidate]


def default(candidates: Sequence[Candidate]) -> Candidate:
    """Return the winner by the order above.

    Example:
        >>> old = Candidate(("a",), 1, times=(1, 1, 1))
        >>> new = Candidate(("b",), 2, times=(2, 1, 1))
        >>> default([old, new]).values
        ('b',)
    """
    seen = Counter(candidate.values for candidate in candidates)

    def order(item: Candidate) -> tuple[Any, ...]:
        return (
            -item.record if item.pinned else 0,
            not item.valid,
            -item.trust,
            tuple(-time for time in item.times),
            -seen[item.values],
            tuple(value or "" for value in item.values),
        )

    return min(candidates, key=order)


def first(candidates: Sequence[Candidate]) -> Candidate:
    """Return what a person pinned last, else what the oldest record says."""
    return _pinned(candidates) or min(candidates, key=lambda item: item.record)


def last(candidates: Sequence[Candidate]) -> Candidate:
    """Return what a person pinned last, else what the youngest record says."""
    return _pinned(candidates) or max(candidates, key=lambda item: item.record)


def most_frequent(candidates: Sequence[Candidate]) -> Candidate:
    """Return what a person pinned last, else what most records say; ties as by default."""
    seen = Counter(candidate.values for candidate in candidates)
    most = max(seen.values())
    return _pinned(candidates) or default([c for c in candidates if seen[c.values] == most])


def longest(candidates: Sequence[Candidate]) -> Candidate:
    """Return what a person pinned last, else the longest text; ties as by default."""
    sizes = {c.record: sum(len(value or "") for value in c.values) for c in candidates}
    most = max(sizes.values())
    return _pinned(candidates) or default([c for c in candidates if sizes[c.record] == most])


def _pinned(candidates: Sequence[Candidate]) -> Candidate | None:
    pinned = [candidate for candidate in candidates if candidate.pinned]
    return max(pinned, key=lambda item: item.record) if pinned else None


STRATEGIES: Mapping[str, Strategy] = {
    function.__name__: function for function in (default, first, last, most_frequent, longest)
}
_WHOLE_RECORD = frozenset({"first", "last"})


def strategy(name: str) -> Strategy:
    """Return the strategy of a name.

    Raises:
        NotFoundError: No such strategy; the message lists those there are.
    """
    try:
        return STRATEGIES[name]
    except KeyError:
        known = ", ".join(STRATEGIES)
        raise NotFoundError(f"no survivorship is called {name!r}; known: {known}") from None


def takes_blanks(name: str) -> bool:
    """Say whether a strategy keeps one whole record, its blanks included.

    ``first`` and ``last`` do what *drop duplicates, keep first* does.
    """
    return name in _WHOLE_RECORD
