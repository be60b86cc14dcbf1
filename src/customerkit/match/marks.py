"""Tell in a few operations which texts cannot be alike, so that few are compared letter by letter.

Each form has two numbers. Its sign says which letters it has how often: one edit changes two
bits at most. Its marks are hashes of eight bits of up to eight parts, such as the sound of a
name; forms that share a part share its mark.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Flags = NDArray[np.bool_]
_LOW = np.uint64(0x0101010101010101)
_HIGH = np.uint64(0x8080808080808080)
_ODD = np.uint64(0x9E3779B97F4A7C15)


def marks(parts: Sequence[Bits]) -> Bits:
    """Return the marks of forms.

    Args:
        parts: For each part a number for each form, 0 where a form lacks it.

    Returns:
        A number for each form; a lacking part has a mark by chance.
    """
    size = len(parts[0])
    found = np.zeros(size, np.uint64)
    lacking = np.arange(1, size + 1, dtype=np.uint64) << np.uint64(32)
    for at, part in enumerate(parts):
        hashes = np.where(part > 0, part, lacking + np.uint64(at))
        found |= ((hashes * _ODD) >> np.uint64(56)) << np.uint64(8 * at)
    for at in range(len(parts), 8):
        found |= ((lacking * _ODD) >> np.uint64(56)) << np.uint64(8 * at)
    return found


def share_mark(left: Bits, right: Bits) -> Flags:
    """Say which pairs have a mark in common.

    Example:
        >>> left = np.array([0x0102030405060708], np.uint64)
        >>> bool(share_mark(left, left ^ np.uint64(0xFF00FF00FF00FF00))[0])
        True
        >>> bool(share_mark(left, left ^ np.uint64(0x0101010101010101))[0])
        False
    """
    apart = left ^ right
    found: Flags = ((apart - _LOW) & ~apart & _HIGH) != 0
    return found


def near_signs(left: Bits, right: Bits, edits: int) -> Flags:
    """Say which pairs may be so few edits apart."""
    found: Flags = np.bitwise_count(left ^ right) <= 2 * edits
    return found
