"""Draw pairs of records that are most likely strangers, and count what they share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from customerkit.match.attributes import Attributes, key
from customerkit.match.block import Packed, within
from customerkit.match.codes import Floats, totals
from customerkit.match.comparison import Comparison
from customerkit.match.contexts import Context, Key, number, together
from customerkit.match.hashing import Hashes, mixed
from customerkit.match.levels import Comparisons
from customerkit.match.rarity import EXACT
from customerkit.match.sorting import grouped, sizes_of
from customerkit.match.threads import in_threads
from customerkit.match.weigh import Patterns

RANDOM = 300_000
"""Random pairs."""
IN_CONTEXT = 60_000
"""Random pairs of one context, see :class:`customerkit.match.levels.Comparison`."""

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
    sharing = in_threads(lambda names: _sharing(key(attributes, names)), shared)
    blocks = dict(zip(shared, sharing, strict=True))
    count = comparisons.subjects.count
    drawn = [(name, _drawn(*blocks[names], count, rng)) for (name, _), names in keys.items()]
    if not drawn:
        return {}
    left, right = (np.concatenate([pairs[side] for _, pairs in drawn]) for side in (0, 1))
    levels = comparisons.levels((left, right))
    of = np.repeat([name for name, _ in drawn], [len(pairs[0]) for _, pairs in drawn])
    sizes = comparisons.sizes
    return {name: Patterns.of(levels[of == name], sizes) for name in dict.fromkeys(of.tolist())}


def is_skewed(comparisons: Comparisons, attributes: Attributes) -> bool:
    """Say whether one full name makes up much of what strangers of one place seem to share.

    Then somebody has hundreds of records, and what a place changes cannot be counted.
    """
    contexts = comparisons.contexts.get("given_name", ())
    place = next((item.drawn for item in contexts if item.chance), None)
    if place is None or not attributes.has("names"):
        return False
    _, _, named = _sharing(key(attributes, ("given", "family", *place)))
    _, _, there = _sharing(key(attributes, place))
    most = int(named.max(initial=0))
    return most > _MANY and most**2 > _MUCH * float((there.astype(np.float64) ** 2).sum())


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


def _sharing(hashes: Hashes) -> tuple[Packed, Packed, Packed]:
    """Return the records that have a key, by key, and where and how long each run is."""
    stated = np.flatnonzero(hashes)
    order, starts = grouped(hashes[stated])
    return stated[order], starts, sizes_of(starts, len(order))


def _drawn(
    order: Packed, starts: Packed, sizes: Packed, count: int, rng: np.random.Generator
) -> tuple[Packed, Packed]:
    """Return random pairs of records that share a key; all of them where there are few."""
    weights = (sizes * (sizes - 1)).astype(np.float64)
    if weights.sum() <= 2 * IN_CONTEXT:
        packed = within(order, sizes, count)
        return packed // count, packed % count
    blocks = rng.choice(len(starts), IN_CONTEXT, p=weights / weights.sum())
    a = (rng.random(IN_CONTEXT) * sizes[blocks]).astype(np.int64)
    b = (rng.random(IN_CONTEXT) * (sizes[blocks] - 1)).astype(np.int64)
    b += b >= a
    return order[starts[blocks] + a], order[starts[blocks] + b]


def shared_of(comparisons: Comparisons, attributes: Attributes) -> dict[tuple[str, int], Joint]:
    """Count all pairs of each context, those of no other context."""
    usable = _keys(comparisons, lambda item: item.counted)
    counted = in_threads(
        lambda one: _shared(comparisons[one[0][0]], key(attributes, one[1])), usable.items()
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


def _shared(item: Comparison, hashes: Hashes) -> Joint:
    codes = item.column.codes
    stated = np.flatnonzero((hashes != 0) & (codes >= 0))
    order, starts = grouped(hashes[stated])
    sizes = sizes_of(starts, len(order)).astype(np.float64)
    order, starts = grouped(mixed(hashes[stated], (codes[stated] + 1).astype(np.uint64)))
    counts = sizes_of(starts, len(order)).astype(np.float64)
    bins = item.bins[codes[stated[order[starts]]]]
    agree = totals(bins, counts * (counts - 1) / 2, len(EXACT))
    return agree, float((sizes * (sizes - 1) / 2).sum())
