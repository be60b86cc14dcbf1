"""Whole names are taken apart by what other records call people, in any order and number."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import customerkit as ck
from customerkit.match.called import Called
from customerkit.match.encode import subjects
from customerkit.match.live import Index
from customerkit.match.matching import match_columns
from customerkit.match.order import order_of
from customerkit.roles._vietnamese import is_vietnamese, split_vietnamese

_GIVEN = {"maria": 90, "ana maria": 12, "luis": 60, "monica": 25, "ruth": 9}
_FAMILY = {"vega soto": 30, "alvarez perez": 20, "cruz": 11, "vega cruz": 8, "luis": 1}
_CALLED = Called.of(_GIVEN, _FAMILY)
_MIDDLE = evolve(_CALLED, middle=True)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("luis vega soto", ("luis", "vega soto", None)),
        ("alvarez perez monica", ("monica", "alvarez perez", None)),
        ("ana maria cruz", ("ana maria", "cruz", None)),
        ("vega cruz ana maria", ("ana maria", "vega cruz", None)),
        ("jane quincy roe", ("jane", "quincy roe", None)),  # by the number of words alone
    ],
)
def test_the_words_of_a_name_say_which_they_are(
    name: str, wanted: tuple[str, str, str | None]
) -> None:
    assert _CALLED.split(name.split()) == wanted


def _households(count: int, order: str) -> list[dict[str, str]]:
    """Return couples with one phone; each person twice, once without the phone."""
    draw, rows = random.Random(7), []
    for home in range(count):
        family = "".join(draw.choice("bdfgklmnprst") + draw.choice("aeiou") for _ in range(3))
        for first in draw.sample("Anna Imre Zoltan Ilona Bela Gizella Tibor Marta".split(), 2):
            name = order.format(family=family.title(), given=first)
            row = {"name": name, "city": draw.choice(["Vac", "Eger"]), "phone": f"0630{home:07}"}
            rows += [row, {**row, "phone": ""}]
    return rows


@pytest.mark.parametrize("order", ["{family} {given}", "{given} {family}", "Dr. {family} {given}"])
def test_households_tell_where_family_names_stand(order: str) -> None:
    rows = _households(80, order)
    columns = {"full_name": [row["name"] for row in rows]}
    columns |= {name: [row[name] or None for row in rows] for name in ("city", "phone")}
    found = subjects(columns, len(rows))
    given = found.columns["given_name"]
    assert len({given.forms[code] for code in given.codes}) == 8
    index = Index.of(match_columns(columns, len(rows)).matcher, np.arange(len(rows)))
    first, *_ = order.replace("Dr. ", "").partition(" ")
    assert index._usual.called is not None
    assert index._usual.called.family_first is (first == "{family}")


def test_couples_are_two_also_where_family_names_come_first() -> None:
    rows = _households(80, "{family} {given}")
    found = ck.match(rows).customer
    homes: dict[str, set[int]] = {row["phone"]: set() for row in rows if row["phone"]}
    for row, customer in zip(rows, found, strict=True):
        homes.get(row["phone"], set()).add(customer)
    assert all(len(people) == 2 for people in homes.values())


def test_where_nothing_is_known_nothing_is_said() -> None:
    assert Called.of({}, {}).split("jane quincy roe".split()) is None


def test_where_middle_names_are_stated_a_second_given_name_is_one() -> None:
    assert _MIDDLE.split("ana maria cruz".split()) == ("ana", "cruz", "maria")
    assert _MIDDLE.split("cruz luis vega".split()) == ("luis", "cruz", "vega")


@given(st.permutations(["luis", "vega", "soto"]))
def test_no_word_of_a_name_is_lost(words: Sequence[str]) -> None:
    found = _CALLED.split(words)
    if found is not None:
        assert sorted(" ".join(filter(None, found)).split()) == sorted(words)


def _registrations(count: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return people with their names in parts, and the same with whole names in any order."""
    draw = random.Random(5)
    given, others = ("Paul Ruth Peris Jacob Amina").split(), ("Ruto Maiyo Sifuna Oluoch Akinyi "
                     "Wanyonyi Kimani Chebet Mutua Njoroge").split()  # fmt: skip
    parts, wholes = [], []
    for number in range(count):
        one, (middle, last) = draw.choice(given), draw.sample(others, 2)
        id_no = str(10_000_000 + 7 * number)
        parts.append({"first": one, "middle": middle, "last": last, "phone": f"07{id_no}"})
        order = draw.choice([(one, middle, last), (last, one, middle)])
        wholes.append({"full name": " ".join(order), "phone": f"07{id_no}"})
    return parts, wholes


def test_names_in_any_order_belong_to_those_in_parts() -> None:
    parts, wholes = _registrations(300)
    found = ck.match([*parts, *wholes])
    joined = sum(found.customer[at] == found.customer[300 + at] for at in range(300))
    assert joined > 290


def test_one_record_is_read_as_its_base_is() -> None:
    parts, wholes = _registrations(200)
    rows = [{"given_name": p["first"], "middle_name": p["middle"], "family_name": p["last"]}
            for p in parts]  # fmt: skip
    rows += [{"full_name": row["full name"]} for row in wholes]
    names = ("given_name", "middle_name", "family_name", "full_name")
    columns = {name: [row.get(name) for row in rows] for name in names}
    columns["phone"] = [row["phone"] for row in (*parts, *wholes)]
    matcher = match_columns(columns, 400).matcher
    index = Index.of(matcher, np.arange(400))
    for at in range(200, 240):
        hits = index.find({name: columns[name][at] for name in columns}, 400)
        best = next(hit for hit in hits if hit.record == at - 200)
        odds = matcher.odds(matcher.rows[[at]], matcher.rows[[at - 200]])[0]
        assert best.odds == pytest.approx(odds)


def test_vietnamese_names_begin_with_the_family() -> None:
    names = ["Nguyễn Thị Mỹ Duyên", "tran van minh", "chị Thảo", "Phạm Thu Hà", "Nguyen Cúc"]
    assert is_vietnamese(names)
    assert not is_vietnamese(["Le Roy", "Ho Chen", "Do Van", "An Li"])
    assert [split_vietnamese(name) for name in names] == [
        ("my duyen", "nguyen"),
        ("minh", "tran"),
        ("thao", None),
        ("thu ha", "pham"),
        ("cuc", "nguyen"),
    ]
    found = subjects({"full_name": names}, 5).columns
    assert found["family_name"].forms[found["family_name"].codes[0]] == "nguyen"


def test_a_customer_number_that_comes_again_tells_who_ordered() -> None:
    rows = [
        {"Customer Number": f"K{number}", "first name": "Ann", "surname": "Poe", "city": city}
        for number, city in ((17_001, "Ely"), (17_001, "Bath"), (93_480, "York"), (55_512, "Hull"))
    ]
    more = [{"Customer Number": f"K{20_000 + 13 * at}", "first name": f"Jo{at % 7}",
             "surname": f"Roe{at % 11}", "city": "Leeds"} for at in range(60)]  # fmt: skip
    found = ck.match([*rows, *more])
    assert found.customer[0] == found.customer[1]
    assert len({found.customer[at] for at in (0, 2, 3)}) == 3


def test_names_as_hl7_sends_them() -> None:
    columns = {
        "family_name": ["ROSENHOFF^BRENDA^A", "Rosenhoff", "OPMANS^JAKE"],
        "given_name": [None, "Brenda", None],
    }
    found = subjects(columns, 3).columns
    names = [
        [found[name].forms[found[name].codes[at]] for name in ("given_name", "family_name")]
        for at in range(3)
    ]
    assert names == [["brenda", "rosenhoff"], ["brenda", "rosenhoff"], ["jake", "opmans"]]


def test_names_in_either_order_are_told_by_households() -> None:
    draw = random.Random(3)
    families = [f"Fam{chr(97 + at % 26)}{chr(97 + at // 26)}son" for at in range(120)]
    givens = ["Anna", "Ben", "Carla", "David", "Eva", "Felix", "Greta", "Hugo"]
    rows = []
    for home, family in enumerate(families):
        for first in draw.sample(givens, 2):
            turned, initial = draw.random() < 0.5, draw.choice(["", "", " M"])
            name = f"{family} {first}{initial}" if turned else f"{first}{initial} {family}"
            rows.append((name, f"+4930{home:07}", first.lower(), family.lower()))
    names, phones, firsts, lasts = map(list, zip(*rows, strict=True))
    found = subjects({"full_name": names, "phone": phones}, len(rows)).columns
    told = [
        [found[name].forms[found[name].codes[at]] for at in range(len(rows))]
        for name in ("given_name", "family_name")
    ]
    assert told == [firsts, lasts]


def _second_names(initials: int) -> dict[str, list[str | None]]:
    """Return people of whom so many state an initial behind the given name."""
    names = [f"Person{chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(60)]
    given = [f"{name} {'M' if at < initials else 'Marie'}" for at, name in enumerate(names)]
    return {"given_name": [*given, None], "family_name": [*["Osei"] * 60, "Osei"]}


@pytest.mark.parametrize(("initials", "taken"), [(30, True), (3, False)])
def test_second_names_are_middle_names_where_others_state_initials(
    initials: int, taken: bool
) -> None:
    columns = _second_names(initials)
    found = subjects(columns, 61).columns
    given = found["given_name"]
    assert (given.forms[given.codes[50]] == "personyb") is taken
    index = Index.of(match_columns(columns, 61).matcher, np.arange(61))
    said = {"given_name": "Anna Marie", "family_name": "Osei"}
    forms = index._forms(said)
    assert (forms["given_name"][0] == "anna") is taken  # as matching of all reads it


@pytest.mark.parametrize("said", ["Fam.", "Familie", "Dhr/Mevr", "Mr and Mrs"])
def test_what_names_a_household_is_nobodys_given_name(said: str) -> None:
    columns = {"given_name": [said, "Anna"], "family_name": ["Berg", "Berg"]}
    given = subjects(columns, 2).columns["given_name"]
    assert given.codes.tolist() == [-1, 0]


@pytest.mark.parametrize(
    "names",
    [("Marisol S", "Marisol Soto"), ("Zora Meyer", "Zora Maier"), ("Jane Roe", "Jane Poe-Lee"),
     ("Ana da Costa", "Ana Costa"), ("Roe, Jane", "Jane Poe")],
)  # fmt: skip
def test_one_person_who_is_written_in_two_ways_tells_no_order(names: tuple[str, str]) -> None:
    phones = np.repeat(np.arange(60), 2)
    found = order_of({"full_name": (np.arange(2), list(names)), "phone": (np.zeros(2, int), [])})
    assert (found.first, found.last) == (0, 0)
    texts = [f"{name.split()[0]}{at} {name.split()[-1]}" for at in range(60) for name in names]
    assert not order_of({"full_name": (np.arange(120), texts), "phone": (phones, [])}).mixed
