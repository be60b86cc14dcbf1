"""Know by what other records call people whether a word is a given or a family name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log2

from attrs import evolve, field, frozen

from customerkit.match.numbers import Layouts
from customerkit.match.spacing import Spacing

Parts = tuple[str | None, str | None, str | None]
"""Given, family and middle name."""
Forms = list[str | None]
"""Forms of names, None where nothing is named."""
_MOST = 8.0  # bits that one word tells at most
_LONGEST = 3  # words of a name that are told apart by number
_FAMILY_FIRST = 3.0  # bits that speak against a family name that comes first: a guess
_MIDDLE = (6.0, 1.0)  # bits against a middle name where nobody states one, and where some do
_SURE = 1.0  # bits by which the best way to take a name apart is better than the next
TURNED = 6.0
"""Bits from which two words are the family name and then the given one: a guess."""


@frozen(eq=False)
class Called:
    """Hold what words people are called by.

    Args:
        bits: Word → log2 of how many times as often it is in family names as in given ones.
        given: Bits that the number of words of given names tells: of one, two or more.
        family: The same of family names.
        middle: Whether middle names are stated.
        vietnamese: Whether whole names are Vietnamese.
        fathers: Whether initials are those of fathers, before or behind the given name.
        family_first: Whether whole names begin with the family name.
        mixed: Whether some whole names begin with it, and some end with it.
        seconds: Whether the second word of a given name is a middle name.
        initials: How many initials stand together that are written without dots, 0 for none.
        spacing: Part of a name → how most write those names that some write in other words.
        every: Whether every word was counted, and not only those that mattered.
    """

    bits: Mapping[str, float]
    given: Sequence[float]
    family: Sequence[float]
    middle: bool = False
    vietnamese: bool = False
    fathers: bool = False
    family_first: bool = False
    mixed: bool = False
    seconds: bool = False
    initials: int = 0
    spacing: Mapping[str, Spacing] = field(factory=dict)
    every: bool = False

    @classmethod
    def of(cls, given: Mapping[str, int], family: Mapping[str, int]) -> Called:
        """Count the words of names.

        Args:
            given: Given name → how many records state it.
            family: Family name → how many records state it.

        Example:
            >>> called = Called.of({"ana maria": 9, "luis": 9}, {"vega soto": 9, "cruz": 1})
            >>> called.split("luis vega cruz".split()), called.split("vega soto ana".split())
            (('luis', 'vega cruz', None), ('ana', 'vega soto', None))
        """
        said = _words(given), _words(family)
        bits = {
            word: max(-_MOST, min(_MOST, _log_odds(said[1][word], said[0][word])))
            for word in said[0].keys() | said[1].keys()
        }
        return cls(bits, _lengths(given), _lengths(family))

    def completed(self, other: Called) -> Called:
        """Return what people are called, by another count where a word was not counted."""
        return evolve(self, bits={**other.bits, **self.bits})

    def rather_family(self, name: str) -> float:
        """Return the bits by which a name is rather a family than a given name."""
        return sum(self.bits.get(word, 0.0) for word in name.split())

    def turned(self, first: str, last: str) -> bool:
        """Say whether two names are surely a family name and the given name behind it."""
        bits = self.rather_family(first) - self.rather_family(last)
        return bits >= (_SURE if self.mixed else TURNED)

    def split(self, words: Sequence[str]) -> Parts | None:
        """Take the words of a whole name apart; None where no way is much better than others.

        A letter beside two words is the initial of a middle name, wherever it stands.
        """
        whole = [word for word in words if len(word) > 1]
        if 1 < len(whole) < len(words):
            parts = self.split(whole)
            initial = next(word for word in words if len(word) == 1)
            return parts and (parts[0], parts[1], parts[2] or initial)
        found = sorted(self._ways(words), key=lambda way: -way[0])
        if not found or (len(found) > 1 and found[0][0] - found[1][0] < _SURE):
            return None
        _, given, family, middle = found[0]
        if self.middle and not middle:
            given, middle = given[:1], given[1:]
        return " ".join(given), " ".join(family), " ".join(middle) or None

    def _ways(
        self, words: Sequence[str]
    ) -> Iterable[tuple[float, Sequence[str], Sequence[str], Sequence[str]]]:
        against = 0.0 if self.mixed else _FAMILY_FIRST
        bits = [self.bits.get(word, 0.0) for word in words]
        for at in range(1, len(words)):
            before, behind = sum(bits[:at]), sum(bits[at:])
            short, long = min(at, _LONGEST) - 1, min(len(words) - at, _LONGEST) - 1
            tells = behind - before + self.given[short] + self.family[long]
            yield tells, words[:at], words[at:], ()
            tells = before - behind + self.family[short] + self.given[long] - against
            yield tells, words[at:], words[:at], ()
        if len(words) > 2:
            usual = self.given[0] + self.family[0] - _MIDDLE[self.middle]
            yield bits[-1] - bits[0] + usual, words[:1], words[-1:], words[1:-1]
            turned = bits[0] - bits[1] + usual - against
            yield turned, words[1:2], words[:1], words[2:]


def _log_odds(family: int, given: int) -> float:
    return log2((max(family, 0) + 0.5) / (max(given, 0) + 0.5))


def _words(names: Mapping[str, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, count in names.items():
        for word in name.split():
            found[word] += count
    return found


def _lengths(names: Mapping[str, int]) -> list[float]:
    """Return log2 of the share of names of one word, of two, and of more."""
    counts = [1.0] * _LONGEST
    for name, count in names.items():
        counts[min(name.count(" ") + 1, _LONGEST) - 1] += max(count, 0)
    return [log2(count / sum(counts)) for count in counts]


@frozen(eq=False)
class Usual:
    """Hold what a base tells of how a record is to be read.

    Args:
        called: What people are called; None for what the records themselves tell.
        year: Of which year ages are whose records tell no time; None as above.
        layouts: Where official numbers hold dates of birth; None as above.
        told_by: Of how many digits the numbers in addresses are that tell the year of birth;
            None as above.
    """

    called: Called | None = None
    year: int | None = None
    layouts: Layouts | None = None
    told_by: frozenset[int] | None = None
