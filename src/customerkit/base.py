"""The customer base: every verb on one object."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from customerkit.clean.plan import Plan
from customerkit.clean.rules import default_ruleset
from customerkit.clean.settle import settle
from customerkit.collect.formats import open_source
from customerkit.collect.formats.objects import mapping as mapping_of
from customerkit.collect.pipeline import Collected, Collection
from customerkit.collect.quarantine import quarantined, replay, waiting
from customerkit.collect.recognise import explicit, recognise
from customerkit.errors import EmptyInputError, NotFoundError, UndoError
from customerkit.export import export
from customerkit.lookup import Explanation, Lookup
from customerkit.model.customer import Customer, check_reference
from customerkit.model.log import Run
from customerkit.model.tables import META, RULESETS
from customerkit.privacy.erase import erase
from customerkit.rules.derive import Deriver, Settled
from customerkit.rules.ruleset import Ruleset
from customerkit.rules.undo import Undoing
from customerkit.store.protocol import Backend
from customerkit.store.recent import Recent
from customerkit.store.registry import open_backend
from customerkit.store.suppress import Suppression
from customerkit.store.unit import RunWriter, UnitOfWork
from customerkit.totals import totals
from customerkit.update.decide import decide
from customerkit.update.edit import Edit, apply, check

if TYPE_CHECKING:
    from customerkit.analyze import Insights
    from customerkit.engine.frames import Frame
    from customerkit.score import Scores

Reference = str | int | tuple[str, str]


def open(url: str | os.PathLike[str] | Backend, *, actor: str | None = None) -> CustomerBase:  # noqa: A001 - the verb users type
    """Open a customer base, creating it where it does not exist.

    Args:
        url: ``customers.db``, ``sqlite:///path``, ``memory:``, any URL whose
            backend is installed, or a backend.
        actor: Who will be logged as the author of runs; the user by default.

    Returns:
        The base; a context manager.

    Example:
        >>> base = open("memory:")
        >>> base.collect([{"name": "Jane Doe", "email": "jane@example.com"}], channel="crm").records
        1
        >>> base.clean().created
        [1]
        >>> base.get("c-1").email
        'jane@example.com'
    """
    return CustomerBase(open_backend(url), actor=actor)


def _mappings(rows: Any) -> Iterable[Mapping[str, Any]]:
    if not hasattr(rows, "__arrow_c_stream__") and not hasattr(rows, "to_dict"):
        return map(mapping_of, rows)
    chunks = open_source(rows).chunks()
    return chain.from_iterable(chunk.batch.dicts() for chunk in chunks)


def _user() -> str | None:
    with suppress(Exception):  # no user database in some containers
        return getpass.getuser()
    return None


class CustomerBase:
    """Collect, clean, update, analyse and score customers in one store.

    Args:
        backend: Where rows live.
        actor: Logged as the author of runs.
    """

    def __init__(self, backend: Backend, *, actor: str | None = None) -> None:
        self.backend = backend
        self.actor = actor if actor is not None else _user()
        self.unit = UnitOfWork(backend)
        self._deriver: Deriver | None = None
        self._recent = Recent()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the store."""
        self.backend.close()

    def __repr__(self) -> str:
        return f"<CustomerBase on {type(self.backend).__name__}>"

    # ── collect ──────────────────────────────────────────────────────────────

    def collect(
        self,
        source: Any,
        *,
        channel: str,
        kind: str | None = None,
        mapping: Mapping[str, str | None] | None = None,
        external_ids: str | None = None,
        observed: int | None = None,
        currency: str | None = None,
        reason: str | None = None,
        progress: Callable[[int], None] | None = None,
        **reading: Any,
    ) -> Collected:
        """Collect what a channel says.

        Args:
            source: A file (CSV, TSV, JSON, JSON lines, Excel, Parquet), a frame
                (anything with ``__arrow_c_stream__``, pandas), or an iterable of
                dicts or attrs objects.
            channel: Who speaks, such as ``crm``.
            kind: customers, purchases, browsing, reviews or feedback; recognised
                by the header when not given.
            mapping: Column → field, for columns that the header does not tell;
                None ignores a column.
            external_ids: The channel whose customer ids the source carries, when
                that is not the channel itself.
            observed: When it was exported, epoch milliseconds; a file's time by default.
            currency: Of purchase lines that name none.
            reason: Logged with the run.
            progress: Called with the number of rows read since the last call.
            **reading: Options of the format: encoding, delimiter, sheet, format.

        Returns:
            Counts, the mapping, and the run.

        Raises:
            SourceError: The source cannot be read.
            MappingError: Nothing in it could be recognised.
        """
        opened = open_source(source, **reading)
        recognition = recognise(opened.columns, opened.sample(), kind=kind)
        if mapping is not None:
            recognition = explicit(mapping, recognition)
        recognition.check()
        collection = Collection(
            self.unit,
            opened,
            recognition,
            channel,
            external_ids or channel,
            Suppression(self.backend),
            currency,
            progress or (lambda rows: None),
            self._recent.add,
        )
        log: dict[str, Any] = {"actor": self.actor, "reason": reason}
        if observed is not None:
            log["observed"] = observed
        return collection.run(**log)

    def quarantine(self, run: int | None = None) -> list[dict[str, Any]]:
        """Return the rows that could not be read: code, line and original text."""
        return quarantined(self.unit, run)

    def replay(
        self, rows: Iterable[Mapping[str, Any]], *, reason: str | None = None
    ) -> list[Collected]:
        """Collect quarantined rows again after they were fixed.

        Args:
            rows: Mappings with ``quarantine_id`` and the fixed values by the column
                names of their source.
            reason: Logged with the runs.

        Returns:
            What was collected, for each of the runs the rows came from.

        Raises:
            NotFoundError: A row is not waiting in quarantine.
        """
        with self.backend.transaction():
            return [
                replay(self.unit, run, fixed, {"actor": self.actor, "reason": reason})
                for run, fixed in waiting(self.unit, rows)
            ]

    # ── clean ────────────────────────────────────────────────────────────────

    def rules(self) -> Ruleset:
        """Return the ruleset in force: that of the last clean run, else the default."""
        found = self.backend.get(META, ["rules"])[0]
        return self._ruleset(str(found["value"])) if found else default_ruleset()

    def _ruleset(self, version: str) -> Ruleset:
        if self._deriver is not None and self._deriver.ruleset.version == version:
            return self._deriver.ruleset
        found = self.backend.get(RULESETS, [version])[0]
        if found is None:
            raise NotFoundError(f"ruleset {version} is not in the base", version=version)
        return Ruleset.loads(str(found["value"]))

    def deriver(self) -> Deriver:
        """Return the derivation under the rules in force."""
        if self._deriver is None:
            self._deriver = Deriver(self.unit, self.rules())
        return self._deriver

    def plan(self, ruleset: Ruleset | None = None, *, reason: str | None = None) -> Plan:
        """Plan what cleaning would change, without writing.

        Args:
            ruleset: The rules; those in force by default. New rules look at every
                record again, rules in force only at what is new.
            reason: Logged when the plan is applied.

        Returns:
            The plan; show it, filter it, apply it.
        """
        rules = ruleset or self.rules()
        in_force = rules.version == self.rules().version
        runs = [
            run
            for run in (self.unit.pending() if in_force else self.unit.runs())
            if run.undone_by is None and run.first_record is not None
        ]
        log = {"actor": self.actor, "reason": reason}
        return Plan(self.unit, rules, runs, Deriver(self.unit, rules), log, recent=self._recent)

    def clean(self, ruleset: Ruleset | None = None, *, reason: str | None = None) -> Settled:
        """Clean what is new: plan and apply.

        Args:
            ruleset: The rules; those in force by default.
            reason: Logged with the run.

        Returns:
            The customers created, changed, merged and removed.
        """
        plan = self.plan(ruleset, reason=reason)
        if not plan.pending:
            return Settled()
        _, settled = plan.apply()
        self._deriver = Deriver(self.unit, plan.ruleset)
        return settled

    # ── update ───────────────────────────────────────────────────────────────

    def update(
        self,
        customer: Reference | Iterable[Mapping[str, Any]] | None = None,
        /,
        *,
        expected: int | None = None,
        channel: str | None = None,
        reason: str | None = None,
        **values: Any,
    ) -> Settled:
        """Update one customer, or many in one transaction.

        Args:
            customer: An id (``c-42``), an external id, ``(channel, external id)``,
                or rows: mappings with ``id`` (or ``customer_id``) and fields.
                None creates a customer.
            expected: The version the change is based on.
            channel: Who says so. By default a person, whose word is pinned: it
                wins until a person says otherwise. A channel's word competes.
            reason: Logged with the run.
            **values: Field → value. None and blank say nothing;
                :data:`customerkit.CLEARED` empties.

        Returns:
            The customers that changed.

        Raises:
            NotFoundError: No such customer.
            ConflictError: It is at another version.
            ValidationError: Every problem of the values.
        """
        edits = list(self._edits(customer, expected, values))
        check(edits)
        log = {
            "channel": channel or "manual",
            "actor": self.actor,
            "reason": reason,
            "details": '{"pinned": true}' if channel is None else None,
        }
        with self.unit.run("update", **log) as writer:
            if not writer.unchanged:
                self._deriver = None
            deriver = self.deriver()
            lookup = Lookup(self.unit, deriver)
            return apply(deriver, writer, [lookup.resolve(edit) for edit in edits])

    def _edits(
        self, customer: Any, expected: int | None, values: Mapping[str, Any]
    ) -> Iterator[Edit]:
        if customer is None or isinstance(customer, str | int | tuple):
            reference = None if customer is None else check_reference(customer)
            yield Edit(reference, values, expected)
            return
        for row in _mappings(customer):
            said = {**row, **values}
            reference = said.pop("id", None) or said.pop("customer_id", None)
            known = None if reference is None else check_reference(reference)
            version = said.pop("version", expected)
            yield Edit(known, said, None if version is None else int(str(version)))

    def merge(self, customer: Reference, other: Reference, *, reason: str | None = None) -> Settled:
        """Decide that two customers are one person; the younger redirects to the older.

        Rules never overrule it; :meth:`undo` takes it back.
        """
        numbers = self._number(customer), self._number(other)
        return self._decided("update", "same", reason, *numbers)

    def unmerge(self, record: int, other: int, *, reason: str | None = None) -> Settled:
        """Decide that two records are different people.

        Args:
            record: A record number, see :attr:`Customer.records`.
            other: Another one.
            reason: Logged with the run.
        """
        return self._decided("update", "different", reason, record, other)

    def delete(self, customer: Reference, *, reason: str | None = None) -> Settled:
        """Take a customer out of every answer; can be undone."""
        return self._decided("delete", "delete", reason, self._number(customer))

    def _decided(self, verb: str, kind: str, reason: str | None, *records: int) -> Settled:
        with self.unit.run(verb, actor=self.actor, reason=reason) as writer:
            self._deriver = None  # it may have seen that nothing was decided
            return decide(self.deriver(), writer, kind, *records)

    def erase(self, customer: Reference, *, reason: str | None = None) -> int:
        """Remove a customer's records, history, quarantine and activities physically.

        Cannot be undone. Collecting an old file again does not bring the person back.

        Returns:
            How many rows were removed.
        """
        number = self._number(customer)
        self._recent.clear()
        with self.unit.run("erase", actor=self.actor, reason=reason) as writer:
            return erase(self.deriver(), writer, Suppression(self.backend), number)

    # ── look ─────────────────────────────────────────────────────────────────

    def _lookup(self) -> Lookup:
        return Lookup(self.unit, self.deriver())

    def _number(self, reference: Reference) -> int:
        return self._lookup().number(check_reference(reference))

    def get(self, customer: Reference) -> Customer:
        """Return one customer; a merged one leads to where it went.

        Raises:
            NotFoundError: There is none.
            AmbiguousError: An external id that several channels use.
        """
        return self._lookup().customer(self._number(customer))

    def find(self, *, limit: int | None = 100, **values: str) -> list[Customer]:
        """Return the customers whose golden record has all these values.

        Args:
            limit: At most so many.
            **values: Field → value, in any form the field's role understands.
        """
        return self._lookup().find(values, limit)

    def customers(self) -> Iterator[dict[str, Any]]:
        """Yield every active customer as a flat dict, in order of id."""
        return self._lookup().rows()

    def explain(self, customer: Reference, field: str) -> Explanation:
        """Explain a value: source, line, rules, who else said what, and why it won."""
        return self._lookup().explain(self._number(customer), field)

    def runs(self) -> list[Run]:
        """Return the log of runs, oldest first."""
        return self.unit.runs()

    # ── analyse, score, export ───────────────────────────────────────────────

    def analyze(self, *, as_of: int | None = None, top: int | None = None) -> Insights:
        """Analyse behaviour, needs and preferences of every active customer.

        Args:
            as_of: Epoch milliseconds; the last time seen in the data by default.
            top: How many values of each preference are kept a customer; all by
                default. A few keep the result of a large base small.
        """
        from customerkit.analyze import insights
        from customerkit.analyze.load import load
        from customerkit.engine.pick import pick_engine

        engine = pick_engine()
        try:
            load(engine, self.unit)
            return insights(engine, as_of=as_of, top=top)
        finally:
            engine.close()

    def totals(self) -> Frame:
        """Return the purchase count and amount that channels report of each customer.

        Returns:
            customer, external_id, purchase_count, purchase_amount in minor units.
        """
        return totals(self.backend)

    def score(self, *, as_of: int | None = None) -> Scores:
        """Score how clean, current and well analysed the customers are.

        Args:
            as_of: When ages are counted to, epoch milliseconds; now by default.

        Returns:
            Three means with their parts, uncalibrated, and completeness beside.

        Raises:
            EmptyInputError: There is no customer yet.
        """
        from customerkit.score import scores
        from customerkit.scoring import scored

        found = scores(scored(self.unit, self.deriver(), as_of))
        if not found.clean.count:
            raise EmptyInputError("there are no customers to score; collect and clean some first")
        return found

    def export(self, path: str | os.PathLike[str], what: str = "customers") -> int:
        """Write customers, records or one kind of activity to a file.

        Args:
            path: Its ending names the format: csv, tsv, json, jsonl, xlsx, parquet.
            what: ``customers``, ``records``, ``purchases``, ``browsing``,
                ``reviews`` or ``feedback``.

        Returns:
            How many rows were written.
        """
        return export(self.backend, os.fspath(path), what)

    # ── undo ─────────────────────────────────────────────────────────────────

    def undo(self, run: int | None = None, *, reason: str | None = None) -> Settled:
        """Undo a run, itself as a run that can be undone.

        Args:
            run: The number; the last run that can be undone by default.
            reason: Logged with the run.

        Raises:
            UndoError: It cannot be undone; the message says what to do first.
        """
        undoing = Undoing(self.unit, self._settle)
        target = self.unit.one(run) if run is not None else self._last()
        with self.unit.run("undo", actor=self.actor, reason=reason) as writer:
            target = self.unit.one(target.run_id)
            undoing.check(target)
            writer.details["target"] = target.run_id
            settled = undoing.apply(writer, target)
        self._deriver = None
        return settled

    def _settle(self, writer: RunWriter, records: Sequence[int]) -> Settled:
        self._deriver = None  # the rules in force may be others now
        return settle(writer, self.unit, self.deriver(), records)

    def _last(self) -> Run:
        final = ("undo", "erase")
        runs = [run for run in self.unit.runs() if run.undone_by is None and run.verb not in final]
        if not runs:
            raise UndoError("there is no run to undo")
        return runs[-1]
