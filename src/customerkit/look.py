"""Look at a base: customers and where their values come from, analysis, scores, files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from customerkit.clean.rules import default_ruleset
from customerkit.collect.quarantine import quarantined
from customerkit.engine.pick import engine_name
from customerkit.errors import EmptyInputError, NotFoundError
from customerkit.export import export
from customerkit.history import Version, history
from customerkit.lookup import Explanation, Lookup
from customerkit.model.customer import Customer, check_reference
from customerkit.model.log import Run
from customerkit.model.table import Table
from customerkit.model.tables import META, RULESETS, RUNS
from customerkit.rules.derive import Deriver
from customerkit.rules.ruleset import Ruleset
from customerkit.store.protocol import Backend
from customerkit.store.recent import Recent
from customerkit.store.search.mirrors import open_index
from customerkit.store.search.protocol import SearchIndex
from customerkit.store.search.searching import Searching, SearchLag
from customerkit.store.unit import UnitOfWork, now, user
from customerkit.store.wrappers.base import unwrap
from customerkit.store.wrappers.caching import Cached
from customerkit.totals import totals

if TYPE_CHECKING:
    from customerkit.analyze import Insights
    from customerkit.engine.frames import Frame
    from customerkit.model.likeness import Likeness
    from customerkit.score import Scores
    from customerkit.search import SearchResult
    from customerkit.similar import BaseMatching, Live

T = TypeVar("T")
Reference = str | int | tuple[str, str]
_MINUTE = 60_000  # milliseconds


class Look:
    """Read a base; what writes is in :class:`customerkit.CustomerBase`.

    Args:
        backend: Where rows live.
        actor: Logged as the author of runs.
        engine: Where whole columns are worked: ``duckdb``, ``sqlite``, ``spark`` or a
            ``SparkSession``; by default the fastest that is installed, never Spark.
        search: URL of a search server that mirrors the base, or an index; by default
            the base answers searches itself.
    """

    def __init__(
        self,
        backend: Backend,
        *,
        actor: str | None = None,
        engine: Any = None,
        search: str | SearchIndex | None = None,
    ) -> None:
        engine_name(engine)
        self.engine = engine
        self.actor = actor if actor is not None else user()
        self.unit = UnitOfWork(backend)
        self.backend = self.unit.backend
        self._deriver: Deriver | None = None
        self._recent = Recent()
        self.searching = Searching(self.unit, open_index(search, self.backend))
        self._era = 0
        self._index: Live | None = None

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
        self.searching.index.close()
        self.backend.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} on {type(unwrap(self.backend)).__name__}>"

    # ── rules in force ───────────────────────────────────────────────────────

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

    def _forget_what_is_past(self) -> None:
        """Drop what was kept of the base where it may hold no longer."""
        era = self.unit.era()
        if era != self._era:
            self._era, self._deriver = era, None
            self._recent.clear()

    def deriver(self) -> Deriver:
        """Return the derivation under the rules in force."""
        self._forget_what_is_past()
        if self._deriver is None:
            self._deriver = Deriver(self.unit, self.rules())
        return self._deriver

    # ── customers ─────────────────────────────────────────────────────────────────

    def _remembered(
        self,
        key: tuple[Any, ...],
        make: Callable[[], list[T]],
        kind: type[T],
        on: Sequence[Table] = (),
    ) -> list[T]:
        """Return what was read before, from the cache where there is one.

        Args:
            key: What was asked.
            make: Reads it.
            kind: Of what.
            on: Tables of which any row may change it, where that is more than is read.
        """
        if not isinstance(self.backend, Cached):
            return make()

        def write(found: list[T]) -> list[Any]:
            from customerkit.model.convert import unstructure  # slow to import

            return list(map(unstructure, found))

        def read(told: list[Any]) -> list[T]:
            from customerkit.model.convert import structure

            return [structure(item, kind) for item in told]

        rules = self.deriver().ruleset.version
        found = self.backend.remembered((rules, *key), make, write, read, on)
        return [item.copy() if hasattr(item, "copy") else item for item in found]

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
        reference = check_reference(customer)

        def look() -> list[Customer]:
            lookup = self._lookup()
            return [lookup.customer(lookup.number(reference))]

        return self._remembered(("customer", reference), look, Customer)[0]

    def find(self, *, limit: int | None = 100, **values: str) -> list[Customer]:
        """Return the customers whose golden record has all these values.

        Args:
            limit: At most so many.
            **values: Field → value, in any form the field's role understands.
        """
        key = ("find", limit, *sorted((name, str(value)) for name, value in values.items()))
        return self._remembered(key, lambda: self._lookup().find(values, limit), Customer)

    def similar(
        self, *, limit: int = 5, min_probability: float = 0.05, **values: Any
    ) -> list[Likeness]:
        """Return the customers that somebody most likely is, before you create a new one.

        The first call of a process makes an index of the base, which takes about twenty
        seconds for a million records; later calls take milliseconds.

        Args:
            limit: At most so many.
            min_probability: The least chance of one person.
            **values: Field → value: what is known of the person.

        Returns:
            The likeliest first.

        Raises:
            UnknownFieldError: No such field.
        """
        return self._live().similar(self.deriver(), values, limit, min_probability)

    def _live(self) -> Live:
        from customerkit.similar import Live  # imports numpy

        self._index = self._index or Live()
        return self._index

    def matching(self, *, progress: Callable[[str], None] | None = None) -> BaseMatching:
        """Match all records anew without writing: to explain pairs, and to review doubtful ones.

        Args:
            progress: Called with the name of each step as it begins.
        """
        from customerkit.similar import matching  # imports numpy

        return matching(self.deriver(), progress)

    def search(
        self,
        text: str = "",
        *,
        limit: int = 10,
        facets: Iterable[str] = ("city", "channel", "segment"),
        progress: Callable[[int], None] | None = None,
        **filters: str,
    ) -> SearchResult:
        """Search customers by what people type, with typing errors, in every script.

        Args:
            text: Words of a name, a company, a city or a postcode, a mail address, a
                phone or an external id, in any order; blank for all that the filters
                let through.
            limit: At most so many hits.
            facets: What to count the matching customers by; any field that filters take.
            progress: Called with the number of customers indexed since the last call;
                the first search makes the index.
            **filters: city, region, postcode, country, gender, language, company,
                birth_date, channel (one that spoke of the customer), or segment (one
                of its tags).

        Returns:
            The hits, the best first, how many customers match, and counts of them.

        Raises:
            UnknownFieldError: Searches are not narrowed by such a field.
            InputError: There is nothing to search for.
        """
        from customerkit.search import Search, SearchResult

        facets = tuple(facets)

        def look() -> list[SearchResult]:
            search = Search(self.searching)
            return [search.find(text, filters, limit=limit, facets=facets, progress=progress)]

        key = ("search", text, limit, facets, *sorted(filters.items()))
        return self._remembered(key, look, SearchResult, on=[RUNS])[0]

    def reindex(self, *, progress: Callable[[int], None] | None = None) -> int:
        """Make the search index anew from the customers.

        Args:
            progress: Called with the number of customers indexed since the last call.

        Returns:
            How many customers it holds.

        Raises:
            SearchUnavailableError: It is a mirror that does not answer.
        """
        return self.searching.rebuild(progress)

    def search_lag(self) -> list[SearchLag]:
        """Return how many runs and customers each search index is behind.

        The one in use comes first. What a server that does not answer was told last
        is remembered in the base.
        """
        return self.searching.lag()

    def forget_mirror(self, name: str) -> None:
        """Forget a search server that is no more, so that erasing does not wait for it.

        Args:
            name: As :meth:`search_lag` says it.
        """
        self.searching.mirrors.forget(name)

    def customers(self) -> Iterator[dict[str, Any]]:
        """Yield every active customer as a flat dict, in order of id."""
        return self._lookup().rows()

    def explain(self, customer: Reference, field: str) -> Explanation:
        """Explain a value: source, line, rules, who else said what, and why it won."""
        lookup = self._lookup()
        return lookup.explain(lookup.number(check_reference(customer)), field)

    def history(self, customer: Reference) -> list[Version]:
        """Return what became of a customer: each version, its run, and what it changed."""
        return history(self.unit, self._number(customer))

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

        engine = pick_engine(self.engine)
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
            as_of: When ages are counted to, epoch milliseconds; now by default, where
                a cache may answer with what was now within the last minute.

        Returns:
            Three means with their parts, uncalibrated, and completeness beside.

        Raises:
            EmptyInputError: There is no customer yet.
        """
        from customerkit.score import Scores, scores
        from customerkit.scoring import scored

        when = f"minute {now() // _MINUTE}" if as_of is None else as_of
        (found,) = self._remembered(
            ("scores", when), lambda: [scores(scored(self.unit, self.deriver(), as_of))], Scores
        )
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

    def report(self, path: str | os.PathLike[str], *, show_values: bool = False) -> int:
        """Write a report people look at: one HTML file that needs no network.

        Args:
            path: Where to.
            show_values: Whether examples show what personal values say; by default
                only their shape, such as ``Xxxxx 999``.

        Returns:
            Its size in bytes.
        """
        from customerkit.report import write

        return write(self.deriver(), os.fspath(path), show_values=show_values, engine=self.engine)

    def _repr_html_(self) -> str:
        from customerkit.report import summary

        return summary(self.unit, repr(self))

    def quarantine(self, run: int | None = None) -> list[dict[str, Any]]:
        """Return the rows that could not be read: code, line and original text."""
        return quarantined(self.unit, run)
