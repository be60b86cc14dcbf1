"""Keep what was just collected, so that cleaning need not read it again."""

from __future__ import annotations

from attrs import define, field

from customerkit.model.batch import Batch

_BUDGET = 96 * 1024**2


@define
class Recent:
    """Hold the records of the last runs as Arrow columns, up to a budget.

    A run is held whole or not at all; records are immutable, so what is held
    never goes stale.

    Args:
        budget: Bytes.
    """

    budget: int = _BUDGET
    _runs: dict[int, list[Batch]] = field(factory=dict)
    _dropped: set[int] = field(factory=set)
    _used: int = 0

    def add(self, run_id: int, batch: Batch) -> None:
        """Keep a batch of a run, as long as there is room."""
        if run_id in self._dropped:
            return
        said = [name for name in batch.names if name not in ("fingerprint", "position")]
        kept = (
            Batch.from_columns({n: _arrow(batch, n) for n in said}, len(batch))
            if (any(batch.is_arrow(name) for name in said))
            else None
        )
        size = kept.nbytes if kept is not None else None
        if kept is None or size is None or self._used + size > self.budget:
            self._runs.pop(run_id, None)
            self._dropped.add(run_id)
            return
        self._used += size
        self._runs.setdefault(run_id, []).append(kept)

    def take(self, run_id: int) -> list[Batch] | None:
        """Return and forget the batches of a run, None where they are not held."""
        found = self._runs.pop(run_id, None)
        if found is not None:
            self._used -= sum(batch.nbytes or 0 for batch in found)
        return found

    def clear(self) -> None:
        """Forget everything."""
        self._runs, self._used = {}, 0


def _arrow(batch: Batch, name: str) -> object:
    import pyarrow as pa

    kind = pa.int64() if name in ("record_id", "run_id", "published") else pa.string()
    return batch.arrow_column(name, kind)
