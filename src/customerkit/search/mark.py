"""Mark what matches in the values of a customer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from customerkit.roles.fold import loose
from customerkit.search.rank import COLUMNS, UNLIKE, Ranker, compact, phone_similarity
from customerkit.search.results import Highlight
from customerkit.store.search.feed import MAILS, PHONES, phone_digits

_RUN = re.compile(r"[^\s\-.@_,;/]+")
_SHOWN = ("full_name", "city")
_SURE = 0.6


def marked(row: Mapping[str, object], keys: Iterable[str], ranker: Ranker) -> dict[str, Highlight]:
    """Return the name, the city, and each field with something that was asked for.

    Args:
        row: The customer.
        keys: Its external ids.
        ranker: Knows the query.
    """
    said = {name: str(row[name]) for name in COLUMNS if row[name] is not None}
    whole = {name: said[name] for name in MAILS if name in said}
    if key := next((key for key in keys if _is_meant(key, ranker)), None):
        whole["external_id"] = key
    for name, value in whole.items():
        if ranker.of_whole(compact(value)) >= 0.8:
            shown = {shown: Highlight(said[shown]) for shown in _SHOWN if shown in said}
            return {**shown, name: Highlight(value, ((0, len(value)),))}
    found = {name: _highlight(name, value, ranker) for name, value in said.items()}
    if "external_id" in whole:
        found["external_id"] = Highlight(whole["external_id"], ((0, len(whole["external_id"])),))
    parts = ("given_name", "middle_name", "family_name") if "full_name" in said else ()
    return {
        name: value
        for name, value in found.items()
        if name in _SHOWN or (value.spans and name not in parts)
    }


def _is_meant(key: str, ranker: Ranker) -> bool:
    best = max((ranker.of_word(word, compact(key)) for word in ranker.question.words), default=0.0)
    return max(best, ranker.of_whole(compact(key))) >= 0.8


def _highlight(name: str, value: str, ranker: Ranker) -> Highlight:
    if name in PHONES:
        asked, number = ranker.question.numbers, phone_digits(value)
        near = any(phone_similarity(word, number) >= _SURE for word in asked)
        return Highlight(value, ((0, len(value)),) if near else ())
    return Highlight(value, tuple(_spans(value, ranker)))


def _spans(value: str, ranker: Ranker) -> Iterator[tuple[int, int]]:
    for part in _RUN.finditer(value):
        words = loose(part.group()).split()
        asked = ranker.question.words
        if any(_alike(ranker.of_word(w, other), other) for w in asked for other in words):
            yield part.span()


def _alike(similarity: float, word: str) -> bool:
    return similarity >= (_SURE if len(word) > 2 else UNLIKE)
