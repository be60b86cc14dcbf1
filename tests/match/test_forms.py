"""Whole columns give the forms that their texts give one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerkit.model.profile import fields
from customerkit.roles import role
from customerkit.roles._sound import sound, sounds
from customerkit.roles.fold import loose, looses

_WORDS = ["Main", "Street", "st", "12a", "7", "Hauptstrasse", "strasse", "é", "王", "O'Brien", "\n"]
_LINES = st.lists(st.sampled_from([*_WORDS, " ", "-", "  "]), max_size=6).map(" ".join)
_MAILS = st.builds(
    "{}{}@{}".format,
    st.sampled_from(["", " ", "a", "aaaa", "Jane.Doe", "test", "me", "j+x", "J_D-1", "üli", "a b"]),
    st.sampled_from(["", "1", ".", "+tag", "\n"]),
    st.sampled_from(
        ["gmail.com", "x.org", "Test.com", "jane.org", "", "a.example", "b c.org", "é.fr"]
    ),
)
_PHONES = st.text(alphabet="0123456789 +()-;x\n", max_size=16) | st.sampled_from(
    [
        "1234567",
        "555-1234",
        "16502530000.0",
        "0000000000",
        "+49 30 1234567",
        "٠١٢٣٤٥٦٧٨",
        "12345",
        "999999999",
    ]
)
_TEXTS = {
    "street": _LINES | st.text(),
    "email": _MAILS | st.text(),
    "phone": _PHONES | st.text(),
    "postcode": st.text() | st.sampled_from(["80331.0", "80331"]),
    "given_name": st.text() | st.sampled_from(_WORDS),
}


@pytest.mark.parametrize("name", _TEXTS)
@given(data=st.data())
def test_a_column_gives_the_forms_of_its_texts(name: str, data: st.DataObject) -> None:
    texts = data.draw(st.lists(_TEXTS[name], max_size=8))
    assert role(name).forms(texts) == [role(name).form(text) for text in texts]


_FRAMED = {
    "phone": ["16502530000", " 16502530000.0", "16502530000.0"],
    "postcode": ["80331", "80331.0"],
    "national_id": ["19002838", "19002838.0 "],
    "birth_date": ["19710624", "19710624.0", "1971 6 24", "1971.0 6.0 24.0"],
}


@pytest.mark.parametrize("name", _FRAMED)
def test_numbers_of_frames_are_those_without_a_tail(name: str) -> None:
    kind = role(fields()[name].role)
    assert len(set(kind.forms(_FRAMED[name]))) == 1
    assert {kind.form(text) for text in _FRAMED[name]} == set(kind.forms(_FRAMED[name]))


_DATES = st.sampled_from(
    ["1971-06-24", "1971-02-31", "0000-00-00", "1900-01-01", "9999-12-31", "1971", "n/a", "--06-24"]
    + ["03/04/1971", "25/12/1970", "12/25/1970", "1971-6-4", " 1971-06-24", "19710624"]
)


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (
            ["16-Jan-73", "05 mar 05", "Jan 16, 73", "Janet 16 73"],
            ["19730116", "20050305", "19730116", None],
        ),
        (["03/04/71", "25/12/70"], ["19710403", "19701225"]),
        (["03/04/71", "12/25/70"], ["19710304", "19701225"]),
        (["03/04/71"], [None]),
    ],
)
def test_two_digits_of_a_year_are_read_where_one_date_is_meant(
    texts: list[str], wanted: list[str | None]
) -> None:
    assert role("birth_date").forms(texts) == wanted


@given(st.lists(_DATES | st.text(alphabet="0123456789-", min_size=9, max_size=12), max_size=8))
def test_a_column_of_dates_is_read_in_the_order_that_it_shows(texts: list[str]) -> None:
    kind = role("birth_date")
    hint = kind.resolve(kind.observe(set(texts)))
    read = [kind.standardise(text, hint).value for text in texts]
    assert kind.forms(texts) == [kind.form(text) if text else None for text in read]


@given(st.lists(_LINES | st.text(), max_size=8))
def test_a_column_folds_as_its_texts_do(texts: list[str]) -> None:
    assert looses(texts) == [loose(text) for text in texts]


@given(st.lists(st.text(alphabet="abcdefghkpqrtwy 王é-") | st.text(), max_size=8))
def test_a_column_sounds_as_its_names_do(names: list[str]) -> None:
    assert sounds(names) == [sound(name) for name in names]
