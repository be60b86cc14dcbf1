"""Make the keys of each pass: of all records at once, and of one record to the same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from customerkit.match.attributes import PARTS, Attributes
from customerkit.match.block import PASSES
from customerkit.match.bulk import hashed
from customerkit.match.hashing import (
    Hashes,
    hash_text,
    mixed,
    mixed_one,
    taken,
    turned,
    turned_one,
)
from customerkit.match.kept import Forms
from customerkit.match.postings import Rows, head
from customerkit.match.subjects import Subjects

_MASK = 2**64 - 1
Usable = list[list[tuple[str, ...]]]
"""For each pass the parts of its keys that the records have."""


def usable(attributes: Attributes) -> Usable:
    """Return the keys of each pass that the records can be found by."""
    return [[names for names in keys if all(map(attributes.has, names))] for keys in PASSES]


def of_all(attributes: Attributes, passes: Usable) -> Iterator[tuple[Rows, Hashes]]:
    """Return for each pass the rows that have a key, and the keys; then the whole of each."""
    count = attributes.subjects.count
    for keys in passes:
        columns = [
            mixed(first, *(attributes[name] for name in names[1:]))
            for names in keys
            for first in attributes.slots(names[0])
        ]
        hashes = np.concatenate([np.zeros(0, np.uint64), *columns])
        rows = np.flatnonzero(hashes)
        yield rows % count if count else rows, hashes[rows]
    yield np.arange(count), whole(attributes.subjects)


def of_one(forms: Forms, passes: Usable) -> tuple[list[int], list[str]]:
    """Return where the entries of the keys of one record begin, and the name of each key."""
    hashed: dict[str, list[int]] = {}
    for name, (field, part) in PARTS.items():
        texts = forms.get(field, (None,))
        parts = (text if part is None or text is None else part(text) for text in texts)
        hashed[name] = [hash_text(text) for text in parts]
    given, family = hashed["given_sound"][0], hashed["family_sound"][0]
    hashed["names"] = [(given + family) & _MASK if given and family else 0]
    found: dict[int, str] = {}
    for space, keys in enumerate(passes):
        for names in keys:
            rest = [hashed[name][0] for name in names[1:]]
            for first in hashed[names[0]]:
                key = mixed_one(first, *rest)
                if key:
                    found.setdefault(head(space, key), "+".join(names))
    return list(found), list(found.values())


def whole(subjects: Subjects) -> Hashes:
    """Return for each record a hash of all that it states."""
    found = np.zeros(subjects.count, np.uint64)
    for name, column in subjects.columns.items():
        texts = hashed(column, None)
        for slot in subjects.slots(name):
            found = turned(found) ^ taken(texts, slot.codes)
    return found


def whole_one(forms: Forms, slots: Mapping[str, int]) -> int:
    """Return where the entries of records that state the same begin.

    Args:
        forms: What one record states.
        slots: Field → how many slots the records have that :func:`whole` was made of.
    """
    found = 0
    for name, count in slots.items():
        texts = forms.get(name, ())
        for at in range(max(count, len(texts))):
            found = turned_one(found) ^ hash_text(texts[at] if at < len(texts) else None)
    return head(len(PASSES), found)
