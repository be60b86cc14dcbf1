"""Scores with their parts: by field, by channel, and the worst records."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import field, frozen

from customerkit.markup import table
from customerkit.score.mean import Score
from customerkit.score.scorers import (
    ScoredRecord,
    is_analysed,
    is_clean,
    is_current,
    value_is_clean,
    value_is_current,
)

_WORST = 10


@frozen
class ScoreReport:
    """Hold one score and what it is made of.

    Args:
        event: What it is the probability of.
        score: The mean over all records.
        by_field: Field → mean over the records that have it.
        by_channel: Channel → mean over its records.
        worst: The records that score lowest, with their scores.
        calibrated: Whether outcomes have confirmed the probabilities.
    """

    event: str
    score: Score
    by_field: Mapping[str, Score] = field(factory=dict, repr=False)
    by_channel: Mapping[str, Score] = field(factory=dict, repr=False)
    worst: Sequence[tuple[str, float]] = field(default=(), repr=False)
    calibrated: bool = False

    @property
    def value(self) -> float:
        """Return the mean."""
        return self.score.value

    @property
    def count(self) -> int:
        """Return the number of records."""
        return self.score.count

    def __float__(self) -> float:
        return self.value

    def __str__(self) -> str:
        state = "calibrated" if self.calibrated else "uncalibrated"
        return f"{self.value:.3f} over {self.count:,} ({state}): P({self.event})"


@frozen
class Scores:
    """Hold the three scores of a base.

    Args:
        clean: How clean the customers are.
        update: How current they are.
        analysis: How far the analysis can be trusted.
        completeness: Field → share of customers that have it.
    """

    clean: ScoreReport
    update: ScoreReport
    analysis: ScoreReport
    completeness: Mapping[str, float] = field(factory=dict, repr=False)

    def __str__(self) -> str:
        names = ("clean", "update", "analysis")
        return "\n".join(f"{name:<9}{getattr(self, name)}" for name in names)

    def _repr_html_(self) -> str:
        parts = {name: getattr(self, name) for name in ("clean", "update", "analysis")}
        rows = [
            (name, f"{part.value:.3f}", part.count, part.event, _weakest(part.by_field))
            for name, part in parts.items()
        ]
        return table(("score", "mean", "customers", "probability that", "weakest fields"), rows)


def _weakest(parts: Mapping[str, Score]) -> str:
    ranked = sorted(parts.items(), key=lambda item: item[1].value)
    return ", ".join(f"{name} {part.value:.3f}" for name, part in ranked[:3])


def scores(records: Iterable[ScoredRecord]) -> Scores:
    """Return the three scores by the default scorers, in one pass.

    Args:
        records: What is known of each customer.

    Raises:
        EmptyInputError: When a score of no records is asked for its value.
    """
    clean = _Tally("a careful steward would change no value", is_clean)
    update = _Tally("the values are still current", is_current)
    analysis = _Tally("the analysis is right about the customer", is_analysed)
    present: dict[str, int] = defaultdict(int)
    for record in records:
        clean.add(record, {n: value_is_clean(v) for n, v in record.values.items()})
        update.add(record, {n: value_is_current(n, v) for n, v in record.values.items()})
        analysis.add(record, {})
        for name in record.values:
            present[name] += 1
    count = clean.whole.count
    shares = {name: held / count for name, held in sorted(present.items())}
    return Scores(clean.report(), update.report(), analysis.report(), shares)


class _Tally:
    def __init__(self, event: str, scorer: Callable[[ScoredRecord], float]) -> None:
        self.event, self.scorer = event, scorer
        self.whole = Score()
        self.by_field: dict[str, Score] = defaultdict(Score)
        self.by_channel: dict[str, Score] = defaultdict(Score)
        self.worst: list[tuple[float, str]] = []

    def add(self, record: ScoredRecord, by_field: Mapping[str, float]) -> None:
        answer = self.scorer(record)
        one = Score.of([answer])
        self.whole += one
        self.by_channel[record.channel] += one
        for name, chance in by_field.items():
            self.by_field[name] += Score.of([chance])
        self.worst.append((answer, record.record))
        if len(self.worst) > 1000:
            self.worst = heapq.nsmallest(_WORST, self.worst)

    def report(self) -> ScoreReport:
        worst = tuple((name, score) for score, name in heapq.nsmallest(_WORST, self.worst))
        fields = dict(sorted(self.by_field.items()))
        channels = dict(sorted(self.by_channel.items()))
        return ScoreReport(self.event, self.whole, fields, channels, worst)
