"""Speed and memory of the main job, each figure beside its yardstick."""

from __future__ import annotations

import argparse
import csv
import random
import sqlite3
import statistics
import tempfile
import time
from itertools import islice
from pathlib import Path

from measure import compare, once, show

HEADER = (
    "id,first name,last name,email,phone,street,city,region,postcode,country,birth date,gender"
).split(",")


def write_customers(path: Path, rows: int, first: int = 0) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for i in range(first, first + rows):
            out.writerow(
                [i, f"Given{i % 3000}", f"Family{i % 9000}", f"user{i}@example.com"]
                + [f"+4420{i % 10**8:08d}", f"{i % 300} High Street", f"City{i % 800}"]
                + [f"Region{i % 40}", f"PC{i % 9999:05d}", "United Kingdom"]
                + [f"19{i % 90 + 10}-0{i % 9 + 1}-1{i % 9}", "F" if i % 2 else "M"]
            )


def write_seed(path: Path, rows: int) -> None:
    rng = random.Random(1)

    def gap(value: object) -> object:
        return "" if rng.random() < 0.05 else value

    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["customer_id", "name", "email", "purchase_count", "purchase_amount"])
        for number in range(1, rows + 1):
            who = number if rng.random() > 0.1 else rng.randint(1, number)
            name, mail = gap(f"Name Fam{who % 777}"), gap(f"user{who}@example.com")
            amount = f"{rng.randint(0, 99_999) / 100:.2f}"
            out.writerow([who, name, mail, gap(rng.randint(0, 50)), gap(amount)])


def collect(folder: str) -> None:
    import customerkit as ck

    path = Path(folder) / "collected.db"
    path.unlink(missing_ok=True)
    with ck.open(path) as base:
        base.collect(Path(folder) / "customers.csv", channel="crm")


def executemany(folder: str) -> float:
    """Only the inserts are timed; the rows are in memory before, SQLite is as it comes."""
    path = Path(folder) / "plain.db"
    path.unlink(missing_ok=True)
    with (Path(folder) / "customers.csv").open(encoding="utf-8") as file:
        rows = [tuple(row) for row in islice(csv.reader(file), 1, None)]
    connection = sqlite3.connect(path)
    connection.execute(f"CREATE TABLE t ({', '.join(f'c{i} TEXT' for i in range(12))})")
    start = time.perf_counter()
    connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * 12)})", rows)
    connection.commit()
    return time.perf_counter() - start


def one_table(folder: str, url: str) -> None:
    import customerkit as ck

    filled = ["full_name", "email", "purchase_count", "purchase_amount"]
    rules = ck.Ruleset(
        [ck.Deduplicate(["external_id"]), ck.ForwardFill(filled)], survivorship="first"
    )
    if url != "memory:":
        Path(url).unlink(missing_ok=True)
    with ck.open(url) as base:
        base.collect(Path(folder) / "customer_data.csv", channel="crm")
        base.clean(rules)
        base.update("1", full_name="Jane Doe")
        base.update("2", email="jane@example.com")
        base.totals()


def pandas_script(folder: str, url: str) -> None:
    import pandas as pd

    frame = pd.read_csv(Path(folder) / "customer_data.csv")
    frame = frame.drop_duplicates(subset="customer_id", keep="first").ffill()
    frame.loc[frame.customer_id == 1, "name"] = "Jane Doe"
    frame.loc[frame.customer_id == 2, "email"] = "jane@example.com"
    frame.groupby("customer_id")[["purchase_count", "purchase_amount"]].sum()
    if url != "memory:":
        with sqlite3.connect(Path(folder) / "pandas.db") as connection:
            frame.to_sql("customers", connection, index=False, if_exists="replace")


def updates(folder: str, synchronous: str, count: int = 5_000) -> float:
    """Return the seconds of single updates with history."""
    import customerkit as ck

    path = Path(folder) / "updates.db"
    path.unlink(missing_ok=True)
    with ck.open(f"sqlite:///{path}?synchronous={synchronous}") as base:
        rows = [{"customer_id": i, "email": f"u{i}@example.com"} for i in range(1, count + 1)]
        base.collect(rows, channel="crm")
        base.clean()
        start = time.perf_counter()
        for i in range(1, count + 1):
            base.update(f"c-{i}", city=f"City{i}")
        return time.perf_counter() - start


def hand_written(folder: str, synchronous: str, count: int = 5_000) -> float:
    """Return the seconds of a loop that writes a row and its history in a transaction."""
    path = Path(folder) / "loop.db"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute("CREATE TABLE c (id INTEGER PRIMARY KEY, email TEXT, city TEXT)")
    connection.execute("CREATE TABLE h (id INTEGER PRIMARY KEY, c INTEGER, old TEXT, at INTEGER)")
    rows = [(i, f"u{i}@example.com") for i in range(1, count + 1)]
    connection.executemany("INSERT INTO c (id, email) VALUES (?, ?)", rows)
    start = time.perf_counter()
    for i in range(1, count + 1):
        connection.execute("BEGIN IMMEDIATE")
        old = connection.execute("SELECT city FROM c WHERE id = ?", (i,)).fetchone()[0]
        connection.execute("INSERT INTO h (c, old, at) VALUES (?, ?, ?)", (i, old, time.time_ns()))
        connection.execute("UPDATE c SET city = ? WHERE id = ?", (f"City{i}", i))
        connection.execute("COMMIT")
    return time.perf_counter() - start


def imported(folder: str) -> float:
    start = time.perf_counter()
    import customerkit  # noqa: F401 - only the time counts

    return time.perf_counter() - start


def growth(folder: str, rows: int) -> float:
    """Return how many times as long five times as many rows of one table take."""
    seconds = []
    for count in (rows, 5 * rows):
        write_seed(Path(folder) / "customer_data.csv", count)
        seconds.append(once(one_table, folder, str(Path(folder) / "growth.db"))[0])
    show(rows=rows, seconds=round(seconds[0], 1), five_times_as_many=round(seconds[1], 1))
    return seconds[1] / seconds[0]


def incremental(folder: str) -> float:
    """Return the wall of 1,000 new rows as a share of the first full collect and clean."""
    import customerkit as ck

    path = Path(folder) / "incremental.db"
    path.unlink(missing_ok=True)
    with ck.open(path) as base:
        start = time.perf_counter()
        base.collect(Path(folder) / "customers.csv", channel="crm")
        base.clean()
        full = time.perf_counter() - start
        start = time.perf_counter()
        base.collect(Path(folder) / "more.csv", channel="crm")
        base.clean()
        again = time.perf_counter() - start
    show(full_seconds=round(full, 2), thousand_more_seconds=round(again, 3))
    return again / full


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_customers(place / "customers.csv", options.rows)
        write_customers(place / "more.csv", 1_000, first=options.rows)
        write_seed(place / "customer_data.csv", options.rows)
        if options.only in ("", "collect"):
            compare("collect 12 columns", collect, executemany, folder, runs=options.runs)
        if options.only in ("", "table"):
            for url in (str(place / "table.db"), "memory:"):
                kind = "memory" if url == "memory:" else "SQLite"
                name = f"one table, {kind}"
                compare(name, one_table, pandas_script, folder, url, runs=options.runs)
        if options.only in ("", "updates"):
            for level in ("full", "normal"):
                title = f"5,000 single updates, synchronous={level}"
                compare(title, updates, hand_written, folder, level, runs=options.runs)
        if options.only in ("", "import"):
            milliseconds = [once(imported, folder)[0] * 1000 for _ in range(5)]
            show(import_milliseconds=round(statistics.median(milliseconds), 1))
        if options.only in ("", "growth"):
            show(five_times_the_rows_take=round(growth(folder, options.rows), 2))
        if options.only in ("", "incremental"):
            show(incremental_share=round(once(incremental, folder)[0], 4))


if __name__ == "__main__":
    main()
