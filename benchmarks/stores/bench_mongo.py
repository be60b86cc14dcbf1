"""Speed of bases on MongoDB, each figure beside its yardstick; a server is started for it."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests" / "servers")]

from measure import compare, once, show  # noqa: E402 - found by the line above

NAMES = (
    "record_id run_id gender external_id given_name family_name email phone street city "
    "postcode country"
).split()
BATCH = 10_000


def rows(count: int) -> list[tuple[object, ...]]:
    return [
        (i, 1, "f", f"{i}", f"Given{i % 3000}", f"Family{i % 9000}")
        + (f"user{i}@example.com", f"+4420{i % 10**8:08d}", f"{i % 300} High Street")
        + (f"City{i % 800}", f"PC{i % 9999:05d}", "United Kingdom")
        for i in range(1, count + 1)
    ]


def fresh(url: str) -> None:
    import pymongo

    with closing(pymongo.MongoClient(url)) as client:
        client.drop_database(client.get_default_database())


def load(url: str, count: int) -> float:
    """Only the load is timed; the rows are in memory before."""
    from customerkit.model.batch import Batch
    from customerkit.model.tables import RECORDS
    from customerkit.store.registry import open_backend

    fresh(url)
    held = rows(count)
    with closing(open_backend(url)) as store:
        store.ensure([RECORDS])
        parts = (held[at : at + BATCH] for at in range(0, count, BATCH))
        start = time.perf_counter()
        store.load(RECORDS, (Batch.from_rows(NAMES, part) for part in parts))
        return time.perf_counter() - start


def insert_many(url: str, count: int) -> float:
    import pymongo

    fresh(url)
    held = [{"_id": row[0], **dict(zip(NAMES, row, strict=True))} for row in rows(count)]
    with closing(pymongo.MongoClient(url)) as client:
        collection = client.get_default_database()["raw"]
        start = time.perf_counter()
        for at in range(0, count, BATCH):
            collection.insert_many(held[at : at + BATCH])
        return time.perf_counter() - start


def updates(url: str, count: int) -> float:
    """Return the seconds of single updates with history."""
    import customerkit as ck

    fresh(url)
    with ck.open(url) as base:
        base.collect(
            [{"customer_id": i, "email": f"u{i}@example.com"} for i in range(100)], channel="crm"
        )
        base.clean()
        start = time.perf_counter()
        for i in range(count):
            base.update(f"c-{i % 100 + 1}", city=f"City{i}")
        return time.perf_counter() - start


def hand_written(url: str, count: int) -> float:
    """Return the seconds of a loop that writes what a row was, and then the row."""
    import pymongo

    fresh(url)
    with closing(pymongo.MongoClient(url)) as client:
        database = client.get_default_database()
        customers, history = database["c"], database["h"]
        customers.insert_many([{"_id": i, "email": f"u{i}@example.com"} for i in range(100)])
        start = time.perf_counter()
        for i in range(count):
            old = customers.find_one({"_id": i % 100})
            history.insert_one({"c": i % 100, "old": old, "at": time.time_ns()})
            customers.replace_one({"_id": i % 100}, {**old, "city": f"City{i}"})
        return time.perf_counter() - start


COUNTER = """
import sys
import customerkit as ck
from customerkit.model.tables import CUSTOMERS
base = ck.open(sys.argv[1])
for _ in range(int(sys.argv[2])):
    with base.unit.run("update") as writer:
        (row,) = base.backend.get(CUSTOMERS, [1])
        writer.put_customers([{**row, "notes": str(int(row["notes"] or 0) + 1)}])
"""


def increments(url: str, times: int) -> None:
    """Let eight processes count one customer up."""
    import customerkit as ck
    from customerkit.model.tables import CUSTOMERS

    fresh(url)
    with ck.open(url) as base:
        base.update(full_name="Ada Day")
        command = [sys.executable, "-c", COUNTER, url, str(times)]
        start = time.perf_counter()
        done = [process.wait() for process in [subprocess.Popen(command) for _ in range(8)]]
        seconds = time.perf_counter() - start
        (row,) = base.backend.get(CUSTOMERS, [1])
        assert row is not None
        show(processes=8, each=times, failed=sum(map(bool, done)), counted=int(row["notes"]))
        show(seconds=round(seconds), runs_a_second=round(8 * times / seconds, 1))


def main_job(url: str, rows_: int) -> float:
    from bench_main_job import write_customers

    import customerkit as ck

    with tempfile.TemporaryDirectory() as folder, ck.open(url) as base:
        write_customers(Path(folder) / "customers.csv", rows_)
        start = time.perf_counter()
        base.collect(Path(folder) / "customers.csv", channel="crm")
        base.clean()
        return time.perf_counter() - start


def main() -> None:
    from running import FerretDB

    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--times", type=int, default=1_000, help="increments of each process")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    with FerretDB() as server, server.fresh() as url:
        if options.only in ("", "load"):
            name = f"load {options.rows:,} rows of 12 columns"
            compare(name, load, insert_many, url, options.rows, runs=options.runs)
        if options.only in ("", "updates"):
            compare("300 single updates", updates, hand_written, url, 300, runs=options.runs)
        if options.only in ("", "job"):
            fresh(url)
            show(collect_and_clean_10_000_seconds=round(once(main_job, url, 10_000)[0], 1))
        if options.only in ("", "increments"):
            increments(url, options.times)


if __name__ == "__main__":
    main()
