"""Hold what speaks for and against two records being one person, without their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
from attrs import frozen

from customerkit.markup import Markup, joined, table, tag
from customerkit.match.weigh import CLASSES
from customerkit.match.words import field_words, level_words, rarity_words


@frozen
class Weight:
    """Say what one field contributes.

    Args:
        field: The field.
        level: How far the two records agree on it, such as ``same_4`` or ``near``.
        stated: Whether both records state it.
        bits: Evidence for one person; negative where it speaks against. It is the log2
            of how much likelier the level is for one person than for two, who are of
            one household, namesakes, colleagues or strangers as the fields before make likely.
        likelihoods: How likely the level is in each class; empty where nothing is said.
        given: On what the level depends here, in words.
    """

    field: str
    level: str
    stated: bool
    bits: float
    likelihoods: Mapping[str, float]
    given: str = ""

    @property
    def words(self) -> str:
        """Return the level in words, with the rarity of a value that both state."""
        rarity = rarity_words(self.level)
        said = level_words(self.field, self.level)
        return f"{said}, {rarity}" if rarity else said


@frozen
class Evidence:
    """Tell why two records are one person, or are not.

    Args:
        fields: What each field contributes, in the order in which they are weighed.
        prior: Bits before any field is seen: most pairs of records are strangers.
        chances: The probability of each class.
        shared: By which keys the two were looked up together, in words.
        joined: ``directly``, ``through others``, ``apart``, or nothing where no result
            is explained.
    """

    fields: Sequence[Weight]
    prior: float
    chances: Mapping[str, float]
    shared: Sequence[str] = ()
    joined: str = ""

    @property
    def total(self) -> float:
        """Return all bits together: the log2 odds of one person."""
        return self.prior + sum(weight.bits for weight in self.fields)

    @property
    def probability(self) -> float:
        """Return the probability that the two are one person."""
        return self.chances["person"]

    @property
    def stated(self) -> list[Weight]:
        """Return the fields that both records state."""
        return [weight for weight in self.fields if weight.stated]

    def against(self, most: int = 3) -> list[Weight]:
        """Return the fields that speak most against one person, the strongest first."""
        found = sorted(self.stated, key=lambda weight: weight.bits)
        return [weight for weight in found[:most] if weight.bits < 0]

    def steps(self) -> list[tuple[str, float, str]]:
        """Return name, bits and words of each step from the prior on."""
        said = [(field_words(item.field), item.bits, item.words) for item in self.stated]
        return [("before any field", self.prior, "two records at random"), *said]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""
        fields = [{**attrs.asdict(item), "words": item.words} for item in self.fields]
        return {
            "prior": self.prior,
            "fields": fields,
            "total": self.total,
            "chances": dict(self.chances),
            "shared": list(self.shared),
            "joined": self.joined,
        }

    def notes(self) -> list[str]:
        """Return in words what stands below the table."""
        chances = ", ".join(f"{name} {chance(self.chances[name])}" for name in CLASSES)
        unstated = [field_words(item.field) for item in self.fields if not item.stated]
        return [
            chances,
            f"found by: {'; '.join(self.shared) or 'no key'}",
            *([f"not stated by both: {', '.join(unstated)}"] if unstated else []),
            *([f"joined: {self.joined}"] if self.joined else []),
        ]

    def __str__(self) -> str:
        rows = [*self.steps(), ("total", self.total, "above 0 is more likely one person")]
        wide = max(len(name) for name, _, _ in rows)
        lines = [f"{name:<{wide}}  {bits:+7.1f}  {words}" for name, bits, words in rows]
        return "\n".join([f"{'':<{wide}}  {'bits':>7}", *lines, *self.notes()])

    def _repr_html_(self) -> Markup:
        """Show the weights as a table."""
        rows = [*self.steps(), ("total", self.total, "")]
        cells = [(name, round(bits, 1), words) for name, bits, words in rows]
        notes = (tag("p", note) for note in self.notes())
        return joined([table(["field", "bits", "the two records"], cells), *notes])


def chance(share: float) -> str:
    """Return a probability in percent; never 0 or 100 where it is neither.

    Example:
        >>> chance(0.5), chance(0.99996), chance(1e-9), chance(0.0123)
        ('50 %', 'above 99.9 %', 'below 0.1 %', '1.23 %')
    """
    if share < 0.001:
        return "below 0.1 %"
    return "above 99.9 %" if share > 0.999 else f"{100 * share:.3g} %"
