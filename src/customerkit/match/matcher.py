"""Compare the records that state different things, under one model."""

from __future__ import annotations

import numpy as np
from attrs import define, evolve, field
from numpy.typing import NDArray

from customerkit.match.attributes import Attributes
from customerkit.match.block import ALL_PAIRS, Packed, within
from customerkit.match.bulk import hashed
from customerkit.match.cluster import THRESHOLD, Joined, Said, beside, components, pooled
from customerkit.match.codes import Coded, Floats
from customerkit.match.comparison import Levels
from customerkit.match.guess import start
from customerkit.match.keys import whole
from customerkit.match.learn import Learning
from customerkit.match.levels import Comparisons
from customerkit.match.sample import contexts_of, is_skewed, random_pairs, shared_of
from customerkit.match.screen import Screen
from customerkit.match.sorting import grouped, run_starts, runs_of, sizes_of
from customerkit.match.strangers import Strangers
from customerkit.match.subjects import Subjects
from customerkit.match.weigh import Model, Patterns, probability
from customerkit.threads import in_threads

_LARGEST = 300  # records of a component that are all compared with each other
_COUPLE = 2
_PATTERNS = 150_000  # that a model is learned from: more change its shares by a thousandth
_SEED = 20_061  # any; the same records give the same samples


@define(eq=False)
class Matcher:
    """Compare distinct records under a model.

    Args:
        subjects: The distinct records, in an order that depends on what they state only.
        rows: Record → its distinct record.
        model: How much each level of agreement says.
    """

    subjects: Subjects
    rows: NDArray[np.int64]
    attributes: Attributes = field(init=False)
    comparisons: Comparisons = field(init=False)
    model: Model = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.attributes = Attributes(self.subjects)
        self.comparisons = Comparisons(self.subjects)
        if is_skewed(self.comparisons, self.attributes):
            self.comparisons.forget_places()
        self.model = start(self.comparisons, max(self.subjects.count, 2))

    @property
    def count(self) -> int:
        """Return the number of distinct records."""
        return self.subjects.count

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Return how many records each distinct record stands for."""
        return np.bincount(self.rows, minlength=self.count)

    def unpacked(self, packed: Packed) -> tuple[Packed, Packed]:
        """Return the two records of each pair."""
        left = packed // self.count
        return left, packed - left * self.count

    def compare(self, packed: Packed) -> tuple[Patterns, Packed]:
        """Return the patterns of candidates, hopeless ones by a sample, and the others."""
        sizes, levels = self.comparisons.sizes, self.comparisons.levels
        if self.count <= ALL_PAIRS:
            return Patterns.of(levels(self.unpacked(packed)), sizes), packed
        found = Screen(self.comparisons, self.model).sift(packed, self.count)
        patterns = Patterns.of(levels(self.unpacked(found.pairs)), sizes, found.weights)
        return evolve(patterns, back=patterns.back[: len(found.kept)]), found.kept

    def odds(self, left: Packed, right: Packed) -> Floats:
        """Return the log2 odds that pairs of distinct records are one person."""
        return self.weights(self.comparisons.levels((left, right)))

    def weights(self, levels: Levels) -> Floats:
        """Return the log2 odds of patterns, see :meth:`Model.weights`."""
        return self.model.weights(levels, self.comparisons.fields)

    def believed(self, patterns: Patterns) -> float:
        """Return how many pairs of one person the model believes in for each record."""
        chances = probability(self.weights(patterns.levels))
        return float(chances @ patterns.counts) / max(self.count, 1)

    def learn(self, patterns: Patterns, whole: bool) -> None:
        """Learn the model from the patterns of the candidates."""
        rng = np.random.default_rng(_SEED)
        sizes = self.comparisons.sizes
        sample = patterns
        if not whole:
            sample = Patterns.of(self.comparisons.levels(random_pairs(self.count, rng)), sizes)
        some = patterns.thinned(_PATTERNS, rng)
        strangers = Strangers(
            self.comparisons,
            some,
            sample,
            contexts_of(self.comparisons, self.attributes, rng),
            whole,
            shared_of(self.comparisons, self.attributes),
        )
        self.model = Learning(self.comparisons, self.count, some, strangers).learn()

    # ── joining ──────────────────────────────────────────────────────────────

    def join(
        self, left: Packed, right: Packed, weights: Floats, threshold: float = THRESHOLD
    ) -> Joined:
        """Join distinct records to people.

        Two that are linked to nobody else say together what they say; only of more, the
        evidence is pooled.
        """
        linked = np.flatnonzero(weights >= threshold)
        groups = components(self.count, left[linked], right[linked])
        sizes = np.bincount(groups, minlength=self.count)[groups]
        a, b = self.unpacked(self._inner(groups, sizes, left, right))
        found = pooled(self.sizes, a, b, self.evidence(a, b), self.model.shares, threshold)
        two = linked[sizes[left[linked]] == _COUPLE]
        found.join(left[two], right[two], weights[two], self.sizes)
        return found

    def evidence(self, left: Packed, right: Packed) -> Said:
        """Return what pairs say.

        A field tells as much as its log2 likelihoods of the classes are apart: an initial
        that fits tells less than two whole names, and nothing is told that is not stated.
        """
        found = Patterns.of(self.comparisons.levels((left, right)), self.comparisons.sizes)
        parts = self.model.parts(found.levels)
        telling = np.ptp(parts, axis=2) * self._stated(found.levels)
        return Said(beside(parts, telling), found.back)

    def _inner(self, groups: Packed, sizes: Packed, left: Packed, right: Packed) -> Packed:
        """Return all pairs inside small components, and the candidates inside large ones."""
        members = np.flatnonzero((sizes > _COUPLE) & (sizes <= _LARGEST))
        members = members[np.argsort(groups[members], kind="stable")]
        starts = run_starts(groups[members])
        packed = within(members, sizes_of(starts, len(members)), self.count)
        large = (sizes[left] > _LARGEST) & (groups[left] == groups[right])
        return np.concatenate([packed, left[large] * self.count + right[large]])

    def _stated(self, levels: Levels) -> Floats:
        found = [
            levels[:, at] % len(item.names) > 0 for at, item in enumerate(self.comparisons.fields)
        ]
        return np.stack(found, axis=1).astype(np.float64)

    def alike(self) -> Floats:
        """Return the log2 odds that records which state the same are one person.

        They are 0 where there is but one such record.
        """
        found = np.zeros(self.count)
        several = np.flatnonzero(self.sizes > 1)
        found[several] = self.odds(several, several)
        return found


def matcher_of(found: Subjects) -> Matcher:
    """Return what compares records, one of those that state the same.

    Args:
        found: The records.

    Returns:
        The matcher; the order of its records depends on what they state only.
    """
    forms = {id(column.forms): column for column in found.columns.values()}
    in_threads(lambda column: hashed(column, None), forms.values())
    order, starts = grouped(whole(found))
    first, rows = order[starts], runs_of(order, starts).astype(np.int64)
    if len(first) == found.count and found.count < 2:
        return Matcher(found, rows)
    columns = {name: _taken(column, first) for name, column in found.columns.items()}
    more = {name: [_taken(item, first) for item in items] for name, items in found.more.items()}
    return Matcher(evolve(found, count=len(first), columns=columns, more=more), rows)


def _taken(column: Coded, rows: Packed) -> Coded:
    return column.with_codes(column.codes[rows])
