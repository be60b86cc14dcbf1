"""Commands that only look."""

from __future__ import annotations

import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version

import click

from customerkit.cli.shared import assignments, base_option, json_option, opened, plain, show
from customerkit.engine.pick import pick_engine
from customerkit.store.registry import schemes

_EXTRAS = {
    "duckdb": "fast",
    "pyarrow": "fast",
    "phonenumbers": "phone",
    "email-validator": "email",
    "openpyxl": "excel",
}


@click.command()
@base_option
@json_option
def analyze(url: str, as_json: bool) -> None:
    """Analyse behaviour, needs and preferences.

    Example: customerkit analyze --json
    """
    with opened(url) as base:
        found = base.analyze()
    if not as_json:
        click.echo(str(found))
        return
    frames = {n: getattr(found, n).to_dicts() for n in ("customers", "preferences", "needs")}
    show({"as_of": found.as_of, "totals": dict(found.totals), **frames}, as_json)


@click.command()
@base_option
@json_option
def score(url: str, as_json: bool) -> None:
    """Score how clean, current and well analysed the customers are.

    Example: customerkit score
    """
    with opened(url) as base:
        found = base.score()
    if not as_json:
        click.echo(str(found))
        return
    document = {}
    for name in ("clean", "update", "analysis"):
        part = getattr(found, name)
        document[name] = {
            "value": part.value,
            "count": part.count,
            "calibrated": part.calibrated,
            "by_field": {k: v.value for k, v in part.by_field.items()},
            "by_channel": {k: v.value for k, v in part.by_channel.items()},
            "worst": part.worst,
        }
    show({**document, "completeness": found.completeness}, as_json)


@click.command()
@click.argument("values", nargs=-1, required=True)
@base_option
@click.option("--limit", default=20, show_default=True)
@json_option
def find(values: tuple[str, ...], url: str, limit: int, as_json: bool) -> None:
    """Find customers by field=value.

    Example: customerkit find email=jane@example.com
    """
    with opened(url) as base:
        found = base.find(limit=limit, **assignments(values))
    if as_json:
        show(found, as_json)
        return
    for customer in found:
        said = ", ".join(f"{name}={value}" for name, value in customer.values.items())
        click.echo(f"{customer.id}  {said}")
    if not found:
        click.echo("nobody")


@click.command()
@click.argument("customer")
@click.argument("field")
@base_option
@json_option
def explain(customer: str, field: str, url: str, as_json: bool) -> None:
    """Explain FIELD of CUSTOMER: source, line, rules, and why it won.

    Example: customerkit explain c-42 email
    """
    with opened(url) as base:
        show(base.explain(customer, field), as_json)


@click.command()
@click.argument("path")
@base_option
@click.option("--what", default="customers", show_default=True, help="Or records, purchases, …")
@json_option
def export(path: str, url: str, what: str, as_json: bool) -> None:
    """Write customers to PATH: .csv .tsv .json .jsonl .xlsx .parquet, or - for CSV on stdout.

    Example: customerkit export customers.csv
    """
    with opened(url) as base:
        count = base.export(path, what)
    if path != "-":
        show({"rows": count} if as_json else f"{count:,} rows written to {path}", as_json)


@click.command()
@base_option
@json_option
def runs(url: str, as_json: bool) -> None:
    """List the runs: what was written, when, by whom.

    Example: customerkit runs
    """
    with opened(url) as base:
        found = base.runs()
    if as_json:
        show(found, as_json)
        return
    for run in found:
        undone = f" (undone by run {run.undone_by})" if run.undone_by else ""
        what = " ".join(filter(None, (run.channel, run.source, run.reason)))
        click.echo(f"{run.run_id:>6}  {run.verb:<8}{what}{undone}")


@click.command()
@base_option
@click.option("--run", type=int, help="Only of this run.")
@json_option
def quarantine(url: str, run: int | None, as_json: bool) -> None:
    """List the rows that could not be read: run, line, code, original text.

    Example: customerkit quarantine --run 1
    """
    with opened(url) as base:
        found = base.quarantine(run)
    if as_json:
        show(found, as_json)
        return
    for row in found:
        click.echo(f"run {row['run_id']} line {row['line']} {row['code']}: {row['raw']}")


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _engine() -> str:
    engine = pick_engine()
    engine.close()
    return engine.name


@click.command()
@base_option
@json_option
def doctor(url: str, as_json: bool) -> None:
    """Tell versions, extras, engines, and the state of the base.

    Example: customerkit doctor
    """
    facts: dict[str, object] = {
        "customerkit": _installed("customerkit"),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "engine": _engine(),
        "backends": ", ".join(schemes()),
    }
    for package, extra in _EXTRAS.items():
        facts[package] = _installed(package) or f"missing; pip install 'customerkit[{extra}]'"
    with opened(url) as base:
        facts["runs"] = len(base.runs())
        facts["customers"] = sum(1 for _ in base.customers())
        facts["runs not cleaned yet"] = len(base.plan().pending)
        facts["quarantined rows"] = len(base.quarantine())
    if as_json:
        show(plain(facts), as_json)
        return
    for name, value in facts.items():
        click.echo(f"{name:<22}{value}")
