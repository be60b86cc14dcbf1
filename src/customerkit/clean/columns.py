"""Clean the columns of many records: once per distinct value, with the keys they give."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from attrs import define, field

from customerkit.clean import plans
from customerkit.model.batch import Batch
from customerkit.model.log import Run
from customerkit.model.profile import fields
from customerkit.model.tables import RECORDS
from customerkit.roles.full_name import family_name
from customerkit.roles.name import fold
from customerkit.rules.golden import Golden, Origin
from customerkit.rules.rule import LinkRule
from customerkit.rules.ruleset import Ruleset
from customerkit.store.protocol import Backend
from customerkit.store.recent import Recent
from customerkit.store.unit import details, span

ALWAYS = [name for name in plans.CLEANED if name in RECORDS.names and name not in fields()]
"""The columns of records that are read whatever was stated."""
_LARGE = 10_000  # records; smaller runs that follow each other are read together


@define
class Columns:
    """Give the records of runs as cleaned columns.

    Args:
        backend: The store.
        golden: The value functions of the rules.
        runs: The runs whose records count.
        recent: Records that were just collected and need not be read again.
        rejected: Field → records whose change a person rejected.
        flags: Kind of key → strong, needs a name; learned while cleaning.
    """

    backend: Backend
    golden: Golden
    runs: Sequence[Run]
    recent: Recent = field(factory=Recent)
    rejected: Mapping[str, Collection[int]] = field(factory=dict)
    flags: dict[str, tuple[bool, bool]] = field(factory=dict)
    origins: dict[int, Origin] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.origins = {run.run_id: Origin.of(run) for run in self.runs}

    @property
    def ruleset(self) -> Ruleset:
        """Return the rules."""
        return self.golden.ruleset

    def names(self) -> list[str]:
        """Return the fields that any of the runs states, at least one."""
        said = {name for run in self.runs for name in details(run).get("fields", fields())}
        return [name for name in fields() if name in said] or ["full_name"]

    def keys(self) -> dict[str, str]:
        """Return the columns of keys, each with the field it comes from."""
        wanted = [name for rule in self.ruleset.link_rules for name in rule.fields()]
        names = self.names()
        return {f"key_{name}": name for name in dict.fromkeys(wanted) if name in names}

    def batches(self) -> Iterator[Batch]:
        """Yield the records, cleaned, with their keys, in order of number."""
        names, keys = self.names(), self.keys()
        for stretch in _stretches(self.runs):
            held = self.recent.take(stretch[0].run_id) if len(stretch) == 1 else None
            for batch in held or self._stored(stretch, names):
                for run_id, piece in _by_run(batch):
                    if run_id in self.origins:
                        yield self._clean(piece, self.origins[run_id], names, keys)

    def _stored(self, stretch: Sequence[Run], names: Sequence[str]) -> Iterator[Batch]:
        where = span(stretch[0], stretch[-1])
        return self.backend.scan(RECORDS, where, columns=[*ALWAYS, *names])

    def _clean(
        self, batch: Batch, origin: Origin, names: Sequence[str], keys: Mapping[str, str]
    ) -> Batch:
        names = [name for name in names if name in batch.names]
        columns = {
            name: self._values(batch, name, origin) for name in names if self.ruleset.applies(name)
        }
        batch = batch.with_columns({**columns, "space": [origin.space] * len(batch)})
        found = {
            to: self._keys(batch, name, origin.space) for to, name in keys.items() if name in names
        }
        return batch.with_columns(found)

    def _values(self, batch: Batch, name: str, origin: Origin) -> Any:
        found = self._changed(batch, name, origin)
        kept = self.rejected.get(name)
        if not kept:
            return found
        rows = zip(batch.column("record_id"), batch.column(name), _plain(found), strict=True)
        return [old if record in kept else new for record, old, new in rows]

    def _changed(self, batch: Batch, name: str, origin: Origin) -> Any:
        function = self.golden.function(name)
        other = self.ruleset.hint_field(name)
        default = origin.hints.get(name)
        if other is None or other not in batch.names:
            return batch.map_text(name, lambda value: value and function(value, default))
        pairs = list(zip(batch.column(name), batch.column(other), strict=True))
        answers = {
            pair: pair[0] and function(pair[0], default if pair[1] is None else pair[1])
            for pair in set(pairs)
        }
        return [answers[pair] for pair in pairs]

    def _keys(self, batch: Batch, name: str, space: str) -> Any:
        rule = next(rule for rule in self.ruleset.link_rules if name in rule.fields())
        if not rule.wants_family(name):
            return batch.map_text(name, lambda value: self._key(rule, name, value, space, ""))
        pairs = list(zip(batch.column(name), _families(batch), strict=True))
        answers = {pair: self._key(rule, name, pair[0], space, pair[1]) for pair in set(pairs)}
        return [answers[pair] for pair in pairs]

    def _key(self, rule: LinkRule, name: str, value: Any, space: str, family: str) -> str | None:
        key = None if value is None else rule.key(name, str(value), space, family)
        if key is None:
            return None
        self.flags[key.value.split(":", 1)[0]] = (key.strong, key.needs_name)
        return key.value


def _stretches(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield runs in order of their records, small ones that follow each other together."""
    found: list[Run] = []
    for run in sorted(runs, key=lambda run: run.first_record or 0):
        size = (run.last_record or 0) - (run.first_record or 0)
        if size >= _LARGE:
            yield from filter(None, (found, [run]))
            found = []
        else:
            found.append(run)
    if found:
        yield found


def _by_run(batch: Batch) -> Iterator[tuple[int, Batch]]:
    runs = batch.column("run_id")
    if not len(batch) or runs[0] == runs[-1]:
        yield int(str(runs[0])) if len(batch) else 0, batch
        return
    for run_id, places in groupby(range(len(batch)), key=runs.__getitem__):
        yield int(str(run_id)), batch.take(list(places))


def _plain(column: Any) -> Sequence[Any]:
    plain: Sequence[Any] = column.to_pylist() if hasattr(column, "to_pylist") else column
    return plain


def _families(batch: Batch) -> Sequence[str]:
    nobody = [None] * len(batch)
    names = ("family_name", "full_name")
    said = (batch.column(name) if name in batch.names else nobody for name in names)
    pairs = list(zip(*said, strict=True))
    answers = {pair: fold(family_name(*pair) or "") for pair in set(pairs)}
    return [answers[pair] for pair in pairs]
