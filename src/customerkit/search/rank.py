"""Rank candidates by how near they come to what was asked: the same on every store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from attrs import frozen
from rapidfuzz.distance.OSA import normalized_similarity
from rapidfuzz.process import extract_iter

from customerkit.roles.fold import loose
from customerkit.search.question import Question
from customerkit.store.search.feed import MAILS, PHONES, TEXTS, phone_digits

UNLIKE = 0.5
"""Words less similar than this have nothing to do with each other."""
COLUMNS = (*TEXTS, *PHONES)
"""What is read of a candidate."""
_SPARE = 4  # letters by which a text may be longer than the query and still be meant


@frozen
class Entry:
    """Hold what a candidate is called, folded.

    Args:
        words: Of its names, places, addresses and keys.
        wholes: Texts without blanks that a whole query may be.
        numbers: Digits of its telephone numbers.
        length: Letters of its name.
    """

    words: frozenset[str]
    wholes: Sequence[str]
    numbers: Sequence[str]
    length: int


@lru_cache(maxsize=100_000)
def compact(value: str) -> str:
    """Return a folded value without blanks."""
    return loose(value).replace(" ", "")


def entry(row: Mapping[str, object], keys: Iterable[str]) -> Entry:
    """Return what a customer is called.

    Args:
        row: With the columns of ``COLUMNS``.
        keys: Its external ids.
    """
    keys = list(keys)
    texts = [str(value) for name in TEXTS if (value := row[name]) is not None]
    names = _names(row)
    wholes = [compact(str(value)) for name in MAILS if (value := row[name]) is not None]
    wholes += [*map(compact, keys), *names]
    if city := row["city"]:
        wholes += [name + compact(str(city)) for name in names]
    numbers = [phone_digits(str(value)) for name in PHONES if (value := row[name]) is not None]
    words = frozenset(loose(" ".join([*texts, *keys])).split())
    return Entry(words, wholes, numbers, max(map(len, names), default=0))


def _names(row: Mapping[str, object]) -> list[str]:
    full, given, family = (
        compact(str(value)) if (value := row[name]) is not None else ""
        for name in ("full_name", "given_name", "family_name")
    )
    return [name for name in {full: 1, given + family: 1, family + given: 1} if name]


class Ranker:
    """Compare candidates with one query.

    Args:
        question: The query.
        entries: The candidates.
    """

    def __init__(self, question: Question, entries: Sequence[Entry]) -> None:
        self.question = question
        self._length = sum(map(len, question.words))
        words = list(frozenset().union(*(entry.words for entry in entries)))
        self._words = {word: dict(_similar(word, words)) for word in question.words}
        wholes = {whole for entry in entries for whole in entry.wholes}
        near = [whole for whole in wholes if abs(len(whole) - len(question.compact)) <= _SPARE]
        self._wholes = dict(_similar(question.compact, near))

    def score(self, candidate: Entry) -> float:
        """Return the similarity, from 0 to 1: of words, or of the query as a whole."""
        whole = max(map(self.of_whole, candidate.wholes), default=0.0)
        if not self._length or whole == 1:
            return whole
        similar = sum(len(word) * self._best(word, candidate) for word in self.question.words)
        return max(similar / self._length, whole)

    def of_whole(self, text: str) -> float:
        """Return how similar the whole query is to a text of a candidate."""
        return self._wholes.get(text, 0.0)

    def of_word(self, word: str, other: str) -> float:
        """Return how similar a word of the query is to one of a candidate."""
        return self._words[word].get(other, 0.0)

    def _best(self, word: str, candidate: Entry) -> float:
        known = self._words[word]
        best = max([known.get(other, 0.0) for other in candidate.words], default=0.0)
        if word in self.question.numbers:
            numbers = (phone_similarity(word, number) for number in candidate.numbers)
            best = max(best, *numbers, 0.0)
        return best


def _similar(text: str, others: Sequence[str]) -> Iterator[tuple[str, float]]:
    found = extract_iter(text, others, scorer=normalized_similarity, score_cutoff=UNLIKE)
    return ((other, similarity) for other, similarity, _ in found)


def phone_similarity(asked: str, number: str) -> float:
    """Return how near two telephone numbers come, with or without the country's code.

    Example:
        >>> phone_similarity("07700900461", "447700900461")
        1.0
    """
    best = 0.0
    for left in {asked, asked.lstrip("0")}:
        for right in {number, number.lstrip("0"), number[1:], number[2:], number[3:]}:
            if abs(len(left) - len(right)) <= 2 and len(right) >= 5:
                best = max(best, normalized_similarity(left, right, score_cutoff=UNLIKE))
    return best
