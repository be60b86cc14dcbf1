"""Random keys, values, rows and conditions of a table, for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from customerkit.model.batch import Row, Scalar
from customerkit.model.table import Column, Table
from customerkit.store.protocol import Cond, Key
from customerkit.testing.data import HARD_BYTES, HARD_FLOATS, HARD_INTEGERS, HARD_TEXTS

_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
_OF_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "text": st.sampled_from(HARD_TEXTS) | _TEXTS,
    "integer": st.integers(0, 9) | st.sampled_from(HARD_INTEGERS),
    "real": st.sampled_from(HARD_FLOATS) | st.floats(allow_nan=False, allow_infinity=False),
    "blob": st.sampled_from(HARD_BYTES) | st.binary(max_size=8),
}
# Few, so that a program meets the same key again, and of every kind.
_FEW: dict[str, st.SearchStrategy[Any]] = {
    "text": st.sampled_from(["", "a", "A", "a ", "\u00e1", "a\u0301", "\uffff", "\U0001f600"]),
    "integer": st.sampled_from([*range(6), 2**63 - 1, -(2**63)]),
}
_ORDERED = ("eq", "lt", "le", "gt", "ge")


def values(column: Column) -> st.SearchStrategy[Scalar]:
    """Return values of a column: hard ones, random ones, and None.

    Args:
        column: Decides the type. Text has no U+0000, which not every store holds.

    Example:
        >>> from hypothesis import find
        >>> find(values(Column("age", "integer")), lambda value: value is not None)
        0
    """
    return st.none() | _OF_TYPE[column.type]


def keys(table: Table) -> st.SearchStrategy[Key]:
    """Return keys of a table, few enough to meet again.

    Example:
        >>> from hypothesis import find
        >>> find(keys(Table("t", (Column("n", "integer"),), ("n",))), lambda key: key != 0)
        1
    """
    parts = [_FEW[table.check(name).type] for name in table.key]
    return st.tuples(*parts) if len(parts) > 1 else parts[0]


@st.composite
def rows(draw: st.DrawFn, table: Table) -> Row:
    """Return rows of a table, some columns of which may be absent.

    Example:
        >>> from hypothesis import find
        >>> find(rows(Table("t", (Column("n", "integer"),), ("n",))), lambda row: True)
        {'n': 0}
    """
    key = draw(keys(table))
    parts = key if isinstance(key, tuple) else (key,)
    others = [column for column in table.columns if column.name not in table.key]
    said = {c.name: draw(values(c)) for c in others if draw(st.booleans())}
    return {**dict(zip(table.key, parts, strict=True)), **said}


@st.composite
def conditions(draw: st.DrawFn, table: Table) -> Cond:
    """Return conditions on a table that mean something for the type of their column.

    Example:
        >>> from hypothesis import find
        >>> find(conditions(Table("t", (Column("n"),), ("n",))), lambda cond: cond.op == "null")
        Cond(field='n', op='null', value=False)
    """
    column = draw(st.sampled_from(table.columns))
    present = _OF_TYPE[column.type] | _FEW.get(column.type, st.nothing())
    answers = dict.fromkeys(_ORDERED if column.type != "blob" else ("eq",), present)
    answers["in"] = st.lists(st.none() | present, max_size=5)
    answers["null"] = st.booleans()
    if column.type == "text":
        answers["prefix"] = present
    op: Any = draw(st.sampled_from(sorted(answers)))
    return Cond(column.name, op, draw(answers[op]))
