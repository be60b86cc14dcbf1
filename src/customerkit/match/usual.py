"""Tell how the records of a base were read: a later one is to be read in the same way."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from customerkit.match.ages import USUAL
from customerkit.match.called import Called, Usual
from customerkit.match.codes import Coded
from customerkit.match.matcher import Matcher
from customerkit.match.numbers import LAYOUTS, Layouts
from customerkit.match.parted import CALLED, WRITTEN_SO


def usual_of(matcher: Matcher) -> Usual:
    """Return how the records were read that a matcher knows, for those that come later."""
    given, family, age = map(matcher.subjects.columns.get, ("given_name", "family_name", "age"))
    year = age.kept(USUAL, lambda: datetime.now(UTC).year) if age is not None else None
    born = matcher.subjects.columns.get("birth_date")
    layouts: Layouts = born.kept(LAYOUTS, dict) if born is not None else {}
    if given is None or family is None:
        return Usual(year=year, layouts=layouts)
    known: Called | None = given.kept(CALLED, lambda: None)
    if known is not None and known.every:
        return Usual(known, year, layouts)
    counts = [_said(column, matcher.sizes) for column in (given, family)]
    called = evolve(Called.of(*counts), **given.kept(WRITTEN_SO, dict))
    return Usual(known.completed(called) if known else called, year, layouts)


def _said(column: Coded, sizes: NDArray[np.int64]) -> dict[str, int]:
    """Return how many records state each form."""
    stated = column.codes >= 0
    counts = np.bincount(column.codes[stated], sizes[stated], len(column.forms)).astype(np.int64)
    some = np.flatnonzero(counts)
    return dict(zip(column.texts(some), counts[some].tolist(), strict=True))
