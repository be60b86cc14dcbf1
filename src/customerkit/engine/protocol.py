"""What an engine is: columns in, portable SQL and value functions over them, columns out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from customerkit.errors import LimitError
from customerkit.model.batch import Batch, Scalar
from customerkit.model.table import ColumnType

ValueFunction = Callable[..., Scalar | tuple[Scalar, ...]]


@runtime_checkable
class Engine(Protocol):
    """Work on whole columns.

    SQL texts are those of registered plans (``customerkit.engine.plan``); they
    name tables that were put or made before. Types are ``text``, ``integer``,
    ``real`` and ``blob``.
    """

    name: str

    def put(self, name: str, columns: Mapping[str, ColumnType], batches: Iterable[Batch]) -> None:
        """Make a table from batches; a column absent from a batch is NULL there."""

    def attach(self, name: str, columns: Mapping[str, ColumnType], table: Any) -> None:
        """Make a table of some columns of a pyarrow table, without a copy where possible."""

    def run(self, sql: str, into: str, **parameters: Scalar) -> None:
        """Make table ``into`` from a portable select; ``$name`` stands for a parameter."""

    def map(
        self,
        table: str,
        into: str,
        function: ValueFunction,
        arguments: Sequence[str],
        results: Mapping[str, ColumnType],
    ) -> None:
        """Make table ``into``: ``table`` plus result columns of a pure function.

        The function is called once for each distinct tuple of its arguments; where
        rows are worked in several places at once, once in each of them.
        """

    def stream(self, sql: str, **parameters: Scalar) -> Iterator[Batch]:
        """Yield the rows of a portable select as batches."""

    def index(self, table: str, *columns: str) -> None:
        """Expect joins of a table on these columns; an engine that needs none ignores it."""

    def drop(self, *names: str) -> None:
        """Forget tables, those that do not exist included."""

    def close(self) -> None:
        """Release everything."""


def overflow() -> LimitError:
    """Return the error for a sum or another result that no 64-bit integer holds."""
    return LimitError(
        "a sum is beyond 64 bits; look for amounts or times in a wrong unit, such as"
        " nanoseconds where milliseconds are meant"
    )
