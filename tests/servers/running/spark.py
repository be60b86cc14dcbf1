"""Say whether Spark can be started here; it runs within the process that asks for it."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec


def missing_spark() -> str | None:
    """Say why there is no Spark here, or None."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin" if home else None)
    if find_spec("pyspark") is None:
        return "Spark: pyspark is not installed; pip install 'customerkit[spark]'"
    return None if java else "Spark: no Java was found; install Java 17 or 21"
