"""Hold the terms of customers in memory: a part of an index, or what is not in it yet."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable

from attrs import define, field

from customerkit.store.search.protocol import Candidate, Document, Query
from customerkit.store.search.weigh import Block, Weigher

SIZE = 65_536
"""Numbers of customers a block spans."""
BITS = 18
"""Bits of a term that count."""


MASK = (1 << BITS) - 1


def cut(term: int) -> int:
    """Return the part of a term that counts.

    Example:
        >>> cut(2**18 + 7)
        7
    """
    return term & MASK


Rows = defaultdict[int, "array[int]"]


def _rows() -> Rows:
    return defaultdict(lambda: array("H"))


@define
class Terms:
    """Collect the terms of customers in memory: block → term → places in the block."""

    held: dict[int, Rows] = field(factory=lambda: defaultdict(_rows))
    count: int = 0

    def add(self, document: Document) -> None:
        """Take in one document; its number is greater than those before."""
        self.count += 1
        block, place = divmod(document.customer, SIZE)
        rows = self.held[block]
        for number in {term & MASK for term in document.terms}:
            rows[number].append(place)

    def blocks(self) -> list[int]:
        """Return the blocks that have documents."""
        return sorted(self.held)

    def read(self, block: int, terms: Iterable[int]) -> Block:
        """Return the places of some terms."""
        rows = self.held[block]
        return {number: rows[number] for number in terms if number in rows}

    def query(self, query: Query) -> list[Candidate]:
        """Return the best candidates first."""
        weigher = Weigher(query, cut, self.count)
        for block in self.blocks():
            weigher.add(block * SIZE, self.read(block, weigher.terms))
        return weigher.best()
