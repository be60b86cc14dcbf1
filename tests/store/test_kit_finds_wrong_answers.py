"""The kit finds stores that answer wrongly: one fault a store, and who finds it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any

import attrs
import pytest

from customerkit.model.batch import Batch, Row, Scalar
from customerkit.model.table import Table
from customerkit.store.protocol import Cond
from customerkit.testing import ReferenceBackend

Finders = Callable[[type[ReferenceBackend], list[str]], list[str]]


class Values(ReferenceBackend):
    """Change values on their way in."""

    def change(self, value: Scalar) -> Scalar:
        return value

    def whole(self, table: Table, row: Row) -> Row:
        changed = {name: self.change(value) for name, value in row.items()}
        return super().whole(table, changed)


class Scans(ReferenceBackend):
    """Change what a scan is asked, or what it finds."""

    def ask(self, where: Sequence[Cond], options: dict[str, Any]) -> Sequence[Cond]:
        return where

    def found(self, table: Table, rows: list[Row]) -> list[Row]:
        return rows

    def scan(self, table: Table, where: Sequence[Cond] = (), **options: Any) -> Iterator[Batch]:
        where = self.ask(where, options)
        names = options.pop("columns", None) or table.names
        batches = list(super().scan(table, where, **options))
        rows = self.found(table, [row for batch in batches for row in batch.dicts()])
        if rows:
            yield Batch.from_dicts(rows, names)


# ── values ───────────────────────────────────────────────────────────────────


class BlankIsNone(Values):
    found_by = "test_texts_are_kept_exactly"

    def change(self, value: Scalar) -> Scalar:
        return None if value == "" else value


class Trims(Values):
    found_by = "test_texts_are_kept_exactly"

    def change(self, value: Scalar) -> Scalar:
        return value.rstrip(" ") if isinstance(value, str) else value


class Composes(Values):
    found_by = "test_texts_are_kept_exactly"

    def change(self, value: Scalar) -> Scalar:
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


class CutsLongKeys(ReferenceBackend):
    found_by = "test_long_keys"

    def whole(self, table: Table, row: Row) -> Row:
        cut = {n: v[:3_000] if n in table.key and isinstance(v, str) else v for n, v in row.items()}
        return super().whole(table, cut)


class TakesLongerKeysThanItSays(ReferenceBackend):
    found_by = "test_long_keys"
    capabilities = attrs.evolve(ReferenceBackend.capabilities, max_key_bytes=100)


class CutsAtNul(Values):
    found_by = "test_texts_are_kept_exactly"

    def change(self, value: Scalar) -> Scalar:
        return value.partition("\0")[0] if isinstance(value, str) else value


class IntegersAreFloats(Values):
    found_by = "test_integers_have_64_bits"

    def change(self, value: Scalar) -> Scalar:
        return int(float(value)) if isinstance(value, int) else value


class RoundsFloats(Values):
    found_by = "test_floats_are_kept_exactly"

    def change(self, value: Scalar) -> Scalar:
        return float(f"{value:.15g}") if isinstance(value, float) else value


class WholeFloatsAreIntegers(Values):
    found_by = "test_floats_are_kept_exactly"

    def change(self, value: Scalar) -> Scalar:
        return int(value) if isinstance(value, float) and value.is_integer() else value


class WrapsIntegers(Values):
    found_by = "test_what_does_not_fit_is_refused_or_kept"

    def change(self, value: Scalar) -> Scalar:
        return (value + 2**63) % 2**64 - 2**63 if isinstance(value, int) else value


class TakesNulAllTheSame(ReferenceBackend):
    found_by = "test_nul_is_refused_where_it_is_declared_impossible"
    capabilities = attrs.evolve(ReferenceBackend.capabilities, nul_in_text=False)


# ── scans ────────────────────────────────────────────────────────────────────


class OrdersByLocale(Scans):
    found_by = "test_rows_come_in_key_order"

    def found(self, table: Table, rows: list[Row]) -> list[Row]:
        return sorted(rows, key=lambda row: [str(row[name]).casefold() for name in table.key])


class OrdersByUtf16(Scans):
    found_by = "test_rows_come_in_key_order"

    def found(self, table: Table, rows: list[Row]) -> list[Row]:
        if table.check(table.key[0]).type != "text":
            return rows
        return sorted(rows, key=lambda row: str(row[table.key[0]]).encode("utf-16-be"))


class IgnoresCase(Scans):
    found_by = "test_texts_are_compared_by_code_point"

    def scan(self, table: Table, where: Sequence[Cond] = (), **options: Any) -> Iterator[Batch]:
        texts = {c.field: c.value for c in where if c.op == "eq" and isinstance(c.value, str)}
        others = [cond for cond in where if cond.field not in texts]
        for batch in super().scan(table, others, **options):
            keep = [
                all(str(row[name]).lower() == value.lower() for name, value in texts.items())
                for row in batch.dicts()
            ]
            if any(keep):
                yield batch.where(keep)


class TakesWildcards(Scans):
    found_by = "test_prefixes"

    def scan(self, table: Table, where: Sequence[Cond] = (), **options: Any) -> Iterator[Batch]:
        patterns = {cond.field: f"{cond.value}*" for cond in where if cond.op == "prefix"}
        others = [cond for cond in where if cond.op != "prefix"]
        for batch in super().scan(table, others, **options):
            keep = [
                all(fnmatchcase(str(row[name]), pattern) for name, pattern in patterns.items())
                for row in batch.dicts()
            ]
            if any(keep):
                yield batch.where(keep)


class FindsNoneInLists(Scans):
    found_by = "test_missing_values_satisfy_only_null"

    def ask(self, where: Sequence[Cond], options: dict[str, Any]) -> Sequence[Cond]:
        return [
            Cond(cond.field, "null") if cond.op == "in" and None in cond.value else cond
            for cond in where
        ]


class CutsLongLists(Scans):
    found_by = "test_in_takes_few_values_and_many"

    def ask(self, where: Sequence[Cond], options: dict[str, Any]) -> Sequence[Cond]:
        return [
            attrs.evolve(cond, value=list(cond.value)[:30_000]) if cond.op == "in" else cond
            for cond in where
        ]


class OneConditionAField(Scans):
    found_by = "test_conditions_are_joined_by_and"

    def ask(self, where: Sequence[Cond], options: dict[str, Any]) -> Sequence[Cond]:
        return list({cond.field: cond for cond in where}.values())


class TakesZeroForNoLimit(Scans):
    found_by = "test_limits"

    def ask(self, where: Sequence[Cond], options: dict[str, Any]) -> Sequence[Cond]:
        options["limit"] = options.get("limit") or None
        return where


class ComparesKeysByTheirFirstColumn(Scans):
    found_by = "test_pages_cover_every_row_once"

    def scan(self, table: Table, where: Sequence[Cond] = (), **options: Any) -> Iterator[Batch]:
        after = options.get("after")
        if isinstance(after, tuple):
            where = [*where, Cond(table.key[0], "gt", after[0])]
            options["after"] = None
        return super().scan(table, where, **options)


class YieldsEmptyBatches(ReferenceBackend):
    found_by = "test_nothing_found_is_no_batch"

    def scan(self, table: Table, where: Sequence[Cond] = (), **options: Any) -> Iterator[Batch]:
        yield from super().scan(table, where, **options)
        yield Batch.from_rows(options.get("columns") or table.names, [])


class ScansByOffset(ReferenceBackend):
    found_by = "test_a_scan_goes_on_while_rows_are_written"

    def scan(self, table: Table, where: Sequence[Cond] = (), **options: Any) -> Iterator[Batch]:
        start = 0
        while batches := list(super().scan(table, where, **options)):
            rows = [row for batch in batches for row in batch.rows()]
            if not rows[start:]:
                return
            yield Batch.from_rows(batches[0].names, rows[start : start + 10_000])
            start += 10_000


MUTANTS = [kind for kind in list(vars().values()) if hasattr(kind, "found_by")]


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_kit_finds(mutant: type[ReferenceBackend], finders: Finders) -> None:
    assert finders(mutant, [mutant.found_by]) == [mutant.found_by]
