"""Chinese names: what one is called politely, and how people write their names in Latin letters."""

from __future__ import annotations

from typing import Any

import pytest

import customerkit as ck
from customerkit.roles._chinese import politely, romanised, ways
from customerkit.roles._spelled import spells
from customerkit.roles.fold import loose
from customerkit.roles.full_name import split
from match.people import people


@pytest.mark.parametrize(
    ("full", "family"),
    [("黃先生", "黃"), ("蔡女士", "蔡"), ("歐陽小姐", "歐陽"), ("陈 先生", "陈"), ("李老师", "李"),
     ("张总", "张"), ("王太太", "王")],
)  # fmt: skip
def test_who_is_called_politely_gives_a_family_name_only(full: str, family: str) -> None:
    assert politely(full) == (None, family)


@pytest.mark.parametrize(
    "full", ["黃先宇", "王小明先生", "先生", "小姐", "Mr Wong", "董老", "老总"]
)
def test_other_names_are_not_polite_ones(full: str) -> None:
    assert politely(full) is None


@pytest.mark.parametrize(
    ("full", "given", "family"),
    [("HSU LI-HUA", "Li-Hua", "Hsu"), ("Po-Wei Hung", "Po-Wei", "Hung"),
     ("Kim Seo-Yeon", "Seo-Yeon", "Kim"), ("Chiang Yu-o", "Yu-o", "Chiang"),
     ("WU, WEN-CHIN", "Wen-Chin", "Wu"), ("Lee Smith-Jones", "Lee", "Smith-Jones"),
     ("Mary-Ann Ho", "Mary-Ann", "Ho"), ("Jean-Luc Ma", "Jean-Luc", "Ma")],
)  # fmt: skip
def test_two_syllables_with_a_hyphen_are_the_given_name(full: str, given: str, family: str) -> None:
    assert split(full) == (given, family)


def test_one_word_of_each_kind_is_needed() -> None:
    assert romanised(["Li-Hua", "Wei-Chang"]) is None
    assert romanised(["Hsu"]) is None
    assert romanised(["Li-Hua-Mei", "Hsu"]) is None


@pytest.mark.parametrize(
    ("name", "latin"),
    [("麗華", "Li-Hua"), ("玉娥", "Yu-o"), ("詩貞", "Shihchen"), ("月芬", "Yueh Fen"),
     ("子齊", "Tzu-Chi"), ("欣怡", "Hsin-Yi"), ("小明", "Xiaoming"), ("陳", "Chan"), ("陈", "Tan"),
     ("曾", "Tseng"), ("郭", "Kwok"), ("許", "Hsu")],
)  # fmt: skip
def test_names_are_spelt_as_in_taiwan_and_hong_kong(name: str, latin: str) -> None:
    assert spells(loose(name), loose(latin))
    assert not spells(loose(name), "jane")


def test_what_is_no_chinese_sign_is_not_spelt() -> None:
    assert [ways(sign) for sign in ("a", "か", "김", "é", "1")] == [()] * 5


def test_who_is_called_politely_or_in_latin_letters_is_who_has_that_phone() -> None:
    signs = "王李陈林黄吴", "小明 丽华 玉娥 博伟 志强 美玲 佳颖 文钦 月芬 俊杰".split()
    spelt = dict(zip("王李陈林黄吴", "Wang Lee Chen Lin Huang Wu".split(), strict=True))
    rows: list[dict[str, Any]] = []
    for at, row in enumerate(people(240)):
        name = {"full_name": signs[0][at % 6] + signs[1][at // 6 % 10]}
        rows.append({**name, **{field: row[field] for field in ("phone", "city", "birth_date")}})
    polite = [
        {"full_name": f"{row['full_name'][0]}先生", "phone": row["phone"]} for row in rows[:60]
    ]
    latin = [
        {**row, "full_name": f"{spelt[row['full_name'][0]]} Po-Wei", "birth_date": ""}
        for row in rows[60:120]
        if row["full_name"][1:] == "博伟"
    ]
    found = ck.match([*rows, *polite, *latin]).customer
    assert sum(found[at] == found[240 + at] for at in range(60)) >= 57
    phones = {row["phone"]: at for at, row in enumerate(rows)}
    assert all(found[300 + at] == found[phones[row["phone"]]] for at, row in enumerate(latin))
