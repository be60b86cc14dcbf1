"""The pages of the admin: what they show, to whom, and that they write by verbs alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("django", reason="Django is not installed: its pages are not tested")
pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed: its pages are not tested")

from django.db import connection
from django.test import Client

import customerkit as ck
from customerkit.contrib.django.forms import CustomerForm

CUSTOMERS, RUNS, QUARANTINE = (
    f"/admin/customerkit/{name}/" for name in ("customer", "run", "quarantine")
)
VIEW = ("view_customer", "view_run", "view_quarantine")
CHANGE = (*VIEW, "change_customer", "change_run", "change_quarantine")
User = Callable[..., Client]


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content, "utf-8")


def waiting(base: ck.CustomerBase) -> int:
    return int(base.quarantine()[0]["quarantine_id"])


def typed(client: Client, customer: int, **said: str) -> dict[str, Any]:
    """Return what a browser sends when a person changes some fields of the form."""
    form = client.get(f"{CUSTOMERS}{customer}/change/").context["form"]
    sent = {"version": form.initial["version"], "reason": "asked"}
    for name in form.fields:
        if name not in sent:
            sent[name] = sent[f"initial-{name}"] = form.initial.get(name, "")
    return {**sent, **said}


# ── looking ──────────────────────────────────────────────────────────────────


def test_customers_are_listed_and_found(base: ck.CustomerBase, user: User) -> None:
    client = user(*VIEW)
    everyone = text(client.get(CUSTOMERS))
    assert "Bo Ray" in everyone
    assert "c-1" in everyone
    for asked in ("c-2", "ray", "2", "+44 20 7946 0000", "BO.example.com"):
        found = text(client.get(CUSTOMERS, {"q": asked}))
        assert "Bo Ray" in found, asked
        assert "jane@example.com" not in found or "example" in asked, asked  # some of it fits
    assert "jane@example.com" in text(client.get(CUSTOMERS, {"q": "JANE@EXAMPLE.COM"}))
    assert "0 customers" in text(client.get(CUSTOMERS, {"q": "nobody"}))


def test_the_search_of_a_base_is_used(
    base: ck.CustomerBase, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def search(self: ck.CustomerBase, asked: str, **_: Any) -> list[ck.Customer]:
        assert asked == "bo rya"
        return [self.get("c-2")]

    monkeypatch.setattr(ck.CustomerBase, "search", search, raising=False)
    assert "Bo Ray" in text(user(*VIEW).get(CUSTOMERS, {"q": "bo rya"}))


def test_customers_are_filtered_by_channel_and_score(base: ck.CustomerBase, user: User) -> None:
    base.clean()
    client = user(*VIEW)
    by_channel = text(client.get(CUSTOMERS, {"channel": "news"}))
    assert "jane@example.com" in by_channel
    assert "Bo Ray" not in by_channel
    low, high = (text(client.get(CUSTOMERS, {"clean": band})) for band in ("0", "90"))
    assert "Bo Ray" in low
    assert "Bo Ray" not in high
    base.update("c-2", email="bo@example.com")
    assert "Bo Ray" not in text(client.get(CUSTOMERS, {"clean": "0"}))


def test_a_customer_shows_sources_and_history(base: ck.CustomerBase, user: User) -> None:
    base.update("c-1", city="York", reason="<b>moved</b>")
    page = text(user(*VIEW).get(f"{CUSTOMERS}1/change/"))
    assert "pinned by a person" in page
    assert " JANE@example.com" in page
    assert "&lt;b&gt;moved&lt;/b&gt;" in page
    assert "Save" not in page


def test_a_merged_customer_leads_to_where_it_went(base: ck.CustomerBase, user: User) -> None:
    base.merge("c-1", "c-2")
    answer = user(*VIEW).get(f"{CUSTOMERS}2/change/")
    assert (answer.status_code, answer["Location"]) == (302, f"{CUSTOMERS}1/change/")


def test_a_deleted_customer_is_shown_as_such(base: ck.CustomerBase, user: User) -> None:
    base.delete("c-2")
    client = user(*CHANGE)
    assert "This customer is deleted" in text(client.get(f"{CUSTOMERS}2/change/"))
    assert "Bo Ray" not in text(client.get(CUSTOMERS))
    assert client.get(f"{CUSTOMERS}99/change/").status_code == 302


def pages(base: ck.CustomerBase) -> list[str]:
    lists = [CUSTOMERS, RUNS, QUARANTINE, f"{CUSTOMERS}plan/", f"{CUSTOMERS}?q=jane&clean=90"]
    return [
        *lists,
        f"{CUSTOMERS}1/change/",
        f"{RUNS}1/change/",
        f"{QUARANTINE}{waiting(base)}/change/",
    ]


def test_nothing_becomes_markup(base: ck.CustomerBase, user: User) -> None:
    client = user(*CHANGE)
    assert "&lt;script&gt;alert" in text(client.get(f"{CUSTOMERS}1/change/"))
    for page in pages(base):
        assert "<script>alert" not in text(client.get(page)), page


def test_looking_writes_nothing(base: ck.CustomerBase, user: User) -> None:
    client = user(*CHANGE)
    base.search("ray")  # the first search of a base makes its index
    before, said = base.unit.state(), []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        said.append(sql.split(maxsplit=1)[0].upper())
        return execute(sql, *rest)

    changes = connection.connection.total_changes
    with connection.execute_wrapper(watch):
        for page in pages(base):
            text(client.get(page))
    assert base.unit.state() == before
    assert connection.connection.total_changes == changes
    assert set(said) == {"SELECT"}


# ── who may what ─────────────────────────────────────────────────────────────


def test_nobody_sees_without_permission(base: ck.CustomerBase, user: User) -> None:
    for page in pages(base):
        assert user().get(page).status_code == 403, page
        assert Client().get(page).status_code == 302, page


def test_who_may_only_look_changes_nothing(base: ck.CustomerBase, user: User) -> None:
    client, before = user(*VIEW), base.unit.state()
    for page in (f"{CUSTOMERS}1/change/", f"{CUSTOMERS}plan/", f"{RUNS}1/change/"):
        assert 'type="submit" class="default"' not in text(client.get(page))
        assert client.post(page, {"version": 1}).status_code == 403, page
    for page in (f"{CUSTOMERS}add/", f"{CUSTOMERS}1/delete/", f"{RUNS}1/delete/"):
        assert client.post(page).status_code == 403, page
    assert base.unit.state() == before


def test_rows_are_added_and_deleted_by_nobody(base: ck.CustomerBase, user: User) -> None:
    client = user(*CHANGE, "add_customer", "delete_customer")
    assert client.post(f"{CUSTOMERS}add/").status_code == 403
    assert client.post(f"{CUSTOMERS}1/delete/", {"post": "yes"}).status_code == 403
    assert base.get("c-1")


def test_a_forged_request_is_refused(base: ck.CustomerBase, user: User) -> None:
    client, before = user(*CHANGE, csrf=True), base.unit.state()
    for page in pages(base):
        assert client.post(page, {"state": "x"}).status_code == 403, page
    assert base.unit.state() == before


# ── writing ──────────────────────────────────────────────────────────────────


def test_a_customer_is_updated_by_whoever_is_logged_in(base: ck.CustomerBase, user: User) -> None:
    client = user(*CHANGE)
    answer = client.post(f"{CUSTOMERS}1/change/", typed(client, 1, city="York"))
    assert answer.status_code == 302
    customer, run = base.get("c-1"), base.runs()[-1]
    assert str(customer.address) == "1 High Street, York, LS1 1AA"
    assert (run.verb, run.actor[:5], run.reason) == ("update", "staff", "asked")


def test_an_emptied_field_is_cleared(base: ck.CustomerBase, user: User) -> None:
    client = user(*CHANGE)
    client.post(f"{CUSTOMERS}2/change/", typed(client, 2, phone=""))
    assert "phone" not in base.get("c-2").values
    runs = len(base.runs())
    assert "Nothing was changed" in text(
        client.post(f"{CUSTOMERS}2/change/", typed(client, 2), follow=True)
    )
    assert len(base.runs()) == runs


def test_a_conflict_shows_both_sides_and_can_be_saved_again(
    base: ck.CustomerBase, user: User
) -> None:
    client = user(*CHANGE)
    mine = typed(client, 2, phone="+442079460001", company="Mine Ltd")
    base.update("c-2", phone="+442079460002", city="Bath")
    answer = client.post(f"{CUSTOMERS}2/change/", mine)
    assert "Somebody else wrote first" in text(answer)
    assert answer.context["conflict"] == [
        ("Phone", "+442079460002", "+442079460001"),
        ("Company", None, "Mine Ltd"),
    ]
    assert base.get("c-2").phone == "+442079460002"
    again: CustomerForm = answer.context["form"]
    assert client.post(f"{CUSTOMERS}2/change/", again.data).status_code == 302
    now = base.get("c-2")
    assert (now.phone, now.company, now.city) == ("+442079460001", "Mine Ltd", "Bath")


def test_a_form_without_a_version_is_refused(base: ck.CustomerBase, user: User) -> None:
    before = base.unit.state()
    client = user(*CHANGE)
    sent = {**typed(client, 1, city="York"), "version": ""}
    assert client.post(f"{CUSTOMERS}1/change/", sent).status_code == 200
    assert base.unit.state() == before


def test_the_plan_is_applied(base: ck.CustomerBase, user: User) -> None:
    client = user(*CHANGE)
    page = client.get(f"{CUSTOMERS}plan/")
    assert "JANE@example.com" in text(page)
    keys = [key for key, _ in page.context["changes"]]
    sent = {"state": page.context["state"], "shown": keys, "keep": keys, "reason": "weekly"}
    (said,) = client.post(f"{CUSTOMERS}plan/", sent, follow=True).context["messages"]
    assert str(said) == "Run 5. Customers: 1 created."
    run = base.runs()[-1]
    assert (run.verb, run.reason, run.actor[:5]) == ("clean", "weekly", "staff")
    assert "nothing to clean" in text(client.get(f"{CUSTOMERS}plan/"))


def test_what_is_left_out_of_the_plan_is_rejected(base: ck.CustomerBase, user: User) -> None:
    client = user(*CHANGE)
    context = client.get(f"{CUSTOMERS}plan/").context
    keys = [key for key, _ in context["changes"]]
    joining = [key for key, change in context["changes"] if change.field == "customer"]
    kept = sorted(set(keys) - set(joining))
    client.post(f"{CUSTOMERS}plan/", {"state": context["state"], "shown": keys, "keep": kept})
    assert len(joining) == 1
    assert base.get("c-1").emails[0].value == "jane@example.com"
    assert len(base.get("c-1").records) == 1


def test_a_plan_of_before_is_not_applied(base: ck.CustomerBase, user: User) -> None:
    client = user(*CHANGE)
    state = client.get(f"{CUSTOMERS}plan/").context["state"]
    base.collect([{"customer_id": "9", "full_name": "Al"}], channel="crm")
    before = base.unit.state()
    said = text(client.post(f"{CUSTOMERS}plan/", {"state": state}, follow=True))
    assert "has changed since this plan was shown" in said
    assert base.unit.state() == before


def test_a_run_is_undone(base: ck.CustomerBase, user: User) -> None:
    client = user(*CHANGE)
    base.update("c-2", city="Bath")
    number = base.runs()[-1].run_id
    assert f"run {number}" in text(client.get(RUNS))
    client.post(f"{RUNS}{number}/change/", {"reason": "a mistake"})
    assert "city" not in base.get("c-2").values
    assert base.runs()[-1].reason == "a mistake"
    again = text(client.post(f"{RUNS}{number}/change/", follow=True))
    assert "was already undone" in again


def test_a_row_in_quarantine_is_fixed(base: ck.CustomerBase, user: User) -> None:
    client, number = user(*CHANGE), waiting(base)
    page = client.get(f"{QUARANTINE}{number}/change/")
    assert "&quot;quantity&quot;: &quot;two&quot;" in text(page)
    cells = {field.name: field.initial for field in page.context["form"]}
    (at,) = (name for name, value in cells.items() if value == "two")
    still = text(client.post(f"{QUARANTINE}{number}/change/", cells, follow=True))
    assert "still cannot be read" in still
    number = waiting(base)
    client.post(f"{QUARANTINE}{number}/change/", {**cells, at: "2"})
    assert base.quarantine() == []
    assert base.runs()[-1].verb == "replay"
