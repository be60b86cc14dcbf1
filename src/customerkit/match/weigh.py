"""Learn from the data how much each level of agreement says.

The model is that of Fellegi and Sunter (1969) with three classes instead of two: the two
records are one person, two people of one household, or strangers. Its parameters are
estimated by expectation-maximisation (Dempster, Laird, Rubin 1977) on distinct patterns of
levels. What strangers agree on is counted in random pairs and in the frequencies of values.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import define, evolve, field
from numpy.typing import NDArray

from customerkit.match import expert
from customerkit.match.codes import Floats, totals
from customerkit.match.comparison import EXACT, Comparison, Levels
from customerkit.match.levels import Comparisons
from customerkit.match.sorting import distinct

MATCH, HOUSEHOLD, STRANGER = 0, 1, 2
_ROUNDS = 25
_KEEP = np.array([0.1, 0.3, 0.0])  # how much of the expert stays in each class
_SEEN = 60.0  # pairs that the expert's word counts as much as
_SETTLED = 1e-3
_IDENTIFIERS = frozenset(["national_id", "tax_id", "email"])
_PERSONAL = _IDENTIFIERS | {"given_name", "family_name", "birth_date"}
ALONE = -1.0
"""The log2 odds that agreement on one field alone gives at most: worth a look."""
_TELLS = 1.0  # bits from which a field speaks for a match
_MANY = 50_000.0  # pairs whose classes count as much as the guess of how many there are
_ENOUGH = 5_000.0  # pairs whose agreement counts as much as the expert's word on strangers


@define(eq=False)
class Patterns:
    """Hold distinct patterns of levels and how many pairs have each.

    Args:
        levels: A row for each pattern, a column for each field.
        counts: Pairs of each pattern.
        back: Pair → its pattern.
    """

    levels: Levels
    counts: Floats
    back: NDArray[np.int32]
    _columns: list[NDArray[np.int64]] | None = field(default=None, init=False)

    @property
    def columns(self) -> list[NDArray[np.int64]]:
        """Return the levels of each field, as places in the model's tables."""
        if self._columns is None:
            self._columns = list(self.levels.T.astype(np.int64))
        return self._columns

    @classmethod
    def of(cls, levels: Levels, sizes: Sequence[int], weights: Floats | None = None) -> Patterns:
        """Count the patterns of pairs, each for as many as it stands for."""
        packed = np.zeros(len(levels), np.int64)
        for at, size in enumerate(sizes):
            packed = packed * size + levels[:, at]
        found = distinct(packed)
        counts = found.counts if weights is None else np.bincount(found.back, weights)
        return cls(levels[found.first], counts.astype(np.float64), found.back)


@define(eq=False)
class Model:
    """Say how likely each level is in each class, and how many pairs each class has.

    Args:
        tables: For each field an array (classes x levels) of probabilities; 1 where missing.
        shares: The share of each class among all pairs of records.
        warnings: What a person should know of how it was learned.
    """

    tables: list[Floats]
    shares: Floats
    warnings: list[str] = field(factory=list)

    def parts(self, levels: Levels) -> Floats:
        """Return log2 likelihoods: pairs x fields x classes."""
        found = [np.log2(table.T)[levels[:, at]] for at, table in enumerate(self.tables)]
        return np.stack(found, axis=1)

    def likelihoods(self, levels: Levels) -> Floats:
        """Return the log2 likelihood of each pair (rows) in each class (columns)."""
        return self._sums([levels[:, at].astype(np.int64) for at in range(len(self.tables))])

    def _sums(self, columns: list[NDArray[np.int64]]) -> Floats:
        found = np.zeros((3, len(columns[0])))
        for places, table in zip(columns, self.tables, strict=True):
            for who, logs in enumerate(np.log2(table)):
                found[who] += logs.take(places)
        return found.T

    def weights(self, levels: Levels, fields: Sequence[Comparison]) -> Floats:
        """Return the log2 odds of a match.

        One field alone never makes a person, nor what whole households share.

        Args:
            levels: A row for each pair, a column for each field.
            fields: The fields.
        """
        found = odds(self.likelihoods(levels), self.shares)
        agree = self.agreeing(levels)
        personal = agree[:, [item.name in _PERSONAL for item in fields]].any(axis=1)
        telling = (agree.sum(axis=1) > 1) & personal
        for at, item in enumerate(fields):
            if item.name in _IDENTIFIERS:
                level = levels[:, at] % len(item.names)
                telling |= (level > 0) & (level <= len(EXACT))
        return np.where(telling, found, np.minimum(found, ALONE))

    def agreeing(self, levels: Levels) -> NDArray[np.bool_]:
        """Say which fields of each pattern speak for a match rather than strangers."""
        speaks = [np.log2(table[MATCH] / table[STRANGER]) > _TELLS for table in self.tables]
        return np.stack([one[levels[:, at]] for at, one in enumerate(speaks)], axis=1)

    def posteriors(self, levels: Levels) -> Floats:
        """Return the probability of each class for each pair."""
        return chances(self.likelihoods(levels), self.shares)

    def of_patterns(self, patterns: Patterns) -> Floats:
        """Return the probability of each class (columns) for each pattern (rows)."""
        return chances(self._sums(patterns.columns), self.shares)


def chances(logs: Floats, shares: Floats) -> Floats:
    """Return the probability of each class, of log2 likelihoods."""
    logs = logs + np.log2(shares)
    logs -= logs.max(axis=1, keepdims=True)
    weights = np.exp2(logs)
    found: Floats = weights / weights.sum(axis=1, keepdims=True)
    return found


def probability(bits: Floats) -> Floats:
    """Return the probabilities that log2 odds mean."""
    found: Floats = 1 / (1 + np.exp2(-bits))
    return found


def odds(logs: Floats, shares: Floats) -> Floats:
    """Return the log2 odds of a match: for against not, priors included."""
    logs = logs + np.log2(shares)
    found: Floats = logs[..., MATCH] - np.logaddexp2(logs[..., HOUSEHOLD], logs[..., STRANGER])
    return found


# ── before the data ──────────────────────────────────────────────────────────


def start(comparisons: Comparisons, count: int) -> Model:
    """Return the model that experts' guesses and the frequencies of values give."""
    tables = [_table(item) for item in comparisons.fields]
    pairs = count * (count - 1) / 2
    match = min(expert.MOST_MATCHES, expert.MATCHES_PER_RECORD * count / pairs)
    household = min(expert.MOST_MATCHES, expert.RELATIVES_PER_RECORD * count / pairs)
    return Model(tables, np.array([match, household, 1 - match - household]))


def _table(item: Comparison) -> Floats:
    spread = _exact_shares(item)
    chance = _chance(item)
    name = item.name
    blocks = [
        [
            _levels(item, expert.MATCH[name], spread),
            _levels(item, expert.HOUSEHOLD[name], spread),
            _strangers(item, expert.STRANGER[name], chance),
        ]
    ]
    if item.contexts > 1:
        context = expert.CONTEXT[name]
        blocks += [
            [
                _levels(item, expert.MATCH_CONTEXT[name], spread),
                _levels(item, expert.HOUSEHOLD_CONTEXT[name], spread),
                _strangers(item, context, np.maximum(context["same"] * spread, chance)),
            ]
        ] * (item.contexts - 1)
    return np.concatenate([np.array(block) for block in blocks], axis=1)


def _exact_shares(item: Comparison) -> Floats:
    """Return the share of each class of rarity among the records that state the field."""
    counts = totals(item.bins, item.column.counts, len(EXACT))
    counts = counts + 1e-3 * max(counts.sum(), 1)
    shares: Floats = counts / counts.sum()
    return shares


def _chance(item: Comparison) -> Floats:
    """Return how likely two random records agree on a value of each class of rarity."""
    stated = max(int(item.column.counts.sum()), 2)
    counts = item.column.counts.astype(np.float64)
    agree = totals(item.bins, counts * (counts - 1) / 2, len(EXACT))
    guess = expert.STRANGER[item.name]["same"] * _exact_shares(item)
    pairs = stated * (stated - 1) / 2
    found: Floats = np.maximum((agree + _ENOUGH * guess) / (pairs + _ENOUGH), 1e-12)
    return found


def _levels(item: Comparison, shares: expert.Shares, spread: Floats) -> Floats:
    rest = [shares[name] for name in item.near]
    found = np.array([0.0, *(shares["same"] * spread), *rest])
    found /= found.sum()
    found[0] = 1.0
    return found


def _strangers(item: Comparison, shares: expert.Shares, exact: Floats) -> Floats:
    near = [shares.get(name, 0.0) for name in item.near]
    found = np.array([0.0, *exact, *near])
    at = item.level("different") if "different" not in shares else 1
    if "different" not in shares:
        found[at] = max(1e-3, 1.0 - found.sum())
    found /= found.sum()
    found[0] = 1.0
    return found


# ── from the data ────────────────────────────────────────────────────────────


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
            if np.abs(model.shares / before - 1).max() < _SETTLED:
                break
        return model

    def _shares(self, model: Model, prior: Model, weights: Floats) -> None:
        found = weights.sum(axis=0)
        match = (found[MATCH] + _MANY * prior.shares[MATCH]) / (self.pairs + _MANY)
        household = (found[HOUSEHOLD] + _MANY * prior.shares[HOUSEHOLD]) / (self.pairs + _MANY)
        model.shares = np.array([match, household, max(1 - match - household, 1e-3)])

    def _classes(self, model: Model, prior: Model, weights: Floats) -> None:
        for at, item in enumerate(self.comparisons.fields):
            levels = self.candidates.columns[at]
            for who in (MATCH, HOUSEHOLD):
                counts = totals(levels, weights[:, who], item.size)
                for block in _blocks(item):
                    expected = prior.tables[at][who, block]
                    model.tables[at][who, block] = _blend(counts[block], expected, _KEEP[who])

    def _strangers(self, model: Model, prior: Model, found: Floats) -> None:
        """Count what strangers agree on: in random pairs, and in pairs of one context."""
        known = self.candidates.counts * (found[:, MATCH] + found[:, HOUSEHOLD])
        chance = model.of_patterns(self.random)[:, STRANGER] * self.random.counts
        for at, item in enumerate(self.comparisons.fields):
            first, *others = _blocks(item)
            table = model.tables[at]
            counts = totals(self.random.columns[at], chance, item.size)
            table[STRANGER, first] = _gamma(counts[first], prior.tables[at][STRANGER, first])
            for block in others:
                self._context(at, item, block, model, prior)
            if not self.whole:
                explained = totals(self.candidates.columns[at], known, item.size)
                self._exact(item, table[STRANGER, first], explained)
                for place, block in enumerate(others, 1):
                    shared = self.shared.get((item.name, place))
                    if shared is not None:
                        _joint(table[STRANGER, block], explained[block], shared)
            for block in others:
                _at_least(table[STRANGER, block], table[STRANGER, first])

    def _exact(self, item: Comparison, table: Floats, explained: Floats) -> None:
        """Count agreement on values in all pairs, without those that are no strangers."""
        agree, stated = self._agreeing(item)
        both = sum(explained[block][1 : 1 + len(EXACT)] for block in _blocks(item))
        pairs = stated * (stated - 1) / 2
        left = np.maximum(agree - both, 0.02 * agree + 0.5) / pairs
        rest = table[1 + len(EXACT) :]
        rest *= max(1 - left.sum(), 1e-3) / rest.sum()
        table[1 : 1 + len(EXACT)] = left

    def _agreeing(self, item: Comparison) -> tuple[Floats, float]:
        """Return how many of all pairs agree on values of each rarity, and who states any."""
        if item.name not in self._agree:
            counts = item.column.counts.astype(np.float64)
            agree = totals(item.bins, counts * (counts - 1) / 2, len(EXACT))
            self._agree[item.name] = agree, max(float(counts.sum()), 2.0)
        return self._agree[item.name]

    def _context(self, at: int, item: Comparison, block: slice, model: Model, prior: Model) -> None:
        sample = self.contexts.get(item.name)
        if sample is None:
            return
        chance = model.of_patterns(sample)[:, STRANGER] * sample.counts
        counts = totals(sample.columns[at], chance, item.size)[block]
        model.tables[at][STRANGER, block] = _blend(counts, prior.tables[at][STRANGER, block], 0.1)


def _joint(table: Floats, explained: Floats, shared: tuple[Floats, float]) -> None:
    """Count agreement in all pairs of one context, without those that are no strangers."""
    agree, pairs = shared
    both = explained[1 : 1 + len(EXACT)]
    pairs = max(pairs - explained[1:].sum(), 0.05 * pairs + 1)
    left = np.maximum(agree - both, 0.02 * agree) / pairs
    table[1 : 1 + len(EXACT)] = np.clip(left, table[1 : 1 + len(EXACT)] * 1e-3, 0.98)
    rest = table[1 + len(EXACT) :]
    rest *= max(1 - table[1 : 1 + len(EXACT)].sum(), 1e-3) / rest.sum()


def _at_least(table: Floats, chance: Floats) -> None:
    """Let strangers who agree on one thing agree on another no less than any strangers do.

    Otherwise a value that nearly everybody states speaks for a match within the context.
    """
    exact = slice(1, 1 + len(EXACT))
    table[exact] = np.maximum(table[exact], chance[exact])
    rest = table[1 + len(EXACT) :]
    rest *= max(1 - table[exact].sum(), 1e-3) / rest.sum()


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
