"""Know street lines of addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from customerkit.roles._case import one_case, title_place
from customerkit.roles._japanese import japanese_line
from customerkit.roles._sound import latin
from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.fold import bare, looses, squash
from customerkit.roles.missing import is_missing

_TYPES = frozenset(
    "street st str road rd avenue ave av lane ln drive dr place pl court ct close cl crescent cres "
    "cr square sq terrace tce ter way boulevard blvd bd highway hwy parade pde circuit cct grove "
    "gr "
    "gardens gdns strasse weg platz gasse allee rue chemin via viale piazza calle "
    "carrer rua ulica ul gata vej flat apt apartment unit suite no nr number "
    "ул улица д дом кв квартира корп корпус пр просп проспект пер переулок бул бульвар г город ш "
    "шоссе наб набережная пл площадь стр строение вул вулиця буд будинок οδοσ λεωφ λεωφοροσ "
    "leof leoforos ulitsa prospekt "
    "mah mahalle mahallesi mh sok sokak sokagi sk cad cadde caddesi cd daire da kat bulvari blv "
    "av avenida avda boul ch imp quai corso viale largo vicolo travessa "
    "jl jalan gang duong os osiedle aleja al lok "
    "شارع ش شقة شقه الدور عمارة عماره برج".split()
)
_TAIL = re.compile(r"(?:strasse|straße|str|gatan|gata|vägen|vagen|vej|straat)$")
_DIGITS = frozenset("0123456789")
_APART = "  "
_ALPHABET = re.compile(r"[\u0370-\u052f]")


class _Words(dict[str, str]):
    """Hold what is kept of each word: nothing of those that only say that it is a street."""

    def __missing__(self, word: str) -> str:
        self[word] = found = "" if word in _TYPES else _stem(word)
        return found


def _stem(word: str) -> str:
    """Return a word without its end, in Latin letters: addresses are Greek or Cyrillic too."""
    stem = word if word[:1].isdigit() else _TAIL.sub("", word) or word
    return latin(stem) if stem.isalpha() and _ALPHABET.search(stem) else stem


class _Names(dict[str, bool]):
    """Say of each word whether it is no number."""

    def __missing__(self, word: str) -> bool:
        self[word] = found = not word[0].isdigit()
        return found


class _Unnumbered(dict[str, "str | None"]):
    """Hold what is kept of names of streets without numbers: few streets have many houses.

    Those with a number in them have None.
    """

    def __init__(self, known: _Words, names: _Names) -> None:
        super().__init__()
        self._known, self._names = known, names

    def __missing__(self, name: str) -> str | None:
        words = name.split()
        kept = filter(None, map(self._known.__getitem__, words))
        self[name] = found = " ".join(kept) if all(map(self._names.__getitem__, words)) else None
        return found


def _line(words: list[str], known: _Words, names: _Names) -> str | None:
    kept = [found for word in words if (found := known[word])] or list(map(_stem, words))
    if len(kept) > 1:
        kept.sort(key=names.__getitem__)
    return " ".join(kept) or None


def _first(line: str) -> str:
    """Return the street of a whole address whose parts stand two blanks from each other."""
    return line.partition(_APART)[0] if _APART in line and line.count(_APART) > 1 else line


class Street(Role):
    """Know street lines: blanks, and the case of lines in one case, are folded.

    Example:
        >>> Street().standardise(" EXAMPLE  HILL ").value
        'Example Hill'
    """

    __slots__ = ()
    name: ClassVar[str] = "street"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.PERSONAL
    half_life_days: ClassVar[float | None] = 2_500.0
    """Uncalibrated guess: about one household in ten moves each year."""

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the line with its usual blanks and case.

        Args:
            value: What a channel said.
            hint: Not used.

        Returns:
            The line; whether it exists cannot be known.
        """
        text = squash(value)
        if is_missing(text, "symbol"):
            return MISSING
        return Standard(title_place(text) if len(text) > 3 and one_case(text) else text, None)

    def form(self, value: str) -> str | None:
        """Return the words of the line, without those that only say that it is a street.

        Args:
            value: A street line.

        Returns:
            Numbers first, then words, one blank between them.
        """
        return self.forms([value])[0]

    def forms(self, values: Sequence[str]) -> list[str | None]:
        """Return the form of many lines; each word is looked at once."""
        known, names = _Words(), _Names()
        streets = _Unnumbered(known, names)
        lines = looses([_first(line) if line.isascii() else japanese_line(line) for line in values])
        found = []
        for line in lines:  # most begin or end with their only number
            if line[:1] in _DIGITS:
                number, _, name = line.partition(" ")
            else:
                name, _, number = line.rpartition(" ")
            kept = streets[name] if name and number[0] in _DIGITS else None
            if kept is None:
                found.append(_line(line.split(), known, names))
            else:
                found.append(f"{number} {kept}" if kept else number)
        return found

    def key(self, value: str) -> str | None:
        """Return the line without case, accents, punctuation and blanks.

        Args:
            value: A standard form.

        Returns:
            Text that is equal for equal lines.
        """
        text = self.standardise(value).value
        return (bare(text) or None) if text else None
