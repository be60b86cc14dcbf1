"""Rows of made-up people: written out, and spoilt as duplicates are."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from typing import Any

import chinese
import corruption
import numpy as np
from contacts import other_provider, phone_line
from guesses import Guesses
from households import People
from pools import Pool, without_accents

FIELDS = "given_name family_name gender birth_date email phone street city postcode country".split()
Row = dict[str, list[Any]]


def written(people: People, phones: list[str], mails: list[str], pools: Sequence[Pool],
             draw: random.Random) -> Row:  # fmt: skip
    """Write numbers out as the texts of rows."""
    row: Row = {name: [] for name in FIELDS}
    epoch = dt.date(1970, 1, 1).toordinal()
    columns = zip(
        people.pool.tolist(), people.gender.tolist(), people.given.tolist(),
        people.family.tolist(), people.birth.tolist(), people.place.tolist(),
        people.street.tolist(), people.house.tolist(), phones, strict=True,
    )  # fmt: skip
    for number, gender, given, family, birth, place, street, house, phone in columns:
        pool = pools[number]
        name = pool.family[family]
        row["given_name"].append(pool.given[gender][given])
        row["family_name"].append(name if gender else pool.feminine(name))
        row["gender"].append("m" if gender else "f")
        row["birth_date"].append(dt.date.fromordinal(epoch + birth).isoformat())
        row["phone"].append(phone_line(pool, phone, draw))
        row["street"].append(pool.street_line(pool.streets[street], house))
        row["city"].append(pool.cities[place])
        row["postcode"].append(pool.postcodes[place])
        row["country"].append(pool.country)
    row["email"] = list(mails)
    return row


def change(values: list[Any], rate: float, rng: Any, how: Callable[..., str], draw: random.Random,
            where: np.ndarray | None = None) -> np.ndarray:  # fmt: skip
    """Change values in place, each with a chance; return where."""
    hit = rng.random(len(values)) < rate
    at = np.flatnonzero(hit if where is None else hit & where)
    for one in at.tolist():
        values[one] = how(values[one], draw)
    return at


def spoil_names(row: Row, guesses: Guesses, latin: np.ndarray, pools: Sequence[Pool],
                 numbers: np.ndarray, rng: Any, draw: random.Random) -> None:  # fmt: skip
    given, family = row["given_name"], row["family_name"]
    if pools[0].country == "CN":
        _spoil_han(row, guesses, rng, draw)
    else:
        change(given, guesses.given_other_form, rng, corruption.other_name, draw)
        change(given, guesses.given_typo, rng, corruption.typo, draw)
        change(given, guesses.given_misheard, rng, corruption.misheard, draw)
        change(family, guesses.family_typo, rng, corruption.typo, draw)
        change(family, guesses.family_misheard, rng, corruption.misheard, draw)
    for at in np.flatnonzero(~latin & (rng.random(len(latin)) < guesses.in_latin)).tolist():
        write = pools[numbers[at]].latin
        given[at], family[at] = write(given[at]), write(family[at])
    for at in np.flatnonzero(rng.random(len(latin)) < guesses.accents_dropped).tolist():
        for column in ("given_name", "family_name", "street", "city"):
            row[column][at] = without_accents(row[column][at])
    change(given, guesses.given_initial, rng, corruption.initial, draw, latin)
    change(family, guesses.family_initial, rng, corruption.initial, draw, latin)
    for at in np.flatnonzero(rng.random(len(latin)) < guesses.names_swapped).tolist():
        given[at], family[at] = family[at], given[at]


def _spoil_han(row: Row, guesses: Guesses, rng: Any, draw: random.Random) -> None:
    """Take another letter of the same sound: what an input method does."""
    change(row["given_name"], guesses.homophone, rng, chinese.homophone, draw)
    change(row["family_name"], guesses.homophone / 2, rng, chinese.homophone, draw)
    traditional = rng.random(len(row["given_name"])) < guesses.traditional
    for column in ("given_name", "family_name", "street", "city"):
        change(row[column], 1.0, rng, chinese.traditional, draw, traditional)


def spoil_rest(row: Row, guesses: Guesses, rng: Any, draw: random.Random) -> None:
    for column, rate, how in (
        ("birth_date", guesses.birth_digit, corruption.wrong_day),
        ("email", guesses.other_provider, other_provider),
        ("email", guesses.email_typo, corruption.mail_typo),
        ("phone", guesses.phone_wrong, corruption.wrong_digit),
        ("street", guesses.street_short, corruption.short_street),
        ("street", guesses.street_typo, corruption.typo),
        ("city", guesses.city_typo, corruption.typo),
        ("postcode", guesses.postcode_wrong, corruption.wrong_digit),
        ("gender", guesses.gender_wrong, lambda value, _: "m" if value == "f" else "f"),
        ("gender", guesses.gender_word, lambda value, _: "male" if value == "m" else "female"),
    ):
        change(row[column], rate, rng, how, draw)
    for how, rate in (
        (corruption.swapped_day, guesses.birth_swapped),
        (corruption.first_january, guesses.birth_january),
        (corruption.only_year, guesses.birth_year),
    ):
        change(row["birth_date"], rate, rng, how, draw, _full(row["birth_date"]))


def _full(dates: list[str]) -> np.ndarray:
    return np.array([len(date) == 10 for date in dates])


def leave_out(row: Row, guesses: Guesses, rng: Any) -> None:
    """Empty fields of rows; a row that would lose both names keeps its family name."""
    size = len(row["city"])
    address = rng.random(size) < guesses.no_address
    gone = {name: rng.random(size) < getattr(guesses, f"no_{name}") for name in FIELDS}
    for name in ("street", "city", "postcode"):
        gone[name] |= address
    gone["family_name"] &= ~gone["given_name"]
    for name, where in gone.items():
        values = row[name]
        for at in np.flatnonzero(where).tolist():
            values[at] = ""
