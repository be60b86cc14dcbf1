"""Work on the letters of many texts at once: hashes and signs of whole columns.

Each function here gives for a column what a function of :mod:`customerkit.match.parts` and
the hash of its answer give text by text; tests hold them to be equal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from customerkit.match.hashing import OFFSET, PRIME, WIDTH, Hashes

Flags = NDArray[np.bool_]
Lengths = NDArray[np.int64]
_BLANK, _AT, _ZERO = 32, 64, 48
_PRIME = np.uint64(PRIME)


@frozen(eq=False)
class Letters:
    """Hold texts letter by letter.

    Args:
        rows: For each place the letters that the texts have there, 0 behind their ends;
            letters beyond ASCII by their last seven bits, the eighth set.
        lengths: How many letters of each text are held.
        plain: Which texts are printable ASCII, and held to the end.
    """

    rows: NDArray[np.uint8]
    lengths: Lengths
    plain: Flags

    @classmethod
    def of(cls, texts: Sequence[str]) -> Letters:
        """Return the letters of texts."""
        longest = max(map(len, texts), default=0)
        width = max(1, min(WIDTH, longest))
        wide = np.array(texts, dtype=f"U{width}").view(np.uint32).reshape(len(texts), width)
        rows = np.where(wide < 128, wide, wide & 127 | 128).astype(np.uint8).T.copy()
        lengths = np.count_nonzero(rows, axis=0)
        plain = ((rows == 0) | ((rows >= _BLANK) & (rows < 127))).all(axis=0)
        plain &= ~((rows[1:] > 0) & (rows[:-1] == 0)).any(axis=0)
        if longest > width:
            plain &= np.fromiter(map(len, texts), np.int64, len(texts)) <= width
        return cls(rows, lengths, plain)

    def hashed(
        self,
        start: Lengths | int,
        end: Lengths,
        wanted: Callable[[NDArray[np.uint8]], Flags] | None = None,
    ) -> Hashes:
        """Return the hash of a part of each text, 0 where it is empty.

        Args:
            start: Where the part begins.
            end: Where it ends.
            wanted: Says which letters of it count; all by default.
        """
        found = np.full(len(self.lengths), OFFSET, np.uint64)
        some = np.zeros(len(found), np.bool_)
        for at, row in enumerate(self.rows):
            counts = (at >= start) & (at < end)
            if wanted is not None:
                counts &= wanted(row)
            found = np.where(counts, (found ^ row) * _PRIME, found)
            some |= counts
        return finished(found, some)


def finished(found: Hashes, some: Flags) -> Hashes:
    """Return hashes as they are kept: 0 for nothing, so none else is 0."""
    return np.where(some, np.where(found == 0, np.uint64(1), found), np.uint64(0))


def _is_letter(row: NDArray[np.uint8]) -> Flags:
    return ((row | 32) - 97) < 26


def _is_digit(row: NDArray[np.uint8]) -> Flags:
    return (row - _ZERO) < 10


def whole(letters: Letters) -> Hashes:
    """Hash the texts themselves."""
    return letters.hashed(0, letters.lengths)


def _local_ends(letters: Letters) -> Lengths:
    """Return where the parts before the last @ end."""
    ends = np.zeros(len(letters.lengths), np.int64)
    for at, row in enumerate(letters.rows):
        ends[row == _AT] = at
    return np.where(ends > 0, ends, letters.lengths)


def local_part(letters: Letters) -> Hashes:
    """Hash what stands before the @."""
    ends = _local_ends(letters)
    return letters.hashed(0, np.where(ends > 4, ends, 0))


def local_letters(letters: Letters) -> Hashes:
    """Hash the letters before the @."""
    ends = _local_ends(letters)
    count = np.zeros(len(ends), np.int64)
    for at, row in enumerate(letters.rows):
        count += _is_letter(row) & (at < ends)
    return letters.hashed(0, np.where(count > 4, ends, 0), _is_letter)


def without_digits(letters: Letters) -> Hashes:
    """Hash what is no digit."""
    return letters.hashed(0, letters.lengths, lambda row: ~_is_digit(row))


def last_of(size: int) -> Callable[[Letters], Hashes]:
    """Return what hashes the last letters of texts longer than six."""

    def part(letters: Letters) -> Hashes:
        ends = np.where(letters.lengths > 6, letters.lengths, 0)
        return letters.hashed(ends - size, ends)

    return part


def first_six(letters: Letters) -> Hashes:
    """Hash the first letters of texts longer than six."""
    return letters.hashed(0, np.where(letters.lengths > 6, 6, 0))


def street_number(letters: Letters) -> Hashes:
    """Hash the first number of street forms."""
    ends = letters.lengths.copy()
    for at, row in reversed(list(enumerate(letters.rows))):
        ends[row == _BLANK] = at
    return letters.hashed(0, np.where(_is_digit(letters.rows[0]), ends, 0))


def street_name(letters: Letters) -> Hashes:
    """Hash the words of street forms that are no numbers."""
    size = len(letters.lengths)
    found = np.full(size, OFFSET, np.uint64)
    some, number, before = (np.zeros(size, np.bool_) for _ in range(3))
    for row in letters.rows:
        inside = row > _BLANK
        starts = inside & ~before
        number = np.where(starts, _is_digit(row), number)
        counts = inside & ~number
        blank = np.where(starts & counts & some, (found ^ np.uint64(_BLANK)) * _PRIME, found)
        found = np.where(counts, (blank ^ row) * _PRIME, found)
        some |= counts
        before = inside
    return finished(found, some)


def longest_word(letters: Letters) -> Hashes:
    """Hash the longest word of street forms that is no number."""
    size = len(letters.lengths)
    found, best = np.full(size, OFFSET, np.uint64), np.zeros(size, np.uint64)
    length, most = np.zeros(size, np.int64), np.full(size, 3)
    number = np.zeros(size, np.bool_)
    for row in [*letters.rows, np.zeros(size, np.uint8)]:
        inside = row > _BLANK
        better = ~inside & ~number & (length > most)
        best, most = np.where(better, found, best), np.where(better, length, most)
        number = np.where(length == 0, _is_digit(row), number)
        found = np.where(inside, (found ^ row) * _PRIME, np.uint64(OFFSET))
        length = np.where(inside, length + 1, 0)
    return finished(best, most > 3)


def area_of(letters: Letters) -> Hashes:
    """Hash the half of postcodes that names the wider area."""
    lengths = letters.lengths
    return letters.hashed(0, np.where(lengths > 2, np.maximum(2, lengths // 2), 0))


def signs(letters: Letters, kinds: int) -> NDArray[np.uint64]:
    """Return a bit for each time that a letter stands, as many times as there is room for."""
    bits = np.zeros(len(letters.lengths), np.uint64)
    for row in letters.rows[:32]:
        bit = np.uint64(1) << ((row - _ZERO) % kinds).astype(np.uint64)
        for _ in range(64 // kinds - 1):
            bit <<= np.where(bits & bit, np.uint64(kinds), np.uint64(0))
        bits |= np.where(row > 0, bit, np.uint64(0))
    return bits
