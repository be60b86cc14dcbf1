"""Conditions mean what ``matches`` says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest

from customerkit.errors import UnknownFieldError
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.protocol import Backend, Cond, Operator
from customerkit.testing.checks.store import StoreTests
from customerkit.testing.data import (
    HARD_BYTES,
    HARD_FLOATS,
    HARD_INTEGERS,
    PEOPLE,
    VISITS,
    WORDS,
    person,
    row_of,
)
from customerkit.testing.helpers import exact, hard_texts, scanned
from customerkit.testing.reference import selected

_ORDER: tuple[Operator, ...] = ("eq", "lt", "le", "gt", "ge")


class ConditionTests(StoreTests):
    """Compare the answers of scans with those of the reference."""

    def _agree(
        self, store: Backend, table: Table, rows: Sequence[Row], conditions: Sequence[Cond]
    ) -> None:
        for cond in conditions:
            found = scanned(store, table, [cond])
            assert exact(found) == exact(selected(table, rows, [cond])), cond

    def _people(self, store: Backend, column: str, values: Sequence[Any]) -> list[Row]:
        rows = [person(n, **{column: value}) for n, value in enumerate([*values, None])]
        store.put(PEOPLE, rows)
        return rows

    def test_texts_are_compared_by_code_point(self, store: Backend) -> None:
        """Answer ``eq lt le gt ge`` on texts by the order of code points.

        Troubleshooting: use a binary collation; where the store compares UTF-16
        units, characters above U+FFFF need a key of their own.
        """
        texts = hard_texts(store)
        rows = self._people(store, "name", texts)
        conditions = [Cond("name", op, text) for op, text in product(_ORDER, texts)]
        self._agree(store, PEOPLE, rows, conditions)

    def test_numbers_are_compared_as_numbers(self, store: Backend) -> None:
        """Answer ``eq lt le gt ge`` on integers and floats.

        Troubleshooting: bind numbers as numbers; 9 comes before 10.
        """
        for column, values in (("age", HARD_INTEGERS), ("weight", HARD_FLOATS)):
            rows = self._people(store, column, values)
            conditions = [Cond(column, op, value) for op, value in product(_ORDER, values)]
            self._agree(store, PEOPLE, rows, conditions)

    def test_bytes_are_found(self, store: Backend) -> None:
        """Answer ``eq`` and ``in`` on bytes.

        Troubleshooting: bind bytes as binary values.
        """
        rows = self._people(store, "photo", HARD_BYTES)
        conditions = [Cond("photo", "eq", value) for value in HARD_BYTES]
        conditions.append(Cond("photo", "in", list(HARD_BYTES[:4])))
        self._agree(store, PEOPLE, rows, conditions)

    def test_prefixes(self, store: Backend) -> None:
        """Answer ``prefix`` literally, case and all; the empty one fits every text.

        Troubleshooting: a pattern match needs its wildcards escaped and folds case
        in some stores; a range does not, but mind what comes after U+FFFF and NUL.
        """
        texts = hard_texts(store)
        rows = self._people(store, "name", [*texts, *(f"{text}!" for text in texts)])
        self._agree(store, PEOPLE, rows, [Cond("name", "prefix", text) for text in texts])

    def test_missing_values_satisfy_only_null(self, store: Backend) -> None:
        """Tell None from "" and zero, and match it with ``null`` alone.

        Troubleshooting: None among the values of ``in`` finds nothing either.
        """
        rows = [person(1, name="", age=0), person(2), person(3, name="a", age=1)]
        store.put(PEOPLE, rows)
        conditions = [Cond(f, "null", v) for f, v in product(("name", "age"), (True, False))]
        conditions += [
            Cond("name", "in", [None, "a"]),
            Cond("name", "in", [None]),
            Cond("age", "in", [None, 0]),
            Cond("name", "ge", ""),
            Cond("name", "prefix", ""),
            Cond("age", "lt", 5),
            Cond("name", "eq", None),
        ]
        self._agree(store, PEOPLE, rows, conditions)

    def test_in_takes_few_values_and_many(self, store: Backend) -> None:
        """Answer ``in`` for none, one, doubled and 40,000 values, in key order.

        Troubleshooting: split long lists, or pass them as a table; parts of a list
        must not come one after the other where the field is not the key.
        """
        rows = [person(n, name=f"n{n * 7919 % 1000:03}", age=n) for n in range(1_000)]
        store.load(PEOPLE, [Batch.from_dicts(rows, PEOPLE.names)])
        names = [f"n{n:03}" for n in range(40_000)]
        numbers = list(range(500, 40_500))
        names.sort(key=lambda name: name[::-1])  # in no useful order
        conditions = [Cond("age", "in", []), Cond("name", "in", ["n003", "n003", "x"])]
        conditions += [Cond("name", "in", names), Cond("person_id", "in", numbers)]
        conditions += [Cond("name", "in", [None, *names])]
        self._agree(store, PEOPLE, rows, conditions)

    def test_long_lists_beside_other_conditions(self, store: Backend) -> None:
        """Answer two long ``in`` at once, and one with ``after`` and ``limit``.

        Troubleshooting: count the parameters of the whole statement, not of each
        condition, and keep count of the limit over its parts.
        """
        rows = [person(n, age=-n) for n in range(1_000)]
        store.load(PEOPLE, [Batch.from_dicts(rows, PEOPLE.names)])
        ages, numbers = [-n for n in range(10, 25_010)], list(range(25_000))
        both = [Cond("age", "in", ages), Cond("person_id", "in", numbers)]
        pages: tuple[dict[str, Any], ...] = ({}, {"after": 500, "limit": 7}, {"limit": 900})
        for options in pages:
            found = scanned(store, PEOPLE, both, **options)
            assert found == selected(PEOPLE, rows, both, **options)
        long = [Cond("age", "in", [*ages, *range(1, 20_000)])]
        found = scanned(store, PEOPLE, long, after=300, limit=5)
        assert found == selected(PEOPLE, rows, long, after=300, limit=5)

    def test_conditions_are_joined_by_and(self, store: Backend) -> None:
        """Return the rows that satisfy all conditions, also two on one field.

        Troubleshooting: bind the values of all conditions in their order.
        """
        rows = [person(n, name="ab"[n % 2], age=n) for n in range(20)]
        store.put(PEOPLE, rows)
        where = [Cond("age", "ge", 3), Cond("name", "eq", "a"), Cond("age", "lt", 15)]
        assert scanned(store, PEOPLE, where) == selected(PEOPLE, rows, where)

    def test_conditions_on_keys(self, store: Backend) -> None:
        """Answer conditions on columns of the key.

        Troubleshooting: a shortcut by key must apply the other conditions too.
        """
        visits = [
            row_of(VISITS, place=p, number=n) for p in ("a", "a ", "\U0001f600") for n in (1, 2)
        ]
        store.put(VISITS, visits)
        self._agree(store, VISITS, visits, [Cond("place", "eq", "a"), Cond("number", "in", [2, 7])])
        words = [row_of(WORDS, word=text, note="x" + text) for text in hard_texts(store)]
        store.put(WORDS, words)
        where = [Cond("word", "in", ["a", "A", "?"]), Cond("note", "eq", "xA")]
        assert scanned(store, WORDS, where) == selected(WORDS, words, where)
        one = [Cond("word", "eq", "a"), Cond("word", "eq", "b")]
        assert scanned(store, WORDS, one) == []

    def test_conditions_on_unknown_fields_are_refused(self, store: Backend) -> None:
        """Refuse a condition on a field that the table does not have.

        Troubleshooting: call ``table.check(cond.field)``; a name never reaches a
        query unchecked.
        """
        with pytest.raises(UnknownFieldError):
            list(store.scan(PEOPLE, [Cond("shoe", "eq", "9")]))
