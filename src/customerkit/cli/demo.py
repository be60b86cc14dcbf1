"""Show what customerkit does, step by step, on the sample files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import customerkit as ck
from customerkit import demo as samples
from customerkit.cli import tour
from customerkit.cli.shared import json_option, show
from customerkit.report import terminal

RULES = ck.Ruleset(
    [ck.Correct("country", {"untied kingdom": "United Kingdom"}), *ck.default_ruleset().rules],
    name="demo",
)
"""What the demo cleans with: the default rules, and a correction of its own before them."""


@click.command()
@click.option(
    "-b",
    "--base",
    "path",
    default="customerkit-demo.db",
    metavar="FILE",
    show_default=True,
    help="Where to keep the base; an existing file is left alone, and a number added.",
)
@json_option
def demo(path: str, as_json: bool) -> None:
    """Run the main job on small sample files: collect, clean, analyse, score.

    They belong to an invented tea shop with eight channels, and come with the package.

    \b
    Example:
      customerkit demo
    """
    where = _fresh(Path(path))
    with ck.open(where) as base:
        collected = {
            name: base.collect(
                file, channel=samples.CHANNELS[name], external_ids=samples.ID_SPACES.get(name)
            )
            for name, file in samples.files().items()
        }
        plan = base.plan(RULES)
        counts = [[*why, count] for why, count in sorted(plan.counts.items())]
        if not as_json:
            _told("What was collected", tour.collected(collected))
            _told("What could not be read", tour.unreadable(base, collected))
            _told("What cleaning proposes, and why", tour.proposed(plan))
        base.clean(RULES)
        page = where.with_suffix(".html")
        base.report(page, show_values=True)
        if as_json:
            show(_document(base, where, page, collected, counts), as_json)
            return
        _told("One customer before and after", tour.merged(base))
        _told("Two that were kept apart", tour.apart(base))
        _told("What they do", tour.behaviour(base))
        _told("What one of them likes and needs", tour.liking(base))
        _told("How far it can be trusted", tour.trusted(base))
        _told("Where it is", _where(where, page))


def _fresh(path: Path) -> Path:
    """Return a path where nothing is lost: the same, or one with a number."""
    found, number = path, 1
    while found.exists() or found.with_suffix(".html").exists():
        number += 1
        found = path.with_stem(f"{path.stem}-{number}")
    return found


def _told(title: str, text: str) -> None:
    click.echo(f"\n{terminal.title(title)}\n{text}")


def _where(base: Path, page: Path) -> str:
    return (
        f"base    {base.resolve()}\n"
        f"report  {page.resolve()} (open it in a browser)\n\n"
        f"Next: customerkit explain -b {base} c-1 email\n"
        f"      customerkit quarantine -b {base} --export bad.csv\n"
        f"      customerkit undo -b {base}"
    )


def _document(
    base: ck.CustomerBase,
    where: Path,
    page: Path,
    collected: dict[str, ck.Collected],
    counts: list[Any],
) -> dict[str, Any]:
    scores = base.score()
    names = ("clean", "update", "analysis")
    return {
        "base": str(where.resolve()),
        "report": str(page.resolve()),
        "collected": collected,
        "changes": counts,
        "customers": scores.clean.count,
        "scores": {name: getattr(scores, name).value for name in names},
    }
