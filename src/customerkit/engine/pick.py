"""Choose the engine: the fastest that is installed, or the one that is asked for."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from customerkit.engine.protocol import Engine
from customerkit.errors import InputError, MissingExtraError

NEEDED = {
    "duckdb": {"duckdb": "fast", "pyarrow": "fast"},
    "spark": {"pyspark": "spark", "pandas": "spark", "pyarrow": "spark"},
    "sqlite": {},
}
"""Engine → what it needs installed → the extra that brings it."""


def engine_name(which: Any = None) -> str:
    """Return the name of the engine that is asked for, without starting it.

    Args:
        which: ``duckdb``, ``sqlite``, ``spark`` or a ``SparkSession``; by default
            DuckDB where the ``fast`` extra is installed, else SQLite.

    Raises:
        MissingExtraError: It is not installed.
        InputError: There is no such engine.

    Example:
        >>> engine_name("sqlite")
        'sqlite'
    """
    if which is None:
        return "sqlite" if _missing("duckdb") else "duckdb"
    name = which if isinstance(which, str) else _kind(which)
    if name not in NEEDED:
        raise InputError(
            f"no engine is called {name!r:.80}; known: {', '.join(NEEDED)}", engine=name
        )
    missing = _missing(name)
    if missing:
        raise MissingExtraError.of(missing[0], NEEDED[name][missing[0]])
    return name


def _missing(name: str) -> list[str]:
    return [package for package in NEEDED[name] if find_spec(package) is None]


def _kind(which: Any) -> str:
    return "spark" if type(which).__module__.startswith("pyspark.") else type(which).__name__


def pick_engine(which: Any = None) -> Engine:
    """Return a new engine.

    Args:
        which: ``duckdb``, ``sqlite``, ``spark`` or a ``SparkSession``; by default
            DuckDB where it is installed, else SQLite.

    Raises:
        MissingExtraError: It is not installed.
        InputError: There is no such engine.

    Example:
        >>> pick_engine("sqlite").name
        'sqlite'
    """
    name = engine_name(which)
    if name == "sqlite":
        from customerkit.engine.sqlite import SQLiteEngine

        return SQLiteEngine()
    if name == "spark":
        from customerkit.engine.spark import SparkEngine

        return SparkEngine(None if isinstance(which, str) else which)
    from customerkit.engine.duckdb import DuckDBEngine

    return DuckDBEngine()
