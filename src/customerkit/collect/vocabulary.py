"""Look words of headers up, in the tables of all languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate

from customerkit.collect import languages
from customerkit.collect.activities import ACTIVITY
from customerkit.collect.synonyms import ADDRESS, CUSTOMER, FILLERS
from customerkit.roles.fold import plain

NUMBER_WORDS = frozenset("n no nr nro num nbr number numero nummer numer numeri".split())
Ranked = Mapping[str, tuple[str, int]]
"""Words → the field they mean, and how well they fit: the smaller, the better."""


def normalised(header: str) -> str:
    """Return a header's words: lower case, without accents, apart by single blanks.

    Example:
        >>> normalised("E-mail 1 - Value"), normalised("FirstName"), normalised("Created (UTC)")
        ('e mail 1 value', 'first name', 'created utc')
        >>> normalised("POAddressLine1"), normalised("address1"), normalised("電話1")
        ('po address line 1', 'address 1', '電話 1')
    """
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", header)
    text = re.sub(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", text)
    text = re.sub(r"(?<=[^\W\d_])(?=\d)", " ", plain(text))
    return " ".join(re.findall(r"[^\W_]+", text))


def numbered(tokens: Sequence[str]) -> str:
    """Return words with one of all words for number: *N° contrat*, *Numéro de contrat*."""
    plainly = [token for token in tokens if token not in FILLERS]
    if len(plainly) > 1:
        plainly = ["no" if token in NUMBER_WORDS else token for token in plainly]
    return " ".join(plainly)


@cache
def known_words(kind: str) -> Sequence[tuple[str, frozenset[int]]]:
    """Return the headers that are known, without blanks, and where their words end, in order."""
    found: dict[str, set[int]] = {}
    for said in {*words_of(kind), *address_words()}:
        found.setdefault(said.replace(" ", ""), set()).update(accumulate(map(len, said.split(" "))))
    return sorted((whole, frozenset(ends)) for whole, ends in found.items())


@cache
def words_of(kind: str) -> Ranked:
    """Return what words mean in a table of a kind, but for parts of addresses."""
    found = _ranked(*languages.CUSTOMER, CUSTOMER)
    activity = _ranked(ACTIVITY.get(kind, {}))
    return found | {word: (f"activity.{name}", rank) for word, (name, rank) in activity.items()}


@cache
def address_words() -> Ranked:
    """Return what words of addresses mean."""
    return _ranked(*languages.ADDRESS, ADDRESS)


def _ranked(*tables: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Return what each word means, and how well it fits; the last table counts."""
    found = {
        normalised(word): (name, rank)
        for table in tables
        for name, words in table.items()
        for rank, word in enumerate(words.split("|"))
    }
    with_no = {numbered(word.split(" ")): what for word, what in found.items()}
    return with_no | {word.replace(" ", ""): what for word, what in found.items()} | found
