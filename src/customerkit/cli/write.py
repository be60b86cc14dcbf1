"""Commands that write: each is one run, and each but erase can be undone."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import click

import customerkit as ck
from customerkit.cli.shared import (
    assignments,
    base_option,
    json_option,
    opened,
    plain,
    progress,
    reason_option,
    show,
)


@click.command()
@click.argument("files", nargs=-1, required=True)
@base_option
@click.option("--channel", help="Who speaks, such as crm; the file's name by default.")
@click.option("--kind", help="customers, purchases, browsing, reviews or feedback.")
@click.option("--map", "maps", multiple=True, help="COLUMN=FIELD; COLUMN=- ignores a column.")
@click.option("--external-ids", help="Whose customer ids the file carries.")
@click.option("--currency", help="Of purchase lines that name none, such as GBP.")
@click.option("--encoding", help="Of a text file, where it is known.")
@click.option("--delimiter", help="Of a delimited file, where it is known.")
@click.option("--sheet", help="Of a workbook.")
@reason_option
@json_option
def collect(
    files: tuple[str, ...],
    url: str,
    channel: str | None,
    maps: tuple[str, ...],
    reason: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Collect FILES: CSV, TSV, JSON, JSON lines, Excel, Parquet.

    Example: customerkit collect crm_export.csv --channel crm
    """
    mapping = {column: None if to == "-" else to for column, to in assignments(maps).items()}
    reading = {k: options.pop(k) for k in ("encoding", "delimiter", "sheet")}
    found = []
    with opened(url) as base:
        for file in files:
            with progress(Path(file).name, as_json) as tell:
                result = base.collect(
                    file,
                    channel=channel or Path(file).stem,
                    mapping=mapping or None,
                    reason=reason,
                    progress=tell,
                    **options,
                    **{name: value for name, value in reading.items() if value},
                )
            found.append(result)
            if not as_json:
                click.echo(f"{Path(file).name}: {result}")
                for note in result.notes:
                    click.echo(f"  note: {note}")
    if as_json:
        show(found, as_json)


def _ruleset(path: str | None) -> ck.Ruleset | None:
    return ck.Ruleset.load(path) if path else None


@click.command()
@base_option
@click.option("--rules", type=click.Path(exists=True, dir_okay=False), help="A ruleset (TOML).")
@click.option("--changes", default=0, help="Show so many single changes.")
@click.option("--save-rules", type=click.Path(dir_okay=False), help="Write the ruleset to a file.")
@json_option
def plan(url: str, rules: str | None, changes: int, save_rules: str | None, as_json: bool) -> None:
    """Show what cleaning would change, and why; write nothing.

    Example: customerkit plan --changes 20
    """
    with opened(url) as base:
        found = base.plan(_ruleset(rules))
        if save_rules:
            found.ruleset.save(save_rules)
        if as_json:
            counts = [[*key, count] for key, count in sorted(found.counts.items())]
            some = [plain(change) for change in islice(found.changes(), changes)]
            document = {"ruleset": found.ruleset.version, "counts": counts, "changes": some}
            show({**document, "suggestions": found.suggestions}, as_json)
            return
        click.echo(str(found))
        for change in islice(found.changes(), changes):
            click.echo(
                f"  {change.customer} {change.field}: {change.old!r} -> {change.new!r} "
                f"({change.rule}: {change.reason})"
            )


@click.command()
@base_option
@click.option("--rules", type=click.Path(exists=True, dir_okay=False), help="A ruleset (TOML).")
@reason_option
@json_option
def clean(url: str, rules: str | None, reason: str | None, as_json: bool) -> None:
    """Clean what is new: standardise, join duplicates, derive customers.

    Example: customerkit clean
    """
    with opened(url) as base:
        _settled(base, base.clean(_ruleset(rules), reason=reason), as_json)


def _settled(base: ck.CustomerBase, settled: ck.Settled, as_json: bool) -> None:
    counts = {name: len(items) for name, items in plain(settled).items()}
    if as_json:
        runs = base.runs()
        show({"run": runs[-1].run_id if runs else None, **counts}, as_json)
        return
    said = [f"{count:,} {name}" for name, count in counts.items() if count]
    click.echo(", ".join(said) or "nothing to do")


@click.command()
@click.argument("customer")
@click.argument("values", nargs=-1)
@base_option
@click.option("--clear", multiple=True, help="A field to empty.")
@click.option("--expected", type=int, help="The version the change is based on.")
@click.option("--channel", help="Who says so; a person by default, whose word is pinned.")
@reason_option
@json_option
def update(
    customer: str,
    values: tuple[str, ...],
    url: str,
    clear: tuple[str, ...],
    as_json: bool,
    **options: Any,
) -> None:
    """Update CUSTOMER (c-42, or an external id) with field=value.

    Example: customerkit update c-42 email=jane@example.com
    """
    said: dict[str, Any] = {**assignments(values), **dict.fromkeys(clear, ck.CLEARED)}
    with opened(url) as base:
        _settled(base, base.update(customer, **said, **options), as_json)


@click.command()
@click.argument("customer")
@base_option
@reason_option
@json_option
def delete(customer: str, url: str, reason: str | None, as_json: bool) -> None:
    """Take CUSTOMER out of every answer; can be undone.

    Example: customerkit delete c-42
    """
    with opened(url) as base:
        _settled(base, base.delete(customer, reason=reason), as_json)


@click.command()
@click.argument("customer")
@base_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@reason_option
@json_option
def erase(customer: str, url: str, yes: bool, reason: str | None, as_json: bool) -> None:
    """Remove CUSTOMER for good: records, history, activities, quarantine.

    Example: customerkit erase c-42
    """
    with opened(url) as base:
        found = base.get(customer)
        if not yes:
            what = f"{found.id} with {len(found.records)} records and all its activities"
            click.confirm(f"Erase {what}? This cannot be undone", abort=True, err=True)
        removed = base.erase(found.id, reason=reason)
        show({"removed": removed} if as_json else f"{removed:,} rows removed for good", as_json)


@click.command()
@click.argument("run", type=int, required=False)
@base_option
@reason_option
@json_option
def undo(run: int | None, url: str, reason: str | None, as_json: bool) -> None:
    """Undo RUN, or the last one; undoing is a run that can be undone.

    Example: customerkit undo 7
    """
    with opened(url) as base:
        _settled(base, base.undo(run, reason=reason), as_json)
