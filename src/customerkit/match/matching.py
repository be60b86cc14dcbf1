"""Match records: encode, block, compare, learn, join."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from customerkit.match.attributes import Attributes
from customerkit.match.belief import believe
from customerkit.match.block import ALL_PAIRS, Budget, Packed, candidates
from customerkit.match.cluster import THRESHOLD
from customerkit.match.codes import Floats
from customerkit.match.encode import subjects
from customerkit.match.matcher import Matcher, matcher_of
from customerkit.match.notices import crowded
from customerkit.match.subjects import Subjects, telling
from customerkit.match.weigh import probability

_ALARM = 50  # records of one person that are worth a look
Progress = Callable[[str], None]


@define(eq=False)
class Matched:
    """Hold who is who.

    Args:
        labels: Record → the lowest record of its person.
        matcher: What knows the distinct records and the model.
        left: The first distinct record of each candidate pair.
        right: The second.
        weights: The log2 odds of each candidate pair.
        estimated: How many pairs of distinct records the model believes to be one person.
        precision: The share of the joined pairs that it believes in.
        recall: The share of those pairs that are joined.
        warnings: What was ignored, and what is worth a look.
    """

    labels: NDArray[np.int64]
    matcher: Matcher
    left: Packed
    right: Packed
    weights: Floats
    estimated: float = 0.0
    precision: float = 1.0
    recall: float = 1.0
    warnings: list[str] = field(factory=list)


def match_columns(
    columns: Mapping[str, Any],
    count: int,
    progress: Progress | None = None,
    threshold: float = THRESHOLD,
) -> Matched:
    """Find which records are one person.

    Args:
        columns: Field → texts or None, one for each record, or Arrow arrays.
        count: Number of records.
        progress: Called with the name of each step as it begins.
        threshold: The log2 odds from which two groups are joined.

    Returns:
        Who is who; the same for any order of the records.
    """
    return match_subjects(encode(columns, count, progress), progress, threshold)


def encode(columns: Mapping[str, Any], count: int, progress: Progress | None = None) -> Subjects:
    """Return the records of columns in codes, the first step of :func:`match_columns`."""
    if progress is not None:
        progress("encode")
    return subjects(columns, count)


def match_subjects(
    found: Subjects, progress: Progress | None = None, threshold: float = THRESHOLD
) -> Matched:
    """Find which encoded records are one person, see :func:`match_columns`.

    Who has many records encodes them first, and lets go of their columns before this.

    Args:
        found: The records.
        progress: Called with the name of each step as it begins.
        threshold: The log2 odds from which two groups are joined.

    Returns:
        Who is who; the same for any order of the records.
    """
    step, count = progress or (lambda name: None), found.count
    matcher = matcher_of(telling(found))
    nobody = np.zeros(0, np.int64)
    if not matcher.comparisons.fields or matcher.count == 0:
        warnings = ["no column tells people apart; nobody was matched"] if count > 1 else []
        return Matched(np.arange(count), matcher, nobody, nobody, np.zeros(0), warnings=warnings)
    step("block")
    packed = candidates(matcher.attributes, matcher.count)
    step("compare")
    patterns, packed = matcher.compare(packed)
    wider = Budget().wider(matcher.believed(patterns), matcher.count)
    if wider is not None and matcher.count > ALL_PAIRS:
        step("block wider")
        patterns, packed = matcher.compare(candidates(matcher.attributes, matcher.count, wider))
    step("learn")
    if len(packed):
        matcher.learn(patterns, matcher.count <= ALL_PAIRS)
    matcher.attributes = Attributes(matcher.subjects)  # the hashes that were made can go
    bits = matcher.weights(patterns.levels)
    left, right, weights = *matcher.unpacked(packed), bits[patterns.back]
    step("join")
    joined = matcher.join(left, right, weights, threshold)
    equal = matcher.alike()
    labels = _labels(matcher, joined.labels, equal >= threshold)
    hidden = patterns.counts - np.bincount(patterns.back, minlength=len(bits))
    unseen = float(hidden @ probability(bits))
    told = believe(matcher, joined, (left, right, weights), equal, threshold, unseen)
    return Matched(
        labels,
        matcher,
        left,
        right,
        weights,
        told.estimated,
        told.precision,
        told.recall,
        [*matcher.model.warnings, *crowded(matcher), *_alarms(labels)],
    )


def _labels(matcher: Matcher, groups: Packed, alike: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each record the lowest record of its person."""
    labels = groups[matcher.rows]
    alone = np.flatnonzero(~alike[matcher.rows] & (matcher.sizes > 1)[matcher.rows])
    labels[alone] = matcher.count + np.arange(len(alone))
    lowest = np.zeros(matcher.count + len(alone), np.int64)
    lowest[labels[::-1]] = np.arange(len(labels))[::-1]  # the last that is written stays
    return lowest[labels]


def _alarms(labels: NDArray[np.int64]) -> list[str]:
    sizes = np.bincount(labels) if len(labels) else np.zeros(1, np.int64)
    large = int((sizes > _ALARM).sum())
    if not large:
        return []
    return [f"{large:,} people have more than {_ALARM} records, the largest {int(sizes.max()):,}"]
