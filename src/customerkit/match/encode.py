"""Encode records: their columns in codes of the forms that are compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from attrs import frozen

from customerkit.match.ages import years
from customerkit.match.aside import Aside
from customerkit.match.called import Called, Usual
from customerkit.match.codes import MISSING, Coded, Codes, apart, spread
from customerkit.match.forms import Formed, Texts, of_field, of_generations, prepared
from customerkit.match.mail_years import FIELD as EMAIL_YEAR
from customerkit.match.mail_years import mail_years, of_numbers
from customerkit.match.nulls import without_nulls
from customerkit.match.numbers import LAYOUTS, read_numbers
from customerkit.match.order import order_of
from customerkit.match.parted import COMPANY, PARTS, Sizes, of_names
from customerkit.match.several import divided
from customerkit.match.subjects import SEVERAL, SINGLE, WRITTEN, Subjects
from customerkit.match.wholes import NAMES, Columns, Rows, alone, names_of
from customerkit.model.profile import slots
from customerkit.threads import in_threads

_MANY = 200_000  # records from which a helping process saves more time than it takes
_ORDER = (*PARTS, "suffix", *SINGLE, "age", EMAIL_YEAR, *SEVERAL)
_MARKED = ("suffix", "family_name", "full_name", "alone.given_name")
"""Where it is said which of a family's bearers of one name is meant."""
_ITSELF = Usual()
_BORN = frozenset(["birth_date", "national_id"])  # numbers may hold the date
_COSTLY = ("street", "names", "email", "phone")  # the others are as costly as they are many


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


def subjects(columns: Mapping[str, Any], count: int, usual: Usual = _ITSELF) -> Subjects:
    """Encode the columns of records.

    Args:
        columns: Field → texts or None, one for each record, or Arrow arrays.
        count: Number of records.
        usual: How they are to be read; by what they tell themselves by default.

    Returns:
        The records in codes; fields that nobody states are left out.
    """
    if "age" not in columns:  # when a record was written tells nothing else
        columns = {name: column for name, column in columns.items() if name != WRITTEN}
    many = count >= _MANY
    with Aside[Formed](len(columns) if many else 1) as aside:
        each = in_threads if many else map
        parts = dict(zip(columns, each(apart, columns.values()), strict=True))
        parts = without_nulls(parts)
        parts |= divided(parts)
        parts |= alone(parts)
        texts = {name: found for name, (_, found) in parts.items()}
        works = _works(parts, usual.called)
        formed = aside.answers([work.task(texts, many) for work in works])
    rows = {name: codes for name, (codes, _) in parts.items()}
    found: Columns = {}
    for work, forms in zip(works, formed, strict=True):
        found |= work.encode(rows, forms)  # a column of its own after what whole names tell
    if COMPANY in rows:
        (company,) = found["company"]  # it stands where a person's name does
        found["company"] = [company.with_codes(np.where(rows[COMPANY] < 0, company.codes, MISSING))]
    _dates_of_numbers(found, usual)
    if (ages := years(rows, texts, found.get("birth_date", ()), usual.year)) is not None:
        found["age"] = [ages]
    if EMAIL_YEAR in found:
        (numbers,) = found.pop(EMAIL_YEAR)
        mails = mail_years(numbers, found.get("birth_date", ()), usual.told_by)
        found |= {EMAIL_YEAR: [mails]} if mails is not None else {}
    stated = {
        name: [found[name][0], *filter(_says, found[name][1:])]
        for name in _ORDER
        if any(map(_says, found.get(name, ())))
    }
    return Subjects(
        count,
        {name: slots[0] for name, slots in stated.items()},
        {name: slots[1:] for name, slots in stated.items() if slots[1:]},
    )


def _dates_of_numbers(found: Columns, usual: Usual) -> None:
    """Take dates of birth from official numbers that hold them."""
    if "national_id" not in found:
        return
    born = found["birth_date"][0] if "birth_date" in found else None
    read = read_numbers(found["national_id"][0], born, usual.layouts)
    if read is not None:
        numbers, dates, layouts = read
        dates.keep(LAYOUTS, layouts)
        found["national_id"], found["birth_date"] = [numbers], [dates]


def _works(columns: Mapping[str, Any], called: Called | None) -> list[_Work]:
    """Return what is to be made, the costliest first."""
    found: dict[str, _Work] = {}
    if names := _there(NAMES, columns):
        make = partial(
            of_names,
            sizes=_sizes(columns, names),
            called=called,
            order=order_of(columns) if called is None else None,
        )
        found["names"] = _Work(make, names, PARTS, names_of)
    if marked := _there(_MARKED, columns):
        found["suffix"] = _Work(of_generations, marked, ("suffix",), _generations)
    for field in (*SINGLE, *SEVERAL):
        if there := _there(slots(field), columns):
            found[field] = _Work(partial(of_field, field), there, (field,), partial(_slots, field))
    if "email" in columns and not _BORN.isdisjoint(columns):
        found[EMAIL_YEAR] = _Work(of_numbers, ["email"], (), partial(_slots, EMAIL_YEAR))
    first = [found.pop(name) for name in _COSTLY if name in found]
    return [*first, *found.values()]


def _sizes(columns: Mapping[str, Any], names: Sequence[str]) -> Sizes:
    """Return how many records state each name."""
    stated = {name: columns[name][0][columns[name][0] >= 0] for name in names}
    return {
        name: np.bincount(codes, minlength=len(columns[name][1])).tolist()
        for name, codes in stated.items()
    }


def _there(names: Sequence[str], columns: Mapping[str, Any]) -> list[str]:
    return [name for name in names if name in columns]


def _says(column: Coded) -> bool:
    return bool(column.codes.max(initial=MISSING) >= 0)


def _slots(field: str, rows: Rows, forms: Formed) -> Columns:
    return {field: [_stated(rows[name], form) for name, form in forms.items()]}


def _stated(rows: Codes, forms: Coded) -> Coded:
    return forms.with_codes(spread(forms.codes, rows))


def _generations(rows: Rows, forms: Formed) -> Columns:
    """Encode which of a family's bearers of one name is meant, as the first column says."""
    codes = np.full(len(next(iter(rows.values()))), MISSING, np.int32)
    for name, form in forms.items():
        codes = np.where(codes < 0, spread(form.codes, rows[name]), codes)
    return {"suffix": [form.with_codes(codes)]}
