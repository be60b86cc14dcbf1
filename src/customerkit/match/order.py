"""Tell by households in which order whole names stand: with the family name first, as in Hungary.

Who shares a phone, an address or a mailbox, and one word of a name, shares the family name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
from attrs import field, frozen
from rapidfuzz.distance import OSA

from customerkit.match.called import Called
from customerkit.match.codes import Codes
from customerkit.roles._nicknames import given_names
from customerkit.roles._titles import core
from customerkit.roles.fold import loose

_SHARED = ("phone", "street")
_MOST = 20_000  # pairs that are looked at, of each column, and names
_FEWEST, _CLEAR = 40, 4.0  # names of one order, and how many times those of the other: guesses
_TELLS, _MOSTLY = 3.0, 0.6  # bits that tell which is which, and the share they tell: guesses
_TWO = 2  # words
_FEW = 8  # records of a household
_SLIP = 2  # letters that a name differs in from what was meant


@frozen(eq=False)
class Order:
    """Hold what households tell of the order of whole names, and of what is which.

    Args:
        first: Names that begin with what the household shares.
        last: Names that end with it.
        given: Word → how often it is what people of one household are called apart.
        family: Word → how often they share it.
        apart: Whether most words are either of the two. In some countries the father's given
            name stands where the family name does, and the order tells nothing.
    """

    first: int = 0
    last: int = 0
    given: Counter[str] = field(factory=Counter)
    family: Counter[str] = field(factory=Counter)
    apart: bool = False

    @property
    def family_first(self) -> bool:
        """Say whether whole names begin with the family name."""
        return self.apart and self.first >= max(_FEWEST, _CLEAR * self.last)

    @property
    def mixed(self) -> bool:
        """Say whether some begin with the family name, and some end with it."""
        fewer, more = sorted((self.first, self.last))
        return self.apart and fewer >= _FEWEST and more < _CLEAR * fewer


def order_of(parts: Mapping[str, tuple[Codes, Any]]) -> Order:
    """Return what households tell of whole names.

    Args:
        parts: Column → for each record the place of its text, and the texts.

    Example:
        >>> homes = np.repeat(np.arange(30), 2)
        >>> names = [f"Nagy{at // 2} {'Anna Imre'.split()[at % 2]}" for at in range(60)]
        >>> found = order_of({"full_name": (np.arange(60), names), "phone": (homes, [])})
        >>> found.family_first, found.given["anna"]
        (True, 30)
    """
    if "full_name" not in parts:
        return Order()
    codes, texts = parts["full_name"]
    places: Counter[int] = Counter()
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    for column in filter(parts.__contains__, _SHARED):
        for pair in _pairs(codes, parts[column][0]):
            said = [str(texts[at]) for at in pair]
            names = [core(loose(text).split()) for text in said]
            if min(map(len, names)) < 2 or any("," in text for text in said):
                continue
            shared = set.intersection(*({name[0], name[-1]} for name in names))
            if len(shared) == 1 and _are_two(names, *shared):
                (word,) = shared
                family[word] += 1
                for name in names:
                    places[0 if name[0] == word else -1] += 1
                    given.update(name[1:] if name[0] == word else name[:-1])
    some = map(str, islice(texts, _MOST))
    apart = bool(family) and _are_apart(Called.of(given, family), some)
    return Order(places[0], places[-1], given, family, apart)


def _are_two(names: Sequence[Sequence[str]], shared: str) -> bool:
    """Say whether names that share a word are of two people, not one's written in two ways."""
    one, other = ([word for word in name if word != shared] for name in names)
    if not (one and other) or any(_alike(a, b) for a in one for b in other):
        return False
    given = given_names()  # who shares one, and no other, has married
    return shared not in given or not given.isdisjoint([*one, *other])


def _alike(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a) or OSA.distance(a, b, score_cutoff=_SLIP) <= _SLIP


def _are_apart(called: Called, names: Iterable[str]) -> bool:
    """Say whether most names of two known words are of a given and a family name."""
    some = [core(loose(name).split()) for name in names if "," not in name]
    bits = [
        abs(called.bits[name[0]] - called.bits[name[1]])
        for name in some
        if len(name) == _TWO and called.bits.keys() >= set(name)
    ]
    return sum(one >= _TELLS for one in bits) > _MOSTLY * len(bits)


def _pairs(names: Codes, shared: Codes) -> list[tuple[int, int]]:
    """Return different names that are stated with one text, by few records."""
    both = np.flatnonzero((names >= 0) & (shared >= 0))
    few = both[np.bincount(shared[both])[shared[both]] <= _FEW]
    order = few[np.argsort(shared[few], kind="stable")]
    one, other = order[:-1], order[1:]
    some = (shared[one] == shared[other]) & (names[one] != names[other])
    return list(zip(names[one[some]].tolist(), names[other[some]].tolist(), strict=True))[:_MOST]
