"""Find the customers that somebody means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import define, frozen

from customerkit.errors import InputError, UnknownFieldError
from customerkit.model.batch import Row
from customerkit.model.customer import customer_id
from customerkit.model.profile import fields
from customerkit.roles import role
from customerkit.roles.fold import loose
from customerkit.search.mark import marked
from customerkit.search.question import Question
from customerkit.search.rank import COLUMNS, Ranker, entry
from customerkit.search.results import Hit, SearchResult
from customerkit.store.search.feed import FILTERS, Voice, Voices, row_of, segments
from customerkit.store.search.protocol import Query
from customerkit.store.search.searching import Searching
from customerkit.store.search.terms import filtered

FACETS = ("city", "channel", "segment")
"""What is counted unless something else is asked for."""
_NARROWED = (*FILTERS, "channel", "segment")
_READ = tuple(dict.fromkeys((*COLUMNS, *FILTERS, "tags")))
_LOOKED_AT = 500
_LISTED = 10_000
_CUTOFF = 0.6


@frozen
class _Match:
    number: int
    score: float
    length: int
    row: Row
    voices: Sequence[Voice]

    @property
    def channels(self) -> Sequence[str]:
        """Return who spoke of the customer."""
        return list(dict.fromkeys(channel for channel, _ in self.voices))

    @property
    def keys(self) -> Sequence[str]:
        """Return its external ids."""
        return list(dict.fromkeys(key for _, key in self.voices if key))

    def values(self, field: str) -> Sequence[str]:
        """Return what a facet counts."""
        if field == "channel":
            return self.channels
        if field == "segment":
            return segments(None if (tags := self.row["tags"]) is None else str(tags))
        return () if (value := self.row[field]) is None else (str(value),)


@define
class Search:
    """Search one base.

    Args:
        searching: Gives candidates, as of the last run.
    """

    searching: Searching

    def find(
        self,
        text: str,
        filters: Mapping[str, str],
        *,
        limit: int,
        facets: Iterable[str] = FACETS,
        progress: Callable[[int], None] | None = None,
    ) -> SearchResult:
        """Return the customers that come nearest to a text.

        Args:
            text: Words of names and places, a mail address, a phone, a key.
            filters: Field → the value that a customer must have.
            limit: At most so many hits.
            facets: What to count.
            progress: Called while an index is made.

        Raises:
            UnknownFieldError: Searches cannot be narrowed by that field.
            InputError: There is nothing to search for.
        """
        counted = [_narrowing(name) for name in facets]
        asked = {_narrowing(name): _standard(name, value) for name, value in filters.items()}
        question = Question.of(text)
        if not question.wanted and not asked:
            raise InputError("nothing to search for; give letters or digits, or a filter")
        most = _LOOKED_AT if question.wanted else _LISTED
        narrowed = tuple(filtered(name, value) for name, value in asked.items())
        query = Query(question.wanted, narrowed, most)
        candidates = self.searching.candidates(query, progress)
        matches, ranker = self._matches([c.customer for c in candidates], question, asked)
        hits = [_hit(match, ranker) for match in matches[:limit]]
        counts = {name: _counted(matches, name) for name in counted}
        return SearchResult(hits, len(matches), len(candidates) < most, counts)

    def _matches(
        self, numbers: Sequence[int], question: Question, asked: Mapping[str, str]
    ) -> tuple[list[_Match], Ranker]:
        """Read candidates again, and return those that match, the best first."""
        unit = self.searching.unit
        rows = row_of(unit, numbers, _READ) if numbers else {}
        voices = Voices(unit).of(list(rows)) if rows else {}
        entries = {
            number: entry(row, dict.fromkeys(key for _, key in voices[number] if key))
            for number, row in rows.items()
        }
        ranker = Ranker(question, list(entries.values()))
        found = []
        for number, entered in entries.items():
            score = round(ranker.score(entered), 4) if question.words else 1.0
            length = entered.length if question.words else 0
            match = _Match(number, score, length, rows[number], voices[number])
            if score >= _CUTOFF and _fits(match, asked):
                found.append(match)
        return sorted(found, key=lambda m: (-m.score, m.length, m.number)), ranker


def _fits(match: _Match, asked: Mapping[str, str]) -> bool:
    return all(loose(value) in map(loose, match.values(name)) for name, value in asked.items())


def _narrowing(name: str) -> str:
    if name not in _NARROWED:
        raise UnknownFieldError(
            f"searches are not narrowed or counted by {name!r:.40}; they are by "
            f"{', '.join(_NARROWED)}; base.find() takes every field",
            name=name,
        )
    return name


def _standard(name: str, value: str) -> str:
    item = fields().get(name)
    return (item and role(item.role).standardise(str(value)).value) or str(value)


def _counted(matches: Sequence[_Match], field: str) -> dict[str, int]:
    counts = Counter(value for match in matches for value in match.values(field))
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _hit(match: _Match, ranker: Ranker) -> Hit:
    return Hit(customer_id(match.number), match.score, marked(match.row, match.keys, ranker))
