"""Commands that look at customers and runs, and write them to files."""

from __future__ import annotations

import click

from customerkit.cli.shared import assignments, base_option, json_option, opened, show, watched
from customerkit.cli.watch import counter
from customerkit.errors import InputError
from customerkit.report import terminal
from customerkit.report.shown import counted, moment

_FOUND = ("full_name", "email", "phone", "city")
_COUNTED = 8


@click.command()
@click.argument("values", nargs=-1, required=True, metavar="FIELD=VALUE...")
@base_option
@click.option("--limit", default=20, show_default=True, help="At most so many.")
@json_option
def find(values: tuple[str, ...], url: str, limit: int, as_json: bool) -> None:
    """Find customers that have all these values.

    A value is understood in any form its field is written in; external_id finds by
    a channel's own key.

    \b
    Examples:
      customerkit find email=JANE@example.com
      customerkit find family_name=Doe city=Leeds
    """
    with opened(url) as base:
        found = base.find(limit=limit, **assignments(values))
    if as_json:
        show(found, as_json)
        return
    rows = [
        (c.id, str(c.name) or None, *(c.values.get(n) for n in _FOUND[1:]), len(c.records))
        for c in found
    ]
    if rows:
        click.echo(terminal.table(("id", "name", *_FOUND[1:], "records"), rows))
    click.echo(counted(len(rows), "customer"))


@click.command()
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@base_option
@click.option(
    "--where",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Only customers with this value: city, region, postcode, country, gender, language, "
    "company, birth_date, channel or segment (a tag). May be given again.",
)
@click.option("--limit", default=10, show_default=True, help="At most so many.")
@json_option
def search(
    words: tuple[str, ...], url: str, where: tuple[str, ...], limit: int, as_json: bool
) -> None:
    """Search customers by what you remember of them, with typing errors, in every script.

    WORDS of a name, a city or a company, an e-mail address, a phone, a key, in any
    order. The first search of a base makes its index.

    \b
    Examples:
      customerkit search jnae smiht --where city=Leeds
      customerkit search 07700 900461
    """
    with opened(url) as base, counter("index", as_json) as tell:
        found = base.search(" ".join(words), limit=limit, progress=tell, **assignments(where))
    if as_json:
        show(found, as_json)
        return
    rows = [
        (hit.id, f"{hit.score:.2f}", ", ".join(str(value) for value in hit.fields.values()))
        for hit in found
    ]
    if rows:
        click.echo(terminal.table(("id", "score", "what matches"), rows))
    more = "" if found.complete else " or more"
    click.echo(f"{counted(found.total, 'customer')}{more}")
    for name, counts in found.facets.items():
        if said := [f"{value} {count:,}" for value, count in list(counts.items())[:_COUNTED]]:
            click.echo(f"{name:<8} {', '.join(said)}{' …' if len(counts) > _COUNTED else ''}")


@click.command()
@base_option
@json_option
def reindex(url: str, as_json: bool) -> None:
    """Make the search index of the base anew, or of its mirror on a search server.

    \b
    Example:
      customerkit reindex
    """
    with opened(url) as base, counter("index", as_json) as tell:
        count = base.reindex(progress=tell)
    said = f"{counted(count, 'customer')} indexed"
    show({"customers": count} if as_json else said, as_json)


@click.command()
@click.argument("customer")
@click.argument("field")
@base_option
@json_option
def explain(customer: str, field: str, url: str, as_json: bool) -> None:
    """Explain FIELD of CUSTOMER: source, line, rules, and why it won.

    \b
    Example:
      customerkit explain c-42 email
    """
    with opened(url) as base:
        show(base.explain(customer, field), as_json)


@click.command()
@click.argument("path")
@base_option
@click.option(
    "--what",
    type=click.Choice(["customers", "records", "purchases", "browsing", "reviews", "feedback"]),
    default="customers",
    show_default=True,
    help="What to write.",
)
@json_option
def export(path: str, url: str, what: str, as_json: bool) -> None:
    """Write customers to PATH: .csv .tsv .json .jsonl .xlsx .parquet, or - for CSV on stdout.

    \b
    Examples:
      customerkit export customers.csv
      customerkit export purchases.parquet --what purchases
    """
    if path == "-" and as_json:
        raise InputError("standard output cannot hold CSV and JSON; name a file")
    tables = () if what == "customers" else (what,)
    with watched(url, "export", as_json, tables) as base:
        count = base.export(path, what)
    if path != "-":
        said = f"{counted(count, 'row')} written to {path}"
        show({"rows": count, "path": path} if as_json else said, as_json)


@click.command()
@base_option
@json_option
def runs(url: str, as_json: bool) -> None:
    """List the runs: what was written, when (UTC), by whom.

    \b
    Example:
      customerkit runs
    """
    with opened(url) as base:
        found = base.runs()
    if as_json:
        show(found, as_json)
        return
    rows = [
        (
            run.run_id,
            run.verb,
            moment(run.recorded),
            run.actor,
            " ".join(filter(None, (run.channel, run.source, run.reason))),
            f"by run {run.undone_by}" if run.undone_by else None,
        )
        for run in found
    ]
    click.echo(terminal.table(("run", "verb", "when", "who", "what", "undone"), rows))
