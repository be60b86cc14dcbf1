"""What others know people by, cards and policies and profiles, tells who is who."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

import customerkit as ck
from customerkit.match.encode import subjects
from customerkit.match.levels import Comparisons
from match.people import people

_CARD = "Loyalty Number"


def _of_two_channels(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return people as a shop knows them, and then again as the programme of its cards does."""
    draw = random.Random(9)
    cards = [str(draw.randrange(10**9, 10**10)) for _ in rows]
    shop = [{**row, _CARD: card} for row, card in zip(rows, cards, strict=True)]
    programme = [
        {"given_name": row["given_name"], "family_name": row["family_name"], _CARD: card}
        for row, card in zip(rows, cards, strict=True)
    ]
    return [*shop, *programme]


def _joined(found: ck.Matching, count: int) -> int:
    return sum(found.customer[at] == found.customer[count + at] for at in range(count))


def test_a_number_of_a_card_joins_what_only_a_name_would_not() -> None:
    rows = _of_two_channels(people(300))
    assert _joined(ck.match(rows), 300) >= 295
    assert _joined(ck.match(rows, mapping={_CARD: None}), 300) < 200


def test_numbers_that_nobody_shares_change_nothing() -> None:
    rows = people(400, seed=11)
    rows += [{**row, "phone": "", "family_name": row["family_name"][:-1]} for row in rows[:100]]
    numbered = [{**row, _CARD: str(70_000_000 + at)} for at, row in enumerate(rows)]
    assert ck.match(numbered).customer == ck.match(rows).customer


def test_a_card_of_a_family_joins_nobody_of_other_names() -> None:
    draw = random.Random(3)
    rows = []
    for family in range(200):
        card = str(draw.randrange(10**9, 10**10))
        one, other = people(2, seed=1_000 + family)
        other["family_name"] = one["family_name"]
        other["given_name"] = "Zelda" if one["given_name"] != "Zelda" else "Ygor"
        rows += [{**one, _CARD: card}, {**other, _CARD: card}]
    found = ck.match(rows)
    assert sum(found.customer[at] == found.customer[at + 1] for at in range(0, 400, 2)) == 0


def test_profiles_are_compared_by_their_path() -> None:
    pages = [
        "https://www.example.com/in/jane-roe/",
        "example.com/in/jane-roe",
        "http://example.com/in/jane-roe?utm=1",
    ]
    found = subjects({"account": pages, "email": ["jane@example.com"] * 3}, 3).columns["account"]
    assert found.codes.tolist() == [0, 0, 0]


_SHOWN = {
    "account": ["4111-2222", "4111****", "****2222", "4111-XXXX", "4111-2223"],
    "national_id": ["19002838", "190***38", "***838", "190###38", "19002839"],
    "phone": ["01632 960838", "01632***838", "***0838", "01632XXX838", "01632 960839"],
    "email": ["jane.roe@example.com", "j***@example.com", "j***@example.org", "J***@example.com",
              "jane.roes@example.com"],
}  # fmt: skip


@pytest.mark.parametrize("name", _SHOWN)
def test_what_is_masked_is_compared_with_its_like_and_as_far_as_it_is_shown(name: str) -> None:
    comparisons = Comparisons(subjects({name: _SHOWN[name]}, 5))
    item = comparisons[name]
    whole, masked, other, same = np.zeros(4, int), np.ones(4, int), np.full(4, 2), np.full(4, 3)
    levels = comparisons.levels((whole, np.arange(1, 5)))[:, 0]
    shown = "missing" if name == "email" else "shown"
    assert [item.names[level] for level in levels.tolist()] == [shown] * 3 + ["near"]
    assert item.names[comparisons.levels((masked, other))[0, 0]] in ("different", "local")
    assert item.names[comparisons.levels((masked, same))[0, 0]].startswith("same")


def test_what_is_shown_of_a_number_tells_people_apart() -> None:
    rows = [{**row, "email": "", "birth_date": "", "postcode": ""} for row in people(300)]
    masked = [{**row, "phone": row["phone"][:5] + "****" + row["phone"][-4:]} for row in rows]
    assert _joined(ck.match([*rows, *masked]), 300) >= 290
    item = Comparisons(subjects({"phone": ["01632 960838", "****0839"]}, 2))["phone"]
    level = item.levels((np.zeros(1, int), np.ones(1, int)))[0]
    assert item.names[level] == "different"


def test_any_slot_of_an_account_agrees_with_any_other() -> None:
    rows = _of_two_channels(people(300))
    for row in rows[300:]:
        row["Policy No"], row[_CARD] = row[_CARD], ""
    for row in rows[:300]:
        row["Policy No"] = ""
    assert _joined(ck.match(rows), 300) >= 295
