"""Measure how near two texts are: pairs of many texts at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from customerkit.match.bulk import signs
from customerkit.match.codes import Coded
from customerkit.match.marks import near_signs
from customerkit.match.sorting import distinct

FAR = 9
"""What stands for any distance beyond the cut-off."""
Ints = NDArray[np.signedinteger[Any]]


def edits(column: Coded, left: Ints, right: Ints, most: int = 2) -> NDArray[np.uint8]:
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
    bits = signs(column)
    where = np.flatnonzero((left != right) & near_signs(bits[left], bits[right], most))
    if len(where):
        found[where] = _distances(column, left[where], right[where], most)
    return found


def _distances(column: Coded, left: Ints, right: Ints, most: int) -> NDArray[np.uint8]:
    low, high = np.minimum(left, right), np.maximum(left, right)
    packed = low.astype(np.int64) * len(column.forms) + high
    equal = distinct(packed)
    once = packed[equal.first]
    a, b = (column.texts(places) for places in divmod(once, len(column.forms)))
    found = cpdist(a, b, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8, workers=1)
    found[found > most] = FAR
    answers: NDArray[np.uint8] = found[equal.back]
    return answers
