"""Take whole names apart, as they are written, and as other records call people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from attrs import define, field

from customerkit.match.called import Called, Parts
from customerkit.roles import role
from customerkit.roles._arabic import arabic
from customerkit.roles._chinese import politely
from customerkit.roles._couples import couple
from customerkit.roles._japanese import japanese, without_blank
from customerkit.roles._korean import korean, masked
from customerkit.roles._slavic import without_patronymic
from customerkit.roles._tickets import ticketed
from customerkit.roles._titles import core, without_remarks
from customerkit.roles._vietnamese import split_vietnamese
from customerkit.roles.full_name import plainly, split_with_care
from customerkit.roles.missing import is_missing

NOBODY: Parts = (None, None, None)
"""The parts of what names nobody."""
DIVIDED = frozenset(",/^")
"""Signs that divide the parts of a whole name surely."""
_OF_HL7 = "^"
"""What stands between the family name, the given and the middle one in messages of HL7."""
_TWO = 2  # words
_SEVERAL, _BEHIND = 20, 0.2  # names whose initials stand behind them, and their share: guesses
_FAMILY = 1.0  # bits from which the word beside an initial is a family name: a guess
_MONSIEUR = re.compile(r"^\s*M\.\s+(?=\S+\s+\S)")
_BEFORE_FAMILY = frozenset("van von vd vom ten ter zum zur".split())
"""What begins a family name, and no whole name."""


@define
class Wholes:
    """Hold the whole names of a column.

    Args:
        parts: Their parts, the ends where it is not sure how to take them apart.
        unsure: The words of these.
        plain: Those that a sign divides, as in *Roe, Jane*.
        initials: The word and the letter of those that are one word and one letter.
        behind: Of how many of these the letter stands behind the word.
        vietnamese: Whether they are Vietnamese, and their order is known.
        family_first: Whether they begin with the family name.
    """

    parts: list[Parts] = field(factory=list)
    unsure: dict[int, list[str]] = field(factory=dict)
    plain: set[int] = field(factory=set)
    initials: dict[int, tuple[str, str]] = field(factory=dict)
    behind: int = 0
    vietnamese: bool = False
    family_first: bool = False

    @classmethod
    def of(cls, texts: Sequence[str], *, vietnamese: bool, family_first: bool) -> Wholes:
        """Read whole names."""
        form, found = role("given_name").form, cls(vietnamese=vietnamese, family_first=family_first)
        if vietnamese:
            found.parts = list(map(_vietnamese, texts))
            return found
        for at, text in enumerate(texts):
            parts = _parts(text)
            if family_first and DIVIDED.isdisjoint(text):
                parts = _turned(text, parts)
            if isinstance(parts, list):
                found.unsure[at] = parts
                parts = (parts[0], parts[-1], None)
            found.parts.append(_each(form, parts))
            if not DIVIDED.isdisjoint(text):
                found.plain.add(at)
            elif len(found.unsure.get(at, ())) <= _TWO:
                found._note_initial(at)
        return found

    def _note_initial(self, at: int) -> None:
        given, family, middle = self.parts[at]
        if given and family and not middle and 1 in (len(given), len(family)):
            letter, word = sorted((given, family), key=len)
            self.initials[at] = word, letter
            self.behind += family == letter

    @property
    def fathers(self) -> bool:
        """Say whether initials stand behind names, as those of fathers do in the south of India."""
        return self.behind >= max(_SEVERAL, _BEHIND * len(self.initials))

    def told(self, called: Called) -> None:
        """Take apart what is not sure, as other records call people."""
        for at, words in self.unsure.items():
            self.parts[at] = called.split(words) or self.parts[at]
        self._turn(called)
        for at, (word, letter) in self.initials.items() if called.fathers else ():
            own = called.rather_family(word) < _FAMILY
            self.parts[at] = (word, letter, None) if own else (letter, word, None)

    def _turn(self, called: Called) -> None:
        """Exchange what is surely a family name and the given name behind it."""
        known = self.unsure.keys() | self.plain
        for at, (given, family, middle) in enumerate(self.parts):
            if given and family and at not in known and called.turned(given, family):
                self.parts[at] = family, given, middle

    def told_alone(self, called: Called, column: str) -> None:
        """Keep only what is a whole name by what other records call people.

        *Mary Ann* is none where more people have Ann for a given name than for a family
        name; the first word of a family name is a given name only where more are called so.
        """
        self._turn(called)
        for at, (given, family, _) in enumerate(self.parts):
            fits = given and family and len(family) > 1 and called.rather_family(family) >= 0
            if column.endswith("family_name"):
                fits = fits and called.rather_family(given or "") < 0
            if not (fits or (at in self.plain and given and family)):
                self.parts[at] = NOBODY


def _vietnamese(full: str) -> Parts:
    return NOBODY if role("full_name").form(full) is None else (*split_vietnamese(full), None)


def _each(form: Any, parts: Parts) -> Parts:
    given, family, middle = (form(part) if part else None for part in parts)
    return given, family, middle


def _parts(full: str) -> Parts | list[str]:
    """Return :data:`PARTS` of a full name, or its words where it is not sure which is which.

    The last part is a patronymic or a grandfather's name. *M.* before two words is taken for
    a title: where it is an initial, little is lost.
    """
    if found := plainly(full):
        return *found, None
    if _OF_HL7 in full:
        family, given, middle, *_ = [part.strip() or None for part in f"{full}^^".split(_OF_HL7)]
        return given, family, middle
    if is_missing(full, "name"):
        return NOBODY
    full = without_remarks(_MONSIEUR.sub("", full))
    two = ticketed(full) or couple(full)
    return (*two, None) if two else arabic(full) or _of_one(full)


def _turned(full: str, parts: Parts | list[str]) -> Parts | list[str]:
    """Return the parts of a name whose first word is the family name, where none told it apart."""
    words = (role("full_name").form(" ".join(core(full.split()))) or "").split()
    given = parts[0].lower().split() if not isinstance(parts, list) and parts[0] else words
    if len(words) < 2 or given[:1] != words[:1]:
        return parts
    return " ".join(words[1:]), words[0], None


def _of_one(full: str) -> Parts | list[str]:
    """Take the name of one person apart.

    Chinese and Japanese names are taken without their blank, for it is left out as often.
    """
    known = korean(full) or masked(full) or politely(full)
    han = None if known else without_blank(full)
    given, family = known or split_with_care(han or full)
    if given and not han:
        given, patronymic = without_patronymic(given)
        return given, family, patronymic
    if given or family:
        return given, family, None
    if han:
        return *japanese(han), None
    words = (role("full_name").form(" ".join(core(full.split()))) or "").split()
    if words and words[0] in _BEFORE_FAMILY:
        return None, " ".join(words), None
    return words if len(words) > 1 else (words[0] if words else None, None, None)
