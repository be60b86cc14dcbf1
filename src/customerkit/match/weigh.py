"""Say what levels of agreement mean: the odds that two records are one person.

The model is that of Fellegi and Sunter (1969) with five classes instead of two: the two
records are one person, two people of one household or family, father and son of one name
(namesakes), two at one place who share a mailbox or a number but no name (colleagues), or
strangers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from customerkit.match.codes import Floats
from customerkit.match.comparison import Comparison, Levels
from customerkit.match.rarity import EXACT
from customerkit.match.sorting import distinct
from customerkit.threads import in_threads

MATCH, HOUSEHOLD, NAMESAKES, COLLEAGUES, STRANGER = range(5)
CLASSES = ("person", "household", "namesakes", "colleagues", "strangers")
"""What two records can be: one person, or two: of one household or family, father and son of
one name, at one place, or strangers. The place of each name is the number of its class."""
_IDENTIFIERS = frozenset(["national_id", "tax_id", "account", "email"])
_OF_PEOPLE = frozenset(["given_name", "family_name", "birth_date"])
_PERSONAL = _IDENTIFIERS | _OF_PEOPLE
ALONE = -1.0
"""The log2 odds that agreement on one field alone gives at most: worth a look."""
_CHUNK = 1 << 16  # rows at a time
_TELLS = 1.0  # bits from which a field speaks for a match


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

    def thinned(self, most: int, rng: np.random.Generator) -> Patterns:
        """Return some of the patterns, which stand for the others too; of no pairs in particular.

        Each is kept by a chance that grows with its pairs, and counts for as many more as the
        chance is small: sums over pairs stay right on average (Horvitz and Thompson 1952).

        Args:
            most: More are not kept, on average; fewer are all kept.
            rng: Draws them.
        """
        if len(self.counts) <= most:
            return self
        chance = np.minimum(self.counts * (most / self.counts.sum()), 1.0)
        kept = np.flatnonzero(rng.random(len(chance)) < chance)
        nobody = np.zeros(0, np.int32)
        return Patterns(self.levels[kept], self.counts[kept] / chance[kept], nobody)


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
        logs = [np.ascontiguousarray(np.log2(table.T)) for table in self.tables]
        found = np.empty((len(CLASSES), len(columns[0])))

        def add(start: int) -> None:
            some = slice(start, start + _CHUNK)
            parts = (at.take(row[some], axis=0) for at, row in zip(logs, columns, strict=True))
            found[:, some] = reduce(np.add, parts).T

        in_threads(add, range(0, found.shape[1], _CHUNK))
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
        own = {*_PERSONAL, *(["company"] if of_companies(fields) else [])}
        personal = agree[:, [item.name in own for item in fields]].any(axis=1)
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


def of_companies(fields: Sequence[Comparison]) -> bool:
    """Say whether records speak of companies: they state no person's name or birth date."""
    names = {item.name for item in fields}
    return "company" in names and names.isdisjoint(_OF_PEOPLE)


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
    found: Floats = logs[..., MATCH] - np.logaddexp2.reduce(logs[..., MATCH + 1 :], axis=-1)
    return found
