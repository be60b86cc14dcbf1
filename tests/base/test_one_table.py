"""One table with duplicates and gaps gives the numbers that pandas gives."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import customerkit as ck

RULES = ck.Ruleset(
    [
        ck.Deduplicate(["external_id"]),
        ck.ForwardFill(["full_name", "email", "purchase_count", "purchase_amount"]),
    ],
    survivorship="first",
)


def _write(path: Path, rows: int, seed: int) -> None:
    rng = random.Random(seed)

    def gap(value: object) -> object:
        return "" if rng.random() < 0.05 else value

    with path.open("w", encoding="utf-8") as file:
        file.write("customer_id,name,email,purchase_count,purchase_amount\n")
        for number in range(1, rows + 1):
            who = number if rng.random() > 0.1 else rng.randint(1, number)
            amount = f"{rng.randint(0, 99_999) / 100:.2f}"
            name, mail = gap(f"Given Family{who % 97}"), gap(f"u{who}@example.com")
            file.write(f"{who},{name},{mail},{gap(rng.randint(0, 50))},{gap(amount)}\n")


@pytest.mark.parametrize("url", ["memory:", "customers.db"])
@pytest.mark.parametrize("rows", [300, 6_000])
def test_same_numbers_as_pandas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, rows: int
) -> None:
    pd = pytest.importorskip("pandas")
    monkeypatch.chdir(tmp_path)
    _write(tmp_path / "customer_data.csv", rows, seed=rows)
    with ck.open(url) as base:
        base.collect("customer_data.csv", channel="crm")
        base.clean(RULES)
        base.update("1", full_name="Jane Doe")
        base.update("2", email="jane@example.com")
        ours = base.totals().to_pandas().set_index("external_id")
        assert base.get("1").full_name == "Jane Doe"
        assert base.get("2").email == "jane@example.com"
    frame = pd.read_csv("customer_data.csv", dtype={"customer_id": str})
    frame = frame.drop_duplicates(subset="customer_id", keep="first").ffill()
    theirs = frame.groupby("customer_id")[["purchase_count", "purchase_amount"]].sum()
    assert len(ours) == len(theirs)
    ours = ours.loc[theirs.index]
    assert (theirs.purchase_count == ours.purchase_count).all()
    assert ((theirs.purchase_amount * 100).round() == ours.purchase_amount).all()
