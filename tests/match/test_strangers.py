"""What strangers share: slips in rare names, names of one language, another's date of birth."""

from __future__ import annotations

import random

import numpy as np
import pytest

from customerkit.match import expert
from customerkit.match.bounds import BOUNDS
from customerkit.match.encode import subjects
from customerkit.match.guess import start
from customerkit.match.levels import Comparisons
from customerkit.match.matching import match_columns
from customerkit.match.rarity import EXACT
from customerkit.match.shares import SAME, as_any, blocks, bounded
from customerkit.match.strangers import count_shared
from customerkit.match.weigh import HOUSEHOLD, MATCH, STRANGER

NAMES = [name for name in ("Katarina", "Katarine", "Katarakt", "Boris") for _ in range(50)]
NAMES += ["Katarinq", "Katalonia", "Zenobia", "Zenobja", "伟", "Wei"]


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Katarina", "Katarine", "near"),
        ("Katarina", "Katarinq", "near_rare"),
        ("Zenobia", "Zenobja", "near_rare"),
        ("伟", "Wei", "near"),  # many names are read so
        ("Katarina", "Katarakt", "far"),
        ("Katarina", "Katalonia", "far_rare"),
        ("Katarina", "Boris", "different"),
        ("Katarina", "Zenobia", "different_rare"),
    ],
)
def test_a_slip_makes_a_name_that_hardly_anybody_has(one: str, other: str, level: str) -> None:
    compared = Comparisons(subjects({"given_name": NAMES, "family_name": NAMES}, len(NAMES)))
    pair = np.array([NAMES.index(one)]), np.array([NAMES.index(other)])
    item = compared["given_name"]
    assert item.names[compared.levels(pair)[0, 0] % len(item.names)] == level


def of_languages(languages: int, people: int) -> dict[str, list[str | None]]:
    """Return strangers: half of one language, the others of many with few names each."""
    rng = random.Random(4)
    columns: dict[str, list[str | None]] = {"given_name": [], "family_name": [], "birth_date": []}
    for at in range(people):
        of, names = (0, 40) if at % 2 else (1 + rng.randrange(languages), 4)
        born = f"{rng.randint(1940, 2005)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        row = [f"g{rng.randrange(names)}of{of}x", f"f{rng.randrange(5 * names)}of{of}x", born]
        for name, value in zip(columns, row, strict=True):
            columns[name].append(value)
    return columns


def test_who_shares_a_rare_given_name_shares_a_language() -> None:
    columns = of_languages(600, 12_000)
    matcher = match_columns(columns, 12_000).matcher
    at = [item.name for item in matcher.comparisons.fields].index("family_name")
    item, table = matcher.comparisons.fields[at], matcher.model.tables[at][STRANGER]
    _, common, rare, *_ = (table[block][SAME].sum() for block in blocks(item))
    assert 1 / 400 < common < 1 / 100  # 200 names
    assert 1 / 40 < rare < 1 / 10  # 20 names


def test_names_of_relatives_that_differ_are_as_rare_as_any() -> None:
    compared = Comparisons(subjects({"given_name": NAMES, "family_name": NAMES}, len(NAMES)))
    item, prior = compared["given_name"], start(compared, len(NAMES)).tables[0]
    levels = slice(item.level("different_rare"), item.level("different") + 1)
    assert item.split.sum() == pytest.approx(1)
    for who in (MATCH, HOUSEHOLD, STRANGER):
        rare = prior[who, levels] / prior[who, levels].sum()
        assert rare == pytest.approx(item.split)
    learned, chance = prior[HOUSEHOLD].copy(), prior[STRANGER].copy()
    chance[levels] = 0.2, 0.6
    as_any(learned, item, chance)
    assert learned[levels] == pytest.approx(prior[HOUSEHOLD, levels].sum() * np.array([0.25, 0.75]))


def test_a_class_is_bounded_in_all_levels_of_difference() -> None:
    compared = Comparisons(subjects({"given_name": NAMES, "family_name": NAMES}, len(NAMES)))
    item, prior = compared["given_name"], start(compared, len(NAMES)).tables[0]
    learned = prior[MATCH].copy()
    levels = slice(item.level("different_rare"), item.level("different") + 1)
    learned[levels] = 0.3
    found = bounded(learned, MATCH, item, prior[STRANGER])
    most = next(
        bound.most
        for bound in BOUNDS
        if (bound.who, bound.field, bound.level) == ("person", "given_name", "different")
    )
    assert found[levels].sum() == pytest.approx(most)


def test_what_a_context_adds_is_taken_from_where_it_can_be_counted() -> None:
    compared = Comparisons(subjects({"given_name": NAMES, "family_name": NAMES}, len(NAMES)))
    item = compared["family_name"]
    table = start(compared, len(NAMES)).tables[1][STRANGER, blocks(item)[1]].copy()
    chance, agree, others = np.zeros(len(table)), np.zeros(len(EXACT)), np.zeros(len(table))
    chance[SAME][:3] = 1e-2, 1e-3, 1e-4
    agree[:3] = 10_000, 1_000, 5_000
    others[1:4] = 0, 0, 4_950  # nearly all that share the rarest are no strangers
    count_shared(table, others, (agree, 100_000), chance)
    lift = table[SAME][:2].sum() / 1.1e-2
    assert table[SAME][2] == pytest.approx(lift * 1e-4)
    assert table[1:].sum() == pytest.approx(1)


def test_a_wrong_date_of_birth_is_anybodys() -> None:
    born = ["1950-01-02", "1990-03-04"] * 20
    compared = Comparisons(subjects({"birth_date": born}, 40))
    item, prior = compared["birth_date"], start(compared, 40).tables[0]
    one, other = item.level("generation"), item.level("different")
    learned = prior[MATCH].copy()
    learned[one], learned[other] = 0.1, 0.001
    found = bounded(learned.copy(), MATCH, item, prior[STRANGER])
    assert found[one] / found[other] == pytest.approx(prior[STRANGER, one] / prior[STRANGER, other])
    relatives = bounded(learned.copy(), HOUSEHOLD, item, prior[STRANGER])
    assert relatives[one] / relatives[other] == pytest.approx(learned[one] / learned[other])


@pytest.mark.parametrize(
    ("cities", "postcodes", "context"),
    [
        (("Leeds", "Leeds"), (None, None), 0),
        (("Leeds", "Madrid"), (None, None), 2),
        ((None, None), ("11111", "99999"), 2),
        (("Leeds", "Madrid"), ("11111", "99999"), 4),
        (("Leeds", "Madrid"), ("11111", "11111"), 3),
        (("Leeds", "Leeds"), ("11111", "11111"), 1),
    ],
)
def test_streets_of_two_places_differ(
    cities: tuple[str, str], postcodes: tuple[str, str], context: int
) -> None:
    columns = {
        "street": ["4 Mill Lane", "9 Elm Road", "1 Oak Way"],
        "city": [*cities, "York"],
        "postcode": [*postcodes, "55555"],
    }
    compared = Comparisons(subjects(columns, 3))
    item = compared["street"]
    level = compared.levels((np.array([0]), np.array([1])))[0, compared.fields.index(item)]
    assert divmod(int(level), len(item.names)) == (context, item.level("different"))
    far = expert.told("street", context) is expert.FAR
    assert far == (context in (2, 4))
