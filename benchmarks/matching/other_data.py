"""Records made by others, with their truth: Splink's fake_1000 and Febrl 3."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterable
from pathlib import Path

Columns = dict[str, list[str]]
CHECKOUT = Path(__file__).parents[2]


def folder() -> Path:
    """Return where the files lie: beside the checkout, or where MATCHING_DATA says."""
    told = os.environ.get("MATCHING_DATA")
    return Path(told) if told else CHECKOUT.parent / "shared" / "data" / "matching"


def _rows(name: str) -> list[dict[str, str]] | None:
    path = folder() / name
    if not path.exists():
        print(f"SKIPPED: there is no {path}; MATCHING_DATA names the folder", file=sys.stderr)
        return None
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, skipinitialspace=True))


def _column(rows: Iterable[dict[str, str]], *names: str) -> list[str]:
    return [" ".join(filter(None, (row[name].strip() for name in names))) for row in rows]


def fake_1000() -> Columns | None:
    """Return 1000 records of 251 people, `person` saying whose; None where they are missing."""
    rows = _rows("fake_1000.csv")
    return rows and {
        "record_id": _column(rows, "unique_id"),
        "given_name": _column(rows, "first_name"),
        "family_name": _column(rows, "surname"),
        "birth_date": _column(rows, "dob"),
        "city": _column(rows, "city"),
        "email": _column(rows, "email"),
        "person": _column(rows, "cluster"),
    }


def febrl3() -> Columns | None:
    """Return 5000 records of 2000 people, `person` saying whose; None where they are missing."""
    rows = _rows("febrl3.csv")
    return rows and {
        "record_id": _column(rows, "rec_id"),
        "given_name": _column(rows, "given_name"),
        "family_name": _column(rows, "surname"),
        "birth_date": _column(rows, "date_of_birth"),
        "street": _column(rows, "street_number", "address_1", "address_2"),
        "city": _column(rows, "suburb"),
        "postcode": _column(rows, "postcode"),
        "region": _column(rows, "state"),
        "national_id": _column(rows, "soc_sec_id"),
        "person": [name.split("-")[1] for name in _column(rows, "rec_id")],
    }
