"""Compare one record with few others, text by text.

The levels are those of :mod:`customerkit.match.levels`, which works on whole columns and so
pays for a hundred records at once what it pays for one. Tests hold the two to be equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
from attrs import define, field

from customerkit.match.against import (
    Against,
    date_against,
    mail_against,
    name_against,
    street_against,
    text_against,
)
from customerkit.match.ages import AgeComparison, age_against
from customerkit.match.codes import Coded
from customerkit.match.comparison import ELSEWHERE, MASK, SHOWN, Comparison, Levels, fits
from customerkit.match.crossed import CROSSINGS, Crossing, Places
from customerkit.match.kept import Forms, Joined, Slots
from customerkit.match.kinds import (
    DateComparison,
    EqualComparison,
    MailComparison,
    StreetComparison,
)
from customerkit.match.levels import Comparisons
from customerkit.match.named import NameComparison
from customerkit.match.parts import has_ideographs, is_short_script
from customerkit.match.rarity import EXACT
from customerkit.match.subjects import Subjects

_AGAINST: dict[type[Comparison], Callable[[str], Against]] = {
    MailComparison: mail_against,
    StreetComparison: street_against,
    EqualComparison: lambda text: lambda other: "different",
}


@define(eq=False)
class OneField:
    """Compare the texts of one field, at the rarity that values have in a base.

    Args:
        item: The field of the base.
    """

    name: str = field(init=False)
    names: tuple[str, ...] = field(init=False)
    _kind: type[Comparison] = field(init=False)
    _levels: dict[str, int] = field(init=False)
    _common: dict[str | None, int] = field(init=False)
    _few: frozenset[str | None] = field(init=False)
    _rarely: dict[str, str] = field(init=False)
    _dates: Callable[[str], Against] = date_against

    @classmethod
    def of(cls, item: Comparison) -> OneField:
        """Take from a field of a base what comparing single texts needs."""
        found = cls()
        found.name, found.names, found._kind = item.name, item.names, type(item)
        found._levels = {name: at for at, name in enumerate(item.names)}
        common = np.flatnonzero(item.bins < len(EXACT) - 1).astype(np.int32)
        # Copies: a few texts of a long list would keep the memory of all from being freed.
        texts = Joined.of([item.column.forms[at] for at in common.tolist()])
        names = texts.taken(np.arange(len(common), dtype=np.int32))
        found._common = dict(zip(names, (1 + item.bins[common]).tolist(), strict=True))
        if item.crowded is not None:
            crowd = np.flatnonzero(item.crowded).tolist()
            found._common |= dict.fromkeys((str(item.column.forms[at]) for at in crowd), 0)
        rare = item.rare[common] if isinstance(item, NameComparison) else np.zeros(0, np.bool_)
        found._few = frozenset(names[at] for at in np.flatnonzero(rare).tolist())
        found._rarely = {
            name.removesuffix("_rare"): name for name in item.near if name.endswith("_rare")
        }
        if isinstance(item, DateComparison):
            found._dates = partial(
                date_against,
                firsts=bool(item.firsts.any()),
                yearly=item.yearly,
                nothing=frozenset(item.column.texts(np.flatnonzero(item.nothing))),
            )
        return found

    def against(self, text: str) -> Callable[[str], int]:
        """Return what gives the level of other texts, each worked once."""
        known = {text: self._common.get(text, len(EXACT))}
        compare, numbers, hidden = self._made(text), self._levels, MASK in text

        def level(other: str) -> int:
            found = known.get(other)
            if found is None:
                unlike = hidden is not (MASK in other)
                said = self._as_shown(text, other) if unlike else numbers[compare(other)]
                found = known[other] = said
            return found

        return level

    def _as_shown(self, text: str, other: str) -> int:
        """Return the level of two texts of which one is shown in part only."""
        if SHOWN not in self._levels:
            return 0
        return self._levels[SHOWN if fits(text, other) else "different"]

    def elsewhere(self, level: int) -> int:
        """Return the level of slots other than the first of both."""
        return self._levels.get(ELSEWHERE, level) if level <= len(EXACT) else level

    def best(self, text: str | None, other: str | None) -> int:
        """Return the best level that further slots can give two records, 0 for any.

        Args:
            text: What one states in the first slot.
            other: What the other does.
        """
        unlike = text is not None and other is not None and text != other
        if not (unlike and issubclass(self._kind, NameComparison)):
            return 0
        read = has_ideographs(str(text)) and has_ideographs(str(other))
        return self._levels["homophone"] if read else 0

    def _made(self, text: str) -> Against:
        if issubclass(self._kind, NameComparison):
            return self._named(text)
        if issubclass(self._kind, DateComparison):
            return self._dates(text)
        if issubclass(self._kind, AgeComparison):
            return age_against(text, self.names[1 + len(EXACT) :])
        make = _AGAINST.get(self._kind)
        return make(text) if make else text_against(text, self.names)

    def _named(self, text: str) -> Against:
        compare, rare, han = name_against(text), self._rare(text), is_short_script(text)
        rarely = self._rarely

        def level(other: str) -> str:
            found = compare(other)
            if (rare or self._rare(other)) and han == is_short_script(other):
                return rarely.get(found, found)
            return found

        return level

    def _rare(self, text: str) -> bool:
        return text in self._few or text not in self._common


class Single:
    """Compare one record with few, as the records of a base are compared.

    Args:
        comparisons: The fields of the base.
    """

    def __init__(self, comparisons: Comparisons) -> None:
        nothing = Coded(np.zeros(0, np.int32), [])
        names = [item.name for item in comparisons.fields]
        self._fields = [OneField.of(item) for item in comparisons.fields]
        several = {item.name: [nothing] for item in comparisons.fields if ELSEWHERE in item.near}
        self._rules = Comparisons(Subjects(0, dict.fromkeys(names, nothing), several))
        self._rules.contexts = comparisons.contexts

    @property
    def fields(self) -> Sequence[Comparison]:
        """Return the fields, as the model knows them."""
        return self._rules.fields

    def levels(self, forms: Forms, texts: Mapping[str, Slots], count: int) -> Levels:
        """Return the level of each record (rows) in each field (columns), contexts included.

        Args:
            forms: What the one record states.
            texts: What the others state.
            count: How many others there are.
        """
        found = {
            item.name: _best(item, forms.get(item.name, ()), texts[item.name], count)
            for item in self._fields
        }
        levels = {name: np.array(values, np.uint8) for name, values in found.items()}
        for crossing in CROSSINGS:
            if crossing.one in levels and crossing.other in levels:
                self._cross(forms, texts, levels, crossing)
        self._rules.settle(levels)
        return np.stack([levels[item.name] for item in self._fields], axis=1)

    def _cross(
        self,
        forms: Forms,
        texts: Mapping[str, Slots],
        found: dict[str, Levels],
        crossing: Crossing,
    ) -> None:
        """Mark names that stand in each other's place."""
        item = next(item for item in self._fields if item.name == crossing.one)
        levels = found[crossing.one], found[crossing.other]
        where = crossing.where(item.names, *levels)
        across = (
            _levels_of(item, forms[crossing.one][0], texts[crossing.other][0], where),
            _levels_of(item, forms[crossing.other][0], texts[crossing.one][0], where),
        )
        crossing.mark(item.names, levels, where, across)


def _levels_of(
    item: OneField, text: str | None, others: Sequence[str | None], where: Places
) -> Levels:
    """Return the levels of a text and of others, some of them."""
    if text is None:
        return np.zeros(len(where), np.uint8)
    level = item.against(text)
    some = (others[at] for at in where.tolist())
    return np.array([0 if other is None else level(other) for other in some], np.uint8)


def _best(item: OneField, own: Sequence[str | None], texts: Slots, count: int) -> list[int]:
    """Return the best level over the slots of a field, missing being none."""
    found = [0] * count
    for own_slot, text in enumerate(own):
        if text is None:
            continue
        level = item.against(text)
        for slot, others in enumerate(texts):
            for at, other in enumerate(others):
                new = level(other) if other is not None else 0
                if new and (slot or own_slot):
                    new = max(item.elsewhere(new), item.best(own[0], texts[0][at]))
                if new and (new < found[at] or not found[at]):
                    found[at] = new
    return found
