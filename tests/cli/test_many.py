"""Many at once: updates of a file, and quarantined rows that were fixed in a spreadsheet."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_a_file_of_updates_is_one_run(cleaned: Any, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("id,City,Given Name\nc-1,York,\nc-3,Bath,Bob\n", "utf-8")
    done = json.loads(cleaned("update", "--file", "rows.csv", "--json").stdout)
    assert done["changed"] == ["c-1", "c-3"]
    assert "c-3" in cleaned("find", "city=Bath", "given_name=Bob").output
    assert len(json.loads(cleaned("runs", "--json").stdout)) == 3


def test_a_file_with_one_wrong_row_changes_nothing(cleaned: Any, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("id,city\nc-1,York\nc-99,Bath\n", "utf-8")
    assert cleaned("update", "--file", "rows.csv").exit_code == 4
    (tmp_path / "rows.csv").write_text("id,city\nc-1,York\nc-3,Bath,more\n", "utf-8")
    result = cleaned("update", "--file", "rows.csv")
    assert result.exit_code == 3
    assert "line 3" in result.stderr
    assert len(json.loads(cleaned("runs", "--json").stdout)) == 2


def test_clear_empties(cleaned: Any) -> None:
    assert cleaned("update", "c-1", "--clear", "city").exit_code == 0
    assert json.loads(cleaned("find", "email=jane@example.com", "--json").stdout)[0]["values"] == {
        "full_name": "Jane Doe",
        "email": "jane@example.com",
    }


def test_a_row_is_fixed_and_replayed(cleaned: Any, tmp_path: Path) -> None:
    assert "row.ragged" in cleaned("quarantine").output
    assert "1 row written" in cleaned("quarantine", "--export", "bad.csv").output
    (row,) = rows_of(tmp_path / "bad.csv")
    assert (row["customer_id"], row["city"], row["quarantine_more"]) == (
        "4",
        "many",
        "cells | here",
    )
    row |= {"name": "Bo Fox", "email": "fox@example.com", "city": "York"}
    write(tmp_path / "bad.csv", [row])
    assert "1 records" in cleaned("replay", "bad.csv").output
    assert "0 rows in quarantine" in cleaned("quarantine").output
    assert cleaned("clean").exit_code == 0
    assert "Bo Fox" in cleaned("find", "email=fox@example.com").output


def test_what_nobody_touched_stays(cleaned: Any, tmp_path: Path) -> None:
    cleaned("quarantine", "--export", "bad.csv")
    assert "no row was changed" in cleaned("replay", "bad.csv").output
    assert "1 row in quarantine" in cleaned("quarantine").output
    (row,) = rows_of(tmp_path / "bad.csv")
    write(tmp_path / "bad.csv", [row | {"quarantine_code": ""}])  # take it as it is
    assert "1 records" in cleaned("replay", "bad.csv").output


def test_a_replayed_row_is_not_replayed_again(cleaned: Any, tmp_path: Path) -> None:
    cleaned("quarantine", "--export", "bad.csv")
    (row,) = rows_of(tmp_path / "bad.csv")
    write(tmp_path / "bad.csv", [row | {"name": "Bo Fox"}])
    assert cleaned("replay", "bad.csv").exit_code == 0
    assert cleaned("replay", "bad.csv").exit_code == 4


def test_a_row_without_its_number(cleaned: Any, tmp_path: Path) -> None:
    cleaned("quarantine", "--export", "bad.csv")
    (row,) = rows_of(tmp_path / "bad.csv")
    write(tmp_path / "bad.csv", [row | {"quarantine_id": "x"}])
    result = cleaned("replay", "bad.csv")
    assert result.exit_code == 3
    assert "row 1" in result.stderr


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl"])
def test_sources_of_different_columns_are_fixed_together(
    cleaned: Any, tmp_path: Path, ending: str
) -> None:
    orders = "order_id,customer_id,date,product,quantity,unit_price\n7,1,2026-01-05,=Tea,2,free\n"
    (tmp_path / "orders.csv").write_text(orders, "utf-8")
    assert "1 quarantined" in cleaned("collect", "orders.csv", "--channel", "crm").output
    path = tmp_path / f"bad.{ending}"
    cleaned("quarantine", "--export", str(path))
    text = path.read_text("utf-8")
    assert "=Tea" in text
    path.write_text(text.replace("free", "9.50", 1), "utf-8")
    assert "1 activities" in cleaned("replay", str(path)).output
    cleaned("export", "lines.jsonl", "--what", "purchases")
    line = json.loads((tmp_path / "lines.jsonl").read_text("utf-8"))
    assert (line["product"], line["amount_minor"]) == ("=Tea", 1900)
    assert "1 row in quarantine" in cleaned("quarantine").output
