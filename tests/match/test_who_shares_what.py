"""People share addresses, numbers and names: who shares what is not always one person."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np
import pytest

import customerkit as ck
from customerkit.match.crowds import PEOPLE
from customerkit.match.live import Index
from customerkit.match.matching import match_columns
from match.people import names, people
from match.variants import columns

Rows = list[dict[str, Any]]


def pairs(labels: Iterable[Hashable]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


def quality(found: ck.Matching, truth: list[int]) -> tuple[float, float]:
    """Return precision and recall over pairs of records."""
    both = pairs(zip(found.customer, truth, strict=True))
    return both / max(pairs(found.customer), 1), both / pairs(truth)


def copied(rows: Rows, spoil: Any, seed: int, share: float = 0.25) -> tuple[Rows, list[int]]:
    """Return people, some of them twice, and who each record speaks of."""
    rng = random.Random(seed)
    found, truth = [], []
    for number, row in enumerate(rows):
        for again in range(2 if rng.random() < share else 1):
            found.append(spoil(row, bool(again), rng))
            truth.append(number)
    return found, truth


def misspelt(name: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(name))
    return name[:at] + rng.choice("aeiou") + name[at + 1 :]


def colleagues(count: int, seed: int) -> Rows:
    """Return people of companies, who share an address, a switchboard and a mailbox."""
    rng, called = random.Random(seed), iter(names(40 * count, seed))
    found = []
    for number in range(count):
        place = people(1, seed + number)[0]
        for _ in range(rng.choice([1, 1, 2, 3, 5, 9, 30])):
            found.append(
                {
                    **next(called),
                    "company": f"{place['family_name']} {number} Ltd",
                    "street": f"{number} {place['family_name']} Road",
                    "city": place["city"],
                    "postcode": f"{20_000 + number}",
                    "mail": f"{number}",
                }
            )
    return found


def at_work(row: dict[str, Any], again: bool, rng: random.Random) -> dict[str, Any]:
    own = f"{row['given_name'][0]}.{row['family_name']}@firm{row['mail']}.example".lower()
    mail = rng.choice([own, own, f"office@firm{row['mail']}.example", ""])
    phone = rng.choice([f"+44161496{int(row['mail']):04}", ""])
    found = {**row, "email": mail, "phone": phone}
    del found["mail"]
    if again and rng.random() < 0.3:
        found["family_name"] = misspelt(row["family_name"], rng)
    return {
        name: "" if name in ("street", "city", "postcode", "company") and rng.random() < 0.15 else v
        for name, v in found.items()
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_colleagues_stay_apart(seed: int) -> None:
    rows, truth = copied(colleagues(150, seed), at_work, seed)
    found = ck.match(rows)
    precision, recall = quality(found, truth)
    assert min(precision, recall) > 0.95
    assert found.precision == pytest.approx(precision, abs=0.05)
    assert found.estimated_pairs == pytest.approx(pairs(truth), rel=0.1)


def _fathers_and_sons(count: int) -> tuple[Rows, list[int]]:
    """Return people twice, and a father of the name of every fifth, who lives elsewhere."""
    rows, truth = [], []
    for at, row in enumerate(people(count)):
        year = int(row["birth_date"][:4])
        son = {**row, "email": "", "phone": ""}
        rows += [son, {**son, "city": ""}]
        truth += [at, at]
        if at % 5 == 0:
            father = {**son, "birth_date": f"{year - 27}-06-24", "postcode": "40001"}
            rows += [father, {**father, "postcode": ""}]
            truth += [count + at, count + at]
    return rows, truth


def test_father_and_son_of_one_name_are_two() -> None:
    rows, truth = _fathers_and_sons(300)
    found = ck.match(rows)
    assert len(set(zip(found.customer, truth, strict=True))) == len(set(truth)) == found.count
    pair = found.explain(0, 2)
    assert not pair.together
    assert "namesakes" in pair.evidence.chances


def test_couples_who_share_all_but_a_name_stay_apart() -> None:
    def spoil(row: dict[str, Any], again: bool, rng: random.Random) -> dict[str, Any]:
        blank = rng.choice(["email", "phone", "city"]) if again else ""
        return {**row, **({blank: ""} if blank else {})}

    rows = []
    for one, other in zip(people(600, 3)[::2], people(600, 4)[1::2], strict=True):
        shared = {k: one[k] for k in ("family_name", "email", "phone", "city", "postcode")}
        both = [{**person, **shared} for person in (one, other)]
        rows += [{k: v for k, v in person.items() if k != "birth_date"} for person in both]
    rows = [row for row, twin in zip(rows, rows[1:] + rows[:1], strict=True) if row != twin]
    found, truth = copied(rows, spoil, 3)
    precision, recall = quality(ck.match(found), truth)
    assert precision > 0.95
    assert recall > 0.9


def guests(seed: int) -> tuple[Rows, list[int]]:
    """Return orders of guests, many of few people, who move and leave fields out."""
    rng = random.Random(seed)
    rows, truth = [], []
    for number, person in enumerate(people(300, seed)):
        homes = [people(1, seed + 1_000 + number + at)[0] for at in range(2)]
        for order in range(rng.choice([1, 1, 2, 5, 10, 25])):
            home = homes[order > 0 and rng.random() < 0.1]
            street = f"{number} {home['family_name']} Street"
            row = {
                "given_name": person["given_name"],
                "family_name": person["family_name"],
                "email": person["email"],
                "street": street,
                "city": home["city"],
                "postcode": f"{30_000 + int(home['postcode']) + number}",
            }
            rows.append(row | {n: "" for n in ("email", "street", "city") if rng.random() < 0.15})
            truth.append(number)
    return rows, truth


def test_who_orders_often_hides_nobody_who_orders_seldom() -> None:
    rows, truth = guests(7)
    found = ck.match(rows)
    precision, recall = quality(found, truth)
    assert precision > 0.98
    assert recall > 0.97
    told: dict[tuple[Any, ...], int] = {}
    for row, customer in zip(rows, found.customer, strict=True):
        if row["email"]:
            assert told.setdefault(tuple(row.values()), customer) == customer


def test_who_moved_is_one_by_name_and_mail() -> None:
    rows, truth = guests(8)
    found = ck.match(rows)
    split = {
        number
        for number in set(truth)
        if len({c for c, t, r in zip(found.customer, truth, rows, strict=True)
                if t == number and r["email"]}) > 1
    }  # fmt: skip
    assert len(split) < 6


# ── crowds ───────────────────────────────────────────────────────────────────


def crowd(count: int) -> Rows:
    """Return people who do not share a thing, and many more who share a number."""
    shared = {"phone": "+442071234567"}
    return [*people(100), *({**row, **shared} for row in people(count, 9))]


def test_what_a_crowd_states_is_nobodys_own() -> None:
    rows = crowd(3 * PEOPLE)
    found = ck.match([*rows, rows[-1]])
    assert found.groups == [[len(rows) - 1, len(rows)]]
    said = [text for text in found.warnings if text.startswith("phone")]
    assert len(said) == 1
    assert f"under more than {PEOPLE} names" in said[0]
    phone = next(one for one in found.explain(101, 102).evidence.fields if one.field == "phone")
    assert (phone.words, phone.bits, phone.stated) == ("says nothing here", 0, True)


def test_few_people_of_one_number_are_no_crowd() -> None:
    found = ck.match(crowd(PEOPLE - 2))
    assert not any("names" in text for text in found.warnings)


def test_the_index_knows_the_crowd() -> None:
    rows = crowd(3 * PEOPLE)
    matcher = match_columns(columns(rows), len(rows)).matcher
    index = Index.of(matcher, np.arange(len(rows)))
    for row, at in ((rows[120], 120), (rows[5], 5)):
        hits = index.find(row, 200)
        left = np.full(len(hits), matcher.rows[at])
        right = matcher.rows[[hit.record for hit in hits]]
        assert [hit.odds for hit in hits] == matcher.odds(left, right).tolist()


def test_twins_are_two() -> None:
    def spoil(row: dict[str, Any], again: bool, rng: random.Random) -> dict[str, Any]:
        return {**row, **({rng.choice(["email", "phone", "city"]): ""} if again else {})}

    shared = ("family_name", "birth_date", "city", "postcode")
    rows = people(900, 6)
    twins = [
        {**row, **{name: other[name] for name in shared}}
        for row, other in zip(people(900, 7)[::12], rows[::12], strict=True)
        if row["given_name"] != other["given_name"]
    ]
    records, truth = copied([*rows, *twins], spoil, 6)
    precision, recall = quality(ck.match(records), truth)
    assert min(precision, recall) > 0.97


_GIVEN = (("Ivan", "Иван"), ("Olga", "Ольга"), ("Vera", "Вера"), ("Oleg", "Олег"), ("Nina", "Нина"))
_FAMILY = (("Petrov", "Петров"), ("Orlov", "Орлов"), ("Popov", "Попов"), ("Egorov", "Егоров"))


def test_namesakes_stay_apart_in_two_scripts() -> None:
    def spoil(row: dict[str, Any], again: bool, rng: random.Random) -> dict[str, Any]:
        script = int(again and rng.random() < 0.6)
        called = {name: row[name][script] for name in ("given_name", "family_name")}
        blank = rng.choice(["email", "phone", "city", "birth_date"])
        return {**row, **called, **({blank: ""} if again else {})}

    rng = random.Random(11)
    rows = [
        {**row, "given_name": rng.choice(_GIVEN), "family_name": rng.choice(_FAMILY)}
        for row in people(800, 11)
    ]
    records, truth = copied(rows, spoil, 11)
    precision, recall = quality(ck.match(records), truth)
    assert min(precision, recall) > 0.97


def test_companies_without_people_are_matched_by_their_names() -> None:
    def spoil(row: dict[str, Any], again: bool, rng: random.Random) -> dict[str, Any]:
        name = misspelt(row["company"], rng) if again and rng.random() < 0.2 else row["company"]
        blank = rng.choice(["email", "phone", "street", "city"])
        return {**row, "company": name, **({blank: ""} if again else {})}

    rows = [
        {
            "company": f"{row['family_name']} {('Ltd', 'Inc', 'GmbH')[at % 3]}",
            "email": f"{('info', 'office')[at % 2]}@{row['family_name']}{at}.example".lower(),
            "phone": row["phone"],
            "street": f"{at % 90} High Street",
            "city": row["city"],
            "postcode": row["postcode"],
        }
        for at, row in enumerate(people(800, 12))
    ]
    records, truth = copied(rows, spoil, 12)
    found = ck.match(records)
    assert min(quality(found, truth)) > 0.97
    nobody = ck.match([{"company": row["company"], "city": row["city"]} for row in rows])
    assert nobody.count > 0.99 * len(rows)
