"""Columns as Arrow, for the engines and results that keep them so (needs pyarrow)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from customerkit.model.batch import Batch
from customerkit.model.table import ColumnType

if TYPE_CHECKING:
    import pyarrow as pa


def arrow_type(type_: ColumnType) -> Any:
    """Return the Arrow type that a column type is kept as."""
    import pyarrow as pa

    return {"text": pa.string(), "integer": pa.int64(), "real": pa.float64()}.get(
        type_, pa.binary()
    )


def arrow_schema(columns: Mapping[str, ColumnType]) -> pa.Schema:
    """Return the Arrow schema of columns."""
    import pyarrow as pa

    return pa.schema([(column, arrow_type(kind)) for column, kind in columns.items()])


def record_batch(batch: Batch, schema: pa.Schema) -> Any:
    """Return a batch as Arrow; a column that is absent is NULL."""
    import pyarrow as pa

    arrays = [
        batch.arrow_column(field.name, field.type)
        if field.name in batch.names
        else pa.nulls(len(batch), field.type)
        for field in schema
    ]
    return pa.record_batch(arrays, schema=schema)
