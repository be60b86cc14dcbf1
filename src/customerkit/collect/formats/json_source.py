"""What both forms of JSON files share: items become rows."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from attrs import define, field, frozen

from customerkit.collect.formats.checked import Texts, checked
from customerkit.collect.formats.records import visible
from customerkit.collect.formats.source import Chunk, Source, Trouble, distinct
from customerkit.collect.formats.stream import Stream
from customerkit.errors import EmptySourceError, LimitError
from customerkit.model.values import as_text

_ROWS = 20_000


def flat(value: Any, prefix: str = "", depth: int = 64) -> dict[str, str | None]:
    """Return nested objects as one, names joined by dots.

    Example:
        >>> flat({"a": {"b": 1}, "c": [1]})
        {'a.b': '1', 'c': '[1]'}
    """
    if depth == 0:
        raise LimitError("JSON is nested too deeply")
    found: dict[str, str | None] = {}
    for name, item in value.items():
        if isinstance(item, dict):
            found |= flat(item, f"{prefix}{name}.", depth - 1)
        else:
            found[f"{prefix}{name}"] = as_text(item)
    return found


@frozen
class Item:
    """Hold one thing a JSON file lists: an object's values, or what is wrong.

    Args:
        line: Where it starts.
        values: Of an object, flat.
        code: What is wrong.
        raw: The text of what is wrong.
    """

    line: int
    values: dict[str, str | None] = field(factory=dict)
    code: str = ""
    raw: str = ""


def item_of(line: int, value: Any, depth: int) -> Item:
    """Return a decoded value as an item: an object's values, or what is wrong."""
    try:
        if isinstance(value, dict):
            return Item(line, flat(value, depth=depth))
        code = "json.not_an_object"
    except LimitError:
        code = "json.too_deep"
    return Item(line, {}, code, visible(json.dumps(value, ensure_ascii=False)))


@define(kw_only=True, slots=False)
class Json(Source):
    """Give the objects of a JSON file.

    Args:
        stream: Its bytes.
        keys: The names its objects use; ``columns`` are these made distinct.
    """

    stream: Stream
    keys: tuple[str, ...] = ()

    @abstractmethod
    def items(self) -> Iterator[Item]:
        """Yield what the file lists; each form says how."""

    def read(self) -> Iterator[Chunk]:
        """Yield the rows from the first on."""
        numbered = enumerate(self.items(), 1)
        while some := list(islice(numbered, _ROWS)):
            yield self._chunk(some)

    def _chunk(self, some: Iterable[tuple[int, Item]]) -> Chunk:
        rows: list[Texts] = []
        positions, lines, troubles = [], [], []
        for position, item in some:
            if item.code:
                raw = item.raw[: self.limits.cell]
                troubles.append(Trouble.of(item.code, position, item.line, raw))
                continue
            rows.append(tuple(map(item.values.get, self.keys)))
            positions.append(position)
            lines.append(item.line)
        chunk = checked(self.columns, rows, positions, lines, cell=self.limits.cell)
        chunk.troubles.extend(troubles)
        return chunk

    def named(self, keys: Iterable[str]) -> None:
        """Set the columns.

        Raises:
            EmptySourceError: There is none.
        """
        self.keys = tuple(keys)
        if not self.keys:
            raise EmptySourceError(
                f"{self.name} holds no JSON object with a value; a source needs at least one"
            )
        self.columns, self.notes = distinct(self.keys, self.limits)

    def keys_of(self, items: Iterable[Item]) -> dict[str, None]:
        """Return the names that objects use, in order."""
        keys: dict[str, None] = {}
        for item in items:
            keys |= dict.fromkeys(item.values)
            if len(keys) > self.limits.columns:
                break
        return keys
