"""Tell by households whether whole names begin with the family name, as in Hungary.

Who shares a phone, an address or a mailbox, and one word of a name, shares the family name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from customerkit.match.codes import Codes
from customerkit.roles._titles import core

_SHARED = ("phone", "street", "email")
_MOST = 20_000  # pairs that are looked at, of each column
_FEWEST, _CLEAR = 20, 4.0  # pairs that share the first word, and how many times the others: guesses
_FEW = 8  # records of a household


def is_family_first(parts: Mapping[str, tuple[Codes, Any]]) -> bool:
    """Say whether whole names begin with the family name.

    Args:
        parts: Column → for each record the place of its text, and the texts.

    Example:
        >>> homes = np.repeat(np.arange(30), 2)
        >>> names = [f"Nagy{at // 2} {'Anna Imre'.split()[at % 2]}" for at in range(60)]
        >>> is_family_first({"full_name": (np.arange(60), names), "phone": (homes, [])})
        True
    """
    if "full_name" not in parts:
        return False
    codes, texts = parts["full_name"]
    first = last = 0
    for column in filter(parts.__contains__, _SHARED):
        for one, other in _pairs(codes, parts[column][0]):
            names = [core(str(texts[at]).casefold().split()) for at in (one, other)]
            if min(map(len, names)) > 1 and not any("," in str(texts[at]) for at in (one, other)):
                begins, ends = (names[0][at] == names[1][at] for at in (0, -1))
                first, last = first + (begins and not ends), last + (ends and not begins)
    return first >= max(_FEWEST, _CLEAR * last)


def _pairs(names: Codes, shared: Codes) -> list[tuple[int, int]]:
    """Return different names that are stated with one text, by few records."""
    both = np.flatnonzero((names >= 0) & (shared >= 0))
    few = both[np.bincount(shared[both])[shared[both]] <= _FEW]
    order = few[np.argsort(shared[few], kind="stable")]
    one, other = order[:-1], order[1:]
    some = (shared[one] == shared[other]) & (names[one] != names[other])
    return list(zip(names[one[some]].tolist(), names[other[some]].tolist(), strict=True))[:_MOST]
