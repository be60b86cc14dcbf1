"""Tell columns by their values, where their headers do not say enough."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from customerkit.collect.headers import NAMING, PERSON, Meaning
from customerkit.collect.plausible import are_emails, are_full_names, may_be_full_names
from customerkit.collect.systems import OTHERS
from customerkit.collect.target import Target
from customerkit.collect.vocabulary import normalised
from customerkit.model.profile import slots

Sample = Mapping[str, Sequence[str | None]]
"""The first values of each column."""
_DIFFERENT = 0.9  # of the values of a column that is said of the customers themselves
_LATER = 50  # ranks behind the headers that say what a column holds
_TOLD = (
    (are_emails, "email", frozenset(["email"]), "e-mail addresses"),
    (are_full_names, "full_name", NAMING, "names of people"),
)
"""What values tell by themselves: how, the field, where it is not needed, and what they are."""
_CALLED = PERSON | set(
    "buyer recipient debtor creditor tenant householder traveler individual titular titulaire "
    "intestatario klient клиент клієнт musteri 客户 持卡人 投保人 被保险人 患者 고객 ลูกค้า".split()
)
"""Headers of whoever a record speaks of."""


def called_by_whose(
    columns: Sequence[str], understood: Collection[str], sample: Sample
) -> dict[str, Meaning]:
    """Return columns that are called *Customer* or *Guest*, and hold names of people.

    Args:
        columns: All columns.
        understood: Those that their headers tell.
        sample: The first values by column.

    Example:
        >>> names = ["Jane Roe", "ROE, JOE", "Ann B. Poe"]
        >>> list(called_by_whose(["Customer"], (), {"Customer": names}))
        ['Customer']
        >>> called_by_whose(["Customer"], (), {"Customer": ["C-1", "C-2", "C-3"]})
        {}
    """
    return {
        column: Meaning("full_name", _LATER)
        for column in columns
        if column not in understood
        and normalised(column) in _CALLED
        and may_be_full_names(sample.get(column, ()))
    }


def by_values(
    columns: Sequence[str],
    sample: Sample,
    mapped: Mapping[str, Target],
) -> dict[str, Target]:
    """Return what columns hold of which only the values tell it.

    Args:
        columns: Those that no header tells.
        sample: The first values by column.
        mapped: What the others hold.
    """
    taken = {target.field for target in mapped.values()}
    found: dict[str, Target] = {}
    for test, name, alike, why in _TOLD:
        if taken.isdisjoint(alike):
            column = next((one for one in columns if test(sample.get(one, ()))), None)
            found |= {column: Target(name, 0.7, f"its values are {why}")} if column else {}
    rest = [column for column in columns if column not in found]
    return found | _further_emails(rest, sample, [*taken, *(one.field for one in found.values())])


def _further_emails(
    columns: Sequence[str], sample: Sample, taken: Collection[str]
) -> dict[str, Target]:
    """Return columns of addresses that differ from row to row: those of the same people."""
    own = [
        column
        for column in columns
        if OTHERS.isdisjoint(normalised(column).split(" "))
        and are_emails(sample.get(column, ()))
        and _differ(sample[column])
    ]
    free = [slot for slot in slots("email") if slot not in taken]
    why = "its values are e-mail addresses too"
    return {column: Target(slot, 0.6, why) for column, slot in zip(own, free, strict=False)}


def _differ(values: Sequence[str | None]) -> bool:
    said = [value for value in values if value]
    return len(set(said)) >= _DIFFERENT * len(said)
