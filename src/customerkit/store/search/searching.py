"""Ask an index, and keep it up with the base."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from attrs import define, field, frozen

from customerkit.errors import ReadOnlyStoreError, SearchUnavailableError
from customerkit.store.search.feed import changes, documents
from customerkit.store.search.held import Terms
from customerkit.store.search.mirrors import Mirrors
from customerkit.store.search.postings import PostingsIndex
from customerkit.store.search.protocol import Candidate, Document, Query, SearchIndex
from customerkit.store.unit import RunWriter, UnitOfWork

Progress = Callable[[int], None]
_FEW = 100  # changed customers that are searched beside the index, until there are more
_SLICE = 1_000
_LOOKED_AT = 100  # candidates that are ranked whatever they weigh
_SHARE = 0.5  # of the best candidate's weight; what has less is hardly what was meant


@frozen
class SearchLag:
    """Tell how far an index is behind its base.

    Args:
        index: Where it is kept: ``base``, or the name of a search server.
        position: The run up to which it is complete; 0 where there is none yet.
        runs: How many runs came later.
        customers: How many customers those changed.
        answers: Whether it could be asked; else this is what the base remembers.
    """

    index: str
    position: int
    runs: int
    customers: int
    answers: bool = True


@define
class Searching:
    """Find candidates, as of the last run.

    Few changed customers are searched beside the index. When there are more, the
    index takes them in first.

    Args:
        unit: The store with its log.
        index: Where terms are kept.
    """

    unit: UnitOfWork
    index: SearchIndex
    _seen: int = -1
    _recent: Terms = field(factory=Terms)
    _masked: frozenset[int] = frozenset()

    @property
    def mirrors(self) -> Mirrors:
        """Return the notes of the base on mirrors."""
        return Mirrors(self.unit.backend)

    def candidates(self, query: Query, progress: Progress | None = None) -> list[Candidate]:
        """Return the best candidates first.

        Raises:
            SearchUnavailableError: The index is a mirror that does not answer.
        """
        if self.unit.next_run() != self._seen:
            self._keep_up(progress or _nobody)
        wider = Query(query.wanted, query.filters, query.limit + len(self._masked))
        found = [c for c in self.index.query(wider) if c.customer not in self._masked]
        recent = self._recent.query(query) if self._masked else []
        return [*_promising(found), *_promising(recent)]

    def _keep_up(self, progress: Progress) -> None:
        """Take in what changed, or hold it in memory where it is little or cannot be written."""
        position = self._position()
        try:
            if position == 0 or len(changes(self.unit, position).customers) > _FEW:
                self.catch_up(progress)
                position = self.index.position()
        except ReadOnlyStoreError:
            pass
        found = changes(self.unit, position)
        self._recent = Terms()
        for document in documents(self.unit, found.customers) if found.customers else ():
            self._recent.add(document)
        self._masked = frozenset(found.customers)
        self._seen = found.position + 1

    def _position(self) -> int:
        """Return the run up to which the index can be trusted; 0 where it has to be made."""
        position = self.index.position()
        if position >= self.unit.next_run():
            return 0  # the base is an older copy
        return 0 if self.index.mirror and self.mirrors.erasing() else position

    def catch_up(self, progress: Progress | None = None) -> None:
        """Bring the index up to the last run.

        Args:
            progress: Called with the number of customers taken in since the last call.

        Raises:
            SearchUnavailableError: The index is a mirror that does not answer.
        """
        since = self._position()
        worn = getattr(self.index, "worn", None)
        if since == 0 or (worn is not None and worn()):
            self.rebuild(progress)
            return
        found = changes(self.unit, since)
        parts = range(0, len(found.customers), _SLICE) if found.position > since else ()
        for start in parts or range(found.position > since):
            part = found.customers[start : start + _SLICE]
            last = start + _SLICE >= len(found.customers)
            self._take_in(part, found.position if last else since)
            (progress or _nobody)(len(part))
        self._forget_recent()

    def _take_in(self, customers: Sequence[int], position: int) -> None:
        with self._turn():
            news = list(documents(self.unit, customers)) if customers else []
            gone = set(customers) - {document.customer for document in news}
            self.index.index(news, sorted(gone), position)
            self._note(position)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Let one process after the other read customers and write what an index knows of them.

        Otherwise one could write what it read before another erased it.
        """
        with self.unit.backend.transaction():
            self.mirrors.turn()
            yield

    def _note(self, position: int) -> None:
        if self.index.mirror:
            self.mirrors.told(self.index.name, position)

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make the index anew; return how many customers it holds.

        Raises:
            SearchUnavailableError: The index is a mirror that does not answer.
        """
        position = self.unit.next_run() - 1
        if self.index.mirror:
            self.index.position()  # asks whose it is
            self.mirrors.told(self.index.name, 0)  # from now on it may know somebody
        count = self.index.rebuild(_told(documents(self.unit), progress or _nobody), position)
        with self._turn():
            self._note(position)
            if self.mirrors.erasing():
                self.mirrors.end_erasing()
        self._forget_recent()
        return count

    def _forget_recent(self) -> None:
        self._seen, self._recent, self._masked = -1, Terms(), frozenset()

    # ── erasing ──────────────────────────────────────────────────────────────

    def prepare_erasing(self) -> None:
        """Make sure, before a run, that the index can drop somebody.

        Raises:
            SearchUnavailableError: A mirror does not answer, or is not open.
        """
        self.mirrors.check(self.index)
        if self.index.mirror and self.index.position():
            self.mirrors.begin_erasing()

    def forget(self, writer: RunWriter) -> None:
        """Leave no old term of the customers that a run changed; inside the run, at its end.

        Where a mirror fails, the run fails. Where the run fails after the mirror did
        its part, the next search makes the mirror anew.
        """
        self._forget_recent()
        with self._turn():
            for index in self._holding():
                index.drop(writer.changed(), writer.run_id)
            self.mirrors.end_erasing()

    def _holding(self) -> list[SearchIndex]:
        """Return the indexes that know somebody: a mirrored base may have its own besides."""
        own = PostingsIndex(self.unit.backend)
        indexes = [own, self.index] if self.index.mirror else [self.index]
        return [index for index in indexes if index.position()]

    # ── looking ──────────────────────────────────────────────────────────────

    def lag(self) -> list[SearchLag]:
        """Return how far each index of the base is behind, the one in use first."""
        told = self.mirrors.known()
        try:
            position, answers = self._position(), True
        except SearchUnavailableError:
            position, answers = told.get(self.index.name, 0), False
        lags = [self._lag(self.index.name, position, answers)]
        others = told.keys() - {self.index.name}
        return lags + [self._lag(name, told[name], answers=False) for name in sorted(others)]

    def _lag(self, name: str, position: int, answers: bool) -> SearchLag:
        found = changes(self.unit, position)
        return SearchLag(name, position, found.position - position, len(found.customers), answers)


def _promising(found: Sequence[Candidate]) -> Iterator[Candidate]:
    least = _SHARE * found[0].weight if found else 0.0
    return (c for at, c in enumerate(found) if at < _LOOKED_AT or c.weight >= least)


def _told(found: Iterator[Document], progress: Progress) -> Iterator[Document]:
    while part := list(islice(found, _SLICE)):
        yield from part
        progress(len(part))


def _nobody(count: int) -> None:
    """Tell nobody."""
