"""Telephone numbers, with and without phonenumbers."""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customerkit.roles import _extras, phone, role

PHONE = role("phone")
SHARED = Path(__file__).resolve().parents[3] / "shared/data"
DATA = Path(os.environ.get("CUSTOMERKIT_DATA", SHARED)) / "values/phone/PhoneNumberMetadata.xml"
HAS_LIBRARY = _extras.optional("phonenumbers") is not None
needs_library = pytest.mark.skipif(not HAS_LIBRARY, reason="phonenumbers is not installed")


@pytest.fixture
def _without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phone, "optional", lambda name: None)


@needs_library
@pytest.mark.parametrize(
    ("text", "hint", "form"),
    [
        ("020 7946 0018", "GB", "+442079460018"),
        ("020 7946 0018", "United Kingdom", "+442079460018"),
        ("+44 (0)20 7946 0018", None, "+442079460018"),
        ("0044 20 7946 0018", None, "+442079460018"),
        ("0044 20 7946 0018", "US", "+442079460018"),
        ("(650) 253-0000", "US", "+16502530000"),
        ("650.253.0000 x12", "US", "+16502530000;ext=12"),
        ("650-253-0000 ext. 12", "US", "+16502530000;ext=12"),
        ("+1 650 253 0000;ext=12", None, "+16502530000;ext=12"),
        ("tel:+16502530000", None, "+16502530000"),
        ("(+44) 20 7946 0018", None, "+442079460018"),
        ("+44 20 7946 0018", "US", "+442079460018"),
        ("13812345678", "中国", "+8613812345678"),
        ("１３８１２３４５６７８", "CN", "+8613812345678"),
        ("06 698 12345", "IT", "+3906" + "69812345"),
        ("16502530000.0", "US", "+16502530000"),
        ("+١٦٥٠٢٥٣٠٠٠٠", None, "+16502530000"),
    ],
)
def test_e164(text: str, hint: str | None, form: str) -> None:
    standard = PHONE.standardise(text, hint)
    assert (standard.value, standard.valid, standard.code) == (form, True, None)
    assert PHONE.key(form) == form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("020 7946 0018", "02079460018"),
        ("(650) 253-0000", "6502530000"),
        ("0000123456", "0000123456"),
        ("650 253 0000 x12", "6502530000;ext=12"),
    ],
)
def test_no_region_is_never_guessed(text: str, form: str) -> None:
    standard = PHONE.standardise(text)
    assert (standard.value, standard.valid, standard.code) == (form, None, "phone.no_region")
    assert PHONE.standardise(text, "Nowhereland").value == form


@pytest.mark.parametrize(
    ("text", "valid", "code"),
    [
        ("123", False, "phone.too_short"),
        ("1" * 16, False, "phone.too_long"),
        ("1-800-FLOWERS", None, "phone.letters"),
        ("020 7946 0018 / 020 7946 0019", None, "phone.several"),
        ("4.42079E+11", None, "phone.letters"),
        ("ask him", False, "phone.no_digits"),
        ("020 7946 0018 (after 5)", None, "phone.letters"),
    ],
)
def test_kept(text: str, valid: bool | None, code: str) -> None:
    standard = PHONE.standardise(text)
    assert (standard.value, standard.valid, standard.code) == (text, valid, code)
    assert PHONE.key(text) is None


@needs_library
@pytest.mark.parametrize(
    ("text", "hint", "form", "valid", "code"),
    [
        ("253-0000", "US", "2530000", None, "phone.no_area_code"),
        ("12345", "US", "12345", False, "phone.impossible"),
        ("+1 650 253", None, "+1650253", False, "phone.impossible"),
        ("000 253 0000", "US", "0002530000", None, None),
    ],
)
def test_wrong(text: str, hint: str | None, form: str, valid: bool | None, code: str) -> None:
    standard = PHONE.standardise(text, hint)
    if code is None:
        assert standard.valid is not True
        return
    assert (standard.value, standard.valid, standard.code) == (form, valid, code)


@pytest.mark.parametrize(
    "text",
    ["000000", "0000000", "1111111111", "1234567890", "123456789", "5551234", "+15551234", "12345"]
    + ["+1 (000) 000-0000", "+44 1111111111", "0123456789", "555-1234", "999999999", "N/A"],
)
def test_placeholders_have_no_key(text: str) -> None:
    assert PHONE.key(PHONE.standardise(text).value or "") is None


@pytest.mark.usefixtures("_without")
@pytest.mark.parametrize(
    ("text", "form", "code"),
    [
        ("+44 (0)20 7946 0018", "+442079460018", None),
        ("0044 20 7946 0018", "+442079460018", None),
        ("+39 (0)6 698 12345", "+390669812345", None),
        ("020 7946 0018", "02079460018", "phone.no_region"),
        ("+1 650 253 0000 ext 12", "+16502530000;ext=12", None),
    ],
)
def test_without_the_package(text: str, form: str, code: str | None) -> None:
    standard = PHONE.standardise(text, "GB")
    assert (standard.value, standard.valid, standard.code) == (form, None, code)
    assert PHONE.standardise(form) == standard
    assert PHONE.key(form) == form


@pytest.mark.usefixtures("_without")
def test_idempotent_without_the_package() -> None:
    @settings(max_examples=300, deadline=None)
    @given(st.text("0123456789+-() xe;t=/.", max_size=20), st.sampled_from([None, "GB", "US"]))
    def law(text: str, hint: str | None) -> None:
        once = PHONE.standardise(text, hint)
        assert once.value is None or PHONE.standardise(once.value, hint) == once

    law()


@needs_library
def test_forms_without_the_package_become_those_with_it() -> None:
    @settings(max_examples=300, deadline=None)
    @given(st.text("0123456789", min_size=8, max_size=14), st.sampled_from(["+", "00", "+44 (0)"]))
    def law(digits: str, start: str) -> None:
        text = start + digits
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(phone, "optional", lambda name: None)
            bare = PHONE.standardise(text).value
        full = PHONE.standardise(text)
        assert bare is not None
        if full.valid:
            assert PHONE.standardise(bare).value == full.value

    law()


@needs_library
def test_example_numbers_of_all_regions() -> None:
    if not DATA.exists():
        pytest.skip(f"THE DATA OF LIBPHONENUMBER IS NOT THERE: {DATA}")
    right = total = 0
    for region in ElementTree.parse(DATA).getroot().iter("territory"):
        code, prefix = region.get("id") or "", region.get("countryCode")
        number = region.findtext("mobile/exampleNumber") or ""
        if not number or len(code) != 2 or not code.isalpha():
            continue
        total += 1
        right += PHONE.standardise(f"+{prefix} {number}").value == f"+{prefix}{number}"
        assert PHONE.standardise(f"+{prefix}{number}").valid is not None
    assert total > 200
    assert right == total


@needs_library
@pytest.mark.parametrize("country", ["DE", "CN", "IN"])
def test_a_landline_number_without_its_zero_is_not_completed(country: str) -> None:
    for text in ("212-555-1234", "2125551234"):
        found = PHONE.standardise(text, country)
        assert (found.value, found.code) == ("2125551234", "phone.ambiguous")
        assert PHONE.key(text) is None
    local = PHONE.standardise("555 1234", country)
    assert (local.value, local.valid) == ("5551234", None)


@needs_library
@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("(212) 555-1234", "US", "+12125551234"),
        ("131 2345 6789", "CN", "+8613123456789"),
        ("98765 43211", "IN", "+919876543211"),
        ("7911 123456", "GB", "+447911123456"),
        ("442079460018", "GB", "+442079460018"),
        ("030 123456", "DE", "+4930123456"),
    ],
)
def test_a_number_as_its_country_writes_it_is_read(text: str, country: str, number: str) -> None:
    assert PHONE.standardise(text, country).value == number
