"""Made-up customer records of which it is known who is who: `python people.py --help`.

What is drawn depends on the seed and on the version of Faker, whose lists of names are used.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import chinese
import corruption
import numpy as np
from contacts import draw_mails, draw_phones
from guesses import PROFILES, Guesses
from households import People, draw_society, move
from pools import Pool, world
from rows import FIELDS, Row, change, leave_out, spoil_names, spoil_rest, written


def _copies(people: int, wanted: int, chances: Sequence[float], rng: Any) -> np.ndarray:
    """Return the person of each duplicate."""
    extra = rng.choice(len(chances), wanted, p=chances) + 1
    extra = extra[: int(np.searchsorted(np.cumsum(extra), wanted)) + 1]
    return np.repeat(rng.permutation(people)[: len(extra)], extra)[:wanted]


def _pools(script: str, seed: int) -> list[Pool]:
    return world(seed) if script == "world" else [chinese.pool(seed)]


def _duplicates(people: People, of: np.ndarray, phones: list[str], mails: list[str],
                pools: Sequence[Pool], guesses: Guesses, rng: Any) -> Row:  # fmt: skip
    """Return the rows of the same people again, as others wrote them later."""
    draw = random.Random(int(rng.integers(2**32)))
    again = people.take(of)
    size = len(of)
    move(again, np.flatnonzero(rng.random(size) < guesses.moved), pools, rng)
    married = (again.gender == 0) & (rng.random(size) < guesses.married)
    takes = np.array([pool.takes_name > 0.3 for pool in pools])[again.pool]
    for at in np.flatnonzero(married & takes).tolist():
        again.family[at] = int(len(pools[again.pool[at]].family) * draw.random() ** 3)
    new_phones = draw_phones(again, pools, draw, shared=False)
    new_mails = draw_mails(again, pools, draw, set(mails), shared=False)
    new_phone = rng.random(size) < guesses.new_phone
    new_mail = rng.random(size) < guesses.new_email
    row = written(
        again,
        [new_phones[i] if new_phone[i] else phones[of[i]] for i in range(size)],
        [new_mails[i] if new_mail[i] else mails[of[i]] for i in range(size)],
        pools,
        draw,
    )
    latin = np.array([not pool.native_script for pool in pools])[again.pool]
    for at in np.flatnonzero(rng.random(size) < guesses.country_name).tolist():
        row["country"][at] = pools[again.pool[at]].country_name
    spoil_names(row, guesses, latin, pools, again.pool, rng, draw)
    spoil_rest(row, guesses, rng, draw)
    return row


def generate(
    records: int,
    seed: int,
    script: str = "world",
    *,
    profile: str = "usual",
    columns: Sequence[str] = FIELDS,
) -> Row:
    """Return columns of made-up records, the one named `person` saying whose they are.

    Args:
        records: How many records.
        seed: The same seed gives the same records.
        script: `world`, of 25 countries, or `chinese`.
        profile: How full and how right the records are: `clean`, `usual` or `dirty`.
        columns: The fields to keep.
    """
    guesses = PROFILES[profile]
    rng = np.random.default_rng(seed)
    draw = random.Random(seed)
    pools = _pools(script, seed)
    of = int(records * guesses.duplicates)
    size = records - of
    people = draw_society(pools, size, guesses.in_households, guesses.namesakes, rng)
    phones, mails = draw_phones(people, pools, draw), draw_mails(people, pools, draw, set())
    copies = _copies(size, of, guesses.cluster_of, rng)
    first = written(people, phones, mails, pools, draw)
    change(first["birth_date"], guesses.default_birth_date, rng, lambda *_: "1970-01-01", draw)
    later = _duplicates(people, copies, phones, mails, pools, guesses, rng)
    row = {name: first[name] + later[name] for name in FIELDS}
    for name in ("given_name", "family_name", "street", "city"):
        change(row[name], guesses.capitals, rng, corruption.cased, draw)
    leave_out(row, guesses, rng)
    return _shuffled(row, np.concatenate([np.arange(size), copies]), columns, rng)


def _shuffled(row: Row, person: np.ndarray, columns: Sequence[str], rng: Any) -> Row:
    order = rng.permutation(len(person)).tolist()
    number = rng.permutation(int(person.max()) + 1)[person].tolist()
    mixed: Row = {"record_id": [f"r{at:07d}" for at in range(len(order))]}
    for name in FIELDS:
        if name in columns:
            mixed[name] = [row[name][at] for at in order]
    return mixed | {"person": [number[at] for at in order]}


def write(path: Path, row: Row) -> None:
    """Write columns as a CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(row)
        writer.writerows(zip(*row.values(), strict=True))


def main() -> None:
    """Write one file of made-up records."""
    parser = argparse.ArgumentParser(description=generate.__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--script", choices=["world", "chinese"], default="world")
    parser.add_argument("--profile", choices=list(PROFILES), default="usual")
    parser.add_argument("--columns", default=",".join(FIELDS), help="fields, joined by commas")
    parser.add_argument("--out", type=Path, required=True)
    told = parser.parse_args()
    columns = told.columns.split(",")
    write(told.out, generate(told.records, told.seed, told.script, profile=told.profile,
                             columns=columns))  # fmt: skip


if __name__ == "__main__":
    main()
