"""Any history of runs, undone and redone in any order, leaves what its inputs give."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import customerkit as ck
from customerkit.errors import UndoError
from customerkit.model.tables import CUSTOMERS, HISTORY, KEYS, MEMBERS, RECORDS, TABLES
from customerkit.rules.derive import Deriver
from customerkit.store.backends.memory import MemoryBackend
from customerkit.store.protocol import Backend
from customerkit.store.unit import UnitOfWork

ROW = st.fixed_dictionaries(
    {
        "external_id": st.sampled_from([None, None, "1", "2", "3"]),
        "given_name": st.sampled_from([None, "Jane", "John", "J.", "Bob", "Robert"]),
        "family_name": st.sampled_from([None, "Doe", "Ray"]),
        "email": st.sampled_from([None, "a@example.org", "B@example.org", "c@example.org"]),
        "phone": st.sampled_from([None, "+442079460000"]),
        "city": st.sampled_from([None, "leeds", "York"]),
    }
)
RULESETS = [
    ck.default_ruleset(),
    ck.Ruleset([ck.Standardise(only=("city",)), ck.Deduplicate(["external_id"])], name="ids"),
    ck.Ruleset([ck.Deduplicate(["email"])], survivorship="most_frequent", name="often"),
]
DERIVED = (CUSTOMERS, MEMBERS, KEYS)
PICK = st.integers(0, 20)


def derived(backend: Backend) -> list[list[dict[str, Any]]]:
    """Return what a base derived, without versions and redirects."""
    found = []
    for table in DERIVED:
        rows = [row for batch in backend.scan(table) for row in batch.dicts()]
        kept = [row for row in rows if row.get("status") not in ("merged", "erased")]
        found.append(
            [{k: v for k, v in row.items() if k not in ("version", "run_id")} for row in kept]
        )
    return found


def from_scratch(base: ck.CustomerBase) -> list[list[dict[str, Any]]]:
    """Return what the records, decisions and rules of a base give when nothing else is known."""
    backend = MemoryBackend()
    unit = UnitOfWork(backend)
    for table in TABLES:
        if table not in (*DERIVED, HISTORY):
            rows = [row for batch in base.backend.scan(table) for row in batch.dicts()]
            backend.put(table, rows)
    records = [int(str(r)) for b in backend.scan(RECORDS) for r in b.column("record_id")]
    deriver = Deriver(unit, ck.CustomerBase(backend).rules())
    with unit.run("clean") as writer:
        deriver.settle(writer, records)
    return derived(backend)


class Histories(RuleBasedStateMachine):
    """Do to a base what people do, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.base = ck.open("memory:")

    def one(self, pick: int) -> str | None:
        ids = [row["id"] for row in self.base.customers()]
        return ids[pick % len(ids)] if ids else None

    @rule(rows=st.lists(ROW, min_size=1, max_size=4), channel=st.sampled_from(["crm", "web"]))
    def collect(self, rows: list[dict[str, Any]], channel: str) -> None:
        self.base.collect(rows, channel=channel, mapping={name: name for name in rows[0]})

    @rule()
    def clean(self) -> None:
        self.base.clean()
        settled = self.base.clean()
        assert settled == type(settled)()

    @rule(number=st.integers(0, len(RULESETS) - 1))
    def clean_by_other_rules(self, number: int) -> None:
        self.base.clean(RULESETS[number])

    @rule(pick=PICK, city=st.sampled_from(["York", "Bath", ck.CLEARED]))
    def update(self, pick: int, city: Any) -> None:
        if who := self.one(pick):
            self.base.update(who, city=city)
            assert self.base.get(who).city == (None if city is ck.CLEARED else city)

    @rule(pick=PICK, other=PICK)
    def merge(self, pick: int, other: int) -> None:
        left, right = self.one(pick), self.one(other)
        if left and right and left != right:
            self.base.merge(left, right)
            assert self.base.get(left).id == self.base.get(right).id

    @rule(pick=PICK, at=PICK)
    def unmerge(self, pick: int, at: int) -> None:
        records = self.base.get(who).records if (who := self.one(pick)) else ()
        if len(records) > 1:
            pair = {records[0], records[1 + at % (len(records) - 1)]}
            self.base.unmerge(*pair)
            ids = [row["id"] for row in self.base.customers()]
            assert not any(pair <= set(self.base.get(item).records) for item in ids)

    @rule(pick=PICK)
    def delete(self, pick: int) -> None:
        if who := self.one(pick):
            self.base.delete(who)
            assert who not in [row["id"] for row in self.base.customers()]

    @rule(pick=PICK)
    def erase(self, pick: int) -> None:
        if who := self.one(pick):
            self.base.erase(who)

    @rule(pick=PICK)
    def undo_redo_undo(self, pick: int) -> None:
        runs = self.base.runs()
        if not runs:
            return
        target = runs[-1 - pick % len(runs)]
        before = derived(self.base.backend)
        try:
            self.base.undo(target.run_id)
        except UndoError:
            return
        if target.verb != "undo":
            undoing = self.base.runs()[-1].run_id
            assert derived(self.base.backend) == from_scratch(self.base)
            self.base.undo(undoing)
            assert derived(self.base.backend) == before
            self.base.undo(target.run_id)

    @invariant()
    def is_a_function_of_its_inputs(self) -> None:
        assert derived(self.base.backend) == from_scratch(self.base)

    @invariant()
    def redirects_lead_to_customers(self) -> None:
        for batch in self.base.backend.scan(CUSTOMERS):
            for row in batch.dicts():
                if row["status"] == "merged":
                    to = self.base.backend.get(CUSTOMERS, [row["redirect"]])[0]
                    assert to is not None
                    assert to["status"] in ("active", "deleted")


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)


def _pair(**second: str) -> ck.CustomerBase:
    base = ck.open("memory:")
    base.collect([{"customer_id": "1", "first_name": "Jane", "email": "a@x.org"}], channel="crm")
    base.collect([{"customer_id": "2", **second}], channel="crm")
    base.clean()
    return base


def test_an_update_that_gives_a_key_joins_at_once() -> None:
    base = _pair(first_name="Jane")
    base.update("c-2", email="a@x.org")
    assert derived(base.backend) == from_scratch(base)


def test_a_number_that_is_none_says_nothing() -> None:
    base = _pair(first_name="Bo")
    base.update("c-2", given_name=float("nan"))
    assert base.get("c-2").given_name == "Bo"


def _family(names: str) -> list[dict[str, str]]:
    phone = {"phone": "+442079460018"}
    return [{"name": f"Jane {name}", **phone} for name in names.split()]


def test_a_shared_phone_joins_nobody_of_another_family() -> None:
    base = ck.open("memory:")
    base.collect(_family("Doe Smith"), channel="crm")
    base.clean(ck.Ruleset([ck.Standardise(), ck.Deduplicate()]))
    assert len(list(base.customers())) == 2


def test_a_deletion_outlives_a_cleaning_of_whole_columns() -> None:
    base = ck.open("memory:")
    base.collect([{"customer_id": "9", "city": "Bath"}], channel="crm")
    base.collect([{"customer_id": "1"}, {"customer_id": "1", "city": "York"}], channel="crm")
    ids = ck.Ruleset([ck.Deduplicate(["email"])], name="apart")
    base.clean(ids)
    base.delete("c-3")
    base.undo(3)
    plan = base.plan(ck.default_ruleset())
    plan.bulk_from = 1
    plan.apply()
    assert derived(base.backend) == from_scratch(base)


def test_an_update_finds_back_to_a_record_that_is_cleaned_again() -> None:
    base = ck.open("memory:")
    base.collect([{"city": "Leeds"}], channel="crm")
    base.clean()
    base.update("c-1", city="York")
    base.undo(2)
    base.clean()
    assert [row["city"] for row in base.customers()] == ["York"]
    assert derived(base.backend) == from_scratch(base)


def test_a_later_update_follows_one_that_is_brought_back() -> None:
    base = ck.open("memory:")
    nothing = dict.fromkeys(("given_name", "email", "city"))
    base.collect([nothing], channel="crm", mapping={name: name for name in nothing})
    base.clean()
    base.update("c-1", city="York")
    base.undo(2)  # whoever says nothing is nobody; the update alone is a customer
    base.update("c-2", city="York")
    before = derived(base.backend)
    base.undo(3)
    base.undo(base.runs()[-1].run_id)
    assert derived(base.backend) == before == from_scratch(base)
