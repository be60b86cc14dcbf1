"""Make the forms of texts: what of each is compared; each text is worked once."""

from __future__ import annotations

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
from customerkit.roles._titles import generation

Texts = Mapping[str, Any]
"""Column → its different texts."""
Formed = dict[str, Coded]
"""Column → for each of its texts the code of its form."""
_BULKY = ("letters", "heard", "forms")


def of_field(name: str, said: Texts) -> Formed:
    """Return the forms of the columns of one field; they share them."""
    form = role(fields()[name].role).forms
    return dict(zip(said, together([form(listed(texts)) for texts in said.values()]), strict=True))


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
