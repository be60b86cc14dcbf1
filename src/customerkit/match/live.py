"""Answer for one record which records of a base it most likely is, at once.

The index finds what matching of all records would: by the same passes, compared at the same
levels, weighed by the same model. It differs in one thing: of the records that share keys
with the one that is asked for, those :data:`COMPARED` are compared that share the most, where
matching of all divides large blocks by further parts of the records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from customerkit.match.called import Usual
from customerkit.match.codes import Floats
from customerkit.match.comparison import Levels
from customerkit.match.encode import subjects
from customerkit.match.kept import Forms, Kept, forms_of
from customerkit.match.keys import Usable, of_all, of_one, usable, whole_one
from customerkit.match.matcher import Matcher
from customerkit.match.members import NOBODY, Members
from customerkit.match.postings import ROWS as MOST_ROWS
from customerkit.match.postings import Block, Postings, Rows, rows_of, too_many
from customerkit.match.single import Single
from customerkit.match.usual import usual_of
from customerkit.match.weigh import COLLEAGUES, HOUSEHOLD, MATCH, NAMESAKES, STRANGER, Model

COMPARED = 32
"""Rows that one record is compared with."""
_LOOKED_AT = 8_192  # rows of the smallest blocks that are ranked
Values = Mapping[str, Any]


@frozen
class Hit:
    """Hold a record that may be the one that was asked for.

    Args:
        record: Its number.
        odds: Log2 odds that it is the same person, as matching of all weighs a pair.
        match: How likely it is the same person.
        household: How likely it is another of the same household.
        colleagues: How likely it is another at the same place, such as a company.
        stranger: How likely it is somebody else.
        passes: The keys that both have; none where few records are all compared.
    """

    record: int
    odds: float
    match: float
    household: float
    colleagues: float
    stranger: float
    passes: tuple[str, ...]


@define(eq=False)
class _Near:
    """Hold rows that are near to a record, and how near."""

    rows: Rows
    heads: list[int] = field(factory=list)
    names: list[str] = field(factory=list)


class Index:
    """Find the records that one record most likely is; see :meth:`of`.

    The model and the rarity of values stay those of the records that the index was made
    of. Nothing is locked: share an index between threads only behind a lock of your own.

    Example:
        >>> from customerkit.match.matching import match_columns
        >>> names = {"given_name": ["Jane", "Bob"], "family_name": ["Roe", "Doe"]}
        >>> names["email"] = ["jane@example.com", "bob@example.com"]
        >>> index = Index.of(match_columns(names, 2).matcher, np.arange(2))
        >>> index.find({"given_name": "JANE", "email": "jane@example.com"})[0].record
        0
        >>> index.add(7, {"given_name": "Ann", "family_name": "Poe"})
        >>> index.find({"given_name": "Ann", "family_name": "Poe"})[0].record
        7
    """

    def __init__(
        self,
        kept: Kept,
        model: Model,
        single: Single,
        passes: Usable,
        postings: Postings,
        members: Members,
        usual: Usual,
    ) -> None:
        self._kept = kept
        self._model = model
        self._single = single
        self._passes = passes
        self._postings = postings
        self._members = members
        self._usual = usual

    @classmethod
    def of(cls, matcher: Matcher, records: NDArray[np.int64]) -> Index:
        """Make an index.

        Args:
            matcher: What knows the records and the model.
            records: The number of each record that was matched; below 0 where it is not to
                be found.

        Returns:
            The index; it keeps what the records state, and nothing else of the matcher.
        """
        records = np.asarray(records, np.int64)
        wanted = records >= 0
        passes = usable(matcher.attributes)
        return cls(
            Kept(matcher.subjects),
            matcher.model,
            Single(matcher.comparisons),
            passes,
            Postings.of(of_all(matcher.attributes, passes)),
            Members(matcher.rows[wanted], records[wanted], matcher.count),
            usual_of(matcher),
        )

    def __len__(self) -> int:
        return self._members.live

    @property
    def nbytes(self) -> int:
        """Return the size of what was built: keys, record numbers and texts."""
        return self._postings.nbytes + self._members.nbytes + self._kept.nbytes

    # ── asking ───────────────────────────────────────────────────────────────

    def candidates(self, values: Values) -> NDArray[np.int64]:
        """Return the records worth comparing with one, those that share most keys first.

        Args:
            values: Field → text, as a channel states it.
        """
        rows = self._near(self._forms(values)).rows.tolist()
        found = [record for row in rows for record in self._members.records_of(row)]
        return np.array(found, np.int64)

    def find(self, values: Values, limit: int = 5) -> list[Hit]:
        """Return the records that one most likely is, the likeliest first.

        Args:
            values: Field → text, as a channel states it.
            limit: The most records to return.

        Returns:
            Records of the index, also unlikely ones; look at their odds.
        """
        forms = self._forms(values)
        near = self._near(forms)
        if not (forms and len(near.rows)):
            return []
        levels = self._single.levels(forms, self._kept.of_rows(near.rows), len(near.rows))
        weights = self._model.weights(levels, self._single.fields)
        best = np.lexsort((self._members.lowest[near.rows], -weights))[:limit]
        return self._hits(near, best, levels[best], weights[best], limit)

    def _hits(
        self, near: _Near, best: Rows, levels: Levels, weights: Floats, most: int
    ) -> list[Hit]:
        found: list[Hit] = []
        rows = near.rows[best]
        shared = self._postings.sharing(near.heads, rows)
        chances = self._model.posteriors(levels)
        for at, row in enumerate(rows.tolist()):
            places = np.flatnonzero(shared[at]).tolist()
            passes = tuple(dict.fromkeys(near.names[place] for place in places))
            match, household, namesakes, colleagues, stranger = chances[
                at, [MATCH, HOUSEHOLD, NAMESAKES, COLLEAGUES, STRANGER]
            ].tolist()
            household += namesakes
            for record in self._members.records_of(row)[:most]:
                weight = float(weights[at])
                found.append(Hit(record, weight, match, household, colleagues, stranger, passes))
        return sorted(found, key=lambda hit: (-hit.odds, hit.record))[:most]

    def _near(self, forms: Forms) -> _Near:
        """Return the rows that share the most telling keys with a record."""
        lowest = self._members.lowest[: self._members.count]
        heads, names = of_one(forms, self._passes)
        if self._members.stated <= COMPARED:
            return _Near(np.flatnonzero(lowest != NOBODY), heads, names)
        rows, sizes = _of_smallest(self._postings.blocks(heads))
        held = lowest[rows] != NOBODY
        block = np.repeat(np.arange(len(sizes)), sizes)[: len(rows)][held]
        rarity = 1 / np.bincount(block)[block]
        rows, back = np.unique(rows[held], return_inverse=True)
        shared, rare = np.bincount(back), np.bincount(back, rarity).round(9)
        order = np.lexsort((lowest[rows], -rare, -shared))[:COMPARED]
        return _Near(rows[order], heads, names)

    # ── changing ─────────────────────────────────────────────────────────────

    def add(self, record: int, values: Values) -> None:
        """Add a record; one of this number is replaced.

        Args:
            record: Its number.
            values: Field → text, as a channel states it.

        Raises:
            LimitError: If the index is full.
        """
        forms = self._forms(values)
        self._members.leave(record)
        whole = whole_one(forms, self._kept.slots)
        row = self._row_of(whole, forms)
        if row is None:
            if self._members.count >= MOST_ROWS:
                raise too_many()
            row = self._members.new_row()
            self._kept.add(forms)
            heads, _ = of_one(forms, self._passes)
            self._postings.add([*heads, whole], row)
        self._members.join(row, record)

    def remove(self, record: int) -> bool:
        """Remove a record.

        Args:
            record: Its number.

        Returns:
            Whether there was one.
        """
        return self._members.leave(record)

    def _row_of(self, whole: int, forms: Forms) -> int | None:
        """Return the row that states the same."""
        rows: list[int] = rows_of(self._postings.blocks([whole]), _LOOKED_AT).tolist()
        return next((row for row in rows if self._kept.of_row(row) == forms), None)

    # ── what records state ───────────────────────────────────────────────────

    def _forms(self, values: Values) -> Forms:
        """Return the forms of a raw record, of the fields that the base states."""
        stated = dict.fromkeys(self._kept.fields) | dict(values)
        found = subjects({name: [value] for name, value in stated.items()}, 1, self._usual)
        return forms_of(found, self._kept.fields)


def _of_smallest(blocks: Sequence[Block]) -> tuple[Rows, Rows]:
    """Return the rows of the smallest blocks, as many as are looked at, and the blocks' sizes."""
    some = sorted((block for block in blocks if block.size), key=lambda block: block.size)
    sizes = np.array([block.size for block in some], np.int64)
    few = max(1, int((np.cumsum(sizes) <= _LOOKED_AT).sum()))
    return rows_of(some[:few], _LOOKED_AT)[:_LOOKED_AT], sizes[:few]
