"""Every command explains itself, and the reference names them all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from customerkit.cli import main
from customerkit.cli.errors import MEANINGS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_has_an_example(run: Any, name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert re.search(rf"^ +customerkit {name}( |$)", result.output, re.MULTILINE)
    options = result.output.partition("Options:")[2]
    assert "--json" in options
    assert "--base" in options or name in ("copy", "match")  # which names two, or none


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_reference_names_every_command_and_option(name: str) -> None:
    text = PAGE.read_text("utf-8")
    found = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"docs/reference/cli.md has no section {name}"
    assert f"customerkit {name}" in found[1]
    own = {
        option
        for parameter in main.commands[name].params
        for option in parameter.opts
        if option.startswith("--") and option not in ("--base", "--json", "--reason")
    }
    assert not {option for option in own if f"`{option}" not in found[1]}


def test_the_reference_names_every_exit_code() -> None:
    text = PAGE.read_text("utf-8")
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)} == set(MEANINGS)


def test_the_group_says_where_the_base_is(run: Any) -> None:
    assert "customers.db" in run("--help").output
    assert "Exit codes" in run("--help").output
