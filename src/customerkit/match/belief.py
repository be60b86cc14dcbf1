"""Tell what the model believes of a result, for people who have no truth."""

from __future__ import annotations

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from customerkit.match.cluster import Joined
from customerkit.match.codes import Floats
from customerkit.match.matcher import Matcher
from customerkit.match.sorting import distinct
from customerkit.match.weigh import probability

_WORTH = 0.01  # chance of one person from which the wholes are asked
_ONE = 0.5  # pairs below which none is believed in, so that none can be missed


@frozen
class Belief:
    """Hold how far a result is to be believed.

    Args:
        estimated: How many pairs of records are one person.
        precision: The share of the joined pairs that are right.
        recall: The share of the estimated pairs that are joined.
    """

    estimated: float
    precision: float
    recall: float

    @classmethod
    def of(cls, claimed: float, sure: float, missed: float) -> Belief:
        """Make it of the pairs that were joined, of those that are right, and of those missed."""
        estimated = sure + missed
        precision = sure / claimed if claimed else 1.0
        return cls(estimated, precision, sure / estimated if estimated >= _ONE else 1.0)


def believe(
    matcher: Matcher,
    joined: Joined,
    pairs: tuple[NDArray[np.int64], NDArray[np.int64], Floats],
    equal: Floats,
    threshold: float,
    unseen: float,
) -> Belief:
    """Say what the model believes of a result.

    Args:
        matcher: What knows the distinct records and the model.
        joined: What was joined.
        pairs: The two records of each candidate pair, and its log2 odds.
        equal: The log2 odds that records which state the same are one person.
        threshold: The log2 odds from which they were joined.
        unseen: Pairs of one person expected among those that were not compared.
    """
    sizes = matcher.sizes
    same = sizes * (sizes - 1) / 2
    chance = probability(equal)
    alike = equal >= threshold
    missed = unseen + float((same * chance)[~alike].sum())
    missed += _apart(matcher, joined, pairs)
    claimed = joined.claimed + float(same[alike].sum())
    return Belief.of(claimed, joined.believed + float((same * chance)[alike].sum()), missed)


def _apart(
    matcher: Matcher, joined: Joined, pairs: tuple[NDArray[np.int64], NDArray[np.int64], Floats]
) -> float:
    """Return how many pairs of one person were kept apart.

    What speaks for two records often speaks against the people that they belong to, so a
    pair is believed in less than by itself: halfway down to what all compared pairs of both
    people say. Halfway is a guess; it also stands for pairs that share no key, of which
    nothing is known.
    """
    sizes, labels = matcher.sizes, joined.labels
    apart = labels[pairs[0]] != labels[pairs[1]]
    left, right, weights = (side[apart] for side in pairs)
    chances, counts = probability(weights), sizes[left] * sizes[right]
    some = np.flatnonzero(chances >= _WORTH)
    if len(some):
        left, right = left[some], right[some]
        one, other = labels[left], labels[right]
        packed = np.minimum(one, other) * matcher.count + np.maximum(one, other)
        both = distinct(packed).back.astype(np.int64)
        _, people = matcher.evidence(left, right).added(both)
        whole = probability(people.scores(matcher.model.shares))
        chances[some] = (chances[some] + np.minimum(chances[some], whole[both])) / 2
    return float(chances @ counts)
