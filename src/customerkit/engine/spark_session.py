"""Start Spark on this computer, or work beside what a user does in a session."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any

from customerkit.errors import InputError, MissingExtraError

_SETTINGS: Mapping[str, str] = {
    "spark.sql.ansi.enabled": "true",  # a sum beyond 64 bits is an error and no number
    "spark.sql.ansi.enforceReservedKeywords": "false",
    "spark.sql.parser.escapedStringLiterals": "true",  # a backslash is one
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "65536",
    "spark.sql.execution.arrow.localRelationThreshold": "1m",
    "spark.sql.execution.arrow.useLargeVarTypes": "false",
}
_LOCAL: Mapping[str, str] = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def private(session: Any = None) -> tuple[Any, Callable[[], AbstractContextManager[None]]]:
    """Return a session with views and settings of its own, and how to use it unseen.

    Args:
        session: A running ``SparkSession``; by default the one of this process,
            else a local one is started.

    Returns:
        The session, and a context within which it may make itself the active one.

    Raises:
        InputError: The session is stopped, or of Spark Connect.
        MissingExtraError: There is no Java that Spark runs on.
    """
    from pyspark.sql import SparkSession

    given = _started() if session is None else session
    if not isinstance(given, SparkSession):
        raise InputError("customerkit needs a classic SparkSession, not one of Spark Connect")
    if given.sparkContext._jsc is None:
        raise InputError("the SparkSession is stopped; give a running one")
    own = given.newSession()
    for name, value in _SETTINGS.items():
        own.conf.set(name, value)
    if own.sparkContext.master.startswith("local"):
        own.conf.set("spark.sql.shuffle.partitions", own.sparkContext.defaultParallelism)
    return own, partial(_unseen, given)


def _started() -> Any:
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        return running
    builder = SparkSession.builder.master("local[*]").appName("customerkit").config(map=_LOCAL)
    with _this_python():
        try:
            session = builder.getOrCreate()
        except Exception as error:  # pyspark names no kind for what goes wrong in Java
            raise MissingExtraError(
                "Spark did not start; it needs Java 17 or 21: install it and set JAVA_HOME",
                package="java",
                extra="spark",
            ) from error
    session.sparkContext.setLogLevel("ERROR")
    return session


@contextmanager
def _this_python() -> Iterator[None]:
    """Have Spark start the same Python for its workers, unless the user chose one."""
    if "PYSPARK_PYTHON" in os.environ:
        yield
        return
    os.environ["PYSPARK_PYTHON"] = sys.executable
    try:
        yield
    finally:
        del os.environ["PYSPARK_PYTHON"]


@contextmanager
def _unseen(given: Any) -> Iterator[None]:
    """Leave the active session what it was; making a frame of Arrow data changes it."""
    from pyspark.sql import SparkSession

    active = SparkSession.getActiveSession() or given
    try:
        yield
    finally:
        active.createDataFrame([], "nothing int")
