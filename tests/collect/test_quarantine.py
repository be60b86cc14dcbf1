"""Rows that cannot be read are kept, fixed and replayed."""

from __future__ import annotations

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
