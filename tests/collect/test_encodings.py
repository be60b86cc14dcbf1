"""Text of every encoding is read back as it was, or refused; never silently wrong."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from customerkit.collect.formats import open_source
from customerkit.collect.formats.encoding import tell
from customerkit.errors import EncodingError

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("CUSTOMERKIT_DATA", ROOT.parent / "shared" / "data"))
COUNTRIES = DATA / "values" / "address" / "opencage_testcases" / "countries"
WEST = "de fr es pt it at ch se no dk fi br mx ar nl be ca cl co pe"
WESTERN = (
    "François Lefèvre|Hélène Dupré|Benoît Côté|Anaïs Noël|Jürgen Groß|Käthe Schröder|Björn Weiß|"
    "José Muñoz|María Núñez|Ángel Peña|João Guimarães|Inês Simões|Søren Kjær|Åse Ødegård|"
    "Mårten Öhman|Þórður Jónsson|Sigríður Árnason|Niccolò Cantù|Daniël Crèvecoeur|JOSÉ IBÁÑEZ"
).split("|")
CHINESE = (
    "王伟|李静|张敏|刘洋|陈晓东|杨丽华|赵建国|黄文杰|周雨欣|吴志强|徐海燕|孙晓明|马超|朱红梅|"
    "北京市朝阳区建国路88号|上海市浦东新区世纪大道100号|广东省深圳市南山区科技园|杭州市西湖区文三路"
).split("|")
OTHERS = {
    "cp1250": "Łukasz Wójcik|Małgorzata Dąbrowska|Jiří Dvořák|Věra Černá|Győző Kőrösi",
    "iso8859-2": "Łukasz Wójcik|Żaneta Zając|Jiří Dvořák|Zdeněk Šťastný|Győző Kőrösi",
    "cp1254": "Ayşe Yılmaz|İbrahim Şahin|Çağlar Doğan|Gümüş Işık",
    "cp1257": "Jūratė Petrauskaitė|Žydrūnas Šimkus|Jānis Bērziņš|Līga Kalniņa",
    "cp1251": "Иван Петров|Мария Сидорова|Ольга Щербакова",
    "koi8-r": "Иван Петров|Мария Сидорова|Ольга Щербакова",
    "cp1253": "Γιώργος Παπαδόπουλος|Μαρία Νικολάου",
    "shift_jis": "田中太郎|佐藤花子|東京都千代田区",
    "euc_jp": "田中太郎|佐藤花子|渡辺健",
    "euc_kr": "김철수|이영희|서울특별시 강남구",
    "big5": "陳怡君|林志明|台北市中正區",
    "mac-roman": "François Lefèvre|Jürgen Groß|José Muñoz",
    "cp850": "François Lefèvre|Jürgen Groß|José Muñoz",
}


def table(names: Sequence[str]) -> str:
    rows = [f"{at},{name},a{at}@example.com\n" for at, name in enumerate(names)]
    return "id,name,email\n" + "".join(rows)


def names_of(path: Path) -> list[str]:
    chunks = open_source(path).chunks()
    return [str(name) for chunk in chunks for name in chunk.batch.column("name")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "cp1252"]
)
def test_text_is_read_back(tmp_path: Path, encoding: str) -> None:
    names = {"gb18030": CHINESE, "cp1252": WESTERN}.get(encoding, [*WESTERN, *CHINESE, "🎂", "Я"])
    path = tmp_path / "a.csv"
    path.write_bytes(table(names).encode(encoding))
    assert names_of(path) == names


@example(["\U00010300"])  # zeros in both halves of UTF-16
@given(
    st.lists(
        st.text(
            st.characters(codec="utf-8", min_codepoint=32, exclude_characters="\ufffd"), min_size=1
        ),
        min_size=1,
    )
)
def test_unicode_is_read_back_or_kept_apart(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    path = tmp_path_factory.mktemp("unicode") / "a.csv"
    names = ["A" + re.sub(r'[",\r\n]', "", name) for name in names]
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be"):
        path.write_bytes(table(names).encode(encoding))
        assert names_of(path) == names


@given(st.lists(st.sampled_from(WESTERN), min_size=1, max_size=40))
def test_cp1252_is_right_or_refused(names: list[str]) -> None:
    found = tell(table(names).encode("cp1252"))
    assert found in ("cp1252", None)
    if len(set(names)) > 12:
        assert found == "cp1252"


@given(st.lists(st.sampled_from(CHINESE), min_size=1, max_size=40))
def test_gbk_is_right_or_refused(names: list[str]) -> None:
    found = tell(table(names).encode("gbk"))
    assert found in ("gb18030", None)
    if len(set(names)) > 5:
        assert found == "gb18030"


@pytest.mark.parametrize("encoding", sorted(OTHERS))
@given(data=st.data())
def test_other_encodings_are_refused(encoding: str, data: st.DataObject) -> None:
    names = OTHERS[encoding].split("|")
    picked = data.draw(st.permutations(names))
    found = tell(table(picked * 3).encode(encoding))
    assert found is None


def test_a_user_may_say_which(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    names = OTHERS["cp1251"].split("|")
    path.write_bytes(table(names).encode("cp1251"))
    with pytest.raises(EncodingError, match="encoding='utf-8'"):
        open_source(path)
    source = open_source(path, encoding="cp1251")
    assert source.encoding == "cp1251"
    assert [row["name"] for chunk in source.chunks() for row in chunk.batch.dicts()] == names
    with pytest.raises(EncodingError, match="no encoding is called 'klingon'"):
        open_source(path, encoding="klingon")


# ── confusion over real addresses ────────────────────────────────────────────


def addresses(countries: str, encoding: str) -> list[str]:
    if not COUNTRIES.exists():
        pytest.skip(f"the addresses are not here: {COUNTRIES}")
    found = []
    for country in countries.split():
        text = (COUNTRIES / f"{country}.yaml").read_text("utf-8")
        found += re.findall(r"^\s+\w+: *(.+)$", text, re.MULTILINE)
    return [value for value in found if not value.isascii() and _fits(value, encoding)]


def _fits(value: str, encoding: str) -> bool:
    try:
        value.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def confusion(values: Sequence[str], encoding: str, rows: int) -> Counter[str]:
    pick = random.Random(3)
    found: Counter[str] = Counter()
    for _ in range(100):
        data = table([pick.choice(values).replace(",", "") for _ in range(rows)]).encode(encoding)
        told = tell(data)
        if told is None:
            found["refused"] += 1
        else:
            right = data.decode(told, "replace") == data.decode(encoding)
            found["right" if right else "wrong"] += 1
    return found


@pytest.mark.parametrize("rows", [1, 5, 50])
def test_western_addresses(rows: int) -> None:
    found = confusion(addresses(WEST, "cp1252"), "cp1252", rows)
    assert found["wrong"] == 0
    assert found["right"] >= {1: 60, 5: 75, 50: 98}[rows]


@pytest.mark.parametrize("rows", [1, 5, 50])
def test_chinese_addresses(rows: int) -> None:
    found = confusion(addresses("cn", "gbk"), "gbk", rows)
    assert found["wrong"] == 0
    assert found["right"] >= 95


@pytest.mark.parametrize(("rows", "most"), [(1, 15), (5, 15), (50, 2)])
def test_central_european_addresses_are_hardly_ever_taken_for_western(rows: int, most: int) -> None:
    found = confusion(addresses("pl cz hu ro hr sk si", "cp1250"), "cp1250", rows)
    assert found["wrong"] <= most
