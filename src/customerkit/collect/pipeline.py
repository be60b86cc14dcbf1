"""Collect one source: read, recognise, tell new from known, append as one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from attrs import asdict, define, field, frozen

from customerkit.collect.formats import Chunk, Source, Trouble
from customerkit.collect.identity import Known
from customerkit.collect.recognise import Recognition
from customerkit.collect.records import ERASED, Layout, Maker, Parties, shift
from customerkit.collect.typed import Unreadable, millis
from customerkit.markup import facts, joined, tag
from customerkit.model.batch import Batch
from customerkit.model.likeness import Likeness
from customerkit.model.log import Run
from customerkit.model.table import Table
from customerkit.model.tables import ACTIVITIES, QUARANTINE, RECORDS
from customerkit.store.suppress import Suppression
from customerkit.store.unit import RunWriter, UnitOfWork, details

Progress = Callable[[int], None]


@frozen
class Collected:
    """Tell what collecting a source did.

    Args:
        run_id: The run, or None when nothing was new.
        kind: What the source holds.
        rows: Rows read.
        records: Customer records appended.
        activities: Activity rows appended.
        known: Rows said before, not appended again.
        quarantined: Rows that could not be read.
        ownerless: Activity rows that name no customer.
        suppressed: Rows about erased people, dropped.
        mapping: Source column → field.
        notes: What a person should know.
        same_as: The run that collected the same file before.
        similar: Record → the customers that it most likely speaks of, the likeliest first,
            where that was asked.
    """

    run_id: int | None
    kind: str
    rows: int = 0
    records: int = 0
    activities: int = 0
    known: int = 0
    quarantined: int = 0
    ownerless: int = 0
    suppressed: int = 0
    mapping: Mapping[str, str] = field(factory=dict)
    notes: tuple[str, ...] = ()
    same_as: int | None = None
    similar: Mapping[int, Sequence[Likeness]] = field(factory=dict)

    def __str__(self) -> str:
        if self.same_as is not None:
            return f"nothing new: run {self.same_as} collected the same file"
        parts = [f"{self.rows:,} rows of {self.kind}"]
        for name in ("records", "activities", "known", "quarantined", "ownerless", "suppressed"):
            if getattr(self, name):
                parts.append(f"{getattr(self, name):,} {name}")
        return "\n".join([f"run {self.run_id}: " + ", ".join(parts), *self._likely()])

    def _likely(self) -> Iterator[str]:
        for record, (best, *_) in self.similar.items():
            yield f"  record {record} is most likely {best.customer} ({best.probability:.1%})"

    def _repr_html_(self) -> str:
        said = facts({"mapping": ", ".join(f"{a} → {b}" for a, b in self.mapping.items())})
        return joined([tag("b", str(self)), said, *(tag("p", note) for note in self.notes)])


@define
class _Tally:
    rows: int = 0
    records: int = 0
    activities: int = 0
    known: int = 0
    quarantined: int = 0
    ownerless: int = 0
    suppressed: int = 0


@define
class Collection:
    """Collect one source into a base.

    Args:
        unit: The store with its log.
        source: What is read.
        recognition: What its columns mean.
        channel: Who speaks.
        space: Whose external ids the source carries.
        currency: Of purchase lines that name none.
        suppression: People who were erased.
        progress: Called with the number of rows of each chunk.
        keep: Called with the run and each batch of records that was appended.
        tally: What was counted so far.
        facts: More to log with the run.
    """

    unit: UnitOfWork
    source: Source
    recognition: Recognition
    channel: str
    space: str
    suppression: Suppression
    currency: str | None = None
    progress: Progress = lambda rows: None
    keep: Callable[[int, Batch], None] = lambda run_id, batch: None
    tally: _Tally = field(factory=_Tally)
    facts: dict[str, Any] = field(factory=dict)
    _troubles: list[Trouble] = field(factory=list)

    @property
    def kind(self) -> str:
        """Return what the source holds."""
        return self.recognition.kind

    @property
    def table(self) -> Table:
        """Return where its rows go."""
        return ACTIVITIES.get(self.kind, RECORDS)

    def targets(self) -> dict[str, str]:
        """Return source column → field."""
        return {column: target.field for column, target in self.recognition.columns.items()}

    def earlier(self) -> list[Run]:
        """Return the runs of this channel that count, oldest first."""
        runs = self.unit.runs(channel=self.channel)
        return [run for run in runs if run.undone_by is None and run.verb in ("collect", "replay")]

    def same(self, earlier: Sequence[Run]) -> int | None:
        """Return the run that collected the same bytes with the same mapping."""
        for run in earlier:
            if run.digest is None or details(run).get("mapping") != self.targets():
                continue
            if run.digest == self.source.digest:
                return run.run_id
        return None

    def run(self, verb: str = "collect", **log: Any) -> Collected:
        """Append what is new as one run, or nothing when the file is known."""
        earlier = self.earlier()
        same = self.same(earlier)
        if same is not None and verb == "collect":
            return Collected(None, self.kind, mapping=self.targets(), same_as=same)
        hints = self._hints()
        log.setdefault("observed", self.source.modified)
        with (
            ThreadPoolExecutor(1) as beside,  # hashing a large file takes a while
            self.unit.run(verb, channel=self.channel, source=self.source.name, **log) as writer,
        ):
            digest = beside.submit(lambda: self.source.digest)
            layout = Layout.of(self.targets(), self.source.columns)
            maker = Maker(writer.run_id, layout, hints, self.currency)
            runs = frozenset(run.run_id for run in earlier)
            self._append(writer, maker, runs)
            self._quarantine(writer)
            writer.details |= {**self._facts(maker), **self.facts}
            writer.run.digest = digest.result()
        return Collected(
            writer.run_id,
            self.kind,
            mapping=self.targets(),
            notes=(*self.source.notes, *self.recognition.questions),
            **asdict(self.tally),
        )

    def _append(self, writer: RunWriter, maker: Maker, runs: frozenset[int]) -> None:
        known = Known(self.unit.backend, self.table, runs)
        if self.table is RECORDS:
            writer.append(RECORDS, self._records(writer, maker, known))
            return
        people = Known(self.unit.backend, RECORDS, runs)
        parties = Parties(maker, people, writer.take_records, self._allows)
        writer.append(self.table, self._activities(writer, maker, known, parties))
        self.tally.records = writer.append(RECORDS, parties.made)

    def _records(self, writer: RunWriter, maker: Maker, known: Known) -> Iterator[Batch]:
        for chunk in self._chunks():
            batch = maker.records(chunk.batch, chunk.positions)
            new = self._new(batch, known)
            self.tally.records += len(new)
            if len(new):
                numbered = _numbered(new, writer)
                self.keep(writer.run_id, numbered)
                yield numbered

    def _activities(
        self, writer: RunWriter, maker: Maker, known: Known, parties: Parties
    ) -> Iterator[Batch]:
        for chunk in self._chunks():
            said, positions = chunk.batch, chunk.positions
            batch, codes = maker.activities(said, positions)
            if codes:
                self._troubles += shift(chunk, codes)
                keep = [at not in codes for at in range(len(batch))]
                batch = batch.where(keep)
                said, positions = chunk.batch.where(keep), _kept(chunk.positions, keep)
            owners = parties.of(said, positions)
            batch = batch.with_columns({"party": owners})
            self.tally.suppressed += owners.count(ERASED)
            new = self._fresh(batch.where([owner != ERASED for owner in owners]), known)
            self.tally.activities += len(new)
            self.tally.ownerless += new.column("party").count(None)
            if len(new):
                yield _numbered(new, writer)

    def _chunks(self) -> Iterator[Chunk]:
        for chunk in self.source.chunks():
            self._troubles += chunk.troubles
            self.tally.rows += len(chunk.batch) + len(chunk.troubles)
            self.progress(len(chunk.batch))
            yield chunk

    def _new(self, batch: Batch, known: Known) -> Batch:
        batch = self._fresh(batch, known)
        allowed = self._allows(batch)
        self.tally.suppressed += allowed.count(False)
        return batch.where(allowed)

    def _fresh(self, batch: Batch, known: Known) -> Batch:
        fresh = known.fresh(batch)
        self.tally.known += fresh.count(False)
        return batch.where(fresh)

    def _allows(self, batch: Batch) -> list[bool]:
        return self.suppression.allows(batch, self.space)

    def _quarantine(self, writer: RunWriter) -> None:
        self.tally.quarantined = len(self._troubles)
        first = writer.run_id * 1_000_000
        rows = [
            {
                **asdict(trouble),
                "quarantine_id": first + at,
                "run_id": writer.run_id,
                "kind": self.kind,
                "state": "open",
            }
            for at, trouble in enumerate(self._troubles)
        ]
        self.unit.backend.put(QUARANTINE, rows)

    def _facts(self, maker: Maker) -> dict[str, Any]:
        counts = {name: count for name, count in asdict(self.tally).items() if count}
        return {
            "kind": self.kind,
            "mapping": self.targets(),
            "columns": list(self.source.columns),
            "fields": sorted(maker.layout.fields),
            "space": self.space,
            "currency": self.currency,
            "hints": maker.column_hints(),
            "counts": counts,
        }

    def _hints(self) -> dict[str, str]:
        """Read a column of times once before, where single values are ambiguous."""
        columns = {
            target.removeprefix("activity."): column
            for column, target in self.targets().items()
            if target.removeprefix("activity.") in ("occurred", "solved_at", "published")
        }
        if not columns or not self.source.rereadable:
            return {}
        doubtful: set[str] = set()
        evidence: dict[str, set[str]] = {name: set() for name in columns}
        for number, chunk in enumerate(self.source.chunks()):
            for name, column in columns.items():
                if column in chunk.batch.names:
                    _look(set(chunk.batch.column(column)), name, evidence, doubtful)
            if number == 0 and not doubtful:
                return {}
        return _resolved(evidence)


def _look(values: set[Any], name: str, evidence: dict[str, set[str]], doubtful: set[str]) -> None:
    from customerkit.roles import role

    said = {value for value in values if value}
    evidence[name] |= role("time").observe(said)
    if any(isinstance(millis(value), Unreadable) for value in said):
        doubtful.add(name)


def _resolved(evidence: Mapping[str, set[str]]) -> dict[str, str]:
    from customerkit.roles import role

    found = {name: role("time").resolve(frozenset(seen)) for name, seen in evidence.items()}
    return {name: hint for name, hint in found.items() if hint}


def _numbered(batch: Batch, writer: RunWriter) -> Batch:
    first = writer.take_records(len(batch))
    return batch.with_columns({"record_id": list(range(first, first + len(batch)))})


def _kept(positions: Sequence[int], keep: Sequence[bool]) -> list[int]:
    return [position for position, kept in zip(positions, keep, strict=True) if kept]
