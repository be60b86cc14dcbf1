"""Say where what a field tells depends on another: its levels are counted in contexts.

Who shares a given name more likely shares a family name too, for both belong to one language;
who lives in one place shares the names that people have there; who has one postcode has one
city. For strangers that is counted, so no evidence counts twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from attrs import evolve, frozen

from customerkit.match.rarity import EXACT, RARE

Key = tuple[str, ...]
"""Parts of records, see :data:`customerkit.match.attributes.PARTS`."""
SAME = EXACT[-1]
"""The last level of agreement."""
APART = 2
"""The context of streets and cities of two places that are far from each other."""


@frozen
class Context:
    """Count the levels of a field apart where those of another are in a range.

    Args:
        by: What it adds to the number of the context; several may hold at once.
        on: The other field.
        last: The last of its levels.
        words: When it holds, for people.
        first: The first of its levels.
        drawn: The key by which pairs are drawn in which it holds; None for none.
        counted: The key by which all of them are counted; None for none.
        chance: Whether it matters to strangers alone: a person's or a relative's name is
            written no other way for where both live.
    """

    by: int
    on: str
    last: str
    words: str
    first: str = EXACT[0]
    drawn: Key | None = None
    counted: Key | None = None
    chance: bool = False

    @property
    def agrees(self) -> bool:
        """Say whether it holds where the other field agrees rather than where it differs."""
        return self.last != "different"


_GIVEN = Context(1, "given_name", "part", "given names agree", drawn=("given",))
_RARE = Context(2, "given_name", SAME, "rare given names agree", EXACT[RARE], ("given_rare",))
_CITY = Context(1, "city", "latin", "places agree", drawn=("city",), counted=("city",), chance=True)
_AREA = evolve(_CITY, on="postcode", last="area", drawn=("area",), counted=("area",))
_POSTCODE = Context(
    1, "postcode", SAME, "postcodes agree", drawn=("postcode",), counted=("postcode",)
)
_FAR = Context(APART, "postcode", "different", "places are far apart", first="area")
_ADDRESS = (_POSTCODE, _FAR)
_FAMILY = Context(1, "family_name", "homophone", "names agree", drawn=("family",))
_NAMED = (evolve(_GIVEN, last="swapped", words="names agree"), _FAMILY)
_CONTEXTS: Mapping[str, Sequence[Context]] = {
    "given_name": (_CITY, _AREA),
    "family_name": (
        evolve(_GIVEN, last=EXACT[RARE - 1], drawn=("given_common",), counted=("given_common",)),
        evolve(_GIVEN, first="nickname", drawn=None),
        evolve(_RARE, counted=_RARE.drawn),
        evolve(_CITY, by=4),
        evolve(_AREA, by=4),
    ),
    "gender": (_GIVEN,),
    "relative": (*_NAMED, evolve(_CITY, by=4), evolve(_AREA, by=4)),
    "email": _NAMED,
    "street": (*_ADDRESS, evolve(_FAR, on="city", first="different")),
    "city": _ADDRESS,
}


def contexts(has: Callable[[str], bool]) -> dict[str, list[Context]]:
    """Return the contexts of each field that records have.

    A place is told by the city; where no record states one, by the area of the postcode.

    Args:
        has: Says whether any record states a field.
    """
    return {
        name: [item for item in items if has(item.on) and not (item.last == "area" and has("city"))]
        for name, items in _CONTEXTS.items()
        if has(name)
    }


def together(items: Sequence[Context]) -> Iterator[tuple[Context, ...]]:
    """Yield the contexts that may hold at once: each alone, and several.

    Example:
        >>> items = contexts({"family_name", "given_name", "city"}.__contains__)["family_name"]
        >>> [number(some) for some in together(items)]
        [1, 1, 2, 4, 5, 5, 6]
    """
    for size in range(1, len(items) + 1):
        for some in combinations(items, size):
            if len({item.on for item in some}) == size:
                yield some


def number(some: Sequence[Context]) -> int:
    """Return the number of the context in which several hold at once."""
    return sum(item.by for item in some)


def context_words(name: str, context: int) -> str:
    """Return on what condition a field was judged; nothing where on none.

    Example:
        >>> context_words("family_name", 5), context_words("city", 0)
        ('given names agree, places agree', '')
    """
    for some in together(_CONTEXTS.get(name, ())):
        if number(some) == context:
            return ", ".join(dict.fromkeys(item.words for item in some))
    return ""
