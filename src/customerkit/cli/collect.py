"""Commands that bring rows in: collect, quarantine, replay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import customerkit as ck
from customerkit.cli.shared import (
    assignments,
    base_option,
    json_option,
    opened,
    reason_option,
    show,
)
from customerkit.cli.watch import counter
from customerkit.collect.formats import open_source
from customerkit.collect.worksheet import fixed, worksheet
from customerkit.export import write_rows
from customerkit.report import terminal
from customerkit.report.shown import counted


@click.command()
@click.argument("files", nargs=-1, required=True)
@base_option
@click.option(
    "--channel", metavar="NAME", help="Who speaks, such as crm; the file's name by default."
)
@click.option(
    "--kind",
    type=click.Choice(["customers", "purchases", "browsing", "reviews", "feedback"]),
    help="What the file holds; told by its header by default.",
)
@click.option(
    "--map", "maps", multiple=True, metavar="COLUMN=FIELD", help="COLUMN=- ignores a column."
)
@click.option("--external-ids", metavar="CHANNEL", help="Whose customer ids the file carries.")
@click.option("--currency", metavar="CODE", help="Of purchase lines that name none, such as GBP.")
@click.option("--encoding", metavar="NAME", help="Of a text file; found out by default.")
@click.option("--delimiter", metavar="CHAR", help="Of a delimited file; found out by default.")
@click.option("--sheet", metavar="NAME", help="Of a workbook; the first by default.")
@click.option("--similar", is_flag=True, help="Tell whom each new record most likely speaks of.")
@reason_option
@json_option
def collect(
    files: tuple[str, ...],
    url: str,
    channel: str | None,
    maps: tuple[str, ...],
    as_json: bool,
    **options: Any,
) -> None:
    """Collect FILES: CSV, TSV, JSON, JSON lines, Excel, Parquet.

    Columns are recognised by their header. Rows that cannot be read wait in
    quarantine. Collecting a file again adds nothing. Begins a base where there is none.

    \b
    Examples:
      customerkit collect crm_export.csv --channel crm
      customerkit collect old.csv --map col1=email --map col2=-
    """
    mapping = {column: None if to == "-" else to for column, to in assignments(maps).items()}
    reading = {k: v for k in ("encoding", "delimiter", "sheet") if (v := options.pop(k))}
    for file in files:  # all can be read before a base is begun
        open_source(file, **reading)
    found = []
    with opened(url, create=True) as base:
        for file in files:
            with counter(Path(file).name, as_json) as tell:
                result = base.collect(
                    file,
                    channel=channel or Path(file).stem,
                    mapping=mapping or None,
                    progress=tell,
                    **options,
                    **reading,
                )
            found.append(result)
            if not as_json:
                _told(Path(file).name, result)
    if as_json:
        show(found, as_json)


def _told(name: str, result: ck.Collected) -> None:
    click.echo(f"{name}: {result}")
    for note in result.notes:
        click.echo(f"  note: {note}")
    if result.quarantined:
        click.echo("  look at what could not be read: customerkit quarantine")


@click.command()
@base_option
@click.option("--run", type=int, metavar="RUN", help="Only of this run.")
@click.option("--export", "path", metavar="FILE", help="Write them to a .csv, .jsonl or .xlsx.")
@json_option
def quarantine(url: str, run: int | None, path: str | None, as_json: bool) -> None:
    """List the rows that could not be read: run, line, problem, original text.

    Written to a file, they stand in the columns of their sources: correct the cells,
    leave quarantine_id as it is, take out the rows that are to stay in quarantine,
    and replay the file.

    \b
    Examples:
      customerkit quarantine
      customerkit quarantine --export bad.csv
    """
    with opened(url) as base:
        if path is not None:
            rows = worksheet(base.unit, run)
            count = write_rows(path, [rows] if len(rows) else [], rows.names)
            said = f"{counted(count, 'row')} written to {path}; fix them, then: "
            said += f"customerkit replay {path}"
            show({"rows": count, "path": path} if as_json else said, as_json)
            return
        found = base.quarantine(run)
    if as_json:
        show(found, as_json)
        return
    names = ("run_id", "line", "kind", "code", "raw")
    rows_ = [[row[name] for name in names] for row in found]
    click.echo(terminal.table(("run", "line", "kind", "problem", "original text"), rows_))
    click.echo(counted(len(found), "row") + " in quarantine")


@click.command()
@click.argument("path", metavar="FILE")
@base_option
@reason_option
@json_option
def replay(path: str, url: str, reason: str | None, as_json: bool) -> None:
    """Collect rows again that were fixed in FILE.

    FILE is what customerkit quarantine --export wrote. A row in which nothing was
    changed stays in quarantine (empty its quarantine_code to take it as it is); one
    that still cannot be read goes back there.

    \b
    Example:
      customerkit replay bad.csv --reason "fixed by hand"
    """
    with opened(url) as base:
        found = base.replay(fixed(base.unit, path), reason=reason)
    if as_json:
        show(found, as_json)
        return
    for result in found:
        click.echo(str(result))
    if not found:
        click.echo("nothing to do: no row was changed")
