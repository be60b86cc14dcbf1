"""Choose the engine: the fastest that is installed, or the one that is named."""

from __future__ import annotations

from importlib.util import find_spec

from customerkit.engine.protocol import Engine
from customerkit.errors import InputError, MissingExtraError


def pick_engine(name: str | None = None) -> Engine:
    """Return a new engine.

    Args:
        name: ``duckdb`` or ``sqlite``; by default DuckDB where the ``fast`` extra
            is installed, else SQLite.

    Raises:
        MissingExtraError: The named engine is not installed.
        InputError: No engine has this name.

    Example:
        >>> pick_engine("sqlite").name
        'sqlite'
    """
    fast = find_spec("duckdb") is not None and find_spec("pyarrow") is not None
    name = name or ("duckdb" if fast else "sqlite")
    if name == "sqlite":
        from customerkit.engine.sqlite import SQLiteEngine

        return SQLiteEngine()
    if name != "duckdb":
        raise InputError(f"no engine is called {name!r}; known: duckdb, sqlite", engine=name)
    if not fast:
        raise MissingExtraError.of("duckdb", "fast")
    from customerkit.engine.duckdb import DuckDBEngine

    return DuckDBEngine()
