"""Take names apart: columns of whole names, of parts, and of parts that hold whole names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve

from customerkit.match.called import TURNED, Called, Forms, Parts
from customerkit.match.codes import Coded, listed, together
from customerkit.match.initials import most_initials, short_names, with_initials_apart
from customerkit.match.order import Order
from customerkit.match.second_names import have_seconds, with_seconds
from customerkit.match.spacing import Spacing, respaced, spacing
from customerkit.match.split import NOBODY, Wholes
from customerkit.model.profile import fields
from customerkit.roles import role
from customerkit.roles._vietnamese import is_vietnamese

PARTS = ("given_name", "family_name", "middle_name")
"""The parts of a name that are compared."""
PART_SLOTS = tuple(name for name, item in fields().items() if item.base in PARTS)
ALONE = {"alone.given_name": "family_name", "alone.family_name": "given_name"}
"""Column of the texts of a part of names of which the other part is missing → the other."""
COMPANY = "alone.company"
"""Column of the companies of records that name no person: they are called by it."""
CALLED = "called"
"""What is kept of names: what people are called, where whole names were taken apart by it."""
WRITTEN_SO = "written so"
"""What is kept of names: how they are written, as :class:`Called` holds it."""
_OF_HOUSES = frozenset(
    "fam|familie|family|famille|famiglia|familia|the family|mr|mrs|ms|miss|mr mrs|mr and mrs|dhr|"
    "mevr|mw|mevrouw|dhr mevr|herr|frau|herr frau|eheleute|mme|mlle|monsieur|madame|m et mme|"
    "sig|sig ra|sr|sra|sr sra|senor|senora".split("|")
)
"""What stands where a given name does, and names nobody of a household."""
Sizes = Mapping[str, Sequence[int]]
"""Column → for each of its texts how many records state it."""


def of_names(
    said: Mapping[str, Any],
    sizes: Sizes | None = None,
    called: Called | None = None,
    *,
    order: Order | None = None,
) -> dict[str, Coded]:
    """Return the forms of names: of columns with parts of them, and of the parts of whole ones.

    Args:
        said: The texts of columns of parts, in any slot, and of columns of whole names.
        sizes: How many records state each; None for one.
        called: What people are called; None for what these names tell.
        order: What households tell of the order of whole names.

    Returns:
        The forms of all parts, which share them; what is read from a column of something else
        is called by the column and the part: ``full_name.given_name``.
    """
    order, told = order or Order(), called
    columns, wholes, most = _read(said, called, order)
    middle = "middle_name" in said
    if wholes:
        called = called or _called(columns, wholes, said, sizes or {}, order, middle)
    for column, names in wholes.items():
        if called is not None and column in ALONE:
            names.told_alone(called, column)
        elif called is not None and not names.vietnamese:
            names.told(called)
        columns |= _columns(column, names.parts)
    usual = told.spacing if told else _spacing(columns, sizes or {})
    columns = _respaced(columns, usual)
    seconds = told.seconds if told else not middle and have_seconds(columns)
    if seconds:
        columns |= with_seconds(columns)
    found = dict(zip(columns, together(list(columns.values())), strict=True))
    shared = next(iter(found.values()))
    written: dict[str, Any] = {"seconds": seconds, "initials": most, "spacing": usual}
    shared.keep(WRITTEN_SO, {"middle": middle, **written})
    if called is not None:
        shared.keep(CALLED, evolve(called, **written))
    return found


def _read(
    said: Mapping[str, Any], told: Called | None, order: Order
) -> tuple[dict[str, Forms], dict[str, Wholes], int]:
    """Return forms of columns of parts, whole names, and how many initials stand without dots."""
    form = role("given_name").forms
    columns: dict[str, Forms] = {}
    wholes: dict[str, Wholes] = {}
    most = 0
    for column in said:
        texts = listed(said[column])
        if column == COMPANY:
            columns[column] = role("company").forms(texts)
        elif column not in PART_SLOTS:
            whole = column not in ALONE
            texts, some = _with_initials(texts, told, whole=whole)
            most = max(most, some)
            vietnamese = whole and (told.vietnamese if told else is_vietnamese(texts))
            first = whole and (told or order).family_first
            wholes[column] = Wholes.of(texts, vietnamese=vietnamese, family_first=first)
        elif fields()[column].base == "given_name":
            texts, some = _with_initials(texts, told, whole=False)
            most = max(most, some)
            forms = [None if name in _OF_HOUSES else name for name in form(texts)]
            given, initials = _without_initials(forms)
            columns |= {column: given, f"{column}.middle_name": initials}
        else:
            columns[column] = form(texts)
    return columns, wholes, most


def _bases(columns: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the part of a name that each column holds that may be several words, and it."""
    for column in columns:
        base = column.rpartition(".")[2] if column not in PART_SLOTS else fields()[column].base
        if base in ("given_name", "family_name"):
            yield base, column


def _spacing(columns: Mapping[str, Forms], sizes: Sizes) -> dict[str, Spacing]:
    """Return for given and for family names in how many words most records write them."""
    found: dict[str, tuple[Forms, list[int]]] = {}
    for base, column in _bases(columns):
        forms, counts = found.setdefault(base, ([], []))
        forms += columns[column]
        counts += sizes.get(column.removesuffix(f".{base}")) or [1] * len(columns[column])
    return {base: spacing(*stated) for base, stated in found.items()}


def _respaced(columns: dict[str, Forms], usual: Mapping[str, Spacing]) -> dict[str, Forms]:
    bases = [(base, column) for base, column in _bases(columns) if usual.get(base)]
    return columns | {column: respaced(columns[column], usual[base]) for base, column in bases}


def _with_initials(texts: list[str], told: Called | None, *, whole: bool) -> tuple[list[str], int]:
    """Return texts with their initials apart, and how many stand together without dots."""
    most = told.initials if told else most_initials(texts, whole=whole)
    if not most:
        return texts, 0
    names = told.bits if told else short_names(texts, whole=whole)
    return with_initials_apart(texts, most, names, whole=whole), most


def _columns(column: str, parts: Sequence[Parts]) -> dict[str, Forms]:
    given, family, middle = ([part[at] for part in parts] for at in range(3))
    given, initials = _without_initials(given)
    middle = [one or other for one, other in zip(middle, initials, strict=True)]
    found = dict(zip(PARTS, (given, family, middle), strict=True))
    return {f"{column}.{name}": forms for name, forms in found.items()}


def _called(
    columns: Mapping[str, Forms],
    wholes: Mapping[str, Wholes],
    said: Mapping[str, Any],
    sizes: Sizes,
    order: Order,
    middle: bool,
) -> Called:
    """Count what people are called by columns of parts, and by whole names that are sure."""
    given: Counter[str] = Counter(order.given if order.mixed else None)
    family: Counter[str] = Counter(order.family if order.mixed else None)
    counts = {"given_name": given, "family_name": family}
    words = _few_words(wholes)
    for column in filter(PART_SLOTS.__contains__, columns):
        if fields()[column].base in counts:
            _count(counts[fields()[column].base], columns[column], sizes.get(column), words=words)
    for column, names in wholes.items():
        if column not in ALONE:
            unsure = names.unsure.keys() | names.initials.keys()
            if order.mixed:
                unsure |= set(range(len(names.parts))) - names.plain
            sure = [NOBODY if at in unsure else part for at, part in enumerate(names.parts)]
            _count(given, [part[0] for part in sure], sizes.get(column))
            _count(family, [part[1] for part in sure], sizes.get(column))
        else:
            # what may be a whole name is no evidence of what a part is
            forms, _ = _without_initials(role("given_name").forms(listed(said[column])))
            _count(counts[column.removeprefix("alone.")], forms, sizes.get(column), -1)
    if order.mixed:
        _count_known(given, family, Called.of(given, family), wholes.values())
    return evolve(
        Called.of(given, family),
        middle=middle,
        vietnamese=any(names.vietnamese for names in wholes.values()),
        fathers=any(names.fathers for names in wholes.values()),
        family_first=any(names.family_first for names in wholes.values()),
        mixed=order.mixed,
        every=words is None,
    )


def _count_known(
    given: Counter[str], family: Counter[str], called: Called, wholes: Iterable[Wholes]
) -> None:
    """Count the names of which the words that are known tell the order."""
    for names in wholes:
        for at, (first, last, _) in enumerate(names.parts):
            bits = called.rather_family(last) - called.rather_family(first) if first and last else 0
            if abs(bits) >= TURNED and at not in names.plain and first and last:
                one, other = (first, last) if bits > 0 else (last, first)
                given[one] += 1
                family[other] += 1


def _few_words(wholes: Mapping[str, Wholes]) -> frozenset[str] | None:
    """Return the words that matter where few names are whole ones; None for all."""
    if not ALONE.keys() >= wholes.keys():
        return None
    parts = (part for names in wholes.values() for part in names.parts)
    return frozenset(word for part in parts for name in part if name for word in name.split())


def _count(
    counts: Counter[str],
    forms: Sequence[str | None],
    sizes: Sequence[int] | None,
    sign: int = 1,
    words: frozenset[str] | None = None,
) -> None:
    for form, size in zip(forms, sizes if sizes is not None else [1] * len(forms), strict=True):
        if form and (words is None or not words.isdisjoint(form.split())):
            counts[form] += sign * size


def _without_initials(given: Forms) -> tuple[Forms, Forms]:
    """Return given names without the initial of a middle name behind them, and these.

    Example:
        >>> _without_initials(["mary e", "mary ann", "e", None])
        (['mary', 'mary ann', 'e', None], ['e', None, None, None])
    """
    ends = [name is not None and name[-2:-1] == " " and name[-1].isalpha() for name in given]
    parted = list(zip(given, ends, strict=True))
    return (
        [name[:-2] if name and end else name for name, end in parted],
        [name[-1] if name and end else None for name, end in parted],
    )
