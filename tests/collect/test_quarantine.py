"""Rows that cannot be read are kept, fixed and replayed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import customerkit as ck
from customerkit.errors import NotFoundError

ORDERS = (
    "order id,customer id,date,quantity,unit price\n"
    "p1,1,2024-01-05,1,2.50\n"
    "p2,1,2024-01-06,one,2.50\n"
    "p3,1,2024-01-07\n"
)


def test_listed_fixed_replayed_undone(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    base = ck.open("memory:")
    result = base.collect(path, channel="shop", currency="GBP")
    assert (result.activities, result.quarantined) == (1, 2)
    bad = {row["code"]: row for row in base.quarantine()}
    assert set(bad) == {"row.ragged", "number.not_a_number"}
    assert bad["row.ragged"]["line"] == 4
    assert bad["row.ragged"]["raw"] == "p3,1,2024-01-07"
    fixed = {
        "quarantine_id": bad["row.ragged"]["quarantine_id"],
        "order id": "p3",
        "customer id": "1",
        "date": "2024-01-07",
        "quantity": "2",
        "unit price": "2.50",
    }
    (again,) = base.replay([fixed])
    assert again.activities == 1
    base.clean()
    assert base.analyze().customers.to_dicts()[0]["amount_minor"] == 750
    assert [row["code"] for row in base.quarantine()] == ["number.not_a_number"]
    with pytest.raises(NotFoundError, match="not waiting"):
        base.replay([fixed])
    base.undo(base.runs()[-1].run_id)
    base.undo(again.run_id)
    assert len(base.quarantine()) == 2


BAD = {"order id": "p", "customer id": "1", "date": "2024-01-06", "quantity": "one"}
FINE = {**BAD, "quantity": "1"}


def written(folder: Path, ending: str, rows: list[dict[str, str]]) -> Path:
    path = folder / f"orders.{ending}"
    if ending == "json":
        path.write_text(json.dumps(rows, indent=1))
    elif ending == "jsonl":
        path.write_text("\n\n".join(json.dumps(row) for row in rows))
    elif ending == "xlsx":
        book = pytest.importorskip("openpyxl").Workbook()
        for cells in (["Orders of May"], list(BAD), *(list(row.values()) for row in rows)):
            book.active.append(cells)
        book.save(path)
    else:
        lines = ["a title", "", ",".join(BAD), *(",".join(row.values()) for row in rows)]
        path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize(
    ("ending", "lines"),
    [("csv", [5, 7]), ("json", [8, 20]), ("jsonl", [3, 7]), ("xlsx", [4, 6])],
)
def test_values_that_cannot_be_read_name_their_line(
    tmp_path: Path, ending: str, lines: list[int]
) -> None:
    base = ck.open("memory:")
    path = written(tmp_path, ending, [FINE, BAD, FINE, BAD])
    found = base.collect(path, channel="shop", currency="GBP")
    assert (found.activities, found.quarantined) == (2, 2)
    assert [row["code"] for row in base.quarantine()] == ["number.not_a_number"] * 2
    assert [row["line"] for row in base.quarantine()] == lines
    assert [row["position"] for row in base.quarantine()] == [2, 4]


@pytest.mark.parametrize("plain", [True, False])
def test_lines_are_right_far_into_a_file(tmp_path: Path, plain: bool) -> None:
    note = "fine" if plain else '"two\nlines"'
    rows = [f"p{at},1,2024-01-06,{'x' if at % 40_000 == 7 else 1},{note}\n" for at in range(90_000)]
    path = tmp_path / "orders.csv"
    path.write_text("order id,customer id,date,quantity,remark\n\n" + "".join(rows))
    base = ck.open("memory:")
    base.collect(path, channel="shop", currency="GBP")
    lines = path.read_text().split("\n")
    found = [row["line"] for row in base.quarantine()]
    assert [lines[line - 1].split(",")[0] for line in found] == ["p7", "p40007", "p80007"]
