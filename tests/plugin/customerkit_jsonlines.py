"""Keep a small customer base in one file of JSON lines that people can read and compare."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from customerkit.errors import CorruptStoreError, InputError, StoreError
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.store.protocol import Capabilities, Cond, Key, matches


class Contents:
    """Hold all tables and rows, and read and write them as one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tables: dict[str, dict[str, Any]] = {}
        self.rows: dict[str, dict[Key, Row]] = {}
        if path.exists():
            self._read()

    def _read(self) -> None:
        try:
            with self.path.open(encoding="utf-8") as lines:
                for line in map(json.loads, lines):
                    self._remember(line)
        except (ValueError, LookupError, TypeError) as error:
            raise CorruptStoreError(f"{self.path.name} is damaged, or no file of ours") from error

    def _remember(self, line: Any) -> None:
        if isinstance(line, dict):  # a table
            self.tables[line["name"]] = line
            self.rows[line["name"]] = {}
            return
        name, *values = line  # a row of the table of this name
        table = self.tables[name]
        plain = (bytes.fromhex(v["hex"]) if isinstance(v, dict) else v for v in values)
        row = dict(zip(table["columns"], plain, strict=True))
        self.rows[name][key_of(table["key"], row)] = row

    def _lines(self) -> Iterator[Any]:
        for name, table in self.tables.items():
            yield table
            for row in self.rows[name].values():
                yield [name, *(row.get(column) for column in table["columns"])]

    def write(self) -> None:
        """Replace the file: there is always the old one or the new one, never half."""
        beside = self.path.with_suffix(".new")
        try:
            with beside.open("w", encoding="utf-8") as file:
                for line in self._lines():
                    file.write(json.dumps(line, default=lambda blob: {"hex": blob.hex()}) + "\n")
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
        except OSError as error:
            raise StoreError(f"{self.path.name} cannot be written; check the disk") from error


def key_of(names: Sequence[str], row: Row) -> Any:
    """Return the key of a row: a value, or a tuple where it has several columns."""
    key = tuple(row.get(name) for name in names)
    if None in key:
        raise InputError(f"a row has no key; give {', '.join(names)}")
    return key[0] if len(key) == 1 else key


class JSONLinesBackend:
    """Write the file anew when a transaction commits: for small bases, and one process.

    Args:
        url: ``jsonlines:///customers.jsonl``; a fourth slash begins an absolute path.
    """

    capabilities = Capabilities(multi_process=False)

    def __init__(self, url: str) -> None:
        self.held = Contents(Path(url.removeprefix("jsonlines:///")))
        self.lock = RLock()
        self.in_transaction = self.changed = False

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create the tables and columns that are missing; there are no indexes."""
        with self.transaction():
            for table in tables:
                new = {"name": table.name, "key": list(table.key), "columns": []}
                columns = self.held.tables.setdefault(table.name, new)["columns"]
                added = [name for name in table.names if name not in columns]
                columns += added
                self.held.rows.setdefault(table.name, {})
                self.changed |= bool(added)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Open a transaction, or join the one that is open."""
        with self.lock:
            if self.in_transaction:
                yield
                return
            before = {name: dict(rows) for name, rows in self.held.rows.items()}
            self.in_transaction, self.changed = True, False
            try:
                yield
                if self.changed:
                    self.held.write()
            except BaseException:
                self.held.rows = before
                raise
            finally:
                self.in_transaction = False

    def rows(self, table: Table) -> dict[Key, Row]:
        """Return the rows of a table by key."""
        if table.name not in self.held.rows:
            raise StoreError(f"there is no table {table.name}; call ensure first")
        return self.held.rows[table.name]

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return the rows of these keys, in their order, None where absent."""
        with self.lock:
            found = [self.rows(table).get(key) for key in keys]
        return [None if row is None else {n: row.get(n) for n in table.names} for row in found]

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key."""
        for name in {name for row in rows for name in row}:
            table.check(name)
        news = {key_of(table.key, row): dict(row) for row in rows}
        with self.transaction():
            self.rows(table).update(news)
            self.changed = True

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows by key and return how many there were."""
        with self.transaction():
            rows = self.rows(table)
            self.changed = True
            return sum(rows.pop(key, None) is not None for key in keys)

    def purge(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows; the file that had them is replaced."""
        return self.delete(table, keys)

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append rows with new keys and return how many."""
        with self.transaction():
            rows, count = self.rows(table), 0
            for batch in batches:
                news = {key_of(table.key, row): row for row in batch.dicts()}
                if len(news) < len(batch) or not rows.keys().isdisjoint(news):
                    raise InputError(f"{table.name}: a row with this key exists already")
                self.put(table, list(news.values()))
                count += len(batch)
            return count

    def scan(
        self,
        table: Table,
        where: Sequence[Cond] = (),
        *,
        columns: Sequence[str] | None = None,
        after: Key | None = None,
        limit: int | None = None,
    ) -> Iterator[Batch]:
        """Yield matching rows in key order."""
        names = tuple(table.names if columns is None else columns)
        for name in (*names, *(cond.field for cond in where)):
            table.check(name)
        where = [Cond(c.field, c.op, set(c.value)) if c.op == "in" else c for c in where]
        with self.lock:
            held: list[Any] = sorted(self.rows(table).items())
        rows = [
            {n: row.get(n) for n in table.names}
            for key, row in held
            if after is None or key > after
        ]
        found = [row for row in rows if matches(row, where)][:limit]
        if found:
            yield Batch.from_dicts(found, names)

    def close(self) -> None:
        """Forget what is held; the file has it."""
        self.held.rows = {}
