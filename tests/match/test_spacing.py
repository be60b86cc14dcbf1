"""A name is one name, whether it is written in one word or in several."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import customerkit as ck
from customerkit.match.live import Index
from customerkit.match.matching import match_columns
from customerkit.match.parted import of_names
from customerkit.match.spacing import respaced, spacing
from match.people import people

LAST = ["De Luca", "Deluca", "de Luca", "Van den Berg", "Vandenberg", "Rossi"]
WAYS = st.sampled_from(["min jun", "minjun", "mi njun", "seo yeon", "seoyeon", "ana", None])


def _forms(column: str, texts: list[str]) -> list[str | None]:
    found = of_names({column: texts})[column]
    return [found.forms[code] if code >= 0 else None for code in found.codes]


def test_a_family_name_is_written_as_most_write_it() -> None:
    luca, berg = "de luca", "van den berg"
    assert _forms("family_name", LAST) == [luca, luca, luca, berg, berg, "rossi"]


def test_given_and_family_names_are_counted_apart() -> None:
    names = {"given_name": ["San Dro", "Sandro", "Sandro"], "family_name": ["San Dro"] * 3}
    forms = of_names(names)
    given, family = forms["given_name"], forms["family_name"]
    assert [given.forms[code] for code in given.codes] == ["sandro"] * 3
    assert [family.forms[code] for code in family.codes] == ["san dro"] * 3


def test_initials_and_short_words_stay_as_they_are() -> None:
    assert spacing(["j p", "jp", "a b cd", "abcd", "jo a", "joa"], [1] * 6) == {}


@given(st.lists(WAYS), st.randoms())
def test_each_name_is_written_in_one_way_in_any_order(
    forms: list[str | None], order: random.Random
) -> None:
    usual = spacing(forms, [1] * len(forms))
    found = [form for form in respaced(forms, usual) if form]
    assert len(set(found)) == len({form.replace(" ", "") for form in found})
    shuffled = order.sample(forms, len(forms))
    assert spacing(shuffled, [1] * len(forms)) == usual


def test_one_who_is_written_in_one_word_is_found_in_batch_and_live() -> None:
    rows = people(300)
    for row in rows:
        row["given_name"] = f"{row['given_name']}-{row['given_name'][::-1]}"
    told = {"email": "", "phone": "", "postcode": "", "city": ""}
    again = [{**row, "given_name": row["given_name"].replace("-", ""), **told} for row in rows[:9]]
    every = [*rows, *again]
    found = ck.match(every)
    assert all(found.customer[at] == found.customer[300 + at] for at in range(9))
    (name,) = (one for one in found.explain(4, 304).evidence.fields if one.field == "given_name")
    assert name.level.startswith("same")
    columns = {name: [row[name] or None for row in every] for name in every[0]}
    index = Index.of(match_columns(columns, len(every)).matcher, np.arange(len(every)))
    (hit, *_) = index.find({name: value for name, value in again[4].items() if value})
    assert hit.record in (4, 304)
    assert hit.match > 0.9
