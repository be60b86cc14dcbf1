"""Speed and memory of the analysis, each figure beside its yardstick.

Both sides of an RFM start from the same frame in memory, and only the analysis
is timed: ``ck.rfm`` with first, last and scores, against the groupby that gives
recency, frequency and monetary value. The Parquet variant times reading as well.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

from measure import compare, once, show

CUSTOMERS, PURCHASES = 10, 3  # lines for each of them, on average


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
    purchase = np.sort(rng.integers(0, rows // PURCHASES, rows))
    customer = (purchase * 7919) % (rows // CUSTOMERS)
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


def write_base(folder: str, rows: int) -> float:
    """Load a base of purchase lines straight into its store; collecting is measured elsewhere."""
    from synthetic import load_base

    start = time.perf_counter()
    load_base(Path(folder) / "lines.db", rows, rows // CUSTOMERS)
    return time.perf_counter() - start


def analyze_base(folder: str) -> None:
    import customerkit as ck

    with ck.open(Path(folder) / "lines.db") as base:
        base.analyze(top=3)


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
        if options.only == "base":
            once(write_base, folder, options.rows)
            seconds, peak = once(analyze_base, folder)
            show(rows=options.rows, analyze_seconds=round(seconds, 1), peak_mb=round(peak))


if __name__ == "__main__":
    main()
