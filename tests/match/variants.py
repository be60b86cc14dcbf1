"""Rows of few people in many spellings: every level of agreement is common among them."""

from __future__ import annotations

import random
from typing import Any

Row = dict[str, str]

_GIVEN = [
    "Robert", "Bob", "R.", "Rob", "Katherine", "Kate", "K", "Catherine", "Jean Pierre", "Jean",
    "Pierre", "王伟", "王薇", "Wei", "伟", "薇", "Владимир", "Vladimir", "Łukasz", "Lucas", "Ann",
    "Anne", "Steven", "Stephen", "محمد", "Ελένη", "Alexandria", "Alexandra", "Alex", "Ann E.",
    "Robert Smith", "ケイト",
]  # fmt: skip
_FAMILY = [
    "Smith", "Smyth", "Smithe", "O'Brien", "Obrien", "Müller", "Mueller", "Muller", "Roe Smith",
    "Roe", "王", "Wang", "李", "Li", "Иванов", "Ivanov", "Ivanova", "Robert", "Kate", "S",
    "Zylberstein", "Zylbersteyn", "Montgomery", "Montgomerie", "Van der Berg", "Berg",
]  # fmt: skip
_BIRTH = [
    "1971-06-24", "1971-06-42", "1971-24-06", "1971-06-25", "1971-06", "1971", "1972-06-24",
    "1917-06-24", "1971-01-01", "1970-01-01", "1988-01-01", "--06-24", "--01-01", "1971-07-24",
    "1940-03-02", "1971-02-03", "1971-03-02", "24 June 1971", "never",
]  # fmt: skip
_MAIL = [
    "robert.smith@example.com", "robertsmith@example.com", "robert.smith@example.org",
    "robert.smyth@example.com", "rob@example.com", "r.smith71@example.com", "info@example.com",
    "smith.robert@example.net", "王伟@example.com", "kate@example.com", "katherine.roe@example.org",
    "r***@example.com", "k***@example.com", "sales@example.com", "sales7@example.org",
]  # fmt: skip
_PHONE = [
    "+44 20 7946 0958", "020 7946 0958", "+44 20 7946 0985", "+44 20 7946 0111", "7946095",
    "+49 30 1234567", "030 1234567", "12345", "+1 212 555 0101", "+1 212 555 0110",
    "020****0958", "020****0111",
]  # fmt: skip
_STREET = [
    "12 High Street", "High Street 12", "12 High St", "12 Hihg Street", "High Street", "14 High St",
    "12a High Street", "Hauptstraße 5", "Hauptstr. 5", "Hauptstrasse 51", "Rue de la Paix", "5",
]  # fmt: skip
_CITY = ["London", "Lodnon", "Köln", "Koeln", "Koln", "北京", "Beijing", "Paris", "Parris", "Bonn"]
_POSTCODE = ["SW1A 1AA", "SW1A 1AB", "SW1A", "50667", "50668", "5066", "10115", "75002", "7"]
_ID = [
    "AB123456C",
    "AB123465C",
    "AB123456D",
    "QQ999999A",
    "ZZ1",
    "AB12345",
    "AB***456C",
    "QQ***999A",
]
_ACCOUNT = ["7011-2233", "70112233", "7011-2234", "www.example.com/in/roe", "****2233", "GB29"]
_COMPANY = ["Northwind Traders", "Northwind Trader", "Nortwind Trader", "Acme Ltd", "Acme", "Böhm"]
_OCCUPATION = ["Painter", "painter", "Paintor", "Writer", "Lawyer", "画家"]
_POOLS = {
    "given_name": _GIVEN, "family_name": _FAMILY, "middle_name": _GIVEN, "birth_place": _CITY,
    "company": _COMPANY, "occupation": _OCCUPATION, "birth_date": _BIRTH, "email": _MAIL,
    "email_2": _MAIL, "phone": _PHONE, "phone_2": _PHONE, "street": _STREET, "city": _CITY,
    "postcode": _POSTCODE, "gender": ["f", "m", "x"], "national_id": _ID, "tax_id": _ID,
    "account": _ACCOUNT, "account_2": _ACCOUNT,
    "age": ["53", "54", "52", "50", "40", "31", "n/a"], "published": ["2024-02-03", "2010"],
    "given_name_2": _GIVEN, "family_name_2": _FAMILY,
}  # fmt: skip


def rows(count: int, seed: int) -> list[Row]:
    """Return rows, about a third of their values missing, some with names in wrong places."""
    draw = random.Random(seed)
    return [_row(draw) for _ in range(count)]


def _row(draw: random.Random) -> Row:
    row = {name: _value(name, draw) for name in _POOLS if draw.random() < 0.66}
    if draw.random() < 0.1:
        given, family = row.pop("given_name", None), row.pop("family_name", None)
        row |= {"family_name": given} if given else {}
        row |= {"given_name": family} if family else {}
    return row


def _value(name: str, draw: random.Random) -> str:
    text = draw.choice(_POOLS[name])
    if draw.random() < 0.15:
        at = draw.randrange(len(text))
        text = text[:at] + draw.choice(["", "e", "ü", "1", text[at] * 2]) + text[at + 1 :]
    return text


def columns(some: list[Row]) -> dict[str, list[Any]]:
    """Return rows as columns."""
    return {name: [row.get(name) for row in some] for name in _POOLS}
