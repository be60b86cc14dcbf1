"""Speed of the stores on SQL servers, and what they lose when processes die: nothing."""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import chain, repeat
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "tests" / "servers")]

from bench_main_job import write_customers  # noqa: E402 - the folders above
from measure import compare, once, show  # noqa: E402

from running import MariaDB, PostgreSQL, Server  # noqa: E402

WIDTH, PART = 12, 20_000
COLUMNS = [f"c{at}" for at in range(WIDTH)]


def rows_of(count: int) -> list[tuple[Any, ...]]:
    return [
        (n, *(f"User{n % 7919} von {'ABCDEFGHIJKL'[at]}, {n * 31 % 997}" for at in range(WIDTH)))
        for n in range(count)
    ]


def connected(url: str) -> Any:
    if url.startswith("postgresql"):
        import psycopg

        return psycopg.connect(url, autocommit=True)
    import pymysql

    parts = urlsplit(url)
    return pymysql.connect(
        host=parts.hostname,
        port=parts.port or 3306,
        user=parts.username or "",
        password=parts.password or "",
        database=parts.path[1:],
        charset="utf8mb4",
        autocommit=True,
    )


def run(url: str, *statements: str) -> None:
    connection = connected(url)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.close()


# ── bulk load ────────────────────────────────────────────────────────────────


def load(url: str, count: int) -> float:
    """Return the seconds of a load; the rows are in memory before."""
    from customerkit.model.batch import Batch
    from customerkit.model.table import Column, Table
    from customerkit.store.registry import open_backend

    columns = (Column("id", "integer"), *map(Column, COLUMNS))
    table = Table(f"bench_{time.time_ns()}", columns, key=("id",))
    backend, rows = open_backend(url), rows_of(count)
    backend.ensure([table])
    parts = [rows[at : at + PART] for at in range(0, count, PART)]
    start = time.perf_counter()
    backend.load(table, (Batch.from_rows(table.names, part) for part in parts))
    return time.perf_counter() - start


def raw(url: str, count: int) -> float:
    """Return the seconds of COPY, or of inserts of many rows, by hand into the same columns."""
    rows, name = rows_of(count), f"raw_{time.time_ns()}"
    text = ", ".join(f"{column} {_text(url)}" for column in COLUMNS)
    run(url, f"CREATE TABLE {name} (id BIGINT PRIMARY KEY, {text})")
    connection = connected(url)
    copied = url.startswith("postgresql")
    start = time.perf_counter()
    (_copied if copied else _inserted)(connection, name, rows)
    return time.perf_counter() - start


def _text(url: str) -> str:
    return "TEXT" if url.startswith("postgresql") else "LONGTEXT CHARACTER SET utf8mb4"


def _copied(connection: Any, name: str, rows: list[tuple[Any, ...]]) -> None:
    with (
        connection.transaction(),
        connection.cursor() as cursor,
        cursor.copy(f"COPY {name} FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _inserted(connection: Any, name: str, rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join(["%s"] * (WIDTH + 1))
    connection.begin()
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # many in a statement
    connection.commit()


# ── collect ──────────────────────────────────────────────────────────────────


def collect(url: str, path: str) -> float:
    """Return the seconds of collecting a file with provenance."""
    import customerkit as ck

    with ck.open(url) as base:
        start = time.perf_counter()
        base.collect(path, channel="crm")
        return time.perf_counter() - start


def collects(server: Server, count: int, runs: int) -> None:
    """Compare collecting on a server with collecting into a SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "customers.csv")
        write_customers(Path(path), count)
        walls: dict[str, list[float]] = {server.title: [], "SQLite": []}
        for turn in range(runs):
            with server.fresh() as url:
                walls[server.title].append(once(collect, url, path)[0])
            walls["SQLite"].append(once(collect, f"{folder}/{turn}.db", path)[0])
        medians = {name: sorted(found)[len(found) // 2] for name, found in walls.items()}
        ratio = medians[server.title] / medians["SQLite"]
        show(collect=count, **{n: round(s, 2) for n, s in medians.items()}, ratio=round(ratio, 2))


# ── single updates ───────────────────────────────────────────────────────────


def updates(url: str, count: int) -> float:
    """Return the seconds of single updates with history."""
    import customerkit as ck

    with ck.open(url) as base:
        turn = time.time_ns()  # another run's customers are others
        rows = [{"customer_id": i, "email": f"u{i}@{turn}.example"} for i in range(1, count + 1)]
        base.collect(rows, channel=f"crm{turn}")
        first = min(base.clean().created)
        start = time.perf_counter()
        for i in range(first, first + count):
            base.update(f"c-{i}", city=f"City{i}")
        return time.perf_counter() - start


def hand_written(url: str, count: int) -> float:
    """Return the seconds of a loop that writes a row and its history in a transaction."""
    name = f"hand_{time.time_ns()}"
    run(
        url,
        f"CREATE TABLE {name} (id BIGINT PRIMARY KEY, email VARCHAR(99), city VARCHAR(99))",
        f"CREATE TABLE {name}_h (c BIGINT, old VARCHAR(99), at BIGINT)",
    )
    connection = connected(url)
    cursor = connection.cursor()
    values = chain.from_iterable((i, f"u{i}@example.com") for i in range(count))
    marks = ", ".join(repeat("(%s, %s)", count))
    cursor.execute(f"INSERT INTO {name} (id, email) VALUES {marks}", list(values))
    start = time.perf_counter()
    for i in range(count):
        cursor.execute("BEGIN")
        cursor.execute(f"SELECT city FROM {name} WHERE id = %s FOR UPDATE", (i,))
        old = cursor.fetchone()[0]
        cursor.execute(f"INSERT INTO {name}_h VALUES (%s, %s, %s)", (i, old, time.time_ns()))
        cursor.execute(f"UPDATE {name} SET city = %s WHERE id = %s", (f"City{i}", i))
        cursor.execute("COMMIT")
    return time.perf_counter() - start


# ── what must not be lost ────────────────────────────────────────────────────


def increments(url: str, processes: int = 8, times: int = 1_000) -> None:
    """Let processes count one customer up."""
    import customerkit as ck
    from customerkit.model.tables import CUSTOMERS
    from sql_checks import COUNTER, ended_well, started, whole

    with ck.open(url) as base:
        base.update(full_name="Ada Day")
        start = time.perf_counter()
        ended_well([started(COUNTER, url, str(times)) for _ in range(processes)])
        seconds = time.perf_counter() - start
        (row,) = base.backend.get(CUSTOMERS, [1])
        assert row is not None
        whole(base)
        expected = processes * times
        show(increments=row["notes"], expected=expected, version=row["version"], s=round(seconds))


def writers_killed(url: str, times: int) -> None:
    """Kill a writer again and again, somewhere in a run."""
    import customerkit as ck
    from sql_checks import WRITER, started, whole

    rng, told = random.Random(3), set[int]()
    with ck.open(url) as base:
        for turn in range(times):
            writer = started(WRITER, url, f"crm{turn}")
            _killed_after(writer, told, rng, writer.kill)
            assert {run.run_id for run in base.runs()} >= told, "an acknowledged run is lost"
            whole(base)
        show(writers_killed=times, acknowledged=len(told), runs=len(base.runs()), lost=0, half=0)


def servers_killed(server: Server, url: str, times: int) -> None:
    """Kill the server again and again while a writer works."""
    import customerkit as ck
    from sql_checks import WRITER, started, whole

    rng, told = random.Random(4), set[int]()
    with ck.open(url) as base:
        for turn in range(times):
            writer = started(WRITER, url, f"crm{turn}")
            _killed_after(writer, told, rng, server.kill)
            server.restart()
            assert {run.run_id for run in base.runs()} >= told, "an acknowledged run is lost"
            whole(base)
        show(servers_killed=times, acknowledged=len(told), runs=len(base.runs()), lost=0, half=0)


def _killed_after(
    writer: subprocess.Popen[str], told: set[int], rng: random.Random, kill: Callable[[], None]
) -> None:
    assert writer.stdout is not None
    for _ in range(rng.randint(1, 3)):
        told.add(int(writer.stdout.readline()))
    threading.Event().wait(rng.random() / 5)
    kill()
    rest, _ = writer.communicate()
    told.update(int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n"))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--updates", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--only", default="load,collect,updates,increments,kills")
    parser.add_argument("--server", default="postgresql,mysql")
    options = parser.parse_args()
    servers = {"postgresql": PostgreSQL, "mysql": MariaDB}
    for kind in (servers[name] for name in options.server.split(",")):
        if why := kind.missing():
            show(skipped=why)
            continue
        with kind() as server:
            measured(server, options.only.split(","), options)


def measured(server: Server, only: list[str], options: argparse.Namespace) -> None:
    if "load" in only:
        with server.fresh() as url:
            title = f"{server.title}: load {options.rows} rows"
            compare(title, load, raw, url, options.rows, runs=options.runs)
    if "collect" in only:
        collects(server, options.rows, options.runs)
    if "updates" in only:
        with server.fresh() as url:
            title = f"{server.title}: {options.updates} single updates"
            compare(title, updates, hand_written, url, options.updates, runs=options.runs)
    if "increments" in only:
        with server.fresh() as url:
            increments(url)
    if "kills" in only:
        with server.fresh() as url:
            writers_killed(url, options.kills)
        with server.fresh() as url:
            servers_killed(server, url, max(1, options.kills // 10))


if __name__ == "__main__":
    main()
