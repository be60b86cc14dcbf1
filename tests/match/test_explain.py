"""Explanations add up, are the same both ways, show no value, and name the reason."""

from __future__ import annotations

import json
import re

import pytest

import customerkit as ck
from customerkit.match.apart import why_not
from customerkit.match.evidence import CLASSES
from customerkit.match.explain import EVERY
from customerkit.match.levels import KINDS
from customerkit.match.words import level_words
from match.people import people, with_copies

QUILL = {"family_name": "Quill", "phone": "+447700900001", "postcode": "10001", "city": "Leeds"}
ELDER = {**QUILL, "given_name": "Zebedee", "birth_date": "1941-02-03"}
YOUNGER = {**QUILL, "given_name": "Tobias", "birth_date": "1979-11-30"}


@pytest.fixture(scope="module")
def found() -> ck.Matching:
    return ck.match([*with_copies(people(300)), ELDER, YOUNGER, QUILL])


def pairs(found: ck.Matching) -> list[tuple[int, int]]:
    last = len(found.customer)
    return [(0, 300), (1, 301), (0, 1), (5, 77), (last - 1, last - 2), (last - 3, last - 2)]


def test_weights_add_up_to_the_total_and_probabilities_to_one(found: ck.Matching) -> None:
    matcher = found._found.matcher
    for row, other in pairs(found):
        evidence = found.explain(row, other).evidence
        left, right = matcher.rows[[row]], matcher.rows[[other]]
        assert evidence.total == pytest.approx(float(matcher.odds(left, right)[0]))
        assert sum(evidence.chances.values()) == pytest.approx(1)
        assert evidence.probability == pytest.approx(1 / (1 + 2**-evidence.total))


def test_both_orders_are_explained_alike(found: ck.Matching) -> None:
    for row, other in pairs(found):
        one, two = found.explain(row, other).evidence, found.explain(other, row).evidence
        assert one.to_dict() == two.to_dict()


def test_each_field_has_a_level_a_weight_and_a_likelihood_in_each_class(found: ck.Matching) -> None:
    evidence = found.explain(0, 300).evidence
    by_name = {weight.field: weight for weight in evidence.fields}
    assert by_name["email"].words == "same, about 1 in 300"
    assert by_name["email"].bits > 0
    assert list(by_name["email"].likelihoods) == list(CLASSES)
    assert not by_name["phone"].stated
    assert by_name["phone"].bits == 0
    assert by_name["phone"].likelihoods == {}
    assert by_name["city"].given == "postcodes agree"
    assert evidence.shared == [EVERY]
    assert evidence.joined == "directly"


def test_text_html_data_and_chart_hold_no_value(found: ck.Matching) -> None:
    for row, other in pairs(found):
        pair = found.why_not(row, other)
        html = pair._repr_html_()
        said = "".join([str(pair), html, repr(pair), json.dumps(pair.to_dict()), pair.svg()])
        said = re.sub(r"\d\.\d+(e-\d+)?", "", said)  # digits of weights are no values
        assert "<svg" in html
        assert "<table" in html
        for value in (*ELDER.values(), *people(300)[row if row < 300 else 0].values()):
            assert value.lower() not in said.lower()


def test_the_chart_tells_a_screen_reader_every_step(found: ck.Matching) -> None:
    pair = found.explain(0, 300)
    svg = pair.svg()
    assert "<title>Rows 0 and 300: one customer; the chance of one person is" in svg
    assert svg.count("e-mail") >= 2
    assert f"total: {pair.evidence.total:+.1f} bits" in svg


def test_a_pair_below_the_threshold_names_what_speaks_against_it(found: ck.Matching) -> None:
    reason = why_not(found._found, 0, 1)
    assert reason.code == "below_threshold"
    worst = min(reason.evidence.stated, key=lambda weight: weight.bits)
    assert f"most against it speak {worst.field.replace('_', ' ')}" in reason.sentence
    assert "bits below the threshold" in str(reason)


def test_a_pair_that_others_outweigh_names_them(found: ck.Matching) -> None:
    last = len(found.customer)
    elder, younger, bare = last - 3, last - 2, last - 1
    assert found.customer[elder] != found.customer[younger]
    other = elder if found.customer[bare] == found.customer[younger] else younger
    reason = why_not(found._found, bare, other)
    assert reason.evidence.total > 0
    assert reason.code == "outweighed"
    assert "members of groups of" in reason.sentence
    assert "birth date" in reason.sentence
    assert found.why_not(bare, other).reason == reason.sentence


def test_one_customer_is_no_question_of_why_not(found: ck.Matching) -> None:
    pair = found.why_not(0, 300)
    assert pair.together
    assert pair.reason == "they are one customer, joined directly"


def test_records_that_share_nothing_are_joined_through_others() -> None:
    mail, phone = "zebedee@quill.example", "+447700900222"
    rows = with_copies(people(200))
    rows += [{**ELDER, "email": mail, "phone": phone}, {"given_name": "Zebedee", "email": mail}]
    found = ck.match([*rows, {"family_name": "Quill", "phone": phone}])
    last = len(rows)
    pair = found.explain(last - 1, last)
    assert pair.together
    assert pair.evidence.stated == []
    assert pair.evidence.joined == "through others"
    assert found.explain(last - 2, last).evidence.joined == "directly"


def test_equal_records_that_say_too_little_are_kept_apart() -> None:
    rows = people(200)
    rows += [{"given_name": "Anna", "family_name": "Smith"} for _ in range(2)]
    rows += [{**row, "family_name": "Smith"} for row in people(150, seed=9)]
    found = ck.match(rows)
    reason = why_not(found._found, 200, 201)
    assert reason.code == "same_but_common"
    assert "too little or too common" in reason.sentence
    assert reason.evidence.shared == ["they state the same"]


def test_many_records_meet_by_keys_and_the_others_were_never_compared() -> None:
    rows = people(3_100)
    rows.append({**rows[0], "email": "", "phone": "", "postcode": ""})
    rows.append({"given_name": "Xerxes", "family_name": "Oyelaran", "city": "Lagos"})
    found = ck.match(rows)
    shared = found.explain(0, 3_100).evidence.shared
    assert "sound of both names" in shared
    assert "birth date" in shared
    assert "e-mail" not in shared
    reason = why_not(found._found, 0, 3_101)
    assert reason.code == "never_compared"
    assert "share no key" in reason.sentence
    assert reason.evidence.shared == []


def test_names_in_two_scripts() -> None:
    rows = with_copies(people(200))
    rows += [
        {"given_name": "伟", "family_name": "王", "phone": "+8613800138000"},
        {"given_name": "Wei", "family_name": "Wang", "phone": "+8613800138000"},
        {"given_name": "薇", "family_name": "王", "phone": "+8613911139111"},
    ]
    found = ck.match(rows)
    han, latin, other = range(len(rows) - 3, len(rows))
    assert found.customer[han] == found.customer[latin]
    assert found.customer[han] != found.customer[other]
    words = {w.field: w.words for w in found.explain(han, latin).evidence.stated}
    assert words["given_name"] == "one letter or the script differs"
    words = {w.field: w.words for w in found.explain(han, other).evidence.stated}
    assert words["given_name"].startswith("sounds the same, written otherwise")
    assert "phone (different" in found.why_not(han, other).reason


def test_every_level_of_every_field_has_words() -> None:
    for name, (_, near, _) in KINDS.items():
        assert all(level_words(name, level) for level in near)


def test_a_second_phone_that_agrees_is_explained() -> None:
    rows = [
        {"name": "Ada Osei", "phone": "+233201112223", "phone 2": "+233241234567"},
        {"name": "Ada Osei", "phone": "+233241234567", "phone 2": None},
        {"name": "Kofi Mensah", "phone": "+233209998887", "phone 2": None},
    ]
    assert "the same, not the first of both" in str(ck.match(rows).explain(0, 1))
