"""Say what a column of a source is taken for."""

from __future__ import annotations

from attrs import frozen

FILLS = "?"
"""What ends the field of a column that is taken only where others of the field are blank."""


@frozen
class Target:
    """Say what a column means.

    Args:
        field: A customer field, ``external_id``, ``published``, or ``activity.<field>``.
        confidence: From 0 to 1, an uncalibrated guess.
        why: In words.
    """

    field: str
    confidence: float
    why: str


def filling(field: str, best: str) -> Target:
    """Return the target of a column of the same meaning as another, taken where that is blank."""
    return Target(f"{field}{FILLS}", 0.7, f"where {best!r} is blank")


def confidence(rank: int) -> float:
    """Return an uncalibrated guess of how well a header fits, by its rank."""
    return 0.98 if rank < 3 else 0.9 if rank < 100 else 0.8
