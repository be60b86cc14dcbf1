"""Exports of real products are collected and cleaned without a hint.

``export_rows.txt`` holds invented people, a block a product: the columns that are
filled and the rows. Header, encoding and delimiter are the product's own.
"""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

import customerkit as ck

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("CUSTOMERKIT_DATA", ROOT.parent / "shared" / "data"))
HEADERS = DATA / "channels" / "headers.json"
ROWS = Path(__file__).parent / "export_rows.txt"
PREAMBLE = ["Notes:", '"Some of the addresses are missing, see help."', ""]

FOUR = ["ann@example.com", "ed@example.com", "bo@example.com", "lea@example.com"]
NAMES = ["Ann Lee", "Ed Poe", "Bo Ray", "Lea Oz"]
# product → field → what the customers have, in order of their ids
EXPECTED: dict[str, dict[str, list[str | None]]] = {
    "google_contacts_2024": {
        "email": ["ann.lee@example.com", "zoe@example.com", "bo@example.com", "lea@example.com"],
        "email_2": ["ann@work.example", None, None, None],
        "given_name": ["Ann", "Zoë", "Bo", "Lea"],
        "family_name": ["Lee", "Müller", "Ray", "Öz"],
        "middle_name": [None, "Maria", None, None],
        "phone": ["+442079460001", "+4930901820", None, None],
        "birth_date": ["1980-02-03", "--05-12", None, None],
        "street": ["1 High Street", None, "5 Low Road", None],
        "city": ["Leeds", "Berlin", "York", None],
        "country": ["GB", "DE", "GB", None],
        "company": ["Acme", None, None, None],
    },
    "google_contacts_legacy": {
        "full_name": ["Ann Lee", "Ed Poe", "Bo Ray", "王伟"],
        "gender": ["F", "M", None, "M"],
        "email": ["ann@example.com", "ed@example.com", None, "wang@example.com"],
        "phone": ["+442079460001", None, "+442079460002", None],
        "notes": ['met, in "Rome"', None, None, None],
    },
    "outlook_com": {
        "email": FOUR,
        "email_2": ["ann.lee@work.example", None, None, None],
        "phone": ["+447700900001", "+447700900002", None, None],
        "phone_2": ["+442079460001", None, "+442079460003", None],
        "phone_3": ["+442079460009", None, None, None],
        "birth_date": ["1980-03-02", "1979-12-25", None, "1990-01-31"],
        "street": ["1 High Street", None, None, None],
        "city_2": ["London", None, None, None],
    },
    "outlook_desktop": {
        "email": FOUR,
        "gender": ["F", "M", None, None],
        "street": ["1 High Street Flat 2", None, None, None],
        "city": ["Leeds", None, None, None],
        "street_2": ["9 Dock Road", None, None, None],
        "phone": ["+447700900001", "+447700900002", None, None],
    },
    "hubspot_contacts": {
        "family_name": ["Lee", "Poe", "Ray"],
        "email": ["ann.lee@example.com", "ed@example.com", "bo@example.com"],
        "phone": ["+442079460001", None, None],
        "country": ["GB", "DE", None],
        "company": ["Acme", None, None],
    },
    "shopify_customers": {
        "email": FOUR,
        "phone": ["+447700900001", None, None, None],
        "phone_2": ["+442079460001", None, None, None],
        "street": ["1 High Street Flat 2", None, None, None],
        "purchase_amount": ["120.5", "0", "59.9", "10"],
        "purchase_count": ["3", "0", "1", "1"],
    },
    "shopify_orders_messy": {
        "full_name": ["Ann Lee", "Ed Poe", "Bo Ray"],
        "email": FOUR[:3],
    },
    "salesforce_contacts_api": {
        "email": FOUR,
        "full_name": NAMES,
        "phone": ["+447700900001", None, None, None],
        "phone_2": ["+442079460001", None, None, None],
        "postcode": ["LS1 4AP", None, None, None],
    },
    "salesforce_contacts_report": {
        "email": FOUR,
        "company": ["Acme", "Acme", None, None],
        "region": ["CO", "TX", None, None],
        "postcode": ["80202", "73301", None, None],
    },
    "mailchimp_audience": {
        "email": FOUR,
        "given_name": ["Ann", "Ed", "Bo", None],
        "country": ["GB", "DE", None, None],
    },
    "mailchimp_audience_tags": {
        "email": FOUR,
        "tags": ['"vip","tea"', None, None, None],
    },
    "stripe_customers": {
        "full_name": NAMES[:3],
        "email": FOUR[:3],
        "purchase_count": ["1", "0", "1"],
    },
    "brevo_contacts": {"email": FOUR, "family_name": ["Lee", "Poe", "Ray", "Öz"]},
    "meta_lead_ads": {"email": FOUR, "full_name": NAMES},
    "linkedin_connections": {
        "email": ["ann@example.com", None, None, "lea@example.com"],
        "company": ["Acme", "Acme", None, None],
    },
    "woocommerce_customers": {
        "email": FOUR,
        "phone": ["+447700900001", None, None, None],
        "city": ["Leeds", "Berlin", "York", None],
        "purchase_amount": ["120.5", "0", "59.9", "10"],
    },
    "taobao_orders_gbk": {
        "full_name": ["王伟", "李翀", "陈丽"],
        "phone": ["13800138001", "13800138002", "13800138004"],
        "street": [
            "浙江省 杭州市 西湖区 文三路1号",
            "北京市 朝阳区 建国路2号",
            "广东省 深圳市 南山区 科技园3号",
        ],
    },
}
AMOUNTS = {"shopify_orders_messy": [2500, 750, 500], "taobao_orders_gbk": [7050, 2500, 9900]}


def blocks() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for line in ROWS.read_text("utf-8").splitlines():
        if line.startswith("# "):
            rows = found.setdefault(line.removeprefix("# "), [])
        else:
            rows.append(line.split("|"))
    return found


def export(product: str, folder: Path) -> Path:
    """Write the file a product would."""
    if not HEADERS.exists():
        pytest.skip(f"the headers are not here: {HEADERS}")
    facts: dict[str, Any] = json.loads(HEADERS.read_text("utf-8"))[product]
    columns, *rows = blocks()[product]
    out = io.StringIO(newline="")
    out.writelines(f"{line}\r\n" for line in PREAMBLE[: facts["preamble_lines"]])
    writer = csv.DictWriter(out, facts["header"], delimiter=facts["delimiter"])
    writer.writeheader()
    writer.writerows(dict(zip(columns, row, strict=True)) for row in rows)
    path = folder / f"{product}.csv"
    path.write_bytes(out.getvalue().encode(facts["encoding"]))
    return path


@pytest.mark.parametrize("product", sorted(EXPECTED))
def test_an_export_becomes_customers(product: str, tmp_path: Path) -> None:
    base = ck.open("memory:")
    found = base.collect(export(product, tmp_path), channel=product)
    assert found.kind == ("purchases" if product in AMOUNTS else "customers")
    assert found.rows == 4
    assert base.quarantine() == []
    base.clean()
    customers = list(base.customers())
    said = {field: [row.get(field) for row in customers] for field in EXPECTED[product]}
    assert said == EXPECTED[product]


@pytest.mark.parametrize("product", sorted(AMOUNTS))
def test_orders_belong_to_their_customers(product: str, tmp_path: Path) -> None:
    base = ck.open("memory:")
    base.collect(export(product, tmp_path), channel=product, currency="CNY")
    base.clean()
    insights = base.analyze().customers.to_dicts()
    assert [row["amount_minor"] for row in insights] == AMOUNTS[product]
    assert {row["currency"] for row in insights} == {"GBP" if "shopify" in product else "CNY"}


@pytest.mark.parametrize("product", sorted(EXPECTED))
def test_the_same_export_again_is_nothing_new(product: str, tmp_path: Path) -> None:
    base = ck.open("memory:")
    path = export(product, tmp_path)
    base.collect(path, channel=product)
    assert base.collect(path, channel=product).run_id is None
