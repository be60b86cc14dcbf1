"""Make hashes and signs of the forms of a column, once each, and many at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from customerkit.match import letters, parts
from customerkit.match.codes import Coded
from customerkit.match.hashing import Hashes, hash_texts
from customerkit.match.letters import Letters
from customerkit.roles._sound import formal, sound, sounds

Text = TypeVar("Text")
Part = Callable[[str], "str | None"]
_CHUNK = 1 << 15  # texts at a time: their letters stay small
_SEVERAL: Mapping[Part, Callable[[Coded], list[str | None]]] = {
    sound: lambda names: _heard(names, str),
    parts.telling_sound: lambda names: list(map(parts.telling, _heard(names, str))),
    parts.given_sound: lambda names: _heard(names, lambda name: formal(parts.first_word(name))),
    parts.family_sound: lambda names: _heard(names, parts.last_word),
    parts.first_sound: lambda names: _heard(names, parts.first_word),
}
_BULK: Mapping[Part, Callable[[Letters], Hashes]] = {
    parts.local_part: letters.local_part,
    parts.local_letters: letters.local_letters,
    parts.without_digits: letters.without_digits,
    parts.ending: letters.last_of(7),
    parts.last_six: letters.last_of(6),
    parts.first_six: letters.first_six,
    parts.street_number: letters.street_number,
    parts.street_name: letters.street_name,
    parts.longest_word: letters.longest_word,
    parts.area_of: letters.area_of,
}


def hashed(column: Coded, part: Part | None) -> Hashes:
    """Return for each form the hash of a part of it, 0 for nothing; of the form for None."""
    return column.kept(("hash", part), lambda: _hashed(column, part))


def _hashed(column: Coded, part: Part | None) -> Hashes:
    forms = column.forms
    if part is not None and part not in _BULK:
        several = _SEVERAL.get(part)
        texts = _texts(forms, part) if several is None else several(column)
        return np.concatenate([hash_texts(some) for some in _chunks(texts)])
    bulk = letters.whole if part is None else _BULK[part]
    out, start = [np.zeros(0, np.uint64)], 0
    for held in _letters(column):
        found = bulk(held)
        others = np.flatnonzero(~held.plain)
        if len(others):
            odd = [forms[start + at] for at in others.tolist()]
            found[others] = hash_texts(_texts(odd, part))
        out.append(found)
        start += len(found)
    return np.concatenate(out)


def _texts(forms: list[str], part: Part | None) -> Sequence[str | None]:
    return forms if part is None else list(map(part, forms))


def _heard(names: Coded, word: Callable[[str], str]) -> list[str | None]:
    """Return how a word of each name sounds; whole names are heard once, whatever is asked."""
    found = names.kept("heard", lambda: sounds(names.forms))
    words = list(map(word, names.forms))
    others = [at for at, form in enumerate(names.forms) if words[at] is not form]
    heard = dict(zip(others, sounds([words[at] for at in others]), strict=True))
    return [heard.get(at, whole) for at, whole in enumerate(found)] if others else found


def _letters(column: Coded) -> list[Letters]:
    return column.kept("letters", lambda: list(map(Letters.of, _chunks(column.forms))))


def _chunks(texts: Sequence[Text]) -> list[Sequence[Text]]:
    return [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)] or [[]]


def signs(column: Coded) -> NDArray[np.uint64]:
    """Return which letters each form has how often, in bits; an edit changes two at most.

    A letter has a bit for each time that it stands, up to two times; digits up to six
    times where there are only digits.
    """
    return column.kept("signs", lambda: _signs(column))


def _signs(column: Coded) -> NDArray[np.uint64]:
    kinds = 10 if all(map(str.isdecimal, column.forms)) else 32
    return np.concatenate([letters.signs(held, kinds) for held in _letters(column)])
