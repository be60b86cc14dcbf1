"""Mark what matches in the values of a customer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from customerkit.search.rank import NAMES, PLACES, Entry, Ranker, words_of
from customerkit.search.results import Highlight

_RUN = re.compile(r"[^\s\-.@_,;/]+")
_ALWAYS = ("full_name", *PLACES[:1])


def marked(row: Mapping[str, object], found: Entry, ranker: Ranker) -> dict[str, Highlight]:
    """Return the name, the city, and each field with something that was asked for.

    Args:
        row: The customer.
        found: What it is called, folded.
        ranker: Knows the query.
    """
    hits: dict[str, set[str]] = defaultdict(set)
    for word in ranker.question.words:
        similarity, name, other = ranker.best(word, found)
        if similarity > 0:
            hits[name].add(other)
    names = dict.fromkeys((*_ALWAYS, *NAMES, *hits))
    return {
        name: _highlight(str(row[name]), hits.get(name, set()))
        for name in names
        if row.get(name) is not None and (name in hits or name in _ALWAYS)
    }


def _highlight(value: str, words: set[str]) -> Highlight:
    if words and words.isdisjoint(words_of(value)):
        return Highlight(value, ((0, len(value)),))  # found as a whole, such as a number
    spans = [
        part.span()
        for part in _RUN.finditer(value)
        if not words.isdisjoint(words_of(part.group()))
    ]
    return Highlight(value, tuple(spans))
