"""Tell what was said before from what is new: fingerprints and their multiplicity.

A record is identified by its channel, what it says, and how often a single file
says it. Over several files the highest multiplicity counts, so overlapping
exports collected in any order give the same base, while equal rows of one file
stay apart.

What was said before is found by the external id where a row has one, else by the
fingerprint, so only rows without external id need to keep theirs.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import define, field

from customerkit.model.batch import Batch, Scalar
from customerkit.model.profile import fields
from customerkit.model.table import Table
from customerkit.model.tables import RECORDS
from customerkit.store.protocol import Backend, Cond

CONTENT = frozenset({*fields(), "external_id", "extras", "published"})
"""The columns of a record that say something."""


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
        """Return, for each row of the next batch, whether it adds anything."""
        if not self.runs:
            return [True] * len(batch)
        found = []
        for item in self._identities(batch):
            self._seen[item] += 1
            found.append(self._seen[item] > len(self._stored[item]))
        return found

    def oldest(self, batch: Batch) -> list[int | None]:
        """Return, for each row, the oldest record that says the same."""
        if not self.runs:
            return [None] * len(batch)
        return [min(self._stored[item], default=None) for item in self._identities(batch)]

    def _identities(self, batch: Batch) -> list[bytes]:
        prints = _prints(batch, self.table)
        new = set(prints) - self._stored.keys()
        by_run: dict[bytes, dict[int, list[int]]] = {item: defaultdict(list) for item in new}
        for found in self._candidates(batch, sorted(new)) if new else ():
            numbers = zip(found.column("run_id"), found.column("record_id"), strict=True)
            for item, (run_id, record) in zip(_prints(found, self.table), numbers, strict=True):
                if run_id in self.runs and item in by_run:
                    by_run[item][int(str(run_id))].append(int(str(record)))
        for item, runs in by_run.items():
            self._stored[item] = max(runs.values(), key=len, default=[])
        return prints

    def _candidates(self, batch: Batch, prints: list[bytes]) -> Iterator[Batch]:
        """Yield the stored rows that may say the same, found by an index."""
        names = ["record_id", "run_id", "fingerprint"]
        if self.table is not RECORDS:
            yield from self.backend.scan(
                self.table, [Cond("fingerprint", "in", prints)], columns=names
            )
            return
        ids = set(batch.column("external_id")) if "external_id" in batch.names else {None}
        names += sorted(CONTENT)
        if None in ids:
            where = [Cond("fingerprint", "in", prints)]
            yield from self.backend.scan(self.table, where, columns=names)
        known = sorted(str(item) for item in ids if item is not None)
        if known:
            where = [Cond("external_id", "in", known)]
            yield from self.backend.scan(self.table, where, columns=names)


def _prints(batch: Batch, table: Table) -> list[bytes]:
    if table is RECORDS:
        return fingerprints(batch, [name for name in batch.names if name in CONTENT])
    return [_bytes(item) for item in batch.column("fingerprint")]


def kept_fingerprints(batch: Batch) -> list[bytes | None] | None:
    """Return the fingerprints that records have to keep: those without external id.

    Args:
        batch: Records.

    Returns:
        One a row, None where the external id finds it; None where no row needs one.
    """
    if "external_id" not in batch.names:
        return list(_prints(batch, RECORDS))
    if not batch.has_gaps("external_id"):
        return None
    named = [value is not None for value in batch.column("external_id")]
    prints = iter(_prints(batch.where([not has for has in named]), RECORDS))
    return [None if has else next(prints) for has in named]


def _bytes(value: Scalar) -> bytes:
    return value if isinstance(value, bytes) else b""
