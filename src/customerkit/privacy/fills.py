"""Find what was filled into other customers from one that is erased."""

from __future__ import annotations

from customerkit.model.batch import integer
from customerkit.model.tables import CUSTOMERS, FILLS
from customerkit.store.protocol import Backend, Cond

Fill = tuple[int, str]
"""A record and a field."""


def carried(backend: Backend, customer: int) -> list[Fill]:
    """Return the fills of later customers that were carried forward from one.

    Args:
        backend: The store.
        customer: The customer.

    Returns:
        The keys of the fills, customer after customer, until one states the field.
    """
    owner = backend.get(CUSTOMERS, [customer])[0]
    later = [Cond("record_id", "gt", customer)]
    filled = {
        (integer(row["record_id"]), str(row["field"])): row["value"]
        for batch in backend.scan(FILLS, later)
        for row in batch.dicts()
    }
    if owner is None or not filled:
        return []
    names = {name for _, name in filled if owner[name] is not None}
    found: list[Fill] = []
    for batch in backend.scan(CUSTOMERS, [Cond("customer_id", "gt", customer)]):
        for row in batch.dicts():
            who = integer(row["customer_id"])
            mine = {name for name in names if filled.get((who, name)) == owner[name]}
            found += [(who, name) for name in sorted(mine)]
            names = {name for name in names if name in mine or row[name] is None}
        if not names:
            break
    return found
