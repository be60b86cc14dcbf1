"""What is answered without the package is what the package answers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerkit.roles._phone_numbers import surely_valid

phonenumbers = pytest.importorskip("phonenumbers")
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
EXAMPLES = [
    (region, example)
    for region in REGIONS
    for kind in phonenumbers.PhoneNumberType.values()
    if (example := phonenumbers.example_number_for_type(region, kind)) is not None
]
FORMATS = phonenumbers.PhoneNumberFormat


def asked(number: str, region: str | None) -> str | None:
    """Return the E.164 form by the package, None where it calls the number invalid."""
    try:
        found = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    valid = phonenumbers.is_valid_number(found)
    return phonenumbers.format_number(found, FORMATS.E164) if valid else None


def digits(example: Any, form: int) -> str:
    text = phonenumbers.format_number(example, form)
    return "".join(char for char in text if char.isdigit() or char == "+")


def forms(region: str, example: Any) -> list[tuple[str, str | None]]:
    return [
        (digits(example, FORMATS.E164), None),
        (digits(example, FORMATS.NATIONAL), region),
        (phonenumbers.national_significant_number(example), region),
    ]


def agrees(number: str, region: str | None) -> bool:
    """Say whether the number was answered, and rightly."""
    sure = surely_valid(phonenumbers, number, region)
    assert sure in (None, asked(number, region)), (number, region)
    return sure is not None


def test_examples_of_every_region_and_type() -> None:
    answered = [agrees(*form) for region, example in EXAMPLES for form in forms(region, example)]
    assert sum(answered) > 0.8 * len(answered)


@given(st.sampled_from(EXAMPLES), st.integers(0, 2), st.integers(0, 14), st.text("0123456789+"))
def test_examples_with_other_digits(example: Any, form: int, at: int, other: str) -> None:
    number, region = forms(*example)[form]
    agrees(number[:at] + other + number[at + len(other) :], region)


@given(st.from_regex(r"\+?[0-9]{5,16}", fullmatch=True), st.sampled_from([None, *REGIONS]))
def test_any_digits(number: str, region: str | None) -> None:
    agrees(number, None if number[0] == "+" else region)


@given(st.sampled_from(EXAMPLES), st.sampled_from(REGIONS))
def test_national_numbers_with_the_country_of_somebody_else(example: Any, region: str) -> None:
    agrees(digits(example[1], FORMATS.NATIONAL), region)


def test_all_numbers_of_a_range_of_one_country() -> None:
    for start in ("2079460", "7700900", "20794", "1481", "84321"):
        for tail in range(0, 1000, 7):
            agrees(f"+44{start}{tail:03}", None)
            agrees(f"0{start}{tail:03}", "GB")
