"""Copy a base to another store."""

from __future__ import annotations

import click

from customerkit.cli.shared import json_option, show
from customerkit.cli.watch import counter
from customerkit.store.copy import copy as copied


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@json_option
def copy(source: str, target: str, as_json: bool) -> None:
    """Copy a whole base to another store, and check what arrived.

    FROM and TO are files or URLs, such as postgresql://crm@db/crm. Records,
    customers, history, runs and decisions come along, so every run can still be
    explained and undone. TO must have no runs yet.

    \b
    Example:
      customerkit copy customers.db elsewhere.db
    """
    with counter("copy", as_json) as tell:
        done = copied(source, target, progress=tell)
    show(done, as_json)
