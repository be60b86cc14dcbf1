"""A command line to test on: a base of three records in a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from customerkit.cli import main

CSV = """customer_id,name,email,city
1,Jane Doe,JANE@example.com,leeds
2,Jane Doe,jane@example.com,
3,Bo Ray,bo@example.com,=1+1
4,Bo,too,many,cells,here
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command in a folder with the file crm.csv."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CUSTOMERKIT_BASE", raising=False)
    (tmp_path / "crm.csv").write_text(CSV, encoding="utf-8")

    def call(*words: str, **options: Any) -> Result:
        return CliRunner().invoke(main, list(words), **options)

    return call


@pytest.fixture
def cleaned(run: Run) -> Run:
    """Return the same over a base that was collected and cleaned."""
    assert run("collect", "crm.csv", "--channel", "crm").exit_code == 0
    assert run("clean").exit_code == 0
    return run


def document(result: Result) -> Any:
    """Return the one JSON document a command printed."""
    return json.loads(result.stdout)
