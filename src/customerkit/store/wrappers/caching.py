"""Answer common questions from what was read before, within a stated bound on staleness."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from threading import local
from typing import Any, TypeVar, cast

from attrs import frozen

from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.model.tables import META
from customerkit.store.protocol import Backend, Cond, Key
from customerkit.store.unit import NEXT
from customerkit.store.wrappers._changes import SLOTS, Changes, State
from customerkit.store.wrappers._entries import Entries, Entry, size_of
from customerkit.store.wrappers._marking import Marking
from customerkit.store.wrappers._marks import EVERYTHING, row_mark, touched, whole
from customerkit.store.wrappers._questions import SMALL, Question, is_plain, question
from customerkit.store.wrappers._redis import Redis

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
_MOST = 5_000  # of what a result depends on; what depends on more is made anew


class _Reading(local):
    """Know, for each thread, what the result depends on that it is making."""

    words: set[str] | None = None


@frozen
class CacheInfo:
    """Tell how a cache is doing.

    Args:
        hits: Answers that came from this process.
        misses: Those that did not.
        entries: How many answers are held.
        size: Their bytes, by estimate.
        shared: Whether Redis answers; None where there is none.
    """

    hits: int
    misses: int
    entries: int
    size: int
    shared: bool | None


class Cached(Marking):
    """Keep what was read, and drop what a run touches.

    A process always sees its own writes, and within a transaction only the store is
    asked, once for each row. Of what other processes commit, a read shows everything
    that was committed more than ``stale`` seconds before it began; with 0, the base's
    counter is asked before each read. What a run did not touch stays, whoever wrote it.

    Every process that writes through a cache tells, in the same write, what it
    touched. After a run of a process without one, everything is read anew.

    Args:
        inner: A store with transactions; not one whose transactions can be part of
            somebody else's, as Django's are.
        stale: Seconds.
        entries: At most so many answers are held in the process.
        size: At most so many bytes, by estimate.
        shared: Where processes share what they read.

    Raises:
        CapabilityError: The store has no transactions.

    Example:
        >>> import customerkit as ck
        >>> from customerkit.store.backends.memory import MemoryBackend
        >>> base = ck.open(Cached(MemoryBackend()))
        >>> base.update(full_name="Jane Doe").created
        [1]
        >>> base.get("c-1") == base.get("c-1")
        True
        >>> base.update("c-1", city="Leeds").changed, base.get("c-1").city
        ([1], 'Leeds')
    """

    def __init__(
        self,
        inner: Backend,
        *,
        stale: float = 0.02,
        entries: int = 20_000,
        size: int = 32 * 1024**2,
        shared: Redis | None = None,
    ) -> None:
        super().__init__(inner)
        self._reading, self._entries, self._shared = _Reading(), Entries(entries, size), shared
        self._changes = Changes(inner, stale, SLOTS if shared else 0, self._drop)
        self._hits = self._misses = 0

    def info(self) -> CacheInfo:
        """Return how the cache is doing."""
        held, alive = self._entries, None if self._shared is None else self._shared.alive
        return CacheInfo(self._hits, self._misses, len(held), held.used, alive)

    def close(self) -> None:
        """Close the store, and let go of Redis."""
        self._entries.clear()
        if self._shared is not None:
            self._shared.close()
        super().close()

    # ── writing ──────────────────────────────────────────────────────────────

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create what is missing."""
        super().ensure(tables)
        if self._shared is not None:
            self._shared.begin(self.inner)

    def transaction_ended(self, purged: bool) -> None:
        """Ask the base's counter before the next read; drop what was kept of the erased."""
        self._changes.forget()
        self._note([EVERYTHING])
        if purged:
            self._drop()

    def _drop(self) -> None:
        self._entries.clear()
        if self._shared is not None:
            self._shared.drop()

    # ── reading ──────────────────────────────────────────────────────────────

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return the rows of these keys, in their order, None where absent."""
        if table.name == META.name and list(keys) == [NEXT] and not self._writing.depth:
            return [self._changes.counter()]
        plain = len(keys) <= SMALL and all(is_plain(table, key) for key in keys)
        if self._writing.depth or table.name == META.name or not plain:
            if self._reading.words is not None:
                self._note(_words_of(table, keys) if len(keys) <= SMALL else [touched(table)])
            once = self._writing.depth and plain
            return self._once(table, keys) if once else self.inner.get(table, keys)
        state = self._changes.current()
        found = {key: self._find((table, key)) for key in keys}
        missing = [key for key, entry in found.items() if entry is None]
        if missing:
            found |= self._fetch(table, missing, state)
        rows = [cast("Entry", found[key]).value for key in keys]
        return [None if row is None else row.copy() for row in rows]

    def _once(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return rows as this transaction sees them: nobody else writes meanwhile."""
        known = self._writing.read.setdefault(table.name, {})
        places = [(table.names, key) for key in keys]
        unread = {place: key for place, key in zip(places, keys, strict=True) if place not in known}
        if unread:
            rows = self.inner.get(table, list(unread.values()))
            known.update(zip(unread, rows, strict=True))
        found = map(known.get, places)
        return [None if row is None else row.copy() for row in found]

    def _fetch(self, table: Table, keys: Sequence[Key], state: State) -> dict[Key, Entry]:
        told = keys if self._shared is not None else ()
        texts = {(table, key): repr((table.name, table.names, key)) for key in told}
        held = self._borrow(texts, lambda told: _row(table, told))
        unread = [key for key in keys if (table, key) not in held]
        if unread:
            rows = zip(unread, self.inner.get(table, unread), strict=True)
            fresh = {(table, key): Entry(state, _words_of(table, [key]), row) for key, row in rows}
            self._keep(fresh, texts, lambda row: row and list(row.values()))
            held |= fresh
        return {key: held[table, key] for key in keys}

    def scan(
        self,
        table: Table,
        where: Sequence[Cond] = (),
        *,
        columns: Sequence[str] | None = None,
        after: Key | None = None,
        limit: int | None = None,
    ) -> Iterator[Batch]:
        """Yield matching rows in key order; the few that one value leads to are kept."""
        asked = None
        if not self._writing.depth and after is None and table.name != META.name:
            asked = question(table, where, columns, limit)
        if asked is None:
            self._note([touched(table)])
            yield from self.inner.scan(table, where, columns=columns, after=after, limit=limit)
            return
        wanted = table.names if columns is None else tuple(columns)
        for batch in self._answer(asked, where):
            yield batch if batch.names == wanted else batch.select(wanted)

    def _answer(self, asked: Question, where: Sequence[Cond]) -> Iterator[Batch]:
        state, key = self._changes.current(), asked.key
        texts = {key: asked.text} if self._shared is not None else {}
        entry = self._find(key) or self._borrow(texts, asked.rows).get(key)
        if entry is None:
            batches = self.inner.scan(asked.table, where, columns=asked.names, limit=asked.limit)
            first = list(islice(batches, 2))
            if len(first) > 1 or sum(map(len, first)) > SMALL:
                self._note([touched(asked.table)])
                yield from chain(first, batches)
                return
            rows = [tuple(row) for batch in first for row in batch.rows()]
            entry = Entry(state, asked.words(rows), rows)
            self._keep({key: entry}, texts, list)
        if entry.value:
            yield Batch.from_rows(asked.names, entry.value)

    def remembered(
        self,
        key: Hashable,
        make: Callable[[], T],
        write: Callable[[T], Any],
        read: Callable[[Any], T],
        on: Sequence[Table] = (),
    ) -> T:
        """Return a result that is made of reads alone, made anew where one of them may differ.

        Args:
            key: What tells it from other results, also in other processes.
            make: Makes it, in this thread. The result is handed out again, so nobody
                may change it.
            write: Makes of it what JSON can hold.
            read: Makes it of that again; raises where it is none.
            on: Tables of which any row may change it, in place of what is read: what is
                not read may matter too.
        """
        if self._writing.depth:
            return make()
        state, mine, place = self._changes.current(), self._reading, ("result", key)
        texts = {place: repr(place)} if self._shared is not None else {}
        entry = self._find(place) or self._borrow(texts, read).get(place)
        if entry is not None:
            return cast("T", entry.value)
        outer, mine.words = mine.words, set()
        try:
            value = make()
            known = on and EVERYTHING not in mine.words
            words = tuple(map(touched, on)) if known else tuple(mine.words)
        finally:
            mine.words = outer
        self._note(words)
        if EVERYTHING not in words and len(words) <= _MOST:
            self._keep({place: Entry(state, words, value)}, texts, write)
        return value

    # ── entries ──────────────────────────────────────────────────────────────

    def _find(self, key: Hashable) -> Entry | None:
        """Return what this process holds and still holds true."""
        entry = self._entries.get(key)
        if entry is not None and not self._is_good(entry):
            self._entries.drop(key, entry)
            entry = None
        if entry is None:
            self._misses += 1
            return None
        self._hits += 1
        self._note(entry.words)
        return entry

    def _is_good(self, entry: Entry) -> bool:
        return self._changes.holds(entry.state, entry.words)

    def _borrow(self, texts: Mapping[K, str], read: Callable[[Any], Any]) -> dict[K, Entry]:
        """Return what other processes left, and keep it here.

        Args:
            texts: The questions.
            read: Makes an answer of what was written; raises where it is none.
        """
        if self._shared is None:
            return {}
        found = self._shared.fetch(texts, read)
        good = {key: entry for key, entry in found.items() if self._is_good(entry)}
        self._hold(good)
        return good

    def _keep(
        self, entries: Mapping[K, Entry], texts: Mapping[K, str], write: Callable[[Any], Any]
    ) -> None:
        """Keep what was read, here and for other processes."""
        self._hold(entries)
        if self._shared is not None:
            self._shared.keep({texts[key]: entry for key, entry in entries.items()}, write)

    def _hold(self, entries: Mapping[K, Entry]) -> None:
        for key, entry in entries.items():
            self._note(entry.words)
            self._entries.put(key, entry, size_of(entry.value))

    def _note(self, words: Iterable[str]) -> None:
        if self._reading.words is not None:
            self._reading.words.update(words)


def _row(table: Table, told: Any) -> Row | None:
    return None if told is None else dict(zip(table.names, told, strict=True))


def _words_of(table: Table, keys: Iterable[Key]) -> tuple[str, ...]:
    return whole(table), *(row_mark(table, key) for key in keys)
