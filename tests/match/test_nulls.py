"""What a system writes for nothing is no value, where it stands again and again."""

from __future__ import annotations

import numpy as np
import pytest

import customerkit as ck
from customerkit.match.nulls import without_nulls


def _kept(field: str, texts: list[str | None]) -> list[bool]:
    known = list(dict.fromkeys(text for text in texts if text is not None))
    codes = np.array([-1 if text is None else known.index(text) for text in texts], np.int32)
    return (without_nulls({field: (codes, known)})[field][0] >= 0).tolist()


@pytest.mark.parametrize(
    "null", ["NULL", "\\N", "N/A", "null", "None", "unknown", "no tiene", "لا يوجد", "Brak"]
)
@pytest.mark.parametrize("field", ["street", "family_name", "national_id", "middle_name"])
def test_what_stands_again_and_again_is_no_value(field: str, null: str) -> None:
    assert _kept(field, [null] * 10 + ["Elm 1"]) == [False] * 10 + [True]


def test_a_few_people_are_called_null_or_na() -> None:
    assert all(_kept("family_name", ["Null", "Null", *map(str, range(90))]))
    assert all(_kept("given_name", ["Na"] * 10 + ["Wei"] * 10))


def test_most_people_are_not_called_na() -> None:
    assert _kept("given_name_2", ["NA"] * 19 + ["HEIDI"]) == [False] * 19 + [True]


def test_arrow_arrays_are_looked_at_too() -> None:
    arrow = pytest.importorskip("pyarrow")
    codes = np.array([0, 1] * 5, np.int32)
    found, _ = without_nulls({"city": (codes, arrow.array(["NULL", "Leeds"]))})["city"]
    assert found.tolist() == [-1, 1] * 5


def test_nobody_is_joined_by_nulls() -> None:
    rows = [
        {"first_name": f"Name{at}", "last_name": "Osei", "street": "NULL", "city": "\\N"}
        for at in range(30)
    ]
    found = ck.match(rows)
    assert found.count == 30
    assert "street" not in {item.field for item in found.explain(0, 1).evidence.stated}
