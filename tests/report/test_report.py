"""The report of a base: complete, safe, self-contained, and silent about persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import customerkit as ck
from customerkit import demo
from customerkit.errors import SourceError
from customerkit.report import gather
from customerkit.report.facts import Apart

HOSTILE = '<img src=x onerror="alert(1)">'
EVENTS = re.compile(r"<script|javascript:|\son\w+=|<img|<iframe|<link|https?://(?!www\.w3\.org)")


@pytest.fixture(scope="module")
def sample() -> Iterator[ck.CustomerBase]:
    with ck.open("memory:") as base:
        for name, path in demo.files().items():
            ids = demo.ID_SPACES.get(name)
            base.collect(path, channel=demo.CHANNELS[name], external_ids=ids)
        base.clean()
        yield base


def written(base: ck.CustomerBase, path: Path, **options: bool) -> str:
    page = path / "report.html"
    assert base.report(page, **options) == page.stat().st_size
    assert not list(path.glob("*.partial"))
    return page.read_text("utf-8")


def test_the_sections_are_there_and_linked(sample: ck.CustomerBase, tmp_path: Path) -> None:
    page = written(sample, tmp_path)
    links = re.findall(r'href="#([^"]+)"', page)
    assert len(links) == 7
    assert all(f'id="{link}"' in page for link in links)
    assert page.count("<svg") > 15
    assert page.count("<svg") == page.count('role="img"') == page.count("<desc>")


def test_it_loads_and_runs_nothing(sample: ck.CustomerBase, tmp_path: Path) -> None:
    assert EVENTS.search(written(sample, tmp_path)) is None


def test_it_names_nobody_unless_asked(sample: ck.CustomerBase, tmp_path: Path) -> None:
    page = written(sample, tmp_path)
    named = {
        str(row[name]).casefold()
        for row in sample.customers()
        for name in ("email", "phone", "family_name", "street", "birth_date")
        if row.get(name) and len(str(row[name])) > 5
    }
    named -= {"customer"}  # the family name of a test account, and a word of the page
    assert len(named) > 300
    assert not [value for value in named if value in page.casefold()]
    assert "Xxxx" in page
    assert "katharina42@" in written(sample, tmp_path, show_values=True)


def test_hostile_values_stay_text(tmp_path: Path) -> None:
    rows = [
        {
            "customer_id": HOSTILE,
            "name": HOSTILE,
            "email": f"{HOSTILE}@x.org",
            "city": HOSTILE,
            "country": HOSTILE,
        },
        {"customer_id": "2", "name": "A", "email": " A@X.ORG "},
    ]
    orders = [
        {"order_id": 1, "customer_id": 2, "date": "2026-01-05", "product": HOSTILE, "amount": 5}
    ]
    with ck.open("memory:", actor=HOSTILE) as base:
        base.collect(rows, channel=HOSTILE, reason=HOSTILE)
        base.collect(orders, channel=HOSTILE, kind="purchases")
        base.clean()
        page = written(base, tmp_path, show_values=True)
    assert "&lt;img" in page
    assert "<img" not in page


def test_an_empty_base_has_a_report(tmp_path: Path) -> None:
    with ck.open("memory:") as base:
        page = written(base, tmp_path)
    assert "There is no customer to score yet" in page
    assert "No purchase was collected" in page


def test_a_folder_that_does_not_exist(sample: ck.CustomerBase, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        sample.report(tmp_path / "none" / "report.html")
    (tmp_path / "taken.html").mkdir()
    with pytest.raises(SourceError, match="cannot be written"):
        sample.report(tmp_path / "taken.html")


def test_the_numbers_are_those_of_the_base(sample: ck.CustomerBase) -> None:
    found = gather(sample.deriver())
    customers = list(sample.customers())
    assert found.people.count == len(customers)
    assert found.people.complete["email"] == sum(1 for row in customers if row.get("email"))
    records = sum(len(sample.get(row["id"]).records) for row in customers)
    assert sum(size * count for size, count in found.people.sizes.items()) == records
    assert sum(found.people.joined.values()) == records - len(customers)
    insights = sample.analyze()
    assert sum(count for _, count in found.activity.lines) == sum(map(sum, found.activity.hours))
    assert found.insights.totals == insights.totals
    assert sum(found.sources.quarantined.values()) == len(sample.quarantine())


def test_the_changes_are_those_of_the_plan(sample: ck.CustomerBase) -> None:
    found = gather(sample.deriver())
    rules = ck.Ruleset(sample.rules().rules, name="the same, looked at again")
    plan = sample.plan(rules)
    assert found.changes.counts == {
        why: count for why, count in plan.counts.items() if why[1] != "customer"
    }


def test_purchases_are_counted_on_their_day_and_hour() -> None:
    at = datetime(2026, 3, 2, 8, 59, tzinfo=UTC)  # a Monday
    rows = [
        {"order_id": 1, "customer_id": 1, "date": at.isoformat(), "amount": "5.00", "currency": c}
        for c in ("GBP", "JPY")
    ]
    with ck.open("memory:") as base:
        base.collect(rows, channel="shop", kind="purchases")
        base.clean()
        found = gather(base.deriver()).activity
    assert found.hours[0][8] == 2
    assert found.lines == [("2026-03-02", 2)]
    assert dict(found.amounts) == {"GBP": [("2026-03-02", 500)], "JPY": [("2026-03-02", 5)]}


def test_people_kept_apart_are_told() -> None:
    rows = [
        {"given_name": name, "family_name": "Doe", "email": "the.does@example.org"}
        for name in ("Ann", "Bob")
    ]
    with ck.open("memory:") as base:
        base.collect(rows, channel="crm")
        base.clean()
        found = gather(base.deriver()).people
    assert found.examples == [Apart("email", ("c-1", "c-2"), "different given names")]
    assert found.apart == {"email": 1}


def test_notebooks_show_shapes_only(sample: ck.CustomerBase) -> None:
    customer = sample.find(email="katharina42@post.example.net")[0]
    told = sample.explain(customer.id, "email")
    plan = sample.plan(ck.default_ruleset())
    again = sample.collect(demo.files()["crm.csv"], channel="crm")
    shown = [sample, customer, told, plan, again, sample.clean(), sample.score()]
    pages = [item._repr_html_() for item in shown]
    assert all(page.startswith("<") for page in pages)
    assert "katharina" not in "".join(pages).casefold()
    assert "xxxxxxxxx99@xxxx.xxxxxxx.xxx" in pages[1]
    assert "✓" in pages[2]
    assert "phone" in pages[6]
