"""Know by what other records call people whether a word is a given or a family name."""

from __future__ import annotations

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from customerkit.match.bulk import hashed
from customerkit.match.codes import Coded, Codes
from customerkit.match.hashing import Hashes

Counts = NDArray[np.int64]


@frozen(eq=False)
class Called:
    """Hold how often each word is a given name, and how often a family name.

    Args:
        hashes: The hashes of the words, ascending.
        given: How many people have it for a given name.
        family: How many have it for a family name.
    """

    hashes: Hashes
    given: Counts
    family: Counts

    @classmethod
    def of(
        cls, column: Coded, given: Codes, family: Codes, sizes: NDArray[np.int64] | None = None
    ) -> Called:
        """Count the names of records.

        Args:
            column: What holds the forms of both.
            given: Record → its given name.
            family: Record → its family name.
            sizes: How many records each stands for; None for one.
        """
        hashes = hashed(column, None)
        order = np.argsort(hashes)
        counts = (_counted(codes, len(hashes), sizes)[order] for codes in (given, family))
        return cls(hashes[order], *counts)

    def family_first(self, column: Coded) -> NDArray[np.int64]:
        """Return for each form how many more people have it for a family than a given name."""
        hashes = hashed(column, None)
        if not len(self.hashes):
            return np.zeros(len(hashes), np.int64)
        places = np.searchsorted(self.hashes, hashes).clip(max=len(self.hashes) - 1)
        known = self.hashes[places] == hashes
        return np.where(known, (self.family - self.given)[places], 0)


@frozen(eq=False)
class Usual:
    """Hold what a base tells of how a record is to be read.

    Args:
        called: What people are called; None for what the records themselves tell.
        year: Of which year ages are whose records tell no time; None as above.
    """

    called: Called | None = None
    year: int | None = None


def _counted(codes: Codes, size: int, sizes: NDArray[np.int64] | None) -> Counts:
    stated = codes >= 0
    weights = None if sizes is None else sizes[stated]
    return np.bincount(codes[stated], weights, size).astype(np.int64)
