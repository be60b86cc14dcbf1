"""Match the records of any source: who is who, why, and what a person should look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, pairwise
from typing import Any

import numpy as np
from attrs import define, frozen

from customerkit.collect.formats import open_source
from customerkit.collect.recognise import recognised
from customerkit.collect.whole import whole
from customerkit.errors import MappingError, NotFoundError
from customerkit.markup import Markup, facts, joined, table, tag
from customerkit.match.apart import why_not
from customerkit.match.codes import apart
from customerkit.match.doubtful import Pairs
from customerkit.match.evidence import Evidence, chance
from customerkit.match.explain import explain
from customerkit.match.matching import Matched, encode, match_subjects
from customerkit.match.notices import stated, unreadable
from customerkit.match.subjects import COMPARED, WRITTEN
from customerkit.match.ties import MOST, strongest
from customerkit.match.words import field_words
from customerkit.model.profile import fields, slots
from customerkit.report.charts import bars, waterfall

_EXTERNAL = "external_id"
_REPEATED = 0.99  # different ids for each that is stated, from which none seems to come again


@frozen
class Pair:
    """Explain two records: whether they are one customer, and why.

    Args:
        row: The number of one record, from 0.
        other: The number of the other.
        together: Whether they are one customer.
        evidence: What each field says.
        reason: Why they are not one customer, where that was asked.
        what: What the numbers are those of.
    """

    row: int
    other: int
    together: bool
    evidence: Evidence
    reason: str = ""
    what: str = "Rows"

    @property
    def probability(self) -> float:
        """Return how likely the two are one person, by what they state themselves."""
        return self.evidence.probability

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""
        found = {"row": self.row, "other": self.other, "together": self.together}
        return {**found, "reason": self.reason, **self.evidence.to_dict()}

    def svg(self) -> Markup:
        """Return a waterfall chart of the bits that each field adds or takes."""
        return waterfall(self._title, self.evidence.steps(), "total", "bits")

    @property
    def _title(self) -> str:
        what = "one customer" if self.together else "two customers"
        both = f"{self.what} {self.row:,} and {self.other:,}"
        return f"{both}: {what}; the chance of one person is {chance(self.probability)}"

    def __str__(self) -> str:
        return "\n".join(filter(None, [self._title, self.reason, str(self.evidence)]))

    def _repr_html_(self) -> Markup:
        why = tag("p", self.reason) if self.reason else None
        return joined([tag("b", self._title), why, self.svg(), self.evidence._repr_html_()])


@frozen
class Ties:
    """Explain a customer: what holds its records together.

    Args:
        customer: Who it is.
        records: The numbers of its records.
        pairs: The strongest links that connect them all, the strongest first: one fewer
            than there are records.
        left_out: How many more records it has: beyond 300, they are not looked at.
    """

    customer: str
    records: Sequence[int]
    pairs: Sequence[Pair]
    left_out: int = 0

    @property
    def weakest(self) -> Pair | None:
        """Return the link that is worth a look first; None for a single record."""
        return self.pairs[-1] if self.pairs else None

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""
        found = {"customer": self.customer, "records": list(self.records)}
        pairs = [pair.to_dict() for pair in self.pairs]
        return {**found, "left_out": self.left_out, "pairs": pairs}

    def svg(self) -> Markup:
        """Return a chart of the evidence of each link, in bits."""
        rows = [(f"{pair.row:,} – {pair.other:,}", pair.evidence.total) for pair in self.pairs]
        return bars(self._title, rows, lambda bits: f"{bits:+.1f}")

    @property
    def _title(self) -> str:
        count = len(self.records)
        many = "one record" if count == 1 else f"{count:,} records and what connects them"
        return f"{self.customer}: {many}" + (f"; {self.left_out:,} more" * bool(self.left_out))

    def _rows(self) -> list[tuple[str, str, str]]:
        return [
            (f"{pair.row:,} – {pair.other:,}", f"{pair.evidence.total:+.1f}", _said(pair))
            for pair in self.pairs
        ]

    def __str__(self) -> str:
        rows = self._rows()
        wide = max((len(names) for names, _, _ in rows), default=0)
        lines = [f"{names:<{wide}}  {bits:>6} bits  {said}" for names, bits, said in rows]
        return "\n".join([self._title, *lines])

    def _repr_html_(self) -> Markup:
        heads = ["records", "bits", "what speaks for one person"]
        return joined([self.svg(), table(heads, self._rows())])


def _said(pair: Pair) -> str:
    """Return what ties two records most, in words; no values."""
    telling = sorted(pair.evidence.stated, key=lambda item: -item.bits)
    words = [f"{field_words(item.field)} {item.words}" for item in telling[:3] if item.bits > 0]
    return "; ".join(filter(None, [pair.reason, *words])) or "nothing that they both state"


@define(eq=False, repr=False)
class Matching:
    """Say which records are one customer.

    Args:
        customer: Row → the number of its customer; customers are numbered from 0 in
            the order of their first rows.
        count: How many customers there are.
        estimated_pairs: How many pairs of records are one person, as the model believes.
        precision: The share of the joined pairs that it believes in.
        recall: The share of the estimated pairs that were joined.
        warnings: What was ignored and why, and what is worth a look.
    """

    customer: list[int]
    count: int
    estimated_pairs: float
    precision: float
    recall: float
    warnings: list[str]
    _found: Matched

    @cached_property
    def groups(self) -> list[list[int]]:
        """Return the row numbers, from 0, of each customer of several records."""
        customer = np.array(self.customer, np.int64)
        sizes = np.bincount(customer, minlength=self.count)
        several = np.flatnonzero(sizes[customer] > 1)
        rows = several[np.argsort(customer[several], kind="stable")].tolist()
        ends = np.cumsum(sizes[sizes > 1]).tolist()
        return [rows[start:end] for start, end in pairwise([0, *ends])]

    @cached_property
    def _compared(self) -> Pairs:
        return Pairs(self._found)

    @cached_property
    def _doubtful(self) -> list[tuple[int, int]]:
        return self._compared.doubtful()

    def pairs(self, min_probability: float = 0.5) -> Iterator[tuple[int, int, float]]:
        """Yield row, other row and probability of pairs that were compared, likeliest first.

        The probability is what two records say by themselves; customers are joined by
        the evidence of all their records.

        Args:
            min_probability: Pairs below it are left out.
        """
        return self._compared.likely(min_probability)

    def explain(self, row: int, other: int) -> Pair:
        """Tell what speaks for and against two records being one customer.

        Args:
            row: The number of a record, from 0.
            other: The number of another.

        Returns:
            The weight of each field, the chances, and what found the pair.

        Raises:
            NotFoundError: There is no such row, or the two are one row.
        """
        one, two = self._distinct(row, other)
        together = self.customer[row] == self.customer[other]
        return Pair(row, other, together, explain(self._found.matcher, one, two, together))

    def explain_customer(self, row: int) -> Ties:
        """Tell what holds the records of a customer together.

        Args:
            row: The number of any of its records, from 0.

        Returns:
            The strongest links between them; of a customer of one record there are none.

        Raises:
            NotFoundError: There is no such row.
        """
        self._there(row)
        label = self.customer[row]
        rows = [at for at, one in enumerate(self.customer) if one == label]
        return ties_of(self, f"The customer of row {row:,}", rows)

    def why_not(self, row: int, other: int) -> Pair:
        """Tell why two records are not one customer.

        Args:
            row: The number of a record, from 0.
            other: The number of another.

        Returns:
            The same as :meth:`explain`, with the reason in a sentence.

        Raises:
            NotFoundError: There is no such row, or the two are one row.
        """
        self._distinct(row, other)
        found = why_not(self._found, row, other)
        return Pair(row, other, found.code == "together", found.evidence, found.sentence)

    def review(self, limit: int = 20) -> list[Pair]:
        """Return the pairs that a person should decide, the most uncertain first.

        They are those of which neither answer is 99 % sure, one for each two customers.

        Args:
            limit: At most so many.
        """
        return [self.explain(row, other) for row, other in islice(self._doubtful, limit)]

    def _distinct(self, row: int, other: int) -> tuple[int, int]:
        self._there(row)
        self._there(other)
        if row == other:
            raise NotFoundError("this is one row; name two", reference=row)
        rows = self._found.matcher.rows
        return int(rows[row]), int(rows[other])

    def _there(self, row: int) -> None:
        if not 0 <= row < len(self.customer):
            raise NotFoundError(
                f"there is no row {row}; rows are numbered from 0 to {len(self.customer) - 1:,}",
                reference=row,
            )

    def _facts(self) -> dict[str, str]:
        return {
            "records": f"{len(self.customer):,}",
            "customers": f"{self.count:,}",
            "pairs believed": f"{self.estimated_pairs:,.0f}",
            "precision believed": chance(self.precision),
            "recall believed": chance(self.recall),
            "pairs to review": f"{len(self._doubtful):,}",
        }

    def __repr__(self) -> str:
        return f"<Matching: {len(self.customer):,} records, {self.count:,} customers>"

    def __str__(self) -> str:
        lines = [f"{name:<19} {value:>12}" for name, value in self._facts().items()]
        return "\n".join([*lines, *(f"warning: {text}" for text in self.warnings)])

    def _repr_html_(self) -> Markup:
        return joined([facts(self._facts()), *(tag("p", text) for text in self.warnings)])


def ties_of(matching: Matching, customer: str, rows: Sequence[int]) -> Ties:
    """Connect rows, whether matching joined them or something else did.

    Args:
        matching: What compared them.
        customer: Who they are.
        rows: Their numbers.
    """
    some = list(rows[:MOST])
    matcher = matching._found.matcher
    links = strongest(matcher, [int(matcher.rows[row]) for row in some])
    pairs = [matching.explain(some[one], some[other]) for one, other in links]
    return Ties(customer, some, pairs, len(rows) - len(some))


def match(
    source: Any,
    *,
    mapping: Mapping[str, str | None] | None = None,
    progress: Callable[[str], None] | None = None,
    **reading: Any,
) -> Matching:
    """Find the records of a source that are one customer.

    What the columns mean is recognised as :meth:`customerkit.CustomerBase.collect` does,
    and nothing else needs to be said: how much each field tells is learned from the records.

    Args:
        source: A file, a frame, or an iterable of dicts or objects.
        mapping: Column → field, for columns that the header does not tell; None
            ignores a column.
        progress: Called with the name of each step as it begins.
        **reading: Options of the format: encoding, delimiter, sheet, format.

    Returns:
        Who is who; the same customers for any order of the records.

    Raises:
        SourceError: The source cannot be read.
        MappingError: No column that people are compared by could be recognised.

    Example:
        >>> people = [
        ...     {"first name": "Katherine", "surname": "Osei", "e-mail": "k.osei@example.com"},
        ...     {"first name": "Kathy", "surname": "Osei", "e-mail": "k.osei@example.com"},
        ...     {"first name": "Li", "surname": "Wei", "e-mail": "li.wei@example.com"},
        ... ]
        >>> match(people).customer
        [0, 0, 1]
    """
    opened = open_source(source, **reading)
    recognition = recognised(opened, mapping=mapping)
    targets = {column: target.field for column, target in recognition.columns.items()}
    _check(targets)
    columns, count, notes = whole(opened, targets, _told)
    _known_again(columns)
    said = {name: stated(column) for name, column in columns.items() if _compared(name)}
    people = encode(columns, count, progress)
    del columns
    found = match_subjects(people, progress)
    matcher = found.matcher
    warnings = [
        *recognition.questions,
        *notes,
        *(unreadable(said, matcher) if matcher.comparisons.fields else ()),
        *found.warnings,
    ]
    return matching_of(found, warnings)


def matching_of(found: Matched, warnings: list[str]) -> Matching:
    """Return what was found, for people.

    Args:
        found: Who is who.
        warnings: What was ignored, and why.
    """
    numbers = np.cumsum(found.labels == np.arange(len(found.labels))) - 1  # of the lowest records
    people = numbers[found.labels]
    return Matching(
        people.tolist(),
        int(numbers[-1]) + 1 if len(numbers) else 0,
        found.estimated,
        found.precision,
        found.recall,
        warnings,
        found,
    )


def _told(name: str) -> bool:
    return _compared(name) or name in (WRITTEN, _EXTERNAL)


def _known_again(columns: dict[str, Any]) -> None:
    """Take the ids of a source for accounts where some stand in several rows: it knows these."""
    ids = columns.pop(_EXTERNAL, None)
    free = [name for name in slots("account") if name not in columns]
    if ids is not None and free:
        _, texts = apart(ids)
        if len(texts) < _REPEATED * stated(ids):
            columns[free[0]] = ids


def _compared(name: str) -> bool:
    return name in fields() and fields()[name].base in COMPARED


def _check(targets: Mapping[str, str]) -> None:
    if not any(map(_compared, targets.values())):
        raise MappingError(
            "no column is one that people are compared by; say which is with "
            f"mapping={{column: field}}; fields: {', '.join(sorted(COMPARED))}",
            columns=tuple(targets),
        )
