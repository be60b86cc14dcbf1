"""Find what holds the records of one person together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from customerkit.match.matcher import Matcher

MOST = 300
"""Records of one person that are all compared with each other."""


def strongest(matcher: Matcher, rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return the strongest links that connect all records: a maximum spanning tree.

    Kruskal (1956), over the log2 odds of all pairs.

    Args:
        matcher: What knows the records and the model.
        rows: Distinct records; one may come several times.

    Returns:
        Places in ``rows``, one pair fewer than there are rows, the strongest first.
    """
    if len(rows) < 2:
        return []
    left, right = np.triu_indices(len(rows), 1)
    places = np.asarray(rows, np.int64)
    odds = matcher.odds(places[left], places[right])
    group = list(range(len(rows)))
    found: list[tuple[int, int]] = []
    for at in np.argsort(-odds, kind="stable").tolist():
        one, other = int(left[at]), int(right[at])
        if group[one] != group[other]:
            old, new = group[other], group[one]
            group = [new if label == old else label for label in group]
            found.append((one, other))
            if len(found) == len(rows) - 1:
                break
    return found
