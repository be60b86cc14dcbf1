"""Exact keys on real tables of people: nobody is joined with another person."""

from __future__ import annotations

import csv
import os
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

import customerkit as ck

SHARED = Path(__file__).resolve().parents[3] / "shared/data"
DATA = Path(os.environ.get("CUSTOMERKIT_DATA", SHARED)) / "matching"


def _rows(name: str) -> list[dict[str, str]]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"THE DATA OF MATCHING IS NOT THERE: {path}")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, skipinitialspace=True))


def _precision_and_recall(rows: list[dict[str, str]], truth: list[str]) -> tuple[float, float]:
    base = ck.open("memory:")
    base.collect(rows, channel="crm")
    base.clean()
    pairs = [
        truth[left - 1] == truth[right - 1]
        for row in list(base.customers())
        for left, right in combinations(base.get(row["id"]).records, 2)
    ]
    wanted = sum(count * (count - 1) // 2 for count in Counter(truth).values())
    return sum(pairs) / len(pairs), sum(pairs) / wanted


@pytest.mark.parametrize(
    ("name", "column", "least"),
    [("fake_1000.csv", "cluster", 0.16), ("febrl3.csv", "rec_id", 0.85)],
)
def test_joins_are_right_and_as_many_as_exact_keys_give(
    name: str, column: str, least: float
) -> None:
    rows = _rows(name)
    said = [row.pop(column) for row in rows]
    truth = [text.split("-")[1] if "-" in text else text for text in said]
    precision, recall = _precision_and_recall(rows, truth)
    assert precision == 1.0
    assert recall >= least
