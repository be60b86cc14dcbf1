"""Say conditions in MongoDB's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from customerkit.model.table import Table
from customerkit.store.backends._conditions import beyond
from customerkit.store.backends._mongo_documents import Document, id_of, number, start
from customerkit.store.protocol import Cond, Key

_NOTHING: Document = {"_id": {"$in": []}}
_RANGES = 1_000  # more of them are slower than reading all
_AFTER_TEXT = "\0\1"


def filter_of(table: Table, where: Sequence[Cond], after: Key | None) -> Document:
    """Return the filter of a scan."""
    tests = [_test(cond) for cond in where]
    tests += [found for cond in where if (found := _ids(table, cond)) is not None]
    if after is not None:
        tests.append({"_id": {"$gt": id_of(after)}})
    if not tests:
        return {}
    return tests[0] if len(tests) == 1 else {"$and": tests}


def _test(cond: Cond) -> Document:
    field, value = cond.field, cond.value
    if cond.op == "null":
        return {field: None} if value else {field: {"$ne": None}}
    if cond.op == "in":
        values = [one for one in value if one is not None]
        return {field: {"$in": values}} if values else _NOTHING
    if value is None:
        return _NOTHING
    if cond.op == "prefix":
        return {field: {"$ne": None}} if not value else {field: _prefix(value)}
    return {field: {f"${_NAMES.get(cond.op, cond.op)}": value}}


_NAMES = {"le": "lte", "ge": "gte"}


def _prefix(text: str) -> Document:
    found: Document = {"$gte": text}
    for end in beyond(text):
        found["$lt"] = end
    return found


def keys_of(table: Table, where: Sequence[Cond]) -> list[Any] | None:
    """Return the only keys that can satisfy the conditions, None where these do not tell."""
    for cond in where:
        if table.key == (cond.field,) and cond.op in ("eq", "in"):
            wanted = [cond.value] if cond.op == "eq" else cond.value
            kind = int if table.check(cond.field).type == "integer" else str
            return sorted({key for key in wanted if isinstance(key, kind)})
    return None


def _ids(table: Table, cond: Cond) -> Document | None:
    """Return what a condition on the first column of a key says of ids, which are indexed."""
    if cond.field != table.key[0] or cond.op in ("null", "prefix"):
        return None
    values = list(cond.value) if cond.op == "in" else [cond.value]
    values = [value for value in values if isinstance(value, int | str)]
    if len(values) != 1 and (cond.op != "in" or not values or len(values) > _RANGES):
        return None
    if len(table.key) == 1:
        return _whole(cond.op, values)
    ranges = [_range(cond.op if cond.op != "in" else "eq", value) for value in values]
    return ranges[0] if len(ranges) == 1 else {"$or": ranges}


def _whole(op: str, values: Sequence[Any]) -> Document:
    ids = [id_of(value) for value in values]
    if op == "in":
        return {"_id": {"$in": ids}}
    return {"_id": {f"${_NAMES.get(op, op)}": ids[0]}}


def _range(op: str, value: Any) -> Document:
    """Return the ids of keys of several columns whose first one is compared with a value."""
    first = start(value)
    last = number(value + 1) if isinstance(value, int) else first[:-2] + _AFTER_TEXT
    ends = {
        "eq": {"$gte": first, "$lt": last},
        "lt": {"$lt": first},
        "le": {"$lt": last},
        "gt": {"$gte": last},
        "ge": {"$gte": first},
    }
    return {"_id": ends[op]}
