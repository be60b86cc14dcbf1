"""Names in Latin letters spell those of other scripts in many ways, and others not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerkit.roles._spelled import letters, letters_of, spells
from customerkit.roles.fold import loose

SPELT = """
هاني Hany|نورا Noura|عبدالرحمن Abdelrahman|عبدالرحمن Abdurrahman|التهامي Eltouhamy|منى Mona
هبة Heba|مؤمن Moamen|عثمان Othman|عثمان Osman|محمد Mohammed|محمد Muhamad|يوسف Youssef|جورج George
אמינה Amina|שאהין Shahin|אוחיון Ohayon|יוסף Yosef|קליין Klein|איתן Eitan|דבורה Dvora|יצחק Itzhak
כהן Cohen|לוי Levi|אזולאי Azoulay|מזרחי Mizrachi|חיים Chaim|גולן Golan
문 Moon|소영 Soyoung|현우 Hyunwoo|경환 Gyeonghwan|이 Lee|박 Park|최 Choi|황보 Hwangbo|영철 Yeongchul
Ξενάκης Xenakis|Παναγιώτης Panagiotis|Μπραζιώτης Braziotis|Γιάννης Yiannis|Σταύρος Stavros
Щербонова Shcherbonova|Юлия Yulia|Юлия Julia|Сергій Serhii|Алексей Alexey|Ксения Xenia|Юрий Yuri
"""
PAIRS = [pair.split() for line in SPELT.strip().splitlines() for pair in line.split("|")]


@pytest.mark.parametrize(("name", "latin"), PAIRS)
def test_usual_spellings(name: str, latin: str) -> None:
    one, other = loose(name), loose(latin)
    assert spells(one, other)
    assert spells(other, one)
    assert frozenset().union(*map(letters_of, one)) >= set(other)


@pytest.mark.parametrize(
    ("name", "latin"),
    [("حسين", "hassan"), ("יוסף", "david"), ("소영", "minji"), ("ξενακησ", "papadakis"),
     ("юлия", "maria"), ("王伟", "lina"), ("jose", "jose"), ("юлия", "юлия")],
)  # fmt: skip
def test_others_are_not_spelt(name: str, latin: str) -> None:
    assert not spells(name, latin)


@given(st.text(max_size=8), st.text("abcdefghijklmnopqrstuvwxyz ", max_size=12))
def test_whatever_stands_there(name: str, latin: str) -> None:
    one, other = loose(name), loose(latin)
    found = spells(one, other)
    assert found == spells(other, one)
    if found:  # what is looked at first never denies what spells
        assert letters(one) is not None
        assert frozenset().union(*map(letters_of, one)) >= set(other.replace(" ", ""))
