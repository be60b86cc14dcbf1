"""The three averaged scores: exact, mergeable means of any scorer over any records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from numbers import Real
from typing import Any, TypeVar

from attrs import frozen

from customerkit.errors import EmptyInputError, ValidationError

T = TypeVar("T")
_REPORTED = 20


@frozen
class Score:
    """Hold a mean as sum and count, so that parts can be merged.

    The sum is exact: a stream, a partition and a whole give the same value, bit
    for bit, in any order.

    Args:
        total: Exact sum of the scorer's answers.
        count: Number of records.

    Example:
        >>> whole = Score.of([0.1, 0.2, 0.3])
        >>> Score.of([0.1]) + Score.of([0.3, 0.2]) == whole
        True
        >>> round(whole.value, 6)
        0.2
    """

    total: Fraction = Fraction(0)
    count: int = 0

    @classmethod
    def of(cls, answers: Iterable[float]) -> Score:
        """Return the score of answers between 0 and 1.

        Raises:
            ValidationError: An answer is no number between 0 and 1; positions are listed.
        """
        return _summed(answers)

    @property
    def value(self) -> float:
        """Return the mean.

        Raises:
            EmptyInputError: Of nothing there is no mean.
        """
        if not self.count:
            raise EmptyInputError("there are no records to score; collect and clean some first")
        return float(self.total / self.count)

    def __add__(self, other: Score) -> Score:
        return Score(self.total + other.total, self.count + other.count)

    def __float__(self) -> float:
        return self.value

    def __repr__(self) -> str:
        return f"Score({self.value:.4f} of {self.count:,})" if self.count else "Score(of nothing)"


def mean(records: Iterable[T], scorer: Callable[[T], float]) -> Score:
    """Return (1/n) Σ scorer(x_i), checked and exact.

    Args:
        records: Any iterable, read once.
        scorer: Gives a number between 0 and 1.

    Raises:
        EmptyInputError: There are no records.
        ValidationError: The scorer gave something else; positions are listed.
    """
    found = _summed(map(scorer, records))
    if not found.count:
        raise EmptyInputError("there are no records to score")
    return found


def _summed(answers: Iterable[Any]) -> Score:
    total, count = Fraction(0), 0
    problems: list[str] = []
    for at, answer in enumerate(answers):
        count += 1
        if _is_probability(answer):
            total += answer if isinstance(answer, Fraction) else Fraction(float(answer))
        elif len(problems) < _REPORTED:
            problems.append(f"the scorer gave no number between 0 and 1 @ record {at}")
    if problems:
        raise ValidationError("records could not be scored", problems)
    return Score(total, count)


def _is_probability(answer: Any) -> bool:
    """Say whether an answer is one; a truth value is, as is a number of any kind."""
    return isinstance(answer, Real) and 0 <= float(answer) <= 1  # which NaN is not


def clean_score(records: Iterable[T], scorer: Callable[[T], float]) -> Score:
    """Return P = (1/n) Σ f(x_i): how clean records are.

    Args:
        records: Any iterable of n records.
        scorer: f, the probability that a record is clean.

    Returns:
        The mean, mergeable with ``+``.

    Raises:
        EmptyInputError: There are no records.
        ValidationError: The scorer gave no probability.

    Example:
        >>> clean_score(["a", ""], scorer=bool).value
        0.5
    """
    return mean(records, scorer)


def update_score(records: Iterable[T], scorer: Callable[[T], float]) -> Score:
    """Return U = (1/m) Σ g(x_i): how far records are still current.

    Args:
        records: Any iterable of m records.
        scorer: g, the probability that a record's values are still current.

    Returns:
        The mean, mergeable with ``+``.

    Raises:
        EmptyInputError: There are no records.
        ValidationError: The scorer gave no probability.

    Example:
        >>> update_score([1, 3], scorer=lambda years: 0.5**years).value
        0.3125
    """
    return mean(records, scorer)


def analysis_score(records: Iterable[T], scorer: Callable[[T], float]) -> Score:
    """Return A = (1/k) Σ h(x_i): how far an analysis is right.

    Args:
        records: Any iterable of k records.
        scorer: h, the probability that the analysis is right about a record.

    Returns:
        The mean, mergeable with ``+``.

    Raises:
        EmptyInputError: There are no records.
        ValidationError: The scorer gave no probability.

    Example:
        >>> analysis_score([4, 0], scorer=lambda n: n / (n + 1)).value
        0.4
    """
    return mean(records, scorer)
