"""Tell which names are one, written in one word or in several: De Luca and Deluca."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

Spacing = Mapping[str, str]
"""Name as some write it → the same in the words in which most write it."""
_SHORTEST = 4  # letters of names that may be one
_INITIAL = 1


def spacing(forms: Sequence[str | None], sizes: Sequence[int]) -> dict[str, str]:
    """Return how most records write those names that some write in other words.

    Args:
        forms: Names, None where nobody is named.
        sizes: How many records state each.

    Example:
        >>> spacing(["de luca", "deluca", "van den berg", "vandenberg", "rossi"], [3, 1, 1, 2, 9])
        {'deluca': 'de luca', 'van den berg': 'vandenberg'}
    """
    several = {form: form.replace(" ", "") for form in set(forms) if form and " " in form}
    letters = {name for form, name in several.items() if _may_be_one(form)}
    several = {form: name for form, name in several.items() if name in letters}
    known = several | {name: name for name in letters.intersection(forms)}
    if len(known) == len(letters):  # each is written in one way
        return {}
    ways: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for form, size in zip(forms, sizes, strict=True):
        if form in known:
            ways[known[form]][form] += size
    return {form: usual for found in ways.values() for form, usual in _to_usual(found)}


def respaced(forms: Sequence[str | None], usual: Spacing) -> list[str | None]:
    """Return names in the words in which most write them."""
    return [form and usual.get(form, form) for form in forms]


def _may_be_one(form: str) -> bool:
    words = form.split(" ")
    return len(form) > _SHORTEST and sum(len(word) == _INITIAL for word in words) < 2


def _to_usual(ways: Counter[str]) -> Iterable[tuple[str, str]]:
    usual = min(ways, key=lambda form: (-ways[form], form))
    return ((form, usual) for form in ways if form != usual)
