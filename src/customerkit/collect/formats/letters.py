"""Tell which of the encodings that give a byte a letter a text is in.

The same byte is another letter in each of them, so bytes alone prove nothing.
What tells is whether the letters of each word belong together: some language of
the encoding uses them, next to such letters, and their case fits. Each encoding
is measured alike. Nothing is decided by who wins narrowly: where another one
reads a text in another way and explains it about as well, there is no answer.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from operator import add, mul

from attrs import define, field, frozen

from customerkit.collect.formats.alphabets import ENCODINGS, is_seldom
from customerkit.collect.formats.languages import (
    CROWDED,
    KINDS,
    MARKED,
    kind_of,
    language,
    shape_score,
    units_of,
)

_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_RUN = re.compile(rb"[\x80-\xff]+")
_ASCII = bytes(range(128))
_FIRST, _HOPELESS = 80, 60.0  # words that tell which encodings are out of question
_LIKELY = 6  # readings of which one may be clearly better than all others
_MARGIN = math.log(15)
_DOUBT = 0.05
# Guesses: far more files are in the encodings in use. Against them it has to count in full,
# for them it counts little, as a file of the others should rather be refused than misread.
_SELDOM, _IN_USE = math.log(100), math.log(15)
_ROOM = 0.75  # a letter; text of other kinds stays further below what is usual


@frozen
class Told:
    """Say which encoding explains a text best.

    Args:
        name: The encoding, None where another one explains it about as well.
        score: The logarithm of how likely the text is in the best of them.
    """

    name: str | None
    score: float


@define
class _Reading:
    """Hold words as they read in one encoding."""

    name: str
    words: Sequence[bytes]
    texts: list[str]
    scores: list[float]
    total: float = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.total = sum(self.scores)


def is_clear(better: float, whole: float) -> bool:
    """Say whether one reading of a text explains it clearly better than another.

    Args:
        better: By how much.
        whole: How well, as a logarithm. The guesses behind it may be off by a share of it.

    Example:
        >>> is_clear(5, -10), is_clear(5, -100)
        (True, False)
    """
    return better > _MARGIN + _DOUBT * abs(whole)


def told_by_letters(pieces: Iterable[bytes]) -> Told | None:
    r"""Return which encoding the words of a text are in, None without any words.

    Args:
        pieces: Cells or parts of them that are not plain ASCII.

    Example:
        >>> told_by_letters(["Jürgen Groß".encode("cp1252")]).name
        'cp1252'
        >>> told_by_letters(["Jiří Dvořák".encode("cp1250")]).name
        'cp1250'
        >>> told_by_letters([b"\xb5"]).name is None
        True
    """
    counts = Counter(word for piece in pieces for word in _WORD.findall(piece))
    if not counts:
        return None
    words = list(counts)
    readings = _readings(words)
    likely = sorted(readings, key=lambda reading: -reading.total)[:_LIKELY]
    best = likely[0]
    whole = sum(map(mul, best.scores, counts.values())) - _SELDOM * is_seldom(best.name)
    for one in likely:
        reading = next(other for other in readings if other.texts == one.texts)
        rivals = (other for other in readings if other.texts != one.texts)
        if all(_beats(reading, rival) for rival in rivals):
            return Told(reading.name if _is_usual(reading) else None, whole)
    return Told(None, whole)


def _is_usual(reading: _Reading) -> bool:
    """Say whether words are such as the languages of an encoding have."""
    letters = sum(len(word.translate(None, _ASCII)) for word in reading.words)
    least = (_usual(reading.name) - _ROOM) * letters
    return reading.total >= least


def _readings(words: Sequence[bytes]) -> list[_Reading]:
    """Return how words read in the encodings that are not hopeless, judged by the first."""
    tried = [_read(name, words[:_FIRST]) for name in _possible(words)]
    if len(words) <= _FIRST:
        return tried
    least = max(reading.total for reading in tried) - _HOPELESS
    return [_read(reading.name, words) for reading in tried if reading.total >= least]


def _possible(words: Sequence[bytes]) -> list[str]:
    """Return the encodings that are not hopeless, judged by single letters."""
    runs = [run for word in words for run in _RUN.findall(word)]
    counts = Counter(b"".join(runs))
    crowded = CROWDED * (counts.total() - len(runs))
    hopes = {
        name: sum(count * _hope(name, byte) for byte, count in counts.items())
        + crowded * _is_latin(name)
        for name in ENCODINGS
    }
    least = max(hopes.values()) - 2 * counts.total() - 4 * _MARGIN
    return [name for name, hope in hopes.items() if hope >= least]


def _is_latin(name: str) -> bool:
    return all(language(text).is_latin for text in ENCODINGS[name].values())


@cache
def _hope(name: str, byte: int) -> float:
    """Return the most that a byte may speak for an encoding, its neighbours aside."""
    letter = bytes([byte]).decode(name, "replace").lower()[-1]
    kind = kind_of(letter)
    if kind in MARKED:
        return MARKED[kind]
    return max(language(text).alone(letter) for text in ENCODINGS[name].values())


@cache
def _usual(name: str) -> float:
    """Return how likely a letter is on average, in the least even language of an encoding."""
    return min(language(text).usual for text in ENCODINGS[name].values())


def _read(name: str, words: Sequence[bytes]) -> _Reading:
    texts = b"\n".join(words).decode(name, "replace").split("\n")
    languages = [language(text) for text in ENCODINGS[name].values()]
    units = [units_of(text) for text in texts]
    found = [[sum(map(x.__getitem__, unit)) for x in languages] for unit in units]
    counts = Counter(scores.index(max(scores)) for scores in found)
    most = max(counts.values()) + 1
    usual = [math.log((counts[at] + 1) / most) for at in range(len(languages))]
    scores = [
        max(map(add, word, usual)) + shape_score(text.translate(KINDS))
        for word, text in zip(found, texts, strict=True)
    ]
    return _Reading(name, words, texts, scores)


def _before(name: str, rival: str) -> float:
    """Return how much speaks for an encoding before anything is read."""
    if is_seldom(name) == is_seldom(rival):
        return 0.0
    return -_SELDOM if is_seldom(name) else _IN_USE


def _beats(first: _Reading, rival: _Reading) -> bool:
    """Say whether the words that a rival reads in another way read clearly better."""
    better, whole = _before(first.name, rival.name), 0.0
    for mine, text, own, other in zip(
        first.texts, rival.texts, first.scores, rival.scores, strict=True
    ):
        if mine != text:
            better, whole = better + own - other, whole + own
    return is_clear(better, whole)
