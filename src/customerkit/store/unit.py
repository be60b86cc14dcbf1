"""The unit of work: every write is a run, atomic, logged and undoable."""

from __future__ import annotations

import getpass
import json
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from attrs import define, field

from customerkit.errors import NotFoundError, StoreVersionError
from customerkit.model.batch import Batch, Row, integer
from customerkit.model.log import Run
from customerkit.model.table import Table
from customerkit.model.tables import CUSTOMERS, HISTORY, META, RUNS, SCHEMA_VERSION, TABLES
from customerkit.store.protocol import Backend, Cond, Foresees, Read
from customerkit.store.registry import atomic

_DERIVED = frozenset({"version", "run_id"})
NEXT = "next"
"""The row of META that holds the base's counter: the numbers of the next run and record."""
MANY = "*"
"""Stands in the log for more customers than are worth listing."""
_LISTED = 1_000
_ADDS = frozenset({"collect", "replay", "update"})
"""Verbs after whose runs all that was read before still holds."""

State = tuple[int, int, int]
"""The next run, the next record, and a random mark that no other run leaves behind."""


def now() -> int:
    """Return the current time in epoch milliseconds."""
    return time.time_ns() // 1_000_000


def user() -> str | None:
    """Return who runs this process, where the machine knows."""
    with suppress(Exception):  # no user database in some containers
        return getpass.getuser()
    return None


def counters(row: Row | None) -> tuple[int, int]:
    """Return the numbers of the next run and the next record that the base's counter holds.

    Example:
        >>> counters({"name": NEXT, "value": "8,1001"}), counters(None)
        ((8, 1001), (1, 1))
    """
    if row is None:
        return 1, 1
    run_id, record_id = str(row["value"]).split(",")
    return int(run_id), int(record_id)


def ended(table: Table, rows: Iterable[Row]) -> int | None:
    """Return the number of the run that a write ends: its last write moves the counter.

    Args:
        table: Where rows are written to.
        rows: The rows.
    """
    if table.name == META.name:
        for row in rows:
            if row["name"] == NEXT:
                return counters(row)[0] - 1
    return None


@define
class RunWriter:
    """Write within one run; made by :meth:`UnitOfWork.run`.

    Args:
        backend: Where to.
        run: What the log will say.
        details: JSON-ready facts that are logged with the run.
        before: The state of the base when the run began.
    """

    backend: Backend
    run: Run
    details: dict[str, Any] = field(factory=dict)
    before: State = (1, 1, 0)
    _next_record: int = 1
    _changed: list[int] = field(factory=list)
    _many: bool = False

    @property
    def run_id(self) -> int:
        """Return the number of the run."""
        return self.run.run_id

    def take_records(self, count: int) -> int:
        """Reserve record numbers and return the first."""
        first, self._next_record = self._next_record, self._next_record + count
        if count:
            self.run.first_record = self.run.first_record or first
            self.run.last_record = first + count - 1
        return first

    def append(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append records; what a channel said is never overwritten."""
        return self.backend.load(table, batches)

    def new_customers(self, batches: Iterable[Batch]) -> int:
        """Append customers that did not exist before, as version 1."""
        count = self.backend.load(CUSTOMERS, (self._stamped(batch) for batch in batches))
        self._many = self._many or count > 0
        return count

    def _stamped(self, batch: Batch) -> Batch:
        ones = [1] * len(batch)
        return batch.with_columns({"version": ones, "run_id": [self.run_id] * len(batch)})

    def put_customers(
        self, rows: Sequence[Row], olds: Sequence[Row | None] | None = None
    ) -> list[Row]:
        """Write golden records that may exist, keeping what they were before.

        Args:
            rows: Customers without version and run.
            olds: What the store holds of them; read where not given.

        Returns:
            The rows that really changed, with their versions.
        """
        if olds is None:
            olds = self.backend.get(CUSTOMERS, [integer(row["customer_id"]) for row in rows])
        changed = []
        history: list[Row] = []
        for row, old in zip(rows, olds, strict=True):
            version = integer(old["version"]) if old else 0
            if old is not None and _same(row, old):
                continue
            changed.append({**row, "version": version + 1, "run_id": self.run_id})
            if old is not None:
                history.append(self._past(old, version))
        self.backend.put(CUSTOMERS, changed)
        self.backend.put(HISTORY, history)
        self.note(integer(row["customer_id"]) for row in changed)
        return changed

    def remove_customers(self, customers: Sequence[int]) -> None:
        """Take customers out that have no record any more, keeping what they were."""
        olds = [row for row in self.backend.get(CUSTOMERS, customers) if row is not None]
        self.backend.put(HISTORY, [self._past(old, integer(old["version"])) for old in olds])
        self.backend.delete(CUSTOMERS, customers)
        self.note(customers)

    def note(self, customers: Iterable[int]) -> None:
        """Note customers that the run changed, for those who follow the log."""
        self._changed.extend(customers)

    def changed(self) -> list[int]:
        """Return the customers changed so far, but for those of :meth:`new_customers`."""
        return sorted(set(self._changed))

    def _logged(self) -> str | None:
        if self._many or len(self._changed) > _LISTED:
            return MANY
        return " ".join(map(str, self.changed())) or None

    def _past(self, old: Row, version: int) -> Row:
        return {
            "customer_id": old["customer_id"],
            "version": version + 1,
            "run_id": self.run_id,
            "before": json.dumps(_compact(old), ensure_ascii=False),
        }


def _compact(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}


def _same(row: Row, old: Row) -> bool:
    return all(row.get(name) == old[name] for name in old if name not in _DERIVED)


class UnitOfWork:
    """Open runs on a backend and read their log.

    Args:
        backend: The store; its tables are created where missing. One without
            transactions gets a journal.

    Raises:
        StoreVersionError: A newer customerkit wrote this base.
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend = atomic(backend)
        self._seen: State | None = None
        self._era = 0
        self._open = False
        backend.ensure(TABLES)
        found = backend.get(META, ["schema"])[0]
        if found is not None and int(str(found["value"])) > SCHEMA_VERSION:
            raise StoreVersionError(
                "this base was written by a newer customerkit; upgrade customerkit to open it",
                found=found["value"],
                supported=SCHEMA_VERSION,
            )

    @contextmanager
    def run(self, verb: str, reads: Sequence[Read] = (), **log: Any) -> Iterator[RunWriter]:
        """Open a run: what is written inside is committed at its end, or nothing is.

        Args:
            verb: collect, clean, update, delete, erase, undo or replay.
            reads: What it will read first, where that is known.
            **log: Further fields of :class:`~customerkit.model.log.Run`.

        Yields:
            The writer.
        """
        if isinstance(self.backend, Foresees):
            self.backend.foresee([Read(META, NEXT), *reads])
        try:
            with self.backend.transaction():
                before = self.state()
                self._see(before)
                run = Run(run_id=before[0], verb=verb, recorded=now(), **log)
                writer = RunWriter(self.backend, run, before=before)
                writer._next_record = before[1]
                with self._opened():
                    yield writer
                    after = self._finish(writer)
        except BaseException:
            self._seen = None  # what was learned within the run never was
            raise
        self._seen = after
        self._era += verb not in _ADDS

    @contextmanager
    def _opened(self) -> Iterator[None]:
        self._open = True
        try:
            yield
        finally:
            self._open = False

    def state(self) -> State:
        """Return the state of the base, which no two runs leave the same.

        The number of a run that was rolled back, with whatever was around it, comes
        again; its mark does not.
        """
        row = self.backend.get(META, [NEXT])[0]
        return *counters(row), 0 if row is None else integer(row["version"])

    def era(self) -> int:
        """Return a number that moves when what was read before may hold no longer.

        It does when others wrote a run, when rules or decisions changed, and when a
        run seen here was rolled back.
        """
        if not self._open:  # else it was looked at when the run began, and nobody else writes
            self._see(self.state())
        return self._era

    def _see(self, state: State) -> None:
        if state != self._seen:
            self._seen = state
            self._era += 1

    def next_run(self) -> int:
        """Return the number of the next run, which every run moves on."""
        return self.state()[0]

    def records(self) -> int:
        """Return how many record numbers were given out."""
        return self.state()[1] - 1

    def _finish(self, writer: RunWriter) -> State:
        if writer.details:
            writer.run.details = json.dumps(writer.details, ensure_ascii=False, sort_keys=True)
        if writer.run.first_record is None:
            writer.run.cleaned_by = writer.run_id  # nothing of it waits for a clean run
        writer.run.changed = writer._logged()
        self.backend.put(RUNS, [_row(writer.run)])
        after = (writer.run_id + 1, writer._next_record, secrets.randbits(62))
        facts = [_fact(NEXT, f"{after[0]},{after[1]}", after[2])]
        if writer.run_id == 1:  # opening a base writes nothing into it
            facts.append(_fact("schema", str(SCHEMA_VERSION)))
        self.backend.put(META, facts)
        return after

    def amend(self, runs: Iterable[Run]) -> None:
        """Write runs again whose state changed: cleaned or undone."""
        self.backend.put(RUNS, list(map(_row, runs)))

    def runs(self, ids: Iterable[int] | None = None, **equals: Any) -> list[Run]:
        """Return runs of the log, oldest first.

        Args:
            ids: Only these.
            **equals: Only those whose fields have these values.
        """
        if ids is not None:
            found = self.backend.get(RUNS, sorted(set(ids)))
            return [_run(row) for row in found if row is not None]
        where = [Cond(name, "eq", value) for name, value in equals.items()]
        return [_run(row) for batch in self.backend.scan(RUNS, where) for row in batch.dicts()]

    def pending(self) -> list[Run]:
        """Return the runs that no clean run has taken in, oldest first."""
        where = [Cond("cleaned_by", "null", True)]
        return [_run(row) for batch in self.backend.scan(RUNS, where) for row in batch.dicts()]

    def one(self, run_id: int) -> Run:
        """Return one run.

        Raises:
            NotFoundError: There is no such run.
        """
        found = self.runs([run_id])
        if not found:
            raise NotFoundError(f"there is no run {run_id}; base.runs() lists them", run=run_id)
        return found[0]


def _fact(name: str, value: str, version: int = 1) -> Row:
    return {"name": name, "value": value, "version": version}


def _row(run: Run) -> Row:
    return {name: getattr(run, name) for name in RUNS.names}


def _run(row: Mapping[str, Any]) -> Run:
    return Run(**row)


def span(first: Run, last: Run | None = None, field: str = "record_id") -> list[Cond]:
    """Return the conditions of rows whose record a run brought, or one of several runs did.

    Args:
        first: The run, or the first of runs that follow each other.
        last: The last of them.
        field: The column that holds the record's number.
    """
    return [
        Cond(field, "ge", first.first_record or 0),
        Cond(field, "le", (last or first).last_record or -1),
    ]


def record_numbers(runs: Iterable[Run]) -> list[int]:
    """Return the numbers of the records that runs brought."""
    return [
        record
        for run in runs
        if run.first_record is not None and run.last_record is not None
        for record in range(run.first_record, run.last_record + 1)
    ]


def details(run: Run) -> dict[str, Any]:
    """Return the logged facts of a run."""
    return dict(json.loads(run.details)) if run.details else {}
