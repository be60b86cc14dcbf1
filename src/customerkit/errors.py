"""Every error that customerkit raises.

CustomerKitError
├── InputError (ValueError)            what was given cannot be used
│   ├── SourceError                    a file or object that cannot be read at all
│   │   ├── SourceNotFoundError (FileNotFoundError)
│   │   ├── EmptySourceError           nothing, or only a header
│   │   └── EncodingError              bytes that are no text in a known encoding
│   ├── MappingError                   columns that could not be told, or told wrongly
│   ├── UnknownFieldError (LookupError)
│   ├── ValidationError                several problems of one input, listed
│   ├── EmptyInputError                a mean over nothing
│   └── LimitError                     larger than the declared limits
├── NotFoundError (LookupError)        no such customer, run or ruleset
├── AmbiguousError (LookupError)       one reference, several customers
├── ConflictError (RuntimeError)       somebody else wrote first; holds both sides
├── UndoError (RuntimeError)           a run that cannot be undone (any more)
├── MissingExtraError (ImportError)    an optional package is not installed
└── StoreError (OSError)               the store failed
    ├── TransientStoreError            trying again may succeed
    │   ├── StoreLockedError (TimeoutError)
    │   ├── StoreTimeoutError (TimeoutError)
    │   └── StoreConnectionError (ConnectionError)
    ├── StoreAccessError (PermissionError)
    ├── StoreNotFoundError (LookupError)
    ├── StoreFullError
    ├── ReadOnlyStoreError (PermissionError)
    ├── CorruptStoreError
    ├── StoreVersionError              written by a newer customerkit
    ├── UnknownSchemeError (ValueError)
    └── CapabilityError                a backend declared that it cannot do this

Messages name the remedy and never carry personal data: values are described by
field, code and position.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class CustomerKitError(Exception):
    """Catch this to catch everything customerkit raises on purpose.

    Args:
        message: What happened and what to do about it.
        **data: Facts for programs; each becomes an attribute.

    Example:
        >>> NotFoundError("no customer c-7; list them with base.find()", reference="c-7").reference
        'c-7'
    """

    def __init__(self, message: str = "", **data: Any) -> None:
        super().__init__(message)
        self.message = message
        self.data: Mapping[str, Any] = data

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["data"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.message, dict(self.data))


def _rebuild(cls: type[CustomerKitError], message: str, data: dict[str, Any]) -> CustomerKitError:
    return cls(message, **data)


class InputError(CustomerKitError, ValueError):
    """Reject an input that cannot be used as it is."""


class SourceError(InputError):
    """Reject a file or object that cannot be read at all."""


class SourceNotFoundError(SourceError, FileNotFoundError):
    """Report a file that is not there."""


class EmptySourceError(SourceError):
    """Report a source without a single row."""


class EncodingError(SourceError):
    """Report bytes that are no text in any encoding that was tried."""


class MappingError(InputError):
    """Report columns whose meaning could not be told, or was told wrongly."""


class UnknownFieldError(InputError, LookupError):
    """Report a field name that no schema knows."""


class ValidationError(InputError):
    """List every problem of one input at once.

    Args:
        message: A heading.
        problems: One readable line a problem.

    Example:
        >>> error = ValidationError("2 problems", problems=["a @ $.x", "b @ $.y"])
        >>> error.problems
        ['a @ $.x', 'b @ $.y']
    """

    def __init__(self, message: str = "", problems: Sequence[str] = (), **data: Any) -> None:
        super().__init__(message, problems=list(problems), **data)

    def __str__(self) -> str:
        return "\n  ".join([self.message, *self.data["problems"]])


class EmptyInputError(InputError):
    """Refuse a mean over nothing."""


class LimitError(InputError):
    """Refuse an input beyond the declared limits."""


class NotFoundError(CustomerKitError, LookupError):
    """Report a customer, run or ruleset that does not exist."""


class AmbiguousError(CustomerKitError, LookupError):
    """Report one reference that means several customers."""


class ConflictError(CustomerKitError, RuntimeError):
    """Report a write based on a version that is no longer the current one.

    Args:
        message: What was expected and found.
        expected: The version the caller based the write on.
        found: The version in the store.
        yours: What the caller wanted to write.
        theirs: What the store holds.
    """


class UndoError(CustomerKitError, RuntimeError):
    """Report a run that cannot be undone, and what to undo first."""


class MissingExtraError(CustomerKitError, ImportError):
    """Name the optional package that is missing and how to install it.

    Example:
        >>> print(MissingExtraError.of("openpyxl", "excel"))
        openpyxl is not installed; pip install 'customerkit[excel]'
    """

    @classmethod
    def of(cls, package: str, extra: str) -> MissingExtraError:
        """Build the error for a package and the extra that brings it."""
        hint = f"{package} is not installed; pip install 'customerkit[{extra}]'"
        return cls(hint, package=package, extra=extra)


class StoreError(CustomerKitError, OSError):
    """Report that the store failed."""


class TransientStoreError(StoreError):
    """Report a failure after which trying again may succeed."""


class StoreLockedError(TransientStoreError, TimeoutError):
    """Report that another process kept the store locked for too long."""


class StoreTimeoutError(TransientStoreError, TimeoutError):
    """Report an operation that took longer than it may."""


class StoreConnectionError(TransientStoreError, ConnectionError):
    """Report a server that cannot be reached, or a connection that was lost."""


class StoreAccessError(StoreError, PermissionError):
    """Report a user whom the server refuses, or who lacks a right."""


class StoreNotFoundError(StoreError, LookupError):
    """Report a database that does not exist on its server."""


class StoreFullError(StoreError):
    """Report that the disk or a quota is full; nothing was written."""


class ReadOnlyStoreError(StoreError, PermissionError):
    """Report a write to a store that may only be read."""


class CorruptStoreError(StoreError):
    """Report a file that is no database, or a damaged one."""


class StoreVersionError(StoreError):
    """Report a store written by a newer customerkit."""


class UnknownSchemeError(StoreError, ValueError):
    """Report a URL scheme that no installed backend answers to."""


class CapabilityError(StoreError):
    """Report an operation that a backend declared it cannot do."""


__all__ = [
    "AmbiguousError",
    "CapabilityError",
    "ConflictError",
    "CorruptStoreError",
    "CustomerKitError",
    "EmptyInputError",
    "EmptySourceError",
    "EncodingError",
    "InputError",
    "LimitError",
    "MappingError",
    "MissingExtraError",
    "NotFoundError",
    "ReadOnlyStoreError",
    "SourceError",
    "SourceNotFoundError",
    "StoreAccessError",
    "StoreConnectionError",
    "StoreError",
    "StoreFullError",
    "StoreLockedError",
    "StoreNotFoundError",
    "StoreTimeoutError",
    "StoreVersionError",
    "TransientStoreError",
    "UndoError",
    "UnknownFieldError",
    "UnknownSchemeError",
    "ValidationError",
]
