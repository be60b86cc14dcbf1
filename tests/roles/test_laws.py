"""Laws that hold for every role and every text."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customerkit.errors import NotFoundError
from customerkit.roles import ROLES, Role, Sensitivity, Standard, role

HINTS = {
    "phone": [None, "GB", "US", "Germany", "中国", "nowhere", "IT"],
    "postcode": [None, "GB", "US", "NL", "Japan", "DE", "CA", "nowhere", "IE"],
    "region": [None, "US", "Canada", "AU", "FR"],
    "birth_date": [None, "dmy", "mdy", "ymd"],
    "time": [None, "dmy", "mdy", "ymd"],
    "number": [None, ".", ","],
    "money": [None, ".", ","],
}
SEEDS = [
    *("", " ", "N/A", "JANE O'BRIEN", "mcdonald", "Dr Jane van der Berg", "王小明", "Ｊａｎｅ　１"),
    *("Jane <jane@example.com>", "mailto:A@B.C?x", '"a  b"@x.org', "jane@xn--mnchen-3ya.de"),
    *("+44 (0)20 7946 0018 x12", "0044 20 7946 0018", "555-1234", "٠١٢٣٤٥٦٧٨٩", "1-800-FLOWERS"),
    *("03/04/1971", "24 June 1971", "--0624", "1971年6月24日", "19710624", "24.6.71", "1900-01-01"),
    *("2010-12-01T08:26:00Z", "12/1/2010 8:26 PM", "1291191960", "1291191960123"),
    *("1,234.50", "1.234", "1,234", "-0", "1e5", "(1.234,50 €)", "$5", "12.34 EUR", "¥ 100", "5-"),
    *("sw1a1aa", "1234ab", "2134", "80331.0", "D-80331", "NSW", "ontario", "sa", "Deutschland"),
    *(
        "17850.0",
        "0000",
        "- AB12 -",
        "12 HIGH ST NW",
        "女",
        "M",
        "0",
        "42 years",
        "İBRAHİM",
        "ǅ",
        "İ́B",
        '"a  b"\u200b@x.org',
        "ΐ1",
    ),
]
ALPHABET = "aA1 0.,-+/:()@<>\"'´ßİıǅéÉ王明年月日１Ａ@＠　\u00a0\u200b\u0301٣€$¥eETZpmxn"
TEXTS = st.one_of(
    st.sampled_from(SEEDS),
    st.text(ALPHABET, max_size=24),
    st.text(max_size=30),
    st.text("0123456789", max_size=16),
    st.text("0123456789-/. ", max_size=14),
    st.text("0123456789+-., ()€EUR$", max_size=14),
    st.builds("{}{}{}".format, *[st.sampled_from(SEEDS)] * 3),
    st.from_regex(r"[A-Za-z'\- .]{1,20}", fullmatch=True),
    st.from_regex(r"[a-zé\"]{1,5}@(xn--)?[a-z0-9-]{1,12}\.[a-z]{1,4}", fullmatch=True),
)


def _hint(name: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from(HINTS.get(name, [None, "GB", "x"]))


@pytest.mark.parametrize("name", sorted(ROLES))
def test_standardise_is_total_deterministic_and_idempotent(name: str) -> None:
    @settings(max_examples=400, deadline=None)
    @given(TEXTS, _hint(name))
    def law(text: str, hint: str | None) -> None:
        item = role(name)
        once = item.standardise(text, hint)
        assert isinstance(once, Standard)
        assert once == item.standardise(text, hint)
        if once.value is None:
            assert once == Standard(None, None)
            return
        assert once.value.strip() == once.value != ""
        twice = item.standardise(once.value, hint)
        assert twice.value == once.value
        assert twice.valid == once.valid
        if once.code != "money.ambiguous_currency":
            assert twice.code == once.code
        assert (once.code is None) or once.code.partition(".")[2]
        assert once.valid is not False or once.code

    law()


@pytest.mark.parametrize("name", sorted(ROLES))
def test_seeds_are_idempotent_under_every_hint(name: str) -> None:
    item = role(name)
    for text in SEEDS:
        for hint in HINTS.get(name, [None]):
            once = item.standardise(text, hint)
            if once.value is not None:
                twice = item.standardise(once.value, hint)
                assert (twice.value, twice.valid) == (once.value, once.valid)


@pytest.mark.parametrize("name", sorted(ROLES))
def test_a_standard_form_is_stable_without_its_hint(name: str) -> None:
    @settings(max_examples=200, deadline=None)
    @given(TEXTS, _hint(name))
    def law(text: str, hint: str | None) -> None:
        once = role(name).standardise(text, hint)
        if once.value is not None and once.valid is True:
            assert role(name).standardise(once.value).value == once.value

    law()


@pytest.mark.parametrize("name", sorted(ROLES))
def test_key_is_total_and_says_nothing_of_invalid_values(name: str) -> None:
    @settings(max_examples=200, deadline=None)
    @given(TEXTS)
    def law(text: str) -> None:
        item = role(name)
        key = item.key(text)
        assert key is None or key
        assert key == item.key(text)
        standard = item.standardise(text)
        if standard.value is None or standard.valid is False:
            assert key is None or name in ("street", "city", "postcode")

    law()


@pytest.mark.parametrize("name", sorted(n for n, item in ROLES.items() if item.column_hint))
def test_evidence_unites_over_batches(name: str) -> None:
    @settings(max_examples=100, deadline=None)
    @given(st.lists(TEXTS), st.lists(TEXTS))
    def law(left: list[str], right: list[str]) -> None:
        item = role(name)
        united = item.observe(left) | item.observe(right)
        assert united == item.observe(left + right)
        assert item.resolve(united) in (None, "dmy", "mdy", "ymd", ".", ",")

    law()


def test_all_roles_are_there() -> None:
    assert set(ROLES) == set(
        "given_name family_name full_name relative birth_date age gender email phone street city "
        "region postcode country identifier company text number money time".split()
    )


@pytest.mark.parametrize("item", ROLES.values(), ids=repr)
def test_roles_describe_themselves(item: Role) -> None:
    assert isinstance(item.sensitivity, Sensitivity)
    assert item.half_life_days is None or item.half_life_days > 0
    assert item.hint_field in (None, "country")
    assert hash(item) == hash(type(item)())
    assert pickle.loads(pickle.dumps(item)) == item
    assert item.resolve(frozenset()) is None


def test_unknown_role() -> None:
    with pytest.raises(NotFoundError):
        role("shoe_size")
