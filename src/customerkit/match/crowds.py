"""Find addresses and numbers that too many people state to be anybody's own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from customerkit.match.attributes import Attributes
from customerkit.match.codes import Coded
from customerkit.match.hashing import Hashes, mixed
from customerkit.match.sorting import distinct
from customerkit.match.subjects import Subjects
from customerkit.model.profile import IDENTIFYING

PEOPLE = 20
"""Under how many names one address or number is stated at most: a guess."""


def names_of(subjects: Subjects, name: str) -> NDArray[np.int64]:
    """Return under how many names each form of an identifier is stated.

    Names that sound alike count once, and rare ones less, so that the misspellings of one
    person are no crowd.

    Args:
        subjects: The records.
        name: The field; of other fields than identifiers nothing is counted.

    Returns:
        A count for each form, 0 where it is stated so seldom that it cannot matter.
    """
    column = subjects.columns[name]
    slots = subjects.slots(name)
    attributes = Attributes(subjects)
    names = [part for part in ("given_sound", "family_sound") if attributes.has(part)]
    found = np.zeros(len(column.forms), np.int64)
    often = [slot.counts > PEOPLE for slot in slots]
    if name not in IDENTIFYING or not names or not any(one.any() for one in often):
        return found
    called = attributes[names[0]] + attributes[names[-1]] * np.uint64(len(names) - 1)
    for slot, many in zip(slots, often, strict=True):
        found = np.maximum(found, _different(slot, many, called))
    return found


def _different(slot: Coded, many: NDArray[np.bool_], called: Hashes) -> NDArray[np.int64]:
    """Return how many names stand beside each of the forms that are many.

    It is the number of names that, were all as frequent, would be as diverse: 1 divided by
    the chance that two records give the same (Simpson 1949; the Hill number of order 2).
    """
    rows = np.flatnonzero(np.append(many, [False])[slot.codes] & (called != 0))
    codes = slot.codes[rows].astype(np.int64)
    pairs = mixed((codes + 1).astype(np.uint64), called[rows])
    equal = distinct(pairs)
    of = codes[equal.first]
    stated, same = np.zeros(len(many)), np.zeros(len(many))
    np.add.at(stated, of, equal.counts)
    np.add.at(same, of, equal.counts.astype(np.float64) ** 2)
    found: NDArray[np.int64] = (stated**2 / np.maximum(same, 1)).round().astype(np.int64)
    return found
