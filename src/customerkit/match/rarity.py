"""Class values by how rare they are: the commoner one is, the less it says that two share it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from customerkit.match.codes import Codes

RARITY = (3e-1, 1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 0.0)
"""Shares of records that state a value; the classes of rarity lie between them."""
RARE = 7
"""The first class of rare values: who shares one shares a language, or a family."""
HARDLY = RARITY[-3]
"""The share of records below which hardly anybody states a value."""
EXACT = tuple(f"same_{at}" for at in range(len(RARITY)))
"""The levels of agreement, one for each class."""


def rarity(counts: Codes, records: int) -> NDArray[np.uint8]:
    """Return the class of rarity of each form, the commonest first."""
    share = counts / max(records, 1)
    bounds = np.array(RARITY[:-1][::-1])
    return (len(RARITY) - 1 - np.searchsorted(bounds, share, side="right")).astype(np.uint8)
