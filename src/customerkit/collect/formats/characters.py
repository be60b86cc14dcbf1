"""Tell which of the encodings of East Asia a text is in, by the characters it would hold.

Each of them gives most characters two bytes, and the bytes of one are mostly
characters in the others too, but rare ones. The encoding that makes the text of
common characters is the answer, unless another one does so about as well.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial

from attrs import evolve, frozen

from customerkit.collect.formats.common import (
    FREQUENT_SIMPLIFIED,
    FREQUENT_TRADITIONAL,
    HALF_KATAKANA,
    JAPANESE,
    KATAKANA,
    KOREAN,
    SIMPLIFIED,
    TRADITIONAL,
)
from customerkit.collect.formats.letters import Told, is_clear

_MOST_BAD = 0.1
_KNOWN = 0.9
_COMMON, _COMMON_OF_FEW = 0.45, 0.6  # guesses; a third is common by chance
_FEW = 5
_STRANGE = math.log(1e-7)
_SPARED = 3.0  # a letter of ASCII that is half of a character needs no explanation
_UNUSUAL = math.log(0.1)  # a text of another kind than the first one of an encoding
_MIXES = math.log(0.003)
_ASCII = re.compile(rb"[\0-\x7f]")
_MIXED = re.compile("[A-Za-z][^\0-\x7f]|[ｦ-ﾟ][A-Za-z]")  # scripts within a word


@frozen
class _Kind:
    """Say which share of a text some characters have.

    Args:
        letters: The frequent ones first where they are ranked.
        share: A guess.
        common: Whether a text is mostly made of such.
        ranked: Whether the first ones are more frequent.
    """

    letters: Iterable[str]
    share: float
    common: bool = False
    ranked: bool = False


class _Model(dict[str, float]):
    """Give the logarithm of how likely a character is in a kind of text."""

    def __init__(self, kinds: Iterable[_Kind]) -> None:
        super().__init__()
        self.common: set[str] = set()
        for kind in kinds:
            new = [letter for letter in dict.fromkeys(kind.letters) if letter not in self]
            weights = [1 / (rank + 5) if kind.ranked else 1.0 for rank in range(len(new))]
            each = kind.share / (sum(weights) or 1)
            self |= {x: math.log(w * each) for x, w in zip(new, weights, strict=True)}
            self.common |= set(new) if kind.common else set()

    def __missing__(self, letter: str) -> float:
        return _STRANGE


def told_by_characters(pieces: Iterable[bytes]) -> Told | None:
    """Return which encoding of East Asia a text is in, None where it fits in none.

    Args:
        pieces: Cells or parts of them that are not plain ASCII.

    Example:
        >>> told_by_characters(["李伟".encode("gbk"), "北京市朝阳区".encode("gbk")]).name
        'gb18030'
        >>> told_by_characters(["김철수".encode("euc_kr")]).name
        'cp949'
        >>> told_by_characters(["é".encode("cp1252")]) is None
        True
    """
    every = list(pieces)
    found = {name: _best(every, name) for name in _TEXTS}
    scores = {name: best[0] for name, best in found.items() if best is not None}
    if not scores:
        return None
    name = max(scores, key=scores.__getitem__)
    whole = scores.pop(name)
    clear = all(is_clear(whole - other, whole) for other in scores.values())
    best = found[name]
    return Told(name if clear and best and best[1] else None, whole)


def _best(pieces: Sequence[bytes], name: str) -> tuple[float, bool] | None:
    """Return how likely a text is in an encoding, and whether its characters are common.

    Where much of it is no text of the encoding, there is no answer.
    """
    text, read = _decoded(pieces, name)
    if len(pieces) - read > _MOST_BAD * len(pieces):
        return None
    letters = [letter for letter in text if letter > "\x7f"]
    models = _models(name)
    scores = [sum(map(model.__getitem__, letters)) for model in models]
    scores = [score + _UNUSUAL * (at > 0) for at, score in enumerate(scores)]
    best = max(scores)
    spared = len(_ASCII.findall(b"".join(pieces))) - (len(text) - len(letters))
    mixed = len(_MIXED.findall(text))
    bad = (len(pieces) - read) * _STRANGE
    whole = best + bad + spared * _SPARED + mixed * _MIXES
    return whole, _is_usual(letters, models[scores.index(best)])


def _decoded(pieces: Iterable[bytes], name: str) -> tuple[str, int]:
    texts = []
    for piece in pieces:
        try:
            texts.append(piece.decode(name))
        except UnicodeDecodeError:
            continue
    return "".join(texts), len(texts)


def _is_usual(letters: Sequence[str], model: _Model) -> bool:
    """Say whether characters are mostly common ones."""
    known = sum(map(model.__contains__, letters))
    common = sum(map(model.common.__contains__, letters))
    least = _COMMON if len(letters) > _FEW else _COMMON_OF_FEW
    return known >= _KNOWN * len(letters) and common >= least * known


@cache
def _models(name: str) -> list[_Model]:
    return [_Model(kinds) for kinds in _TEXTS[name]()]


def _chinese(
    frequent: str, common: frozenset[str], codec: str, usual: range, rare: range
) -> list[list[_Kind]]:
    return [
        [
            _Kind(frequent, 0.3, common=True),
            _Kind(common, 0.4, common=True),
            _Kind(_area(codec, usual), 0.25),
            _Kind(_wide(), 0.03),
            _Kind(_area(codec, rare), 0.01),
        ]
    ]


def _japanese() -> list[list[_Kind]]:
    katakana = _Kind(KATAKANA, 0.2, common=True, ranked=True)
    mixed = [
        _Kind(JAPANESE, 0.5, common=True),
        katakana,
        _Kind(_span("ぁ", "ん"), 0.1, common=True),
        _Kind(_area("euc_jp", range(0xB0, 0xD0)), 0.1),
        _Kind(_wide(), 0.05),
        _Kind(HALF_KATAKANA, 0.03),
        _Kind(_area("euc_jp", range(0xD0, 0xF5)), 0.01),
    ]
    # Banks and registers write names in katakana, of half width even, and nothing else.
    readings = [evolve(katakana, share=0.9), *mixed]
    half = [_Kind(HALF_KATAKANA, 0.9, common=True, ranked=True), *mixed]
    return [mixed, readings, half]


def _korean() -> list[list[_Kind]]:
    return [
        [
            _Kind(KOREAN, 0.85, common=True),
            _Kind(_area("euc_kr", range(0xB0, 0xC9)), 0.1),
            _Kind(_wide(), 0.03),
        ]
    ]


def _area(codec: str, leads: range) -> frozenset[str]:
    """Return the characters of some rows of an encoding."""
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    pairs = (bytes([lead, trail]).decode(codec, "ignore") for lead in leads for trail in trails)
    return frozenset(pair for pair in pairs if len(pair) == 1)


def _span(first: str, last: str) -> frozenset[str]:
    return frozenset(map(chr, range(ord(first), ord(last) + 1)))


@cache
def _wide() -> frozenset[str]:
    """Return digits, letters and marks as wide as a character."""
    return (
        _span("\u3000", "\u301f")
        | _span("\uff01", "\uff5e")
        | frozenset("－～―…※○●△□①②③㈜㈱·‧’“”№℡")
    )


# The kinds of text that are written in each encoding.
_TEXTS: dict[str, Callable[[], list[list[_Kind]]]] = {
    "gb18030": partial(
        _chinese, FREQUENT_SIMPLIFIED, SIMPLIFIED, "gb2312", range(0xB0, 0xD8), range(0xD8, 0xF8)
    ),
    "cp949": _korean,
    "cp932": _japanese,
    "euc_jp": _japanese,
    "big5hkscs": partial(
        _chinese, FREQUENT_TRADITIONAL, TRADITIONAL, "big5", range(0xA4, 0xC7), range(0xC9, 0xFA)
    ),
}
