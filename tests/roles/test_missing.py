"""Texts that say nothing."""

from __future__ import annotations

import pytest

from customerkit.roles import ROLES, role
from customerkit.roles.missing import is_missing


@pytest.mark.parametrize(
    "text",
    ["", "  ", "\t", "n/a", "N/A", " null ", "None", "nil", "Unknown", "-", "--", ".", "?", "#N/A"]
    + [
        "nan",
        "NaN",
        "无",
        "未知",
        "不详",
        "空",
        "　",
        "Not  Available",
        "\\N",
        "<NA>",
        "undefined",
    ],
)
def test_missing(text: str) -> None:
    assert is_missing(text)


@pytest.mark.parametrize(
    "text", ["0", "no", "x", "Nanette", "No 5", "无锡", "none of these", "Noel"]
)
def test_not_missing(text: str) -> None:
    assert not is_missing(text)


@pytest.mark.parametrize(
    "text", ["Null", "None", "Nan", "No", "Na", "Nil", "空", "Blank", "Missing"]
)
def test_words_that_are_names(text: str) -> None:
    assert not is_missing(text, "name")
    assert role("family_name").standardise(text).value == text


@pytest.mark.parametrize("name", sorted(ROLES))
def test_every_role_knows_missing(name: str) -> None:
    for text in ("", " ", "N/A", "#N/A", "-", "--", "未知", "无"):
        standard = role(name).standardise(text)
        if name == "gender" and text == "未知":
            assert standard.value == "U"
        else:
            assert (standard.value, standard.valid) == (None, None)


def test_namibia_is_no_missing_value() -> None:
    assert role("country").standardise("NA").value == "NA"
    assert role("country").standardise("null").value is None
