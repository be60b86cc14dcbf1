"""Weigh customers by the terms they share with a query, the rare ones first."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from math import log

from customerkit.store.search.protocol import Candidate, Query, Wanted

Block = Mapping[int, "array[int]"]
"""Term → places of customers in one block of numbers."""

NEAR = 0.7
"""What a word one typing error away weighs, of what the word itself weighs."""
PIECES = 0.5
"""What enough pieces of a word weigh."""
_BUDGET = 20_000
_MANY = 5_000
_COMMON = 0.5  # of the customers; what so many have tells little, unless nothing else is said
_Sets = tuple[set[int], set[int], set[int]]


class Weigher:
    """Weigh the customers of all blocks against one query.

    Args:
        query: What is asked for.
        cut: Makes of a term the one that blocks hold.
        documents: How many customers there are.
    """

    def __init__(self, query: Query, cut: Callable[[int], int], documents: int) -> None:
        self.query = query
        self.terms: list[int] = []
        self._wanted = [_cut(wanted, cut) for wanted in query.wanted]
        self._filters = list(map(cut, query.filters))
        self._documents = max(documents, 1)
        self._blocks: list[tuple[int, Block]] = []
        for wanted in self._wanted:
            self.terms += [wanted.exact, *wanted.near, *wanted.grams]
        self.terms = sorted({*self.terms, *self._filters})

    def add(self, first: int, rows: Block) -> None:
        """Take in one block.

        Args:
            first: The number of the customer at place 0.
            rows: The places of the terms that are asked for.
        """
        if rows:
            self._blocks.append((first, rows))

    def best(self) -> list[Candidate]:
        """Return the best candidates first; of equal ones, the lowest number."""
        found = self._weighed() if self._wanted else self._let_through()
        limit = self.query.limit
        weights = sorted((weight for _, part in found for weight in part.values()), reverse=True)
        least = weights[limit - 1] if len(weights) > limit else 0.0
        best = sorted(
            (-weight, first + place)
            for first, part in found
            for place, weight in part.items()
            if weight >= least
        )
        return [Candidate(number, -weight) for weight, number in best[:limit]]

    def _let_through(self) -> list[tuple[int, dict[int, float]]]:
        return [
            (first, dict.fromkeys(self._allowed(rows) or (), 0.0)) for first, rows in self._blocks
        ]

    def _allowed(self, rows: Block) -> set[int] | None:
        """Return the places that all filters let through, None where there are no filters."""
        if not self._filters:
            return None
        return set.intersection(*(set(rows.get(number, ())) for number in self._filters))

    def _weighed(self) -> list[tuple[int, dict[int, float]]]:
        sums: list[dict[int, float]] = [{} for _ in self._blocks]
        allowed = [self._allowed(rows) for _, rows in self._blocks]
        for wanted in sorted(self._wanted, key=self._frequency):
            many = self._frequency(wanted) - _MANY if any(sums) else 0
            share = many / self._documents
            if share <= _COMMON:
                unknown = not any(wanted.exact in rows for _, rows in self._blocks)
                sets = [
                    _restricted(_matching(wanted, rows, share <= _COMMON / 3, unknown), fits)
                    for (_, rows), fits in zip(self._blocks, allowed, strict=True)
                ]
                self._sum(sums, sets)
        return [(first, part) for (first, _), part in zip(self._blocks, sums, strict=True)]

    def _sum(self, sums: list[dict[int, float]], sets: list[_Sets]) -> None:
        """Add what one word weighs; where many are weighed already, to those only."""
        held, more = sum(map(len, sums)), sum(len(part) for three in sets for part in three)
        closed = held and held + more > _BUDGET
        for tier, share in enumerate((1.0, NEAR, PIECES)):
            count = sum(len(three[tier]) for three in sets)
            weight = share * log(1 + self._documents / max(count, 1))
            for weights, three in zip(sums, sets, strict=True):
                places: Iterable[int] = three[tier]
                if closed:
                    places = three[tier].intersection(weights)
                for place in places:
                    weights[place] = weights.get(place, 0.0) + weight

    def _frequency(self, wanted: Wanted) -> int:
        terms = (wanted.exact, *wanted.near)
        found = (rows.get(number, ()) for _, rows in self._blocks for number in terms)
        return sum(map(len, found))


def _cut(wanted: Wanted, cut: Callable[[int], int]) -> Wanted:
    near, grams = tuple(map(cut, wanted.near)), tuple(map(cut, wanted.grams))
    return Wanted(cut(wanted.exact), near, grams, wanted.least)


def _matching(wanted: Wanted, rows: Block, like: bool, pieces: bool) -> _Sets:
    """Return the places with the word, with one like it, and with enough pieces of it."""
    exact = set(rows.get(wanted.exact, ()))
    near: set[int] = set()
    if like:
        near = near.union(*(rows[number] for number in wanted.near if number in rows)) - exact
    enough: set[int] = set()
    if pieces and wanted.grams:
        counts: Counter[int] = Counter()
        for number in wanted.grams:
            counts.update(rows.get(number, ()))
        enough = {place for place, count in counts.items() if count >= wanted.least}
        enough -= exact | near
    return exact, near, enough


def _restricted(sets: _Sets, allowed: set[int] | None) -> _Sets:
    if allowed is None:
        return sets
    exact, near, enough = sets
    return exact & allowed, near & allowed, enough & allowed
