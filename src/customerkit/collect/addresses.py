"""Decide which columns are parts of an address, and of which of several."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from customerkit.collect.headers import HOUSE, Meaning, place
from customerkit.collect.synonyms import ADDRESS
from customerkit.collect.target import Target, confidence, filling

SHARED = frozenset({"street"})  # several columns may be parts of it, in order
Stated = Mapping[str, Collection[int]]
"""Column → the rows of a sample in which it is not blank."""
_Columns = dict[str, Meaning]


def addresses(columns: _Columns, blank: Collection[str], said: Stated) -> dict[str, Target]:
    """Give the two best addresses a slot each; an address is taken whole from one context.

    The one that most rows have goes before one that few have, whatever they are called.
    """
    contexts: dict[str, _Columns] = {}
    for name, what in columns.items():
        contexts.setdefault(what.context, {})[name] = what
    contexts = _completed(contexts)
    widths = {context: _width(some) for context, some in contexts.items()}
    usable = [c for c in contexts if widths[c] > 1 or not c] or [
        context for context, some in contexts.items() if _lines(some)
    ]
    empty = {context: set(contexts[context]).issubset(blank) for context in usable}
    rows = {c: max(len(said.get(name, ())) for name in contexts[c]) for c in usable}
    few = max(rows.values(), default=0) / 2
    usable.sort(key=lambda c: (widths[c] < 2, empty[c], rows[c] < few, place(c), c))
    mapped: dict[str, Target] = {}
    for context, slot in zip(usable, ("", "_2"), strict=False):
        mapped |= _address(contexts[context], slot)
    first = {target.field: name for name, target in reversed(mapped.items())}
    for context in usable[2:]:
        parts = {contexts[context][name].field: name for name in _lines(contexts[context])[::-1]}
        mapped |= {
            name: filling(part, first[part]) for part, name in parts.items() if part in first
        }
    return mapped


def _address(columns: _Columns, slot: str) -> dict[str, Target]:
    """Give the columns of one address their fields."""
    mapped = {}
    chosen = _lines(columns)
    best = {columns[name].field: name for name in chosen}
    for name, what in columns.items():
        field = f"{what.field}{slot}"
        if name in chosen:
            mapped[name] = Target(field, confidence(what.rank), "by its header")
        elif what.line == 0:
            mapped[name] = filling(field, best[what.field])
    return mapped


def _completed(contexts: dict[str, _Columns]) -> dict[str, _Columns]:
    """Return as one address what shares no part: *residence street* beside *zip code*.

    What is said of no address in particular completes the one that is most the customer's.
    """
    parts = {context: {what.field for what in some.values()} for context, some in contexts.items()}
    own = parts.pop("", set())
    rest = [context for context in parts if own and not own & parts[context]]
    if not rest or (len(parts) > 1 and "street" in own):
        return contexts
    other = min(rest, key=place)
    whole = {"": {**contexts[""], **contexts[other]}}
    return whole | {
        name: some for name, some in contexts.items() if name not in whole and name != other
    }


def _width(columns: _Columns) -> int:
    return len({what.field for what in columns.values()})


def _lines(columns: _Columns) -> list[str]:
    """Return one column a part of an address, several where they are lines of a street."""
    chosen = []
    for part in ADDRESS:
        some = {name: what for name, what in columns.items() if what.field == part}
        if part in SHARED:
            chosen += _street(some)
        elif some:
            chosen.append(min(some, key=lambda name: some[name].rank))
    return chosen


def _street(columns: _Columns) -> list[str]:
    """Return the lines of a street, or the one column that holds them all."""
    numbers = [name for name in columns if columns[name].line == HOUSE]
    whole = sorted(columns, key=lambda name: columns[name].rank)
    if numbers:  # what stands beside it is the street, and what does not a whole address
        order = list(columns)
        whole.sort(key=lambda name: abs(order.index(name) - order.index(numbers[0])))
    whole = [name for name in whole if columns[name].line == 0]
    lines = [name for name in columns if columns[name].line > 0]
    if not (numbers or whole) and all(columns[name].line > 1 for name in lines):
        return []  # the rest of an address says nothing by itself
    if any(columns[name].line == 1 for name in lines):
        return [*numbers, *(lines if not whole else whole[:1])]
    return [*numbers, *whole[:1], *lines]
