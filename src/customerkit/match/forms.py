"""Make the forms of texts: what of each is compared; each text is worked once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from customerkit.match.attributes import Attributes
from customerkit.match.bulk import hashed
from customerkit.match.codes import Coded, listed, together
from customerkit.match.levels import Comparisons
from customerkit.match.subjects import Subjects
from customerkit.model.profile import fields
from customerkit.roles import role
from customerkit.roles._arabic import arabic
from customerkit.roles._couples import couple
from customerkit.roles._japanese import japanese, without_blank
from customerkit.roles._korean import korean, masked
from customerkit.roles._slavic import without_patronymic
from customerkit.roles._tickets import ticketed
from customerkit.roles._titles import core, generation, without_remarks
from customerkit.roles.full_name import plainly, split_with_care
from customerkit.roles.missing import is_missing

Texts = Mapping[str, Any]
"""Column → its different texts."""
Formed = dict[str, Coded]
"""Column → for each of its texts the code of its form."""
PARTS = ("given_name", "family_name", "middle_name")
"""The parts of a name that are compared."""
PART_SLOTS = tuple(name for name, item in fields().items() if item.base in PARTS)
Forms = list[str | None]
"""Forms of names, None where nothing is named."""
_MONSIEUR = re.compile(r"^\s*M\.\s+(?=\S+\s+\S)")
_BULKY = ("letters", "heard", "forms")


def of_field(name: str, said: Texts) -> Formed:
    """Return the forms of the columns of one field; they share them."""
    form = role(fields()[name].role).forms
    return dict(zip(said, together([form(listed(texts)) for texts in said.values()]), strict=True))


def of_names(said: Texts) -> Formed:
    """Return the forms of names: of columns with parts of them, and of the parts of whole ones.

    Args:
        said: The texts of columns of parts, in any slot, and of columns of whole names.

    Returns:
        The forms of all parts, which share them; what is read from a column of something else
        is called by the column and the part: ``full_name.given_name``.
    """
    form = role("given_name").forms
    columns: dict[str, Forms] = {}
    for column in said:
        if column not in PART_SLOTS:
            parts = list(map(_parts, listed(said[column])))
            given, family, middle = (_formed([part[at] for part in parts]) for at in (0, 1, 2))
            given, initials = _without_initials(given)
            middle = [one or other for one, other in zip(middle, initials, strict=True)]
            found = dict(zip(PARTS, (given, family, middle), strict=True))
            columns |= {f"{column}.{name}": forms for name, forms in found.items()}
        elif fields()[column].base == "given_name":
            given, initials = _without_initials(form(listed(said[column])))
            columns |= {column: given, f"{column}.middle_name": initials}
        else:
            columns[column] = form(listed(said[column]))
    return dict(zip(columns, together(list(columns.values())), strict=True))


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


def of_generations(said: Texts) -> Formed:
    """Return which of a family's bearers of one name texts mean: Jr or Sr."""
    columns = [list(map(generation, listed(texts))) for texts in said.values()]
    return dict(zip(said, together(columns), strict=True))


def prepared(make: Callable[[], Formed], names: Iterable[str]) -> Formed:
    """Return forms with all that is compared of them, made now rather than when it is needed.

    Args:
        make: Makes them.
        names: The fields that they are compared in.
    """
    found = make()
    made = {id(column.forms): column for column in found.values() if column.forms}
    for column in made.values():
        codes = np.arange(len(column.forms), dtype=np.int32)
        part = Subjects(len(codes), dict.fromkeys(names, column.with_codes(codes)), {})
        hashed(column, None)
        Attributes(part).make()
        Comparisons(part).make()
        column.drop(_BULKY)
    return found


def _formed(texts: Forms) -> Forms:
    form = role("given_name").form
    return [form(text) if text else None for text in texts]


def _parts(full: str) -> tuple[str | None, str | None, str | None]:
    """Return :data:`PARTS` of a full name; the last is a patronymic or a grandfather's name.

    *M.* before two words is taken for a title: where it is an initial, little is lost.
    """
    if found := plainly(full):
        return *found, None
    if is_missing(full, "name"):
        return None, None, None
    full = without_remarks(_MONSIEUR.sub("", full))
    two = ticketed(full) or couple(full)
    return (*two, None) if two else arabic(full) or _of_one(full)


def _of_one(full: str) -> tuple[str | None, str | None, str | None]:
    """Take the name of one person apart; of what is not sure to split, take the ends.

    Chinese and Japanese names are taken without their blank, for it is left out as often.
    """
    known = korean(full) or masked(full)
    han = None if known else without_blank(full)
    given, family = known or split_with_care(han or full)
    if given and not han:
        given, patronymic = without_patronymic(given)
        return given, family, patronymic
    if given or family:
        return given, family, None
    if han:
        return *japanese(han), None
    words = (role("full_name").form(" ".join(core(full.split()))) or "").split()
    last = words[-1] if len(words) > 1 else None
    return (words[0] if words else None), last, None
