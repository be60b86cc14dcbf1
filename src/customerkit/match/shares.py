"""Work with the shares of a field's levels: mix what was seen with what is expected."""

from __future__ import annotations

import numpy as np

from customerkit.match.bounds import AS_CHANCE, BOUNDS
from customerkit.match.codes import Floats
from customerkit.match.comparison import Comparison
from customerkit.match.rarity import EXACT
from customerkit.match.weigh import CLASSES

SAME = slice(1, 1 + len(EXACT))
"""The levels of agreement, of every rarity."""
_SEEN = 60.0  # pairs that the expert's word counts as much as


def blocks(item: Comparison) -> list[slice]:
    """Return the levels of each context of a field."""
    size = len(item.names)
    return [slice(size * at, size * (at + 1)) for at in range(item.contexts)]


def blend(counts: Floats, expected: Floats, keep: float) -> Floats:
    """Return the shares seen, with some of what is expected; the first level is missing.

    Args:
        counts: How many pairs have each level.
        expected: The shares that an expert expects.
        keep: How much of the expert stays, however many pairs are seen.
    """
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


def scarce(counts: Floats, expected: Floats) -> Floats:
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


def leave(table: Floats) -> None:
    """Scale the other levels to what agreement leaves."""
    rest = table[SAME.stop :]
    rest *= max(1 - table[SAME].sum(), 1e-3) / rest.sum()


def as_rare(table: Floats, expected: Floats) -> None:
    """Let a class agree on values as rare as they are anyhow.

    Persons and households differ in how often they agree, not in on what. Learned for each,
    one of them would take the values of those who have many records, and the other what is
    left, so that two equal records of somebody who has no others look like relatives.
    """
    table[SAME] = table[SAME].sum() * expected[SAME] / expected[SAME].sum()


def as_any(table: Floats, item: Comparison, strangers: Floats) -> None:
    """Let names that differ be as rare as those of any two people."""
    of = _levels(item, "different")
    table[of] = table[of].sum() * strangers[of] / strangers[of].sum()


def _levels(item: Comparison, name: str) -> slice:
    """Return the levels of one name; those of agreement or difference are several."""
    if name == "same":
        return SAME
    end = item.level(name) + 1
    return slice(item.differs if name == "different" else end - 1, end)


def bounded(table: Floats, who: int, item: Comparison, strangers: Floats) -> Floats:
    """Return the levels of a class with no more of any than it has at most.

    Args:
        table: The shares of its levels.
        who: The class.
        item: The field.
        strangers: The shares of strangers' levels.
    """
    for bound in BOUNDS:
        if (bound.who, bound.field) == (CLASSES[who], item.name):
            of = _levels(item, bound.level)
            share = table[of].sum()
            if share > bound.most:
                table[1:] *= (1 - bound.most) / (table[1:].sum() - share)
                table[of] *= bound.most / table[of].sum()
    for tie in AS_CHANCE:
        if (tie.who, tie.field) == (CLASSES[who], item.name):
            one, other = item.level(tie.level), item.level(tie.than)
            table[one] = min(table[one], table[other] * strangers[one] / strangers[other])
    return table
