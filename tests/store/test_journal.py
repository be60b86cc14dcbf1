"""Runs are atomic on a store that changes one row at a time, whatever happens in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import attrs
import pytest

from customerkit.errors import (
    CapabilityError,
    StoreLockedError,
    TransientStoreError,
)
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Column, Table
from customerkit.store._journal_log import Timing
from customerkit.store._journal_tables import EPOCHS, NOTES
from customerkit.store.journal import Journal
from customerkit.store.protocol import Backend, Cond
from customerkit.testing import FaultyBackend
from customerkit.testing.data import PEOPLE, TABLES, VISITS, WIDER, WORDS, person, row_of
from customerkit.testing.helpers import scanned
from customerkit.testing.plain import OneByOne, Plain, Unswapped

SCANNED = (PEOPLE, WORDS, VISITS)


def _alone() -> Plain:
    store = Unswapped()
    store.capabilities = attrs.evolve(store.capabilities, multi_process=False)
    return store


# ── what happens to a run ────────────────────────────────────────────────────


class Death(BaseException):
    """End a process where it stands."""


class Clock:
    """Let time pass only by waiting, and so slowly that no heart beats in between."""

    def __init__(self) -> None:
        self.now = 0.0

    def timing(self) -> Timing:
        return Timing(1_000, 9_000, clock=lambda: self.now, sleep=self.sleep)

    def sleep(self, seconds: float) -> None:
        self.now += max(seconds, 300.0)


def filled(store: Plain) -> Plain:
    """Put some rows into a store, and let a run that was cut off stand in it."""
    journal = Journal(store, Clock().timing())
    journal.ensure(TABLES)
    journal.put(PEOPLE, [person(n, name=f"n{n}", city="Leeds") for n in range(1, 6)])
    journal.load(VISITS, [Batch.from_columns({"place": ["a", "a", "b"], "number": [1, 2, 1]})])
    journal.delete(PEOPLE, [5])
    return store


def run(journal: Backend, name: str = "new") -> None:
    """Do everything that a run may do, to old rows and to its own."""
    with journal.transaction():
        journal.put(PEOPLE, [person(1, name=name), person(7, name=name)])
        journal.delete(PEOPLE, [5, 9])
        journal.load(PEOPLE, [Batch.from_columns({"person_id": [5, 8, 9], "name": [name] * 3})])
        journal.delete(PEOPLE, [2, 8])
        journal.put(PEOPLE, [person(9, name=name, city="Bath")])
        journal.load(PEOPLE, [Batch.from_columns({"person_id": [2], "name": [name]})])
        journal.delete(VISITS, [("a", 2), (name, 7)])
        journal.load(VISITS, [Batch.from_columns({"place": [name, name], "number": [7, 8]})])
        journal.delete(VISITS, [(name, 8)])
        journal.purge(PEOPLE, [3])
        journal.put(WORDS, [row_of(WORDS, word=name)])


def contents(store: Backend) -> list[list[Row]]:
    """Return what a process sees that looks now, in whole and by conditions."""
    journal = Journal(store, Clock().timing())
    found = [scanned(journal, table) for table in SCANNED]
    people = {row["person_id"]: row for row in found[0]}
    numbers = list(range(10))
    assert journal.get(PEOPLE, numbers) == [people.get(number) for number in numbers]
    for where in ([Cond("city", "eq", "Leeds")], [Cond("name", "prefix", "n")]):
        assert scanned(journal, PEOPLE, where) == [
            row for row in found[0] if all(_holds(row, cond) for cond in where)
        ]
    assert scanned(journal, PEOPLE, limit=2) == found[0][:2]
    return found


def _holds(row: Row, cond: Cond) -> bool:
    value = str(row[cond.field] or "")
    return value.startswith(cond.value) if cond.op == "prefix" else value == cond.value


def states(*names: str) -> list[list[list[Row]]]:
    """Return the contents before and after runs."""
    store = filled(Plain())
    found = [contents(store)]
    for name in names:
        run(Journal(store, Clock().timing()), name)
        found.append(contents(store))
    return found


def wrapped(inner: Backend) -> Backend:
    return inner


STORES: list[tuple[Callable[[], Plain], Callable[[Backend], Any]]] = [
    (Plain, OneByOne),
    (Plain, wrapped),
    (_alone, wrapped),
]
every_store = pytest.mark.parametrize(("make", "wrap"), STORES, ids=["rows", "swaps", "alone"])
BEFORE, AFTER, LATER = states("new", "other")
OTHER = states("other")[1]


def broken(
    make: Callable[[], Plain], wrap: Callable[[Backend], Any]
) -> Iterator[tuple[int, Plain, FaultyBackend, Journal]]:
    """Yield a filled store and a journal on it, for each operation of a run."""
    for number in count(1):
        store = filled(make())
        faulty = FaultyBackend(store)
        yield number, store, faulty, Journal(wrap(faulty), Clock().timing())
        if not faulty.raised:
            assert number > 20
            return


def dies(wrap: Callable[[Backend], Any], store: Plain) -> None:
    """Let a process die in the middle of a run."""
    dying = FaultyBackend(store)
    dying.fail(40, Death(), lasting=True)
    with suppress(Death):
        run(Journal(wrap(dying), Clock().timing()), "dead")
    assert contents(store) == BEFORE


def next_run(store: Plain, found: list[list[Row]]) -> None:
    """Show that the next process goes on from what it found, and the one after it."""
    run(Journal(store, Clock().timing()), "other")
    assert contents(store) == (LATER if found == AFTER else OTHER)
    Journal(store, Clock().timing()).delete(WORDS, ["other"])
    assert contents(store)[1] == [row for row in found[1] if row["word"] == "new"]


@every_store
def test_a_process_that_dies_leaves_old_or_new(
    make: Callable[[], Plain], wrap: Callable[[Backend], Any]
) -> None:
    left = []
    for number, store, faulty, journal in broken(make, wrap):
        faulty.fail(number, Death(), lasting=True)
        with suppress(Death):
            run(journal)
        found = contents(store)
        assert found in (BEFORE, AFTER), f"half a run after {number} operations"
        left.append(found == AFTER)
        next_run(store, found)
    assert left == sorted(left)
    assert set(left) == {False, True}


@every_store
def test_one_that_dies_while_it_repairs_leaves_old(
    make: Callable[[], Plain], wrap: Callable[[Backend], Any]
) -> None:
    for number, store, faulty, journal in broken(make, wrap):
        dies(wrap, store)
        faulty.fail(number, Death(), lasting=True)
        with suppress(Death):
            run(journal)
        found = contents(store)
        assert found in (BEFORE, AFTER), f"half a run after {number} operations"
        next_run(store, found)
        assert "dead" not in str([store.rows[table.name] for table in SCANNED])


@every_store
@pytest.mark.parametrize("error", [TransientStoreError("a fault"), KeyboardInterrupt()])
def test_an_error_leaves_old_or_new_and_comes_out(
    make: Callable[[], Plain], wrap: Callable[[Backend], Any], error: BaseException
) -> None:
    for number, store, faulty, journal in broken(make, wrap):
        faulty.fail(number, error)
        caught: BaseException | None = None
        try:
            run(journal)
        except type(error) as raised:
            caught = raised
        found = contents(store)
        if caught is None:  # all went well, or the journal found out that it did
            assert found == AFTER
            if not faulty.raised:
                return
        else:
            assert error in (caught, caught.__cause__)
            assert found in (BEFORE, AFTER), f"half a run after {number} operations"
        run(journal, "other")
        assert contents(store) == (LATER if found == AFTER else OTHER)


@pytest.mark.parametrize("wrap", [OneByOne, wrapped])
@pytest.mark.parametrize("repairing", [False, True])
def test_a_writer_that_was_taken_for_dead_changes_nothing_any_more(
    wrap: Callable[[Backend], Any], repairing: bool
) -> None:
    ends = []
    for number, store, faulty, journal in broken(Plain, wrap):
        if repairing:
            dies(wrap, store)

        def take_over(store: Plain = store, journal: Journal = journal) -> None:
            clock = Clock()
            run(Journal(store, clock.timing()), "other")
            journal._log.timing.sleep(clock.now)  # the paused one finds that time has passed

        faulty.meanwhile(number, take_over)
        error: TransientStoreError | None = None
        try:
            run(journal)
        except TransientStoreError as caught:
            error = caught
        found = contents(store)
        if error is not None:
            assert found == OTHER, f"a paused writer wrote after {number} operations"
            assert "took over" in str(error)
        ends.append(found)
        run(Journal(store, Clock().timing()), "last")
        assert {"word": "last", "note": None} in contents(store)[1]
    assert all(found in (AFTER, LATER, OTHER, states("other", "new")[2]) for found in ends)
    assert OTHER in ends


@pytest.mark.parametrize("wrap", [OneByOne, wrapped])
def test_a_late_write_finds_nothing_that_others_left_alone(
    wrap: Callable[[Backend], Any],
) -> None:
    ends = []
    for number, store, faulty, journal in broken(Plain, wrap):

        def elsewhere(store: Plain = store) -> None:
            """Take over, write other rows, and forget what these rows were."""
            other = Journal(store, Clock().timing())
            other.put(WORDS, [row_of(WORDS, word="other")])
            other.purge(WORDS, ["other"])

        faulty.meanwhile(number, elsewhere)
        try:
            run(journal)
        except TransientStoreError:
            ends.append(BEFORE)
        else:
            ends.append(AFTER)
        assert contents(store) == ends[-1], f"a paused writer wrote after {number} operations"
        Journal(store, Clock().timing()).purge(WORDS, ["other"])
        assert contents(store) == ends[-1]
    assert BEFORE in ends
    assert AFTER in ends


@every_store
def test_readers_see_all_of_a_run_or_nothing(
    make: Callable[[], Plain], wrap: Callable[[Backend], Any]
) -> None:
    seen = []
    for number, store, faulty, journal in broken(make, wrap):
        faulty.meanwhile(number, lambda store=store: seen.append(contents(store)))  # type: ignore[misc]
        run(journal)
        assert contents(store) == AFTER
    assert all(found in (BEFORE, AFTER) for found in seen)
    assert [found == AFTER for found in seen] == sorted(found == AFTER for found in seen)
    assert BEFORE in seen
    assert AFTER in seen


@pytest.mark.parametrize("wrap", [OneByOne, wrapped])
@pytest.mark.parametrize("beside_a_dead", [False, True])
def test_a_slow_reader_sees_what_was_there_when_it_began(
    wrap: Callable[[Backend], Any], beside_a_dead: bool
) -> None:
    reads: list[Callable[[Backend], Any]] = [
        lambda store: scanned(store, PEOPLE),
        lambda store: scanned(store, PEOPLE, [Cond("city", "eq", "Leeds")]),
        lambda store: scanned(store, PEOPLE, after=1, limit=3),
        lambda store: store.get(PEOPLE, [1, 2, 3, 5, 7, 8, 9]),
        lambda store: scanned(store, VISITS, [Cond("place", "eq", "a")]),
    ]
    for read in reads:
        store = filled(Plain())
        right = [read(Journal(store))]
        for name in ("new", "other"):
            run(Journal(store, Clock().timing()), name)
            right.append(read(Journal(store)))
        assert right[0] != right[1]
        for number in count(1):
            store = filled(Plain())
            if beside_a_dead:
                dies(wrapped, store)
            faulty = FaultyBackend(store)
            reader = Journal(wrap(faulty), Clock().timing())
            with suppress(TransientStoreError):  # what it began with was purged meanwhile

                def write(store: Plain = store) -> None:
                    run(Journal(store, Clock().timing()), "new")
                    run(Journal(store, Clock().timing()), "other")

                faulty.meanwhile(number, write)
                assert read(reader) in right, f"half a run after {number} operations"
            if not faulty.raised:
                break
        assert number > 3


def test_a_slow_reader_takes_no_older_version_for_the_last_one() -> None:
    leeds = [Cond("city", "eq", "Leeds")]
    for number in count(1):
        store = filled(Plain())
        dies(wrapped, store)  # so that readers look at what rows were
        journal = Journal(store, Clock().timing())
        journal.put(PEOPLE, [person(1, city="Bath")])
        faulty = FaultyBackend(store)
        faulty.meanwhile(number, lambda j=journal: j.put(PEOPLE, [person(1, city="York")]))  # type: ignore[misc]
        found = scanned(Journal(faulty, Clock().timing()), PEOPLE, leeds)
        assert [row["person_id"] for row in found] == [2, 3, 4], f"after {number} operations"
        if not faulty.raised:
            break
    assert number > 5


# ── what stays of it ─────────────────────────────────────────────────────────


def kept(store: Plain, table: Table) -> list[Row]:
    """Return the rows of a table as they lie in the store."""
    return list(store.rows[table.name].values()) if table.name in store.rows else []


def test_what_was_purged_is_forgotten_when_the_transaction_has_ended() -> None:
    store = filled(Plain())
    journal = Journal(store, Clock().timing())
    with journal.transaction():
        journal.put(PEOPLE, [person(1, name="Zerlinda")])
        journal.put(PEOPLE, [person(1, name="Somebody")])
    journal.put(PEOPLE, [person(1, name="Ann")])
    journal.purge(PEOPLE, [1])
    held = str(store.rows)
    assert "Zerlinda" not in held
    assert "Ann" not in held
    assert 1 not in store.rows[PEOPLE.name]
    assert kept(store, NOTES) == []
    assert len(kept(store, EPOCHS)) < 30


def test_rows_before_are_forgotten_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(Plain())
    journal = Journal(store, Clock().timing())
    run(journal)
    after = contents(store)
    hour = 3_600_000
    now = 10 * hour
    monkeypatch.setattr("customerkit.store._journal_log._now", lambda: now)
    for _ in range(4):
        run(journal)
        journal.delete(PEOPLE, [4])
        journal.put(PEOPLE, [person(4, name="n4", city="Leeds")])
        now += hour
    held = store.rows["past_kit_people"].values()
    assert held
    assert min(int(str(row["epoch_"])) for row in held) > 10
    assert 4 in store.rows[PEOPLE.name]
    assert contents(store) == after


def test_a_log_of_many_runs_stays_short() -> None:
    store = filled(Plain())
    journal = Journal(store, Clock().timing())
    for number in range(100):
        journal.put(WORDS, [row_of(WORDS, word=f"{number}")])
    assert len(kept(store, EPOCHS)) < 60
    assert len(scanned(journal, WORDS)) == 100


def test_rows_that_are_loaded_are_written_once() -> None:
    store = filled(Plain())
    journal = Journal(store)
    journal.load(PEOPLE, [Batch.from_columns({"person_id": list(range(100, 1100))})])
    assert len(kept(store, PEOPLE)) == 5 + 1000
    assert len(store.rows["past_kit_people"]) < 10


def test_a_writer_waits_and_then_says_who_writes() -> None:
    store = filled(Plain())
    clock = Clock()
    one, other = Journal(store, clock.timing()), Journal(store, clock.timing())
    other._log.timing.lease = 10**6
    with one.transaction(), pytest.raises(StoreLockedError, match="has been writing") as caught:
        other.put(WORDS, [row_of(WORDS, word="a")])
    assert caught.value.place
    other.put(WORDS, [row_of(WORDS, word="a")])


def test_who_waits_longer_asks_more_often() -> None:
    store = filled(Plain())
    clock, pauses = Clock(), []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        clock.now += seconds

    timing = Timing(10**6, 30, clock=lambda: clock.now, sleep=sleep)
    one, other = Journal(store, clock.timing()), Journal(store, timing)
    with one.transaction(), pytest.raises(StoreLockedError):
        other.put(WORDS, [row_of(WORDS, word="a")])
    longest = pauses.index(max(pauses))
    assert pauses[:longest] == sorted(pauses[:longest])
    assert pauses[longest:] == sorted(pauses[longest:], reverse=True)
    assert pauses[-1] < max(pauses) / 5


def test_a_dead_process_of_this_machine_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(Plain())
    faulty = FaultyBackend(store)
    monkeypatch.setattr("os.getpid", lambda: 2**22 + 1)  # beyond what any process is called
    journal = Journal(faulty, Clock().timing())
    faulty.fail(20, Death(), lasting=True)
    with suppress(Death):
        run(journal)
    clock = Clock()
    run(Journal(store, clock.timing()))
    assert clock.now == 0
    assert contents(store) == AFTER


def test_a_commit_of_which_nobody_was_told_counts() -> None:
    class Deaf(Plain):
        """Lose the answer of the store to what ends an epoch."""

        def load(self, table: Table, batches: Any) -> int:
            (batch,) = batches
            done = super().load(table, [batch])
            if table == EPOCHS and batch.column("step") == ["ended"]:
                raise TransientStoreError("the connection is lost")
            return done

    store = filled(Plain())
    deaf = Deaf()
    deaf.rows, deaf.names = store.rows, store.names
    run(Journal(deaf, Clock().timing()))
    assert contents(store) == AFTER


def test_a_write_that_arrives_after_its_run_failed_counts_nothing() -> None:
    class Slow(Plain):
        """Say that the connection is lost, and write only later."""

        def load(self, table: Table, batches: Any) -> int:
            held = list(batches)
            if table.name != PEOPLE.name:
                return super().load(table, held)
            self.later = lambda: Plain.load(self, table, held)
            raise TransientStoreError("the connection is lost")

    store = filled(Plain())
    slow = Slow()
    slow.rows, slow.names = store.rows, store.names
    with pytest.raises(TransientStoreError, match="the connection is lost"):
        run(Journal(slow, Clock().timing()))
    assert contents(store) == BEFORE
    slow.delete(PEOPLE, [5])  # a mark of what was deleted long ago would stand in its way
    slow.later()
    assert contents(store) == BEFORE
    run(Journal(store, Clock().timing()))
    assert contents(store) == AFTER


def test_columns_that_another_process_added_survive_a_rollback() -> None:
    store = filled(Plain())
    old = Journal(store, Clock().timing())
    old.put(WORDS, [row_of(WORDS, word="a")])
    new = Journal(store, Clock().timing())
    new.ensure([WIDER])
    new.put(WIDER, [row_of(WIDER, person_id=1, nickname="Annie")])
    with suppress(RuntimeError), old.transaction():
        old.put(PEOPLE, [person(1, name="changed")])
        raise RuntimeError
    assert new.get(WIDER, [1]) == [row_of(WIDER, person_id=1, nickname="Annie")]


def test_names_that_the_journal_needs_are_refused() -> None:
    table = Table("odd", (Column("name"), Column("epoch_")), key=("name",))
    with pytest.raises(CapabilityError, match="odd has columns"):
        Journal(Plain()).ensure([table])
