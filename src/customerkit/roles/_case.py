"""Give texts written in one case only the case that people write."""

from __future__ import annotations

import re
from unicodedata import normalize

_LATIN = re.compile(r"[^\W\d_]+")
_LATIN_ONLY = re.compile(r"[A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿ]*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MC = re.compile(r"mc[^\W\d_]{3,}")
_PARTICLES = frozenset(
    "van von der den de del della da dos das du los ten ter zu zur bin binti ibn vom zum".split()
)
_LINKS = frozenset(
    "am an and auf aan bei by de den der des di do e en et im in la le les na nad of on op près "
    "sous sul sur the under upon unter y da dos das del".split()
)
_INITIALS = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2,3}|[AEO]J")
_SHORT = frozenset(["NG", "ST", "JR", "SR", "DR", "MR", "MS", "MC", "MRS"])
_APOSTROPHE = frozenset("bcdfghjklmnopqtvz")  # O'Brien, M'Bala; 's and 't stay small
_TURKISH = re.compile("[İĞŞğşı]")
_ORDINAL = re.compile(r"\d+(?:ST|ND|RD|TH)")
_ROMAN = frozenset(["ii", "iii", "iv", "vii", "viii"])
_DIRECTIONS = frozenset("n s e w ne nw se sw nne nnw sse ssw po ii iii iv us".split())
_STREETS = frozenset(
    "st rd ln dr ct sq pl hwy blvd pkwy str ter mt ft bldg flr trl cmn grv xing".split()
)


def one_case(text: str) -> bool:
    """Say whether the letters of a text are Latin and all upper or all lower case.

    Args:
        text: Any text.

    Returns:
        False also where there is nothing to know, as in ``J``.

    Example:
        >>> one_case("JANE"), one_case("Jane"), one_case("王"), one_case("J.")
        (True, False, False, False)
    """
    if not (text.isupper() or text.islower()):
        return False
    if text.isascii():
        return not text.isupper() or _two_letters(text)
    letters = "".join(_LATIN.findall(text))
    return _LATIN_ONLY.fullmatch(letters) is not None and (text.islower() or _two_letters(text))


def _two_letters(text: str) -> bool:
    return any(len(word) > 1 for word in _LATIN.findall(text))


def title_name(text: str, whole: bool = False) -> str:
    """Give a personal name in one case its usual case.

    Args:
        text: A name for which :func:`one_case` holds.
        whole: Whether it is a full name, whose first word is never a particle.

    Returns:
        The name; unchanged where its letters would not survive.

    Example:
        >>> title_name("MCDONALD"), title_name("o'brien-smith"), title_name("VAN DER BERG")
        ('McDonald', "O'Brien-Smith", 'van der Berg')
    """
    words = text.split(" ")
    last = len(words) - 1
    first = 1 if whole else 0
    done = [
        word.lower()
        if (first <= at < last and word.lower() in _PARTICLES)
        or (at == 1 < last and at >= first and word.lower() == "la" and words[0].lower() == "de")
        else _name_word(word, at > 0)
        for at, word in enumerate(words)
    ]
    return _safe(text, " ".join(done))


def _name_word(word: str, later: bool) -> str:
    if later and word.lower() in _ROMAN:
        return word.upper()
    if _INITIALS.fullmatch(word) and word not in _SHORT:
        return word
    return _WORD.sub(lambda match: _capital(match.group()), word)


def _capital(word: str) -> str:
    small = _lower(word)
    if _MC.fullmatch(small):
        return "Mc" + small[2].upper() + small[3:]
    if len(small) > 3 and small[1] in "'’" and small[0] in _APOSTROPHE:
        return small[0].upper() + small[1] + small[2].upper() + small[3:]
    first = word[:1] if word[:1].isupper() else small[:1].upper()
    return first + small[1:]


def title_place(text: str) -> str:
    """Give a place or a street in one case its usual case.

    Args:
        text: A text for which :func:`one_case` holds.

    Returns:
        The text; words with digits and short words without vowels stay as they are.

    Example:
        >>> title_place("STOKE-ON-TRENT"), title_place("12A HIGH ST NW")
        ('Stoke-on-Trent', '12A High St NW')
    """
    found = [match.span() for match in _WORD.finditer(text)]
    done, at = [], 0
    for number, (start, end) in enumerate(found):
        inner = 0 < number < len(found) - 1
        done += [text[at:start], _place_word(text[start:end], inner, text.isupper())]
        at = end
    return _safe(text, "".join(done) + text[at:])


def _place_word(word: str, inner: bool, upper: bool) -> str:
    small = _lower(word)
    if inner and (small in _LINKS):
        return small
    if small in _DIRECTIONS:
        return small.upper()
    if any(char.isdigit() for char in word):
        return small if _ORDINAL.fullmatch(word) else word
    if upper and len(small) < 4 and small not in _STREETS and not set(small) & set("aeiouy"):
        return word if word.isascii() else _capital(word)
    return _capital(word)


def _lower(word: str) -> str:
    return word.replace("İ", "i").lower()


def _safe(old: str, new: str) -> str:
    if _TURKISH.search(old) and "I" in old:
        return old  # small I has no dot there, so its case cannot be told from here
    new = normalize("NFC", new)
    same = _letters(old) == _letters(new)
    return new if same and not one_case(new) else old


def _letters(text: str) -> str:
    return normalize("NFC", text.replace("İ", "i").casefold())
