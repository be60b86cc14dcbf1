"""Decide which of several columns gets a field: names whole, others by rank."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import evolve

from customerkit.collect.addresses import Stated, addresses
from customerkit.collect.headers import (
    BIRTH_PARTS,
    FAMILY_PARTS,
    NAMES,
    SECOND,
    Meaning,
    place,
)
from customerkit.collect.synonyms import ADDRESS
from customerkit.collect.target import Target, confidence, filling
from customerkit.model.profile import slots

_CONTACTS = frozenset({"email", "phone"})
_SLOTS = {name: slots(name) for name in ("email", "phone", "tax_id", "account", "relative")}


Columns = dict[str, Meaning]
_PART_LATER = 50  # ranks that a part stands behind a whole
_LINE = "name_line_2"
_INITIALS = 100_000  # ranks that initials stand behind names


def assigned(
    columns: Mapping[str, Meaning],
    blank: Collection[str] = (),
    said: Stated | None = None,
) -> tuple[dict[str, Target], list[str]]:
    """Return the target of each column that gets one, and what a person should look at.

    Args:
        columns: What each means by its header.
        blank: Those that seem to say nothing; they get what the others leave.
        said: The rows of a sample that state each; None where that is not known.

    Example:
        >>> first, second = Meaning("email", 0), Meaning("email", 300, "home")
        >>> found, _ = assigned({"E-mail": first, "Private e-mail": second})
        >>> [target.field for target in found.values()]
        ['email', 'email_2']
    """
    parts = {name: what for name, what in columns.items() if what.field in ADDRESS}
    names = {name: what for name, what in columns.items() if what.field in NAMES}
    further = {name: names.pop(name) for name in columns if columns[name].field == _LINE}
    more = {name: what for name, what in columns.items() if what.field in FAMILY_PARTS}
    known = {*parts, *names, *more, *further}
    others = {name: what for name, what in columns.items() if name not in known}
    born, others = _born(others, blank)
    mapped = addresses(parts, blank, said or {}) | _together("birth_date", born)
    doubts: list[str] = []
    for group in (_promoted(_settled(_own(names, blank, said or {}))), others):
        found, some = _by_rank(group, blank)
        mapped |= found
        doubts += some
    if any(target.field == "family_name" for target in mapped.values()):
        mapped |= _together(
            "family_name", {name: what for name, what in more.items() if name not in blank}
        )
    if not {"given_name", "family_name"} & {target.field for target in mapped.values()}:
        mapped |= _together("full_name", further)
    return mapped, doubts


def _together(field: str, columns: Columns) -> dict[str, Target]:
    """Return columns of which each holds a part of one field."""
    return {name: Target(field, confidence(what.rank), "a part") for name, what in columns.items()}


def _born(columns: Columns, blank: Collection[str]) -> tuple[Columns, Columns]:
    """Return the columns of a date of birth in parts, and the others.

    A date in one column goes before its parts. A year by itself is a date too, and so is a
    *birth day* without a month beside it; any other part by itself says too little.
    """
    parts: dict[str, str] = {}
    for name in sorted(columns, key=lambda name: (name in blank, columns[name].rank)):
        if columns[name].field in BIRTH_PARTS:
            parts.setdefault(columns[name].field, name)
    others = {name: what for name, what in columns.items() if what.field not in BIRTH_PARTS}
    dates = {name for name, what in others.items() if what.field == "birth_date"}
    if {"birth_year", "birth_month"} <= parts.keys() and dates.issubset(blank):
        born = {name: what for name, what in columns.items() if name in parts.values()}
        return born, {name: what for name, what in others.items() if name not in dates}
    lone = "birth_day" if "birth_month" not in parts else ""
    for field in ("birth_year", lone):
        if (name := parts.get(field, "")) and not columns[name].weak:
            rank = columns[name].rank + _PART_LATER
            others[name] = evolve(columns[name], field="birth_date", rank=rank)
    return {}, others


def _settled(columns: Columns) -> Columns:
    """Take initials, and other names, for the part of a name that no other column holds.

    Initials are what is said of given names where nothing else is. *Other names* beside a
    surname are given names, and beside both the middle ones.
    """
    fields = {what.field for what in columns.values()}
    parts = [part for part in ("given_name", "family_name") if part in fields]
    others = {0: "full_name_2", 2: "middle_name"}.get(len(parts), "given_name")
    fitting = {"initials": ("given_name", _INITIALS), "other_names": (others, 0)}
    return {
        name: evolve(what, field=field, rank=what.rank + later)
        for name, what in columns.items()
        for field, later in [fitting.get(what.field, (what.field, 0))]
    }


def _promoted(columns: Columns) -> Columns:
    """Take another name for the usual one where no column holds that."""
    fields = {what.field for what in columns.values()}
    if fields >= {"given_name", "family_name"}:
        fields.add("full_name")  # in two parts
    found = dict(columns)
    for column, what in sorted(columns.items(), key=lambda item: item[1].rank):
        usual = SECOND.get(what.field)
        if usual and not fields & {usual, "full_name"}:
            found[column] = evolve(what, field=usual)
            fields.add(usual)
    return found


def _own(columns: Columns, blank: Collection[str], said: Stated) -> Columns:
    """Return the columns of one person's name: the one who is most the customer.

    Where several tables stand in one, whose rows name people in columns of their own, those
    of the others are taken too: no row states both.
    """
    contexts: dict[str, Columns] = {}
    for name, what in columns.items():
        if what.field not in ("prefix", "suffix"):
            contexts.setdefault(what.context, {})[name] = what
    empty = {context for context, some in contexts.items() if set(some).issubset(blank)}
    taken: set[str] = set()
    rows: set[int] = set()
    for context in sorted(contexts, key=lambda one: (one in empty, place(one))):
        stated = {row for name in contexts[context] for row in said.get(name, ())}
        if not taken or (rows and rows.isdisjoint(stated)):
            taken.add(context)
            rows |= stated
    return {name: what for name, what in columns.items() if not taken or what.context in taken}


def _by_rank(columns: Columns, blank: Collection[str]) -> tuple[dict[str, Target], list[str]]:
    wanted: dict[str, list[str]] = {}
    ranks = {name: what.rank for name, what in columns.items()}
    order = {name: (rank >= _INITIALS, name in blank, rank) for name, rank in ranks.items()}
    for name in sorted(order, key=order.__getitem__):
        wanted.setdefault(columns[name].field, []).append(name)
    mapped: dict[str, Target] = {}
    doubts = []
    for field, (best, *_) in wanted.items():
        mapped[best] = Target(field, confidence(columns[best].rank), "by its header")
    for field, (best, *others) in wanted.items():
        taken = {target.field for target in mapped.values()}
        free = [slot for slot in _SLOTS.get(field, ()) if slot not in taken]
        for name, slot in zip(others, free, strict=False):
            mapped[name] = Target(slot, 0.8, "one more of its kind")
        if field in _CONTACTS:
            mapped |= {name: filling(field, best) for name in others[len(free) :]}
        if field in _SLOTS or field == "published":
            continue
        if field != "external_id" and not field.startswith("activity."):
            mapped |= {name: filling(field, best) for name in others}
        more = (name for name in others if name not in blank and ranks[name] < _INITIALS)
        doubts += [_doubt(field, best, name) for name in more]
    return mapped, doubts


def _doubt(field: str, best: str, other: str) -> str:
    name = field.removeprefix("activity.")
    return f"{other!r} also looks like {name}; where {best!r} says anything, that was taken"
