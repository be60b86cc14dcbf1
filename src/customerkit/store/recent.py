"""Keep what was just collected, so that cleaning need not read it again."""

from __future__ import annotations

import mmap
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any
from weakref import finalize

from attrs import define, field

from customerkit.model.batch import Batch

if TYPE_CHECKING:
    import pyarrow as pa

_BUDGET = 64 * 1024**2
_SHARE = 8  # leave the others of a disk most of what is free


@define
class _Spill:
    """Hold batches in a file without a name, which goes when it is forgotten."""

    file: IO[bytes]
    left: int

    @classmethod
    def open(cls) -> _Spill:
        """Make a file that may take a part of what is free beside it."""
        free = shutil.disk_usage(tempfile.gettempdir()).free
        file = tempfile.TemporaryFile(prefix="customerkit-")  # noqa: SIM115 - closed below
        spill = cls(file, free // _SHARE)
        finalize(spill, file.close)
        return spill

    def add(self, batch: pa.RecordBatch) -> tuple[int, int]:
        """Append a batch and return where it begins and how long it is.

        Raises:
            OSError: There is no room.
        """
        import pyarrow as pa

        start = self.file.tell()
        self.left -= batch.nbytes
        if self.left < 0:
            raise OSError("no room")
        with pa.ipc.new_stream(self.file, batch.schema) as stream:
            stream.write_batch(batch)
        return start, self.file.tell() - start

    def batches(self, pieces: Iterable[tuple[int, int]]) -> list[Batch]:
        """Return what was appended, read from the disk where and when it is used."""
        import pyarrow as pa

        self.file.flush()
        whole = pa.py_buffer(mmap.mmap(self.file.fileno(), 0, access=mmap.ACCESS_READ))
        streams = [pa.ipc.open_stream(whole.slice(*piece)) for piece in pieces]
        return [Batch.from_arrow(stream.read_next_batch()) for stream in streams]


@define
class _Held:
    batches: list[Batch] = field(factory=list)
    size: int = 0
    pieces: list[tuple[int, int]] = field(factory=list)


@define
class Recent:
    """Hold the records of the last runs as Arrow columns: in memory, then in a temporary file.

    A run is held whole or not at all; records are immutable, so what is held
    never goes stale.

    Args:
        budget: Bytes in memory; what is beyond goes into a file that only this process sees.
    """

    budget: int = _BUDGET
    _runs: dict[int, _Held] = field(factory=dict)
    _dropped: set[int] = field(factory=set)
    _used: int = 0
    _spill: _Spill | None = None

    def add(self, run_id: int, batch: Batch) -> None:
        """Keep a batch of a run, as long as there is room."""
        if run_id in self._dropped:
            return
        said = [name for name in batch.names if name not in ("fingerprint", "position")]
        try:
            if not any(batch.is_arrow(name) for name in said):
                raise OSError("reading it again is as fast")
            self._hold(run_id, {name: _arrow(batch, name) for name in said})
        except OSError:
            self._forget(run_id)
            self._dropped.add(run_id)

    def _hold(self, run_id: int, columns: dict[str, Any]) -> None:
        import pyarrow as pa

        held = self._runs.setdefault(run_id, _Held())
        whole = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
        if not held.pieces and self._used + whole.nbytes <= self.budget:
            held.size += whole.nbytes
            self._used += whole.nbytes
            held.batches.append(Batch.from_arrow(whole))
            return
        self._spill = self._spill or _Spill.open()
        held.pieces.append(self._spill.add(whole))

    def take(self, run_id: int) -> list[Batch] | None:
        """Return and forget the batches of a run, None where they are not held."""
        spill = self._spill
        held = self._forget(run_id)
        if held is None:
            return None
        if not held.pieces or spill is None:
            return held.batches
        with suppress(OSError):
            return held.batches + spill.batches(held.pieces)
        return None

    def _forget(self, run_id: int) -> _Held | None:
        held = self._runs.pop(run_id, None)
        self._used -= held.size if held else 0
        if not any(other.pieces for other in self._runs.values()):
            self._spill = None
        return held

    def clear(self) -> None:
        """Forget everything."""
        self._runs, self._used, self._spill = {}, 0, None


def _arrow(batch: Batch, name: str) -> Any:
    import pyarrow as pa

    kind = pa.int64() if name in ("record_id", "run_id", "published") else pa.string()
    return batch.arrow_column(name, kind)
