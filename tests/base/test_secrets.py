"""No value of a person stands in messages, logs or what objects show of themselves."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import customerkit as ck
from customerkit.errors import CustomerKitError
from customerkit.model.profile import fields

SECRET = "Xq7Zvb9Kpw"
NAMES = sorted(fields())
SECRETS = st.sampled_from(
    [
        SECRET,
        f"{SECRET}@example.org",
        f"{SECRET}@@",
        f"+{SECRET}1",
        f"{SECRET} {SECRET}",
        f"1,{SECRET}",
    ]
)


def _shown(*things: object) -> str:
    return "\n".join(f"{thing!s}\n{thing!r}" for thing in things)


@given(st.sampled_from(NAMES), SECRETS)
def test_nothing_shows_a_value_unasked(name: str, secret: str) -> None:
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    try:
        base = ck.open("memory:", actor="tester")
        rows = [{"external_id": secret, name: secret}, {"external_id": "2", name: secret}]
        mapping = {"external_id": "external_id", name: name}
        collected = base.collect(rows, channel="crm", mapping=mapping)
        plan = base.plan()
        changes = list(plan.changes())
        shown = _shown(collected, plan, *changes, plan.suggestions)
        settled = base.clean()
        updated = base.update("c-1", **{name: secret + "2"})
        customer = base.get("c-1")
        parts = (customer.emails, customer.phones, customer.identifiers, customer.attributes)
        shown += _shown(settled, updated, customer, *base.runs(), base)
        shown += "".join(repr(item) for part in parts[:3] for item in part)
        shown += repr(base.explain("c-1", name)) + _shown(base.score())
    finally:
        logging.getLogger().removeHandler(handler)
    assert SECRET.lower() not in (shown + log.getvalue()).lower()


def _tries(base: ck.CustomerBase) -> dict[str, Callable[[], object]]:
    return {
        "reference": lambda: base.get(SECRET),
        "space": lambda: base.get(("crm", SECRET)),
        "update nobody": lambda: base.update(SECRET, city=SECRET),
        "conflict": lambda: base.update("c-1", city=SECRET, expected=99),
        "wrong kind": lambda: base.update("c-1", city=[SECRET]),
        "many": lambda: base.update([{"id": "c-1", "city": {SECRET}}, {"id": SECRET}]),
        "delete": lambda: base.delete(SECRET),
        "erase": lambda: base.erase(SECRET),
        "merge": lambda: base.merge("c-1", SECRET),
        "replay": lambda: base.replay([{"quarantine_id": 1, "name": SECRET}]),
        "ambiguous": lambda: base.get("7"),
        "scorer": lambda: ck.clean_score([SECRET], scorer=lambda x: x),  # type: ignore[arg-type, return-value]
    }


@pytest.mark.parametrize("what", sorted(_tries(ck.open("memory:"))))
def test_no_error_tells_a_value(what: str) -> None:
    base = ck.open("memory:")
    base.collect([{"customer_id": "7", "name": f"Jane {SECRET}"}], channel="crm")
    base.collect([{"customer_id": "7", "name": f"Bo {SECRET}"}], channel="web")
    base.clean()
    with pytest.raises(CustomerKitError) as caught:
        _tries(base)[what]()
    error: Any = caught.value
    chain = [error, error.__cause__, None if error.__suppress_context__ else error.__context__]
    assert SECRET not in "".join(_shown(item) for item in chain if item is not None)


def test_an_unreadable_row_is_described_without_its_values() -> None:
    base = ck.open("memory:")
    line = {"order_id": "p1", "email": f"{SECRET}@x.org", "quantity": SECRET, "unit_price": "2"}
    found = base.collect([line], channel="shop", kind="purchases")
    assert found.quarantined == 1
    assert SECRET not in _shown(found, *base.runs())
    assert SECRET not in base.quarantine()[0]["message"]
    assert SECRET in base.quarantine()[0]["raw"]
