"""Know what changed in a base since it was read: a bounded log beside its counter.

Every run moves the base's counter. A run that is written through a cache leaves, in
the same write, which rows it touched: in one of a fixed number of rows of META, used
in turn. A reader that finds the counter moved reads those rows and knows what no
longer holds. Where one is missing, since a run was written without a cache or too
many were, nothing that was read before holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from time import monotonic

from attrs import frozen

from customerkit.model.batch import Row
from customerkit.model.tables import META
from customerkit.store.protocol import Backend
from customerkit.store.unit import NEXT, counters
from customerkit.store.wrappers._marks import EVERYTHING

SLOTS = 256
"""How many runs the log holds."""
_OTHER = "cache:other"  # counts the writes outside of runs


def _slot(run: int) -> str:
    return f"cache:{run % SLOTS}"


def slot_row(run: int, words: Iterable[str]) -> Row:
    """Return the row that tells what a run touched."""
    return {"name": _slot(run), "value": " ".join([str(run), *words]), "version": 1}


def count_other(backend: Backend) -> None:
    """Tell that something was written outside of runs: then nothing read before holds."""
    row = backend.get(META, [_OTHER])[0]
    count = int(str(row["value"])) + 1 if row else 1
    backend.put(META, [{"name": _OTHER, "value": str(count), "version": 1}])


@frozen
class State:
    """Say which state of a base something was read in, or one before it.

    Args:
        run: The number of the next run.
        other: How often was written outside of runs.
    """

    run: int = -1
    other: str = ""


class Changes:
    """Know the state of a base, at most some seconds old, and what changed up to it.

    Args:
        inner: The store.
        stale: How old the knowledge may be, in seconds; 0 asks at every read.
        back: How many runs before the first question to learn about.
        on_erased: Called when somebody was erased, or the base is an older one.
    """

    def __init__(
        self, inner: Backend, stale: float, back: int, on_erased: Callable[[], None]
    ) -> None:
        self._inner, self._stale, self._back, self._on_erased = inner, stale, back, on_erased
        self._asking, self._counting = Lock(), Lock()
        self._writes = 0
        self._asked = (float("-inf"), -1)  # when, and after how many writes of this process
        self._state = State()
        self._counter: Row | None = None
        self._floor = 0
        self._changed: dict[str, int] = {}

    def forget(self) -> None:
        """Ask again before the next read: this process wrote, or tried to."""
        with self._counting:
            self._writes += 1

    def current(self) -> State:
        """Return the state of the base, as it is or was at most the allowed time ago."""
        if not self._is_fresh():
            with self._asking:
                if not self._is_fresh():
                    asked = monotonic(), self._writes
                    self._ask()
                    self._asked = asked
        return self._state

    def counter(self) -> Row | None:
        """Return the row of the base's counter, at most so old as all that is read."""
        self.current()
        return None if self._counter is None else self._counter.copy()

    def _is_fresh(self) -> bool:
        asked, writes = self._asked
        return writes == self._writes and monotonic() - asked < self._stale

    def holds(self, state: State, words: Iterable[str]) -> bool:
        """Say whether what was read in a state, and depends on some words, is still so."""
        changed, run = self._changed, state.run
        if state.other != self._state.other or run < self._floor:
            return False
        for word in words:  # noqa: SIM110 - half the time of all(...), on every read
            if changed.get(word, 0) > run:
                return False
        return True

    def _ask(self) -> None:
        before, (counter, other) = self._state, self._inner.get(META, [NEXT, _OTHER])
        found = State(counters(counter)[0], str(other["value"]) if other else "")
        known = before.run if before.run >= 0 else max(1, found.run - self._back)
        if found.run < known:
            self._floor, self._changed = found.run, {}
            self._on_erased()
        elif found.run > known:
            self._learn(range(max(known, found.run - SLOTS), found.run), live=before.run >= 0)
        if before.run < 0 or known < found.run - SLOTS:
            self._floor = max(self._floor, found.run - SLOTS, known)
        self._state, self._counter = found, counter

    def _learn(self, runs: Sequence[int], live: bool) -> None:
        """Learn what runs touched, the last first: of what was before a gap nothing holds."""
        slots = self._inner.get(META, list(map(_slot, runs)))
        for run, row in reversed(list(zip(runs, slots, strict=True))):
            words = str(row["value"]).split(" ") if row else [""]
            if words[0] != str(run):
                self._floor = max(self._floor, run + 1)
                return
            if EVERYTHING in words:
                self._floor = max(self._floor, run + 1)
                if live:
                    self._on_erased()
            for word in words[1:]:
                self._changed[word] = max(self._changed.get(word, 0), run + 1)
