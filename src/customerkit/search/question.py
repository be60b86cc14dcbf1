"""Read what somebody typed: words, telephone numbers, and what to ask an index for."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from customerkit.roles.fold import loose
from customerkit.store.search.protocol import Wanted
from customerkit.store.search.terms import phones, pieces, wanted_phone, wanted_word

_MOST = 16  # words of a query that count


@frozen
class Question:
    """Hold a query in the forms that are compared.

    Args:
        words: Folded words, telephone numbers among them as digits.
        compact: All of it without blanks.
        numbers: The telephone numbers.
        wanted: What to ask an index for.
    """

    words: tuple[str, ...]
    compact: str
    numbers: frozenset[str]
    wanted: tuple[Wanted, ...]

    @classmethod
    def of(cls, text: str) -> Question:
        """Read a query.

        Example:
            >>> question = Question.of("Jané SMITH, 07700 900461")
            >>> question.words, question.compact
            (('jane', 'smith', '07700900461'), 'janesmith07700900461')
        """
        folded = loose(text)
        numbers = phones(text)
        words = _words(folded.split(), numbers)[:_MOST]
        wanted = list(dict.fromkeys(_wanted(words, frozenset(numbers))))
        return cls(tuple(words), "".join(words), frozenset(numbers), tuple(wanted))


def _words(words: list[str], numbers: list[str]) -> list[str]:
    """Return the words, those that make up a telephone number as one."""
    found, at = [], 0
    while at < len(words):
        end = _end(words, at, numbers)
        found.append("".join(words[at:end]) if end > at + 1 else words[at])
        at = end
    if len(numbers) == 1 and len("".join(found)) - len(numbers[0]) <= 2:
        return numbers  # a letter in it is a typing error
    return found


def _end(words: list[str], at: int, numbers: list[str]) -> int:
    for end in range(min(len(words), at + 6), at, -1):
        if "".join(words[at:end]) in numbers:
            return end
    return at + 1


def _wanted(words: list[str], numbers: frozenset[str]) -> Iterator[Wanted]:
    for word in words:
        for piece in pieces(word):
            yield from wanted_word(piece)
        if word in numbers:
            yield from wanted_phone(word)
