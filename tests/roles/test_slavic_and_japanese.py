"""Names that are told apart by their endings, and names that are written without a blank."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerkit.match.encode import subjects
from customerkit.roles._japanese import japanese, without_blank
from customerkit.roles.full_name import split


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Соколова Елена Григорьевна", ("Елена Григорьевна", "Соколова")),
        ("Елена Григорьевна Соколова", ("Елена Григорьевна", "Соколова")),
        ("Семенов Артём", ("Артём", "Семенов")),
        ("Артём Семенов", ("Артём", "Семенов")),
        ("Лев Толстой", ("Лев", "Толстой")),
        ("Орлов Лев", ("Лев", "Орлов")),
        ("Иванов И.И.", ("И. И.", "Иванов")),
        ("Шевченко Тарас Григорович", ("Тарас Григорович", "Шевченко")),
        ("Sokolova Elena Grigorevna", ("Elena Grigorevna", "Sokolova")),
        ("Jane D.", (None, None)),
        ("Anna Maria Petrović", (None, None)),
    ],
)
def test_endings_and_initials_tell_the_parts_of_east_slavic_names(
    full: str, parts: tuple[str | None, str | None]
) -> None:
    assert split(full) == parts


def _names(*full: str) -> list[tuple[str | None, ...]]:
    found = subjects({"full_name": list(full)}, len(full))
    columns = [found.columns.get(name) for name in ("given_name", "family_name")]
    return [
        tuple(None if c is None or c.codes[at] < 0 else c.forms[c.codes[at]] for c in columns)
        for at in range(len(full))
    ]


@pytest.mark.parametrize(
    "name", ["遠藤 真一", "高橋 誠", "田中 ゆきこ", "佐々木 健太", "王 小明", "欧阳 娜"]
)
def test_a_blank_in_a_name_of_signs_changes_nothing(name: str) -> None:
    spaced, wide, close = _names(name, name.replace(" ", "\u3000"), name.replace(" ", ""))
    assert spaced == wide == close
    assert spaced[0]
    assert spaced[1]


def test_families_are_told_from_given_names_in_signs() -> None:
    assert _names("遠藤真一", "遠藤 明子") == [("真一", "遠藤"), ("明子", "遠藤")]


@given(st.text(alphabet="遠藤真一々ゆきタ", min_size=1, max_size=7))
def test_no_sign_of_a_name_is_lost(name: str) -> None:
    given_name, family = japanese(name)
    assert (family or "") + given_name == name
    assert without_blank(" ".join(name)) in (None, name) or len(name) < 3
