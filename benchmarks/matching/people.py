"""Made-up customer records of which it is known who is who: `python people.py --help`.

What is drawn depends on the seed and on the version of Faker, whose lists of names are used.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import chinese
import corruption
import numpy as np
from contacts import draw_mails, draw_phones
from households import People, draw_society, move
from pools import Pool, world
from rows import FIELDS, Row, change, leave_out, spoil_names, spoil_rest, written


@dataclass(frozen=True)
class Guesses:
    """How often things happen: guesses, none of them measured on real customers."""

    # who there is
    duplicates: float = 0.20  # of all records
    cluster_of: tuple[float, ...] = (0.78, 0.14, 0.05, 0.03)  # 2, 3, 4 or 5 records
    in_households: float = 0.25
    namesakes: float = 0.015
    # fields left empty, in first records and in duplicates
    no_given_name: float = 0.05
    no_family_name: float = 0.03
    no_gender: float = 0.15
    no_birth_date: float = 0.25
    no_email: float = 0.22
    no_phone: float = 0.28
    no_address: float = 0.08  # street, city and postcode at once
    no_street: float = 0.18
    no_city: float = 0.06
    no_postcode: float = 0.14
    no_country: float = 0.12
    # any record
    capitals: float = 0.03
    default_birth_date: float = 0.005
    # duplicates: names
    given_typo: float = 0.08
    given_misheard: float = 0.04
    given_other_form: float = 0.25  # of those who have one
    given_initial: float = 0.04
    family_typo: float = 0.08
    family_misheard: float = 0.04
    family_initial: float = 0.01
    names_swapped: float = 0.03
    accents_dropped: float = 0.30
    in_latin: float = 0.10  # of names in other scripts
    married: float = 0.05  # women
    # duplicates: addresses
    moved: float = 0.12
    street_short: float = 0.35
    street_typo: float = 0.08
    city_typo: float = 0.06
    postcode_wrong: float = 0.05
    # duplicates: contacts
    new_email: float = 0.12
    other_provider: float = 0.07
    email_typo: float = 0.05
    new_phone: float = 0.12
    phone_wrong: float = 0.05
    # duplicates: the rest
    birth_digit: float = 0.05
    birth_swapped: float = 0.03
    birth_year: float = 0.02
    birth_january: float = 0.02
    gender_wrong: float = 0.01
    gender_word: float = 0.10
    country_name: float = 0.15
    # Chinese names
    homophone: float = 0.06
    traditional: float = 0.03


_SHARES = {"duplicates", "in_households", "namesakes", "cluster_of"}


def _scaled(missing: float, errors: float) -> Guesses:
    usual = Guesses()
    names = [one.name for one in fields(Guesses) if one.name not in _SHARES]
    factor = {name: missing if name.startswith("no_") else errors for name in names}
    changed = {name: min(0.6, getattr(usual, name) * factor[name]) for name in names}
    return replace(usual, **changed)


PROFILES = {"clean": _scaled(0.4, 0.4), "usual": Guesses(), "dirty": _scaled(1.3, 1.7)}


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
