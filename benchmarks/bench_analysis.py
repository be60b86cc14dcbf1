"""Speed and memory of the analysis, each figure beside its yardstick.

Both sides of an RFM start from the same frame in memory, and only the analysis
is timed: ``ck.rfm`` with first, last and scores, against the groupby that gives
recency, frequency and monetary value. The Parquet variant times reading as well.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench_main_job import write_seed
from measure import compare, once, show

PER_CUSTOMER, PER_PURCHASE = 10, 3  # lines for each of them, on average


def lines(path: str, *, text: bool) -> Any:
    """Return the frame of purchase lines that a Parquet file holds."""
    import pandas as pd

    frame = pd.read_parquet(path)
    if text:
        frame["customer"] = "C" + frame["customer"].astype(str)
        frame["purchase"] = "P" + frame["purchase"].astype(str)
    return frame


def write_lines(path: Path, rows: int) -> None:
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(1)
    purchase = np.sort(rng.integers(0, rows // PER_PURCHASE, rows))
    customer = (purchase * 7919) % (rows // PER_CUSTOMER)
    moment = rng.integers(1_577_836_800_000, 1_704_067_200_000, rows)
    frame = pd.DataFrame(
        {
            "customer": customer,
            "time": pd.to_datetime(moment, unit="ms"),
            "amount": rng.integers(-2_000, 100_000, rows),
            "purchase": purchase,
        }
    )
    frame.sample(frac=1, random_state=1).to_parquet(path, index=False)


def ours(path: str, text: bool, distinct: bool) -> float:
    import customerkit as ck

    frame = lines(path, text=text)
    start = time.perf_counter()
    ck.rfm(frame, purchase="purchase" if distinct else None)
    return time.perf_counter() - start


def pandas_groupby(path: str, text: bool, distinct: bool) -> float:
    frame = lines(path, text=text)
    start = time.perf_counter()
    frequency = ("purchase", "nunique") if distinct else ("time", "count")
    found = frame.groupby("customer").agg(
        last=("time", "max"), frequency=frequency, monetary=("amount", "sum")
    )
    found["recency"] = (found["last"].max() - found["last"]).dt.days
    return time.perf_counter() - start


def ours_parquet(path: str, distinct: bool) -> float:
    import customerkit as ck

    start = time.perf_counter()
    ck.rfm(path, purchase="purchase" if distinct else None)
    return time.perf_counter() - start


def pandas_parquet(path: str, distinct: bool) -> float:
    import pandas as pd

    start = time.perf_counter()
    columns = ["customer", "time", "amount", *(["purchase"] if distinct else [])]
    frame = pd.read_parquet(path, columns=columns)
    frequency = ("purchase", "nunique") if distinct else ("time", "count")
    frame.groupby("customer").agg(
        last=("time", "max"), frequency=frequency, monetary=("amount", "sum")
    )
    return time.perf_counter() - start


# ── a whole base ─────────────────────────────────────────────────────────────


def write_base(path: str, rows: int) -> None:
    """Load a base straight into its store; how long collecting takes is measured elsewhere."""
    import numpy as np

    import customerkit as ck
    from customerkit.model.batch import Batch
    from customerkit.model.tables import CUSTOMERS, PURCHASES

    rng, customers, step = np.random.default_rng(1), rows // PER_CUSTOMER, 50_000
    products = [f"Product {n} of the house" for n in range(3_000)]

    def people() -> Iterator[Batch]:
        for start in range(1, customers + 1, step):
            numbers = list(range(start, min(start + step, customers + 1)))
            same = {"version": 1, "run_id": 1, "status": "active"}
            columns = {name: [value] * len(numbers) for name, value in same.items()}
            yield Batch.from_columns({"customer_id": numbers, **columns})

    def bought() -> Iterator[Batch]:
        for start in range(1, rows + 1, step):
            numbers = list(range(start, min(start + step, rows + 1)))
            many = len(numbers)
            chosen = rng.integers(0, len(products), many).tolist()
            yield Batch.from_columns(
                {
                    "record_id": numbers,
                    "run_id": [1] * many,
                    "position": numbers,
                    "fingerprint": [number.to_bytes(16) for number in numbers],
                    "party": [1 + number // PER_PURCHASE * 7919 % customers for number in numbers],
                    "occurred": rng.integers(1_577_836_800_000, 1_704_067_200_000, many).tolist(),
                    "purchase_id": [f"P{number // PER_PURCHASE}" for number in numbers],
                    "product": [products[at] for at in chosen],
                    "category": [f"Category {at % 40}" for at in chosen],
                    "amount_minor": rng.integers(1, 100_000, many).tolist(),
                    "currency": ["GBP"] * many,
                    "kind": ["sale"] * many,
                }
            )

    with ck.open(path) as base, base.unit.run("collect", channel="shop"):
        base.backend.load(CUSTOMERS, people())
        base.backend.load(PURCHASES, bought())


def analyze_base(path: str) -> float:
    import customerkit as ck

    with ck.open(path) as base:
        start = time.perf_counter()
        found = base.analyze(top=3)
        seconds = time.perf_counter() - start
    show(customers=len(found.customers), preferences=len(found.preferences))
    return seconds


def one_table(folder: str, path: str, rows: int) -> None:
    import customerkit as ck

    write_seed(Path(folder) / "customer_data.csv", rows)
    filled = ["full_name", "email", "purchase_count", "purchase_amount"]
    rules = [ck.Deduplicate(["external_id"]), ck.ForwardFill(filled)]
    with ck.open(path) as base:
        base.collect(Path(folder) / "customer_data.csv", channel="crm")
        base.clean(ck.Ruleset(rules, survivorship="first"))


def totals_of_base(path: str) -> float:
    import customerkit as ck

    with ck.open(path) as base:
        start = time.perf_counter()
        base.totals()
        return time.perf_counter() - start


def plain_fetch(path: str) -> float:
    """Fetch the columns that the totals need, and do nothing with them."""
    start = time.perf_counter()
    with sqlite3.connect(path) as connection:
        for sql in (
            "select customer_id, purchase_count, purchase_amount from customers",
            "select record_id, external_id from records",
        ):
            cursor = connection.execute(sql)
            while cursor.fetchmany(20_000):
                pass
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "lines.parquet")
        if options.only in ("", "rfm", "parquet"):
            write_lines(Path(path), options.rows)
        for distinct in (False, True):
            what = "distinct purchases" if distinct else "lines"
            if options.only in ("", "rfm"):
                for text in (False, True):
                    title = f"RFM counting {what}, {'text' if text else 'integer'} ids"
                    arguments = (path, text, distinct)
                    compare(title, ours, pandas_groupby, *arguments, runs=options.runs)
            if options.only in ("", "parquet"):
                title = f"RFM counting {what}, from Parquet"
                compare(title, ours_parquet, pandas_parquet, path, distinct, runs=options.runs)
        if options.only == "totals":
            table = str(Path(folder) / "table.db")
            once(one_table, folder, table, options.rows)
            compare("totals", totals_of_base, plain_fetch, table, runs=options.runs)
        if options.only == "base":
            base = str(Path(folder) / "lines.db")
            once(write_base, base, options.rows)
            seconds, peak = once(analyze_base, base)
            show(rows=options.rows, analyze_seconds=round(seconds, 1), peak_mb=round(peak))


if __name__ == "__main__":
    main()
