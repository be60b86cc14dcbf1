"""The verbs of customerkit on the command line."""

from __future__ import annotations

import click

from customerkit.cli.clean import clean, plan
from customerkit.cli.collect import collect, quarantine, replay
from customerkit.cli.copy import copy
from customerkit.cli.demo import demo
from customerkit.cli.doctor import doctor
from customerkit.cli.edit import delete, erase, undo, update
from customerkit.cli.errors import EPILOG, SafeGroup
from customerkit.cli.insight import analyze, report, score
from customerkit.cli.look import explain, export, find, reindex, runs, search
from customerkit.cli.match import match, similar


@click.group(
    cls=SafeGroup,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="customerkit")
def main() -> None:
    """Turn what many channels say about customers into one clean base.

    A base is one file, customers.db in this folder unless --base or the environment
    variable CUSTOMERKIT_BASE names another.

    \b
    Start with:
      customerkit demo
    Then, with files of your own:
      customerkit collect crm_export.csv --channel crm
      customerkit plan
      customerkit clean
      customerkit report report.html
    """


for command in (
    *(demo, collect, quarantine, replay, plan, clean, update, delete, erase, undo),
    *(match, similar, find, search, reindex, explain, runs, export),
    *(analyze, score, report, copy, doctor),
):
    main.add_command(command)

__all__ = ["main"]
