"""What the commands share: the base, JSON output, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import attrs
import click

import customerkit as ck
from customerkit.errors import InputError

F = TypeVar("F", bound=Callable[..., Any])


def base_option(function: F) -> F:
    """Add the option that names the base."""
    return click.option(
        "-b",
        "--base",
        "url",
        default="customers.db",
        envvar="CUSTOMERKIT_BASE",
        show_default=True,
        help="The base: a file or URL. Also CUSTOMERKIT_BASE.",
    )(function)


def json_option(function: F) -> F:
    """Add the option for machine-readable output."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(
        function
    )


def reason_option(function: F) -> F:
    """Add the option that is logged with the run."""
    return click.option("--reason", help="Why; logged with the run.")(function)


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


def assignments(words: tuple[str, ...]) -> dict[str, str]:
    """Return ``field=value`` words as a mapping.

    Raises:
        InputError: A word has no equals sign.

    Example:
        >>> assignments(("city=Leeds",))
        {'city': 'Leeds'}
    """
    for word in words:
        if "=" not in word:
            raise InputError("write field=value, such as city=Leeds")
    return {name: value for name, _, value in (word.partition("=") for word in words)}


@contextmanager
def opened(url: str) -> Iterator[ck.CustomerBase]:
    """Open a base for one command."""
    base = ck.open(url)
    try:
        yield base
    finally:
        base.close()


@contextmanager
def progress(label: str, as_json: bool) -> Iterator[Callable[[int], None]]:
    """Show how many rows were read, when a person is looking."""
    if as_json or not sys.stderr.isatty():
        yield lambda rows: None
        return
    count = 0

    def tell(rows: int) -> None:
        nonlocal count
        count += rows
        click.echo(f"\r{label}: {count:,} rows", nl=False, err=True)

    yield tell
    click.echo("\r" + " " * (len(label) + 24) + "\r", nl=False, err=True)
