"""Tell what was said before from what is new: fingerprints and their multiplicity.

A record is identified by its channel, what it says, and how often a single file
says it. Over several files the highest multiplicity counts, so overlapping
exports collected in any order give the same base, while equal rows of one file
stay apart.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

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
    found = []
    for row in batch.rows(names):
        if None in row:
            pairs = zip(tags, row, strict=True)
            text = "".join([f"{tag}{value}" for tag, value in pairs if value is not None])
        else:
            text = whole % tuple(row)
        found.append(hashlib.md5(text.encode("utf-8", "surrogatepass"), usedforsecurity=False))
    return [item.digest() for item in found]


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

    def fresh(self, prints: Sequence[bytes]) -> list[bool]:
        """Return, for each row of the next batch, whether it adds anything."""
        if not self.runs:
            return [True] * len(prints)
        self._look_up(set(prints) - self._stored.keys())
        found = []
        for item in prints:
            self._seen[item] += 1
            found.append(self._seen[item] > len(self._stored[item]))
        return found

    def record(self, print_: bytes) -> int | None:
        """Return the oldest record that says this, of those looked up."""
        stored = self._stored.get(print_)
        return min(stored) if stored else None

    def _look_up(self, prints: Collection[bytes]) -> None:
        by_run: dict[bytes, dict[int, list[int]]] = {item: defaultdict(list) for item in prints}
        if prints:
            where = [Cond("fingerprint", "in", sorted(prints))]
            names = ["fingerprint", "run_id", "record_id"]
            for batch in self.backend.scan(self.table, where, columns=names):
                for item, run_id, record in batch.rows(names):
                    if run_id in self.runs:
                        by_run[_bytes(item)][int(str(run_id))].append(int(str(record)))
        for item, runs in by_run.items():
            self._stored[item] = max(runs.values(), key=len, default=[])


def _bytes(value: Scalar) -> bytes:
    return value if isinstance(value, bytes) else b""
