"""Run any verb of the command line on the project's base: manage.py customerkit clean."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import click
from django.core.management.base import BaseCommand, CommandError

from customerkit.cli import main
from customerkit.contrib.django.conf import url


class Command(BaseCommand):
    """Hand over to customerkit's own command line, with the base of the settings."""

    help = "Run a verb of customerkit on the base of this project: " + ", ".join(main.commands)

    def add_arguments(self, parser: Any) -> None:
        """Take the verb and whatever belongs to it."""
        parser.add_argument("words", nargs=argparse.REMAINDER, metavar="VERB ...")

    def handle(self, *_: Any, words: Sequence[str], **__: Any) -> None:
        """Run the verb; its exit code is that of the command.

        Raises:
            CommandError: It failed, and a program called it.
        """
        with redirect_stdout(self.stdout._out), redirect_stderr(self.stderr._out):
            try:
                main.main(with_base(words) or ["--help"], prog_name="manage.py customerkit")
            except SystemExit as ended:
                code = int(ended.code or 0)
        if code and self._called_from_command_line:
            sys.exit(code)  # what went wrong was said
        if code:
            said = f"customerkit {words[0]} failed; standard error tells why"
            raise CommandError(said, returncode=code)


def with_base(words: Sequence[str]) -> list[str]:
    """Return the words of a verb with the project's base, which a later --base overrules.

    Example:
        >>> with_base(["runs", "--json"])
        ['runs', '--base', 'django://default', '--json']
    """
    verb = main.commands.get(words[0]) if words else None
    if verb is None or not any(_is_base(option) for option in verb.params):
        return list(words)
    return [words[0], "--base", url(), *words[1:]]


def _is_base(option: click.Parameter) -> bool:
    return option.envvar == "CUSTOMERKIT_BASE"  # that of demo names a new file
