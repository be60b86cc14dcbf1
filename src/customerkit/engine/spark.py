"""The engine of the ``spark`` extra; tables, queries and value functions in Spark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import finalize

from customerkit.engine.arrow import arrow_schema, record_batch
from customerkit.engine.protocol import ValueFunction, overflow
from customerkit.engine.spark_session import private
from customerkit.engine.sqlite import applied, checked, named
from customerkit.errors import LimitError
from customerkit.model.batch import Batch, Scalar
from customerkit.model.table import ColumnType

if TYPE_CHECKING:
    import pyarrow as pa

_TYPES: Mapping[ColumnType, str] = {
    "text": "string",
    "integer": "bigint",
    "real": "double",
    "blob": "binary",
}
_KNOWN: Mapping[str, ColumnType] = {
    **{name: kind for kind, name in _TYPES.items()},
    "float": "real",
}
_ROWS = 65_536
_SMALL = 1024**2  # bytes of a table that travels with the queries on it
_PART = 64 * 1024**2  # bytes handed to Spark at once


class SparkEngine:
    """Work on columns in Spark: on this computer, or where a given session works.

    Tables are views of a session of their own, so neither views nor settings of the
    given session are seen or changed. They are computed once and kept by the
    executors, in memory and on their disks. Where an executor is lost its part of a
    table is lost too, and the call fails; call again.

    Rows go in part by part as Arrow batches. What is streamed comes out as one
    Arrow table, so results must fit into the memory of this process and of the
    driver (``spark.driver.memory``, ``spark.driver.maxResultSize``: 1 GB each unless
    the session says otherwise). Value functions run on the executors, where
    customerkit must be installed.

    Args:
        session: A ``SparkSession``; by default the one that runs in this process,
            else a local one is started, which stays for the next engine.
    """

    name = "spark"

    def __init__(self, session: Any = None) -> None:
        self._session, self._restore = private(session)
        self._kept: dict[str, list[Any]] = {}
        self._release = finalize(self, _forget, self._session, self._kept)
        self._release.atexit = False  # Java may be gone by then

    def put(self, name: str, columns: Mapping[str, ColumnType], batches: Iterable[Batch]) -> None:
        """Make a table from batches; a column absent from a batch is NULL there."""
        checked(name, columns)
        schema = arrow_schema(columns)
        self._make(name, schema, (record_batch(batch, schema) for batch in batches))

    def attach(self, name: str, columns: Mapping[str, ColumnType], table: Any) -> None:
        """Make a table of Arrow data; here it is copied."""
        checked(name, columns)
        schema = arrow_schema(columns)
        chosen = table.select(list(columns)).cast(schema)
        self._make(name, schema, chosen.to_batches(max_chunksize=_ROWS))

    def _make(self, name: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
        import pyarrow as pa

        parts: list[Any] = []
        kept: list[Any] = []
        with self._restore(), _typed():
            for some, last in _grouped(batches):
                part = self._session.createDataFrame(pa.Table.from_batches(some, schema))
                if not last or kept or sum(batch.nbytes for batch in some) > _SMALL:
                    part = part.localCheckpoint()
                    kept.append(part)
                parts.append(part)
        self._hold(name, _union(parts), kept)

    def _hold(self, name: str, frame: Any, kept: list[Any]) -> None:
        self.drop(name)
        frame.createOrReplaceTempView(name)
        self._kept[name] = kept

    def run(self, sql: str, into: str, **parameters: Scalar) -> None:
        """Make table ``into`` from a portable select."""
        checked(into, {})
        with _typed():
            made = self._selected(sql, parameters).localCheckpoint()
        self._hold(into, made, [made])

    def _selected(self, sql: str, parameters: Mapping[str, Scalar]) -> Any:
        """Return the rows of a select; small literals are 32-bit integers to Spark."""
        frame = self._session.sql(named(sql), args=dict(parameters))
        wanted = _kinds(frame)
        return frame.select([frame[name].cast(_TYPES[kind]) for name, kind in wanted.items()])

    def map(
        self,
        table: str,
        into: str,
        function: ValueFunction,
        arguments: Sequence[str],
        results: Mapping[str, ColumnType],
    ) -> None:
        """Make table ``into``: ``table`` plus result columns of a pure function."""
        checked(into, results)
        checked(table, {})
        frame = self._session.table(table)
        columns = {**_kinds(frame), **results}
        schema = ", ".join(f"`{name}` {_TYPES[kind]}" for name, kind in columns.items())
        work = _work(function, arguments, results, columns)
        with _typed():
            made = frame.mapInArrow(work, schema).localCheckpoint()
        self._hold(into, made, [made])

    def stream(self, sql: str, **parameters: Scalar) -> Iterator[Batch]:
        """Yield the rows of a portable select as batches."""
        with _typed():
            table = self._selected(sql, parameters).toArrow()
        for batch in table.to_batches(max_chunksize=_ROWS):
            if batch.num_rows:
                yield Batch.from_arrow(batch)

    def index(self, table: str, *columns: str) -> None:
        """Do nothing: joins are hashed or sorted."""

    def drop(self, *names: str) -> None:
        """Forget tables, those that do not exist included."""
        for name in names:
            checked(name, {})
            _drop(self._session, name, self._kept.pop(name, []))

    def close(self) -> None:
        """Forget all tables; the session of Spark stays for the next engine."""
        self._release()


def _grouped(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[list[pa.RecordBatch], bool]]:
    """Yield batches a part at a time, and whether it is the last one; one part at least."""
    held: list[pa.RecordBatch] = []
    size = 0
    for batch in batches:
        if size > _PART:
            yield held, False
            held, size = [], 0
        held.append(batch)
        size += batch.nbytes
    yield held, True


def _union(parts: Sequence[Any]) -> Any:
    """Return all parts as one frame; halving keeps the tree of the plan flat."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return _union(parts[:middle]).unionAll(_union(parts[middle:]))


def _kinds(frame: Any) -> dict[str, ColumnType]:
    return {name: _KNOWN.get(kind, "integer") for name, kind in frame.dtypes}


def _work(
    function: ValueFunction,
    arguments: Sequence[str],
    results: Mapping[str, ColumnType],
    columns: Mapping[str, ColumnType],
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return what an executor does with its rows; it may hold nothing of this process."""

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        memo: dict[tuple[Scalar, ...], Sequence[Scalar]] = {}
        schema = arrow_schema(columns)
        for batch in batches:
            done = applied(Batch.from_arrow(batch), function, arguments, results, memo)
            yield record_batch(done, schema)

    return work


def _drop(session: Any, name: str, kept: Sequence[Any]) -> None:
    session.catalog.dropTempView(name)
    for frame in kept:
        # Only Java's side can be told that a checkpoint is no longer wanted.
        frame._jdf.queryExecution().logical().rdd().unpersist(False)


def _forget(session: Any, tables: dict[str, list[Any]]) -> None:
    if session.sparkContext._jsc is None:  # stopped, with all that it kept
        return
    for name, kept in tables.items():
        _drop(session, name, kept)
    tables.clear()


@contextmanager
def _typed() -> Iterator[None]:
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import ArithmeticException

    try:
        yield
    except ArithmeticException:
        raise overflow() from None
    except Py4JJavaError as error:  # pyspark names no kind for it
        if "spark.driver.maxResultSize" in str(error):
            raise LimitError(
                "the result is larger than the driver of Spark takes; start the session"
                " with a larger spark.driver.maxResultSize"
            ) from error
        raise
