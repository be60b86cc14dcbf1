"""Streets, cities, regions, postcodes and countries."""

from __future__ import annotations

import pytest

from customerkit.roles import role
from customerkit.roles._countries import codes
from customerkit.roles.country import iso2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DE", "DE"),
        ("de", "DE"),
        ("DEU", "DE"),
        ("Germany", "DE"),
        ("Deutschland", "DE"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("United States of America", "US"),
        ("the United States", "US"),
        ("UK", "GB"),
        ("England", "GB"),
        ("Great Britain", "GB"),
        ("中国", "CN"),
        ("日本", "JP"),
        ("美国", "US"),
        ("EIRE", "IE"),
        ("RSA", "ZA"),
        ("NA", "NA"),
        ("Namibia", "NA"),
        ("NO", "NO"),
        ("Côte d'Ivoire", "CI"),
        ("Cote d’Ivoire", "CI"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Trinidad & Tobago", "TT"),
        ("Trinidad and Tobago", "TT"),
        ("South Korea", "KR"),
        ("Viet Nam", "VN"),
        ("Czech Republic", "CZ"),
        ("Hong Kong", "HK"),
        ("香港", "HK"),
        ("España", "ES"),
        ("Österreich", "AT"),
        ("Россия", "RU"),
        ("United Arab Emirates", "AE"),
        ("ＧＢ", "GB"),
    ],
)
def test_country(text: str, code: str) -> None:
    standard = role("country").standardise(text)
    assert (standard.value, standard.valid, standard.code) == (code, True, None)


@pytest.mark.parametrize(
    "text", ["European Community", "Unspecified", "Channel Islands", "Korea", "XX"]
)
def test_no_country(text: str) -> None:
    standard = role("country").standardise(text)
    assert (standard.value, standard.valid, standard.code) == (text, None, "country.unknown")
    assert iso2(text) is None


def test_missing_country_is_not_namibia() -> None:
    for text in ("N/A", "n.a.", "#N/A", "unknown"):
        assert iso2(text) is None
        assert role("country").standardise(text).value is None


def test_every_country_has_its_codes() -> None:
    assert len(codes()) == 250
    for code in codes():
        assert iso2(code) == iso2(code.lower()) == code


@pytest.mark.parametrize(
    ("text", "hint", "form", "valid"),
    [
        ("California", "US", "CA", True),
        ("ca", "USA", "CA", True),
        ("Calif.", "US", "CA", True),
        ("ontario", "CA", "ON", True),
        ("Québec", "Canada", "QC", True),
        ("new south wales", "AU", "NSW", True),
        ("sa", "AU", "SA", True),
        ("WA", "AU", "WA", True),
        ("WA", "US", "WA", True),
        ("Western Australia", "US", "Western Australia", False),
        ("New South Wales", None, "NSW", None),
        ("California", None, "CA", None),
        ("sa", None, "sa", None),
        ("CA", None, "CA", None),
        ("Georgia", None, "Georgia", None),
        ("Victoria", None, "Victoria", None),
        ("California", "MX", "California", None),
        ("BAYERN", "DE", "Bayern", None),
        ("  Île de  France ", "FR", "Île de France", None),
        ("广东省", "CN", "广东省", None),
    ],
)
def test_region(text: str, hint: str | None, form: str, valid: bool | None) -> None:
    standard = role("region").standardise(text, hint)
    assert (standard.value, standard.valid) == (form, valid)


@pytest.mark.parametrize(
    ("text", "hint", "form", "valid", "code"),
    [
        ("sw1a1aa", "GB", "SW1A 1AA", True, None),
        ("SW1A 1AA", "UK", "SW1A 1AA", True, None),
        ("m11ae", "GB", "M1 1AE", True, None),
        ("1234AB", "NL", "1234 AB", True, None),
        ("k1a0b1", "CA", "K1A 0B1", True, None),
        ("02134", "US", "02134", True, None),
        ("021341234", "US", "02134-1234", True, None),
        ("02134-1234", "US", "02134-1234", True, None),
        ("2134", "US", "2134", False, "postcode.lost_zero"),
        ("2134.0", "US", "2134", False, "postcode.lost_zero"),
        ("1067", "DE", "1067", False, "postcode.lost_zero"),
        ("800", "AU", "800", False, "postcode.lost_zero"),
        ("01067", "DE", "01067", True, None),
        ("D-80331", "DE", "80331", True, None),
        ("80331.0", "DE", "80331", True, None),
        ("75001", "FR", "75001", True, None),
        ("100-0001", "JP", "100-0001", True, None),
        ("1000001", "Japan", "100-0001", True, None),
        ("１００－０００１", "JP", "100-0001", True, None),
        ("100000", "CN", "100000", True, None),
        ("2000", "AU", "2000", True, None),
        ("11455", "SE", "114 55", True, None),
        ("00950", "PL", "00-950", True, None),
        ("ABC", "US", "ABC", False, "postcode.format"),
        ("SW1A", "GB", "SW1A", False, "postcode.format"),
        ("sw1a1aa", None, "SW1A1AA", None, "postcode.no_country"),
        ("12", "AG", "12", None, None),
    ],
)
def test_postcode(
    text: str, hint: str | None, form: str, valid: bool | None, code: str | None
) -> None:
    standard = role("postcode").standardise(text, hint)
    assert (standard.value, standard.valid, standard.code) == (form, valid, code)


def test_postcode_key() -> None:
    assert role("postcode").key("SW1A 1AA") == role("postcode").key("SW1A1AA") == "SW1A1AA"
    assert role("postcode").key("00000") is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("LEEDS", "Leeds"),
        ("leeds", "Leeds"),
        ("St Albans", "St Albans"),
        ("STOKE-ON-TRENT", "Stoke-on-Trent"),
        ("FRANKFURT AM MAIN", "Frankfurt am Main"),
        (" São  Paulo", "São Paulo"),
        ("北京市", "北京市"),
        ("MÜNCHEN", "München"),
        ("NYC", "NYC"),
    ],
)
def test_city(text: str, form: str) -> None:
    assert role("city").standardise(text).value == form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("12 HIGH ST", "12 High St"),
        ("12a high street", "12a High Street"),
        ("12A MAIN ST NW", "12A Main St NW"),
        ("Flat 3,  12 High St", "Flat 3, 12 High St"),
        ("朝阳区１２号（东门）", "朝阳区１２号（东门）"),
        ("PO BOX 12", "PO Box 12"),
        ("5 1ST AVENUE", "5 1st Avenue"),
        ("12", "12"),
    ],
)
def test_street(text: str, form: str) -> None:
    assert role("street").standardise(text).value == form


def test_street_key_folds_case_and_punctuation() -> None:
    assert role("street").key("12 High St.") == role("street").key("12 HIGH ST")


@pytest.mark.parametrize(
    ("text", "country", "form"),
    [
        ("1009", "LV", "LV-1009"),
        ("LV-1009", "LV", "LV-1009"),
        ("LT 01100", "LT", "LT-01100"),
        ("c1010aaz", "AR", "C1010AAZ"),
        ("1010", "AR", "1010"),
        ("48058", "VN", "48058"),
        ("700000", "VN", "700000"),
        ("110 001", "IN", "110001"),
    ],
)
def test_postcodes_of_more_than_one_form(text: str, country: str, form: str) -> None:
    found = role("postcode").standardise(text, country)
    assert (found.value, found.valid) == (form, True)


def test_a_dash_where_a_country_writes_none_is_reported() -> None:
    found = role("postcode").standardise("00-950", "DE")
    assert (found.value, found.code) == ("00-950", "postcode.format")


@pytest.mark.parametrize(
    ("text", "code"),
    [("Российская Федерация", "RU"), ("中華民國", "TW"), ("سلطنة عمان", "OM"), ("فلسطين", "PS")],
)
def test_official_names_of_countries(text: str, code: str) -> None:
    assert role("country").standardise(text).value == code


@pytest.mark.parametrize("text", ["Florida", "Montana", "Maine", "Georgia", "Victoria"])
def test_a_region_that_several_countries_have_needs_the_country(text: str) -> None:
    assert role("region").standardise(text).value == text


def test_a_japanese_line_is_compared_without_prefecture_and_counters() -> None:
    form = role("street").form
    assert form("埼玉県川口市桜町２－２７－１") == form("川口市桜町2丁目27番1号")
    assert form("東京都足立区西町1-2") == form("足立区西町1丁目2番地")
    assert form("川口市桜町2丁目27番1号") != form("川口市桜町2丁目27番3号")


def test_greek_and_cyrillic_lines_are_compared_in_latin_letters() -> None:
    form = role("street").form
    assert form("Ακαδημίας 13") == form("Leof. Akadimias 13") == "13 akadimias"
    assert form("г. Казань, ул. Речная, д. 2, кв. 16") == form("Казань, Речная улица 2-16")
    assert form("ул. Речная 10к3") == "10к3 rechnaya"


def test_the_street_of_a_whole_address_in_one_cell_is_compared() -> None:
    street = role("street").form("208 Mitchell Court")
    assert role("street").form("208 Mitchell Ct  Glenelg  SA  5049  AU") == street
    assert role("street").form("208  Mitchell Court") == street  # blanks by slip
