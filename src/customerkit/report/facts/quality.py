"""Gather the three scores and what lowers the first one, in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import field, frozen

from customerkit.rules.derive import Deriver
from customerkit.score import ScoredRecord, Scores, scores
from customerkit.scoring import scored

LABELS = {"clean": "Clean", "update": "Up to date", "analysis": "Well analysed"}
"""What people call the three scores."""
UNSTANDARD = "not in standard form"


@frozen
class Quality:
    """Tell how far the customers can be trusted, and why not.

    Args:
        scores: The three scores.
        problems: Field and problem code → customers whose value has it.
    """

    scores: Scores
    problems: Counter[tuple[str, str]] = field(factory=Counter)

    @property
    def empty(self) -> bool:
        """Return whether there is no customer to score."""
        return not self.scores.clean.count

    def why(self, name: str) -> str:
        """Return the most frequent problems of a field, in a few words."""
        mine = Counter({code: n for (field_, code), n in self.problems.items() if field_ == name})
        return ", ".join(f"{count:,} × {code}" for code, count in mine.most_common(2))


def quality(deriver: Deriver, *, as_of: int | None = None) -> Quality:
    """Gather the scores and the problems of all active customers.

    Args:
        deriver: The derivation under the rules in force.
        as_of: When ages are counted to, epoch milliseconds; now by default.
    """
    problems: Counter[tuple[str, str]] = Counter()
    records = _noting(scored(deriver.unit, deriver, as_of), problems)
    return Quality(scores(records), problems)


def _noting(
    records: Iterable[ScoredRecord], problems: Counter[tuple[str, str]]
) -> Iterator[ScoredRecord]:
    for record in records:
        for name, value in record.values.items():
            if value.code is not None:
                problems[name, value.code] += 1
            elif not value.standard:
                problems[name, UNSTANDARD] += 1
        yield record
