"""Hash texts to 64 bits: whole columns at once, and single texts to the same numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from customerkit.match.codes import Codes

Hashes = NDArray[np.uint64]
NOTHING = np.uint64(0)
PRIME = 0x100000001B3  # FNV-1a, 64 bits (Fowler, Noll, Vo)
OFFSET = 0xCBF29CE484222325
_SPREAD = 0x9E3779B97F4A7C15  # the golden ratio, as in splitmix64
_MASK = 2**64 - 1
WIDTH = 40
"""Characters of a text that count."""


def hash_text(text: str | None) -> int:
    """Return the hash of a text, 0 for None.

    Example:
        >>> hash_text("jane") == int(hash_texts(["jane"])[0])
        True
    """
    if not text:
        return 0
    found = OFFSET
    for char in text[:WIDTH]:
        found = ((found ^ ord(char)) * PRIME) & _MASK
    return found or 1


def hash_texts(texts: Sequence[str | None]) -> Hashes:
    """Return the hash of each text, 0 for None and for nothing."""
    if not len(texts):
        return np.zeros(0, np.uint64)
    plain = [text or "" for text in texts]
    width = max(1, min(WIDTH, max(map(len, plain))))
    wide = np.array(plain, dtype=f"U{width}").view(np.uint32).reshape(len(plain), width)
    letters = np.ascontiguousarray(wide.T)
    found = np.full(len(plain), OFFSET, np.uint64)
    prime = np.uint64(PRIME)
    for column in letters:
        stands = column > 0
        if not stands.any():
            break
        found = np.where(stands, (found ^ column) * prime, found)
    empty = letters[0] == 0
    found = np.where(found == 0, np.uint64(1), found)
    return np.where(empty, NOTHING, found)


def taken(hashes: Hashes, codes: Codes) -> Hashes:
    """Return the hash of each code, 0 for -1."""
    return np.append(hashes, NOTHING)[codes]


def mixed(*parts: Hashes) -> Hashes:
    """Return one hash of several, 0 where any of them is.

    Example:
        >>> one, none = np.array([7], np.uint64), np.array([0], np.uint64)
        >>> int(mixed(one, none)[0]), int(mixed(one, one)[0]) > 0
        (0, True)
    """
    found, whole = parts[0].copy(), parts[0] != 0
    for part in parts[1:]:
        found = turned(found) ^ part
        whole &= part != 0
    found = turned(found)
    return np.where(whole, np.where(found == 0, np.uint64(1), found), NOTHING)


def turned(hashes: Hashes) -> Hashes:
    """Return the hashes with their bits spread."""
    found = hashes * np.uint64(_SPREAD)
    return found ^ (found >> np.uint64(29))


def mixed_one(*parts: int) -> int:
    """Return what :func:`mixed` makes of single hashes.

    Example:
        >>> column = [np.array([part], np.uint64) for part in (7, 11)]
        >>> mixed_one(7, 11) == int(mixed(*column)[0]), mixed_one(7, 0)
        (True, 0)
    """
    found = 0
    for at, part in enumerate(parts):
        if not part:
            return 0
        found = turned_one(found) ^ part if at else part
    return turned_one(found) or 1


def turned_one(found: int) -> int:
    """Return what :func:`turned` makes of a single hash."""
    found = (found * _SPREAD) & _MASK
    return found ^ (found >> 29)
