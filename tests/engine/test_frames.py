"""Frames give programs raw values and people readable tables."""

from __future__ import annotations

from typing import Any

import pytest

from customerkit.engine.frames import Frame
from customerkit.errors import InputError
from customerkit.model.batch import Batch

SHOWN = {"last": "time", "spent": "money", "share": "percent", "number": "id"}
COLUMNS: dict[str, list[Any]] = {
    "customer": ["c-1", "茶", None],
    "purchases": [1_234_567, 7, None],
    "last": [-1, 1_291_191_960_000, None],
    "spent": [-5, 120_000, None],
    "currency": ["GBP", "JPY", None],
    "share": [0.25, 1.0, None],
    "number": [17850, 2, None],
    "mean": [1.5, 0.125, None],
    "nothing": [None, None, None],
}


def test_people_see_aligned_numbers_dates_and_money() -> None:
    lines = repr(Frame(COLUMNS, SHOWN)).splitlines()
    assert lines == [
        "customer  purchases              last        spent  currency    share  number   mean",
        "c-1       1,234,567  1969-12-31 23:59    -0.05 GBP  GBP        25.0 %   17850  1.500",
        "茶                7  2010-12-01 08:26  120,000 JPY  JPY       100.0 %       2  0.125",
        "",
        "no values: nothing",
    ]


def test_programs_get_raw_values() -> None:
    frame = Frame(COLUMNS, SHOWN)
    assert frame["spent"] == [-5, 120_000, None]
    assert frame.to_dicts()[1]["last"] == 1_291_191_960_000
    assert (len(frame), frame.columns) == (3, tuple(COLUMNS))


def test_a_wide_table_is_laid_out_in_blocks_that_name_their_rows() -> None:
    frame = Frame({"who": ["Ann"], **{f"a_column_of_some_width_{n}": [n] for n in range(12)}})
    blocks = repr(frame).split("\n\n")
    assert len(blocks) > 1
    assert all(len(line) <= 110 for block in blocks for line in block.splitlines())
    assert all(block.splitlines()[1].startswith("Ann") for block in blocks)


def test_more_rows_than_are_shown_are_counted() -> None:
    assert repr(Frame({"n": list(range(1_500))})).endswith("… 1,490 more rows")


def test_html_escapes_what_it_shows() -> None:
    page = Frame({"name": ["<script>"]})._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(InputError):
        Frame({"a": [1], "b": []})


@pytest.mark.parametrize("rows", [3, 25_000])
def test_built_from_batches_it_holds_their_values(rows: int) -> None:
    numbers = [n if n % 3 else None for n in range(rows)]
    parts = [
        Batch.from_columns({"n": numbers, "t": [None] * rows}),
        Batch.from_rows(["n", "t"], [(1, "x")]),
    ]
    frame = Frame.of(parts, {"n": "integer", "t": "text"})
    assert list(frame["n"]) == [*numbers, 1]
    assert frame.to_dicts()[-1] == {"n": 1, "t": "x"}


@pytest.mark.parametrize("arrow", [False, True])
def test_pandas_keeps_integers_with_gaps_exact(arrow: bool) -> None:
    pytest.importorskip("pandas")
    columns: dict[str, Any] = {"n": [2**60 + 1, None], "m": [1, 2], "t": ["x", None]}
    if arrow:
        pa = pytest.importorskip("pyarrow")
        columns = {name: pa.array(column) for name, column in columns.items()}
    frame = Frame(columns).to_pandas()
    assert frame["n"][0] == 2**60 + 1
    assert frame["n"].isna().tolist() == [False, True]
    assert (str(frame["m"].dtype), frame["t"][0]) == ("int64", "x")


def test_it_goes_to_arrow_without_conversion() -> None:
    pa = pytest.importorskip("pyarrow")
    column = pa.chunked_array([[1, 2], [3]])
    frame = Frame({"n": column})
    assert (
        frame.to_arrow()["n"].chunks[0].buffers()[1].address
        == column.chunks[0].buffers()[1].address
    )
    assert pa.table(frame)["n"].to_pylist() == [1, 2, 3]
