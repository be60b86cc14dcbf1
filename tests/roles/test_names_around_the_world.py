"""Take full names apart: titles behind, couples, Arabic and Korean names, wrong encodings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import customerkit as ck
from customerkit.match.encode import subjects
from customerkit.match.levels import Comparisons
from customerkit.roles import role
from customerkit.roles._couples import both, couple
from customerkit.roles._sound import latin, sound
from customerkit.roles.fold import decoded, loose
from customerkit.roles.full_name import plainly, split, split_with_care


def _parts(full: str) -> list[str | None]:
    """Return the forms of given, family and middle name that a full name is compared by."""
    found = subjects({"full_name": [full]}, 1).columns
    names = ("given_name", "family_name", "middle_name")
    return [found[name].forms[found[name].codes[0]] if name in found and found[name].codes[0] >= 0
            else None for name in names]  # fmt: skip


@pytest.mark.parametrize(
    ("full", "given", "family"),
    [
        ("Roe, Jean-Guy, Monsieur", "Jean-Guy", "Roe"),
        ("ROE, J., M.", "J.", "Roe"),
        ("Jane Roe, CPA", "Jane", "Roe"),
        ("ROE, JANE MS, C.M.", "Jane", "Roe"),
        ("Roe, Jane R., Ms", "Jane R.", "Roe"),
        ("Jane Roe (she/her)", "Jane", "Roe"),
        ("Monsieur Marc Roe - décédé(e)", "Marc", "Roe"),
        ("Jane Roe *DO NOT MAIL*", "Jane", "Roe"),
        ("Jane Roe, ing.", "Jane", "Roe"),
        ("Nguyen, Do", "Do", "Nguyen"),
        ("LEE, ING", "Ing", "Lee"),
        ("Jane Roe MD", "Jane", "Roe"),
    ],
)
def test_what_stands_around_a_name_is_no_part_of_it(full: str, given: str, family: str) -> None:
    assert split(full) == (given, family)


@pytest.mark.parametrize(
    ("full", "forms"),
    [
        ("Jane & Joe Smith", ["jane", "smith", None]),
        ("Mr. and Mrs. J. Smith", ["j", "smith", None]),
        ("Smith, Jane et Joe", ["jane", "smith", None]),
        ("Jane Roe und Joe Smith", ["jane", "roe", None]),
        ("Familie Roe", ["family", "roe", None]),
        ("The Roe Family", ["family", "roe", None]),
        ("Jane Anderson", ["jane", "anderson", None]),
    ],
)
def test_of_two_people_in_one_name_the_first_is_meant(full: str, forms: list[str | None]) -> None:
    assert _parts(full) == forms


def test_a_couple_is_whom_it_names_first() -> None:
    street = {"street": "12 Example Hill", "city": "Hilltown", "phone": "+44 20 7946 0123"}
    names = ["Jason & Susan Klassen", "Jason Klassen", "Susan Klassen", "Klassen, Jason and Susan"]
    rows = [{"name": name, **street} for name in names]
    others = [
        {"name": f"{a} {b}", "street": f"{at} Main Road", "city": "Hilltown",
         "phone": f"+44 20 7946 05{at:02}"}
        for at, (a, b) in enumerate(zip("Ann Bob Cleo Dan Eva".split() * 8,
                                        "Roe Poe Doe Loe Moe Noe Zoe Foe".split() * 5, strict=True))
    ]  # fmt: skip
    found = ck.match([*rows, *others]).customer
    assert found[0] == found[1] == found[3] != found[2]


@given(name=st.text())
def test_no_text_is_a_couple_of_fewer_than_two(name: str) -> None:
    parts = both(name)
    assert not parts or name not in parts
    two = couple(name)
    assert two is None or all(two)


@pytest.mark.parametrize(
    ("full", "forms"),
    [
        ("السيدة/ علي عبد الرحمن محمود", ["علي", "عبدالرحمن", "محمود"]),
        ("علي عبدالرحمن", ["علي", "عبدالرحمن", None]),
        ("ا.أشرف ياسر محمد علي", ["أشرف", "ياسر", "محمد"]),
        ("سيف الدين حسن", ["سيف الدين", "حسن", None]),
    ],
)
def test_arabic_names_begin_with_the_same_two(full: str, forms: Sequence[str | None]) -> None:
    wanted = [name and loose(name).replace(" ", "") for name in forms]
    assert _parts(full) == wanted


@pytest.mark.parametrize(
    ("name", "written"), [("علي", "ali"), ("أحمد", "ahmed"), ("إسلام", "islam"), ("خالد", "khaled")]
)
def test_arabic_names_sound_as_they_are_written_in_latin_letters(name: str, written: str) -> None:
    assert sound(loose(name)) == sound(written)


@pytest.mark.parametrize("full", ["이창수", "이 창수", "이창수님", "이창수 씨"])
def test_korean_names_are_split_with_and_without_blank(full: str) -> None:
    assert _parts(full) == ["창수", "이", None]
    assert latin("이") == "lee"


@pytest.mark.parametrize("full", ["김*수", "김**", "张*伟"])
def test_what_is_masked_in_a_name_is_not_said(full: str) -> None:
    assert _parts(full) == [None, full[0], None]


@pytest.mark.parametrize("text", ["João", "Müller", "Łukasz", "Żółć", "Иван", "王伟", "Ünal’s"])
def test_text_decoded_wrongly_is_compared_as_it_was_meant(text: str) -> None:
    wrong = text.encode().decode("cp1252", "replace")
    if "\ufffd" not in wrong:
        assert decoded(wrong) == text
        assert role("given_name").form(wrong) == role("given_name").form(text)
    assert decoded(text) == text


@pytest.mark.parametrize(
    ("full", "wanted"),
    [
        ("ROE/JANEMRS", ("Jane", "Roe")),
        ("VAN DYKE/JO ANN MS", ("Jo Ann", "Van Dyke")),
        ("HASSAN/AMR", ("Amr", "Hassan")),
        ("ROE/JOHN DR", ("John", "Roe")),
        ("TBA/TBA MR", (None, None)),
        ("Jane/Joe Roe", (None, None)),
    ],
)
def test_names_on_tickets_have_the_family_name_first(
    full: str, wanted: tuple[str | None, str | None]
) -> None:
    assert split(full) == wanted


@pytest.mark.parametrize("name", ["The Occupier", "Householder", "TBA", "Current Resident"])
def test_letters_to_whoever_lives_there_name_nobody(name: str) -> None:
    *_, last = name.split()
    assert role("family_name").form(last) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme S.L.", "ACME"),
        ("Acme Pvt. Ltd.", "Acme Inc"),
        ("ООО Ромашка", "ромашка"),
        ("東京商事株式会社", "東京商事"),
        ("Müller GmbH & Co. KG", "Müller"),
    ],
)
def test_the_legal_form_of_a_company_stands_apart(one: str, other: str) -> None:
    names = [form and form.partition(" ")[0] for form in map(role("company").form, (one, other))]
    assert names[0] == names[1] is not None


def test_companies_of_one_name_are_alike_and_not_the_same() -> None:
    columns = {"company": ["Acme Ltd", "ACME LTD.", "Acme GmbH", "Other Ltd"]}
    item = Comparisons(subjects(columns, 4))["company"]
    pairs = np.array([0, 0, 0]), np.array([1, 2, 3])
    levels = [item.names[level] for level in item.levels(pairs)]
    assert levels[0].startswith("same")
    assert levels[1:] == ["name", "different"]


@pytest.mark.parametrize("name", ["Inc", "Co", "AG", "有限公司"])
def test_a_legal_form_alone_stays(name: str) -> None:
    assert role("company").form(name)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("B. T. Roe", "Brian Roe", "initial"),
        ("ROE, B., M.", "Brian Roe", "initial"),
        ("Jo Roe", "Brian Roe", "different_rare"),
        ("Jonathan & Manon Roe", "Manon Roe", "different_rare"),
    ],
)
def test_initials_fit_and_the_second_of_a_couple_does_not(one: str, other: str, level: str) -> None:
    names = [one, other, *(f"Ann{at} Poe" for at in range(9))]
    item = Comparisons(subjects({"full_name": names}, len(names)))["given_name"]
    found = item.levels((np.array([0]), np.array([1])))
    assert item.names[found[0]] == level


_WORDS = st.sampled_from(
    "Jane ROE roe O'Neil Zoë de la Ltd & and y Y Q. Q M. Dr MD Jr Test Smith Ng X Ivanovich Петр "
    "王 Familie Ñuñez LÓPEZ lópez aaa unknown no name Deceased (x) Sarl Anne-Marie".split()
)


@example(words=["Jane", "Q.", "Ivanovich"])
@given(words=st.lists(_WORDS, min_size=1, max_size=4))
def test_the_quick_way_takes_names_apart_as_the_careful_way_does(words: list[str]) -> None:
    full = " ".join(words)
    assert plainly(full) in (None, split_with_care(full))


@given(given=st.sampled_from("Jane JANE jane Zoë".split()), family=st.sampled_from(["Roe", "ROE"]))
def test_most_names_go_the_quick_way(given: str, family: str) -> None:
    assert (plainly(f"{given} {family}") is None) == (given.isupper() != family.isupper())
