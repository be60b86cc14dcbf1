"""How well found groups of records agree with the true ones, by pairs of records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Scores:
    """Pairs of records in the same group: found, true, both; and what follows from them."""

    found: int
    true: int
    both: int

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        total = self.found + self.true
        return 2 * self.both / total if total else 1.0


def _codes(labels: Any) -> np.ndarray:
    return np.unique(np.asarray(labels), return_inverse=True)[1].astype(np.int64)


def _pairs(codes: np.ndarray) -> int:
    counts = np.unique(codes, return_counts=True)[1].astype(np.int64)
    return int((counts * (counts - 1) // 2).sum())


def scores(found: Any, true: Any) -> Scores:
    """Compare two labellings of the same records by the pairs each puts together.

    Args:
        found: The group of each record, as any kind of label.
        true: The person of each record.

    Returns:
        The counts of pairs, with precision, recall and F1.

    Raises:
        ValueError: The two are not of one length.

    Example:
        >>> figures = scores(["a", "a", "a", "b", "c"], [1, 1, 2, 2, 3])
        >>> figures
        Scores(found=3, true=2, both=1)
        >>> figures.recall, round(figures.precision, 3), figures.f1
        (0.5, 0.333, 0.4)
        >>> scores([1, 2, 3], [7, 8, 9]).f1  # nobody twice, and nobody found twice
        1.0
    """
    if len(found) != len(true):
        raise ValueError(f"{len(found)} found labels for {len(true)} true ones")
    ours, theirs = _codes(found), _codes(true)
    cell = ours * (int(theirs.max(initial=0)) + 1) + theirs
    return Scores(_pairs(ours), _pairs(theirs), _pairs(cell))
