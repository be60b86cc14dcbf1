"""Know the forms of names: what of them is compared, made once for given and family names."""

from __future__ import annotations

from functools import cache, reduce
from operator import or_

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from customerkit.match.bulk import hashed, signs
from customerkit.match.codes import Coded, Codes, Places, numbered
from customerkit.match.marks import Bits, Flags, marks, near_signs, share_mark
from customerkit.match.parts import (
    SHORT,
    beginning,
    digits_of,
    first_word,
    is_initial,
    is_short_script,
    last_word,
    start,
    telling_sound,
)
from customerkit.roles._nicknames import given_names, nickname_pairs
from customerkit.roles._spelled import letters_of, spells

_SINGLE, _SEVERAL, _NICKNAMED, _SHORT, _LATIN = map(np.uint8, (1, 2, 4, 8, 16))
_ONCE = np.uint64(2**32 - 1)  # bits of the letters that stand once or more, see bulk.signs


@frozen(eq=False)
class NameForms:
    """Hold what is compared of names; arrays with a value for each form.

    Args:
        column: The names.
        read: The readings in Latin letters; those of forms without any are empty.
        han: Whether the script writes a name in one to three signs.
        single: Whether the name is one letter.
        kinds: Bits for names of one letter, of several words, with nicknames, short ones, and
            those in Latin letters.
        lengths: How long it is.
        read_lengths: How long its reading is.
        latins: Codes of readings, -1 without any.
        sounds: Hashes of sounds, 0 without any.
        first: Codes of first words.
        last: Codes of last words, numbered as first words are.
        heads: Codes of beginnings.
        starts: Codes of the first three letters.
        letters: Codes of first letters.
        digits: Codes of the digits in it, -1 without any.
        spelt_with: Which letters it may be spelt with where it is in another script.
        known: The place of its first word in the table of nicknames.
        signs: Which letters it has.
        read_signs: Which letters its reading has.
        marks: The marks of sound, beginning, first and last word.
    """

    column: Coded
    read: Coded
    han: Flags
    single: Flags
    kinds: NDArray[np.uint8]
    lengths: Codes
    read_lengths: Codes
    latins: Codes
    sounds: Bits
    first: Codes
    last: Codes
    heads: Codes
    starts: Codes
    spelt_with: Bits
    letters: Codes
    digits: Codes
    known: Places
    signs: Bits
    read_signs: Bits
    marks: Bits

    @classmethod
    def of(cls, column: Coded) -> NameForms:
        """Return what is compared of a column of names, kept with its forms."""
        return column.kept("names", lambda: cls._of(column))

    @classmethod
    def _of(cls, column: Coded) -> NameForms:
        forms, read = column.forms, column.read
        han = np.array(list(map(is_short_script, forms)), np.bool_)
        latin = np.array(list(map(str.isascii, forms)), np.bool_)
        first, last = word_ends(forms)
        sounds = hashed(column, telling_sound)
        heads = column.part("head", beginning)
        places = _places()
        known = np.array([places.get(first_word(form), len(places)) for form in forms], np.int64)
        single = np.array(list(map(is_initial, forms)), np.bool_)
        return cls(
            column,
            read,
            han,
            single,
            single * _SINGLE
            + (first != last) * _SEVERAL
            + (known < len(places)) * _NICKNAMED
            + (column.lengths == SHORT) * _SHORT
            + latin * _LATIN,
            column.lengths,
            read.lengths[read.codes],
            read.codes,
            sounds,
            first,
            last,
            heads,
            column.part("start", start),
            _spelt_with(forms),
            read.part("letter", _first)[read.codes],
            column.part("digits", digits_of),
            known,
            signs(column) if han.any() else np.zeros(0, np.uint64),
            signs(read)[read.codes],
            marks([sounds, *((part + 1).astype(np.uint64) for part in (heads, first, last))]),
        )

    def alike(self, left: Places, right: Places) -> Flags:
        """Say which names that differ may be alike; quick, and never wrong in saying no."""
        found = near_signs(self.read_signs.take(left), self.read_signs.take(right), 2)
        found |= share_mark(self.marks.take(left), self.marks.take(right))
        if len(self.signs):
            found |= near_signs(self.signs.take(left), self.signs.take(right), 1)
        one, other = self.kinds.take(left), self.kinds.take(right)
        found |= ((one | other) & _SINGLE) > 0
        found |= (one & other & _SEVERAL) > 0
        short = np.flatnonzero((one | other) & _SHORT)
        found[short] |= self.starts.take(left.take(short)) == self.starts.take(right.take(short))
        across = np.flatnonzero((one ^ other) & _LATIN)
        found[across] |= self._letters_fit(left.take(across), right.take(across))
        both = np.flatnonzero(one & other & _NICKNAMED)
        found[both] |= self.nicknames(left.take(both), right.take(both))
        return found

    def spelt(self, left: Places, right: Places) -> Flags:
        """Say which pairs are a name in another script and a way to spell it in Latin letters."""
        found = np.zeros(len(left), np.bool_)
        across = np.flatnonzero((self.kinds.take(left) ^ self.kinds.take(right)) & _LATIN)
        some = across[self._letters_fit(left.take(across), right.take(across))]
        if len(some):
            a, b = np.minimum(left[some], right[some]), np.maximum(left[some], right[some])
            once, back = np.unique(a * len(self.lengths) + b, return_inverse=True)
            pairs = (self.column.texts(side) for side in np.divmod(once, len(self.lengths)))
            found[some] = np.array([spells(*pair) for pair in zip(*pairs, strict=True)])[back]
        return found

    def _letters_fit(self, left: Places, right: Places) -> Flags:
        """Say which names in Latin letters have no letter that the other is not spelt with."""
        latin = (self.kinds.take(left) & _LATIN) > 0
        text, form = np.where(latin, left, right), np.where(latin, right, left)
        fits: Flags = (self.read_signs.take(text) & _ONCE & ~self.spelt_with.take(form)) == 0
        return fits

    def nicknames(self, left: Places, right: Places) -> Flags:
        """Say which pairs are a name and its nickname, or two nicknames of one name."""
        table = _table()
        found: Flags = table.ravel().take(
            self.known.take(left) * len(table) + self.known.take(right)
        )
        return found


def _spelt_with(forms: list[str]) -> Bits:
    """Return the letters that forms may be spelt with, in bits as those of :func:`signs`."""
    found, bits = np.zeros(len(forms), np.uint64), _SpeltWith()
    for at, form in enumerate(forms):
        if not form.isascii():
            found[at] = reduce(or_, map(bits.__getitem__, form))
    return found


class _SpeltWith(dict[str, int]):
    """Hold the letters that each sign may be spelt with, in bits."""

    def __missing__(self, sign: str) -> int:
        self[sign] = found = sum(1 << (ord(one) - ord("0")) % 32 for one in letters_of(sign))
        return found


def _first(text: str) -> str | None:
    return text[:1] or None


def word_ends(forms: list[str]) -> tuple[Codes, Codes]:
    """Return the first and the last word of each form, in codes of one numbering."""
    found = numbered([*map(first_word, forms), *map(last_word, forms)])[0]
    return found[: len(forms)], found[len(forms) :]


@cache
def _places() -> dict[str, int]:
    return {name: at for at, name in enumerate(sorted(given_names()))}


@cache
def _table() -> Flags:
    """Return for each two names whether one name stands behind both; the last for others."""
    places = _places()
    groups: dict[str, list[int]] = {}
    for name, nick in nickname_pairs():
        groups.setdefault(name, [places[name]]).append(places[nick])
    found = np.zeros((len(places) + 1, len(places) + 1), np.bool_)
    for group in groups.values():
        found[np.ix_(group, group)] = True
    return found
