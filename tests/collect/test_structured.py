"""JSON, Excel, Parquet, frames and rows: what they hold, as text, row by row."""

from __future__ import annotations

import dataclasses
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import customerkit as ck
from customerkit.cli import main
from customerkit.collect.formats import LIMITS, Limits, open_source
from customerkit.collect.formats.json_window import Window
from customerkit.errors import EmptySourceError, LimitError, SourceError
from customerkit.model.values import as_text

Rows = list[dict[str, Any]]


def rows_of(source: Any, **options: Any) -> Rows:
    return [row for chunk in open_source(source, **options).chunks() for row in chunk.batch.dicts()]


# ── JSON ─────────────────────────────────────────────────────────────────────

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(0, 1),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(JSON, max_size=5), st.integers(1, 12), st.sampled_from([None, 1]))
def test_a_window_reads_what_json_reads(values: list[Any], size: int, indent: int | None) -> None:
    text = json.dumps(values, indent=indent)
    pieces = (text[at : at + size] for at in range(0, len(text), size))
    window = Window(pieces, "x.json", 10_000)
    found = [value for _, value in window.elements()]
    assert found == json.loads(text, parse_int=str, parse_float=str)
    assert window.peek() == ""


def test_json_numbers_keep_their_text_and_objects_become_flat(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        '[{"id": 1.50, "big": 12345678901234567890, "at": {"city": "Rome"}, "tags": ["a"],'
        ' "ok": true, "none": null, "nan": NaN}]'
    )
    (row,) = rows_of(path)
    assert row == {
        "id": "1.50",
        "big": "12345678901234567890",
        "at.city": "Rome",
        "tags": '["a"]',
        "ok": "true",
        "none": None,
        "nan": None,
    }


@pytest.mark.parametrize(
    "text",
    [
        '[{"a": "1"}, {"a": "2", "b": "3"}]',
        '{"next": null, "people": [{"a": "1"}, {"a": "2", "b": "3"}], "tags": ["x"]}',
        '{"a": "1"}\n{"a": "2", "b": "3"}\n',
        '\n[\n{"a": "1"}\n,{"a": "2", "b": "3"}]\n\n',
    ],
)
def test_ways_to_list_objects(tmp_path: Path, text: str) -> None:
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        path = tmp_path / "a.json"
        path.write_bytes(data)
        assert rows_of(path) == [{"a": "1", "b": None}, {"a": "2", "b": "3"}]


def test_one_object_is_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"name": "Jane", "tags": ["x"], "none": []}')
    assert rows_of(path) == [{"name": "Jane", "tags": '["x"]', "none": None}]


def test_json_lines_in_gbk(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"姓名": "李伟"}\n'.encode("gbk"))
    assert rows_of(path, encoding="gbk") == [{"姓名": "李伟"}]


def test_a_json_value_has_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[\n{"a": "' + "x" * 3_000_000 + '"}]')
    with pytest.raises(LimitError, match=r"more than 16,000 characters \(line 2\)"):
        open_source(path, limits=Limits(cell=1000))


def test_names_that_must_be_changed_lose_no_values(tmp_path: Path) -> None:
    rows = [{" name ": "Jane", "name": "Doe", 5: "x"}]
    assert rows_of(rows) == [{"name": "Jane", "name (2)": "Doe", "5": "x"}]
    path = tmp_path / "a.json"
    path.write_text('[{" name ": "Jane", "name": "Doe"}]')
    assert rows_of(path) == [{"name": "Jane", "name (2)": "Doe"}]


# ── Excel ────────────────────────────────────────────────────────────────────


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("defusedxml")

    def make(*sheets: list[list[Any]], formats: dict[str, str] | None = None) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for number, rows in enumerate(sheets, 1):
            sheet = book.create_sheet(f"s{number}")
            for row in rows:
                sheet.append(row)
            for cell, number_format in (formats or {}).items():
                sheet[cell].number_format = number_format
        path = tmp_path / "a.xlsx"
        book.save(path)
        return path

    return make


def test_excel_cells_as_people_see_them(workbook: Any) -> None:
    path = workbook(
        [
            ["id", "zip", "amount", "born", "seen", "ok", "bad", "text", "none", "at", "long"],
            [
                17850.0,
                1234,
                0.1 + 0.2,
                date(1990, 2, 3),
                datetime(2024, 1, 5, 13, 30),  # noqa: DTZ001 - a workbook knows no zones
                True,
                "#N/A",
                " x ",
                "",
                time(9, 30),
                123456789012345678,
            ],
        ],
        formats={"B2": "00000"},
    )
    (row,) = rows_of(path)
    assert row == {
        "id": "17850",
        "zip": "01234",
        "amount": "0.3",
        "born": "1990-02-03",
        "seen": "2024-01-05T13:30:00",
        "ok": "true",
        "bad": None,
        "text": " x ",
        "none": None,
        "at": "09:30:00",
        "long": "123456789012346000",  # a spreadsheet keeps 15 figures
    }


def test_excel_takes_the_first_sheet_with_rows_below_its_title(workbook: Any) -> None:
    path = workbook(
        [],
        [["only a title"]],
        [
            ["Customers of May", None, None],
            [],
            ["name", "email", None],
            ["Jane", "jane@example.com", None],
            [None, None, None],
            ["Bo", None, "too wide"],
            ["Ed", None, None],
            ["Total", None, None],
        ],
        [["name"], ["other"]],
    )
    source = open_source(path)
    assert (source.sheet, source.preamble, source.columns) == (
        "s3",
        2,
        ("name", "email", "column 3"),
    )
    assert any("'s4'" in note for note in source.notes)
    (chunk,) = source.chunks()
    assert [row["name"] for row in chunk.batch.dicts()] == ["Jane", "Bo", "Ed"]
    assert list(chunk.lines()) == [4, 6, 7]
    assert [(t.line, t.code) for t in chunk.troubles] == [(8, "row.total")]
    assert rows_of(path, sheet="s4") == [{"name": "other"}]
    with pytest.raises(SourceError, match="no sheet 'x'; it has 's1'"):
        open_source(path, sheet="x")
    with pytest.raises(EmptySourceError, match="holds no rows"):
        open_source(path, sheet="s1")


def test_rows_wider_than_the_look_at_the_beginning(workbook: Any) -> None:
    rows: list[list[Any]] = [["name"], *([f"n{at}"] for at in range(600)), ["x", "y"]]
    (chunk,) = open_source(workbook(rows)).chunks()
    assert len(chunk.batch) == 600
    assert [(t.line, t.code) for t in chunk.troubles] == [(602, "row.ragged")]


BROKEN: dict[str, tuple[bytes, str]] = {
    "noise": (b"nonsense" * 99, "no Excel workbook"),
    "encrypted": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "protected by a password"),
    "cut": (b"PK\x03\x04" + bytes(99), "no Excel workbook"),
}


@pytest.mark.parametrize("kind", sorted(BROKEN))
def test_broken_workbooks(tmp_path: Path, kind: str) -> None:
    pytest.importorskip("openpyxl")
    content, words = BROKEN[kind]
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=words):
        open_source(path)
    result = CliRunner().invoke(main, ["collect", "-b", str(tmp_path / "c.db"), str(path)])
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(SourceError, match="no Excel workbook"):
        open_source(path)


def test_zip_bombs_are_refused_before_they_unpack(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(70_000_000))
    with pytest.raises(LimitError, match="would unpack to 70,000,000 bytes"):
        open_source(path)
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20):
            archive.writestr(f"{number}.xml", "x")
    with pytest.raises(LimitError, match="in 20 parts"):
        open_source(path, limits=Limits(parts=19))


def test_entities_that_blow_up_are_refused(workbook: Any, tmp_path: Path) -> None:
    good = workbook([["name"], ["Jane"]])
    bad = tmp_path / "b.xlsx"
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w") as new:
        for part in old.namelist():
            text = old.read(part).decode()
            new.writestr(part, bomb + text if "sheet1" in part or "workbook.xml" in part else text)
    with pytest.raises(SourceError, match="no Excel workbook"):
        rows_of(bad)


# ── Parquet and frames ───────────────────────────────────────────────────────


def table() -> Any:
    pa = pytest.importorskip("pyarrow")
    return pa.table(
        {
            "text": pa.array(["Jane", " ", None]),
            "large": pa.array(["a", "", "b"], pa.large_string()),
            "dict": pa.array(["x", "y", "x"]).dictionary_encode(),
            "int": pa.array([1, None, 2**60]),
            "float": pa.array([1.0, float("nan"), 2.5]),
            "bool": pa.array([True, None, False]),
            "money": pa.array([Decimal("1.50"), None, Decimal("1000.00")]),
            "day": pa.array([date(2024, 1, 5), None, None]),
            "at": pa.array([1704445200123456789, None, None], pa.timestamp("ns", "UTC")),
            "list": pa.array([[1, 2], None, []]),
            "struct": pa.array([{"a": 1}, None, {"a": None}]),
            "bytes": pa.array([b"caf\xc3\xa9", None, b""]),
        }
    )


SAID = [
    {
        "text": "Jane",
        "large": "a",
        "dict": "x",
        "int": "1",
        "float": "1",
        "bool": "true",
        "money": "1.50",
        "day": "2024-01-05",
        "at": "2024-01-05T09:00:00.123456+00:00",
        "list": "[1, 2]",
        "struct": '{"a": 1}',
        "bytes": "café",
    },
    dict.fromkeys(
        ("text", "large", "int", "float", "bool", "money", "day", "at", "list", "struct", "bytes")
    )
    | {"dict": "y"},
    {
        "text": None,
        "large": "b",
        "dict": "x",
        "int": str(2**60),
        "float": "2.5",
        "bool": "false",
        "money": "1000.00",
        "day": None,
        "at": None,
        "list": None,
        "struct": '{"a": null}',
        "bytes": None,
    },
]


def test_arrow_columns_of_every_kind(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    pq.write_table(table(), path)
    assert rows_of(table()) == rows_of(path) == SAID


def test_parquet_is_read_in_batches(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": range(60_000)}), path)
    chunks = list(open_source(path).chunks())
    assert max(len(chunk.batch) for chunk in chunks) <= 25_000
    assert [chunk.positions[0] for chunk in chunks] == [1, 25_001, 50_001]


def test_broken_and_empty_parquet(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": pa.array([], pa.int64())}), path)
    with pytest.raises(EmptySourceError, match="holds no rows"):
        open_source(path)
    pq.write_table(pa.table({"name": ["Jane Doe " * 9, "Bo"] * 5000}), path, compression="none")
    data = bytearray(path.read_bytes())
    data[4:60] = bytes(56)
    path.write_bytes(data)
    with pytest.raises(SourceError, match="no Parquet file"):
        rows_of(path)
    path.write_bytes(b"PAR1" + bytes(99))
    result = CliRunner().invoke(main, ["collect", "-b", str(tmp_path / "c.db"), str(path)])
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)


def test_frames_with_text_no_store_can_keep() -> None:
    pa = pytest.importorskip("pyarrow")
    frame = pa.table({"name": ["Jane", "B\0o", "x" * (LIMITS.cell + 1)]})
    (chunk,) = open_source(frame).chunks()
    assert chunk.batch.column("name") == ["Jane"]
    assert [(t.position, t.code) for t in chunk.troubles] == [(2, "row.nul"), (3, "cell.too_long")]


def test_pandas_frames(tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(
        {
            "id": [1.0, float("nan")],
            "at": pd.to_datetime(["2024-01-05", None]),
            "kind": pd.Categorical(["a", "b"]),
            "flag": pd.array([True, None], dtype="boolean"),
        },
        index=[7, 9],
    )
    said = [
        {"id": "1", "at": "2024-01-05T00:00:00", "kind": "a", "flag": "true"},
        {"id": None, "at": None, "kind": "b", "flag": None},
    ]
    assert rows_of(frame) == said
    assert rows_of(frame.to_dict("records")) == said


# ── rows ─────────────────────────────────────────────────────────────────────


class Level(Enum):
    GOLD = "gold"


@attrs.define
class Person:
    name: str
    level: Level


@dataclasses.dataclass
class Contact:
    name: str
    level: Level


def test_rows_of_any_kind() -> None:
    for row in ({"name": "Jane", "level": "gold"}, Person("Jane", Level.GOLD)):
        assert rows_of([row]) == [{"name": "Jane", "level": "gold"}]
    assert rows_of(iter([Contact("Jane", Level.GOLD)])) == [{"name": "Jane", "level": "gold"}]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", None),
        ("\u3000", None),
        (True, "true"),
        (17850.0, "17850"),
        (2.5, "2.5"),
        (float("nan"), None),
        (Decimal("1E+3"), "1000"),
        (Decimal("NaN"), None),
        (date(2024, 1, 5), "2024-01-05"),
        (datetime(2024, 1, 5, 9, tzinfo=UTC), "2024-01-05T09:00:00+00:00"),
        (time(9, 30), "09:30:00"),
        (Level.GOLD, "gold"),
        (b"caf\xc3\xa9\xff", "café\\xff"),
        ({"b", "a"}, '["a", "b"]'),
        ([], None),
    ],
)
def test_values_as_text(value: Any, text: str | None) -> None:
    assert as_text(value) == text


def test_values_of_numpy_and_pandas_as_text() -> None:
    np, pd = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    assert as_text(np.float64(3.0)) == "3"
    assert as_text(np.bool_(True)) == "true"
    assert as_text(np.array([1, 2])) == "[1, 2]"
    assert as_text(np.datetime64("2024-01-05", "ns")) == "2024-01-05T00:00:00.000000000"
    assert [as_text(value) for value in (pd.NaT, pd.NA, np.datetime64("NaT", "ns"))] == [None] * 3


def test_rows_that_are_none() -> None:
    with pytest.raises(SourceError, match="row 2 cannot be read: a row is a tuple"):
        open_source([{"name": "x"}, ("y",)])
    with pytest.raises(EmptySourceError, match="no rows"):
        open_source([])
    with pytest.raises(EmptySourceError, match="no rows"):
        open_source(iter(()))


def test_columns_that_come_late_in_an_iterator_are_not_lost() -> None:
    rows = ({"name": f"Ann {at}"} | ({"x": "1"} if at == 10_005 else {}) for at in range(10_010))
    base = ck.open("memory:")
    found = base.collect(rows, channel="x")
    assert (found.records, found.quarantined) == (10_009, 1)
    (bad,) = base.quarantine()
    assert (bad["code"], bad["position"]) == ("row.new_column", 10_006)
    assert json.loads(bad["raw"]) == {"name": "Ann 10005", "x": "1"}


def test_an_iterator_is_read_once() -> None:
    source = open_source(iter([{"name": "Jane"}]))
    assert source.sample() == {"name": ["Jane"]}
    assert len(list(source.chunks())) == 1
    with pytest.raises(SourceError, match="only once"):
        source.chunks()
