"""Importing the package stays cheap: heavy packages come in when they are used."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"duckdb", "numpy", "pandas", "psycopg", "pyarrow", "pymongo", "pymysql", "pyspark"} | {
    "redis",
    "sqlalchemy",
    "sqlite_utils",
}
SCRIPT = """
import json, sys
before = set(sys.modules)
import {module}
print(json.dumps(sorted({{name.partition(".")[0] for name in set(sys.modules) - before}})))
"""


def imported_by(module: str) -> set[str]:
    command = [sys.executable, "-c", SCRIPT.format(module=module)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("module", ["customerkit", "customerkit.demo"])
def test_import_brings_no_heavy_package(module: str) -> None:
    found = imported_by(module)
    assert "customerkit" in found
    assert found & HEAVY == set()
