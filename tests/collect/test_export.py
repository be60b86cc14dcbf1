"""What is exported is safe in spreadsheets and comes back as it was."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

import customerkit as ck
from customerkit.cli import main
from customerkit.collect.escape import escape_formula, unescape_formula, unguarded
from customerkit.collect.formats import open_source
from customerkit.errors import InputError, LimitError, SourceError

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0")
    | st.sampled_from("=+-@'\"\t\r\n＝＋－＠_x0Dab ,;01"),
    min_size=1,
    max_size=12,
)
FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1+1",
    "＠A1",
    " =1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_escaped(text: str) -> None:
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12.5", "+442079460000", "a=1", "it's", "", "O'Neil", "1,5"])
def test_plain_text_is_not(text: str) -> None:
    assert escape_formula(text) == text


@given(TEXTS)
@example("''0123")
@example("'=1")
@example('="1"')
def test_escaping_is_undone(text: str) -> None:
    assert unescape_formula(escape_formula(text)) == text
    assert unguarded(escape_formula(text)) == text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exports")


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "jsonl", "xlsx", "parquet"])
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
@example(rows=[("a\r", "=\x0b"), ("_x000D_", "\ufeff")])
def test_an_export_comes_back(folder: Path, ending: str, rows: list[tuple[str, str]]) -> None:
    if ending == "xlsx":
        pytest.importorskip("openpyxl")
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    said = [{"city": city, "notes": notes, "name": "Ann"} for city, notes in rows]
    base = ck.open("memory:")
    base.collect(said, channel="x", mapping={"city": "city", "notes": "notes"})
    path = folder / f"out.{ending}"
    assert base.export(path, "records") == len(rows)
    found = [row for chunk in open_source(path).chunks() for row in chunk.batch.dicts()]
    columns = ("city", "notes", "full_name")
    expected = [(blank(city), blank(notes), "Ann") for city, notes in rows]
    assert [tuple(row.get(name) for name in columns) for row in found] == expected


def blank(text: str) -> str | None:
    return None if text.isspace() else text


def test_exported_customers_are_collected_as_they_were(tmp_path: Path) -> None:
    base = ck.open("memory:")
    rows = [
        {"name": "=cmd()", "email": "ann@example.com", "phone": "+442079460000", "city": "Leeds"},
        {"name": "王伟", "email": "wang@example.com", "notes": 'two\nlines, "quoted" \'n more'},
    ]
    base.collect(rows, channel="crm")
    base.clean()
    path = tmp_path / "out.csv"
    base.export(path)
    assert "'=cmd()" in path.read_text("utf-8")
    other = ck.open("memory:")
    found = other.collect(path, channel="copy")
    assert found.quarantined == 0
    other.clean()
    kept = ("full_name", "email", "phone", "city", "notes")
    both = [[{k: row.get(k) for k in kept} for row in b.customers()] for b in (base, other)]
    assert both[0] == both[1]


def test_a_workbook_holds_text_and_no_formulas(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    base = ck.open("memory:")
    base.collect([{"name": "=1+1", "notes": "a\x0bb"}], channel="x")
    base.export(tmp_path / "out.xlsx", "records")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    kinds: dict[str, Any] = {str(cell.value): cell.data_type for cell in sheet[2] if cell.value}
    assert kinds["'=1+1"] == "s"
    assert "f" not in kinds.values()


def test_what_a_workbook_cannot_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openpyxl")
    base = ck.open("memory:")
    base.collect([{"name": "x", "notes": "y" * 40_000}] * 3, channel="x")
    with pytest.raises(LimitError, match="32,767 characters"):
        base.export(tmp_path / "out.xlsx", "records")
    monkeypatch.setattr("customerkit.export.CELL_LENGTH", 99_999)
    monkeypatch.setattr("customerkit.export.SHEET_ROWS", 3)
    with pytest.raises(LimitError, match="2 rows at most"):
        base.export(tmp_path / "out.xlsx", "records")
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    base = ck.open(str(tmp_path / "c.db"))
    base.collect([{"name": "Ann"}], channel="x")
    (tmp_path / "a.csv").mkdir()
    for path, error, words in (
        (tmp_path / "none" / "a.csv", SourceError, "does not exist"),
        (tmp_path / "a.csv", SourceError, "cannot be written"),
        (tmp_path / "a.odt", InputError, "known endings"),
    ):
        with pytest.raises(error, match=words):
            base.export(path, "records")
        result = CliRunner().invoke(main, ["export", "-b", str(tmp_path / "c.db"), str(path)])
        assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
    with pytest.raises(InputError, match="cannot export 'shoes'"):
        base.export(tmp_path / "b.csv", "shoes")
    assert not list(tmp_path.glob("*.partial"))


def test_an_export_to_standard_output_is_csv(tmp_path: Path) -> None:
    base = ck.open(str(tmp_path / "c.db"))
    base.collect([{"name": "=1", "email": "a@example.com"}], channel="x")
    base.clean()
    base.close()
    result = CliRunner().invoke(main, ["export", "-b", str(tmp_path / "c.db"), "-"])
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert rows[0]["full_name"] == "'=1"
