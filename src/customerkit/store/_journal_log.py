"""The log of epochs: which runs of a store are done, which are void, and who writes now.

Everything rests on one thing that every store can do: insert a row of a new key, or be
told that the key is there already. Whoever inserts that an epoch has begun may write in
it; whoever inserts first how it ended has decided that for good.
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import uuid4

from attrs import define, evolve, field, frozen

from customerkit.errors import InputError, StoreError, StoreLockedError, TransientStoreError
from customerkit.model.batch import Batch, Row, integer
from customerkit.store._journal_tables import EPOCHS
from customerkit.store.protocol import Backend, Key

_KEPT = 8  # ended epochs whose rows stay, so that a reader always finds the last one
_STALE = 30  # rows of older epochs before they are deleted
_SELDOM = 0.05  # seconds between two questions of who has just come to wait
_LATE = 3_600_000  # milliseconds after which nobody writes in a void epoch any more


@frozen
class State:
    """Say how far the runs of a store are.

    Args:
        seen: The last epoch that ended.
        void: Epochs whose writes never count, and since when, epoch milliseconds.
        repair: Those of them whose writes were not taken back yet.
        horizon: What rows were before this epoch or an earlier one may be forgotten.
        forgotten: Up to here it surely is.
        mark: An epoch, and when it was known to have ended, epoch milliseconds.
        due: The epoch up to which the next writer has to forget.
        schema: How often tables were declared anew.
        token: Of whom writes now; None where nobody does.
        place: Where that is: machine and process.
        beat: A count that goes on as long as the writer lives.
        stale: Keys of rows of the log that nobody needs.
    """

    seen: int = 0
    void: Mapping[int, int] = field(factory=dict)
    repair: tuple[int, ...] = ()
    horizon: int = 0
    forgotten: int = 0
    mark: tuple[int, int] = (0, 0)
    due: int = 0
    schema: int = 0
    token: str | None = None
    place: str = ""
    beat: str = ""
    stale: tuple[Key, ...] = ()

    def view(self) -> View:
        """Return what a reader sees who begins now."""
        return self.view_of(self.seen)

    def view_of(self, epoch: int) -> View:
        """Return what one sees up to an epoch."""
        since = max(self.void.values(), default=0)
        return View(epoch, frozenset(self.void), _now() - since < _LATE)


@frozen
class View:
    """Say which rows one sees.

    Args:
        epoch: The last one whose rows are seen.
        void: Epochs whose rows are not seen.
        doubts: Whether something void may stand where a row is looked for.
    """

    epoch: int
    void: frozenset[int]
    doubts: bool

    def sees(self, epoch: Any) -> bool:
        """Say whether what an epoch wrote is seen."""
        return epoch <= self.epoch and epoch not in self.void


@define
class Timing:
    """Say how long things may take, in seconds.

    Args:
        lease: After so long without a sign of life a writer counts as dead.
        patience: So long one waits for another writer.
        retention: So long a reader may take while others write.
        clock: A clock that never goes back.
        sleep: How to wait.
    """

    lease: float = 15.0
    patience: float = 30.0
    retention: float = 600.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@define
class Log:
    """Read and write the log of epochs.

    Args:
        inner: The store.
        timing: How long things may take.
        alone: Only this process uses the store, so the log is read once.
    """

    inner: Backend
    timing: Timing
    alone: bool
    _name: str = field(factory=lambda: uuid4().hex)
    _known: State | None = None
    _begun: float = 0.0
    _beats: int = 0
    _heart: Event = field(factory=Event)

    # ── reading ──────────────────────────────────────────────────────────────

    def state(self) -> State:
        """Return how far the runs are."""
        if not self.alone:
            return self._read()
        if self._known is None:
            self._known = self._read()
        return self._known

    def _read(self) -> State:
        found: dict[tuple[int, str], str] = {}
        for batch in self.inner.scan(EPOCHS):
            for epoch, step, value in batch.rows():
                found[integer(epoch), str(step)] = str(value)
        seen = max((epoch for epoch, step in found if step == "ended"), default=0)
        ended = json.loads(found[seen, "ended"]) if seen else {}
        begun = json.loads(found.get((seen + 1, "begun"), "{}"))
        return State(
            seen=seen,
            void=dict(ended.get("void", ())),
            repair=tuple(ended.get("repair", ())),
            horizon=max(ended.get("horizon", 0), begun.get("horizon", 0)),
            forgotten=ended.get("forgotten", 0),
            mark=tuple(ended.get("mark", (0, 0))),
            due=ended.get("due", 0),
            schema=ended.get("schema", 0),
            token=begun.get("token"),
            place=begun.get("place", ""),
            beat=found.get((seen + 1, "beat"), ""),
            stale=tuple(key for key in found if key[0] < seen - _KEPT),
        )

    # ── writing ──────────────────────────────────────────────────────────────

    def begin(self) -> State:
        """Wait until nobody else writes, begin an epoch, and return the state before it.

        Raises:
            StoreLockedError: Others wrote for too long.
        """
        wait = _Wait(self.timing)
        while True:
            state = self.state()
            if state.token is None:
                state = evolve(state, horizon=self._horizon(state))
                if self._claim(state):
                    return state
            elif self._abandoned(state) or wait.dead(state):
                self._insert(state.seen + 1, "ended", _void(state))
            else:
                wait.once(state)

    def _horizon(self, state: State) -> int:
        old = _now() - state.mark[1] > self.timing.retention * 1000
        return max(state.horizon, state.due, state.mark[0] if old else 0)

    def _claim(self, state: State) -> bool:
        token, epoch = f"{self._name}-{uuid4().hex}", state.seen + 1
        place = "" if self.alone else _place()
        said = {"token": token, "place": place, "horizon": state.horizon}
        self._begun = self.timing.clock()
        if not self._insert(epoch, "begun", said):
            return False
        if len(state.stale) > _STALE:
            self.inner.delete(EPOCHS, state.stale)
        return True

    def _abandoned(self, state: State) -> bool:
        """Say whether whoever began an epoch is certainly gone."""
        own = str(state.token).startswith(self._name)
        return self.alone or own or _dead(state.place)

    def end(self, before: State, *, void: bool = False, **said: Any) -> bool:
        """Decide how the epoch after a state ended; False where somebody else did already.

        Args:
            before: What :meth:`begin` returned.
            void: Nothing of it counts.
            **said: What else the state is from now on.
        """
        self.rest()
        epoch = before.seen + 1
        value = _void(before) if void else _done(before, said)
        try:
            return self._insert(epoch, "ended", value)
        finally:
            self._known = None

    def done(self, before: State) -> bool | None:
        """Say whether the epoch after a state counts; None while nobody has decided."""
        row = self.inner.get(EPOCHS, [(before.seen + 1, "ended")])[0]
        return None if row is None else "done" in json.loads(str(row["value"]))

    def _insert(self, epoch: int, step: str, value: dict[str, Any]) -> bool:
        self._known = None
        row: Row = {"epoch": epoch, "step": step, "value": json.dumps(value)}
        try:
            with self.inner.transaction():  # a store may take that for "to the disk"
                self.inner.load(EPOCHS, [Batch.from_dicts([row], EPOCHS.names)])
        except InputError:
            return False
        return True

    # ── the lease ────────────────────────────────────────────────────────────

    def check(self, before: State) -> None:
        """Make sure that one still may write, as far as one can know beforehand.

        Raises:
            TransientStoreError: Another writer took over.
        """
        if not self.alone and self.timing.clock() - self._begun > self.timing.lease / 2:
            self._beat(before)

    def _beat(self, before: State) -> None:
        self._beats += 1
        epoch = before.seen + 1
        self.inner.put(EPOCHS, [{"epoch": epoch, "step": "beat", "value": str(self._beats)}])
        if self.done(before) is not None:
            raise lost()
        self._begun = self.timing.clock()

    def live(self, before: State) -> None:
        """Give signs of life in the background until the epoch ends."""
        if self.alone:
            return
        self._heart = Event()
        Thread(target=self._live, args=(before, self._heart), daemon=True).start()

    def rest(self) -> None:
        """Give no more signs of life."""
        self._heart.set()

    def _live(self, before: State, heart: Event) -> None:
        while not heart.wait(self.timing.lease / 5):
            with suppress(StoreError):  # the writer itself meets it too
                self._beat(before)


class _Wait:
    """Wait for another writer, and notice when it gives no sign of life."""

    def __init__(self, timing: Timing) -> None:
        self.timing = timing
        self.last: tuple[str | None, str] = ("", "")
        self.since = self.begun = timing.clock()
        self.pause = 0.002

    def dead(self, state: State) -> bool:
        """Say whether the writer gave no sign of life for too long."""
        now = self.timing.clock()
        if self.last != (state.token, state.beat):
            self.last, self.since = (state.token, state.beat), now
        return now - self.since >= self.timing.lease

    def once(self, state: State) -> None:
        """Wait a little.

        Raises:
            StoreLockedError: It was too long altogether.
        """
        waited = self.timing.clock() - self.begun
        if waited > self.timing.patience:
            raise StoreLockedError(
                f"another process has been writing to this base for {waited:.0f} seconds; "
                "try again later",
                place=state.place,
            )
        self.timing.sleep(self.pause)
        self.pause = min(self.pause * 1.5, _SELDOM / (1 + waited))  # who came first asks more


def lost() -> TransientStoreError:
    """Return the error of a writer that others took for dead."""
    return TransientStoreError(
        "another process took over, since this one gave no sign of life for too long; "
        "nothing of this run counts, run it again"
    )


def _carried(state: State) -> dict[str, Any]:
    return {
        "void": list(state.void.items()),
        "repair": list(state.repair),
        "horizon": state.horizon,
        "forgotten": state.forgotten,
        "mark": list(state.mark),
        "due": state.due,
        "schema": state.schema,
    }


def _done(before: State, said: dict[str, Any]) -> dict[str, Any]:
    epoch, passed = before.seen + 1, before.mark[0] <= before.horizon
    mark = [epoch, _now()] if passed else list(before.mark)
    carried = {**_carried(before), "repair": [], "due": 0, "forgotten": before.horizon}
    return {**carried, "mark": mark, "done": True, **said}


def _void(before: State) -> dict[str, Any]:
    epoch = before.seen + 1
    said = _carried(before)
    void, repair = [*said["void"], (epoch, _now())], [*said["repair"], epoch]
    return {**said, "void": void, "repair": repair, "schema": before.schema + 1}


def _now() -> int:
    return time.time_ns() // 1_000_000


def _machine() -> str:
    """Return what tells this machine, or the container on it, from others."""
    try:
        space: Sequence[object] = [Path("/proc/self/ns/pid").stat().st_ino]
    except OSError:
        space = []
    return "/".join(map(str, [platform.node(), *space]))


def _place() -> str:
    return f"{_machine()} {os.getpid()}"


def _dead(place: str) -> bool:
    """Say whether a process of this machine is certainly gone."""
    machine, _, number = place.rpartition(" ")
    if os.name != "posix" or machine != _machine() or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
