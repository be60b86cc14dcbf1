"""Numbers, money, ages and identifiers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerkit.roles import role
from customerkit.roles.money import to_minor

NUMBER, MONEY = role("number"), role("money")


@pytest.mark.parametrize(
    ("text", "hint", "form"),
    [
        ("7", None, "7"),
        ("-7", None, "-7"),
        ("007", None, "7"),
        ("-0", None, "0"),
        ("1,234.50", None, "1234.5"),
        ("1.234,50", None, "1234.5"),
        ("1,234,567", None, "1234567"),
        ("1.234.567", None, "1234567"),
        ("1 234 567,8", None, "1234567.8"),
        ("1'234.5", None, "1234.5"),
        ("1’234.5", None, "1234.5"),
        ("1,00,000.5", None, "100000.5"),
        ("1,23", None, "1.23"),
        ("0,123", None, "0.123"),
        ("0.123", None, "0.123"),
        ("1234.567", None, "1234.567"),
        (".5", None, "0.5"),
        ("5.", None, "5"),
        ("1e3", None, "1000"),
        ("1.234e3", None, "1234"),
        ("2.5E-3", None, "0.0025"),
        ("-1,5", None, "-1.5"),
        ("−3", None, "-3"),
        ("5-", None, "-5"),
        ("１２", None, "12"),
        ("1,234", ".", "1234"),
        ("1,234", ",", "1.2340"),
        ("1.234", ".", "1.2340"),
        ("1.234", ",", "1234"),
        ("1.2340", ",", "1.2340"),
        ("12345678901234567890123.45", None, "12345678901234567890123.45"),
    ],
)
def test_number(text: str, hint: str | None, form: str) -> None:
    standard = NUMBER.standardise(text, hint)
    assert (standard.value, standard.valid, standard.code) == (form, True, None)


@pytest.mark.parametrize(
    ("text", "valid", "code"),
    [
        ("1,234", None, "number.ambiguous"),
        ("1.234", None, "number.ambiguous"),
        ("inf", False, "number.not_a_number"),
        ("-Infinity", False, "number.not_a_number"),
        ("12 apples", False, "number.not_a_number"),
        ("1,2,3", False, "number.not_a_number"),
        ("1.2.3", False, "number.not_a_number"),
        ("1,23.456,7", False, "number.not_a_number"),
        ("0x10", False, "number.not_a_number"),
        ("--5", False, "number.not_a_number"),
        ("(5)", False, "number.not_a_number"),
        ("1e999", None, "number.extreme"),
    ],
)
def test_numbers_that_stay(text: str, valid: bool | None, code: str) -> None:
    standard = NUMBER.standardise(text)
    assert (standard.value, standard.valid, standard.code) == (text, valid, code)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_values_are_exact(number: Decimal) -> None:
    text = format(number, "f")
    standard = NUMBER.standardise(text, ".")
    if standard.code is None:
        assert Decimal(standard.value or "") == number


@pytest.mark.parametrize(
    ("values", "hint"),
    [
        (["1,5", "1.234"], ","),
        (["1.5", "1,234"], "."),
        (["1,234,567"], "."),
        (["1.234,5"], ","),
        (["1.5", "1,5"], None),
        (["1.234", "7", "", "x"], None),
    ],
)
def test_evidence(values: list[str], hint: str | None) -> None:
    for item in (NUMBER, MONEY):
        assert item.resolve(item.observe(values)) == hint


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("12.34", "12.34"),
        ("12.34 EUR", "12.34 EUR"),
        ("EUR 12.34", "12.34 EUR"),
        ("eur12,34", "12.34 EUR"),
        ("€12.34", "12.34 EUR"),
        ("12,34 €", "12.34 EUR"),
        ("£1,234.50", "1234.5 GBP"),
        ("US$ 5", "5 USD"),
        ("100元", "100 CNY"),
        ("5 zł", "5 PLN"),
        ("(12.34 EUR)", "-12.34 EUR"),
        ("(12.34)", "-12.34"),
        ("12.34-", "-12.34"),
        ("-€5", "-5 EUR"),
        ("€-5", "-5 EUR"),
        ("CHF 12.-", "12 CHF"),
        ("€ 1.234,50", "1234.5 EUR"),
        ("CHF 1'234.50", "1234.5 CHF"),
        ("-0.00 EUR", "0 EUR"),
    ],
)
def test_money(text: str, form: str) -> None:
    standard = MONEY.standardise(text)
    assert (standard.value, standard.valid, standard.code) == (form, True, None)


@pytest.mark.parametrize(
    "text", ["$12.5", "12.5 $", "¥12.5", "￥12.5", "12.5 kr", "kr 12.5", "Rs. 12.5"]
)
def test_signs_of_several_currencies(text: str) -> None:
    standard = MONEY.standardise(text)
    assert (standard.value, standard.valid) == ("12.5", True)
    assert standard.code == "money.ambiguous_currency"


@pytest.mark.parametrize(
    ("text", "valid", "code"),
    [
        ("€ 1.234", None, "number.ambiguous"),
        ("€5 USD", False, "money.two_currencies"),
        ("5 apples", False, "money.unreadable"),
        ("free", False, "money.unreadable"),
        ("5 + 6", False, "money.unreadable"),
        ("-5-", False, "money.unreadable"),
        ("(-5)", False, "money.unreadable"),
        ("10-20 EUR", False, "money.unreadable"),
    ],
)
def test_money_that_stays(text: str, valid: bool | None, code: str) -> None:
    standard = MONEY.standardise(text)
    assert (standard.value, standard.valid, standard.code) == (text, valid, code)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.34 EUR", None, (1234, "EUR")),
        ("12.34", "EUR", (1234, "EUR")),
        ("12.34", None, (1234, None)),
        ("12.34 EUR", "USD", (1234, "EUR")),
        ("12 JPY", None, (12, "JPY")),
        ("1.2345 KWD", None, (1234, "KWD")),
        ("0.125", "EUR", (12, "EUR")),
        ("0.135", "EUR", (14, "EUR")),
        ("-0.125 EUR", None, (-12, "EUR")),
        ("2.5 JPY", None, (2, "JPY")),
        (
            "12345678901234567890123456789012345.67 EUR",
            None,
            (1234567890123456789012345678901234567, "EUR"),
        ),
        ("$5", None, None),
        ("", None, None),
        ("1,234", None, None),
    ],
)
def test_to_minor(text: str, currency: str | None, minor: tuple[int, str | None] | None) -> None:
    assert to_minor(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "form", "valid", "code"),
    [
        ("42", "42", True, None),
        ("042", "42", True, None),
        ("42.0", "42", True, None),
        ("42 years", "42", True, None),
        ("42岁", "42", True, None),
        ("0", "0", True, None),
        ("125", "125", True, None),
        ("126", "126", False, "age.out_of_range"),
        ("-1", "-1", False, "age.out_of_range"),
        ("42.5", "42.5", False, "age.out_of_range"),
        ("old", "old", False, "age.not_a_number"),
        ("30-40", "30-40", False, "age.not_a_number"),
    ],
)
def test_age(text: str, form: str, valid: bool, code: str | None) -> None:
    standard = role("age").standardise(text)
    assert (standard.value, standard.valid, standard.code) == (form, valid, code)


@pytest.mark.parametrize(
    ("text", "form", "key"),
    [
        ("17850.0", "17850", "17850"),
        (" AB-12 ", "AB-12", "ab12"),
        ("- AB12 -", "AB12", "ab12"),
        ("ab12", "ab12", "ab12"),
        ("007", "007", "007"),
        ("007.0", "007.0", "007.0"),
        ("1.0.0", "1.0.0", "1.0.0"),
        ("ＡＢ１２", "AB12", "ab12"),
        ("7", "7", "7"),
        ("777", "777", "777"),
        ("0", "0", None),
        ("000000", "000000", None),
        ("999999999", "999999999", None),
        ("1111", "1111", None),
        ("123456789", "123456789", None),
        ("000-00-0000", "000-00-0000", None),
        ("1.23457E+11", "1.23457E+11", None),
        ("N/A", None, None),
        ("- -", None, None),
    ],
)
def test_identifier(text: str, form: str | None, key: str | None) -> None:
    item = role("identifier")
    assert item.standardise(text).value == form
    assert item.key(form or "") == key


def test_text() -> None:
    assert role("text").standardise(" a  b\n").value == "a  b"
    assert role("text").standardise("no").value == "no"


@pytest.mark.parametrize(
    ("text", "form", "valid"),
    [
        ("f", "F", True),
        ("Female", "F", True),
        ("男", "M", True),
        ("女", "F", True),
        ("W", "F", True),
        ("kvinna", "F", True),
        ("Γυναίκα", "F", True),
        ("муж.", "M", True),
        ("m", "M", True),
        ("diverse", "X", True),
        ("Prefer not to say", "U", None),
        ("unknown", "U", None),
        ("1", "1", None),
        ("something else", "something else", None),
        ("", None, None),
    ],
)
def test_gender(text: str, form: str | None, valid: bool | None) -> None:
    standard = role("gender").standardise(text)
    assert (standard.value, standard.valid) == (form, valid)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("123-45-6780", "123456780"),
        ("DE 136 695 976", "de136695976"),
        ("123.456.780-09", "12345678009"),
        ("12.345.670-K", "12345670k"),
        ("ＡＢ １２３４６", "AB-12346"),
    ],
)
def test_identifiers_match_whatever_their_punctuation(one: str, other: str) -> None:
    item = role("identifier")
    assert item.standardise(one).value != item.standardise(other).value
    assert item.key(one) == item.key(other)


def test_an_employers_number_is_no_persons_number() -> None:
    item = role("identifier")
    assert item.key("12-3456780") != item.key("123-45-6780")
    assert item.key("1.0.0") != item.key("100")
