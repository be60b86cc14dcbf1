"""The command line: the main job, JSON, exit codes, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from customerkit.cli import main

CSV = """customer_id,name,email,city
1,Jane Doe,JANE@example.com,leeds
2,Jane Doe,jane@example.com,
3,Bo Ray,bo@example.com,=1+1
"""


@pytest.fixture
def run(tmp_path: Path) -> Any:
    (tmp_path / "crm.csv").write_text(CSV, encoding="utf-8")
    base = str(tmp_path / "c.db")

    def call(*words: str, **options: Any) -> Result:
        command, *rest = words
        words = tuple(w.replace("@", f"{tmp_path}/") if w[:1] == "@" else w for w in rest)
        arguments = [command, "-b", base, *words]
        return CliRunner().invoke(main, arguments, **options)

    return call


def test_the_main_job(run: Any, tmp_path: Path) -> None:
    assert "3 records" in run("collect", "@crm.csv", "--channel", "crm").output
    assert "same email" in run("plan", "--changes", "3").output
    assert "2 created" in run("clean").output
    assert "nothing new" in run("collect", "@crm.csv", "--channel", "crm").output
    assert run("update", "c-1", "city=York").exit_code == 0
    assert "pinned by a person" in run("explain", "c-1", "city").output
    found = json.loads(run("find", "city=York", "--json").output)
    assert [customer["id"] for customer in found] == ["c-1"]
    assert run("undo").exit_code == 0
    assert json.loads(run("score", "--json").output)["clean"]["count"] == 2
    assert "2 rows" in run("export", "@out.csv").output
    assert "'=1+1" in (tmp_path / "out.csv").read_text("utf-8")
    assert "runs" in run("doctor").output
    assert "collect" in run("runs").output


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("collect", "@missing.csv"), 3),
        (("explain", "c-9", "email"), 4),
        (("update", "c-1", "town=York"), 3),
        (("find", "email"), 3),
        (("undo", "99"), 4),
        (("score",), 3),
        (("plan", "--nonsense"), 2),
    ],
)
def test_errors_are_one_line_and_an_exit_code(run: Any, words: tuple[str, ...], code: int) -> None:
    result = run(*words)
    assert result.exit_code == code
    assert "Traceback" not in result.output + result.stderr
    assert result.stderr.strip()


def test_erase_asks(run: Any) -> None:
    run("collect", "@crm.csv", "--channel", "crm")
    run("clean")
    assert run("erase", "c-1", input="n\n").exit_code == 130
    assert len(json.loads(run("find", "full_name=Jane Doe", "--json").output)) == 1
    assert run("erase", "c-1", "--yes").exit_code == 0
    assert json.loads(run("find", "full_name=Jane Doe", "--json").output) == []


def test_the_demo_runs_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["demo"])
    assert result.exit_code == 0
    assert "uncalibrated" in result.output
    assert (tmp_path / "customerkit-demo.db").exists()
