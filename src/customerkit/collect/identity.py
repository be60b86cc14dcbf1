"""Tell what was said before from what is new: fingerprints and their multiplicity.

A record is identified by its channel, what it says, and how often a single file
says it. Over several files the highest multiplicity counts, so overlapping
exports collected in any order give the same base, while equal rows of one file
stay apart.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from attrs import define, field

from customerkit.model.batch import Batch, Scalar
from customerkit.model.table import Table
from customerkit.store.protocol import Backend, Cond


def fingerprints(batch: Batch, names: Sequence[str]) -> list[bytes]:
    """Return 16 bytes a row that identify what it says.

    Blanks say nothing, so a further empty column changes no fingerprint.

    Args:
        batch: Columns of text.
        names: The columns that count; their order does not matter.
    """
    names = sorted(names)
    tags = [f"\x1e{name}\x1f" for name in names]
    whole = "".join(tag.replace("%", "%%") + "%s" for tag in tags)
    joined = _joined(batch, names, tags)
    if joined is None:
        rows = batch.rows(names)
        texts = (_said(row, tags) if None in row else whole % tuple(row) for row in rows)
        joined = (text.encode("utf-8", "surrogatepass") for text in texts)
    return [hashlib.md5(text, usedforsecurity=False).digest() for text in joined]


def _joined(batch: Batch, names: Sequence[str], tags: Sequence[str]) -> Iterable[bytes] | None:
    """Return what :func:`_said` gives, a column at a time, where the columns are Arrow's."""
    if not names or not all(batch.is_arrow(name) for name in names):
        return None
    import pyarrow as pa
    import pyarrow.compute as pc

    parts = [
        pc.binary_join_element_wise(tag, batch.arrow_column(name), "")
        for name, tag in zip(names, tags, strict=True)
    ]
    whole = pc.binary_join_element_wise("", *parts, "", null_handling="skip")
    found: list[bytes] = whole.cast(pa.large_binary()).to_pylist()
    return found


def _said(row: Sequence[Any], tags: Sequence[str]) -> str:
    pairs = zip(tags, row, strict=True)
    return "".join([f"{tag}{value}" for tag, value in pairs if value is not None])


@define
class Known:
    """Remember what earlier sources of a channel said.

    Args:
        backend: The store.
        table: Records or one kind of activity.
        runs: Earlier runs of the channel that count.
    """

    backend: Backend
    table: Table
    runs: frozenset[int]
    _seen: Counter[bytes] = field(factory=Counter)
    _stored: dict[bytes, list[int]] = field(factory=dict)

    def fresh(self, batch: Batch) -> list[bool]:
        """Return, for each row of the next batch, whether it adds anything.

        Args:
            batch: Rows with their fingerprint and, for records, external id.
        """
        if not self.runs:
            return [True] * len(batch)
        prints = [_bytes(item) for item in batch.column("fingerprint")]
        self._look_up(batch, set(prints) - self._stored.keys())
        found = []
        for item in prints:
            self._seen[item] += 1
            found.append(self._seen[item] > len(self._stored[item]))
        return found

    def record(self, print_: bytes) -> int | None:
        """Return the oldest record that says this, of those looked up."""
        stored = self._stored.get(print_)
        return min(stored) if stored else None

    def _look_up(self, batch: Batch, prints: Collection[bytes]) -> None:
        by_run: dict[bytes, dict[int, list[int]]] = {item: defaultdict(list) for item in prints}
        names = ["fingerprint", "run_id", "record_id"]
        for where in self._conditions(batch, sorted(prints)) if prints else ():
            for found in self.backend.scan(self.table, where, columns=names):
                for item, run_id, record in found.rows(names):
                    if run_id in self.runs and item in by_run:
                        by_run[_bytes(item)][int(str(run_id))].append(int(str(record)))
        for item, runs in by_run.items():
            self._stored[item] = max(runs.values(), key=len, default=[])

    def _conditions(self, batch: Batch, prints: list[bytes]) -> Iterator[list[Cond]]:
        """Yield scans that an index answers: records are found by external id first."""
        if not any("external_id" in index for index in self.table.indexes):
            yield [Cond("fingerprint", "in", prints)]
            return
        ids = set(batch.column("external_id")) if "external_id" in batch.names else {None}
        if None in ids:
            yield [Cond("external_id", "null", True), Cond("fingerprint", "in", prints)]
        known = sorted(str(item) for item in ids if item is not None)
        if known:
            yield [Cond("external_id", "in", known)]


def _bytes(value: Scalar) -> bytes:
    return value if isinstance(value, bytes) else b""
