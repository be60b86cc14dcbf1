"""Personal names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerkit.roles import role
from customerkit.roles._compatible import compatible, known_as, said_as
from customerkit.roles._nicknames import nickname_pairs
from customerkit.roles.full_name import split
from customerkit.roles.name import fold


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("  Jane ", "Jane"),
        ("JANE", "Jane"),
        ("jane", "Jane"),
        ("JaNe", "JaNe"),
        ("DiCaprio", "DiCaprio"),
        ("MCDONALD", "McDonald"),
        ("o'brien", "O'Brien"),
        ("D'ANGELO", "D'Angelo"),
        ("SMITH-JONES", "Smith-Jones"),
        ("VAN DER BERG", "van der Berg"),
        ("DE LA CRUZ", "de la Cruz"),
        ("VAN", "Van"),
        ("SMITH III", "Smith III"),
        ("Ｊａｎｅ", "Jane"),
        ("J.", "J."),
        ("ZOË", "Zoë"),
        ("ÅSA-MÄRTA", "Åsa-Märta"),
        ("王", "王"),
        ("欧阳", "欧阳"),
        ("山田　太郎", "山田 太郎"),
        ("ДЖЕЙН", "ДЖЕЙН"),
        ("Jane \u00a0 Ann", "Jane Ann"),
        ("MACEY", "Macey"),
        ("JD", "JD"),
        ("NG", "Ng"),
        ("TJ SMITH", "TJ Smith"),
    ],
)
def test_family_name_form(text: str, form: str) -> None:
    standard = role("family_name").standardise(text)
    assert (standard.value, standard.valid) == (form, True)


def test_full_name_never_begins_with_a_particle() -> None:
    assert role("full_name").standardise("VAN EXAMPLE").value == "Van Example"
    assert role("full_name").standardise("JANE VON EXAMPLE JR").value == "Jane von Example Jr"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Jane2", "name.digits"),
        ("jane@example.com", "name.at_sign"),
        ("test", "name.placeholder"),
        ("ASDF", "name.placeholder"),
        ("BABY GIRL B", "name.placeholder"),  # as hospitals call who has no name yet
        ("Customer", "name.placeholder"),
        ("xxx", "name.placeholder"),
        ("Test Test", "name.placeholder"),
        ("aaaa", "name.placeholder"),
        ("测试", "name.placeholder"),
        ("!!", "name.no_letters"),
    ],
)
def test_no_names(text: str, code: str) -> None:
    for name in ("given_name", "family_name", "full_name"):
        standard = role(name).standardise(text)
        assert (standard.value, standard.valid, standard.code) == (text, False, code)
        assert role(name).key(text) is None


def test_symbols_leave_validity_open() -> None:
    assert role("given_name").standardise("Jane?").valid is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Jane", "jane"),
        ("Zoë", "ZOE"),
        ("Jean-Luc", "Jean Luc"),
        ("Mary Ann", "MaryAnn"),
        ("J.", "Jane"),
        ("J", "J."),
        ("Bob", "Robert"),
        ("William", "Bill"),
        ("Katie", "Katherine"),
        ("Jane M.", "Jane"),
        ("J. M.", "Jane Mary"),
        ("Bob J", "Robert"),
        ("小明", "小明"),
        ("И.", "Иван"),
    ],
)
def test_compatible(a: str, b: str) -> None:
    assert compatible(a, b)
    assert compatible(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Paul", "Paula"),
        ("Eric", "Erica"),
        ("Jane", "Jana"),
        ("Jane", "John"),
        ("J.", "Mary"),
        ("Andrew", "Andrea"),
        ("Emily", "Emma"),
        ("小明", "小红"),
        ("小", "小明"),
        ("Mary", "Mary Ann"),
        ("Bob", "Bill"),
        (None, "Jane"),
        ("", "Jane"),
        (None, None),
        ("-", "Jane"),
        ("-", "?"),
    ],
)
def test_not_compatible(a: str | None, b: str | None) -> None:
    assert not compatible(a, b)
    assert not compatible(b, a)


def test_fold() -> None:
    assert fold("Ærø Łódź-O'Neil") == "aerolodzoneil"
    assert fold("Strauß") == "strauss"
    assert fold("が") != fold("か")
    assert fold("王 小明") == "王小明"


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Smith, Jane", ("Jane", "Smith")),
        ("Jane Smith", ("Jane", "Smith")),
        ("JANE SMITH", ("Jane", "Smith")),
        ("SMITH Jane", ("Jane", "Smith")),
        ("Dr Jane van der Berg Jr.", ("Jane", "van der Berg")),
        ("Mr. J. Smith", ("J.", "Smith")),
        ("Jane M. Smith", ("Jane M.", "Smith")),
        ("Smith, Jane Mary", ("Jane Mary", "Smith")),
        ("Smith, Jane, PhD", ("Jane", "Smith")),
        ("Jane Smith, Jr.", ("Jane", "Smith")),
        ("van der Berg, Jane", ("Jane", "van der Berg")),
        ("Berg, Jane van der", ("Jane", "van der Berg")),
        ("Prof. Dr. Jane Smith", ("Jane", "Smith")),
        ("王小明", ("小明", "王")),
        ("欧阳小明", ("小明", "欧阳")),
        ("王 小明", ("小明", "王")),
        ("王明", ("明", "王")),
        ("王小明先生", ("小明", "王")),
        ("Jane", (None, None)),
        ("", (None, None)),
        ("test", (None, None)),
        ("Jane Mary Smith", (None, None)),
        ("Jane & Joe Smith", (None, None)),
        ("Jane and Joe Smith", (None, None)),
        ("Jane S.", (None, None)),
        ("山田太郎", (None, None)),
        ("Mr Smith", (None, None)),
        ("Acme, Inc, London", (None, None)),
        ("Jane Smith, trustee", (None, None)),
    ],
)
def test_split(full: str, parts: tuple[str | None, str | None]) -> None:
    assert split(full) == parts


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("İBRAHİM", "İbrahim"),
        ("IŞIK", "IŞIK"),
        ("YILDIRIM ŞAHİN", "YILDIRIM ŞAHİN"),
        ("N'GOLO", "N'Golo"),
        ("AJ", "AJ"),
        ("JRR", "JRR"),
        ("Nguyễn", "Nguyễn"),
        ("Ιωάννης", "Ιωάννης"),
        ("محمد", "محمد"),
        ("MacDonald", "MacDonald"),
    ],
)
def test_what_cannot_be_known_stays(text: str, form: str) -> None:
    assert role("given_name").standardise(text).value == form


@pytest.mark.parametrize("text", ["ACME LTD", "IBM UK Ltd.", "Doe & Co GmbH", "上海贸易有限公司"])
def test_a_companys_name_is_told_and_left_as_it_is(text: str) -> None:
    found = role("full_name").standardise(text)
    assert (found.value, found.valid, found.code) == (text, None, "name.company")
    assert split(text) == (None, None)


def test_a_short_full_name_in_capitals_stays() -> None:
    assert role("full_name").standardise("IBM").value == "IBM"


@pytest.mark.parametrize(
    "full", ["Van Helsing", "St John", "김 철수", "ヤマダ タロウ", "Nguyễn Văn"]
)
def test_what_may_begin_with_the_family_name_is_not_split(full: str) -> None:
    assert split(full) == (None, None)


NAMES = [
    *("Jane", "J.", "Jane M.", "Bob", "Robert", "Rob", "John", "Paul", "Paula"),
    *("Jean-Luc", "Jean Luc", "王小明", "Zoë", "Zoe", "Steph", "Stephanie", "R."),
]


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_a_remembered_name_meets_the_compatible_ones(one: str, other: str) -> None:
    met = not known_as(one).isdisjoint(said_as(other))
    if compatible(one, other):
        assert met
    elif met:
        assert {one, other} <= {"Jean-Luc", "Jean Luc"}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Robert", "Bob"),
        ("José", "PEPE"),
        ("Małgorzata", "Gosia"),
        ("Jiří", "Jirka"),
        ("Сергей", "Серёжа"),
        ("Κωνσταντίνος", "Κώστας"),
        ("Johannes", "Hans"),
    ],
)
def test_short_names_of_many_languages_are_known_as_they_are_compared(
    name: str, short: str
) -> None:
    form = role("given_name").form
    assert (form(name), form(short)) in nickname_pairs()
    assert compatible(name, short)


def test_no_name_is_its_own_nickname() -> None:
    assert all(name and nick and name != nick for name, nick in nickname_pairs())


@pytest.mark.parametrize("text", ["N/A N/A", "none none", "Donald Duck", "test none"])
def test_names_made_of_what_says_nothing_are_none(text: str) -> None:
    assert role("full_name").form(text) is None
    assert role("family_name").form("None") == "none"


@pytest.mark.parametrize(
    ("said", "form"),
    [("S0phia", "sophia"), ("TA8ITHA", "tabitha"), ("8rown", "brown"), ("Aaron697", "aaron697"),
     ("Shop 12", "shop 12")],
)  # fmt: skip
def test_digits_that_a_machine_read_for_letters(said: str, form: str) -> None:
    assert role("given_name").form(said) == form


def test_contractions_of_old_papers_are_short_forms() -> None:
    assert {("william", "wm"), ("charles", "chas"), ("john", "jno")} <= nickname_pairs()


@pytest.mark.parametrize(
    ("said", "form"),
    [
        ("คุณอภิดา", "อภิดา"),
        ("นายมานพ", "มานพ"),
        ("น.ส. อภิดา", "อภิดา"),
        ("นาย", "นาย"),
        ("Nai", "nai"),
    ],
)
def test_titles_glued_before_thai_names(said: str, form: str) -> None:
    assert role("given_name").form(said) == role("given_name").form(form)
