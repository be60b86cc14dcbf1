"""What one field tells where another agrees: names of one place, of one language."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

import customerkit as ck
from customerkit.match.contexts import Context, context_words, contexts, number, together
from customerkit.match.encode import subjects
from customerkit.match.explain import explain
from customerkit.match.levels import Comparisons
from customerkit.match.matching import match_columns
from customerkit.match.shares import blocks

_GIVEN = "Anna Ben Carl Dora Emil Fay Gus Hana Ian Jo Kai Lea Max Nia Otto Pia Rosa Sam Tia Una"
_PARTS = "bar cor del fen gar hol ker lan mor nor pel rud sel tor vas wen yar zim"
_ENDS = "bach dale ford gate ham kin ley mann nov quist ros sen ton vik wood"


def peopled(towns: int, each: int, name: Callable[[random.Random, int], str]) -> dict[str, list]:
    """Return records of strangers, and of one in five of them once more.

    Args:
        towns: How many towns.
        each: People of a town.
        name: Makes a given name, of the number of a town.
    """
    rng = random.Random(5)
    columns: dict[str, list] = {"given_name": [], "family_name": [], "city": [], "birth_date": []}
    for town in range(towns):
        for _ in range(each):
            family = rng.choice(_PARTS.split()) + rng.choice(_ENDS.split())
            born = f"{rng.randint(1940, 2005)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
            row = [
                name(rng, town),
                family,
                f"{_PARTS.split()[town % 18]} on {_ENDS.split()[town // 3]}",
                born,
            ]
            for _ in range(2 if rng.random() < 0.2 else 1):
                stated = [*row[:3], None if rng.random() < 0.3 else born]
                for column, value in zip(columns.values(), stated, strict=True):
                    column.append(value)
    return columns


def of_town(rng: random.Random, town: int) -> str:
    """Return a name that only this town has."""
    return f"{rng.choice(_GIVEN.split())}{_PARTS.split()[town % 18]}{town // 18}"


def of_anywhere(rng: random.Random, town: int) -> str:
    return of_town(rng, rng.randrange(40))


def bits_of_a_name(columns: dict[str, list]) -> float:
    """Return what an equal given name says of two people of one town."""
    found = match_columns(columns, len(columns["city"]))
    rows = found.matcher.rows
    seen: dict[tuple[str, str], int] = {}
    for at, key in enumerate(zip(columns["city"], columns["given_name"], strict=True)):
        other = seen.setdefault(key, at)
        if columns["family_name"][other] != columns["family_name"][at]:
            told = explain(found.matcher, int(rows[other]), int(rows[at]))
            return next(one.bits for one in told.stated if one.field == "given_name")
    raise AssertionError("no two of one town have one given name")


def test_a_name_of_the_town_says_less_than_one_from_anywhere() -> None:
    local = bits_of_a_name(peopled(40, 100, of_town))
    mixed = bits_of_a_name(peopled(40, 100, of_anywhere))
    assert local < mixed - 3


def test_namesakes_of_one_town_stay_apart() -> None:
    columns = peopled(40, 100, of_town)
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    found = ck.match(rows)
    apart = sum(
        len({(rows[at]["given_name"], rows[at]["family_name"]) for at in group}) > 1
        for group in found.groups
    )
    assert len(found.groups) > 500
    assert apart < len(found.groups) / 50


@pytest.mark.parametrize("place", [{"city": "Leeds"}, {"postcode": "LS1 4AP"}])
def test_the_place_is_the_city_or_else_the_area_of_the_postcode(place: dict[str, str]) -> None:
    ((field, value),) = place.items()
    columns = {"given_name": ["Jane", "Jane"], "family_name": ["Roe", "Roe"], field: [value] * 2}
    compared = Comparisons(subjects(columns, 2))
    one = np.array([0]), np.array([1])
    for name, expected in (("given_name", 1), ("family_name", 5)):
        level = compared.levels(one)[0, [item.name for item in compared.fields].index(name)]
        assert level // len(compared[name].names) == expected


def test_somebody_with_hundreds_of_records_is_no_measure_of_a_place() -> None:
    columns = peopled(40, 100, of_town)
    one = {"given_name": "Ira", "family_name": "Falk", "city": "Leeds"}
    many = {name: [*columns[name], *[value] * 300] for name, value in one.items()}
    born = [f"{1940 + at % 60}-01-{1 + at % 28:02}" for at in range(300)]
    many["birth_date"] = [*columns["birth_date"], *born]
    for some, expected in ((columns, 4), (many, 3)):
        matcher = match_columns(some, len(some["city"])).matcher
        assert len(matcher.comparisons.contexts["family_name"]) == expected


def test_every_context_has_words_and_room() -> None:
    everything = contexts(lambda name: True)
    columns = {name: ["x y"] for name in everything} | {"postcode": ["LS1 4AP"]}
    compared = Comparisons(subjects(columns | {"birth_date": ["1980-01-01"]}, 1))
    for name, items in compared.contexts.items():
        for some in together(items):
            assert context_words(name, number(some))
            assert number(some) < compared[name].contexts


def test_contexts_that_exclude_each_other_are_never_one() -> None:
    near, far = contexts({"street", "postcode"}.__contains__)["street"]
    assert [list(some) for some in together([near, far])] == [[near], [far]]
    assert isinstance(near, Context)
    assert near.agrees
    assert not far.agrees


def test_who_moves_moves_as_relatives_do() -> None:
    columns = peopled(20, 30, of_anywhere)
    draw, streets, people = random.Random(3), _PARTS.split(), range(len(columns["city"]))
    columns["postcode"] = [f"{draw.randrange(10_000, 50_000)}" for _ in people]
    columns["street"] = [f"{draw.randrange(99)} {draw.choice(streets)} road" for _ in people]
    matcher = match_columns(columns, len(columns["city"])).matcher
    for name in ("city", "street"):
        at = [item.name for item in matcher.comparisons.fields].index(name)
        person, household, *_, stranger = matcher.model.tables[at]
        for context, block in enumerate(blocks(matcher.comparisons.fields[at])):
            apart = context & matcher.comparisons.apart(name)
            assert (person[block] == household[block]).all() == bool(apart)
            assert (person[block] != stranger[block]).any()
