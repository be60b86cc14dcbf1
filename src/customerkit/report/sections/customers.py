"""Who the customers are: of how many records, and how complete."""

from __future__ import annotations

from collections import Counter

from customerkit.markup import Markup
from customerkit.report.charts import bars, moved
from customerkit.report.facts import Changes, People
from customerkit.report.page import Section, figure, pair, section
from customerkit.report.shown import counted, share

NAME = "Customers"
_NAMES = ("of records", "of customers")


def customers(people: People, changes: Changes) -> Section:
    """Return the section on customers.

    Args:
        people: Who they are.
        changes: What the records stated.
    """
    records = sum(size * count for size, count in people.sizes.items())
    return section(
        NAME,
        f"{counted(people.count, 'customer')} made of {counted(records, 'record')}. A field is "
        "complete before where a record states it, and after where a customer has it.",
        pair(_sizes(people), _complete(people, changes)),
    )


def _sizes(people: People) -> Markup:
    grouped: Counter[int] = Counter()
    for size, count in people.sizes.items():
        grouped[_bin(size)] += count
    rows = [(_BINS[at], grouped[at]) for at in sorted(grouped)]
    title = "Customers by number of records"
    return figure(title, bars(title, rows), ["records", "customers"], rows)


_LIMITS = (1, 2, 3, 4, 5, 10, 20, 50, 100)
_BINS = ("1", "2", "3", "4", "5", "6–10", "11–20", "21–50", "51–100", "more than 100")


def _bin(size: int) -> int:
    return sum(size > limit for limit in _LIMITS)


def _complete(people: People, changes: Changes) -> Markup:
    names = changes.stated.keys() | people.complete.keys()
    rows = sorted(
        (
            (
                name,
                changes.stated[name] / max(1, changes.records),
                people.complete[name] / max(1, people.count),
            )
            for name in names
        ),
        key=lambda row: (-row[2], row[0]),
    )
    title = "Complete fields, before and after"
    exact = [(n, changes.stated[n], share(b), people.complete[n], share(a)) for n, b, a in rows]
    headers = ["field", "records", "share", "customers", "share"]
    return figure(title, moved(title, rows, _NAMES), headers, exact)
