"""Weigh customers by the terms they share with a query, the rare ones first."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
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
Weights = dict[int, float]
"""Place of a customer → weight."""


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

    def _let_through(self) -> list[tuple[int, Weights]]:
        return [
            (first, dict.fromkeys(self._allowed(rows) or (), 0.0)) for first, rows in self._blocks
        ]

    def _allowed(self, rows: Block) -> set[int] | None:
        """Return the places that all filters let through, None where there are no filters."""
        if not self._filters:
            return None
        return set.intersection(*(set(rows.get(number, ())) for number in self._filters))

    def _weighed(self) -> list[tuple[int, Weights]]:
        sums: list[Weights] = [{} for _ in self._blocks]
        allowed = [self._allowed(rows) for _, rows in self._blocks]
        counts = Counter[int]()
        for _, rows in self._blocks:
            counts.update({number: len(places) for number, places in rows.items()})
        for wanted in sorted(self._wanted, key=lambda wanted: _frequency(wanted, counts)):
            closed = any(sums)
            share = max(0, _frequency(wanted, counts) - _MANY) / self._documents if closed else 0
            if share <= _COMMON:
                near = wanted.near if share <= _COMMON / 3 else ()
                ways = _Ways(wanted, near, counts, self._documents)
                parts = [ways.weigh(rows) for _, rows in self._blocks]
                _sum(sums, parts, allowed)
        return [(first, part) for (first, _), part in zip(self._blocks, sums, strict=True)]


def _frequency(wanted: Wanted, counts: Mapping[int, int]) -> int:
    return sum(counts.get(number, 0) for number in (wanted.exact, *wanted.near))


class _Ways:
    """Weigh the customers that have one word, in whatever way."""

    def __init__(
        self, wanted: Wanted, near: Sequence[int], counts: Mapping[int, int], documents: int
    ) -> None:
        def rarity(count: int) -> float:
            return log(1 + documents / max(count, 1))

        found = sorted((number for number in near if number in counts), key=lambda n: -counts[n])
        ways = [(number, NEAR * rarity(counts[number])) for number in found]
        self._rarity, self._wanted = rarity, wanted
        self._pieces = wanted.exact not in counts and bool(wanted.grams)
        self._ways = [*ways, (wanted.exact, rarity(counts.get(wanted.exact, 0)))]

    def weigh(self, rows: Block) -> Weights:
        """Return the weight of each place: that of the rarest way, the word itself first."""
        weights: Weights = self._in_pieces(rows) if self._pieces else {}
        for number, weight in self._ways:
            if number in rows:
                weights.update(dict.fromkeys(rows[number], weight))
        return weights

    def _in_pieces(self, rows: Block) -> Weights:
        counts: Counter[int] = Counter()
        for number in self._wanted.grams:
            counts.update(rows.get(number, ()))
        enough = [place for place, count in counts.items() if count >= self._wanted.least]
        return dict.fromkeys(enough, PIECES * self._rarity(len(enough)))


def _sum(
    sums: Sequence[Weights], parts: Sequence[Weights], allowed: Sequence[set[int] | None]
) -> None:
    """Add what one word weighs; where many are weighed already, to those only."""
    held = sum(map(len, sums))
    closed = held > 0 and held + sum(map(len, parts)) > _BUDGET
    for weights, part, fits in zip(sums, parts, allowed, strict=True):
        places = part.keys() & weights.keys() if closed else part.keys()
        for place in places if fits is None else places & fits:
            weights[place] = weights.get(place, 0.0) + part[place]


def _cut(wanted: Wanted, cut: Callable[[int], int]) -> Wanted:
    near, grams = tuple(map(cut, wanted.near)), tuple(map(cut, wanted.grams))
    return Wanted(cut(wanted.exact), near, grams, wanted.least)
