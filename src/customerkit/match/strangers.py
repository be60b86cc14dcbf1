"""Count what strangers agree on: by chance, in random pairs, and in pairs of one context."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from attrs import define, field

from customerkit.match import expert
from customerkit.match.codes import Floats, totals
from customerkit.match.comparison import Comparison
from customerkit.match.levels import Comparisons
from customerkit.match.rarity import EXACT
from customerkit.match.sample import Joint
from customerkit.match.shares import SAME, blend, blocks, bounded, leave, scarce
from customerkit.match.weigh import COLLEAGUES, STRANGER, Model, Patterns

_TOGETHER = 2.0  # what a place and a name together add to the chance of another name: a guess
_DROWNED = 0.5  # the share of agreement by others than strangers that drowns what these do


@define(eq=False)
class Strangers:
    """Estimate what strangers do.

    Args:
        comparisons: The fields.
        candidates: Patterns of the candidate pairs.
        random: Patterns of random pairs; of all pairs where all are candidates.
        contexts: Field → patterns of pairs that agree on what the field depends on.
        whole: Whether the candidates are all pairs.
        shared: Field and context → how often all pairs of the context agree.
    """

    comparisons: Comparisons
    candidates: Patterns
    random: Patterns
    contexts: Mapping[str, Patterns]
    whole: bool
    shared: Mapping[tuple[str, int], Joint] = field(factory=dict)
    _agree: dict[str, Joint] = field(factory=dict, init=False)

    def estimate(self, model: Model, prior: Model, found: Floats) -> None:
        """Set the shares of strangers' levels in all fields.

        Args:
            model: The model as it stands; its tables are changed.
            prior: The expert's.
            found: The probability of each class for each pattern of the candidates.
        """
        known = self.candidates.counts * found[:, :STRANGER].sum(axis=1)
        chance = model.of_patterns(self.random)[:, STRANGER] * self.random.counts
        for at, item in enumerate(self.comparisons.fields):
            counts = totals(self.random.columns[at], chance, item.size)
            explained = totals(self.candidates.columns[at], known, item.size)
            self._field(at, counts, explained, model, prior)
            if item.name not in expert.COLLEAGUES:
                model.tables[at][COLLEAGUES] = model.tables[at][STRANGER]

    def _field(
        self, at: int, counts: Floats, explained: Floats, model: Model, prior: Model
    ) -> None:
        item, table = self.comparisons.fields[at], model.tables[at][STRANGER]
        first, *others = blocks(item)
        places = dict(enumerate(others, 1))
        apart = [
            places.pop(place)
            for place in list(places)
            if expert.told(item.name, place) is expert.FAR
        ]
        seen = sum((counts[block] for block in apart), counts[first])
        table[first] = scarce(seen, prior.tables[at][STRANGER, first])
        self._contexts(at, places.values(), model, prior)
        if not self.whole:
            self._exact(item, table[first], explained)
            for place, block in places.items():
                shared = self.shared.get((item.name, place))
                if shared is not None:
                    count_shared(table[block], explained[block], shared, table[first])
        self._at_most(item, table)
        for block in places.values():
            _at_least(table[block], table[first])
        for block in apart:  # as of two records at random
            table[block] = table[first]

    def _at_most(self, item: Comparison, table: Floats) -> None:
        """Let strangers of one place and one name agree little more than those of either.

        Who does so beyond that are relatives, or one person that was not believed in yet.
        """
        places, chance = blocks(item), self.comparisons.chance(item.name)
        for at, block in enumerate(places):
            if at & chance and at & ~chance:
                parts = [table[places[part]][SAME].sum() for part in (at & chance, at & ~chance)]
                agree = table[block][SAME]
                agree *= min(1.0, _TOGETHER * max(parts) / agree.sum())
                leave(table[block])

    def _exact(self, item: Comparison, table: Floats, explained: Floats) -> None:
        """Count agreement on values in all pairs, without those that are no strangers."""
        agree, stated = self._agreeing(item)
        both = sum(explained[block][SAME] for block in blocks(item))
        pairs = stated * (stated - 1) / 2
        table[SAME] = np.maximum(agree - both, 0.02 * agree + 0.5) / pairs
        leave(table)

    def _agreeing(self, item: Comparison) -> Joint:
        """Return how many of all pairs agree on values of each rarity, and who states any."""
        if item.name not in self._agree:
            counts = item.counts.astype(np.float64)
            agree = totals(item.bins, counts * (counts - 1) / 2, len(EXACT))
            self._agree[item.name] = agree, max(float(item.column.counts.sum()), 2.0)
        return self._agree[item.name]

    def _contexts(self, at: int, places: Iterable[slice], model: Model, prior: Model) -> None:
        item = self.comparisons.fields[at]
        sample = self.contexts.get(item.name)
        if sample is None:
            return
        chance = model.of_patterns(sample)[:, STRANGER] * sample.counts
        counts = totals(sample.columns[at], chance, item.size)
        table, expected = model.tables[at][STRANGER], prior.tables[at][STRANGER]
        for block in places:  # what pairs of one context tell depends on no other
            found = blend(counts[block], expected[block], 0.1)
            table[block] = bounded(found, STRANGER, item, table[block])


def count_shared(table: Floats, explained: Floats, shared: Joint, chance: Floats) -> None:
    """Count agreement in all pairs of one context, without those that are no strangers.

    Where most who agree are no strangers, too little is left to count. What a context adds
    to chance is taken from the other values then: who shares a given name has one language
    with the other, and so any family name of it more likely, the rare ones no less.
    """
    agree, pairs = shared
    most = agree / max(pairs, 1.0)
    pairs = max(pairs - explained[1:].sum(), 0.05 * pairs + 1)
    left = np.maximum(agree - explained[SAME], 0.02 * agree) / pairs
    clear = explained[SAME] < _DROWNED * agree
    if clear.any():
        lift = left[clear].sum() / chance[SAME][clear].sum()
        left = np.where(clear, left, np.maximum(left, np.minimum(lift * chance[SAME], most)))
    table[SAME] = np.clip(left, table[SAME] * 1e-3, 0.98)
    leave(table)


def _at_least(table: Floats, chance: Floats) -> None:
    """Let strangers who agree on one thing agree on another no less than any strangers do.

    Otherwise a value that nearly everybody states speaks for a match within the context.
    """
    table[SAME] = np.maximum(table[SAME], chance[SAME])
    leave(table)
