"""Find who is one person: match a file, and search before a customer is created."""

from __future__ import annotations

from typing import Any

import click

import customerkit as ck
from customerkit.cli.shared import assignments, base_option, json_option, show, watched


@click.command()
@click.argument("file")
@click.option("--review", default=5, show_default=True, help="Show so many doubtful pairs.")
@json_option
def match(file: str, review: int, as_json: bool) -> None:
    """Find the rows of a FILE that are one customer; nothing is written.

    The file is recognised as collect does. Rows are numbered from 0. Shows how far the
    result can be believed, and the pairs that a person should look at; values are never
    shown.

    \b
    Examples:
      customerkit match people.csv
      customerkit match people.csv --json > groups.json
    """
    found = ck.match(file)
    doubtful = found.review(review)
    if not as_json:
        click.echo("\n\n".join([str(found), *map(str, doubtful)]))
        return
    told = {"records": len(found.customer), "customers": found.count, "groups": found.groups}
    believed = {"pairs": found.estimated_pairs}
    believed |= {"precision": found.precision, "recall": found.recall}
    pairs = [pair.to_dict() for pair in doubtful]
    show({**told, "believed": believed, "warnings": found.warnings, "review": pairs}, as_json)


@click.command()
@base_option
@click.argument("words", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--limit", default=5, show_default=True, help="Show so many customers.")
@json_option
def similar(url: str, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Show the customers that somebody most likely is, before you create a new one.

    \b
    Example:
      customerkit similar given_name=Jane family_name=Doe email=jane@example.com
    """
    known: dict[str, Any] = dict(assignments(words))
    with watched(url, "similar", as_json) as base:
        found = base.similar(limit=limit, **known)
    if as_json or not found:
        show(found if as_json else "nobody is like that", as_json)
        return
    for one in found:
        others = f"household {one.household:.1%}, colleagues {one.colleagues:.1%}"
        click.echo(f"{one.customer:<12} {one.probability:>6.1%}  {others}")
