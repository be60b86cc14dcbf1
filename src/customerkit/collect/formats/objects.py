"""Read what is in memory: iterables of dicts, attrs objects or dataclasses."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

import attrs
from attrs import define

from customerkit.collect.formats.checked import Texts, checked
from customerkit.collect.formats.source import LIMITS, Chunk, Limits, Source, Trouble, distinct
from customerkit.errors import CustomerKitError, EmptySourceError, SourceError
from customerkit.model.values import as_text

_ROWS = 25_000
_LOOK = 10_000


@define(kw_only=True, slots=False)
class Rows(Source):
    """Give the rows of an iterable of mappings or objects.

    Args:
        rows: A list, or an iterator that can be read only once.
        keys: The names the rows use; ``columns`` are these as distinct text.
    """

    rows: Iterable[Mapping[Any, Any]]
    keys: tuple[Any, ...]

    def read(self) -> Iterator[Chunk]:
        """Yield the rows from the first on."""
        rows, known = enumerate(self.rows, 1), frozenset(self.keys)
        while some := list(islice(rows, _ROWS)):
            new = [(at, row) for at, row in some if not known.issuperset(row)]
            if new:
                strange = {at for at, _ in new}
                some = [(at, row) for at, row in some if at not in strange]
            texts: list[Texts] = [[as_text(row.get(key)) for key in self.keys] for _, row in some]
            chunk = checked(self.columns, texts, [at for at, _ in some], cell=self.limits.cell)
            chunk.troubles.extend(_new_column(at, row) for at, row in new)
            yield chunk


def _new_column(position: int, row: Mapping[Any, Any]) -> Trouble:
    raw = as_text({str(key): as_text(value) for key, value in row.items()})
    return Trouble.of("row.new_column", position, None, raw or "")


def mapping(row: Any) -> Mapping[Any, Any]:
    """Return a row as a mapping: dicts, attrs objects, dataclasses.

    Raises:
        SourceError: It is none of these.
    """
    if isinstance(row, Mapping):
        return row
    if attrs.has(type(row)):
        return attrs.asdict(row)
    if dataclasses.is_dataclass(row) and not isinstance(row, type):
        return dataclasses.asdict(row)
    raise SourceError(
        f"a row is a {type(row).__name__}; rows are dicts, attrs objects or dataclasses"
    )


def _mappings(rows: Iterable[Any]) -> Iterator[Mapping[Any, Any]]:
    """Yield rows as mappings; what fails says at which row."""
    position = 0
    try:
        for row in rows:
            position += 1
            yield mapping(row)
    except CustomerKitError as error:
        raise SourceError(f"row {position} cannot be read: {error}", position=position) from None
    except Exception as error:
        raise SourceError(
            f"the rows ended with {type(error).__name__} after row {position}; nothing was kept",
            position=position,
        ) from error


def open_rows(rows: Iterable[Any], limits: Limits = LIMITS) -> Source:
    """Open an iterable of rows.

    Its columns are those of all rows of a list, and of the first 10,000 of an
    iterator; later rows with further columns go to quarantine.

    Raises:
        EmptySourceError: There is no row.
    """
    again = isinstance(rows, list | tuple)
    found = _mappings(rows)
    known: Sequence[Mapping[Any, Any]] = list(found if again else islice(found, _LOOK))
    if not known:
        raise EmptySourceError("there are no rows; a source needs at least one")
    keys = tuple(dict.fromkeys(key for row in known for key in row))
    columns, notes = distinct([str(key) for key in keys], limits)
    return Rows(
        name="rows",
        format="rows",
        columns=columns,
        notes=notes,
        limits=limits,
        rows=known if again else chain(known, found),
        keys=keys,
        rereadable=again,
    )
