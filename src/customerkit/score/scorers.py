"""The default scorers: a first honest form, uncalibrated, its guesses named as guesses."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from customerkit.model.profile import fields
from customerkit.roles import role
from customerkit.roles.base import LACKS_EVIDENCE

# Guesses, not yet measured: how probable it is that a careful steward changes nothing.
RIGHT_IF_VALID = 0.98
RIGHT_IF_UNKNOWN = 0.93
RIGHT_IF_DOUBTFUL = 0.5  # ambiguous, default or placeholder values
RIGHT_IF_INVALID = 0.03
RIGHT_IF_UNSTANDARD = 0.1  # another form would be written
# A guess: half of the answers about a customer with one purchase are right.
EVIDENCE_HALF = 1.0


@frozen
class ScoredValue:
    """Say what is known of one value.

    Args:
        standard: Whether it is in standard form.
        valid: Whether it is right in itself; None where nobody can know.
        code: The problem, such as ``email.no_at``.
        age_days: How long ago it was said, None where unknown.
    """

    standard: bool
    valid: bool | None
    code: str | None
    age_days: float | None = None


@frozen
class ScoredRecord:
    """Say what the default scorers need to know of one record.

    Args:
        record: Its customer.
        channel: Who said it first.
        values: Field → what is known of its value.
        evidence: Purchases, events, reviews and feedback the analysis rests on.
    """

    record: str
    channel: str
    values: Mapping[str, ScoredValue] = field(factory=dict, repr=False)
    evidence: int = 0


def value_is_clean(value: ScoredValue) -> float:
    """Return the guessed probability that a steward would leave a value alone."""
    if not value.standard:
        return RIGHT_IF_UNSTANDARD
    if value.valid is False:
        return RIGHT_IF_INVALID
    if value.code is not None and value.code not in LACKS_EVIDENCE:
        return RIGHT_IF_DOUBTFUL
    return RIGHT_IF_VALID if value.valid else RIGHT_IF_UNKNOWN


def value_is_current(name: str, value: ScoredValue) -> float:
    """Return the guessed probability that a value still holds: halves each half-life."""
    half_life = role(fields()[name].role).half_life_days
    if half_life is None or value.age_days is None:
        return 1.0 if half_life is None else 0.5
    return float(0.5 ** (max(0.0, value.age_days) / half_life))


def is_clean(record: ScoredRecord) -> float:
    """Return f: the probability that a steward would change no value of the record.

    Problems that show are taken as independent: each has to be left alone. What may
    be wrong with values that look right is taken as one risk of the whole record
    (a careless source, another person's data), that of its least certain value. So
    one more value that looks right makes no record look dirtier than that value is.
    Both are guesses.
    """
    found, rest = 1.0, 1.0
    for value in record.values.values():
        chance = value_is_clean(value)
        if chance > RIGHT_IF_DOUBTFUL:
            rest = min(rest, chance)
        else:
            found *= chance
    return found * rest


def is_current(record: ScoredRecord) -> float:
    """Return g: the mean probability that a value of the record is still current."""
    chances = [value_is_current(name, value) for name, value in record.values.items()]
    return sum(chances) / len(chances) if chances else 0.0


def is_analysed(record: ScoredRecord) -> float:
    """Return h: the probability that the analysis is right, growing with the evidence.

    n / (n + 1): the rule of succession's shape with a guessed half point.
    """
    return record.evidence / (record.evidence + EVIDENCE_HALF)
