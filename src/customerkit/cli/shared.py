"""What the commands share: the base, JSON output, field=value words."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import attrs
import click

import customerkit as ck
from customerkit.cli.watch import Watched, counter
from customerkit.errors import InputError
from customerkit.model.customer import customer_id
from customerkit.store.registry import open_backend
from customerkit.store.unit import details

SEARCH = "CUSTOMERKIT_SEARCH"
"""Environment variable with the URL of a search server that mirrors the base."""
F = TypeVar("F", bound=Callable[..., Any])


def base_option(function: F) -> F:
    """Add the option that names the base."""
    return click.option(
        "-b",
        "--base",
        "url",
        default="customers.db",
        envvar="CUSTOMERKIT_BASE",
        metavar="URL",
        show_default=True,
        help="The base: a file, or a URL such as sqlite:///path. Also the environment "
        "variable CUSTOMERKIT_BASE.",
    )(function)


def json_option(function: F) -> F:
    """Add the option for machine-readable output."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
    )(function)


def reason_option(function: F) -> F:
    """Add the option that is logged with the run."""
    return click.option("--reason", metavar="TEXT", help="Why; logged with the run.")(function)


def show(value: Any, as_json: bool) -> None:
    """Print a result for a person or a program."""
    if as_json:
        click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2, default=str))
    else:
        click.echo(str(value))


def plain(value: Any) -> Any:
    """Return a result as what JSON can hold."""
    if attrs.has(type(value)):
        return {
            field.name: plain(getattr(value, field.name))
            for field in attrs.fields(type(value))
            if not field.name.startswith("_")
        }
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def assignments(words: Iterable[str]) -> dict[str, str]:
    """Return ``field=value`` words as a mapping.

    Raises:
        InputError: A word has no equals sign.

    Example:
        >>> assignments(("city=Leeds",))
        {'city': 'Leeds'}
    """
    pairs = [word.partition("=") for word in words]
    if any(not sign for _, sign, _ in pairs):
        raise InputError("write field=value, such as city=Leeds")
    return {name: value for name, _, value in pairs}


@contextmanager
def opened(url: str, *, create: bool = False) -> Iterator[ck.CustomerBase]:
    """Open a base for one command.

    Args:
        url: Where it is.
        create: Whether the command may begin a new one.

    Raises:
        NotFoundError: There is none.
    """
    with ck.open(url, create=create, search=os.environ.get(SEARCH)) as base:
        yield base


@contextmanager
def watched(
    url: str, label: str, quiet: bool, tables: Iterable[str] = ()
) -> Iterator[ck.CustomerBase]:
    """Open a base whose work is counted while it goes on.

    Args:
        url: Where it is.
        label: What is going on.
        quiet: Show nothing.
        tables: Count only rows of these; how many there are is then known from the log.

    Raises:
        NotFoundError: There is none.
    """
    backend = open_backend(url, create=False)
    with ck.CustomerBase(backend, search=os.environ.get(SEARCH)) as base:
        names = tuple(tables)
        total = _total(base.runs(), names) if names else None
        with counter(label, quiet, total) as tell:
            base.unit.backend = base.backend = Watched(backend, tell, names)
            yield base


def _total(runs: Iterable[ck.Run], tables: Iterable[str]) -> int:
    """Return how many rows the runs of a base brought into some tables."""
    kinds = frozenset(tables)
    found = 0
    for run in runs:
        said = details(run)
        counts = said.get("counts", {})
        if said.get("kind") in kinds:
            found += int(counts.get("activities", 0))
        if "records" in kinds and run.first_record is not None:
            found += int(counts.get("records", 1))
    return found


def settled(base: ck.CustomerBase, done: ck.Settled, before: int, as_json: bool) -> None:
    """Show what a run changed.

    Args:
        base: The base.
        done: What changed.
        before: How many runs there were before.
        as_json: For a program, every customer by its id; for a person, a line.
    """
    customers = {name: [customer_id(n) for n in found] for name, found in plain(done).items()}
    runs = base.runs()
    run = runs[-1].run_id if len(runs) > before else None
    if as_json:
        show({"run": run, **customers}, as_json)
        return
    said = [_said(name, ids) for name, ids in customers.items() if ids]
    head = f"run {run}: " if run is not None else ""
    click.echo(head + (", ".join(said) or ("nothing to do" if run is None else "no change")))


def _said(name: str, ids: list[str]) -> str:
    if len(ids) <= 3:
        return f"{name} {', '.join(ids)}"
    return f"{name} {len(ids):,} customers"
