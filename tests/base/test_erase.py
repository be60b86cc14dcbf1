"""Erasing leaves no byte of a person, and nothing brings the person back."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import customerkit as ck
from customerkit.errors import NotFoundError, TransientStoreError, UndoError
from customerkit.model.tables import POSTINGS
from customerkit.store.search.held import SIZE

JANE = {"customer_id": "1", "name": "Jane Doe", "email": "jane.doe@example.org"}
BO = {"customer_id": "2", "name": "Bo Ray", "email": "bo.ray@example.org"}
SECRETS = ("zebedee", "quillfeather", "1134960777", "wobblestone", "marmalade", "7700 900461")


def ids(base: ck.CustomerBase) -> list[str]:
    return [row["id"] for row in base.customers()]


def _lived(path: Path) -> ck.CustomerBase:
    """Return a base in which one person left traces everywhere."""
    person = {
        "customer_id": "zebedee-1",
        "name": "Zebedee Quillfeather",
        "email": "Zebedee@Quillfeather.example.org",
        "phone": "+44 7700 900461",
        "street": "7 Wobblestone Lane",
        "hobby": "marmalade",
    }
    base = ck.open(str(path))
    base.collect([BO], channel="crm")
    base.collect([person], channel="crm")
    base.collect([{**person, "customer_id": "z2", "phone": "01134960777"}], channel="web")
    base.clean()
    base.update("zebedee-1", notes="likes marmalade", street="8 Wobblestone Lane")
    base.merge("c-1", "c-2")
    base.update("c-1", city="York")
    base.undo(base.runs()[-2].run_id)
    base.collect([{**person, "name": "Z. Quillfeather", "city": "Wells"}], channel="shop")
    base.undo(base.runs()[-1].run_id)
    base.collect([{**person, "customer_id": "z3", "city": "Bath"}], channel="fair")
    orders = path.with_suffix(".csv")
    lines = ["order id,customer id,email,date,quantity,unit price"]
    lines += ["p1,zebedee-1,zebedee@quillfeather.example.org,2024-01-05,1,2.50"]
    lines += ["p2,zebedee-1,zebedee@quillfeather.example.org,2024-01-05,one,2.50"]
    orders.write_text("\n".join(lines), encoding="utf-8")
    base.collect(orders, channel="crm", currency="GBP")
    orders.unlink()
    base.clean()
    assert base.search("zebedee quilfeather").hits  # the index knows the person
    base.plan(ck.Ruleset([ck.Standardise(), ck.Deduplicate()], name="again")).apply()
    return base


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir()).lower()


def test_no_byte_of_the_person_remains(tmp_path: Path) -> None:
    base = _lived(tmp_path / "base.db")
    before = _bytes(tmp_path)
    assert all(secret.encode() in before for secret in SECRETS)
    base.erase("zebedee-1")
    while_open = _bytes(tmp_path)
    base.close()
    for after in (while_open, _bytes(tmp_path)):
        assert [secret for secret in SECRETS if secret.encode() in after] == []


def _indexed(base: ck.CustomerBase) -> set[int]:
    """Return the numbers of all customers of which the search index has a term."""
    return {
        int(block) * SIZE + place
        for batch in base.backend.scan(POSTINGS)
        for block, blob in batch.rows(["block", "customers"])
        for place in array("H", blob)
    }


def test_no_term_of_the_person_remains(tmp_path: Path) -> None:
    base = _lived(tmp_path / "base.db")
    number = base.get("zebedee-1").records[0]
    assert number in _indexed(base)
    base.erase("zebedee-1")
    assert number not in _indexed(base)
    assert base.search("zebedee quillfeather").hits == []
    base.reindex()
    assert _indexed(base) == {1}
    base.close()


def test_who_is_erased_while_an_index_is_built_is_not_in_it(tmp_path: Path) -> None:
    base = _lived(tmp_path / "base.db")
    other = ck.open(str(tmp_path / "base.db"))
    who = [base.get("zebedee-1").id]

    def erase_at_once(rows: int) -> None:
        if who:
            other.erase(who.pop())

    many = [{"customer_id": f"m{n}", "name": f"Person{n} Many"} for n in range(1_000)]
    base.collect(many, channel="many")
    base.clean()
    with pytest.raises(TransientStoreError, match="search again"):
        base.reindex(progress=erase_at_once)
    assert base.search("zebedee quillfeather").hits == []
    number = int(other.runs()[-1].changed.split()[-1])
    assert number not in _indexed(base)
    assert base.search("person7 many", limit=1).hits[0].score == 1
    base.close()
    other.close()


def test_others_keep_what_is_theirs(tmp_path: Path) -> None:
    base = _lived(tmp_path / "base.db")
    base.erase("zebedee-1")
    (row,) = base.customers()
    assert (row["id"], row["full_name"], row["city"]) == ("c-1", "Bo Ray", "York")
    base.close()


def test_what_was_carried_forward_from_the_person_goes_too() -> None:
    base = ck.open("memory:")
    rows = [JANE, {"customer_id": "2"}, {"customer_id": "3"}, BO | {"customer_id": "4"}]
    base.collect(rows, channel="crm", mapping={"email": "email"})
    fill = ck.Ruleset([ck.Deduplicate(["external_id"]), ck.ForwardFill(["email"])])
    base.clean(fill)
    assert [row["email"] for row in base.customers()].count(JANE["email"]) == 3
    base.erase("c-1")
    assert [row.get("email") for row in base.customers()] == [None, None, BO["email"]]
    assert not any(JANE["email"] in str(row) for row in _everything(base))


def _everything(base: ck.CustomerBase) -> list[dict[str, Any]]:
    from customerkit.model.tables import TABLES

    return [row for t in TABLES for batch in base.backend.scan(t) for row in batch.dicts()]


@pytest.mark.parametrize(
    ("row", "comes"),
    [
        (JANE, False),
        ({"name": "Jane Doe", "email": "JANE.DOE@example.org"}, False),
        ({"first_name": "Jane", "last_name": "Doe", "email": JANE["email"]}, False),
        ({"first_name": "J.", "email": JANE["email"]}, False),
        ({"first_name": "Jane M.", "email": JANE["email"]}, False),
        ({"first_name": "Jane", "last_name": "Roe", "email": JANE["email"]}, False),
        ({"email": JANE["email"]}, False),
        ({"customer_id": "1", "name": "Anybody Else"}, False),
        ({"first_name": "John", "email": JANE["email"]}, True),
        ({"first_name": "Jane", "last_name": "Doe", "email": "other@example.org"}, True),
    ],
)
def test_who_is_recognised_as_erased(row: dict[str, str], comes: bool) -> None:
    base = ck.open("memory:")
    base.collect([JANE, BO], channel="crm")
    base.clean()
    base.erase("c-1")
    found = base.collect([row, BO], channel="crm")
    assert (found.records, found.suppressed) == (int(comes), int(not comes))


def test_placeholders_of_an_erased_person_are_nobodys() -> None:
    base = ck.open("memory:")
    base.collect(
        [{"customer_id": "000000", "name": "Jane Doe", "email": "test@test.com"}], channel="crm"
    )
    base.clean()
    base.erase("c-1")
    others = [{"customer_id": "000000", "name": "Bo Ray"}, {"email": "test@test.com", "city": "X"}]
    for other in others:
        assert base.collect([other], channel="crm").suppressed == 0


def test_who_had_no_name_is_recognised_by_the_address_alone() -> None:
    base = ck.open("memory:")
    base.collect([{"email": "solo@example.org", "city": "York"}], channel="crm")
    base.clean()
    base.erase("c-1")
    named = {"name": "Jane Doe", "email": "solo@example.org"}
    assert base.collect([named], channel="web").suppressed == 1


def test_a_card_of_the_family_is_the_erased_persons_under_its_own_name_only() -> None:
    base = ck.open("memory:")
    base.collect([{"first_name": "Jane", "loyalty number": "7011-22 890"}], channel="till")
    base.clean()
    base.erase("c-1")
    rows = [{"first_name": name, "loyalty no": "701122890"} for name in ("Jane", "John")]
    found = base.collect(rows, channel="web")
    assert (found.records, found.suppressed) == (1, 1)


def test_a_number_is_recognised_in_the_form_of_its_country() -> None:
    pytest.importorskip("phonenumbers")
    base = ck.open("memory:")
    base.collect([{"first_name": "Jane", "phone": "+44 113 496 0777"}], channel="crm")
    base.clean()
    base.erase("c-1")
    row = {"first_name": "Jane", "phone": "0113 496 0777", "country": "UK"}
    assert base.collect([row], channel="web").suppressed == 1


def test_neither_undo_nor_redo_nor_cleaning_brings_anybody_back(
    make_base: Callable[[], ck.CustomerBase],
) -> None:
    base = make_base()
    base.collect([JANE, BO], channel="crm")
    base.clean()
    base.collect([{**JANE, "city": "York"}], channel="web")
    base.clean()
    base.update("c-1", city="Bath")
    base.undo()
    base.undo(4)
    base.undo(3)
    base.collect([{**JANE, "city": "Wells"}], channel="shop")
    base.erase("c-1")
    runs = [run for run in base.runs() if run.undone_by is None and run.verb != "erase"]
    for run in reversed(runs):
        try:
            base.undo(run.run_id)
        except UndoError:
            continue
        base.clean()
        assert not any("jane" in str(row).lower() for row in _everything(base))


def test_an_erased_customer_is_gone_and_says_so(base: ck.CustomerBase) -> None:
    base.collect([JANE, BO], channel="crm")
    base.clean()
    base.update("c-2", city="York")
    base.erase("c-1")
    for verb in (base.get, base.delete, base.erase, lambda who: base.update(who, city="Bath")):
        with pytest.raises(NotFoundError, match="erased for good"):
            verb("c-1")
    base.undo()
    assert list(base.customers()) == [{"id": "c-2", "full_name": "Bo Ray", "email": BO["email"]}]


def test_a_deleted_customer_can_be_erased_but_not_updated(base: ck.CustomerBase) -> None:
    base.collect([JANE, BO], channel="crm")
    base.clean()
    base.delete("c-1")
    with pytest.raises(NotFoundError, match="undo the run"):
        base.update("c-1", city="York")
    assert base.erase("c-1") > 0
    base.undo(3)
    assert ids(base) == ["c-2"]


def test_an_old_file_of_purchases_brings_nobody_back(base: ck.CustomerBase) -> None:
    line = {"order_id": "p1", "email": JANE["email"], "quantity": "1", "unit_price": "2.00"}
    base.collect([line], channel="shop", kind="purchases")
    base.clean()
    base.erase("c-1")
    base.collect([line], channel="shop", kind="purchases")
    base.clean()
    assert ids(base) == []
