"""Tables and values that stores get wrong."""

from __future__ import annotations

import attrs

from customerkit.model.batch import Row, Scalar
from customerkit.model.table import Column, Table

PEOPLE = Table(
    "kit_people",
    (
        Column("person_id", "integer"),
        Column("name"),
        Column("city"),
        Column("age", "integer"),
        Column("weight", "real"),
        Column("photo", "blob"),
    ),
    key=("person_id",),
    indexes=(("city",), ("age",)),
)
WORDS = Table("kit_words", (Column("word"), Column("note")), key=("word",))
VISITS = Table(
    "kit_visits",
    (Column("place"), Column("number", "integer"), Column("note")),
    key=("place", "number"),
    indexes=(("number",),),
)
KEYWORDS = Table(  # every identifier is a reserved word of SQL
    "order",
    (Column("select", "integer"), Column("group"), Column("where"), Column("index")),
    key=("select",),
    indexes=(("group", "where"),),
)
TABLES = (PEOPLE, WORDS, VISITS)
WIDER = attrs.evolve(
    PEOPLE,
    columns=(*PEOPLE.columns, Column("nickname")),
    indexes=(*PEOPLE.indexes, ("nickname",)),
)

NUL_TEXTS = ("\x00", "a\x00", "a\x00b", "\x00a")
HARD_TEXTS = (
    *("", " ", "a", "A", "a ", " a", "aa", "ab", "b", "B", "z", "Z"),
    *("\u00e1", "a\u0301", "\u00df", "ss", "\u0130", "i", "\u0131", "I", "\u00e6", "ae"),
    *("\u65e5\u672c", "\u674e\u56db", "\ue000", "\uffff", "\ufeff", "\U00010000", "\U0001f600"),
    *("a\U0001f600", "\U0010ffff", "a\uffff", "\u200b", "\u2028", "\u0645\u0631\u062d"),
    *("%", "_", "a%", "a_b", "a*", "a?", "[a]", "'", '"', "\\", "\\%", "`", ";--"),
    *("\n", "\r\n", "\t", "\x01", "\x7f", "\x80"),
    *("0", "00", "10", "9", "-1", "1e3", "1.0", "NULL", "null", "None", "true", "2024-01-01"),
)
HARD_INTEGERS = (
    *(0, 1, -1, 9, 10, 127, 128, 255, 256, 2**31 - 1, 2**31, -(2**31), -(2**31) - 1),
    *(2**53, 2**53 + 1, -(2**53) - 1, 2**62, 2**63 - 2, 2**63 - 1, -(2**63), -(2**63) + 1),
)
HARD_FLOATS = (
    *(0.0, 1.0, -1.0, 0.1, 1 / 3, -2.5, 1e16, 123456789.123456789, 2.0**53, 5e-324),
    *(2.2250738585072014e-308, 1.7976931348623157e308, -1.7976931348623157e308),
)
HARD_BYTES = (b"", b"\x00", b"a", b"a\x00", b"a ", b"\xff\xfe", b"%", bytes(range(256)))


def row_of(table: Table, **values: Scalar) -> Row:
    """Return a whole row of a table; what is not said is None."""
    return {**dict.fromkeys(table.names), **values}


def person(number: int, **values: Scalar) -> Row:
    """Return a whole row of the table of people."""
    return row_of(PEOPLE, person_id=number, **values)
