"""Tell in plain words what of the input says little or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from customerkit.match.codes import Codes
from customerkit.match.crowds import PEOPLE
from customerkit.match.matcher import Matcher
from customerkit.match.words import field_words
from customerkit.model.profile import IDENTIFYING, fields

_MOVED = ("age", "company")
"""What is compared in another field where that says nothing."""
_CROWD = 50  # records with one address or number: rather a shop's or a placeholder than a person's


def crowded(matcher: Matcher) -> list[str]:
    """Name the fields that should tell people apart but where many records state one value.

    Args:
        matcher: What compared the records.

    Returns:
        A sentence for each such field.
    """
    found = []
    for name in filter(matcher.subjects.has, IDENTIFYING):
        names = matcher.comparisons[name].called
        shared = int((names > PEOPLE).sum())
        if shared:
            found.append(
                f"{field_words(name)}: {_values(shared)} stated under more than {PEOPLE} names, "
                f"at most under {int(names.max()):,}; nobody was joined by it"
            )
            continue
        counts = np.bincount(_stated(matcher, name))
        large = int((counts > _CROWD).sum())
        if large:
            found.append(
                f"{field_words(name)}: {_values(large)} stated by more than {_CROWD} records, "
                f"at most by {int(counts.max()):,}; agreeing on such a value says little"
            )
    return found


def _values(count: int) -> str:
    return "one value is" if count == 1 else f"{count:,} values are each"


def unreadable(given: Mapping[str, int], matcher: Matcher) -> list[str]:
    """Name the fields of which most values could not be read.

    Args:
        given: Field → how many values were given.
        matcher: What compared the records.

    Returns:
        A sentence for each such field.
    """
    found = []
    for name, said in given.items():
        item = fields()[name]
        if item.name != item.base or item.group == "name" or name in _MOVED:
            continue
        read = len(_stated(matcher, name)) if matcher.subjects.has(name) else 0
        if read < said / 2:
            found.append(
                f"{field_words(name)}: {said - read:,} of {said:,} values say nothing that can be "
                "compared and were ignored; check what the column holds"
            )
    return found


def _stated(matcher: Matcher, name: str) -> Codes:
    """Return the code of what each record states in the first slot of a field."""
    codes = matcher.subjects.columns[name].codes[matcher.rows]
    return codes[codes >= 0]


def stated(column: Any) -> int:
    """Return how many values a column states."""
    nulls = column.null_count if hasattr(column, "null_count") else column.count(None)
    return len(column) - int(nulls)
