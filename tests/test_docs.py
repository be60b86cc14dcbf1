"""Run every code block of the documentation, page by page, top to bottom.

A block is left out only after a comment that says why: ``<!-- not run: reason -->``.
A block that wants an extra is announced by ``<!-- needs: pandas -->``.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(?P<kind>[\w{}-]*)[^\n]*\n(?P<body>.*?)^```\s*$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(
    r"<!--\s*(?P<word>not run|needs):\s*(?P<rest>\S(?:(?!-->).)*?)\s*-->\s*\Z", re.DOTALL
)
RUN = {"python", "console"}


@dataclass(frozen=True)
class Block:
    kind: str
    body: str
    line: int
    skipped: bool
    needs: tuple[str, ...]


def blocks(text: str) -> Iterator[Block]:
    for found in FENCE.finditer(text):
        if found["kind"] not in RUN:
            continue
        note = COMMENT.search(text, 0, found.start())
        word, rest = (note["word"], note["rest"]) if note else (None, "")
        needs = tuple(re.split(r"\s*,\s*", rest)) if word == "needs" else ()
        line = text.count("\n", 0, found.start()) + 2
        yield Block(found["kind"], found["body"], line, word == "not run", needs)


def run_python(block: Block, page: Path, names: dict[str, Any]) -> None:
    code = compile("\n" * (block.line - 1) + block.body, str(page), "exec")
    exec(code, names)


def run_console(block: Block) -> None:
    """Run the ``$ customerkit`` lines; what is printed below one must come, ``...`` is anything."""
    for command, expected in commands(block.body):
        from click.testing import CliRunner

        from customerkit.cli import main

        result = CliRunner().invoke(main, shlex.split(command)[1:])
        assert result.exit_code == 0, f"{command}\n{result.output}\n{result.exception!r}"
        if expected:
            pattern = ".*?".join(map(re.escape, expected.strip().split("...")))
            assert re.fullmatch(pattern, result.output.strip(), re.DOTALL), result.output


def commands(body: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        if command.startswith("customerkit "):
            yield command, output


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_code_blocks_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "__main__"}
    try:
        for block in blocks(page.read_text("utf-8")):
            run(block, page, names)
    finally:
        for value in names.values():
            if type(value).__name__ == "CustomerBase":
                value.close()


def run(block: Block, page: Path, names: dict[str, Any]) -> None:
    if block.skipped:
        return
    for package in block.needs:
        pytest.importorskip(package)
    if block.kind == "python":
        run_python(block, page, names)
    else:
        run_console(block)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    found = re.findall(r"<!-- the test command -->\n```console\n([^\n]+)\n```", readme)
    assert len(found) == 1
    assert found[0].endswith("/nox")
    script = ROOT / ".ci" / "run"
    if script.exists():  # it does not travel with the package
        assert "<!-- the test command -->" in script.read_text("utf-8")


def test_typed_example_runs() -> None:
    names: dict[str, Any] = {"__name__": "example"}
    exec((ROOT / "docs" / "examples" / "main_job.py").read_text("utf-8"), names)
    assert names["main"]() > 0
