"""Keep an index in ordinary tables of the base, so that every store has one.

Numbers of customers are cut into blocks of 65,536. Of each block and each term the
table holds one row: the customers that have it, two bytes each, in order. Terms are
cut to 18 bits, which bounds the rows; two words that share a number cost a look at
a customer more, never a wrong answer.

An index is built in generations: searches ask the one that is complete while the
next is written, and one that was cut off is thrown away by the next.
"""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import asdict, define, field

from customerkit.errors import TransientStoreError
from customerkit.model.batch import Batch, integer
from customerkit.model.tables import POSTINGS, SEARCH
from customerkit.store.protocol import Backend, Cond
from customerkit.store.search.held import SIZE, Terms, cut
from customerkit.store.search.protocol import Candidate, Document, Query
from customerkit.store.search.weigh import Block, Weigher

_NAME = "index"
_BEYOND = 2**47  # no block has this number: customers have 63 bits
_STALE = 0.25  # of the documents; more of them are worth a new index
_FEW = 1_000


@define
class State:
    """Know which generation counts, and how far it goes.

    Args:
        generation: The complete one; 0 where there is none.
        position: The run up to which it is complete.
        documents: How many customers it holds.
        stale: How many of them were taken in again, and may keep old terms.
        blocks: The blocks of numbers that it has.
        last: The last generation that was begun.
        building: Those that are being written.
    """

    generation: int = 0
    position: int = 0
    documents: int = 0
    stale: int = 0
    blocks: list[int] = field(factory=list)
    last: int = 0
    building: list[int] = field(factory=list)


class PostingsIndex:
    """Keep the index of a base in the base.

    Args:
        backend: The store of the base.
    """

    name = "base"
    mirror = False

    def __init__(self, backend: Backend) -> None:
        self.backend = backend

    # ── state ────────────────────────────────────────────────────────────────

    def state(self) -> State:
        """Return which generation counts."""
        found = self.backend.get(SEARCH, [_NAME])[0]
        return State(**json.loads(str(found["value"]))) if found else State()

    def _put(self, state: State) -> None:
        value = json.dumps(asdict(state), sort_keys=True)
        self.backend.put(SEARCH, [{"name": _NAME, "value": value, "version": 1}])

    def position(self) -> int:
        """Return the run up to which the index is complete."""
        return self.state().position

    def worn(self) -> bool:
        """Say whether so much of it is stale that a new one is worth its time."""
        state = self.state()
        return state.stale > max(_FEW, _STALE * state.documents)

    # ── writing ──────────────────────────────────────────────────────────────

    def index(self, documents: Sequence[Document], gone: Sequence[int], position: int) -> None:
        """Take in changed customers; terms that one had before stay until the next rebuild."""
        with self.backend.transaction():
            state = self.state()
            if not state.generation:
                return
            terms = Terms()
            for document in documents:
                terms.add(document)
            for block in terms.blocks():
                self._extend(state.generation, block, terms.held[block])
            state.blocks = sorted({*state.blocks, *terms.blocks()})
            state.position = max(state.position, position)
            state.stale += len(documents) + len(gone)
            state.documents = max(state.documents, len(documents))
            self._put(state)

    def _extend(self, generation: int, block: int, rows: Mapping[int, array[int]]) -> None:
        stored = self._read(generation, block, rows)
        news = []
        for number, places in rows.items():
            old = stored.get(number)
            new = _united(old, places) if old is not None else places
            if old is None or len(new) > len(old):
                news.append(_row(generation, block, number, new))
        self.backend.put(POSTINGS, news)

    def drop(self, customers: Sequence[int], version: int) -> None:
        """Take customers out of every row, also of what is being built, for good."""
        with self.backend.transaction():
            state = self.state()
            blocks: dict[int, set[int]] = defaultdict(set)
            for number in customers:
                blocks[number // SIZE].add(number % SIZE)
            for generation in {state.generation, *state.building} - {0}:
                for block, places in blocks.items():
                    self._take_out(generation, block, places)
            if state.building:
                state.building = []  # what it read before may tell of them
                self._put(state)

    def _take_out(self, generation: int, block: int, places: set[int]) -> None:
        kept, purged = [], []
        for number, row in self._rows(generation, block):
            left = array("H", (place for place in row if place not in places))
            if len(left) < len(row):
                purged.append((generation, block, number))
                if left:
                    kept.append(_row(generation, block, number, left))
        self.backend.purge(POSTINGS, purged)
        self.backend.put(POSTINGS, kept)

    def rebuild(self, documents: Iterable[Document], position: int) -> int:
        """Write a new generation, and let it count when it is complete."""
        generation = self._begin()
        count, blocks = 0, []
        for terms, number in _by_block(documents):
            count += number
            blocks += terms.blocks()
            with self.backend.transaction():
                self._check(generation)
                self.backend.load(POSTINGS, _batches(generation, terms))
        with self.backend.transaction():
            self._check(generation)
            state = self.state()
            self._put(State(generation, position, count, 0, blocks, state.last))
        self._sweep()
        return count

    def _begin(self) -> int:
        with self.backend.transaction():
            state = self.state()
            state.last += 1
            state.building.append(state.last)
            self._put(state)
            return state.last

    def _check(self, generation: int) -> None:
        if generation not in self.state().building:
            raise TransientStoreError(
                "the search index was being built while a customer was erased or another "
                "process built it too; search again"
            )

    def _sweep(self) -> None:
        """Throw away what is neither complete nor being written."""
        with self.backend.transaction():
            state = self.state()
            for other in list(self._generations()):
                if other not in (state.generation, *state.building):
                    where = [Cond("generation", "eq", other)]
                    for batch in self.backend.scan(POSTINGS, where, columns=POSTINGS.key):
                        keys: list[Any] = list(map(tuple, batch.rows()))
                        self.backend.delete(POSTINGS, keys)

    def _generations(self) -> Iterator[int]:
        """Yield every generation that has rows, leaping from one to the next."""
        after: tuple[int, int, int] | None = None
        while found := list(
            self.backend.scan(POSTINGS, columns=["generation"], after=after, limit=1)
        ):
            generation = integer(found[0].column("generation")[0])
            yield generation
            after = (generation, _BEYOND, 0)

    # ── reading ──────────────────────────────────────────────────────────────

    def _rows(
        self, generation: int, block: int, terms: Iterable[int] | None = None
    ) -> Iterator[tuple[int, array[int]]]:
        where = [Cond("generation", "eq", generation), Cond("block", "eq", block)]
        if terms is not None:
            where.append(Cond("term", "in", list(terms)))
        for batch in self.backend.scan(POSTINGS, where, columns=["term", "customers"]):
            for number, blob in batch.rows():
                yield integer(number), _places(blob)

    def _read(self, generation: int, block: int, terms: Iterable[int]) -> Block:
        return dict(self._rows(generation, block, terms))

    def query(self, query: Query) -> list[Candidate]:
        """Return the best candidates first."""
        state = self.state()
        weigher = Weigher(query, cut, state.documents)
        for block in state.blocks:
            weigher.add(block * SIZE, self._read(state.generation, block, weigher.terms))
        return weigher.best()

    def close(self) -> None:
        """Leave the store, which is the base's, open."""


def _row(generation: int, block: int, number: int, places: array[int]) -> dict[str, Any]:
    return {
        "generation": generation,
        "block": block,
        "term": number,
        "customers": _bytes(places),
    }


def _bytes(places: array[int]) -> bytes:
    """Return places as bytes, the low one first on every machine."""
    return _little(places).tobytes()


def _places(blob: Any) -> array[int]:
    found = array("H")
    found.frombytes(blob)
    return _little(found)


def _little(places: array[int]) -> array[int]:
    if sys.byteorder == "big":
        places = places[:]
        places.byteswap()
    return places


def _united(old: array[int], new: Iterable[int]) -> array[int]:
    found = old[:]
    for place in new:
        at = bisect_left(found, place)
        if at == len(found) or found[at] != place:
            found.insert(at, place)
    return found


def _by_block(documents: Iterable[Document]) -> Iterator[tuple[Terms, int]]:
    """Yield the terms of one block after the other, and how many customers it has."""
    terms, block, count = Terms(), None, 0
    for document in documents:
        if document.customer // SIZE != block:
            if count:
                yield terms, count
            terms, block, count = Terms(), document.customer // SIZE, 0
        terms.add(document)
        count += 1
    if count:
        yield terms, count


def _batches(generation: int, terms: Terms, size: int = 20_000) -> Iterator[Batch]:
    for block in terms.blocks():
        rows = sorted(terms.held[block].items())
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            yield Batch.from_rows(
                POSTINGS.names,
                [(generation, block, number, _bytes(places)) for number, places in part],
            )
