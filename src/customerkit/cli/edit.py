"""Commands that change customers: update, delete, erase, undo."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

import customerkit as ck
from customerkit.cli.shared import (
    assignments,
    base_option,
    json_option,
    opened,
    reason_option,
    settled,
    show,
    watched,
)
from customerkit.collect.formats import open_source
from customerkit.errors import InputError
from customerkit.report.shown import counted


@click.command()
@click.argument("words", nargs=-1, metavar="[CUSTOMER] [FIELD=VALUE]...")
@base_option
@click.option("--file", "path", metavar="FILE", help="Many at once: a column id, and fields.")
@click.option("--clear", multiple=True, metavar="FIELD", help="A field to empty.")
@click.option("--expected", type=int, metavar="VERSION", help="What the change is based on.")
@click.option(
    "--channel", metavar="NAME", help="Who says so; by default a person, whose word is pinned."
)
@reason_option
@json_option
def update(
    words: tuple[str, ...],
    url: str,
    path: str | None,
    clear: tuple[str, ...],
    as_json: bool,
    **options: Any,
) -> None:
    """Update CUSTOMER (c-42, or an external id) with FIELD=VALUE.

    Without a customer a new one is created. With --file, every row of the file is
    one update, all in one transaction: its column id names the customer, a blank
    cell says nothing.

    \b
    Examples:
      customerkit update c-42 email=jane@example.com
      customerkit update full_name="Jane Doe" email=jane@example.com
      customerkit update --file rows.csv --reason "moved house"
    """
    customer, values = _told(words)
    said: dict[str, Any] = {**assignments(values), **dict.fromkeys(clear, ck.CLEARED)}
    if path is not None and customer is not None:
        raise click.UsageError("name a customer, or give a file, not both")
    rows = None if path is None else list(_rows(path))
    with opened(url, create=customer is None) as base:
        before = len(base.runs())
        what = customer if rows is None else rows
        settled(base, base.update(what, **said, **options), before, as_json)


def _told(words: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    if words and "=" not in words[0]:
        return words[0], words[1:]
    return None, words


def _rows(path: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file by field."""
    source = open_source(path)
    names = {name: _field(name) for name in source.columns}
    for chunk in source.chunks():
        if chunk.troubles:
            at = chunk.troubles[0]
            raise InputError(
                f"{source.name}, line {at.line or at.position}: {at.message}; nothing was updated"
            )
        for row in chunk.batch.dicts():
            yield {names[name]: value for name, value in row.items()}


def _field(header: str) -> str:
    """Return the field a header names.

    Example:
        >>> _field("Given Name"), _field("Birth-Date")
        ('given_name', 'birth_date')
    """
    return header.strip().lower().replace(" ", "_").replace("-", "_")


@click.command()
@click.argument("customer")
@base_option
@reason_option
@json_option
def delete(customer: str, url: str, reason: str | None, as_json: bool) -> None:
    """Take CUSTOMER out of every answer; can be undone.

    \b
    Example:
      customerkit delete c-42 --reason "closed the account"
    """
    with opened(url) as base:
        before = len(base.runs())
        settled(base, base.delete(customer, reason=reason), before, as_json)


@click.command()
@click.argument("customer")
@base_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@reason_option
@json_option
def erase(customer: str, url: str, yes: bool, reason: str | None, as_json: bool) -> None:
    """Remove CUSTOMER for good: records, history, activities, quarantine.

    Asks first, and cannot be undone. Collecting an old file again does not bring
    the person back.

    \b
    Example:
      customerkit erase c-42 --reason "asked to be forgotten"
    """
    with opened(url) as base:
        found = base.get(customer)
        if not yes:
            what = f"{found.id} with {counted(len(found.records), 'record')} and all its activities"
            click.confirm(f"Erase {what}? This cannot be undone", abort=True, err=True)
        removed = base.erase(found.id, reason=reason)
        said = f"{counted(removed, 'row')} removed for good"
        show({"removed": removed} if as_json else said, as_json)


@click.command()
@click.argument("run", type=int, required=False)
@base_option
@reason_option
@json_option
def undo(run: int | None, url: str, reason: str | None, as_json: bool) -> None:
    """Undo RUN, or the last one; undoing is a run that can be undone.

    \b
    Examples:
      customerkit undo
      customerkit undo 7 --reason "wrong file"
    """
    with watched(url, "undo", as_json) as base:
        before = len(base.runs())
        settled(base, base.undo(run, reason=reason), before, as_json)
