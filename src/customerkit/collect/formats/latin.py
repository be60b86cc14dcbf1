"""Tell cp1252 from the other encodings that give a byte a letter.

The same byte is another letter in each of them, so bytes alone prove nothing.
What tells is whether the letters of each word belong together: some language of
the encoding uses them, and their case fits. Nothing is decided by who wins
narrowly: where another encoding explains the words as well, there is no answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise

# The letters beyond ASCII of each language, the frequent ones first.
_WEST = (
    "üöäß éèàêçîôâëïùûœÿ íáóéñúü ãçáíéóêâõúôà àòèùéì äöåé øåæéöü óíáðéúöþýæ ëéïèöüáó "
    "àóèéíçòúïü áéíóú ãñáéíóú"
)
_CENTRE = "łóążęśćńź áíéěřýčžšůúňťďó áíéýčžšúľôňťäďóĺŕ áéöíóőüúű ăşţâî čšžćđ"
_BALTIC = "ėžšųūčąęį āīēšņļūžķģč äõöüšž"
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ оаинвіртескймлудпгязьбчхцжшюїщєф"
_GREEK = "αιοτνεσρυκπςμληάίδγόέχήύβωφθώξζψ"
_LANGUAGES: dict[str, str] = {
    "cp1252": _WEST,
    "cp1250": _CENTRE,
    "iso8859-2": _CENTRE,
    "cp1254": "ıüşöçğâîi\u0307",
    "cp1257": _BALTIC,
    "mac-roman": _WEST,
    "cp850": _WEST,
    "cp437": _WEST,
    "cp1251": _CYRILLIC,
    "koi8-r": _CYRILLIC,
    "cp866": _CYRILLIC,
    "iso8859-5": _CYRILLIC,
    "mac-cyrillic": _CYRILLIC,
    "cp1253": _GREEK,
    "cp1255": "יוהלאתמרבשנכדםעקפחזטסגןצךץףק",
    "cp1256": "اليمنرتبدسعهوكفحجقةخصشطزضىغثذظءأإآ",
    "tis-620": "านรกอเงมลวสดทตปแหขคยพจบชไ่้ัีิื็ุูโใะำ",
}
_MARKS = frozenset("’‘“”–—…•€£©®§«»´·\xa0½¼¿¡")
_RAISED = frozenset("ªº°²³¹")  # behind a word or number
_FOREIGN, _ORDINAL, _MARK, _SYMBOL, _NOTHING = (
    math.log(share) for share in (0.002, 0.3, 0.02, 0.0005, 0.00001)
)
_ODD = math.log(0.03)
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_RUN = re.compile(rb"[\x80-\xff]+")
_WORDS = 2000
_CLEAR = math.log(8)
_MARGIN = math.log(2)
_ENOUGH = math.log(0.015)  # a letter; text of other kinds stays far below


def is_cp1252(lines: Iterable[bytes]) -> bool:
    """Say whether lines are cp1252, by the words they would hold.

    Args:
        lines: Some that are not plain ASCII.

    Example:
        >>> is_cp1252(["Jürgen Groß".encode("cp1252")])
        True
        >>> is_cp1252(["Jiří Dvořák".encode("cp1250")])
        False
    """
    found: dict[bytes, None] = {}
    for line in lines:
        found |= dict.fromkeys(_WORD.findall(line))
        if len(found) > _WORDS:
            break
    words = list(found)
    runs = [run for word in words for run in _RUN.findall(word)]
    letters = sum(map(len, runs))
    own = {word: _word(word.decode("cp1252", "replace"), "cp1252") for word in words}
    if not words or 2 * letters > 3 * len(runs) or sum(own.values()) < _ENOUGH * letters:
        return False
    return all(_explains_less(name, own) for name in _LANGUAGES if name != "cp1252")


def _explains_less(name: str, own: Mapping[bytes, float]) -> bool:
    """Say whether an encoding makes less of the words that it reads in another way."""
    evidence = 0.0
    is_same = True
    for word, mine in own.items():
        text = word.decode(name, "replace")
        less = mine - _word(text, name)
        if text != word.decode("cp1252", "replace"):
            is_same, evidence = False, evidence + less
        elif less > _CLEAR:  # read the same, yet in no language of theirs
            evidence += less
    return is_same or evidence > _MARGIN


def _word(word: str, name: str) -> float:
    special = [letter for letter in word if letter > "\x7f"]
    letters = [x for x in special if x not in _RAISED and (x.isalpha() or "\u0300" <= x < "\u2000")]
    rest = sum(
        _mark(letter, last=at + 1 == len(word))
        for at, letter in enumerate(word)
        if letter > "\x7f" and letter not in letters
    )
    best = max(
        sum(language.get(letter.lower(), _FOREIGN) for letter in letters)
        for language in _languages(name)
    )
    odd = _odd_cases(word) + 2 * _mixes_scripts(word)
    return best + rest + _ODD * odd


def _mark(letter: str, last: bool) -> float:
    if letter == "\ufffd" or (not letter.isprintable() and letter != "\xa0"):
        return _NOTHING
    if letter in _RAISED:
        return _ORDINAL if last else _SYMBOL
    return _MARK if letter in _MARKS else _SYMBOL


def _odd_cases(word: str) -> int:
    """Count letters beyond ASCII whose case does not fit the letter before."""
    rises = sum(a.islower() and b.isupper() and max(a, b) > "\x7f" for a, b in pairwise(word))
    dips = sum(
        a.isupper() and b.islower() and b > "\x7f" and c.isupper()
        for a, b, c in zip(word, word[1:], word[2:], strict=False)
    )
    return rises + dips


def _mixes_scripts(word: str) -> bool:
    return any(letter >= "\u0370" for letter in word) and any(
        "A" <= letter <= "z" for letter in word
    )


@cache
def _languages(name: str) -> tuple[dict[str, float], ...]:
    """Return the letters of each language of an encoding, and how likely each is."""
    found = []
    for letters in _LANGUAGES[name].split(" "):
        weights = [1 / (rank + 2) for rank in range(len(letters))]
        whole = sum(weights)
        found.append({x: math.log(w / whole) for x, w in zip(letters, weights, strict=True)})
    return tuple(found)
