"""Read JSON a value at a time from a text that need not fit in memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from attrs import define, field

from customerkit.errors import LimitError, SourceError

_DECODER = json.JSONDecoder(
    parse_float=str, parse_int=str, parse_constant=lambda _: None, strict=False
)
_SPACE = re.compile(r"[ \t\r\n]*")
_GOES_ON = frozenset(("", *"0123456789.eE+-"))  # what may follow the beginning of a number
_NEAR = 16  # what is wrong so near to the end may become right with more text


def parsed(text: str) -> Any:
    """Return JSON with numbers as the text they were written in."""
    value, end = _DECODER.raw_decode(text, _SPACE.match(text).end())  # type: ignore[union-attr]
    if _SPACE.match(text, end).end() < len(text):  # type: ignore[union-attr]
        raise json.JSONDecodeError("Extra data", text, end)
    return value


@define
class Window:
    """Slide over a text and decode one value after the other.

    Args:
        pieces: Of the text.
        name: Of the file, for messages.
        longest: Characters of one value.
        text: What was read and is not used up yet.
        at: Where the next value is looked for.
        line: The line of ``at``.

    Example:
        >>> window = Window(iter(['[{"a"', ': 1.50}]']), "x.json", 99)
        >>> window.take("["), window.value(), window.take("]")
        (True, {'a': '1.50'}, True)
    """

    pieces: Iterator[str]
    name: str
    longest: int
    text: str = field(default="", init=False)
    at: int = field(default=0, init=False)
    line: int = field(default=1, init=False)

    def peek(self) -> str:
        """Return the next character that is no white space; nothing at the end."""
        found = self.text[self.at : self.at + 1]
        if found and found not in " \t\r\n":
            return found
        while True:
            end = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
            self._go(end)
            if self.at < len(self.text) or not self._more():
                return self.text[self.at : self.at + 1]

    def take(self, character: str) -> bool:
        """Go behind the next character if it is this one."""
        if self.peek() != character:
            return False
        self._go(self.at + 1)
        return True

    def value(self) -> Any:
        """Decode the next value, numbers as text, and go behind it.

        Raises:
            SourceError: There is no valid JSON.
            LimitError: It is too long or too deep.
        """
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except RecursionError:
                raise LimitError(
                    f"{self.name} is nested too deeply (line {self.line})", line=self.line
                ) from None
            except json.JSONDecodeError as error:
                near = error.pos >= len(self.text) - _NEAR or error.msg.startswith("Unterminated")
                if near and self._more():
                    continue
                raise self.wrong() from None
            if self.text[end : end + 1] in _GOES_ON and self._more():
                continue
            self._go(end)
            return value

    def elements(self) -> Iterator[tuple[int, Any]]:
        """Yield line and value of each element of the array that comes next."""
        self.take("[")
        if self.take("]"):
            return
        while True:
            self.peek()
            line = self.line
            yield line, self.value()
            if not self.take(","):
                break
        if not self.take("]"):
            raise self.wrong()

    def names(self) -> Iterator[str]:
        """Yield each name of the object that comes next; the caller reads its value."""
        self.take("{")
        if self.take("}"):
            return
        while True:
            name = self.value()
            if not isinstance(name, str) or not self.take(":"):
                raise self.wrong()
            yield name
            if not self.take(","):
                break
        if not self.take("}"):
            raise self.wrong()

    def wrong(self) -> SourceError:
        """Return the error that tells where the text stops being JSON."""
        return SourceError(f"{self.name} is no valid JSON (line {self.line})", line=self.line)

    def _go(self, end: int) -> None:
        self.line += self.text.count("\n", self.at, end)
        self.at = end

    def _more(self) -> bool:
        """Add a piece; say whether there was one."""
        rest = self.text[self.at :]
        if len(rest) > self.longest:
            raise LimitError(
                f"{self.name} holds a value of more than {self.longest:,} characters "
                f"(line {self.line})",
                line=self.line,
            )
        piece = next(self.pieces, "")
        self.text, self.at = rest + piece, 0
        return bool(piece)
