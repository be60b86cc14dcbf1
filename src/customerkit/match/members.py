"""Tell which records state the same: rows of an index, and the records of each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from customerkit.errors import InputError

Ints = NDArray[np.int64]
NOBODY = np.iinfo(np.int64).max
"""What stands for the lowest record of a row that has none."""


class Members:
    """Hold the records of each row; what changed since the beginning is kept beside.

    Args:
        rows: The row of each record.
        records: The number of each record, each once.
        count: Number of rows.
    """

    def __init__(self, rows: Ints, records: Ints, count: int) -> None:
        order = np.lexsort((records, rows))
        self._rows = rows[order].astype(np.int32)
        self._records = records[order]
        order = np.argsort(records)
        self._known = records[order]
        self._known_rows = rows[order].astype(np.int32)
        if (self._known[1:] == self._known[:-1]).any():
            raise InputError("a record number stands for several records; number each its own")
        self._joined: dict[int, list[int]] = {}
        self._moved: dict[int, int | None] = {}
        self.count = count
        self.live = len(records)
        """Records."""
        self.lowest = np.full(count, NOBODY)
        np.minimum.at(self.lowest, rows, records)
        self.stated = int((self.lowest != NOBODY).sum())
        """Rows that have records."""

    @property
    def nbytes(self) -> int:
        """Return the size of the arrays."""
        arrays = (self._rows, self._records, self._known, self._known_rows, self.lowest)
        return sum(array.nbytes for array in arrays)

    def row_of(self, record: int) -> int | None:
        """Return the row of a record, None where it is not known."""
        if record in self._moved:
            return self._moved[record]
        at = int(self._known.searchsorted(record))
        if at < len(self._known) and self._known[at] == record:
            return int(self._known_rows[at])
        return None

    def records_of(self, row: int) -> list[int]:
        """Return the records of a row, the lowest first."""
        if row in self._joined:
            return self._joined[row]
        low, high = self._rows.searchsorted(np.array([row, row + 1], np.int32))
        found: list[int] = self._records[low:high].tolist()
        return found

    def new_row(self) -> int:
        """Make a row without records."""
        row, self.count = self.count, self.count + 1
        if row >= len(self.lowest):
            room = np.full(max(1024, len(self.lowest) // 8), NOBODY)
            self.lowest = np.concatenate([self.lowest, room])
        self._joined[row] = []
        return row

    def join(self, row: int, record: int) -> None:
        """Put a record into a row."""
        self.stated += bool(self.lowest[row] == NOBODY)
        self._joined[row] = sorted([*self.records_of(row), record])
        self._moved[record] = row
        self.lowest[row] = self._joined[row][0]
        self.live += 1

    def leave(self, record: int) -> bool:
        """Take a record out of its row; say whether it was in one."""
        row = self.row_of(record)
        if row is None:
            return False
        left = [one for one in self.records_of(row) if one != record]
        self._joined[row], self._moved[record] = left, None
        self.lowest[row] = left[0] if left else NOBODY
        self.stated -= not left
        self.live -= 1
        return True
