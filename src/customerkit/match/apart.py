"""Tell why two records were not joined."""

from __future__ import annotations

from itertools import islice

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from customerkit.markup import Markup, joined, tag
from customerkit.match.cluster import THRESHOLD, mean_parts
from customerkit.match.evidence import Evidence, Weight, chance
from customerkit.match.explain import Ints, explain, steps
from customerkit.match.matcher import Matcher
from customerkit.match.matching import Matched
from customerkit.match.weigh import CLASSES
from customerkit.match.words import field_words

_MEMBERS = 300  # of a group that are looked at: the first ones, where there are more

_NOTHING = "no column tells people apart, so nobody was compared"
_OTHERS = {
    "household": " and points to two people of one household",
    "namesakes": " and points to two relatives of one name",
    "colleagues": " and points to two people who share a place, such as a company",
}


@frozen
class Reason:
    """Say why two records were kept apart.

    Args:
        code: ``together`` (they are one customer), ``never_compared``,
            ``below_threshold``, ``same_but_common`` or ``outweighed``.
        sentence: The reason in words.
        evidence: What the two records say for themselves.
    """

    code: str
    sentence: str
    evidence: Evidence

    def __str__(self) -> str:
        return f"{self.sentence}\n{self.evidence}"

    def _repr_html_(self) -> Markup:
        return joined([tag("p", self.sentence), self.evidence._repr_html_()])


def why_not(found: Matched, row: int, other: int) -> Reason:
    """Tell why two records are not one customer.

    Args:
        found: Who is who.
        row: One record.
        other: Another.

    Returns:
        The reason, with the evidence of the two.
    """
    matcher = found.matcher
    one, two = int(matcher.rows[row]), int(matcher.rows[other])
    together = bool(found.labels[row] == found.labels[other])
    evidence = explain(matcher, one, two, together)
    if together:
        return Reason("together", f"they are one customer, joined {evidence.joined}", evidence)
    if not matcher.comparisons.fields:
        return Reason("never_compared", _NOTHING, evidence)
    if one == two:
        return Reason("same_but_common", _common(evidence), evidence)
    if not _compared(found, one, two):
        return Reason("never_compared", _unseen(evidence), evidence)
    if evidence.total < THRESHOLD:
        return Reason("below_threshold", _below(evidence), evidence)
    return Reason("outweighed", _outweighed(found, row, other, evidence), evidence)


def _compared(found: Matched, one: int, two: int) -> bool:
    low, high = min(one, two), max(one, two)
    wanted = found.left == low
    return bool((found.right[wanted] == high).any())


def _common(evidence: Evidence) -> str:
    return (
        "they state the same, but what they state is too little or too common to tell people "
        f"apart: {chance(evidence.probability)} for one person"
    )


def _unseen(evidence: Evidence) -> str:
    why = "they share no key that records are looked up by"
    if evidence.shared:
        why = f"they share a key ({'; '.join(evidence.shared)}), but too many others share it too"
    said = f"{why}, so they were never compared; by what they state they are one person with"
    return f"{said} {chance(evidence.probability)}"


def _below(evidence: Evidence) -> str:
    said = f"the evidence is {-evidence.total:.1f} bits below the threshold"
    return f"{said}{_others(evidence)}: {_spoke(evidence.against())}"


def _others(evidence: Evidence) -> str:
    likeliest = max(CLASSES[1:], key=evidence.chances.__getitem__)
    return _OTHERS.get(likeliest, "")


def _spoke(against: list[Weight]) -> str:
    if not against:
        return "nothing speaks against it, but what agrees is too little or too common"
    said = ", ".join(f"{field_words(w.field)} ({w.words}, {w.bits:+.1f} bits)" for w in against)
    return f"most against it speak {said}"


def _outweighed(found: Matched, row: int, other: int, evidence: Evidence) -> str:
    groups = [_group(found, at) for at in (row, other)]
    prior, bits = _pooled(found.matcher, groups[0], groups[1])
    total = prior + float(bits.sum())
    said = f"alone they would be one person ({chance(evidence.probability)})"
    if total >= THRESHOLD:
        return (
            f"{said}, but each of their groups was joined with others first, and the two groups "
            "share too few keys to be compared as wholes"
        )
    names = [item.name for item in found.matcher.comparisons.fields]
    worst = [names[at] for at in islice(np.argsort(bits, kind="stable"), 3) if bits[at] < 0]
    sizes = " and ".join(f"{len(group):,}" for group in groups)
    fields = ", ".join(map(field_words, worst)) or "the prior"
    return (
        f"{said}, but they are members of groups of {sizes} different records, which taken "
        f"together are {-total:.1f} bits below the threshold; most against it speak {fields}"
    )


def _group(found: Matched, row: int) -> Ints:
    """Return the distinct records of the customer of a record."""
    members = np.flatnonzero(found.labels == found.labels[row])
    distinct: Ints = np.unique(found.matcher.rows[members])
    return distinct


def _pooled(matcher: Matcher, some: Ints, others: Ints) -> tuple[float, NDArray[np.float64]]:
    """Return the prior and what each field adds, pooled over the pairs of two groups."""
    some, others = some[:_MEMBERS], others[:_MEMBERS]
    left, right = np.repeat(some, len(others)), np.tile(others, len(some))
    said = matcher.evidence(np.minimum(left, right), np.maximum(left, right)).of_pairs()
    return steps(mean_parts(said), np.log2(matcher.model.shares))
