"""Say whether a name in Latin letters spells one of another script, in any of the usual ways.

People write their own names as they please: حسين is Hussein, Hossain and Husayn, 영 is Young
and Yeong, יוסף is Yosef and Josef. One reading of a script equals few of them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from attrs import frozen

from customerkit.roles._chinese import ways as ways_of_sign

Letters = tuple[tuple[tuple[str, ...], bool], ...]
"""For each sign the ways it is written, and whether vowels may stand behind that it leaves out."""
_VOWELS = frozenset("aeiouy")
_UNWRITTEN = 2  # vowels
_DOUBLED = re.compile(r"(.)\1+")
_NOTHING = "_"

# sign = ways to write it, doubled letters once, _ where it may be left out
_HEBREW = """
א=_ ב=b/v/bh ג=g/j/dj ד=d ה=h/_ ו=v/w/o/u/ou ז=z/s ח=h/ch/kh/x ט=t י=y/i/j/ie/ei/ai/e
יי=y/i/ay/ai/ei/ey כ=k/c/ch/kh/h ך=k/c/ch/kh/h ל=l מ=m ם=m נ=n ן=n ס=s/c ע=_ פ=p/f/ph ף=f/p/ph
צ=ts/tz/z/c/s/cz
ץ=ts/tz/z/c/s/cz ק=k/c/q ר=r ש=sh/s/sch ת=t/th/s
"""
_ARABIC = """
ا=_ آ=_ ب=b/p ت=t ث=th/s/t ج=j/g/dj/dg ح=h خ=kh/ch/h/k/x د=d ذ=z/dh/th/d ر=r ز=z س=s/c ش=sh/ch/s
ص=s ض=d/dh/z ط=t ظ=z/dh/d ع=_ غ=gh/g ف=f/v/ph ق=q/k/c/g/gh ك=k/c ل=l/_ م=m ن=n ه=h/_/t/at/et
و=w/o/u/ou/v ي=y/i/e/ie/ei/ai/ey/j ء=_ پ=p چ=ch/c/tch گ=g ک=k/c ژ=j/zh/z ی=y/i/e/ie/ei
"""
_GREEK = """
α=a β=v/b γ=g/y/gh/j δ=d/dh/th ε=e ζ=z η=i/e/h θ=th/t ι=i/y κ=k/c λ=l μ=m ν=n ξ=x/ks ο=o π=p
ρ=r/rh σ=s τ=t υ=y/i/u φ=f/ph χ=ch/h/x/kh ψ=ps ω=o/w ου=ou/u/oy αι=ai/e/ae ει=ei/i/y/e οι=oi/i/y/e
ευ=ev/ef/eu αυ=av/af/au μπ=b/mp/mb ντ=d/nt/nd/t γκ=g/gk/nk/ng γγ=ng/g/gg γχ=nch/nh/gh τζ=tz/j/dz
τσ=ts/c/tz σσ=s λλ=l νν=n κκ=k ππ=p ββ=v μμ=m ρρ=r ττ=t
"""
_CYRILLIC = """
а=a б=b в=v/w/f г=g/h ґ=g д=d е=e/ye/ie/je/yo/io ё=yo/e/io є=ye/ie/je/e ж=zh/j/z/g з=z/s
и=i/y/j/ie/_ і=i/y/j/_ ї=i/yi/ji к=k/c л=l м=m н=n о=o/a п=p р=r с=s т=t у=u/ou ф=f/ph х=kh/h/ch/x
ц=ts/c/tz/z ч=ch/tch/c/cz/tsch ш=sh/sch/s/ch щ=shch/sch/sh/sc/shh ъ=_ ы=y/i/ui ь=_/y/i э=e
ю=yu/iu/ju/u я=ya/ia/ja/a кс=ks/x ии=iy/y/i/ij/ii іи=iy/y/i/ij/ii ыи=y/iy/i/yj ье=ye/ie/ie/je
лл=l нн=n сс=s
"""
_STARTS = (
    "g/k/c k/g/kh n d/t t/d r/l/n/_ m b/p/v p/b s/sh s _/l/r/rh j/ch/c/z j ch/c/j k/c/kh t/th p/f h"
).split()
_MIDDLES = (
    "a/ah/ar ae/e/ai/ay ya/ia/yah yae/ye eo/u/o/uh/ou/e/ur/er e/ae/ay "
    "yeo/yu/yo/you/ye/eo/u/yeu ye/yae/e o/oh wa/oa/ua wae/we/oe oe/oi/we/wae/ui/o yo/o "
    "u/ou/wu/wo/oh/o wo/weo/uo/weon we/ue wi/ui/we yu/you/ew/u/yo eu/u/e/o ui/eui/i/e/hi/y "
    "i/yi/e/y/ih"
).split()
_ENDS = (
    "_ k/g/c k/g k n n n/h t/d l/r/rl k/lk lm lb ls lt lp l m/n p/b p t/s t ng/n t t k t p h/_"
).split()
_FIRST_SYLLABLE, _SYLLABLES, _LAST = 0xAC00, 11_172, 28


@frozen
class _Script:
    """Hold how the signs of a script are written in Latin letters.

    Args:
        ways: Sign, or two of them → the ways.
        vowels: Whether vowels between the signs are left out.
    """

    ways: dict[str, tuple[str, ...]]
    vowels: bool

    @classmethod
    def of(cls, table: str, *, vowels: bool) -> _Script:
        """Read a table."""
        pairs = (entry.partition("=") for entry in table.split())
        return cls({sign: _ways(said) for sign, _, said in pairs}, vowels)

    def letters(self, form: str) -> Letters | None:
        """Return how the signs of a form are written; None for signs of other scripts."""
        found = []
        at = 0
        while at < len(form):
            size = 2 if form[at : at + 2] in self.ways else 1
            ways = self.ways.get(form[at : at + size])
            if ways is None:
                return None
            found.append((ways, self.vowels))
            at += size
        if found and self.vowels:  # some are not heard at the end, and one is an a there
            ways, vowels = found[-1]
            found[-1] = (*ways, "", "a"), vowels
        return tuple(found)


def _ways(said: str) -> tuple[str, ...]:
    return tuple("" if way == _NOTHING else way for way in said.split("/"))


@cache
def _scripts() -> tuple[_Script, ...]:
    return (
        _Script.of(_ARABIC, vowels=True),
        _Script.of(_HEBREW, vowels=True),
        _Script.of(_CYRILLIC, vowels=False),
        _Script.of(_GREEK, vowels=False),
    )


def _hangul(form: str) -> Letters | None:
    """Return how the sounds of syllables are written; None for other signs."""
    found = []
    for syllable in form:
        place = ord(syllable) - _FIRST_SYLLABLE
        if not 0 <= place < _SYLLABLES:
            return None
        start, rest = divmod(place, len(_MIDDLES) * _LAST)
        middle, end = divmod(rest, _LAST)
        parts = (_STARTS[start], _MIDDLES[middle], _ENDS[end])
        found += [(_ways(part), False) for part in parts]
    return tuple(found)


def _han(form: str) -> Letters | None:
    """Return how Chinese signs are written; None for other signs."""
    found = [ways_of_sign(sign) for sign in form]
    return tuple((spelt, False) for spelt in found) if all(found) else None


@lru_cache(1 << 16)
def letters(form: str) -> Letters | None:
    """Return how the signs of a form may be written in Latin letters.

    Args:
        form: A folded name.

    Returns:
        The ways; None for names in Latin letters, and scripts of which too little is known.
    """
    if form.isascii():
        return None
    text = form.replace(" ", "")
    known = (script.letters(text) for script in _scripts())
    return next((found for found in known if found), None) or _hangul(text) or _han(text)


@lru_cache(1 << 16)
def _latin_letters(form: str) -> str:
    return _DOUBLED.sub(r"\1", "".join(filter(str.isalpha, form)))


def spells(one: str, other: str) -> bool:
    """Say whether one of two names, in Latin letters, spells the other of another script.

    Args:
        one: A folded name.
        other: A folded name.

    Example:
        >>> spells("حسين", "hussein"), spells("hossain", "حسين"), spells("حسين", "hassan")
        (True, True, False)
        >>> spells("יוסף", "yosef"), spells("소영", "soyoung"), spells("ξενακησ", "ksenakis")
        (True, True, True)
    """
    if one.isascii() == other.isascii():
        return False
    form, text = (other, one) if one.isascii() else (one, other)
    signs = letters(form)
    return signs is not None and _spelled(signs, _latin_letters(text))


@cache
def letters_of(sign: str) -> frozenset[str]:
    """Return the letters that a sign of another script may be written with.

    Args:
        sign: One sign of a folded name.

    Returns:
        Latin letters, those of the vowels behind it included that the script leaves out, and
        those of what it makes with another sign; none where it is not known how it is written.

    Example:
        >>> sorted(letters_of("문"))
        ['h', 'm', 'n', 'o', 'u', 'w']
    """
    for script in _scripts():
        ways = [way for signs, spelt in script.ways.items() if sign in signs for way in spelt]
        if ways:
            return frozenset("".join(ways)) | (_VOWELS if script.vowels else frozenset())
    found = letters(sign) or ()
    return frozenset(letter for ways, _ in found for way in ways for letter in way)


def _spelled(signs: Letters, text: str) -> bool:
    ends = {0}
    for ways, vowels in signs:
        ends = {at + len(way) for at in ends for way in ways if text.startswith(way, at)}
        if not ends:
            return False
        if vowels:
            ends = _behind_vowels(ends, text)
    return len(text) in ends


def _behind_vowels(ends: set[int], text: str) -> set[int]:
    """Return places with those behind the vowels that follow."""
    found = set(ends)
    for end in ends:
        for at in range(end, min(end + _UNWRITTEN, len(text))):
            if text[at] not in _VOWELS:
                break
            found.add(at + 1)
    return found
