"""Be inside a write transaction of a backend that begins and ends them by depth."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol


class Begins(Protocol):
    """Begin or join a transaction, and end it or leave it to the one around it."""

    def _begin(self) -> None: ...

    def _end(self, failed: bool) -> None: ...


class Transaction:
    """Be inside a write transaction of a backend.

    Args:
        backend: Whose.
    """

    __slots__ = ("_backend",)

    def __init__(self, backend: Begins) -> None:
        self._backend = backend

    def __enter__(self) -> None:
        self._backend._begin()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._backend._end(failed=kind is not None)
