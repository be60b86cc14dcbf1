"""Laws of delimited text: two parsers, any chunk borders, the right lines."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from customerkit.collect.formats import arrow_csv
from customerkit.collect.formats.delimited import Delimited, open_delimited

LETTERS = 'ab1,;"\n\r\t |\u3000\xa0\u2028é中\ufeff\0'
CELLS = st.text(st.sampled_from(LETTERS), max_size=6)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12)
TEXTS = st.text(st.sampled_from("ab,\"\n\r\0é '=1"), max_size=80)
Rows = list[tuple[int, int | None, tuple[str | None, ...]]]
Troubles = list[tuple[int, int | None, str, str]]


def opened(path: Path, data: bytes, *, block: int = 1 << 20, columnar: bool = False) -> Delimited:
    path.write_bytes(data)
    source = open_delimited(
        path, name=path.name, format="csv", encoding="utf-8", delimiter=",", columnar=columnar
    )
    source.block = block
    return source


def everything(source: Delimited) -> tuple[Rows, Troubles]:
    rows: Rows = []
    troubles: Troubles = []
    for chunk in source.chunks():
        lines = chunk.lines()
        for at, row in enumerate(chunk.batch.rows()):
            values = tuple(None if value is None else str(value) for value in row)
            rows.append((chunk.positions[at], lines[at], values))
        troubles += [(t.position, t.line, t.code, t.raw) for t in chunk.troubles]
    return rows, sorted(troubles)


def written(rows: list[list[str]], **options: Any) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, **options).writerows([["x1", "x2", "x3"], *rows])
    return out.getvalue().encode()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("laws") / "some.csv"


@given(ROWS, st.sampled_from(["\n", "\r\n"]), st.integers(1, 40))
def test_what_is_written_is_read(path: Path, rows: list[list[str]], end: str, block: int) -> None:
    rows = [[cell.replace("\0", "") for cell in row] for row in rows]
    found, troubles = everything(opened(path, written(rows, lineterminator=end), block=block))
    said = [tuple(None if not c or c.isspace() else c for c in row) for row in rows]
    assert [row for _, _, row in found] == said
    assert [position for position, _, _ in found] == list(range(1, len(rows) + 1))
    assert troubles == []


@given(TEXTS, st.integers(1, 30))
@example('a",\n"b\n', 3)
@example("\r\n\r\na,b,c\r\n", 2)
def test_chunk_borders_change_nothing(path: Path, text: str, block: int) -> None:
    data = b"x1,x2,x3\n" + text.encode()
    whole, small = opened(path, data), opened(path, data, block=block)
    assert everything(small) == everything(whole)


@given(TEXTS, st.integers(1, 30))
@example("\ufeffa,b,c\n", 30)
@example(" ,\u3000,c\n\na,b,\n", 9)
@example('"a","b",c"\n"a""",""," "\n', 30)
@example('"a"",b,c\na,b"",c\n"a"b,c,d\n', 30)
def test_both_parsers_give_the_same(path: Path, text: str, block: int) -> None:
    pytest.importorskip("pyarrow")
    data = b"x1,x2,x3\n" + text.encode()
    plain = opened(path, data, block=block)
    columnar = opened(path, data, block=block, columnar=True)
    assert everything(columnar) == everything(plain)


MARKED = st.text(st.sampled_from("ab1'=\",; +-\u3000é"), max_size=7)


@given(st.lists(st.tuples(MARKED, MARKED, MARKED), min_size=1, max_size=6), st.booleans())
def test_quotes_and_marks_are_read_as_columns(path: Path, rows: list[Any], every: bool) -> None:
    pytest.importorskip("pyarrow")
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL
    csv.writer(out, quoting=quoting, lineterminator="\n").writerows([["x1", "x2", "x3"], *rows])
    data = out.getvalue().encode()
    expected = everything(opened(path, data))
    block = data.partition(b"\n")[2]
    batch = arrow_csv.parse(block, ["x1", "x2", "x3"], ",", 1_000)
    assert batch is not None
    assert [row for _, _, row in expected[0]] == [tuple(row) for row in batch.rows()]
    assert everything(opened(path, data, columnar=True)) == expected


@given(st.lists(st.sampled_from(["é", " ", "", "x", "\t"]), max_size=12), st.integers(1, 9))
def test_one_column_too(path: Path, cells: list[str], block: int) -> None:
    pytest.importorskip("pyarrow")
    data = ("x1\n" + "\n".join(cells)).encode()
    plain = everything(opened(path, data))
    assert everything(opened(path, data, block=block)) == plain
    assert everything(opened(path, data, block=block, columnar=True)) == plain


@given(ROWS)
def test_every_row_knows_its_line(path: Path, rows: list[list[str]]) -> None:
    rows = [[f"{at}", *(cell.replace("\0", "") for cell in row[1:])] for at, row in enumerate(rows)]
    data = written(rows, lineterminator="\n")
    lines = data.decode().split("\n")
    found, _ = everything(opened(path, data, block=16))
    for _, line, row in found:
        assert line is not None
        assert lines[line - 1].startswith(f'"{row[0]}",')
