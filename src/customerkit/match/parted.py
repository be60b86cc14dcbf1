"""Take names apart: columns of whole names, of parts, and of parts that hold whole names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define, field

from customerkit.match.called import Called, Parts
from customerkit.match.codes import Coded, listed, together
from customerkit.model.profile import fields
from customerkit.roles import role
from customerkit.roles._arabic import arabic
from customerkit.roles._couples import couple
from customerkit.roles._japanese import japanese, without_blank
from customerkit.roles._korean import korean, masked
from customerkit.roles._slavic import without_patronymic
from customerkit.roles._tickets import ticketed
from customerkit.roles._titles import core, without_remarks
from customerkit.roles._vietnamese import is_vietnamese, split_vietnamese
from customerkit.roles.full_name import plainly, split_with_care
from customerkit.roles.missing import is_missing

PARTS = ("given_name", "family_name", "middle_name")
"""The parts of a name that are compared."""
PART_SLOTS = tuple(name for name, item in fields().items() if item.base in PARTS)
ALONE = {"alone.given_name": "family_name", "alone.family_name": "given_name"}
"""Column of the texts of a part of names of which the other part is missing → the other."""
COMPANY = "alone.company"
"""Column of the companies of records that name no person: they are called by it."""
CALLED = "called"
"""What is kept of names: what people are called, where whole names were taken apart by it."""
MIDDLE = "middle stated"
"""What is kept of names: whether a column of middle names was among them."""
Sizes = Mapping[str, Sequence[int]]
"""Column → for each of its texts how many records state it."""
Forms = list[str | None]
"""Forms of names, None where nothing is named."""
_DIVIDED = frozenset(",/")
_SEVERAL, _BEHIND = 20, 0.2  # names whose initials stand behind them, and their share: guesses
_FAMILY = 1.0  # bits from which the word beside an initial is a family name: a guess
_NOBODY: Parts = (None, None, None)
_MONSIEUR = re.compile(r"^\s*M\.\s+(?=\S+\s+\S)")
_BEFORE_FAMILY = frozenset("van von vd vom ten ter zum zur".split())
"""What begins a family name, and no whole name."""


@define
class _Wholes:
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
    def of(cls, texts: Sequence[str], *, vietnamese: bool, family_first: bool) -> _Wholes:
        """Read whole names."""
        form, found = role("given_name").form, cls(vietnamese=vietnamese, family_first=family_first)
        if vietnamese:
            found.parts = list(map(_vietnamese, texts))
            return found
        for at, text in enumerate(texts):
            parts = _parts(text)
            if family_first and _DIVIDED.isdisjoint(text):
                parts = _turned(text, parts)
            if isinstance(parts, list):
                found.unsure[at] = parts
                parts = (parts[0], parts[-1], None)
            found.parts.append(_each(form, parts))
            if not _DIVIDED.isdisjoint(text):
                found.plain.add(at)
            else:
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
        for at, (given, family, middle) in enumerate(self.parts):
            if given and family and at not in self.unsure and called.turned(given, family):
                self.parts[at] = family, given, middle
        for at, (word, letter) in self.initials.items() if called.fathers else ():
            own = called.rather_family(word) < _FAMILY
            self.parts[at] = (word, letter, None) if own else (letter, word, None)

    def told_alone(self, called: Called, column: str) -> None:
        """Keep only what is a whole name by what other records call people.

        *Mary Ann* is none where more people have Ann for a given name than for a family
        name; the first word of a family name is a given name only where more are called so.
        """
        for at, (given, family, _) in enumerate(self.parts):
            fits = given and family and len(family) > 1 and called.rather_family(family) >= 0
            if column.endswith("family_name"):
                fits = fits and called.rather_family(given or "") < 0
            if not (fits or (at in self.plain and given and family)):
                self.parts[at] = _NOBODY


def of_names(
    said: Mapping[str, Any],
    sizes: Sizes | None = None,
    called: Called | None = None,
    *,
    family_first: bool = False,
) -> dict[str, Coded]:
    """Return the forms of names: of columns with parts of them, and of the parts of whole ones.

    Args:
        said: The texts of columns of parts, in any slot, and of columns of whole names.
        sizes: How many records state each; None for one.
        called: What people are called; None for what these names tell.
        family_first: Whether whole names begin with the family name.

    Returns:
        The forms of all parts, which share them; what is read from a column of something else
        is called by the column and the part: ``full_name.given_name``.
    """
    form = role("given_name").forms
    columns: dict[str, Forms] = {}
    wholes: dict[str, _Wholes] = {}
    for column in said:
        if column == COMPANY:
            columns[column] = role("company").forms(listed(said[column]))
        elif column not in PART_SLOTS:
            texts = listed(said[column])
            vietnamese = column not in ALONE and (
                is_vietnamese(texts) if called is None else called.vietnamese
            )
            first = column not in ALONE and (called.family_first if called else family_first)
            wholes[column] = _Wholes.of(texts, vietnamese=vietnamese, family_first=first)
        elif fields()[column].base == "given_name":
            given, initials = _without_initials(form(listed(said[column])))
            columns |= {column: given, f"{column}.middle_name": initials}
        else:
            columns[column] = form(listed(said[column]))
    middle = "middle_name" in said
    if wholes:
        called = called or _called(columns, wholes, said, sizes or {}, middle=middle)
    for column, names in wholes.items():
        if called is not None and column in ALONE:
            names.told_alone(called, column)
        elif called is not None and not names.vietnamese:
            names.told(called)
        columns |= _columns(column, names.parts)
    found = dict(zip(columns, together(list(columns.values())), strict=True))
    next(iter(found.values())).keep(MIDDLE, middle)
    if called is not None:
        next(iter(found.values())).keep(CALLED, called)
    return found


def _columns(column: str, parts: Sequence[Parts]) -> dict[str, Forms]:
    given, family, middle = ([part[at] for part in parts] for at in range(3))
    given, initials = _without_initials(given)
    middle = [one or other for one, other in zip(middle, initials, strict=True)]
    found = dict(zip(PARTS, (given, family, middle), strict=True))
    return {f"{column}.{name}": forms for name, forms in found.items()}


def _called(
    columns: Mapping[str, Forms],
    wholes: Mapping[str, _Wholes],
    said: Mapping[str, Any],
    sizes: Sizes,
    *,
    middle: bool,
) -> Called:
    """Count what people are called by columns of parts, and by whole names that are sure."""
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    counts = {"given_name": given, "family_name": family}
    words = _few_words(wholes)
    for column in filter(PART_SLOTS.__contains__, columns):
        if fields()[column].base in counts:
            _count(counts[fields()[column].base], columns[column], sizes.get(column), words=words)
    for column, names in wholes.items():
        if column not in ALONE:
            unsure = names.unsure.keys() | names.initials.keys()
            sure = [_NOBODY if at in unsure else part for at, part in enumerate(names.parts)]
            _count(given, [part[0] for part in sure], sizes.get(column))
            _count(family, [part[1] for part in sure], sizes.get(column))
        else:
            # what may be a whole name is no evidence of what a part is
            forms, _ = _without_initials(role("given_name").forms(listed(said[column])))
            _count(counts[column.removeprefix("alone.")], forms, sizes.get(column), -1)
    return Called.of(
        given,
        family,
        middle=middle,
        vietnamese=any(names.vietnamese for names in wholes.values()),
        fathers=any(names.fathers for names in wholes.values()),
        family_first=any(names.family_first for names in wholes.values()),
        every=words is None,
    )


def _few_words(wholes: Mapping[str, _Wholes]) -> frozenset[str] | None:
    """Return the words that matter where few names are whole ones; None for all."""
    if not ALONE.keys() >= wholes.keys():
        return None
    parts = (part for names in wholes.values() for part in names.parts)
    return frozenset(word for part in parts for name in part if name for word in name.split())


def _count(
    counts: Counter[str],
    forms: Sequence[str | None],
    sizes: Sequence[int] | None,
    sign: int = 1,
    words: frozenset[str] | None = None,
) -> None:
    for form, size in zip(forms, sizes if sizes is not None else [1] * len(forms), strict=True):
        if form and (words is None or not words.isdisjoint(form.split())):
            counts[form] += sign * size


def _without_initials(given: Forms) -> tuple[Forms, Forms]:
    """Return given names without the initial of a middle name behind them, and these.

    Example:
        >>> _without_initials(["mary e", "mary ann", "e", None])
        (['mary', 'mary ann', 'e', None], ['e', None, None, None])
    """
    ends = [name is not None and name[-2:-1] == " " and name[-1].isalpha() for name in given]
    parted = list(zip(given, ends, strict=True))
    return (
        [name[:-2] if name and end else name for name, end in parted],
        [name[-1] if name and end else None for name, end in parted],
    )


def _vietnamese(full: str) -> Parts:
    return _NOBODY if role("full_name").form(full) is None else (*split_vietnamese(full), None)


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
    if is_missing(full, "name"):
        return _NOBODY
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
    known = korean(full) or masked(full)
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
