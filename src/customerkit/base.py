"""The customer base: every verb on one object."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve

from customerkit.clean.plan import Plan
from customerkit.clean.settle import settle
from customerkit.collect.formats import mappings, open_source
from customerkit.collect.pipeline import Collected, Collection
from customerkit.collect.quarantine import replay, waiting
from customerkit.collect.recognise import recognised
from customerkit.engine.pick import engine_name
from customerkit.errors import CustomerKitError
from customerkit.look import Look, Reference
from customerkit.lookup import Lookup
from customerkit.model.customer import check_reference
from customerkit.privacy.erase import erase
from customerkit.rules.derive import Deriver, Settled
from customerkit.rules.ruleset import Ruleset
from customerkit.rules.undo import Undoing, last
from customerkit.store.protocol import Backend
from customerkit.store.registry import open_backend, redact
from customerkit.store.search.protocol import SearchIndex
from customerkit.store.suppress import Suppression
from customerkit.store.unit import RunWriter
from customerkit.store.wrappers import ReadOnly, cached
from customerkit.update.decide import decide
from customerkit.update.edit import Edit, apply, check, reads

MOST_ASKED = 1_000
"""Records of one run that are looked for among the customers."""


def open(  # noqa: A001 - the verb users type
    url: str | os.PathLike[str] | Backend,
    *,
    actor: str | None = None,
    create: bool = True,
    read_only: bool = False,
    cache: str | bool | None = None,
    engine: Any = None,
    search: str | SearchIndex | None = None,
) -> CustomerBase:
    """Open a customer base, creating it where it does not exist.

    Args:
        url: ``customers.db``, ``sqlite:///path``, ``memory:``, any URL whose
            backend is installed, or a backend.
        actor: Who will be logged as the author of runs; the user by default.
        create: False raises NotFoundError where there is no base yet.
        read_only: Refuse every change with ReadOnlyStoreError; nothing is created.
        cache: ``redis://host:port`` shares what was read with other processes, True
            keeps it in this one, False nowhere. By default it is kept where a URL
            leads to a server. Other processes' changes are seen after .02 s at most,
            or ``redis://host:port?stale=0.5`` seconds; own changes at once.
        engine: Where whole columns are worked: ``duckdb``, ``sqlite``, ``spark`` or a
            ``SparkSession``; by default the fastest that is installed, never Spark.
        search: ``elasticsearch://host:9200/index`` of a server that answers searches;
            by default the base does.

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
    engine_name(engine)  # refused before anything is created
    backend = open_backend(url, create=create and not read_only)
    backend = ReadOnly(backend) if read_only else backend
    if isinstance(url, str | os.PathLike):
        backend = cached(backend, cache, name=redact(os.fspath(url)))
    elif cache:
        backend = cached(backend, cache)
    return CustomerBase(backend, actor=actor, engine=engine, search=search)


class CustomerBase(Look):
    """Collect, clean, update, analyse and score customers in one store.

    Args:
        backend: Where rows live.
        actor: Logged as the author of runs.
        engine: Where whole columns are worked, as for :func:`customerkit.open`.
        search: URL of a search server that mirrors the base, or an index; by default
            the base answers searches itself.
    """

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
        similar: bool = False,
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
            similar: Also tell which customers each new record most likely speaks of, as
                :meth:`similar` would; of up to 1,000 records.
            progress: Called with the number of rows read since the last call.
            **reading: Options of the format: encoding, delimiter, sheet, format.

        Returns:
            Counts, the mapping, and the run.

        Raises:
            SourceError: The source cannot be read.
            MappingError: Nothing in it could be recognised.
        """
        opened = open_source(source, **reading)
        recognition = recognised(opened, kind, mapping)
        self._forget_what_is_past()
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
        found = collection.run(**log)
        return self._with_similar(found) if similar else found

    def _with_similar(self, found: Collected) -> Collected:
        """Return what was collected, with the customers that each new record may speak of."""
        if found.run_id is None:
            return found
        if found.records > MOST_ASKED:
            note = f"more than {MOST_ASKED:,} new records: base.similar() was not asked of them"
            return evolve(found, notes=(*found.notes, note))
        try:
            run = self.unit.one(found.run_id)
            return evolve(found, similar=self._live().of_run(self.deriver(), run))
        except CustomerKitError as error:  # the run is stored, and must not be run again
            note = f"the records are stored, but base.similar() could not be asked: {error}"
            return evolve(found, notes=(*found.notes, note))

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

    def plan(
        self,
        ruleset: Ruleset | None = None,
        *,
        match: bool | None = None,
        reason: str | None = None,
    ) -> Plan:
        """Plan what cleaning would change, without writing.

        Args:
            ruleset: The rules; those in force by default. New rules look at every
                record again, rules in force only at what is new.
            match: Whether to match all records anew. By default they are in a base of up
                to 20,000 records, and in a larger one once a twentieth of it was never
                matched; until then exact keys alone join what is new.
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
        self._forget_what_is_past()
        deriver = Deriver(self.unit, rules)
        return Plan(
            self.unit,
            rules,
            runs,
            deriver,
            log,
            recent=self._recent,
            engine=self.engine,
            match=match,
        )

    def clean(
        self,
        ruleset: Ruleset | None = None,
        *,
        match: bool | None = None,
        reason: str | None = None,
    ) -> Settled:
        """Clean what is new: plan and apply.

        Args:
            ruleset: The rules; those in force by default.
            match: Whether to match all records anew, see :meth:`plan`; True does so also
                where nothing is new.
            reason: Logged with the run.

        Returns:
            The customers created, changed, merged and removed.
        """
        if not match and not self.plan(ruleset).pending:
            return Settled()
        with self.backend.transaction():  # nobody else cleans the same in between
            plan = self.plan(ruleset, match=match, reason=reason)
            return plan.apply()[1] if plan.pending or match else Settled()

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
        with self.unit.run("update", reads(edits), **log) as writer:
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
        for row in mappings(customer):
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
        A search server that mirrors the base drops the customer first; where it
        cannot, nobody is erased.

        Returns:
            How many rows were removed.

        Raises:
            SearchUnavailableError: A mirror does not answer, or the base was opened
                without it.
        """
        number = self._number(customer)
        self.searching.prepare_erasing()
        self._recent.clear()
        with self.unit.run("erase", actor=self.actor, reason=reason) as writer:
            removed = erase(self.deriver(), writer, Suppression(self.backend), number)
            self.searching.forget(writer)
            return removed

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
        target = self.unit.one(run) if run is not None else last(self.unit)
        with self.unit.run("undo", actor=self.actor, reason=reason) as writer:
            target = self.unit.one(target.run_id)
            undoing.check(target)
            writer.details["target"] = target.run_id
            return undoing.apply(writer, target)

    def _settle(self, writer: RunWriter, records: Sequence[int]) -> Settled:
        self._deriver = None  # the rules in force may be others now
        return settle(writer, self.unit, self.deriver(), records, engine=self.engine)
