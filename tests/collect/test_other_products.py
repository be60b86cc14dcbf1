"""Headers of products that the synonyms were not written for are understood, or left alone.

``product_headers.json`` holds header rows as products export them and what their
columns mean: ``*`` behind a field allows any slot of it, null must stay unmapped.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from customerkit.collect.recognise import recognise

GROUPS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "product_headers.json").read_text("utf-8")
)
PRODUCTS = {name: product for group in GROUPS.values() for name, product in group.items()}


def fits(found: str | None, expected: str | None) -> bool:
    if expected is None or not expected.endswith("*"):
        return found == expected
    return found is not None and found.rstrip("_23") == expected.removesuffix("*")


def mapped(product: dict[str, Any]) -> dict[str, str]:
    found = recognise(product["header"], {}).columns
    return {column: target.field for column, target in found.items()}


@pytest.mark.parametrize("name", sorted(PRODUCTS))
def test_the_kind_is_told_and_nothing_is_taken_for_something_else(name: str) -> None:
    product = PRODUCTS[name]
    assert recognise(product["header"], {}).kind == product["kind"]
    found = mapped(product)
    wrong = [c for c, field in product["means"].items() if c in found and not fits(found[c], field)]
    # Amazon calls the price of all units the price of the item.
    assert wrong == (["item-price"] if name == "amazon_orders" else [])


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_nine_of_ten_columns_are_understood(group: str) -> None:
    hits, known = 0, 0
    for product in GROUPS[group].values():
        found = mapped(product)
        means = {column: field for column, field in product["means"].items() if field is not None}
        hits += sum(fits(found.get(column), field) for column, field in means.items())
        known += len(means)
    assert hits >= 0.9 * known
