"""Find candidate pairs: many passes, each over a key that equal people likely share.

Blocks that are too large are divided by further parts of the records until they are
small, and no pass gives more pairs than its budget.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from customerkit.match.attributes import Attributes
from customerkit.match.hashing import Hashes, mixed, turned
from customerkit.match.sorting import grouped, sizes_of, sorted_once
from customerkit.threads import in_threads

Packed = NDArray[np.int64]

PASSES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("mail",),),
    (("phone",),),
    (("national_id",),),
    (("tax_id",),),
    (("account",),),
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
    (("birth_place", "family_sound"),),
    (("birth_place", "given_sound"),),
    (("company", "given_sound"),),
    (("company", "family_sound"),),
    (("company", "postcode"), ("company", "city")),
)
"""The parts that make the key of each pass; several tuples share one space of keys."""
_IDENTIFYING = 5  # passes over one identifier; they come first

_REFINE = (
    "family_sound", "given_sound", "year", "day_month", "area", "city", "family", "given",
    "letters", "phone_end", "street_line", "number", "postcode", "mail", "phone",
    "birth_place", "company",
)  # fmt: skip
_MANY = 1.0  # pairs of one person for each record from which the usual budget is too small
_MOST_PAIRS = 60e6  # of all passes, before those that several found are counted once
LARGEST = 60
"""Records of a block that are all compared with each other."""
ALL_PAIRS = 3_000
"""So many records are all compared with each other."""


@frozen
class Budget:
    """Bound the pairs of a pass.

    Args:
        pairs: Pairs for each record that states an identifier; more where many share one.
        unidentified: Pairs for each record that states none: nothing else finds them.
        identifying: Pairs for each record of the passes over one identifier.
        least: Pairs of a pass that are few enough for any number of records.
        largest: Records of a block.
        share: How much of what is left a round may spend; the rest is for blocks that
            further parts divide, whose pairs share more.
    """

    pairs: float = 0.12
    unidentified: float = 1.0
    identifying: float = 5.0
    least: int = 50_000
    largest: int = LARGEST
    share: float = 0.5

    def wider(self, believed: float, count: int) -> Budget | None:
        """Return the budget that records of many duplicates need, None where this one does.

        Args:
            believed: How many pairs of one person were found for each record.
            count: Number of records.
        """
        if believed < _MANY:
            return None
        pairs = max(self.pairs, min(self.pairs + 2 * believed, _most_each(count)))
        return evolve(self, pairs=pairs, unidentified=max(self.unidentified, pairs))

    def each(self, identified: float, count: int) -> float:
        """Return how many pairs for each record a pass over names, dates or places may give.

        Args:
            identified: The share of records that state an identifier.
            count: Number of records.
        """
        alone = max(self.pairs, min(self.unidentified, _most_each(count)))
        return identified * self.pairs + (1 - identified) * alone


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
    allowed = budget or Budget()
    usable = [[names for names in keys if all(map(attributes.has, names))] for keys in PASSES]

    attributes.make()

    def pairs(keys: list[tuple[str, ...]], most: float = allowed.identifying) -> Packed:
        limits = evolve(allowed, pairs=most)
        return of_pass(attributes, *_keyed(attributes, keys, count), count, limits)

    found = in_threads(pairs, [keys for keys in usable[:_IDENTIFYING] if keys])
    often = max(map(len, found), default=0) / count
    most = allowed.each(_identified(attributes), count) + 2 * often
    rest = [keys for keys in usable[_IDENTIFYING:] if keys]
    found += in_threads(partial(pairs, most=most), rest)
    return sorted_once(np.concatenate(found)) if found else np.zeros(0, np.int64)


def _most_each(count: int) -> float:
    """Return the pairs for each record and pass that memory has room for."""
    return _MOST_PAIRS / (len(PASSES) * max(count, 1))


def _identified(attributes: Attributes) -> float:
    """Return the share of records that state an identifier."""
    some = np.zeros(attributes.subjects.count, np.bool_)
    for ((name,),) in PASSES[:_IDENTIFYING]:
        if attributes.has(name):
            some |= attributes[name] != 0
    return float(some.mean())


def _keyed(
    attributes: Attributes, keys: list[tuple[str, ...]], count: int
) -> tuple[Packed, Hashes]:
    records, hashes = [], []
    for names in keys:
        rest = [attributes[name] for name in names[1:]]
        for one in attributes.slots(names[0]):
            found = mixed(one, *rest)
            stated = np.flatnonzero(found)
            records.append(stated)
            hashes.append(found[stated])
    return np.concatenate(records), np.concatenate(hashes)


def of_pass(
    attributes: Attributes, records: Packed, hashes: Hashes, count: int, budget: Budget
) -> Packed:
    """Return the pairs of records that share a key, large blocks divided."""
    most = max(int(budget.pairs * count), budget.least)
    out, refine = [], [name for name in _REFINE if attributes.has(name)]
    while len(records):
        order, starts = grouped(hashes)
        sizes = sizes_of(starts, len(order))
        kept = _affordable(sizes, budget.largest, int(most * budget.share))
        pairs = within(records[order[np.repeat(kept, sizes)]], sizes[kept], count)
        most -= len(pairs)
        out.append(pairs)
        if not refine or most <= 0:
            break
        left = order[np.repeat((sizes > 1) & ~kept, sizes)]
        records = records[left]
        hashes = turned(turned(hashes[left]) ^ attributes[refine.pop(0)][records])
    return np.concatenate(out) if out else np.zeros(0, np.int64)


def _affordable(sizes: NDArray[np.int64], largest: int, most: int) -> NDArray[np.bool_]:
    """Keep the smallest blocks until their pairs would be more than allowed."""
    good = (sizes > 1) & (sizes <= largest)
    each = np.arange(largest + 1) * np.arange(-1, largest) // 2
    total = np.cumsum(np.bincount(sizes[good], minlength=largest + 1) * each)
    cut = int(np.searchsorted(total, most, side="right"))
    kept = good & (sizes < cut)
    if cut <= largest:
        spare = (most - int(total[cut - 1])) // int(each[cut])
        kept[np.flatnonzero(sizes == cut)[:spare]] = True
    return kept


def within(records: Packed, sizes: NDArray[np.int64], count: int) -> Packed:
    """Return all pairs within blocks that follow each other.

    Example:
        >>> within(np.array([4, 2, 9, 0, 3]), np.array([3, 2]), 10).tolist()
        [24, 29, 3, 49]
    """
    ends = np.repeat(np.cumsum(sizes), sizes)
    at = np.arange(len(records))
    out, step = [np.zeros(0, np.int64)], 1
    while len(at):
        more = at + step < ends
        at, ends = at[more], ends[more]
        a, b = records.take(at), records.take(at + step)
        packed = np.minimum(a, b) * count + np.maximum(a, b)
        out.append(packed[a != b])
        step += 1
    return np.concatenate(out)
