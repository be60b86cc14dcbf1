"""Official numbers that hold a date of birth tell it, wherever they hold it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

import customerkit as ck
from customerkit.match.codes import together
from customerkit.match.live import Index
from customerkit.match.matching import match_columns
from customerkit.match.numbers import Layout, layouts, read_numbers
from match.people import people

NUMBERS: dict[str, tuple[Callable[[date, str], str], Layout]] = {
    "Swedish": (lambda born, rest: f"{born:%y%m%d}-{rest}", Layout(0, "ymd", 2)),
    "with the century": (lambda born, rest: f"{born:%Y%m%d}{rest}", Layout(0, "ymd", 4)),
    "Danish": (lambda born, rest: f"{born:%d%m%y}-{rest}", Layout(0, "dmy", 2)),
    "Chinese": (lambda born, rest: f"110105{born:%Y%m%d}{rest}", Layout(6, "ymd", 4)),
    "Mexican": (lambda born, rest: f"ROEJ{born:%y%m%d}H{rest}", Layout(4, "ymd", 2)),
    "of Czech women": (
        lambda born, rest: f"{born:%y}{born.month + 50}{born:%d}/{rest}",
        Layout(0, "ymd", 2),
    ),
    "Serbian": (
        lambda born, rest: f"{born:%d%m}{born.year % 1000:03}71{rest}",
        Layout(0, "dmy", 3),
    ),
}


def _days(count: int) -> list[date]:
    draw = random.Random(6)
    return [date(1940, 1, 1) + timedelta(draw.randrange(25_000)) for _ in range(count)]


def _columns(numbers: list[str | None], dates: list[str | None]) -> Any:
    (coded,), (born,) = together([numbers]), together([dates])
    return coded, born


@pytest.mark.parametrize("kind", NUMBERS)
def test_records_that_state_both_show_where_the_date_is(kind: str) -> None:
    write, layout = NUMBERS[kind]
    days, draw = _days(60), random.Random(4)
    numbers = [_form(write(day, f"{draw.randrange(1, 10_000):04}")) for day in days]
    dates: list[str | None] = [f"{day:%Y%m%d}" for day in days]
    coded, born = _columns([*numbers], [*dates[:40], *[None] * 20])
    found = layouts(coded, born)
    assert list(found.values()) == [layout]
    read = read_numbers(coded, born)
    assert read is not None
    assert [read[1].forms[code] for code in read[1].codes] == dates


def _form(number: str) -> str:
    return "".join(filter(str.isalnum, number)).lower()


def test_numbers_that_hold_no_date_tell_none() -> None:
    draw = random.Random(2)
    numbers: list[str | None] = [str(draw.randrange(10**9, 10**10)) for _ in range(200)]
    coded, born = _columns(numbers, [f"{day:%Y%m%d}" for day in _days(200)])
    assert layouts(coded, born) == {}
    assert read_numbers(coded, born) is None


def test_a_number_is_one_with_and_without_the_century_and_none_without_a_rest() -> None:
    known = {10: Layout(0, "ymd", 2), 12: Layout(0, "ymd", 4)}
    said: list[str | None] = ["198510312463", "8510312463", "851031", "8510310000", "19851031xxxx"]
    coded, _ = _columns(said, [None] * 5)
    read = read_numbers(coded, None, known)
    assert read is not None
    numbers, dates, _ = read
    assert [int(code) >= 0 for code in numbers.codes] == [True, True, False, False, False]
    assert numbers.codes[0] == numbers.codes[1]
    assert [dates.forms[code] for code in dates.codes] == ["19851031"] * 5


def test_a_number_masked_up_to_its_date_tells_the_date_and_is_none() -> None:
    known = {13: Layout(1, "ymd", 2)}
    said: list[str | None] = ["2790527221145", "2790527*"]
    coded, _ = _columns(said, [None] * 2)
    read = read_numbers(coded, None, known)
    assert read is not None
    numbers, dates, _ = read
    assert [int(code) >= 0 for code in numbers.codes] == [True, False]
    assert [dates.forms[code] for code in dates.codes] == ["19790527"] * 2


def _members(count: int) -> list[dict[str, Any]]:
    """Return members of a club, half of whom tell their number and not when they were born."""
    rows = []
    for at, (row, day) in enumerate(zip(people(count), _days(count), strict=True)):
        number = f"{day:%y%m%d}-{1000 + at}"
        born = {"birth_date": day.isoformat(), "national_id": number}
        some = born if at % 2 else {"birth_date": "", "national_id": number[:7] + "0000"}
        rows.append({**row, "email": "", "phone": "", **some})
    return rows


def test_who_tells_a_number_is_who_tells_the_date_in_it() -> None:
    rows = _members(300)
    again = [
        {**row, "national_id": "", "birth_date": day.isoformat(), "city": ""}
        for row, day in zip(rows, _days(300), strict=True)
    ]
    found = ck.match([*rows, *again]).customer
    assert sum(found[at] == found[300 + at] for at in range(300)) >= 290


def test_the_live_index_reads_numbers_as_matching_does() -> None:
    rows = _members(300)
    columns = {name: [row.get(name) or None for row in rows] for name in rows[0]}
    index = Index.of(match_columns(columns, 300).matcher, np.arange(300))
    born = _days(300)[8]
    asked = {**rows[8], "national_id": "", "birth_date": born.isoformat(), "city": ""}
    (hit, *_) = index.find(asked)
    assert hit.record == 8
    index.add(900, {"given_name": "Zelda", "family_name": "Quux", "national_id": "710624-0000"})
    (hit, *_) = index.find(
        {"given_name": "Zelda", "family_name": "Quux", "birth_date": "1971-06-24"}
    )
    assert hit.record == 900
    assert hit.match > 0.9
