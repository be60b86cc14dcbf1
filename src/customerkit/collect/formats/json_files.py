"""Read JSON files: an array of objects, or JSON lines, in bounded memory."""

from __future__ import annotations

import json
from codecs import getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import define

from customerkit.collect.formats.json_source import Item, Json, item_of
from customerkit.collect.formats.json_window import Window, parsed
from customerkit.collect.formats.records import visible
from customerkit.collect.formats.source import Limits, Source
from customerkit.collect.formats.stream import LINE, Stream
from customerkit.errors import EncodingError, SourceError

_PIECE = 1 << 20


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
        item = item_of(number, found, self.limits.depth)
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
        window = self._window()
        first = window.peek()
        if first == "[":
            yield from self._elements(window)
        elif first == "{" and self.key is not None:
            for name in window.names():
                elements = self._elements(window) if window.peek() == "[" else None
                if name == self.key and elements is not None:
                    yield from elements
                else:
                    _skip(window, elements)
        else:
            yield item_of(window.line, window.value(), self.limits.depth)
        if window.peek():
            raise window.wrong()

    def arrays(self) -> dict[str, dict[str, None]]:
        """Return the arrays of objects in a file that is an object, and the names these use."""
        window = self._window()
        found: dict[str, dict[str, None]] = {}
        if window.peek() == "{":
            for name in window.names():
                elements = self._elements(window) if window.peek() == "[" else None
                if elements is not None:
                    found[name] = self.keys_of(elements)
                _skip(window, elements)
        return {name: keys for name, keys in found.items() if keys}

    def _elements(self, window: Window) -> Iterator[Item]:
        for line, value in window.elements():
            yield item_of(line, value, self.limits.depth)

    def _window(self) -> Window:
        return Window(self._texts(), self.name, LINE * self.limits.cell)

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


def _skip(window: Window, elements: Iterator[Item] | None) -> None:
    """Go behind a value: the rest of an array, or another one."""
    if elements is None:
        window.value()
        return
    for _ in elements:
        pass


def open_json_lines(path: Path, limits: Limits, encoding: str | None, **facts: Any) -> Source:
    """Open a JSON lines file; the columns are those of all its lines.

    Raises:
        EmptySourceError: It holds no JSON object.
    """
    stream = Stream.open(path, encoding, limits)
    source = JsonLines(columns=(), path=path, limits=limits, stream=stream, **facts)
    source.encoding = stream.label
    source.named(source.keys_of(source.items()))
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
    keys = arrays[source.key] if source.key is not None else source.keys_of(source.items())
    if not keys:
        raise SourceError(f"{path.name} holds no array of objects that can be read")
    source.named(keys)
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
