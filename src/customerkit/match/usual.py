"""Tell how the records of a base were read: a later one is to be read in the same way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from customerkit.match.ages import USUAL
from customerkit.match.called import Called, Usual
from customerkit.match.codes import Coded
from customerkit.match.mail_years import FIELD as EMAIL_YEAR
from customerkit.match.mail_years import TOLD_BY
from customerkit.match.matcher import Matcher
from customerkit.match.numbers import LAYOUTS
from customerkit.match.parted import CALLED, WRITTEN_SO


def usual_of(matcher: Matcher) -> Usual:
    """Return how the records were read that a matcher knows, for those that come later."""
    columns = matcher.subjects.columns
    given, family = map(columns.get, ("given_name", "family_name"))
    usual = Usual(
        year=_kept(columns.get("age"), USUAL, lambda: datetime.now(UTC).year),
        layouts=_kept(columns.get("birth_date"), LAYOUTS, dict) or {},
        told_by=_kept(columns.get(EMAIL_YEAR), TOLD_BY, frozenset) or frozenset(),
    )
    if given is None or family is None:
        return usual
    known: Called | None = given.kept(CALLED, lambda: None)
    if known is not None and known.every:
        return evolve(usual, called=known)
    counts = [_said(column, matcher.sizes) for column in (given, family)]
    called = evolve(Called.of(*counts), **given.kept(WRITTEN_SO, dict))
    return evolve(usual, called=known.completed(called) if known else called)


def _kept(column: Coded | None, name: str, make: Callable[[], Any]) -> Any:
    return column.kept(name, make) if column is not None else None


def _said(column: Coded, sizes: NDArray[np.int64]) -> dict[str, int]:
    """Return how many records state each form."""
    stated = column.codes >= 0
    counts = np.bincount(column.codes[stated], sizes[stated], len(column.forms)).astype(np.int64)
    some = np.flatnonzero(counts)
    return dict(zip(column.texts(some), counts[some].tolist(), strict=True))
