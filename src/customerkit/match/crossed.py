"""Know names that stand in each other's place: of one person, or of one after a marriage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from customerkit.match.comparison import Levels
from customerkit.match.marks import Flags

Places = NDArray[np.int64]


@frozen
class Crossing:
    """Say which two names may stand in each other's place.

    Args:
        one: The first field.
        other: The second.
        blank: Whether one of them may be missing where the other is looked for.
        alone: Whether it is enough that one of them stands in the other's place, whatever
            stands in its own.
    """

    one: str
    other: str
    blank: bool = False
    alone: bool = False

    def where(self, names: Sequence[str], one: Levels, other: Levels) -> Places:
        """Return the pairs whose names are unlike in their own places.

        Args:
            names: The names of the levels.
            one: The levels of the first field.
            other: Those of the second.
        """
        far = names.index("far_rare")
        unlike = (one >= far) & (one != names.index("swapped"))
        if self.blank:
            unlike |= one == 0
        return np.flatnonzero(unlike & ((other == 0) | (other >= far)))

    def mark(
        self,
        names: Sequence[str],
        levels: tuple[Levels, Levels],
        where: Places,
        across: tuple[Levels, Levels],
    ) -> None:
        """Mark names that stand in each other's place; one mistake counts once.

        It counts for the first field where both stand in the other's place, else for the
        second.

        Args:
            names: The names of the levels.
            levels: The levels of both fields; they are changed.
            where: The pairs that are looked at.
            across: For these, the levels of the first name of one record and the second of the
                other, and the other way round.
        """
        one, other = levels
        near, initial = names.index("near"), names.index("initial")
        fits = [_within(level, initial) for level in across]
        close = [_within(level, near) for level in across]
        whole = fits[0] & fits[1] & (close[0] | close[1])
        half = [close[at] & (self.alone | (across[1 - at] == 0)) for at in (0, 1)]
        for some, marked, left_out in ((half[0] | half[1], other, one), (whole, one, other)):
            marked[where[some]], left_out[where[some]] = names.index("swapped"), 0


def _within(levels: Levels, last: int) -> Flags:
    found: Flags = (levels > 0) & (levels <= last)
    return found


CROSSINGS = (
    Crossing("given_name", "family_name", blank=True),
    Crossing("given_name", "middle_name"),  # somebody is called by the second name
    Crossing("family_name", "middle_name", alone=True),  # a family name before a marriage
)
