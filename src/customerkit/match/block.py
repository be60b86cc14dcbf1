"""Find candidate pairs: many passes, each over a key that equal people likely share.

Blocks that are too large are divided by further parts of the records until they are
small, and no pass gives more pairs than its budget.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from customerkit.match.attributes import Attributes
from customerkit.match.hashing import Hashes, mixed, turned

Packed = NDArray[np.int64]

PASSES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("mail",),),
    (("phone",),),
    (("national_id",),),
    (("tax_id",),),
    (("names",),),
    (("birth", "family_sound"), ("birth", "given_sound")),
    (("birth",),),
    (("postcode", "family_sound"), ("postcode", "given_sound")),
    (("street_line", "number"),),
    (("local",),),
    (("letters",),),
    (("phone_end",),),
    (("phone_start", "given_sound"),),
    (("year_month", "family_sound"),),
    (("year_day", "family_sound"),),
    (("day_month", "family_sound"),),
    (("year_month", "given_sound"),),
    (("year_day", "given_sound"),),
    (("day_month", "given_sound"),),
    (("city", "family_sound", "initial"),),
    (("city", "given_sound", "year"),),
    (("given", "year"),),
    (("family", "year"),),
    (("family_first", "given_sound"),),
    (("street", "given_sound"),),
    (("street", "family_sound"),),
    (("area", "given_sound", "year"),),
    (("area", "family_sound", "initial"),),
    (("postcode", "day_month"),),
    (("city", "day_month"),),
    (("postcode", "number"),),
    (("city", "given"),),
    (("city", "family"),),
)
"""The parts that make the key of each pass; several tuples share one space of keys."""

_REFINE = (
    "family_sound", "given_sound", "year", "day_month", "area", "city", "family", "given",
    "letters", "phone_end", "street_line", "number", "postcode", "mail", "phone",
)  # fmt: skip
LARGEST = 60
"""Records of a block that are all compared with each other."""
ALL_PAIRS = 3_000
"""So many records are all compared with each other."""


@frozen
class Budget:
    """Bound the pairs of a pass.

    Args:
        pairs: Pairs for each record.
        largest: Records of a block.
    """

    pairs: float = 1.5
    largest: int = LARGEST


def candidates(attributes: Attributes, count: int, budget: Budget | None = None) -> Packed:
    """Return the pairs worth comparing, each once, ascending.

    Args:
        attributes: The parts of the records.
        count: Number of records.
        budget: What a pass may give.

    Returns:
        Pairs as ``low * count + high``.
    """
    if count <= ALL_PAIRS:
        left, right = np.triu_indices(count, 1)
        return left.astype(np.int64) * count + right
    found = [pairs for pairs in _passes(attributes, count, budget or Budget()) if len(pairs)]
    if not found:
        return np.zeros(0, np.int64)
    return np.unique(np.concatenate(found))


def _passes(attributes: Attributes, count: int, budget: Budget) -> Iterator[Packed]:
    for keys in PASSES:
        usable = [names for names in keys if all(map(attributes.has, names))]
        if usable:
            records, hashes = _keyed(attributes, usable, count)
            yield of_pass(attributes, records, hashes, count, budget)


def _keyed(
    attributes: Attributes, keys: list[tuple[str, ...]], count: int
) -> tuple[Packed, Hashes]:
    columns = []
    for names in keys:
        first = attributes.slots(names[0])
        rest = [attributes[name] for name in names[1:]]
        columns += [mixed(one, *rest) for one in first]
    records = np.tile(np.arange(count), len(columns))
    hashes = np.concatenate(columns)
    keep = hashes != 0
    return records[keep], hashes[keep]


def of_pass(
    attributes: Attributes, records: Packed, hashes: Hashes, count: int, budget: Budget
) -> Packed:
    """Return the pairs of records that share a key, large blocks divided."""
    most = int(budget.pairs * count) + 100
    limit, out, refine = budget.largest, [], list(_REFINE)
    while len(records):
        order = np.argsort(hashes, kind="stable")
        records, hashes = records[order], hashes[order]
        starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
        sizes = np.diff(np.r_[starts, len(hashes)])
        good = (sizes > 1) & (sizes <= limit)
        kept = _affordable(sizes, good, most)
        wanted = np.repeat(kept, sizes)
        pairs = within(records[wanted], sizes[kept], count)
        most -= len(pairs)
        out.append(pairs)
        left = np.repeat((sizes > 1) & ~kept, sizes)
        records, hashes = records[left], hashes[left]
        while refine and not attributes.has(refine[0]):
            refine.pop(0)
        if not refine or most <= 0:
            break
        hashes = turned(hashes) ^ attributes[refine.pop(0)][records]
    return np.concatenate(out) if out else np.zeros(0, np.int64)


def _affordable(sizes: NDArray[np.int64], good: NDArray[np.bool_], most: int) -> NDArray[np.bool_]:
    """Keep the smallest blocks until their pairs would be more than allowed."""
    order = np.argsort(np.where(good, sizes, np.iinfo(np.int64).max), kind="stable")
    counts = np.where(good, sizes * (sizes - 1) // 2, 0)[order]
    fits = np.cumsum(counts) <= most
    kept = np.zeros(len(sizes), bool)
    kept[order] = fits
    return kept & good


def within(records: Packed, sizes: NDArray[np.int64], count: int) -> Packed:
    """Return all pairs within blocks that follow each other."""
    if not len(records):
        return np.zeros(0, np.int64)
    ends = np.repeat(np.cumsum(sizes), sizes)
    at = np.arange(len(records))
    out, step = [], 1
    while len(at):
        at = at[at + step < ends[at]]
        a, b = records[at], records[at + step]
        other = a != b
        out.append(np.minimum(a, b)[other] * count + np.maximum(a, b)[other])
        step += 1
    return np.concatenate(out)
