"""Read JSON files: an array of objects, or JSON lines, in bounded memory."""

from __future__ import annotations

import json
from abc import abstractmethod
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from customerkit.collect.formats.checked import Texts, checked
from customerkit.collect.formats.json_window import Window, parsed
from customerkit.collect.formats.records import visible
from customerkit.collect.formats.source import Chunk, Limits, Source, Trouble, distinct
from customerkit.collect.formats.stream import LINE, Stream
from customerkit.collect.formats.values import as_text
from customerkit.errors import EmptySourceError, EncodingError, LimitError, SourceError

_ROWS = 20_000
_PIECE = 1 << 20


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


def _item(line: int, value: Any, depth: int) -> Item:
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

    def look(self) -> None:
        """Read the file once to learn the names its objects use.

        Raises:
            EmptySourceError: It holds no object.
        """
        keys: dict[str, None] = {}
        for item in self.items():
            keys |= dict.fromkeys(item.values)
            if len(keys) > self.limits.columns:
                break
        if not keys:
            raise EmptySourceError(
                f"{self.name} holds no JSON object with a value; a source needs at least one"
            )
        self.keys = tuple(keys)
        self.columns, self.notes = distinct(self.keys, self.limits)


@define(kw_only=True, slots=False)
class JsonLines(Json):
    """Give the objects of a JSON lines file, one a line."""

    def items(self) -> Iterator[Item]:
        """Yield the lines that are not blank."""
        before = 0
        for block in self.stream.blocks(_PIECE):
            text = block.decode(self.stream.encoding or "utf-8", "surrogateescape")
            for number, line in enumerate(text.split("\n"), before + 1):
                if line.strip():
                    yield self._read(number, line.rstrip("\r"))
            before += text.count("\n")

    def _read(self, number: int, line: str) -> Item:
        try:
            line.encode()
        except UnicodeEncodeError:
            return Item(number, {}, "row.encoding", visible(line))
        try:
            found = parsed(line)
        except json.JSONDecodeError:
            return Item(number, {}, "json.invalid", line)
        except RecursionError:
            return Item(number, {}, "json.too_deep", line)
        if not isinstance(found, dict):
            return Item(number, {}, "json.invalid", line)
        item = _item(number, found, self.limits.depth)
        return Item(number, {}, item.code, line) if item.code else item


@define(kw_only=True, slots=False)
class JsonArray(Json):
    """Give the objects of an array: the whole file, or one value of an object.

    Args:
        key: The name of the array where it is a value of an object.
    """

    key: str | None = None

    def items(self) -> Iterator[Item]:
        """Yield the elements of the array, or the one object that is the file."""
        window = Window(self._texts(), self.name, LINE * self.limits.cell)
        first = window.peek()
        if first == "[":
            yield from self._elements(window)
        elif first == "{" and self.key is not None:
            yield from self._members(window, self.key)
        else:
            yield _item(window.line, window.value(), self.limits.depth)
        if window.peek():
            raise window.wrong()

    def arrays(self) -> dict[str, int]:
        """Return the arrays of objects that a file which is an object holds, and their sizes."""
        window = Window(self._texts(), self.name, LINE * self.limits.cell)
        found: dict[str, int] = {}
        if window.peek() == "{":
            for name in self._names(window):
                if window.peek() == "[":
                    found[name] = sum(bool(item.values) for item in self._elements(window))
                else:
                    window.value()
        return {name: count for name, count in found.items() if count}

    def _members(self, window: Window, key: str) -> Iterator[Item]:
        for name in self._names(window):
            if name == key and window.peek() == "[":
                yield from self._elements(window)
            elif window.peek() == "[":
                for _ in self._elements(window):
                    pass
            else:
                window.value()

    def _names(self, window: Window) -> Iterator[str]:
        """Yield each name of an object; the caller reads its value."""
        window.take("{")
        while not window.take("}"):
            name = window.value()
            if not isinstance(name, str) or not window.take(":"):
                raise window.wrong()
            yield name
            if not window.take(",") and window.peek() != "}":
                raise window.wrong()

    def _elements(self, window: Window) -> Iterator[Item]:
        window.take("[")
        while not window.take("]"):
            window.peek()
            line = window.line
            yield _item(line, window.value(), self.limits.depth)
            if not window.take(",") and window.peek() != "]":
                raise window.wrong()

    def _texts(self) -> Iterator[str]:
        decode = getincrementaldecoder(self.stream.encoding or "utf-8")("strict").decode
        try:
            for piece in self.stream.pieces(_PIECE):
                if text := decode(piece):
                    yield text
            yield decode(b"", True)
        except UnicodeDecodeError:
            known = self.stream.label if self.stream.encoding else "utf-8"
            raise EncodingError(
                f"{self.name} holds bytes that are no {known}; say which it is: encoding='gbk', …"
            ) from None


def open_json_lines(path: Path, limits: Limits, encoding: str | None, **facts: Any) -> Source:
    """Open a JSON lines file; the columns are those of all its lines.

    Raises:
        EmptySourceError: It holds no JSON object.
    """
    stream = Stream.open(path, encoding, limits)
    source = JsonLines(columns=(), path=path, limits=limits, stream=stream, **facts)
    source.encoding = stream.label
    source.look()
    return source


def open_json(path: Path, limits: Limits, encoding: str | None, **facts: Any) -> Source:
    """Open a JSON file: an array of objects, or an object that holds one.

    Raises:
        SourceError: It is no valid JSON, or holds no array of objects.
    """
    stream = Stream.open(path, encoding, limits)
    if _is_lines(stream.head):
        return open_json_lines(path, limits, encoding, **facts)
    source = JsonArray(columns=(), path=path, limits=limits, stream=stream, **facts)
    source.encoding = stream.label
    arrays = source.arrays()
    if len(arrays) > 1:
        names = ", ".join(map(repr, arrays))
        raise SourceError(f"{path.name} holds several arrays of objects; keep one of {names}")
    source.key = next(iter(arrays), None)
    try:
        source.look()
    except EmptySourceError:
        raise SourceError(f"{path.name} holds no array of objects") from None
    if source.key is not None:
        source.notes.append(f"the rows are those of {source.key!r:.80}")
    return source


def _is_lines(head: bytes) -> bool:
    """Say whether the first two lines are objects by themselves: JSON lines, whatever its name."""
    lines = [line for line in head.split(b"\n")[:20] if line.strip()][:2]
    try:
        return len(lines) == 2 and all(isinstance(json.loads(line), dict) for line in lines)
    except (ValueError, RecursionError):
        return False
