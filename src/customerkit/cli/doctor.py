"""Say what is installed, what is missing, and how the base is."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from customerkit.cli.shared import base_option, json_option, opened, show
from customerkit.engine.pick import pick_engine
from customerkit.errors import NotFoundError
from customerkit.report.shown import counted
from customerkit.store.registry import redact, schemes
from customerkit.store.search.searching import SearchLag

EXTRAS: Mapping[str, tuple[str, str]] = {
    "duckdb": ("fast", "cleans and analyses many rows faster"),
    "pyarrow": ("fast", "reads CSV faster, and Parquet"),
    "pyspark": ("spark", "works columns on Spark, when asked to"),
    "phonenumbers": ("phone", "knows the numbers of each country"),
    "email-validator": ("email", "checks unusual e-mail addresses"),
    "openpyxl": ("excel", "reads and writes workbooks"),
    "defusedxml": ("excel", "guards against malicious workbooks"),
    "tqdm": ("progress", "draws progress bars"),
    "pandas": ("pandas", "gives and takes its frames"),
    "redis": ("redis", "shares what was read between processes"),
    "elasticsearch": ("elasticsearch", "searches on a server"),
}
"""Optional package → the extra that brings it, and what it is for."""
_NOTE = (
    "Results depend on two of them: with phonenumbers and email-validator, more values are "
    "standardised and judged. Each clean run logs which were in force."
)
_FEATURES = {
    "FTS5": "create virtual table t using fts5(a)",
    "JSON": "select json('1')",
    "STRICT": "create table s (a text) strict",
}


@click.command()
@base_option
@json_option
def doctor(url: str, as_json: bool) -> None:
    """Tell versions, extras, engines, and the state of the base.

    \b
    Example:
      customerkit doctor
    """
    facts = {**_versions(), "extras": _extras(), "base": _base(url)}
    if as_json:
        show({**facts, "note": _NOTE}, as_json)
        return
    _told(facts)


def _versions() -> dict[str, Any]:
    engine = pick_engine()
    engine.close()
    return {
        "customerkit": _installed("customerkit"),
        "python": platform.python_version(),
        "sqlite": {"version": sqlite3.sqlite_version, **_sqlite()},
        "engine": engine.name,
        "backends": schemes(),
    }


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _sqlite() -> dict[str, bool]:
    """Say what this SQLite can do, by trying it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        return {name: _works(connection, sql) for name, sql in _FEATURES.items()}


def _works(connection: sqlite3.Connection, sql: str) -> bool:
    try:
        connection.execute(sql)
    except sqlite3.Error:
        return False
    return True


def _extras() -> dict[str, dict[str, str | None]]:
    return {
        package: {"version": _installed(package), "extra": extra, "for": use}
        for package, (extra, use) in EXTRAS.items()
    }


def _base(url: str) -> dict[str, Any]:
    try:
        with opened(url) as base:
            return {
                "url": redact(url),
                "exists": True,
                "runs": len(base.runs()),
                "customers": sum(1 for _ in base.customers()),
                "runs not cleaned yet": len(base.plan().pending),
                "rows in quarantine": len(base.quarantine()),
                "search": base.search_lag(),
            }
    except NotFoundError:
        return {"url": redact(url), "exists": False}


def _told(facts: Mapping[str, Any]) -> None:
    for name in ("customerkit", "python"):
        click.echo(f"{name:<18}{facts[name]}")
    sqlite = dict(facts["sqlite"])
    features = ", ".join(f"{n} {'yes' if v else 'NO'}" for n, v in sqlite.items() if n != "version")
    click.echo(f"{'sqlite':<18}{sqlite['version']} ({features})")
    click.echo(f"{'engine':<18}{facts['engine']}")
    click.echo(f"{'backends':<18}{', '.join(facts['backends'])}")
    click.echo("\nextras")
    for package, found in facts["extras"].items():
        state = found["version"] or f"missing: pip install 'customerkit[{found['extra']}]'"
        click.echo(f"  {package:<16}{state:<42}{found['for']}")
    click.echo(f"  {_NOTE}")
    _base_told(facts["base"])


def _base_told(base: Mapping[str, Any]) -> None:
    click.echo(f"\nbase {base['url']}")
    if not base["exists"]:
        click.echo("  not there yet; customerkit collect FILE begins it")
        return
    for name in ("runs", "customers", "runs not cleaned yet", "rows in quarantine"):
        click.echo(f"  {name:<22}{base[name]:,}")
    for lag in base["search"]:
        click.echo(f"  {'search in ' + lag.index:<22}{_behind(lag)}")
    if base["runs not cleaned yet"]:
        left = counted(base["runs not cleaned yet"], "run")
        click.echo(f"  {left} to take in: customerkit clean")


def _behind(lag: SearchLag) -> str:
    """Return in words how far a search index is behind."""
    if lag.position == 0:
        said = "no index yet; the next search makes it"
    elif not lag.runs:
        said = "up to date"
    else:
        said = f"{counted(lag.runs, 'run')} and {counted(lag.customers, 'customer')} behind"
    return said if lag.answers else f"{said}; does not answer, or is not open"
