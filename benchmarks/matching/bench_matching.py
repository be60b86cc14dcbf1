"""How many duplicates are found, how many of them are ones, and how fast: beside Splink.

Both read the same CSV file, as their users do; reading counts.

`python bench_matching.py fake_1000 febrl3 world:100000:1 chinese:100000:1 guests:5000:1 people.csv`
"""

from __future__ import annotations

import argparse
import csv
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
import people
import shared
import yardstick
from measure import once
from other_data import fake_1000, febrl3
from truth import scores

OTHERS = {"fake_1000": fake_1000, "febrl3": febrl3}
HEADER = "data who F1 precision recall found true seconds MB stages".split()
LINE = "{:<22} {:<18} {:>6} {:>9} {:>6} {:>8} {:>8} {:>8} {:>6}  {}"


def ours(path: Path, names: list[str]) -> tuple[Any, dict[str, float]]:
    """Return the label of each record, and what the model believes without any truth."""
    import customerkit as ck

    mapping = {name: name if name in names else None for name in _header(path)}
    found = ck.match(path, mapping=mapping)
    believed = {"pairs": found.estimated_pairs, "P": found.precision, "R": found.recall}
    return found.customer, believed


JOBS = {
    "customerkit": ours,
    "splink_documented": yardstick.splink_documented,
    "splink_safe": yardstick.splink_safe,
}


def job(who: str, path: str, without: list[str]) -> dict[str, Any]:
    """Read, match and score; reading and matching are timed."""
    file = Path(path)
    names = [name for name in _header(file) if name not in {"record_id", "person", *without}]
    start = time.perf_counter()
    labels, stages = JOBS[who](file, names)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    got = scores(labels, _truth(file))
    figures = {"F1": got.f1, "precision": got.precision, "recall": got.recall}
    return figures | {
        "found": got.found,
        "true": got.true,
        "seconds": seconds,
        "MB": peak,
        "stages": {name: round(took, 2) for name, took in stages.items()},
    }


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def _truth(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["person"] for row in csv.DictReader(file)]


def _written(columns: dict[str, list[Any]], path: Path) -> Path:
    people.write(path, columns)
    return path


def provide(name: str, folder: Path) -> Path | None:
    """Return a CSV file of a data set by its name, or None where it is missing."""
    if name in OTHERS:
        columns = OTHERS[name]()
        return columns and _written(columns, folder / f"{name}.csv")
    if name.endswith(".csv"):
        return Path(name)
    script, records, seed, *profile = name.split(":")
    if script in shared.KINDS:
        made = shared.generate(script, int(records), int(seed))
        return _written(made, folder / f"{name.replace(':', '_')}.csv")
    made = people.generate(int(records), int(seed), script, profile=(profile or ["usual"])[0])
    return _written(made, folder / f"{name.replace(':', '_')}.csv")


def _median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the figures of the run of median time, with the median of memory."""
    by_time = sorted(runs, key=lambda run: run["seconds"])
    middle = by_time[(len(by_time) - 1) // 2]
    return middle | {"MB": statistics.median(run["MB"] for run in runs)}


def _line(data: str, who: str, told: dict[str, Any]) -> str:
    shares = [f"{told[name]:.4f}" for name in ("F1", "precision", "recall")]
    sizes = [str(told["found"]), str(told["true"]), f"{told['seconds']:.2f}", f"{told['MB']:.0f}"]
    return LINE.format(data, who, *shares, *sizes, told["stages"] or "")


def measure(data: str, path: Path, who: list[str], runs: int, without: list[str]) -> None:
    """Run each in turn in processes of their own; print a line for each, and ratios."""
    turns: dict[str, list[Any]] = {name: [] for name in who}
    for _ in range(runs):
        for name in who:
            turns[name].append(once(job, name, str(path), without)[0])
    told = {name: _median(of_name) for name, of_name in turns.items()}
    for name, figures in told.items():
        print(_line(data, name, figures), flush=True)
    mine = told.get("customerkit")
    for name, figures in told.items():
        if mine is not None and name != "customerkit":
            ratio = mine["seconds"] / figures["seconds"], mine["MB"] / figures["MB"]
            print(f"{'':<22} ratio to {name}: {ratio[0]:.2f} wall, {ratio[1]:.2f} memory")


def _ready(who: str) -> bool:
    """Say loudly where this checkout has nothing to match with yet."""
    if who != "customerkit":
        return True
    import customerkit as ck

    if not hasattr(ck, "match"):
        print("SKIPPED: customerkit has no match()", file=sys.stderr)
    return hasattr(ck, "match")


def main() -> None:
    """Print the table for the data sets named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="*", default=["fake_1000", "febrl3", "world:100000:1"])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without", default="", help="columns to leave out, joined by commas")
    parser.add_argument("--who", default=",".join(JOBS), help="whom to run, joined by commas")
    told = parser.parse_args()
    who = [name for name in told.who.split(",") if _ready(name)]
    print(LINE.format(*HEADER))
    with tempfile.TemporaryDirectory() as folder:
        for name in told.data:
            path = provide(name, Path(folder))
            if path is not None:
                measure(Path(name).name, path, who, told.runs, told.without.split(","))


if __name__ == "__main__":
    main()
