"""Made-up people: who lives with whom, who is named like whom, who answers which phone."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from pools import Pool

YEAR = 365.25
_FIRST, _LAST = -14_500, 13_500  # days from 1970: born 1930 to 2006


@dataclass
class People:
    """Columns of numbers that say of each person what they are called and where they live."""

    pool: np.ndarray
    gender: np.ndarray  # 0 a woman, 1 a man
    given: np.ndarray
    family: np.ndarray
    birth: np.ndarray  # days from 1970
    place: np.ndarray
    street: np.ndarray
    house: np.ndarray
    phone_of: np.ndarray  # the person whose number it is
    mail_of: np.ndarray

    def take(self, at: np.ndarray) -> People:
        """Return the people at these positions, with repetitions."""
        return People(*(getattr(self, column.name)[at] for column in fields(self)))


def draw_people(pools: Sequence[Pool], pool: np.ndarray, rng: np.random.Generator) -> People:
    """Return a stranger of each of the given countries."""
    size = len(pool)
    gender = rng.integers(0, 2, size)
    birth = rng.normal(3_500, 6_200, size).astype(int)
    odd = (birth < _FIRST) | (birth > _LAST)
    birth[odd] = rng.integers(_FIRST, _LAST, int(odd.sum()))
    empty = {name: np.zeros(size, int) for name in ("given", "family", "place", "street", "house")}
    people = People(pool, gender, birth=birth, phone_of=np.arange(size), mail_of=np.arange(size),
                    **empty)  # fmt: skip
    for number, one in enumerate(pools):
        at = np.flatnonzero(pool == number)
        for sex in (0, 1):
            of_sex = at[gender[at] == sex]
            people.given[of_sex] = pick(one.given_weights[sex], len(of_sex), rng)
        people.family[at] = pick(one.family_weights, len(at), rng)
    move(people, np.arange(size), pools, rng)
    return people


def pick(weights: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return positions drawn by their weights."""
    ends = np.cumsum(weights) / weights.sum()
    return np.minimum(np.searchsorted(ends, rng.random(count)), len(weights) - 1)


def move(people: People, at: np.ndarray, pools: Sequence[Pool], rng: np.random.Generator) -> None:
    """Give the people at these positions a new address in their country."""
    people.house[at] = (150 * rng.random(len(at)) ** 2).astype(int) + 1
    for number, one in enumerate(pools):
        of_pool = at[people.pool[at] == number]
        place = rng.integers(0, len(one.postcodes), len(of_pool))
        people.place[of_pool] = place
        # A postcode has some forty streets.
        near = rng.integers(0, 40, len(of_pool))
        people.street[of_pool] = (place * 7919 + near * 31) % len(one.streets)


def _share_address(people: People, head: int, others: Sequence[int]) -> None:
    for column in (people.place, people.street, people.house):
        for one in others:
            column[one] = column[head]


def _share_contacts(people: People, head: int, others: Sequence[int], draw: random.Random,
                    phone: float, mail: float) -> None:  # fmt: skip
    for one in others:
        if draw.random() < phone:
            people.phone_of[one] = head
        if draw.random() < mail:
            people.mail_of[one] = head


def _set_gender(people: People, one: int, gender: int, pools: Sequence[Pool]) -> None:
    people.gender[one] = gender
    people.given[one] %= len(pools[people.pool[one]].given[gender])


def _couple(people: People, who: Sequence[int], draw: random.Random, pools: Sequence[Pool]) -> None:
    head, other = who[0], who[1]
    if draw.random() < 0.95:
        _set_gender(people, other, 1 - int(people.gender[head]), pools)
    if draw.random() < pools[people.pool[head]].takes_name:
        people.family[other] = people.family[head]
    people.birth[other] = people.birth[head] + int(draw.gauss(0, 4) * YEAR)
    _share_address(people, head, [other])
    _share_contacts(people, head, [other], draw, 0.2, 0.1)


def _family(people: People, who: Sequence[int], draw: random.Random, pools: Sequence[Pool]) -> None:
    _couple(people, who, draw, pools)
    head, children = who[0], who[2:]
    for child in children:
        people.family[child] = people.family[head]
        people.birth[child] = people.birth[head] + int(draw.uniform(20, 38) * YEAR)
        if draw.random() < 0.06 and people.gender[child] == people.gender[head]:
            people.given[child] = people.given[head]
    _share_address(people, head, [child for child in children if draw.random() < 0.8])
    _share_contacts(people, head, children, draw, 0.15, 0.06)


def _siblings(people: People, who: Sequence[int], draw: random.Random, pools: Sequence[Pool]
              ) -> None:  # fmt: skip
    head, others = who[0], who[1:]
    for other in others:
        people.family[other] = people.family[head]
        people.birth[other] = people.birth[head] + int(
            draw.choice([-1, 1]) * 500 * draw.uniform(1, 7)
        )
    if draw.random() < 0.6:
        _share_address(people, head, others)
    _share_contacts(people, head, others, draw, 0.08, 0.03)


def _twins(people: People, who: Sequence[int], draw: random.Random, pools: Sequence[Pool]) -> None:
    head, other = who
    people.family[other], people.birth[other] = people.family[head], people.birth[head]
    if draw.random() < 0.6:
        _set_gender(people, other, int(people.gender[head]), pools)
        if draw.random() < 0.5:
            people.given[other] = _similar_name(people, head, draw, pools)
    if people.given[other] == people.given[head] and people.gender[other] == people.gender[head]:
        size = len(pools[people.pool[head]].given[people.gender[head]])
        people.given[other] = (people.given[other] + 1) % size
    if draw.random() < 0.75:
        _share_address(people, head, [other])
    _share_contacts(people, head, [other], draw, 0.12, 0.05)


def _similar_name(people: People, head: int, draw: random.Random, pools: Sequence[Pool]) -> int:
    names = pools[people.pool[head]].given[people.gender[head]]
    own = names[people.given[head]]
    cut = 2 if len(own) > 2 else 1  # two letters are a whole name in Han script
    near = [at for at, name in enumerate(names) if name != own and name[:cut] == own[:cut]]
    near += [at for at, name in enumerate(names) if name != own and name[-cut:] == own[-cut:]]
    return draw.choice(near) if near else (int(people.given[head]) + 1) % len(names)


def _senior_and_junior(
    people: People, who: Sequence[int], draw: random.Random, pools: Sequence[Pool]
) -> None:
    head, other = who
    for one in who:
        _set_gender(people, one, 1, pools)
    people.given[other], people.family[other] = people.given[head], people.family[head]
    people.birth[other] = people.birth[head] + int(draw.uniform(20, 35) * YEAR)
    if draw.random() < 0.7:
        _share_address(people, head, [other])
    _share_contacts(people, head, [other], draw, 0.2, 0.1)


def _flatmates(people: People, who: Sequence[int], draw: random.Random, pools: Sequence[Pool]
               ) -> None:  # fmt: skip
    for other in who[1:]:
        people.birth[other] = people.birth[who[0]] + int(draw.gauss(0, 3) * YEAR)
    _share_address(people, who[0], who[1:])
    _share_contacts(people, who[0], who[1:], draw, 0.05, 0.01)


# how many of a hundred households, the fewest and the most who live in one
_KINDS: list[tuple[int, int, int, Callable[..., None]]] = [
    (45, 2, 2, _couple),
    (22, 3, 5, _family),
    (9, 2, 3, _siblings),
    (5, 2, 2, _twins),
    (5, 2, 2, _senior_and_junior),
    (14, 2, 4, _flatmates),
]


def draw_society(
    pools: Sequence[Pool], size: int, share: float, namesakes: float, rng: np.random.Generator
) -> People:
    """Return people, a share of whom live in households, and some named like strangers."""
    draw = random.Random(int(rng.integers(2**32)))
    homes: list[tuple[int, int, Callable[..., None]]] = []
    weights = [kind[0] for kind in _KINDS]
    start = 0
    while start < size * share - 5:
        _, fewest, most, change = draw.choices(_KINDS, weights)[0]
        homes.append((start, draw.randint(fewest, most), change))
        start += homes[-1][1]
    chances = np.array([one.weight for one in pools])
    pool = rng.choice(len(pools), size, p=chances / chances.sum())
    for head, count, _ in homes:
        pool[head : head + count] = pool[head]
    people = draw_people(pools, pool, rng)
    for head, count, change in homes:
        change(people, range(head, head + count), draw, pools)
    late = people.birth > 18_500
    people.birth[late] -= rng.integers(3_000, 12_000, int(late.sum()))
    _name_like_strangers(people, int(size * namesakes), pools, rng)
    _share_office_phones(people, rng)
    return people


def _name_like_strangers(
    people: People, count: int, pools: Sequence[Pool], rng: np.random.Generator
) -> None:
    """Call people who live alone like somebody of a frequent name, some near or of an age."""
    alone = rng.permutation(np.arange(len(people.pool) * 2 // 5, len(people.pool)))
    after, rest = alone[:count], alone[count:]
    frequent = (people.given[rest] < 150) & (people.family[rest] < 300)
    like = rest[frequent][:count]
    after = after[: len(like)]
    for column in (people.gender, people.given, people.family):
        column[after] = column[like]
    people.pool[after] = people.pool[like]
    move(people, after, pools, rng)
    near = rng.random(len(after)) < 0.3
    same_street = near & (rng.random(len(after)) < 0.1)
    people.place[after[near]] = people.place[like[near]]
    people.street[after[same_street]] = people.street[like[same_street]]
    of_age = rng.random(len(after)) < 0.2
    people.birth[after[of_age]] = people.birth[like[of_age]] + rng.integers(
        -300, 300, int(of_age.sum())
    )


def _share_office_phones(people: People, rng: np.random.Generator) -> None:
    """Let strangers of one country leave the number of one hotel or office."""
    size = len(people.pool)
    for head in rng.integers(size * 2 // 5, size, max(1, size // 8_000)).tolist():
        near = np.flatnonzero(people.pool == people.pool[head])
        people.phone_of[rng.choice(near, rng.integers(5, 40))] = head
