"""Measure how near two texts are: pairs of many texts at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from customerkit.match.codes import Coded, Codes
from customerkit.match.sorting import distinct

FAR = 9
"""What stands for any distance beyond the cut-off."""
_MORE = 2  # bits of a signature that one edit can change


def edits(column: Coded, left: Codes, right: Codes, most: int = 2) -> NDArray[np.uint8]:
    """Return the edits (optimal string alignment) between texts, ``FAR`` beyond ``most``.

    Args:
        column: The texts.
        left: Codes.
        right: Codes, none of either missing.
        most: The cut-off.

    Returns:
        The distance of each pair.
    """
    found = np.full(len(left), FAR, np.uint8)
    found[left == right] = 0
    signs = column.signs
    apart = np.bitwise_count(signs[left] ^ signs[right])
    where = np.flatnonzero((left != right) & (apart <= _MORE * most))
    if len(where):
        found[where] = _distances(column.forms, left[where], right[where], most)
    return found


def _distances(texts: Sequence[str], left: Codes, right: Codes, most: int) -> NDArray[np.uint8]:
    low, high = np.minimum(left, right), np.maximum(left, right)
    packed = low.astype(np.int64) * len(texts) + high
    equal = distinct(packed)
    once = packed[equal.first]
    a = [texts[at] for at in (once // len(texts)).tolist()]
    b = [texts[at] for at in (once % len(texts)).tolist()]
    found = cpdist(a, b, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8, workers=1)
    found[found > most] = FAR
    answers: NDArray[np.uint8] = found[equal.back]
    return answers
