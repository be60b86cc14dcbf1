"""The engine of the ``fast`` extra; every call of DuckDB stands in this file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any
from weakref import finalize

from customerkit.engine.arrow import arrow_schema, arrow_type, record_batch
from customerkit.engine.protocol import ValueFunction, overflow
from customerkit.engine.sqlite import applied, checked
from customerkit.model.batch import Batch, Scalar
from customerkit.model.table import ColumnType

if TYPE_CHECKING:
    import pyarrow as pa

_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "real": "DOUBLE", "blob": "BLOB"}
_ROWS = 65_536
_HELD = 768 * 1024**2  # bytes of columns that are read in place


class DuckDBEngine:
    """Work on columns in a private DuckDB that spills to disk when memory is short."""

    name = "duckdb"

    def __init__(self) -> None:
        import duckdb

        folder = mkdtemp(prefix="customerkit-")
        self._remove = finalize(self, rmtree, folder, ignore_errors=True)
        self._connection = duckdb.connect(
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "temp_directory": folder,
            }
        )
        self._connection.execute("SET enable_progress_bar = false")
        self._held: dict[str, pa.Table] = {}

    def put(self, name: str, columns: Mapping[str, ColumnType], batches: Iterable[Batch]) -> None:
        """Make a table from batches; a column absent from a batch is NULL there.

        Columns are read where they are, without a copy, up to a budget of memory;
        a larger table is handed to DuckDB, which can spill it to disk.
        """
        import pyarrow as pa

        checked(name, columns)
        self.drop(name)
        schema = arrow_schema(columns)
        held: list[pa.RecordBatch] = []
        size, copied = 0, False
        for batch in batches:
            held.append(record_batch(batch, schema))
            size += held[-1].nbytes
            if size > _HELD:
                self._copy(name, columns, held, create=not copied)
                held, size, copied = [], 0, True
        if copied:
            self._copy(name, columns, held, create=False)
        else:
            self._hold(name, pa.Table.from_batches(held, schema))

    def _copy(
        self,
        name: str,
        columns: Mapping[str, ColumnType],
        batches: Sequence[pa.RecordBatch],
        *,
        create: bool,
    ) -> None:
        import pyarrow as pa

        if create:
            parts = ", ".join(f"{column} {_TYPES[kind]}" for column, kind in columns.items())
            self._connection.execute(f"CREATE TABLE {name} ({parts})")
        if batches:
            self._connection.register("incoming", pa.Table.from_batches(batches))
            try:
                self._connection.execute(f"INSERT INTO {name} SELECT * FROM incoming")
            finally:
                self._connection.unregister("incoming")

    def attach(self, name: str, columns: Mapping[str, ColumnType], table: Any) -> None:
        """Make a table of Arrow data that DuckDB reads where it is."""
        import pyarrow as pa

        checked(name, columns)
        self.drop(name)
        text = (pa.string(), pa.large_string(), pa.string_view())  # read alike, none is copied
        chosen = {
            column: table[column]
            if kind == "text" and table[column].type in text
            else table[column].cast(arrow_type(kind))
            for column, kind in columns.items()
        }
        self._hold(name, pa.table(chosen))

    def _hold(self, name: str, table: pa.Table) -> None:
        self._held[name] = table
        self._connection.register(name, table)

    def run(self, sql: str, into: str, **parameters: Scalar) -> None:
        """Make table ``into`` from a portable select."""
        checked(into, {})
        self.drop(into)
        with _typed():
            self._connection.execute(f"CREATE TABLE {into} AS {sql}", parameters or None)

    def map(
        self,
        table: str,
        into: str,
        function: ValueFunction,
        arguments: Sequence[str],
        results: Mapping[str, ColumnType],
    ) -> None:
        """Make table ``into``: ``table`` plus result columns of a pure function."""
        memo: dict[tuple[Scalar, ...], Sequence[Scalar]] = {}
        columns = {**self._columns(table), **results}
        batches: Iterable[Batch] = self.stream(f"SELECT * FROM {table}")
        if into == table:
            batches = list(batches)
        self.put(into, columns, (applied(b, function, arguments, results, memo) for b in batches))

    def _columns(self, table: str) -> dict[str, ColumnType]:
        checked(table, {})
        names: dict[str, ColumnType] = {"VARCHAR": "text", "DOUBLE": "real", "BLOB": "blob"}
        rows = self._connection.execute(f"DESCRIBE {table}").fetchall()
        return {row[0]: names.get(row[1], "integer") for row in rows}

    def stream(self, sql: str, **parameters: Scalar) -> Iterator[Batch]:
        """Yield the rows of a portable select as batches."""
        cursor = self._connection.cursor()
        for name, table in self._held.items():
            cursor.register(name, table)
        with _typed():
            relation = cursor.sql(sql, params=parameters or None)
            for batch in relation.to_arrow_reader(_ROWS):
                if batch.num_rows:
                    yield Batch.from_arrow(batch)

    def index(self, table: str, *columns: str) -> None:
        """Do nothing: joins are hashed."""

    def drop(self, *names: str) -> None:
        """Forget tables, those that do not exist included."""
        for name in names:
            checked(name, {})
            if self._held.pop(name, None) is not None:
                self._connection.unregister(name)
            else:
                self._connection.execute(f"DROP TABLE IF EXISTS {name}")

    def close(self) -> None:
        """Release everything."""
        self._connection.close()
        self._remove()


@contextmanager
def _typed() -> Iterator[None]:
    import duckdb

    try:
        yield
    except (duckdb.OutOfRangeException, duckdb.ConversionException):
        raise overflow() from None
