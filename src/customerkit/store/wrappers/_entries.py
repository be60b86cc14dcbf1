"""Hold answers in memory, the least recently used ones first to go."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

import attrs
from attrs import define, field, frozen

from customerkit.store.wrappers._changes import State

_OVERHEAD = 400  # bytes of an entry beside its values


@frozen
class Entry:
    """Hold one answer.

    Args:
        state: Of the base, when it was read, or before.
        words: What it depends on.
        value: The answer: rows, or a result made of them.
    """

    state: State
    words: tuple[str, ...]
    value: Any = field(repr=False)


@define
class Entries:
    """Hold entries up to a number and a size.

    Args:
        most: Entries.
        budget: Bytes, by estimate.
    """

    most: int
    budget: int
    _held: OrderedDict[Hashable, tuple[Entry, int]] = field(factory=OrderedDict, repr=False)
    _used: int = 0
    _lock: Lock = field(factory=Lock, repr=False)

    def get(self, key: Hashable) -> Entry | None:
        """Return an entry."""
        with self._lock:
            found = self._held.get(key)
            if found is None:
                return None
            self._held.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, entry: Entry, size: int) -> None:
        """Hold an entry, in place of others where there is no room."""
        size += _OVERHEAD + 60 * len(entry.words)
        if size > self.budget // 8:
            return
        with self._lock:
            self._remove(key)
            self._held[key] = entry, size
            self._used += size
            while self._used > self.budget or len(self._held) > self.most:
                self._remove(next(iter(self._held)))

    def drop(self, key: Hashable, entry: Entry) -> None:
        """Forget an entry, unless there is another in its place by now."""
        with self._lock:
            if self._held.get(key, (None, 0))[0] is entry:
                self._remove(key)

    def _remove(self, key: Hashable) -> None:
        found = self._held.pop(key, None)
        if found is not None:
            self._used -= found[1]

    def clear(self) -> None:
        """Forget all entries."""
        with self._lock:
            self._held.clear()
            self._used = 0

    def __len__(self) -> int:
        return len(self._held)

    @property
    def used(self) -> int:
        """Return the estimated size in bytes."""
        return self._used


def size_of(value: Any) -> int:
    """Estimate the bytes of rows, or of a result with what it holds."""
    if isinstance(value, str | bytes):
        return len(value) + 60
    if isinstance(value, dict):
        return 200 + sum(map(size_of, value.values()))
    if isinstance(value, list | tuple):
        return 60 + sum(map(size_of, value))
    if attrs.has(type(value)):
        return size_of([getattr(value, item.name) for item in attrs.fields(type(value))])
    return 16
