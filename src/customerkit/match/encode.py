"""Encode records: their columns in codes of the forms that are compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from customerkit.match.aside import Aside
from customerkit.match.codes import MISSING, Coded, Codes, apart, spread
from customerkit.match.forms import Formed, Texts, of_field, of_generations, of_names, prepared
from customerkit.match.subjects import SEVERAL, SINGLE, Subjects
from customerkit.match.threads import in_threads
from customerkit.model.profile import fields

_MANY = 200_000  # records from which a helping process saves more time than it takes
_ORDER = ("given_name", "family_name", "suffix", *SINGLE, *SEVERAL)
_NAMES = ("given_name", "family_name", "full_name")
_MARKED = ("suffix", "family_name", "full_name")
"""Where it is said which of a family's bearers of one name is meant."""
_COSTLY = ("street", "names", "email", "phone")  # the others are as costly as they are many
Rows = Mapping[str, Codes]
"""Column → for each record the place of its text."""
Columns = dict[str, list[Coded]]
"""Field → a column for each slot."""


@frozen(eq=False)
class _Work:
    """Name what is made of some columns.

    Args:
        make: Makes their forms.
        columns: Their names.
        fields: What the forms are compared in.
        encode: Makes the columns of the fields of the forms.
    """

    make: Callable[[Texts], Formed]
    columns: Sequence[str]
    fields: Sequence[str]
    encode: Callable[[Rows, Formed], Columns]

    def task(self, texts: Texts, many: bool) -> Callable[[], Formed]:
        """Return what makes the forms, and all that is compared of them where they are many."""
        made = partial(self.make, {name: texts[name] for name in self.columns})
        return partial(prepared, made, self.fields) if many else made


def subjects(columns: Mapping[str, Any], count: int) -> Subjects:
    """Encode the columns of records.

    Args:
        columns: Field → texts or None, one for each record, or Arrow arrays.
        count: Number of records.

    Returns:
        The records in codes; fields that nobody states are left out.
    """
    works, many = _works(columns), count >= _MANY
    with Aside[Formed](len(works) if many else 1) as aside:
        each = in_threads if many else map
        parts = dict(zip(columns, each(apart, columns.values()), strict=True))
        texts = {name: found for name, (_, found) in parts.items()}
        formed = aside.answers([work.task(texts, many) for work in works])
    rows = {name: codes for name, (codes, _) in parts.items()}
    found: Columns = {}
    for work, forms in zip(works, formed, strict=True):
        found |= work.encode(rows, forms)  # a column of its own after what whole names tell
    stated = {
        name: [found[name][0], *filter(_says, found[name][1:])]
        for name in _ORDER
        if any(map(_says, found.get(name, ())))
    }
    return Subjects(
        count,
        {name: slots[0] for name, slots in stated.items()},
        {name: slots[1:] for name, slots in stated.items() if name in SEVERAL},
    )


def _works(columns: Mapping[str, Any]) -> list[_Work]:
    """Return what is to be made, the costliest first."""
    found: dict[str, _Work] = {}
    if names := _there(_NAMES, columns):
        found["names"] = _Work(of_names, names, ("given_name", "family_name"), _names)
    if marked := _there(_MARKED, columns):
        found["suffix"] = _Work(of_generations, marked, ("suffix",), _generations)
    for field in (*SINGLE, *SEVERAL):
        if slots := _there(_slot_names(field), columns):
            found[field] = _Work(partial(of_field, field), slots, (field,), partial(_slots, field))
    first = [found.pop(name) for name in _COSTLY if name in found]
    return [*first, *found.values()]


def _there(names: Sequence[str], columns: Mapping[str, Any]) -> list[str]:
    return [name for name in names if name in columns]


@cache
def _slot_names(field: str) -> list[str]:
    return [name for name, item in fields().items() if item.base == field]


def _says(column: Coded) -> bool:
    return bool(column.codes.max(initial=MISSING) >= 0)


def _slots(field: str, rows: Rows, forms: Formed) -> Columns:
    return {field: [_stated(rows[name], form) for name, form in forms.items()]}


def _stated(rows: Codes, forms: Coded) -> Coded:
    return forms.with_codes(spread(forms.codes, rows))


def _names(rows: Rows, forms: Formed) -> Columns:
    """Encode names; a middle name too, where whole names tell it."""
    nothing = np.full(len(next(iter(rows.values()))), MISSING, np.int32)
    given, family, whole_given, whole_family, middle = (
        spread(forms[name].codes, rows[column]) if column in rows else nothing
        for name, column in (
            ("given_name", "given_name"),
            ("family_name", "family_name"),
            ("whole_given", "full_name"),
            ("whole_family", "full_name"),
            ("whole_middle", "full_name"),
        )
    )
    fits = _agree(given, whole_given) & _agree(family, whole_family)
    given = np.where(fits & (given < 0), whole_given, given)
    family = np.where(fits & (family < 0), whole_family, family)
    return {
        "given_name": [forms["given_name"].with_codes(given)],
        "family_name": [forms["given_name"].with_codes(family)],
        "middle_name": [forms["whole_middle"].with_codes(middle)],
    }


def _agree(part: Codes, whole: Codes) -> NDArray[np.bool_]:
    """Say where a part of a name is not stated, or the same as in the whole name."""
    found: NDArray[np.bool_] = (part < 0) | (part == whole)
    return found


def _generations(rows: Rows, forms: Formed) -> Columns:
    """Encode which of a family's bearers of one name is meant, as the first column says."""
    codes = np.full(len(next(iter(rows.values()))), MISSING, np.int32)
    for name, form in forms.items():
        codes = np.where(codes < 0, spread(form.codes, rows[name]), codes)
    return {"suffix": [form.with_codes(codes)]}
