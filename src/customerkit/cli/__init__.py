"""The verbs of customerkit on the command line."""

from __future__ import annotations

import click

from customerkit.cli.demo import demo
from customerkit.cli.errors import SafeGroup
from customerkit.cli.look import analyze, doctor, explain, export, find, quarantine, runs, score
from customerkit.cli.write import clean, collect, delete, erase, plan, undo, update


@click.group(
    cls=SafeGroup,
    epilog="Exit codes: 0 done, 2 usage, 3 bad input, 4 not found, 5 conflict, "
    "6 store, 7 missing extra, 8 cannot be undone, 130 interrupted.",
)
@click.version_option(package_name="customerkit")
def main() -> None:
    """Turn what many channels say about customers into one clean base.

    Start with: customerkit demo
    """


for command in (
    *(demo, collect, plan, clean, update, delete, erase),
    *(analyze, score, find, explain, undo, export, doctor, runs, quarantine),
):
    main.add_command(command)

__all__ = ["main"]
