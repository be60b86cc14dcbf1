"""Learn from the data how much each level of agreement says.

The parameters of the model are estimated by expectation-maximisation (Dempster, Laird, Rubin
1977) on distinct patterns of levels. What strangers agree on is counted in random pairs and
in the frequencies of values.
"""

from __future__ import annotations

import numpy as np
from attrs import define, evolve, field

from customerkit.match import expert
from customerkit.match.codes import Floats, totals
from customerkit.match.comparison import EXACT, Comparison
from customerkit.match.contexts import number
from customerkit.match.guess import start
from customerkit.match.levels import Comparisons
from customerkit.match.threads import in_threads
from customerkit.match.weigh import CLASSES, COLLEAGUES, HOUSEHOLD, MATCH, STRANGER, Model, Patterns

_KNOWN = (MATCH, HOUSEHOLD, COLLEAGUES)
_KEEP = (0.1, 0.3, 0.3)  # how much of the expert stays in each class that is learned
_SEEN = 60.0  # pairs that the expert's word counts as much as
_MANY = 50_000.0  # pairs whose classes count as much as the guess of how many there are
_TOGETHER = 2.0  # what a place and a name together add to the chance of another name: a guess
_ROUNDS = 25
_SETTLED = 1e-3
_SAME = slice(1, 1 + len(EXACT))  # agreement, of every rarity


@define(eq=False)
class Learning:
    """Estimate the parameters.

    Args:
        comparisons: The fields.
        count: Number of records.
        candidates: Patterns of the candidate pairs.
        random: Patterns of random pairs; of all pairs where all are candidates.
        contexts: Field → patterns of pairs that agree on what the field depends on.
        whole: Whether the candidates are all pairs.
    """

    comparisons: Comparisons
    count: int
    candidates: Patterns
    random: Patterns
    contexts: dict[str, Patterns]
    whole: bool
    shared: dict[tuple[str, int], tuple[Floats, float]] = field(factory=dict)
    _agree: dict[str, tuple[Floats, float]] = field(factory=dict, init=False)

    @property
    def pairs(self) -> float:
        """Return the number of all pairs."""
        return self.count * (self.count - 1) / 2

    def learn(self) -> Model:
        """Return the model."""
        prior = start(self.comparisons, self.count)
        model = evolve(prior, tables=[table.copy() for table in prior.tables])
        self._strangers(model, prior, model.of_patterns(self.candidates))
        for _ in range(_ROUNDS):
            before = model.shares.copy()
            found = model.of_patterns(self.candidates)
            weights = found * self.candidates.counts[:, None]
            self._classes(model, prior, weights)
            self._shares(model, prior, weights)
            self._strangers(model, prior, found)
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
            for who in _KNOWN:
                if who == COLLEAGUES and item.name not in expert.COLLEAGUES:
                    continue  # in this they are strangers
                counts = totals(levels, of_class[who], item.size)
                for blocks in self._alike(item):
                    expected = prior.tables[at][who, blocks[0]]
                    seen = sum((counts[block] for block in blocks[1:]), counts[blocks[0]])
                    found = _blend(seen, expected, _KEEP[who])
                    if who != COLLEAGUES:
                        _as_rare(found, expected)
                    for block in blocks:
                        model.tables[at][who, block] = _bounded(found, who, item)

        in_threads(estimate, range(len(self.comparisons.fields)))

    def _alike(self, item: Comparison) -> list[list[slice]]:
        """Return the levels of each context, those together that differ for strangers alone."""
        chance = self._chance(item)
        found: dict[int, list[slice]] = {}
        for at, block in enumerate(_blocks(item)):
            found.setdefault(at & ~chance, []).append(block)
        return list(found.values())

    def _chance(self, item: Comparison) -> int:
        """Return the number of the context in which all hold that matter to strangers alone."""
        contexts = self.comparisons.contexts.get(item.name, ())
        return number([one for one in contexts if one.chance])

    def _strangers(self, model: Model, prior: Model, found: Floats) -> None:
        """Count what strangers agree on: in random pairs, and in pairs of one context."""
        known = self.candidates.counts * found[:, :STRANGER].sum(axis=1)
        chance = model.of_patterns(self.random)[:, STRANGER] * self.random.counts
        for at, item in enumerate(self.comparisons.fields):
            first, *others = _blocks(item)
            table = model.tables[at]
            counts = totals(self.random.columns[at], chance, item.size)
            apart = [others.pop()] if item.name in expert.FAR.match else []
            seen = sum((counts[block] for block in apart), counts[first])
            table[STRANGER, first] = _gamma(seen, prior.tables[at][STRANGER, first])
            for block in others:
                self._context(at, item, block, model, prior)
            if not self.whole:
                explained = totals(self.candidates.columns[at], known, item.size)
                self._exact(item, table[STRANGER, first], explained)
                for place, block in enumerate(others, 1):
                    shared = self.shared.get((item.name, place))
                    if shared is not None:
                        _joint(table[STRANGER, block], explained[block], shared)
            self._at_most(item, table[STRANGER])
            for block in others:
                _at_least(table[STRANGER, block], table[STRANGER, first])
            for block in apart:  # as of two records at random
                table[STRANGER, block] = table[STRANGER, first]
            if item.name not in expert.COLLEAGUES:
                table[COLLEAGUES] = table[STRANGER]

    def _at_most(self, item: Comparison, table: Floats) -> None:
        """Let strangers of one place and one name agree little more than those of either.

        Who does so beyond that are relatives, or one person that was not believed in yet.
        """
        blocks, chance = _blocks(item), self._chance(item)
        for at, block in enumerate(blocks):
            if at & chance and at & ~chance:
                parts = [table[blocks[part]][_SAME].sum() for part in (at & chance, at & ~chance)]
                agree = table[block][_SAME]
                agree *= min(1.0, _TOGETHER * max(parts) / agree.sum())
                _leave(table[block])

    def _exact(self, item: Comparison, table: Floats, explained: Floats) -> None:
        """Count agreement on values in all pairs, without those that are no strangers."""
        agree, stated = self._agreeing(item)
        both = sum(explained[block][_SAME] for block in _blocks(item))
        pairs = stated * (stated - 1) / 2
        table[_SAME] = np.maximum(agree - both, 0.02 * agree + 0.5) / pairs
        _leave(table)

    def _agreeing(self, item: Comparison) -> tuple[Floats, float]:
        """Return how many of all pairs agree on values of each rarity, and who states any."""
        if item.name not in self._agree:
            counts = item.counts.astype(np.float64)
            agree = totals(item.bins, counts * (counts - 1) / 2, len(EXACT))
            self._agree[item.name] = agree, max(float(item.column.counts.sum()), 2.0)
        return self._agree[item.name]

    def _context(self, at: int, item: Comparison, block: slice, model: Model, prior: Model) -> None:
        sample = self.contexts.get(item.name)
        if sample is None:
            return
        chance = model.of_patterns(sample)[:, STRANGER] * sample.counts
        counts = totals(sample.columns[at], chance, item.size)[block]
        found = _blend(counts, prior.tables[at][STRANGER, block], 0.1)
        model.tables[at][STRANGER, block] = _bounded(found, STRANGER, item)


def _joint(table: Floats, explained: Floats, shared: tuple[Floats, float]) -> None:
    """Count agreement in all pairs of one context, without those that are no strangers."""
    agree, pairs = shared
    pairs = max(pairs - explained[1:].sum(), 0.05 * pairs + 1)
    left = np.maximum(agree - explained[_SAME], 0.02 * agree) / pairs
    table[_SAME] = np.clip(left, table[_SAME] * 1e-3, 0.98)
    _leave(table)


def _at_least(table: Floats, chance: Floats) -> None:
    """Let strangers who agree on one thing agree on another no less than any strangers do.

    Otherwise a value that nearly everybody states speaks for a match within the context.
    """
    table[_SAME] = np.maximum(table[_SAME], chance[_SAME])
    _leave(table)


def _leave(table: Floats) -> None:
    """Scale the other levels to what agreement leaves."""
    rest = table[_SAME.stop :]
    rest *= max(1 - table[_SAME].sum(), 1e-3) / rest.sum()


def _blocks(item: Comparison) -> list[slice]:
    """Return the levels of each context."""
    size = len(item.names)
    return [slice(size * at, size * (at + 1)) for at in range(item.contexts)]


def _blend(counts: Floats, expected: Floats, keep: float) -> Floats:
    """Return the shares seen, with some of what is expected; the first level is missing."""
    seen = counts.copy()
    seen[0] = 0
    total = seen.sum()
    base = expected.copy()
    base[0] = 0
    strength = keep * total + _SEEN
    found: Floats = (seen + strength * base) / (total + strength)
    found[0] = 1.0
    kept: Floats = np.maximum(found, 1e-9)
    return kept


def _as_rare(table: Floats, expected: Floats) -> None:
    """Let a class agree on values as rare as they are anyhow.

    Persons and households differ in how often they agree, not in on what. Learned for each,
    one of them would take the values of those who have many records, and the other what is
    left, so that two equal records of somebody who has no others look like relatives.
    """
    table[_SAME] = table[_SAME].sum() * expected[_SAME] / expected[_SAME].sum()


def _bounded(table: Floats, who: int, item: Comparison) -> Floats:
    """Return the levels of a class with no more of any than it has at most."""
    for bound in expert.BOUNDS:
        if (bound.who, bound.field) == (CLASSES[who], item.name):
            at = item.level(bound.level) if bound.level != "same" else 0
            of = slice(at, at + 1) if at else _SAME
            share = table[of].sum()
            if share > bound.most:
                table[1:] *= (1 - bound.most) / (table[1:].sum() - share)
                table[of] *= bound.most / table[of].sum()
    return table


def _gamma(counts: Floats, expected: Floats) -> Floats:
    """Return shares where each level was expected as if seen once in 1/share pairs."""
    seen = counts.copy()
    seen[0] = 0
    total = seen.sum()
    found = (seen + 1) / (total + 1 / np.maximum(expected, 1e-12))
    found[0] = 0
    found /= found.sum()
    found[0] = 1.0
    bounded: Floats = np.maximum(found, 1e-12)
    return bounded
