"""Join records into people by pooled evidence.

Two groups are joined where each is the other's best and the evidence of all pairs between
them together says that they are one person: the mean log-likelihood of each field over the
pairs that state it, each counted by how much it tells, summed over the fields. So a chain
of likenesses joins nobody, and an initial that fits two names does not make them one.
"""

from __future__ import annotations

import numpy as np
from attrs import define
from numpy.typing import NDArray

from customerkit.match.codes import Floats
from customerkit.match.hashing import turned
from customerkit.match.sorting import run_starts, sizes_of
from customerkit.match.weigh import CLASSES, odds, probability

Ints = NDArray[np.int64]
_WIDE = 2**31  # more than there are nodes
THRESHOLD = 0.0
"""Bits from which two groups are joined, for all data: more likely one person than not."""


def components(count: int, left: Ints, right: Ints) -> Ints:
    """Return for each record the lowest record that links lead to."""
    labels = np.arange(count)
    while len(left):
        low = np.minimum(labels[left], labels[right])
        before = labels.copy()
        np.minimum.at(labels, labels[left], low)
        np.minimum.at(labels, labels[right], low)
        labels = labels[labels]
        while not np.array_equal(labels, labels[labels]):
            labels = labels[labels]
        if np.array_equal(before, labels):
            break
    return labels


@define(eq=False)
class Joined:
    """Hold what was joined.

    Args:
        labels: Node → the lowest node of its group.
        claimed: How many pairs of records were joined.
        believed: How many of them the evidence says are right.
    """

    labels: Ints
    claimed: float = 0.0
    believed: float = 0.0

    def join(self, one: Ints, other: Ints, odds: Floats, held: Ints | Floats) -> Ints:
        """Join pairs of nodes.

        Args:
            one: The first node of each pair; no node is in two pairs.
            other: The second.
            odds: The log2 odds of each pair.
            held: How many records each node stands for.

        Returns:
            Node → the first node of its pair.
        """
        pairs = held[one] * held[other]
        self.claimed += float(pairs.sum())
        self.believed += float((pairs * probability(odds)).sum())
        to = np.arange(len(held))
        to[np.maximum(one, other)] = np.minimum(one, other)
        self.labels = to[self.labels]
        return to


@define(eq=False)
class Said:
    """Hold what pairs say.

    Args:
        rows: What each pattern says, see :func:`beside`.
        back: Pair → its pattern.
    """

    rows: Floats
    back: NDArray[np.int32]

    def of_pairs(self) -> Floats:
        """Return a row for each pair."""
        return self.rows.take(self.back, axis=0)

    def added(self, keys: Ints) -> tuple[Ints, Said]:
        """Add up what the pairs of each key say; most keys have but one.

        Args:
            keys: Pair → its key.

        Returns:
            The different keys, ascending, and what each says.
        """
        order = np.argsort(keys, kind="stable")
        starts = run_starts(keys[order])
        sizes = sizes_of(starts, len(order))
        one = sizes == 1
        used, back = np.unique(self.back[order[starts[one]]], return_inverse=True)
        places = np.empty(len(starts), np.int32)
        places[one] = back
        places[~one] = len(used) + np.arange(len(starts) - len(back))
        rows = [self.rows.take(used, axis=0)]
        if not one.all():
            members = self.rows.take(self.back[order[np.repeat(~one, sizes)]], axis=0)
            ends = np.cumsum(sizes[~one])
            rows.append(np.add.reduceat(members, ends - sizes[~one], axis=0))
        return keys[order[starts]], Said(np.concatenate(rows), places)

    def scores(self, shares: Floats) -> Floats:
        """Return the log2 odds of each pair."""
        return odds(_means(self.rows).sum(axis=1), shares).take(self.back)


def pooled(
    sizes: Ints,
    left: Ints,
    right: Ints,
    said: Said,
    shares: Floats,
    threshold: float = THRESHOLD,
) -> Joined:
    """Join nodes and return the group of each.

    Args:
        sizes: How many records each node stands for.
        left: The first record of each pair.
        right: The second.
        said: What each pair says.
        shares: The share of each class among all pairs.
        threshold: The log2 odds from which two groups are joined.

    Returns:
        The groups, and how far to believe them.
    """
    some, (a, b) = _numbered(len(sizes), np.minimum(left, right), np.maximum(left, right))
    nodes, held = len(some), sizes[some].astype(np.float64)
    found = Joined(np.arange(nodes))
    places = _places(components(nodes, a, b))
    while len(a):
        score = said.scores(shares)
        merged = _mutual(places, a, b, score, threshold)
        if not len(merged):
            break
        one, other = a[merged], b[merged]
        to = found.join(one, other, score[merged], held)
        held[one] += held[other]
        a, b, said = _regrouped(to[a], to[b], said, nodes)
    labels = np.arange(len(sizes))
    labels[some] = some[found.labels]
    found.labels = labels
    return found


def _numbered(count: int, *ends: Ints) -> tuple[Ints, list[Ints]]:
    """Return the nodes that have pairs, in order, and the pairs by their numbers among these."""
    paired = np.zeros(count, np.bool_)
    for end in ends:
        paired[end] = True
    numbers = np.cumsum(paired) - 1
    return np.flatnonzero(paired), [numbers[end] for end in ends]


def mean_parts(said: Floats) -> Floats:
    """Return what each field says in each class: the mean over pairs, counted as they tell."""
    means: Floats = _means(said.sum(axis=0, keepdims=True))[0]
    return means


def beside(parts: Floats, telling: Floats) -> Floats:
    """Return a row for each pair: what its fields say in each class, and how much they tell.

    Args:
        parts: Log2 likelihoods: pairs x fields x classes.
        telling: Pairs x fields: how much each tells, 0 where one record does not state it.
    """
    said = parts * telling[:, :, None]
    return np.concatenate(
        [said.reshape(len(parts), len(CLASSES) * telling.shape[1]), telling], axis=1
    )


def _means(sums: Floats) -> Floats:
    fields = sums.shape[1] // (len(CLASSES) + 1)
    told = sums[:, -fields:]
    parts = sums[:, :-fields].reshape(len(sums), fields, len(CLASSES))
    return parts / np.where(told > 0, told, 1)[:, :, None]


def _places(groups: Ints) -> Ints:
    """Return the place of each node in its group; other groups have no say in it."""
    order = np.argsort(groups, kind="stable")
    sizes = np.bincount(groups)
    places = np.empty_like(order)
    places[order] = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return places


def _mutual(places: Ints, a: Ints, b: Ints, score: Floats, threshold: float) -> Ints:
    """Return the pairs that are each other's best.

    Ties are broken by scattered numbers: by the lower node, all of a thousand equal nodes
    would want the same one, and be joined one by one.
    """
    keep = np.flatnonzero(score >= threshold)
    if not len(keep):
        return keep
    ties = turned((places[a[keep]] * _WIDE + places[b[keep]]).astype(np.uint64))
    order = keep[np.lexsort((b[keep], a[keep], ties, -score[keep]))]
    rank = np.arange(len(order))
    best = np.full(len(places), len(order))
    np.minimum.at(best, a[order], rank)
    np.minimum.at(best, b[order], rank)
    chosen: Ints = order[(best[a[order]] == rank) & (best[b[order]] == rank)]
    return chosen


def _regrouped(a: Ints, b: Ints, said: Said, nodes: int) -> tuple[Ints, Ints, Said]:
    """Add up the pairs between the same two groups."""
    keep = np.flatnonzero(a != b)
    a, b = a[keep], b[keep]
    low, high = np.minimum(a, b), np.maximum(a, b)
    once, added = Said(said.rows, said.back[keep]).added(low * nodes + high)
    return once // nodes, once % nodes, added
