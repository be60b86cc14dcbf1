"""Follow the log of runs: which customers changed, and what an index is to know of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from attrs import define, field, frozen

from customerkit.model.batch import Row, integer
from customerkit.model.profile import fields, slots
from customerkit.model.table import Table
from customerkit.model.tables import CUSTOMERS, HISTORY, MEMBERS, RECORDS, RUNS
from customerkit.store.protocol import Cond
from customerkit.store.search.protocol import Document
from customerkit.store.search.terms import filtered, of_phone, of_text
from customerkit.store.unit import MANY, UnitOfWork

_NAMES = tuple(item.name for item in fields().values() if item.base.endswith("_name"))
_BASES = (*_NAMES, "company", "city", "postcode")
PHONES = slots("phone")
MAILS = slots("email")
TEXTS = (*_BASES, *MAILS)
"""Fields whose words are searched."""
FILTERS = ("city", "region", "postcode", "country", "gender", "language", "company", "birth_date")
"""Fields of a customer that searches can be narrowed by, beside channel and segment."""
_READ = ("customer_id", "run_id", *dict.fromkeys((*TEXTS, *PHONES, *FILTERS, "tags")))
_ACTIVE = Cond("status", "eq", "active")
_SEPARATORS = str.maketrans(dict.fromkeys(";|\n", ","))
_PART = 5_000
Voice = tuple[str, str | None]
"""The channel of a record, and the external id by which it knows the customer."""


@frozen
class Changes:
    """Name the customers that runs changed.

    Args:
        position: The last of the runs.
        customers: Their numbers, in order.
    """

    position: int
    customers: Sequence[int]


def changes(unit: UnitOfWork, since: int) -> Changes:
    """Return what changed after a run, up to now.

    Args:
        unit: The store with its log.
        since: The run; 0 for everything.
    """
    position = unit.next_run() - 1
    if position <= since:
        return Changes(position, ())
    after = [Cond("run_id", "gt", since), Cond("run_id", "le", position)]
    said = [
        str(text)
        for batch in unit.backend.scan(RUNS, after, columns=["changed"])
        for text in batch.column("changed")
        if text is not None
    ]
    listed = {int(number) for text in said if text != MANY for number in text.split()}
    if since == 0 or MANY in said:
        for table in (CUSTOMERS, HISTORY):
            listed.update(_numbers(unit, table, since))
    return Changes(position, sorted(listed))


def _numbers(unit: UnitOfWork, table: Table, since: int) -> Iterator[int]:
    where = [Cond("run_id", "gt", since)]
    for batch in unit.backend.scan(table, where, columns=["customer_id"]):
        yield from map(integer, batch.column("customer_id"))


def segments(tags: str | None) -> list[str]:
    """Return the segments of a customer: its tags, one by one.

    Example:
        >>> segments("VIP; newsletter,vip")
        ['VIP', 'newsletter', 'vip']
    """
    parts = (tags or "").translate(_SEPARATORS).split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


@define
class Voices:
    """Tell who spoke of customers, and under which keys.

    Args:
        unit: The store with its log.
    """

    unit: UnitOfWork
    _channels: dict[int, str] = field(factory=dict)

    def of(self, customers: Sequence[int]) -> dict[int, list[Voice]]:
        """Return for each customer the channel and the external id of each record."""
        owner = {number: number for number in customers}
        where = [Cond("customer_id", "in", list(customers))]
        for batch in self.unit.backend.scan(MEMBERS, where, columns=["record_id", "customer_id"]):
            owner.update((integer(record), integer(who)) for record, who in batch.rows())
        found: dict[int, list[Voice]] = {number: [] for number in customers}
        columns = ["record_id", "run_id", "external_id"]
        where = [Cond("record_id", "in", sorted(owner))]
        for batch in self.unit.backend.scan(RECORDS, where, columns=columns):
            for record, run, key in batch.rows():
                said = self._channel(integer(run)), None if key is None else str(key)
                found[owner[integer(record)]].append(said)
        return found

    def _channel(self, run_id: int) -> str:
        if run_id not in self._channels:
            self._channels |= {run.run_id: run.channel or "" for run in self.unit.runs()}
        return self._channels[run_id]


def documents(unit: UnitOfWork, customers: Iterable[int] | None = None) -> Iterator[Document]:
    """Yield what an index is to know of active customers, in order of number.

    Args:
        unit: The store with its log.
        customers: Their numbers; all by default.
    """
    voices = Voices(unit)
    where = [_ACTIVE]
    if customers is not None:
        where.append(Cond("customer_id", "in", list(customers)))
    for batch in unit.backend.scan(CUSTOMERS, where, columns=_READ):
        rows = list(batch.dicts())
        for start in range(0, len(rows), _PART):
            part = rows[start : start + _PART]
            said = voices.of([integer(row["customer_id"]) for row in part])
            for row in part:
                number = integer(row["customer_id"])
                terms = frozenset().union(*_terms(row, said[number]))
                yield Document(number, integer(row["run_id"]), terms)


def _terms(row: Mapping[str, object], said: Sequence[Voice]) -> Iterator[Iterable[int]]:
    texts = {str(value) for name in TEXTS if (value := row[name]) is not None}
    yield from map(_text_terms, texts.union(key for _, key in said if key))
    for name in PHONES:
        if (value := row[name]) is not None:
            yield of_phone(phone_digits(str(value)))
    for name in FILTERS:
        if (value := row[name]) is not None:
            yield _filter_term(name, str(value))
    for channel in {channel for channel, _ in said}:
        yield _filter_term("channel", channel)
    for segment in segments(None if row["tags"] is None else str(row["tags"])):
        yield _filter_term("segment", segment)


@lru_cache(maxsize=100_000)
def _text_terms(text: str) -> frozenset[int]:
    return frozenset(of_text(text))


@lru_cache(maxsize=100_000)
def _filter_term(name: str, value: str) -> tuple[int]:
    return (filtered(name, value),)


def phone_digits(value: str) -> str:
    """Return the digits of a standard telephone number, without its extension.

    Example:
        >>> phone_digits("+442079460018;ext=12")
        '442079460018'
    """
    return "".join(char for char in value.partition(";")[0] if char.isdigit())


def row_of(unit: UnitOfWork, customers: Sequence[int], columns: Sequence[str]) -> dict[int, Row]:
    """Return columns of those of these customers that are active, by number."""
    where = [_ACTIVE, Cond("customer_id", "in", list(customers))]
    names = ["customer_id", *columns]
    return {
        integer(row["customer_id"]): row
        for batch in unit.backend.scan(CUSTOMERS, where, columns=names)
        for row in batch.dicts()
    }
