"""Say what the errors of servers and drivers mean, and let nothing of the data through."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from sqlalchemy.exc import DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from customerkit.errors import (
    CustomerKitError,
    InputError,
    LimitError,
    StoreConnectionError,
    StoreError,
    TransientStoreError,
)
from customerkit.store.backends._sql_dialect import Dialect, Meaning

LOST: Meaning = (
    StoreConnectionError,
    "the connection was lost; what was not committed is undone, try again",
)
UNREACHED: Meaning = (
    StoreConnectionError,
    "no connection to the server; check host, port, TLS options, and that it runs",
)
_BUSY: Meaning = (TransientStoreError, "all connections are in use; end open scans, or try again")
_LONG: Meaning = (LimitError, "an integer does not fit in 64 bits")
_SURROGATE: Meaning = (InputError, "a text holds half of a surrogate pair")
_KNOWN: tuple[tuple[type[BaseException], Meaning], ...] = (
    (UnicodeEncodeError, _SURROGATE),
    (OverflowError, _LONG),
    (PoolTimeoutError, _BUSY),
    (NoSuchModuleError, (StoreError, "SQLAlchemy does not know this driver")),
    (OSError, LOST),
)


class Translated:
    """Raise customerkit's errors for a driver's; a context manager used again and again.

    What a driver says may show rows, so its error is not chained, only its code is kept.

    Args:
        dialect: Knows the driver.
        driver: The driver's module.
        place: What messages call the store.
        used: Whether the connection was open before, and may have grown stale.
    """

    __slots__ = ("_dialect", "_driver", "_place", "_used")

    def __init__(self, dialect: Dialect, driver: Any, place: str, *, used: bool) -> None:
        self._dialect, self._driver, self._place = dialect, driver, place
        self._used = used

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        found = self.of(error) if isinstance(error, Exception) else None
        if found is not None:
            raise found from None

    def of(self, error: BaseException) -> CustomerKitError | None:
        """Return what to raise for an error; None for one that is no driver's."""
        if isinstance(error, DBAPIError) and error.orig is not None:
            error = error.orig
        if isinstance(error, CustomerKitError):
            return None
        meaning = self._meaning(error)
        if meaning is None:
            return None
        if meaning is LOST and not self._used:
            meaning = UNREACHED
        made, text = meaning
        code = self._dialect.code(error)
        facts = {"store": self._place, "code": code, "used": self._used}
        return made(f"{self._place}: {text}", **facts, again=code in self._dialect.again)

    def _meaning(self, error: BaseException) -> Meaning | None:
        for cause, meaning in _KNOWN:
            if isinstance(error, cause):
                return meaning
        if not isinstance(error, self._driver.Error):
            return None
        kind, code = type(error).__name__, self._dialect.code(error)
        unknown = (StoreError, f"the server refused it: {kind}, code {code}")
        return self._dialect.meaning(error) or unknown
