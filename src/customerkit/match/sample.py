"""Draw pairs of records that are most likely strangers, and count what they share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from customerkit.match.attributes import Attributes, Sharing, key
from customerkit.match.block import Packed, within
from customerkit.match.codes import Floats, totals
from customerkit.match.comparison import Comparison, Levels
from customerkit.match.contexts import Context, Key, number, together
from customerkit.match.hashing import turned
from customerkit.match.levels import Comparisons
from customerkit.match.rarity import EXACT
from customerkit.match.sorting import grouped, sizes_of
from customerkit.match.weigh import Patterns
from customerkit.threads import in_threads

RANDOM = 300_000
"""Random pairs."""
IN_CONTEXT = 60_000
"""Random pairs of one context, see :class:`customerkit.match.levels.Comparison`."""

_UPPER = np.uint64(44)  # bits that do not count where names are counted roughly
_MANY, _MUCH = 20, 0.05  # records of one name in one place, and their share of pairs: guesses
Joint = tuple[Floats, float]
"""Of all pairs of a context those that agree on a value of each rarity, and how many it has."""


def random_pairs(count: int, rng: np.random.Generator) -> tuple[Packed, Packed]:
    """Return pairs of different records, drawn at random."""
    left = rng.integers(0, count, RANDOM)
    right = rng.integers(0, count - 1, RANDOM)
    right += right >= left
    return left, right


def contexts_of(
    comparisons: Comparisons, attributes: Attributes, rng: np.random.Generator
) -> dict[str, Patterns]:
    """Return for each field patterns of pairs that agree on what the field depends on."""
    keys = _keys(comparisons, lambda item: item.drawn)
    shared = list(dict.fromkeys(keys.values()))
    blocks = in_threads(attributes.sharing, shared)
    drawn = [_drawn(block, comparisons.subjects.count, rng) for block in blocks]
    if not drawn:
        return {}
    levels = comparisons.levels(
        (np.concatenate([one for one, _ in drawn]), np.concatenate([other for _, other in drawn]))
    )
    ends = np.cumsum([len(one) for one, _ in drawn])[:-1]
    of_key = dict(zip(shared, np.split(levels, ends), strict=True))
    found: dict[str, list[Levels]] = {}
    for (name, _), names in keys.items():
        found.setdefault(name, []).append(of_key[names])
    sizes = comparisons.sizes
    return {name: Patterns.of(np.concatenate(some), sizes) for name, some in found.items()}


def is_skewed(comparisons: Comparisons, attributes: Attributes) -> bool:
    """Say whether one full name makes up much of what strangers of one place seem to share.

    Then somebody has hundreds of records, and what a place changes cannot be counted.
    """
    contexts = comparisons.contexts.get("given_name", ())
    place = next((item.drawn for item in contexts if item.chance), None)
    if place is None or not attributes.has("names"):
        return False
    there = attributes.sharing(place).sizes.astype(np.float64)
    many = max(float(_MANY), np.sqrt(_MUCH * (there**2).sum()))
    named = key(attributes, ("given", "family", *place))
    named = named[named != 0]
    buckets = np.bincount((named >> _UPPER).astype(np.int64))
    if buckets.max(initial=0) <= many:  # nor does any name alone that is in one of them
        return False
    return bool(sizes_of(grouped(named)[1], len(named)).max(initial=0) > many)


def _keys(
    comparisons: Comparisons, of: Callable[[Context], Key | None]
) -> dict[tuple[str, tuple[Context, ...]], Key]:
    """Return for each field, and contexts that hold at once, the key of all of them together.

    Contexts of which one has no key are left out.
    """
    keys = {
        (name, some): list(map(of, some))
        for name, items in comparisons.contexts.items()
        for some in together(items)
    }
    return {which: sum(filter(None, some), ()) for which, some in keys.items() if all(some)}


def _drawn(block: Sharing, count: int, rng: np.random.Generator) -> tuple[Packed, Packed]:
    """Return random pairs of records that share a key; all of them where there are few."""
    order, starts, sizes = block.order, block.starts, block.sizes
    weights = (sizes * (sizes - 1)).astype(np.float64)
    if weights.sum() <= 2 * IN_CONTEXT:
        packed = within(order, sizes, count)
        return packed // count, packed % count
    runs = rng.choice(len(starts), IN_CONTEXT, p=weights / weights.sum())
    a = (rng.random(IN_CONTEXT) * sizes[runs]).astype(np.int64)
    b = (rng.random(IN_CONTEXT) * (sizes[runs] - 1)).astype(np.int64)
    b += b >= a
    return order[starts[runs] + a], order[starts[runs] + b]


def shared_of(comparisons: Comparisons, attributes: Attributes) -> dict[tuple[str, int], Joint]:
    """Count all pairs of each context, those of no other context."""
    usable = _keys(comparisons, lambda item: item.counted)
    counted = in_threads(
        lambda one: _shared(comparisons[one[0][0]], attributes.sharing(one[1])), usable.items()
    )
    found: dict[tuple[str, tuple[Context, ...]], Joint] = {}
    for (name, some), (agree, pairs) in reversed(list(zip(usable, counted, strict=True))):
        wider = [
            joint for (of, more), joint in found.items() if of == name and set(more) > set(some)
        ]
        found[name, some] = (
            np.maximum(agree - sum(one for one, _ in wider), 0),
            max(pairs - sum(one for _, one in wider), 1.0),
        )
    return {(name, number(some)): joint for (name, some), joint in found.items()}


def _shared(item: Comparison, block: Sharing) -> Joint:
    codes = item.column.codes
    stated = np.flatnonzero((block.runs >= 0) & (codes >= 0))
    runs, codes = block.runs[stated].astype(np.uint64), codes[stated]
    sizes = np.bincount(block.runs[stated]).astype(np.float64)
    order, starts = grouped(turned(runs * np.uint64(len(item.bins)) + codes.astype(np.uint64)))
    counts = sizes_of(starts, len(order)).astype(np.float64)
    bins = item.bins[codes[order[starts]]]
    agree = totals(bins, counts * (counts - 1) / 2, len(EXACT))
    return agree, float((sizes * (sizes - 1) / 2).sum())
