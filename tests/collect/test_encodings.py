"""Text of every encoding is read back as it was, or refused; never silently wrong."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from customerkit.collect.formats import open_source
from customerkit.collect.formats.encoding import contradicts, tell
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
OTHERS = {  # told as well; each by the name under which Python knows it best
    "cp1250": "Łukasz Wójcik|Małgorzata Dąbrowska|Jiří Dvořák|Věra Černá|Győző Kőrösi",
    "iso8859-2": "Łukasz Wójcik|Żaneta Zając|Jiří Dvořák|Zdeněk Šťastný|Győző Kőrösi",
    "cp1254": "Ayşe Yılmaz|İbrahim Şahin|Çağlar Doğan|Gümüş Işık",
    "cp1257": "Jūratė Petrauskaitė|Žydrūnas Šimkus|Jānis Bērziņš|Līga Kalniņa",
    "cp1251": "Иван Петров|Мария Сидорова|Ольга Щербакова|Екатеринбург|Москва",
    "koi8-r": "Иван Петров|Мария Сидорова|Ольга Щербакова|Екатеринбург|Москва",
    "cp1253": "Γιώργος Γεωργίου|Δημήτρης Αντωνίου|Ελένη Οικονόμου|Θεσσαλονίκη|Βόλος",
    "cp1255": "יעל כהן|משה לוי|תל אביב|אברהם מזרחי|ירושלים",
    "cp1256": "محمد الأحمد|فاطمة حسين|القاهرة|شارع الجمهورية",
    "cp874": "สมชาย ใจดี|มาลี ทองสุข|กรุงเทพมหานคร|เชียงใหม่",
    "cp866": "Иван Петров|Мария Сидорова|Ольга Щербакова|Екатеринбург|Москва",
    "cp852": "Łukasz Wójcik|Małgorzata Dąbrowska|Jiří Dvořák|Věra Černá",
    "cp932": "田中太郎|佐藤花子|東京都千代田区|ソニア・ポール|ﾀﾅｶ ﾀﾛｳ",
    "euc_jp": "田中太郎|佐藤花子|渡辺健",
    "cp949": "김철수|이영희|서울특별시 강남구",
    "big5hkscs": "陳怡君|林志明|台北市中正區|許功蓋",
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
def test_unicode_is_read_back_or_refused(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    path = tmp_path_factory.mktemp("unicode") / "a.csv"
    names = ["A" + re.sub(r'[",\r\n]', "", name) for name in names]
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be"):
        path.write_bytes(table(names).encode(encoding))
        try:
            assert names_of(path) == names
        except EncodingError:  # without a mark another encoding may explain few letters as well
            assert encoding == "utf-8"


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


@pytest.mark.parametrize("case", [str, str.upper, str.lower])
@pytest.mark.parametrize("encoding", sorted(OTHERS))
@given(data=st.data())
def test_other_encodings_are_told(
    encoding: str, case: Callable[[str], str], data: st.DataObject
) -> None:
    names = [case(name) for name in OTHERS[encoding].split("|")]
    picked = data.draw(st.permutations(names))
    block = table(picked * 3).encode(encoding, "ignore")
    found = tell(block)
    assert found is not None
    assert block.decode(found) == block.decode(encoding)


@pytest.mark.parametrize("encoding", sorted(OTHERS))
@given(data=st.data())
def test_other_encodings_are_right_or_refused(encoding: str, data: st.DataObject) -> None:
    names = OTHERS[encoding].split("|")
    block = table(data.draw(st.lists(st.sampled_from(names), min_size=1))).encode(encoding)
    found = tell(block)
    assert found is None or block.decode(found) == block.decode(encoding)


@pytest.mark.parametrize("encoding", sorted(OTHERS))
def test_other_encodings_are_read_back(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    names = OTHERS[encoding].split("|")
    path.write_bytes(table(names * 3).encode(encoding))
    assert names_of(path) == names * 3


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Ян"),
        ("cp1250", "Žižka"),
        ("cp1250", "Novák"),
        ("cp1253", "Άννα"),
        ("cp1255", "דוד"),
        ("cp1257", "Jānis"),
        ("cp950", "陳"),
        ("gb18030", "王"),
        ("johab", "김철수|이영희|서울특별시"),  # not among the encodings that are told
        ("cp1252", "20€|30€"),
    ],
)
def test_little_evidence_is_refused(encoding: str, text: str) -> None:
    assert tell(("name\n" + text.replace("|", "\n") + "\n").encode(encoding)) is None


@pytest.mark.parametrize("delimiter", ",;\t|")
@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp932", ["表 健一", "ソニー 花子", "能登 太郎", "十河 美咲", "欺 ミ"]),
        ("big5hkscs", ["許功蓋", "育琪 林", "廖志豪", "程怡君"]),
        ("gb18030", ["李伟", "張\\伟", "王芳", "刘洋|", "陈晓东", "杨丽华"]),
        ("cp949", ["김철수", "이영희", "박민준", "똠방각하"]),
    ],
)
def test_second_bytes_that_look_like_signs(
    tmp_path: Path, encoding: str, names: list[str], delimiter: str
) -> None:
    names = [name.replace("|", "") for name in names] * 3
    path = tmp_path / "a.csv"
    path.write_bytes(table(names).replace(",", delimiter).encode(encoding))
    source = open_source(path)
    assert source.encoding == encoding
    assert names_of(path) == names


def test_a_letter_that_comes_late_is_seen() -> None:
    """Up to it, cp1253 and ISO 8859-7 read the text alike."""
    names = ["Γιώργος Νικολάου", "Μαρία Δημητρίου", "Ελένη Ξενάκη"] * 500
    names = [f"{name} {at:o}" for at, name in enumerate(names)]
    block = table([*names, "Άννα Βλάχου", "Άγγελος Οικονόμου", "Άρης Άνω"]).encode("iso8859-7")
    found = tell(block)
    assert found is None or block.decode(found) == block.decode("iso8859-7")


def test_words_that_happen_to_be_utf8() -> None:
    people = ["Łukasz Wójcik", "Małgorzata Dąbrowska", "RÓŻA ZAJĄC", "Paweł Głąb", "Łódź"]
    block = table([*people, *["MĘŻCZYZNA"] * 400]).encode("cp1250")
    assert tell(block) == "cp1250"
    assert not contradicts(block, "cp1250")
    assert contradicts(block + "Małgorzata\n".encode(), "cp1250")
    assert tell(b"sex\n" + "MĘŻCZYZNA\n".encode("cp1250") * 50) is None


@pytest.mark.parametrize("encoding", sorted(set(OTHERS) - {"big5hkscs", "cp932", "cp949"}))
def test_a_later_block_in_utf8_contradicts(encoding: str) -> None:
    text = table(OTHERS[encoding].split("|") * 3)
    assert not contradicts(text.encode(encoding), encoding)
    assert contradicts(text.encode(), encoding)


def test_a_user_may_say_which(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    names = ["Ян"]
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


@pytest.mark.parametrize("rows", [1, 5, 50])
def test_central_european_addresses(rows: int) -> None:
    found = confusion(addresses("pl cz hu ro hr sk si", "cp1250"), "cp1250", rows)
    assert found["wrong"] == 0
    assert found["right"] >= {1: 60, 5: 85, 50: 98}[rows]


@pytest.mark.parametrize(
    ("country", "encoding"),
    [("tr", "cp1254"), ("eg", "cp1256"), ("kr", "cp949"), ("jp", "cp932"), ("jp", "euc_jp")],
)
def test_addresses_of_other_countries(country: str, encoding: str) -> None:
    values = addresses(country, encoding)
    assert confusion(values, encoding, 1)["wrong"] == 0
    assert confusion(values, encoding, 50)["right"] >= 98


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("£5.00,£25.00,£100.00", "cp1252"),
        ("5€,17€,99€", "cp1252"),
        ("€5,€17,€99", "cp1251"),
        ("£5,£25,£7", "cp850"),
        ("Renée,£5\nJo,£7\nSiân,£9", "cp1252"),
        ("Jürgen,€5\nGroß,€7\nKäthe,€9", "mac-roman"),
        ("Łódź,1\nŻak,2\nŁ5,3\nŁ7,4\nŁ9,5\nDąbrówka,6", "cp1250"),
    ],
)
def test_a_byte_before_numbers_is_the_sign_of_a_currency(text: str, encoding: str) -> None:
    told = tell(text.encode(encoding))
    assert told is not None
    assert text.encode(encoding).decode(told) == text


@pytest.mark.parametrize("text", ["£5", "¤5,¤17,¤99", "¶5,¶17,¶99"])
def test_other_bytes_before_numbers_tell_nothing(text: str) -> None:
    assert tell(text.encode("cp1252")) is None


def test_a_sign_that_is_two_currencies_tells_nothing() -> None:
    assert tell("₪5,₪17,₪99".encode("cp1255")) is None
