"""Show what customerkit does, step by step, on the sample files."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

import customerkit as ck
from customerkit import demo as samples


@click.command()
@click.option("-b", "--base", "path", default="customerkit-demo.db", show_default=True)
def demo(path: str) -> None:
    """Run the main job on small sample files: collect, clean, analyse, score.

    Example: customerkit demo
    """
    where = _fresh(Path(path))
    with ck.open(where) as base:
        _collect(base)
        _clean(base)
        _customers(base)
        _title("What they do")
        click.echo(_cut(str(base.analyze())))
        _title("How far it can be trusted")
        click.echo(str(base.score()))
        _title("Where it is")
        click.echo(f"{where.resolve()}\n")
        click.echo(f"Next: customerkit explain -b {where} c-1 email")
        click.echo(f"      customerkit undo -b {where}")


def _fresh(path: Path) -> Path:
    """Return a path where nothing is lost: the same, or one with a number."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem}-{number}")
    return found


def _title(text: str) -> None:
    click.echo(f"\n{text}\n{'─' * len(text)}")


def _cut(text: str, width: int = 96) -> str:
    return "\n".join(
        line if len(line) <= width else line[: width - 1] + "…" for line in text.splitlines()
    )


def _collect(base: ck.CustomerBase) -> None:
    _title("What was collected")
    for name, path in samples.files().items():
        result = base.collect(
            path, channel=samples.CHANNELS[name], external_ids=samples.ID_SPACES.get(name)
        )
        click.echo(f"{name:<20}{result}")
    rows = base.quarantine()
    click.echo(f"\n{len(rows)} rows could not be read and wait in quarantine, such as")
    for row in rows[:3]:
        click.echo(_cut(f"  line {row['line']}, {row['code']}: {row['raw']}"))


def _clean(base: ck.CustomerBase) -> None:
    _title("What cleaning proposes, and why")
    plan = base.plan()
    click.echo(str(plan))
    for change in islice((c for c in plan.changes() if c.field in ("email", "phone")), 3):
        click.echo(f"  e.g. {change.old!r} -> {change.new!r} ({change.rule}: {change.reason})")
    plan.apply()


def _customers(base: ck.CustomerBase) -> None:
    _title("Customers before and after")
    ids = [str(row["id"]) for row in base.customers()]
    several = sorted((base.get(who) for who in ids), key=lambda c: (-len(c.records), c.id))
    for customer in several[:2]:
        told = base.explain(customer.id, "email")
        click.echo(f"{customer.id}: {len(customer.records)} records became {customer.name}")
        for source in told.sources[:5]:
            mark = "*" if source.wins else " "
            click.echo(f"  {mark} {source.raw}  ({source.channel}, row {source.position})")
        click.echo(f"    {told.why}")
