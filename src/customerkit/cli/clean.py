"""Commands around the rules: plan, clean."""

from __future__ import annotations

from itertools import islice

import click

import customerkit as ck
from customerkit.cli.shared import (
    base_option,
    json_option,
    opened,
    plain,
    reason_option,
    settled,
    show,
    watched,
)
from customerkit.errors import SourceError, SourceNotFoundError

_rules_option = click.option(
    "--rules", metavar="FILE", help="A ruleset (TOML); those in force by default."
)


def _ruleset(path: str | None) -> ck.Ruleset | None:
    if path is None:
        return None
    try:
        return ck.Ruleset.load(path)
    except FileNotFoundError:
        raise SourceNotFoundError(f"there is no file {path}; check the path") from None
    except (OSError, UnicodeDecodeError):
        raise SourceError(f"{path} cannot be read as a text file") from None


@click.command()
@base_option
@_rules_option
@click.option("--changes", default=0, show_default=True, help="Show so many single changes.")
@click.option("--save-rules", metavar="FILE", help="Write the ruleset to a file, to edit it.")
@json_option
def plan(url: str, rules: str | None, changes: int, save_rules: str | None, as_json: bool) -> None:
    """Show what cleaning would change, and why; write nothing.

    \b
    Examples:
      customerkit plan --changes 20
      customerkit plan --save-rules rules.toml
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
@_rules_option
@reason_option
@json_option
def clean(url: str, rules: str | None, reason: str | None, as_json: bool) -> None:
    """Clean what is new: standardise, join duplicates, derive customers.

    With other rules than before, every record is looked at again.

    \b
    Examples:
      customerkit clean
      customerkit clean --rules rules.toml
    """
    ruleset = _ruleset(rules)
    with watched(url, "clean", as_json) as base:
        before = len(base.runs())
        settled(base, base.clean(ruleset, reason=reason), before, as_json)
