"""Rank candidates by how near what they are called comes to what was asked: on every store alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from attrs import define, field, frozen
from rapidfuzz.distance.OSA import normalized_similarity

from customerkit.roles.fold import loose
from customerkit.search.question import Question
from customerkit.store.search.feed import MAILS, PHONES, phone_digits

NAMES = ("full_name", "given_name", "middle_name", "family_name")
PLACES = ("city", "postcode", "company")
COLUMNS = (*NAMES, *PLACES, *MAILS, *PHONES)
"""What is read of a candidate."""
_UNLIKE = 0.5
"""Words less similar than this have nothing to do with each other."""
_SPARE = 4  # letters by which a text may be longer than the query and still be meant


@frozen
class Entry:
    """Hold what a candidate is called, folded.

    Args:
        words: Word → the field that has it.
        wholes: Texts without blanks that a whole query may be.
        numbers: Digits of a telephone number → its field.
        length: Letters of its name.
    """

    words: Mapping[str, str]
    wholes: Sequence[str]
    numbers: Mapping[str, str]
    length: int


@lru_cache(maxsize=100_000)
def words_of(value: str) -> tuple[str, ...]:
    """Return the folded words of a value."""
    return tuple(loose(value).split())


def entry(row: Mapping[str, object], keys: Iterable[str]) -> Entry:
    """Return what a customer is called.

    Args:
        row: With the columns of ``COLUMNS``.
        keys: Its external ids.
    """
    said = {name: words_of(str(row[name])) for name in COLUMNS if row[name] is not None}
    words: dict[str, str] = {}
    for name, found in said.items():
        if name not in PHONES:
            for word in found:
                words.setdefault(word, name)
    wholes = ["".join(said[name]) for name in MAILS if name in said]
    for key in keys:
        found = words_of(key)
        wholes.append("".join(found))
        words |= {word: words.get(word, "external_id") for word in found}
    names = _names(said)
    city = "".join(said.get("city", ()))
    wholes += [*names, *((name + city for name in names) if city else ())]
    numbers = {phone_digits(str(row[name])): name for name in PHONES if row[name] is not None}
    return Entry(words, wholes, numbers, max(map(len, names), default=0))


def _names(said: Mapping[str, tuple[str, ...]]) -> list[str]:
    full, given, family = (
        "".join(said.get(name, ())) for name in ("full_name", "given_name", "family_name")
    )
    return [name for name in dict.fromkeys((full, given + family, family + given)) if name]


@define
class Ranker:
    """Compare candidates with one query.

    Args:
        question: The query.
    """

    question: Question
    _known: dict[tuple[str, str], float] = field(factory=dict)

    def score(self, candidate: Entry) -> float:
        """Return the similarity, from 0 to 1: of words, or of the query as a whole."""
        return max(self._by_words(candidate), self._as_a_whole(candidate))

    def _by_words(self, candidate: Entry) -> float:
        length = similar = 0.0
        for word in self.question.words:
            length += len(word)
            similar += len(word) * self.best(word, candidate)[0]
        return similar / length if length else 0.0

    def best(self, word: str, candidate: Entry) -> tuple[float, str, str]:
        """Return the similarity to the most similar word, its field, and the word."""
        found = (0.0, "", "")
        for other, name in candidate.words.items():
            similarity = self._similarity(word, other)
            if similarity > found[0]:
                found = (similarity, name, other)
        if word in self.question.numbers:
            for number, name in candidate.numbers.items():
                similarity = phone_similarity(word, number)
                if similarity > found[0]:
                    found = (similarity, name, number)
        return found

    def _similarity(self, word: str, other: str) -> float:
        key = (word, other)
        found = self._known.get(key)
        if found is None:
            found = float(normalized_similarity(word, other, score_cutoff=_UNLIKE))
            self._known[key] = found
        return found

    def _as_a_whole(self, candidate: Entry) -> float:
        best, asked = 0.0, self.question.compact
        for whole in candidate.wholes:
            if abs(len(whole) - len(asked)) <= _SPARE:
                best = max(best, normalized_similarity(asked, whole, score_cutoff=_UNLIKE))
        return best


def phone_similarity(asked: str, number: str) -> float:
    """Return how near two telephone numbers come, with or without the country's code.

    Example:
        >>> phone_similarity("07700900461", "447700900461")
        1.0
    """
    best = 0.0
    for left in _national(asked):
        for right in {number, number.lstrip("0"), number[1:], number[2:], number[3:]}:
            if abs(len(left) - len(right)) <= 2 and len(right) >= 5:
                best = max(best, normalized_similarity(left, right, score_cutoff=_UNLIKE))
    return best


def _national(asked: str) -> Iterator[str]:
    yield asked
    if asked.startswith("0"):
        yield asked.lstrip("0")
