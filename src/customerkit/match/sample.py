"""Draw pairs of records that are most likely strangers, and count what they share."""

from __future__ import annotations

import numpy as np

from customerkit.match.attributes import Attributes, key
from customerkit.match.block import Packed
from customerkit.match.codes import Floats, totals
from customerkit.match.hashing import Hashes, mixed
from customerkit.match.levels import EXACT, Comparisons
from customerkit.match.sorting import distinct, grouped, sizes_of
from customerkit.match.weigh import Patterns

RANDOM = 300_000
"""Random pairs."""
IN_CONTEXT = 60_000
"""Random pairs of one context, see :class:`customerkit.match.levels.Comparison`."""

_DEPENDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "family_name": (("given",),),
    "email": (("given",), ("family",), ("given", "family")),
    "gender": (("given",),),
    "street": (("postcode",),),
    "city": (("postcode",),),
}
_COUNTED: dict[tuple[str, int], tuple[str, ...]] = {
    ("family_name", 1): ("given",),
    ("street", 1): ("postcode",),
    ("city", 1): ("postcode",),
}


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
    found: dict[str, Patterns] = {}
    for item in comparisons.fields:
        keys = [names for names in _DEPENDS.get(item.name, ()) if all(map(attributes.has, names))]
        pairs = [_sharing(key(attributes, names), rng) for names in keys]
        sampled = [comparisons.levels(some) for some in pairs if len(some[0])]
        if sampled:
            found[item.name] = Patterns.of(np.concatenate(sampled), comparisons.sizes)
    return found


def _sharing(hashes: Hashes, rng: np.random.Generator) -> tuple[Packed, Packed]:
    """Return random pairs of records that share a key."""
    stated = np.flatnonzero(hashes)
    order, starts = grouped(hashes[stated])
    sizes = sizes_of(starts, len(order))
    order = stated[order]
    weights = (sizes * (sizes - 1)).astype(np.float64)
    if not weights.sum():
        return order[:0], order[:0]
    blocks = rng.choice(len(starts), IN_CONTEXT, p=weights / weights.sum())
    a = (rng.random(IN_CONTEXT) * sizes[blocks]).astype(np.int64)
    b = (rng.random(IN_CONTEXT) * (sizes[blocks] - 1)).astype(np.int64)
    b += b >= a
    return order[starts[blocks] + a], order[starts[blocks] + b]


def shared_of(
    comparisons: Comparisons, attributes: Attributes
) -> dict[tuple[str, int], tuple[Floats, float]]:
    """Count all pairs of a context, and those of them that agree on a value of each rarity."""
    found = {}
    for (name, place), names in _COUNTED.items():
        if not comparisons.subjects.has(name) or not all(map(attributes.has, names)):
            continue
        item = comparisons[name]
        hashes = key(attributes, names)
        codes = item.column.codes
        stated = np.flatnonzero((hashes != 0) & (codes >= 0))
        sizes = distinct(hashes[stated]).counts.astype(np.float64)
        both = mixed(hashes[stated], (codes[stated] + 1).astype(np.uint64))
        equal = distinct(both)
        bins = item.bins[codes[stated[equal.first]]]
        agree = totals(bins, equal.counts * (equal.counts - 1.0) / 2, len(EXACT))
        found[name, place] = (agree, float((sizes * (sizes - 1) / 2).sum()))
    return found
