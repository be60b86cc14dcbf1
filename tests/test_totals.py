"""Totals are what channels report, whichever way the columns are worked."""

from __future__ import annotations

from typing import Any

import pytest

import customerkit as ck
from customerkit import totals as module

ROWS: list[dict[str, Any]] = [
    {
        "customer_id": "a",
        "email": "a@example.com",
        "purchase_count": "3",
        "purchase_amount": "12.50",
    },
    {"customer_id": "b", "email": "b@example.com", "purchase_count": "2.0", "purchase_amount": "1"},
    {
        "customer_id": "c",
        "email": "c@example.com",
        "purchase_count": "many",
        "purchase_amount": "?",
    },
    {"email": "d@example.com"},
]


@pytest.mark.parametrize("columnar", [False, True])
@pytest.mark.parametrize("url", ["memory:", "customers.db"])
def test_counts_and_amounts_of_active_customers(
    url: str, columnar: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    if columnar:
        pytest.importorskip("pyarrow")
    else:
        monkeypatch.setattr(module, "find_spec", lambda name: None)
    with ck.open(url) as base:
        assert base.totals().to_dicts() == []
        base.collect(ROWS, channel="crm")
        base.clean()
        base.delete("b")
        assert base.totals().to_dicts() == [
            _row("c-1", "a", 3, 1250),
            _row("c-3", "c", None, None),
            _row("c-4", None, None, None),
        ]


def _row(customer: str, external_id: str | None, count: int | None, amount: int | None) -> Any:
    return {
        "customer": customer,
        "external_id": external_id,
        "purchase_count": count,
        "purchase_amount": amount,
    }


def test_many_batches_are_merged(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with ck.open(tmp_path / "customers.db") as base:
        base.collect(
            [{"customer_id": f"x{n}", "purchase_amount": str(n)} for n in range(45_000)],
            channel="crm",
        )
        base.clean()
        base.delete("x20000")
        found = list(base.totals().rows())
    assert len(found) == 44_999
    assert all(row["external_id"] == f"x{row['purchase_amount'] // 100}" for row in found)
