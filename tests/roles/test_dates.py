"""Dates of birth and points in time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerkit.roles import birth_date, role
from customerkit.roles._hijri import gregorian
from customerkit.roles.age import age_on
from customerkit.roles.time import to_millis

BIRTH, TIME = role("birth_date"), role("time")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("1971-06-24", "1971-06-24"),
        (" 1971-06-24 ", "1971-06-24"),
        ("19710624", "1971-06-24"),
        ("24061971", "1971-06-24"),
        ("1971/6/24", "1971-06-24"),
        ("1971.06.24", "1971-06-24"),
        ("1971 06 24", "1971-06-24"),
        ("24/06/1971", "1971-06-24"),
        ("24.6.1971", "1971-06-24"),
        ("24. 6. 1971", "1971-06-24"),
        ("6/24/1971", "1971-06-24"),
        ("06-24-1971", "1971-06-24"),
        ("5/5/1971", "1971-05-05"),
        ("24 June 1971", "1971-06-24"),
        ("June 24th, 1971", "1971-06-24"),
        ("24-Jun-1971", "1971-06-24"),
        ("24 juin 1971", "1971-06-24"),
        ("24. Juni 1971", "1971-06-24"),
        ("24 de junio de 1971", "1971-06-24"),
        ("1. März 1971", "1971-03-01"),
        ("1971 Jun 24", "1971-06-24"),
        ("Thu, 24 Jun 1971", "1971-06-24"),
        ("1971年6月24日", "1971-06-24"),
        ("１９７１年６月２４日", "1971-06-24"),
        ("1971年6月", "1971-06"),
        ("1971-06", "1971-06"),
        ("06/1971", "1971-06"),
        ("June 1971", "1971-06"),
        ("1971", "1971"),
        ("1971-00-00", "1971"),
        ("1971-06-00", "1971-06"),
        ("--0624", "--06-24"),
        ("--06-24", "--06-24"),
        ("--02-29", "--02-29"),
        ("24 June", "--06-24"),
        ("1971-06-24T00:00:00Z", "1971-06-24"),
        ("1971-06-24 00:00:00.000", "1971-06-24"),
        ("6/24/1971 12:00:00 AM", "1971-06-24"),
        ("2000-02-29", "2000-02-29"),
    ],
)
def test_birth_date(text: str, form: str) -> None:
    standard = BIRTH.standardise(text)
    assert (standard.value, standard.valid, standard.code) == (form, True, None)
    assert BIRTH.key(form) == form


@pytest.mark.parametrize(
    ("text", "valid", "code"),
    [
        ("03/04/1971", None, "date.ambiguous"),
        ("3.4.1971", None, "date.ambiguous"),
        ("June 24", None, "date.ambiguous"),
        ("24/06/71", None, "date.two_digit_year"),
        ("71-06-24", None, "date.two_digit_year"),
        ("24 Jun 71", None, "date.two_digit_year"),
        ("1971-02-31", False, "date.impossible"),
        ("31/02/1971", False, "date.impossible"),
        ("1971-13-01", False, "date.impossible"),
        ("32/13/1971", False, "date.impossible"),
        ("1900-02-29", False, "date.impossible"),
        ("1971-00-12", False, "date.impossible"),
        ("1850-06-24", False, "date.too_early"),
        ("24.6.1850", False, "date.too_early"),
        ("yesterday", None, "date.unreadable"),
        ("26108", None, "date.unreadable"),
        ("24-06/1971", None, "date.unreadable"),
        ("1971-06-24 13:30", None, "date.has_time"),
        ("1971-06-23T22:00:00Z", None, "date.has_time"),
    ],
)
def test_birth_dates_that_stay(text: str, valid: bool | None, code: str) -> None:
    standard = BIRTH.standardise(text)
    assert (standard.value, standard.valid, standard.code) == (text, valid, code)
    assert BIRTH.key(text) is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("1900-01-01", "1900-01-01"),
        ("01/01/1900", "1900-01-01"),
        ("1970-01-01", "1970-01-01"),
        ("0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31"),
        ("1800-01-01", "1800-01-01"),
        ("1800", "1800"),
        ("0001-01-01T00:00:00", "0001-01-01"),
    ],
)
def test_default_dates(text: str, form: str) -> None:
    standard = BIRTH.standardise(text)
    assert (standard.value, standard.valid, standard.code) == (form, None, "date.default")
    assert BIRTH.key(form) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1400-01-01", "1979-11-21"),
        ("1/9/1440", "2019-05-06"),
        ("14310101", "2009-12-18"),
        ("15-07-1411", "1991-01-31"),
        ("1411", "1991"),
    ],
)
def test_dates_of_the_islamic_calendar_are_read_as_gregorian_ones(text: str, iso: str) -> None:
    found = role("birth_date").standardise(text, "dmy")
    assert (found.value, found.valid, found.code) == (iso, None, "date.hijri")
    assert role("birth_date").forms([text, "13/02/1990"])[0] == iso.replace("-", "").ljust(8, "0")


@given(st.dates(date(1890, 1, 1), date(2035, 1, 1)))
def test_every_day_of_the_islamic_calendar_follows_another(day: date) -> None:
    days = [gregorian(year, month, at) for year, month, at in _days_around(day)]
    assert day.isoformat() in days


def _days_around(day: date) -> list[tuple[int, int, int]]:
    """Return days of the Islamic calendar in the two years that a day may be in."""
    year = int((day.year - 622) * 33 / 32)
    return [
        (one, month, at)
        for one in (year - 1, year, year + 1, year + 2)
        for month in range(1, 13)
        for at in range(1, 31)
    ]


@pytest.mark.parametrize("text", ["1411-13-01", "1411-07-31", "1411-00-05"])
def test_there_are_no_such_days_of_the_islamic_calendar(text: str) -> None:
    assert role("birth_date").standardise(text).code == "date.impossible"


def test_zero_dates_are_missing() -> None:
    for text in ("0000-00-00", "0000-00-00 00:00:00", "00/00/0000"):
        assert BIRTH.standardise(text).value is None


def test_the_hint_decides_only_what_is_ambiguous() -> None:
    assert BIRTH.standardise("03/04/1971", "dmy").value == "1971-04-03"
    assert BIRTH.standardise("03/04/1971", "mdy").value == "1971-03-04"
    assert BIRTH.standardise("24/06/1971", "mdy").value == "1971-06-24"
    assert BIRTH.standardise("03/04/1971", "ymd").code == "date.ambiguous"
    assert BIRTH.standardise("03/04/71", "dmy").code == "date.two_digit_year"


def test_the_future_changes_validity_but_not_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(birth_date, "_today", lambda: date(1990, 6, 30))
    for text in ("24 June 1991", "1990-07-02", "1990-08", "1991"):
        assert (BIRTH.standardise(text).valid, BIRTH.standardise(text).code) == (
            False,
            "date.future",
        )
    assert BIRTH.standardise("24 June 1991").value == "1991-06-24"
    for text in ("1990-07-01", "1990-06", "1990", "--12-31"):
        assert BIRTH.standardise(text).valid is True


@pytest.mark.parametrize(
    ("values", "hint"),
    [
        (["24/06/1971", "03/04/1980"], "dmy"),
        (["06/24/1971"], "mdy"),
        (["24/06/1971", "06/24/1971"], None),
        (["03/04/1971"], None),
        (["1971-06-24"], "ymd"),
        (["1971-06-24", "24.06.1971"], "dmy"),
        (["24/06/71"], "dmy"),
        (["24/06/11"], None),
        (["2010-12-01", "12/13/2010 8:26"], "mdy"),
        (["", "x", "31/31/2000", "99/12/2000"], None),
        ([], None),
    ],
)
def test_evidence(values: list[str], hint: str | None) -> None:
    for item in (BIRTH, TIME):
        assert item.resolve(item.observe(values)) == hint


@pytest.mark.parametrize(
    ("text", "hint", "form"),
    [
        ("2010-12-01 08:26:00", None, "2010-12-01T08:26:00"),
        ("2010-12-01T08:26:00Z", None, "2010-12-01T08:26:00+00:00"),
        ("2010-12-01T08:26:00.123456Z", None, "2010-12-01T08:26:00.123456+00:00"),
        ("2010-12-01T08:26:00+0100", None, "2010-12-01T08:26:00+01:00"),
        ("2010-12-01 08:26:00 UTC", None, "2010-12-01T08:26:00+00:00"),
        ("2010-12-01 08:26", None, "2010-12-01T08:26"),
        ("2010-12-01", None, "2010-12-01"),
        ("2010年12月1日 8:26", None, "2010-12-01T08:26"),
        ("2010-12", None, "2010-12"),
        ("2010", None, "2010"),
        ("12/1/2010 8:26", "mdy", "2010-12-01T08:26"),
        ("1/12/2010 8:26", "dmy", "2010-12-01T08:26"),
        ("13/12/2010 8:26 PM", None, "2010-12-13T20:26"),
        ("12/13/2010, 12:05 AM", None, "2010-12-13T00:05"),
        ("Wed, 01 Dec 2010 08:26:00 +0000 (UTC)", None, "2010-12-01T08:26:00+00:00"),
        ("Wed Dec  1 08:26:00 2010", None, "2010-12-01T08:26:00"),
        ("20101201T082600Z", None, "2010-12-01T08:26:00+00:00"),
        ("20101201082600", None, "2010-12-01T08:26:00"),
        ("1291191960", None, "2010-12-01T08:26:00+00:00"),
        ("1291191960123", None, "2010-12-01T08:26:00.123+00:00"),
    ],
)
def test_time(text: str, hint: str | None, form: str) -> None:
    standard = TIME.standardise(text, hint)
    assert (standard.value, standard.valid, standard.code) == (form, True, None)


@pytest.mark.parametrize(
    ("text", "valid", "code"),
    [
        ("03/04/2010 08:26", None, "date.ambiguous"),
        ("2010-12-01 25:00", False, "time.impossible"),
        ("2010-12-01 08:61:00", False, "time.impossible"),
        ("2010-12-01 13:26 PM", False, "time.impossible"),
        ("2010-02-31 08:26", False, "date.impossible"),
        ("2010-12-01 08:26 XYZ", None, "date.unreadable"),
        ("08:26", None, "date.unreadable"),
        ("soon", None, "date.unreadable"),
        ("1970-01-01T00:00:00", None, "date.default"),
    ],
)
def test_times_that_stay(text: str, valid: bool | None, code: str) -> None:
    standard = TIME.standardise(text)
    assert (standard.value, standard.valid, standard.code) == (text, valid, code)


@pytest.mark.parametrize(
    ("text", "millis"),
    [
        ("1970-01-01", 0),
        ("1970-01-01T00:00:01.5", 1_500),
        ("2010-12-01T08:26:00", 1_291_191_960_000),
        ("2010-12-01T08:26", 1_291_191_960_000),
        ("2010-12-01T09:26:00+01:00", 1_291_191_960_000),
        ("2010-12-01T02:56:00-05:30", 1_291_191_960_000),
        ("2010-12-01T08:26:00.123456+00:00", 1_291_191_960_123),
        ("1969-12-31T23:59:59.999", -1),
        ("2010-12", 1_291_161_600_000),
        ("2010", 1_262_304_000_000),
        ("--06-24", None),
        ("2010-02-31", None),
        ("03/04/2010", None),
        ("", None),
    ],
)
def test_to_millis(text: str, millis: int | None) -> None:
    assert to_millis(text) == millis


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("20200101T1030", "2020-01-01T10:30:00"),
        ("2020-W05-3", "2020-01-29"),
        ("2020W053T10Z", "2020-01-29T10:00:00+00:00"),
        ("2020-01-01 10:00 Europe/Berlin", "2020-01-01T10:00+01:00"),
        ("2020-07-01 10:00 Europe/Berlin", "2020-07-01T10:00+02:00"),
        ("2020-01-01T10:00:00+01:00[Europe/Paris]", "2020-01-01T10:00:00+01:00"),
    ],
)
def test_rarer_times(text: str, form: str) -> None:
    found = role("time").standardise(text)
    assert (found.value, found.valid) == (form, True)
    assert role("time").standardise(form).value == form


@pytest.mark.parametrize(
    "text",
    [
        "2020-10-25 02:30 Europe/Berlin",
        "2020-03-29 02:30 Europe/Berlin",
        "2020-01-01 10:00 EST",
        "2020-01-01 10:00 Nowhere/Land",
        "03/04/2020 10:00 Europe/Berlin",
        "2020-W60-1",
    ],
)
def test_times_of_a_zone_that_are_two_or_none_stay(text: str) -> None:
    found = role("time").standardise(text)
    assert (found.value, found.valid) == (text, None)


@pytest.mark.parametrize("offset", ["+25:00", "+15:00", "-13:00", "+01:75"])
def test_no_place_has_such_an_offset(offset: str) -> None:
    assert role("time").standardise(f"2020-01-01T10:00{offset}").valid is False


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_partial_date_of_birth_bounds_the_age_of_a_whole_one(born: date, day: date) -> None:
    whole = age_on(born.isoformat(), day)
    assert (whole is None) == (born > day)
    for partial in (f"{born:%Y-%m}", f"{born:%Y}"):
        bounds = age_on(partial, day)
        if whole is not None:
            assert bounds is not None
            assert bounds[0] <= whole[0] == whole[1] <= bounds[1] <= bounds[0] + 1


def test_age_counts_birthdays() -> None:
    assert age_on("1980-05-17", date(2024, 5, 16)) == (43, 43)
    assert age_on("1980-05-17", date(2024, 5, 17)) == (44, 44)
    assert age_on("2000-02-29", date(2023, 2, 28)) == (22, 22)
    assert age_on("2000-02-29", date(2023, 3, 1)) == (23, 23)
    assert age_on("03/04/1971", date(2024, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("510912", "19510912"),  # read as a year of four digits once
        ("750730", "19750730"),
        ("24/06/71", "19710624"),
        ("24.6.71", "19710624"),
        ("71-06-24", "19710624"),
        ("06/24/71", "19710624"),
        ("05/05/71", "19710505"),
        ("03/04/71", None),
        ("120912", None),
        ("999999", None),
        ("19710624", "19710624"),
        ("1971-06", "19710600"),
        ("--06-24", "00000624"),
    ],
)
def test_dates_are_compared_where_their_year_of_two_digits_can_mean_one_only(
    text: str, form: str | None
) -> None:
    assert BIRTH.form(text) == form


@pytest.mark.parametrize(
    ("values", "forms"),
    [
        (["12/27", "03/04"], ["00001227", "00000304"]),  # as Mailchimp writes them
        (["27/12", "03/04"], ["00001227", "00000403"]),
        (["27.12.", "3.4."], ["00001227", "00000403"]),
        (["03/04", "05/05"], [None, "00000505"]),
        (["05/71", "13/13"], [None, None]),
    ],
)
def test_birthdays_without_a_year(values: list[str], forms: list[str | None]) -> None:
    assert role("birth_date").forms(values) == forms


@pytest.mark.parametrize(
    ("text", "form"),
    [("1958-4-56", "19580456"), ("1958-04-56", "19580456"), ("56.4.1958", "19580456"),
     ("1062-7-23", "10620723"), ("19620456", "19620456"), ("1970-0-1", "19700001"),
     ("31/02/1980", "19800231"), ("13/13/1943", "19431313"), ("1980-99-99", "19800000"),
     ("1980-9-99", "19800900"), ("99/99/9999", None), ("9999-99-99", None), ("1981366", None)],
)  # fmt: skip
def test_a_slip_in_a_date_leaves_its_other_digits(text: str, form: str | None) -> None:
    standard = role("birth_date").standardise(text)
    assert standard.valid is not True
    assert role("birth_date").form(text) == form
    assert role("birth_date").forms([text]) == [form]


def test_few_dates_in_another_order_do_not_make_the_others_ambiguous() -> None:
    usual = [f"{month}/{day}/1971" for month in range(1, 13) for day in range(13, 29)]
    forms = role("birth_date").forms([*usual, "25/3/1971", "3/4/1971"])
    assert forms[-2:] == ["19710325", "19710304"]
    assert role("birth_date").forms([*usual[:6], "25/3/1971", "3/4/1971"])[-1] is None


def test_nothing_happens_on_a_day_of_no_year() -> None:
    assert role("time").standardise("12/27").code == "date.unreadable"


@pytest.mark.parametrize(
    ("text", "form"),
    [("1971034", "19710203"), ("1980366", "19801231"), ("0710203", "19710203"),
     ("1010203", "20010203"), ("1981366", None), ("0000000", None), ("7654321", None)],
)  # fmt: skip
def test_dates_of_mainframes(text: str, form: str | None) -> None:
    assert role("birth_date").form(text) == form


@pytest.mark.parametrize(
    ("text", "value"),
    [("24835", "1967-12-29"), ("41181.0", "2012-09-29"), ("19364", "1953-01-05")],
)
def test_spreadsheets_count_days(text: str, value: str) -> None:
    assert role("birth_date").standardise(text).code == "date.unreadable"
    assert role("birth_date").form(text) == value.replace("-", "")


@pytest.mark.parametrize("text", ["10203", "50000", "99999", "248350"])
def test_other_numbers_are_no_days_of_spreadsheets(text: str) -> None:
    assert role("birth_date").form(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("民國74年10月21日", "1985-10-21"), ("038/12/18", "1949-12-18"), ("101-1-2", "2012-01-02"),
     ("１０４/０５/０１", "2015-05-01"), ("昭和55年3月2日", "1980-03-02"),
     ("S55.3.2", "1980-03-02"), ("平成元年5月1日", "1989-05-01"),
     ("h020405", "1990-04-05"), ("令3/1/1", "2021-01-01"),
     ("Mar 3 1980", "1980-03-03"), ("0710203", "1971-02-03"), ("1985/10/21", "1985-10-21")],
)  # fmt: skip
def test_years_of_taiwan_and_japan(text: str, value: str) -> None:
    assert role("birth_date").standardise(text).value == value


@pytest.mark.parametrize(
    ("text", "form"),
    [("30/06/2543", "20000630"), ("2543-06-30", "20000630"), ("25430630", "20000630"),
     ("2544", "20010000"), ("๒๕๔๔", "20010000"), ("3 ก.ค. 2538", "19950703"),
     ("29/02/2543", "20000229"),
     ("2999-12-31", "29991231")],
)  # fmt: skip
def test_years_of_the_buddhist_era(text: str, form: str) -> None:
    assert role("birth_date").forms([text]) == [form]
