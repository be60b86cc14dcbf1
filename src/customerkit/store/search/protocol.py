"""What an index for searching is: it says quickly which customers may be meant.

An index holds terms, which are numbers made from folded text, and never decides
what is found: candidates are read again from the base, and ranked there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from attrs import field, frozen


@frozen
class Document:
    """Hold what an index knows of one customer.

    Args:
        customer: Its number.
        version: The run that changed it last; never goes back.
        terms: Numbers of 32 bits, each once.
    """

    customer: int
    version: int
    terms: frozenset[int] = field(repr=False)


@frozen
class Wanted:
    """Ask for one word of a query, in the ways in which a customer may have it.

    Args:
        exact: A term of the word itself.
        near: Terms of which customers with a word one typing error away have one.
        grams: Terms of pieces of the word.
        least: How many of the pieces a customer must have; 0 asks for none.
    """

    exact: int
    near: tuple[int, ...] = ()
    grams: tuple[int, ...] = ()
    least: int = 0


@frozen
class Query:
    """Ask an index for candidates.

    Args:
        wanted: One entry a word; a candidate has at least one of them.
            Without any, everybody whom the filters let through is a candidate.
        filters: Terms that every candidate has.
        limit: At most so many candidates, the best.
    """

    wanted: tuple[Wanted, ...] = ()
    filters: tuple[int, ...] = ()
    limit: int = 500


@frozen
class Candidate:
    """Name a customer that may be meant.

    Args:
        customer: Its number.
        weight: The greater, the more and the rarer its terms.
    """

    customer: int
    weight: float


@runtime_checkable
class SearchIndex(Protocol):
    """Keep the terms of customers, as of one run of the base.

    What it is told twice it knows once, and an older version never replaces a newer
    one. Only errors of :mod:`customerkit.errors` come out of it.
    """

    name: str
    mirror: bool
    """Whether it is kept outside of the base, and not in its transactions."""

    def position(self) -> int:
        """Return the run up to which the index is complete, 0 where there is none yet."""

    def index(self, documents: Sequence[Document], gone: Sequence[int], position: int) -> None:
        """Take in what customers are now, and which are no longer to be found.

        Args:
            documents: One a customer that is to be found.
            gone: Numbers of the others.
            position: The run up to which the index is complete afterwards.
        """

    def drop(self, customers: Sequence[int], version: int) -> None:
        """Leave no term of these customers; return when that is so.

        Args:
            customers: Their numbers.
            version: The run that removes them.
        """

    def rebuild(self, documents: Iterable[Document], position: int) -> int:
        """Replace the index by these documents, in order of number; return how many.

        Searches find the old one until it is done.
        """

    def query(self, query: Query) -> list[Candidate]:
        """Return the best candidates first; of equal ones, the lowest number."""

    def close(self) -> None:
        """Release everything."""
