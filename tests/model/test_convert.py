"""Objects to plain data and back; all problems of an input at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerkit.errors import ValidationError
from customerkit.model.activity import PurchaseLine, Record
from customerkit.model.convert import json_schema, structure, unstructure
from customerkit.model.customer import Address, Contact, Customer, Identifier, Name
from customerkit.model.log import Change, Decision, Quarantined, Run

TEXT = st.text(max_size=20)
NOUNS = (Address, Change, Contact, Customer, Decision, Identifier, Name, PurchaseLine)


@given(TEXT, TEXT, st.integers(1, 9), st.sampled_from(["active", "merged", "deleted"]))
def test_a_customer_survives_the_round_trip(
    city: str, mail: str, version: int, status: str
) -> None:
    customer = Customer(
        "c-1",
        version,
        status,  # type: ignore[arg-type]
        address=Address(city=city),
        emails=(Contact(mail, mail, None),),
        identifiers=(Identifier("crm", "1"),),
        records=(1, 2),
    )
    assert structure(unstructure(customer), Customer) == customer


@given(st.binary(min_size=16, max_size=16))
def test_a_record_survives_the_round_trip(fingerprint: bytes) -> None:
    record = Record(record_id=1, run_id=1, position=1, fingerprint=fingerprint, email="a@b.c")
    assert structure(unstructure(record), Record) == record


@pytest.mark.parametrize("valid", [True, False, None])
def test_what_is_true_or_false_survives_the_round_trip(valid: bool | None) -> None:
    contact = Contact("a@b.org", "A@b.org", valid)
    assert structure(unstructure(contact), Contact) == contact


@pytest.mark.parametrize("valid", [1, "true"])
def test_numbers_and_texts_are_no_truth(valid: object) -> None:
    with pytest.raises(ValidationError, match="valid"):
        structure({"value": "a@b.org", "raw": "a@b.org", "valid": valid}, Contact)


def test_all_problems_are_listed_with_their_place() -> None:
    data = {"run_id": "one", "verb": 3, "recorded": 1, "shoe": 1}
    with pytest.raises(ValidationError) as caught:
        structure(data, Run)
    text = str(caught.value)
    assert "$.run_id" in text
    assert "$.verb" in text
    assert "shoe" in text
    assert len(caught.value.problems) == 3


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


@given(JSON.filter(lambda data: not isinstance(data, dict)), st.sampled_from(NOUNS))
def test_what_is_no_object_is_refused_as_one_that_is_wrong(data: object, cls: type) -> None:
    with pytest.raises(ValidationError):
        structure(data, cls)


@given(JSON, st.sampled_from(["name", "address", "emails", "identifiers", "values", "records"]))
def test_rubbish_in_a_field_is_a_customer_or_a_problem(data: object, field: str) -> None:
    problems: list[str] = []
    try:
        structure({"id": "c-1", "version": 1, field: data}, Customer)
    except ValidationError as error:
        problems = error.problems
    assert all("$" in problem for problem in problems)


@pytest.mark.parametrize("cls", [*NOUNS, Quarantined, Record, Run])
def test_the_schema_names_every_field(cls: type) -> None:
    schema = json_schema(cls)
    assert schema["type"] == "object"
    assert set(schema["required"]) <= set(schema["properties"])
    assert all(schema["properties"].values())
