"""Every command with --json prints one JSON document and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from customerkit.cli import main

WORDS = {
    "analyze": (),
    "clean": (),
    "collect": ("crm.csv", "--channel", "again"),
    "copy": ("customers.db", "copied.db"),
    "delete": ("c-1",),
    "demo": (),
    "doctor": (),
    "erase": ("c-1", "--yes"),
    "explain": ("c-1", "email"),
    "export": ("out.jsonl",),
    "find": ("family_name=Doe",),
    "match": ("crm.csv",),
    "plan": ("--changes", "2"),
    "quarantine": (),
    "reindex": (),
    "replay": ("bad.csv",),
    "report": ("page.html",),
    "runs": (),
    "score": (),
    "search": ("jane", "doe"),
    "similar": ("family_name=Doe",),
    "undo": (),
    "update": ("c-1", "city=York"),
}


def test_all_commands_are_tried() -> None:
    assert WORDS.keys() == main.commands.keys()


@pytest.mark.parametrize("name", WORDS)
def test_one_document(cleaned: Any, name: str) -> None:
    cleaned("quarantine", "--export", "bad.csv")
    result = cleaned(name, *WORDS[name], "--json")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    json.loads(result.stdout)


def test_what_changed_is_named(cleaned: Any) -> None:
    done = json.loads(cleaned("update", "full_name=Cy Fox", "--json").stdout)
    assert done["run"] == 3
    assert done["created"] == ["c-4"]
    cleaned("clean")
    assert json.loads(cleaned("clean", "--json").stdout)["run"] is None


def test_scores_have_their_parts_and_problems(cleaned: Any) -> None:
    cleaned("update", "c-1", "phone=12")
    found = json.loads(cleaned("score", "--json").stdout)
    assert 0 < found["clean"]["by_field"]["phone"] < 0.5
    assert "phone" in [name for name, _, _ in found["problems"]]
    assert found["clean"]["value"] < found["clean"]["by_field"]["email"]


def test_doctor_without_a_base(run: Any) -> None:
    found = json.loads(run("doctor", "--json").stdout)
    assert found["base"] == {"url": "customers.db", "exists": False}
    assert found["sqlite"]["JSON"] is True
    assert found["extras"]["phonenumbers"]["extra"] == "phone"


def test_the_extras_in_force_are_logged(cleaned: Any) -> None:
    (done,) = (
        run for run in json.loads(cleaned("runs", "--json").stdout) if run["verb"] == "clean"
    )
    installed = json.loads(cleaned("doctor", "--json").stdout)["extras"]
    logged = json.loads(done["details"])["extras"]
    assert logged == {name: installed[name]["version"] for name in logged}
    assert sorted(logged) == ["email-validator", "phonenumbers"]
