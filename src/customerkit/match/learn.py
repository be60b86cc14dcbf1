"""Learn from the data how much each level of agreement says.

The parameters of the model are estimated by expectation-maximisation (Dempster, Laird, Rubin
1977) on distinct patterns of levels. What strangers agree on is counted in random pairs and
in the frequencies of values, see :mod:`customerkit.match.strangers`.
"""

from __future__ import annotations

import numpy as np
from attrs import define, evolve

from customerkit.match import expert
from customerkit.match.codes import Floats, totals
from customerkit.match.comparison import Comparison
from customerkit.match.guess import start
from customerkit.match.levels import Comparisons
from customerkit.match.shares import as_any, as_rare, blend, blocks, bounded
from customerkit.match.strangers import Strangers
from customerkit.match.weigh import COLLEAGUES, HOUSEHOLD, MATCH, STRANGER, Model, Patterns
from customerkit.threads import in_threads

_KEEP = {MATCH: 0.1, HOUSEHOLD: 0.3, COLLEAGUES: 0.3}
"""How much of the expert stays in each class that is learned; of namesakes all does."""
_MANY = 50_000.0  # pairs whose classes count as much as the guess of how many there are
_ROUNDS = 25
_SETTLED = 1e-3


@define(eq=False)
class Learning:
    """Estimate the parameters.

    Args:
        comparisons: The fields.
        count: Number of records.
        candidates: Patterns of the candidate pairs.
        strangers: What counts what strangers agree on.
    """

    comparisons: Comparisons
    count: int
    candidates: Patterns
    strangers: Strangers

    @property
    def pairs(self) -> float:
        """Return the number of all pairs."""
        return self.count * (self.count - 1) / 2

    def learn(self) -> Model:
        """Return the model."""
        prior = start(self.comparisons, self.count)
        model = evolve(prior, tables=[table.copy() for table in prior.tables])
        self.strangers.estimate(model, prior, model.of_patterns(self.candidates))
        for _ in range(_ROUNDS):
            before = model.shares.copy()
            found = model.of_patterns(self.candidates)
            weights = found * self.candidates.counts[:, None]
            self._classes(model, prior, weights)
            self._shares(model, prior, weights)
            self.strangers.estimate(model, prior, found)
            if np.abs(model.shares - before).max() < _SETTLED * model.shares[:STRANGER].max():
                break
        return model

    def _shares(self, model: Model, prior: Model, weights: Floats) -> None:
        found = weights.sum(axis=0)
        known = (found + _MANY * prior.shares)[:STRANGER] / (self.pairs + _MANY)
        model.shares = np.array([*known, max(1 - known.sum(), 1e-3)])

    def _classes(self, model: Model, prior: Model, weights: Floats) -> None:
        of_class = np.ascontiguousarray(weights.T)

        def estimate(at: int) -> None:
            item, levels = self.comparisons.fields[at], self.candidates.columns[at]
            for who, keep in _KEEP.items():
                if who == COLLEAGUES and item.name not in expert.COLLEAGUES:
                    continue  # in this they are strangers
                counts = totals(levels, of_class[who], item.size)
                for alike in self._alike(item):
                    expected = prior.tables[at][who, alike[0]]
                    seen = sum((counts[block] for block in alike[1:]), counts[alike[0]])
                    found = blend(seen, expected, keep)
                    if who != COLLEAGUES:
                        as_rare(found, expected)
                    for block in alike:
                        chance = model.tables[at][STRANGER, block]
                        if who == HOUSEHOLD:
                            as_any(found, item, chance)
                        model.tables[at][who, block] = bounded(found, who, item, chance)
            for block in self._moved(item):
                model.tables[at][HOUSEHOLD, block] = model.tables[at][MATCH, block]

        in_threads(estimate, range(len(self.comparisons.fields)))

    def _moved(self, item: Comparison) -> list[slice]:
        """Return the levels where places are far apart: who moves, moves as relatives do.

        Learned for each, a person's would be a move to anywhere, and that within a town would
        be left to relatives: who moves to the next street would be somebody else.
        """
        apart = self.comparisons.apart(item.name)
        return [block for at, block in enumerate(blocks(item)) if at & apart]

    def _alike(self, item: Comparison) -> list[list[slice]]:
        """Return the levels of each context, those together that differ for strangers alone."""
        chance = self.comparisons.chance(item.name)
        found: dict[int, list[slice]] = {}
        for at, block in enumerate(blocks(item)):
            found.setdefault(at & ~chance, []).append(block)
        return list(found.values())
