"""What cleaning changes and why: by rule and field, with examples."""

from __future__ import annotations

from collections import Counter

from customerkit.markup import Markup, joined, tag
from customerkit.report.charts import bars
from customerkit.report.facts import Changes, Example, People
from customerkit.report.page import Section, code, figure, pair, part, section, wide
from customerkit.report.shown import counted

NAME = "What cleaning changes"
_MOST = 16
_HIDDEN = (
    "Examples show the shape of personal values, not what they say: a letter is X, x or 字, "
    "a digit 9. "
)


def cleaned(changes: Changes, people: People) -> Section:
    """Return the section on rules.

    Args:
        changes: What the value rules change.
        people: Who was joined to whom.
    """
    return section(
        NAME,
        "Rules propose and never write over what a channel said. These are the changes under "
        f"the rules in force, to {counted(changes.records, 'record')}.",
        pair(_by_field(changes), _joined(people)),
        tag("h3", "Changes of values, and examples"),
        tag("p", "" if changes.show_values else _HIDDEN, class_="lead"),
        wide(("rule", "field", "reason", "values", "before → after"), _rows(changes)),
        _apart(people),
    )


def _by_field(changes: Changes) -> Markup:
    counts: Counter[str] = Counter()
    for (_, name, _), count in changes.counts.items():
        counts[name] += count
    rows = counts.most_common(_MOST)
    title = "Values changed, by field"
    return figure(title, bars(title, rows), ["field", "values changed"], rows)


def _joined(people: People) -> Markup:
    rows = people.joined.most_common()
    title = "Records joined to a customer, by what they share"
    return figure(title, bars(title, rows), ["reason", "records"], rows)


def _rows(changes: Changes) -> list[tuple[object, ...]]:
    return [
        (*why, count, joined(map(_example, changes.examples[why])))
        for why, count in sorted(changes.counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _example(example: Example) -> Markup:
    return tag("div", code(example.old), " → ", code(example.new))


def _apart(people: People) -> Markup:
    total = sum(people.apart.values())
    if not total:
        return part("Not sure, so left alone", "No two customers share a key.")
    kinds = ", ".join(f"{name} {count:,}" for name, count in people.apart.most_common())
    rows = [(item.what, ", ".join(item.customers[:6]), item.why) for item in people.examples]
    said = f"{counted(total, 'key')} shared by different customers ({kinds}); for example:"
    return part(
        "Not sure, so left alone", tag("p", said), wide(["they share", "customers", "why"], rows)
    )
