"""The command line: the main job, errors, exit codes, never a traceback."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from customerkit.cli import errors
from customerkit.cli.errors import MEANINGS


def test_the_main_job(run: Any, tmp_path: Path) -> None:
    assert "3 records, 1 quarantined" in run("collect", "crm.csv", "--channel", "crm").output
    assert "same email" in run("plan", "--changes", "3").output
    assert "created c-1, c-3" in run("clean").output
    assert "nothing new" in run("collect", "crm.csv", "--channel", "crm").output
    assert "changed c-1" in run("update", "c-1", "city=York").output
    assert "pinned by a person" in run("explain", "c-1", "city").output
    found = json.loads(run("find", "city=York", "--json").output)
    assert [customer["id"] for customer in found] == ["c-1"]
    assert "jane@example.com" in run("find", "city=York").output
    assert "changed c-1" in run("undo").output
    assert json.loads(run("score", "--json").output)["clean"]["count"] == 2
    assert "2 rows" in run("export", "out.csv").output
    assert "'=1+1" in (tmp_path / "out.csv").read_text("utf-8")
    assert "report written" in run("report").output
    assert "Customer report" in (tmp_path / "report.html").read_text("utf-8")
    assert "by run 4" in run("runs").output
    assert "nothing to do" in run("clean").output


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("collect", "missing.csv"), 3),
        (("collect", "crm.csv", "--map", "email"), 3),
        (("collect", "crm.csv", "--map", "email=town"), 3),
        (("collect", "."), 3),
        (("collect", "crm.csv", "-b", "none/c.db"), 6),
        (("explain", "c-9", "email"), 4),
        (("explain", "c-1", "town"), 3),
        (("update", "c-1", "town=York"), 3),
        (("update", "c-1", "city=York", "--expected", "7"), 5),
        (("update", "--file", "missing.csv"), 3),
        (("update", "c-1", "--file", "crm.csv"), 2),
        (("update",), 3),
        (("find", "email"), 3),
        (("undo", "99"), 4),
        (("export", "out.doc"), 3),
        (("export", "-", "--json"), 3),
        (("export", "none/out.csv"), 3),
        (("plan", "--nonsense"), 2),
        (("plan", "--rules", "missing.toml"), 3),
        (("clean", "--rules", "crm.csv"), 3),
        (("replay", "missing.csv"), 3),
        (("replay", "crm.csv"), 3),
        (("report", "none/report.html"), 3),
        (("nonsense",), 2),
        (("find", "email=x", "-b", "crm.csv"), 6),
        (("find", "email=x", "-b", "nosuch://x"), 6),
    ],
)
def test_errors_are_a_line_and_an_exit_code(
    cleaned: Any, words: tuple[str, ...], code: int
) -> None:
    result = cleaned(*words)
    assert result.exit_code == code
    assert code in MEANINGS
    assert "Traceback" not in result.stderr
    assert result.stderr.strip()
    told = json.loads(cleaned(*words, "--json").stdout)["error"]
    assert told["exit_code"] == code
    assert told["message"] in result.stderr or code == 2


def test_what_cannot_be_undone(run: Any) -> None:
    run("collect", "crm.csv")
    assert run("undo").exit_code == 0
    assert run("undo").exit_code == 8


def test_nothing_to_score(run: Any) -> None:
    run("collect", "crm.csv")
    result = run("score")
    assert result.exit_code == 3
    assert "collect and clean some first" in result.stderr


READING = [
    ("analyze",),
    ("clean",),
    ("delete", "c-1"),
    ("erase", "c-1", "--yes"),
    ("explain", "c-1", "email"),
    ("export", "out.csv"),
    ("find", "email=x"),
    ("plan",),
    ("quarantine",),
    ("replay", "crm.csv"),
    ("report",),
    ("runs",),
    ("score",),
    ("undo",),
    ("update", "c-1", "city=York"),
]


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_a_base_that_does_not_exist_is_not_begun(
    run: Any, words: tuple[str, ...], tmp_path: Path
) -> None:
    result = run(*words)
    assert result.exit_code == 4
    assert "there is no base customers.db" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["crm.csv"]


def test_a_file_that_cannot_be_read_begins_no_base(run: Any, tmp_path: Path) -> None:
    assert run("collect", "crm.csv", "missing.csv").exit_code == 3
    assert not (tmp_path / "customers.db").exists()


def test_an_interrupted_command_leaves_nothing(
    cleaned: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = cleaned("runs", "--json").stdout

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("customerkit.update.decide.Deriver.settle", stop)
    result = cleaned("delete", "c-1")
    assert result.exit_code == 130
    assert "nothing of this run was kept" in result.stderr
    assert cleaned("runs", "--json").stdout == before


def test_what_nobody_expected_is_a_line_too(cleaned: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("customerkit.cli.look.assignments", lambda words: 1 / 0)
    result = cleaned("find", "email=x")
    assert result.exit_code == 1
    assert "ZeroDivisionError" in result.stderr
    assert "Traceback" not in result.stderr
    monkeypatch.setenv("CUSTOMERKIT_DEBUG", "1")
    assert "Traceback" in cleaned("find", "email=x").stderr


def test_a_reader_that_goes_away_is_no_error(cleaned: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("customerkit.cli.look.terminal.table", gone)
    monkeypatch.setattr(errors, "_hang_up", lambda: 0)
    assert cleaned("runs").exit_code == 0


def test_erase_asks(cleaned: Any) -> None:
    assert cleaned("erase", "c-1", input="n\n").exit_code == 130
    assert len(json.loads(cleaned("find", "full_name=Jane Doe", "--json").output)) == 1
    assert cleaned("erase", "c-1", "--yes").exit_code == 0
    assert json.loads(cleaned("find", "full_name=Jane Doe", "--json").output) == []
    assert "0 customers" in cleaned("find", "full_name=Jane Doe").output


def test_a_base_of_a_newer_version(cleaned: Any, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "customers.db") as connection:
        connection.execute("update meta set value = '99' where name = 'schema'")
    connection.close()
    result: Result = cleaned("runs")
    assert result.exit_code == 6
    assert "newer customerkit" in result.stderr


def test_the_environment_names_the_base(
    cleaned: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "customers.db").rename(tmp_path / "other.db")
    assert cleaned("runs").exit_code == 4
    monkeypatch.setenv("CUSTOMERKIT_BASE", "other.db")
    assert cleaned("runs").exit_code == 0


def test_search_forgives_and_counts(cleaned: Any) -> None:
    said = cleaned("search", "jnae", "deo").output
    assert "c-1" in said
    assert "[Jane] [Doe]" in said
    assert "channel" in said
    assert "0 customers" in cleaned("search", "quillfeather").output
    assert cleaned("search", "jane", "--where", "shoe=7").exit_code == 3
    assert "search in base        up to date" in cleaned("doctor").output
    cleaned("update", "c-1", "city=Wells")
    assert "1 run and 1 customer behind" in cleaned("doctor").output
    assert "2 customers indexed" in cleaned("reindex").output
