"""Fold texts: the small functions that every role shares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import compress

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_INVISIBLE = dict.fromkeys([0x200B, 0x2060, 0xFEFF, 0x00AD, 0x200E, 0x200F])
_ODD = re.compile(r"[\x00-\x1f\x7f]|  |\A | \Z")
_DIGITS = re.compile(r"[^\x00-\x7f]")


def squash(text: str) -> str:
    r"""Fold runs of any white space to one blank, and cut it at both ends.

    Args:
        text: Any text; characters nobody can see (byte order mark, soft hyphen) go.

    Returns:
        The text in Unicode NFC.

    Example:
        >>> squash(" Jane \t Example ")
        'Jane Example'
    """
    if text.isascii():
        if _ODD.search(text) is None:
            return text
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def narrow(text: str) -> str:
    """Fold full-width Latin letters, digits and signs to ASCII; CJK stays unharmed.

    Args:
        text: Any text.

    Returns:
        The squashed text.

    Example:
        >>> narrow("１２Ａ　王")
        '12A 王'
    """
    return squash(text if text.isascii() else text.translate(_WIDE))


def digits(text: str) -> str:
    """Fold the decimal digits of every script to ASCII, and full-width signs too.

    Args:
        text: Any text.

    Returns:
        The narrowed text.

    Example:
        >>> digits("٠١٢３")
        '0123'
    """
    text = narrow(text)
    return text if text.isascii() else _DIGITS.sub(_digit, text)


_FLOAT = re.compile(r"(0|[1-9]\d*)\.0", re.ASCII)
MASKED = re.compile(r"[*＊•●]{2,}|[xX]{3,}|#{3,}")
"""What stands for the part of a number that is not shown."""


def whole_number(text: str) -> str:
    """Return a whole number without the tail that spreadsheets and frames add; other text stays.

    Example:
        >>> whole_number("17850.0"), whole_number("007.0"), whole_number("1.5")
        ('17850', '007.0', '1.5')
    """
    found = _FLOAT.fullmatch(text) if text.endswith(".0") else None
    return found[1] if found else text


def _digit(match: re.Match[str]) -> str:
    found = unicodedata.decimal(match.group(), None)
    return match.group() if found is None else str(found)


_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_ACCENTS = re.compile(r"[\u0300-\u036f]")


def plain(text: str) -> str:
    """Fold case and strip the accents of letters; other scripts keep their marks.

    Args:
        text: Any text.

    Returns:
        Text to compare by.

    Example:
        >>> plain("Zoë ŁASKI")
        'zoe laski'
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.casefold())
    text = unicodedata.normalize("NFKC", _ACCENTS.sub("", text).translate(_LETTERS))
    return text.casefold()


def bare(text: str) -> str:
    """Fold as :func:`plain` does and keep letters, marks and digits only.

    Args:
        text: Any text.

    Returns:
        Text to compare by.

    Example:
        >>> bare("O'Brien-Łaski")
        'obrienlaski'
    """
    text = plain(text)
    if text.isalnum():
        return text
    return "".join([char for char in text if unicodedata.category(char)[0] in "LMN"])


_TWICE = re.compile(r"[\xc2-\xf4][\x80-\xbf\u0152-\u02dc\u2013-\u2122]")


def decoded(text: str) -> str:
    """Return text that was read in the wrong encoding as it was meant: UTF-8 taken for cp1252.

    Args:
        text: Any text.

    Returns:
        The text; as it is where it was no UTF-8.

    Example:
        >>> decoded("JoÃ£o"), decoded("São")
        ('João', 'São')
    """
    if text.isascii() or not _TWICE.search(text):
        return text
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


_SAME = str.maketrans(
    {
        "\u0640": None,  # the line that stretches Arabic words
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا",
        "'": None, "’": None, "ʼ": None,
    }
    | _INVISIBLE
)  # fmt: skip


_WORDS = re.compile(r"[a-z0-9]+")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")


def loose(text: str) -> str:
    """Fold away what people leave out or mix up when they type, in every script.

    Beyond :func:`plain`, the marks of other scripts go (Arabic vowels, Hebrew points),
    letters that keyboards of one script write differently become one, digits are ASCII,
    and what is neither letter nor digit is a blank.

    Args:
        text: Any text.

    Returns:
        Words with one blank between them.

    Example:
        >>> loose("O'Brien-ŁASKI, Zoë"), loose("Йосиф"), loose("أَحْمَد"), loose("Άγγελος")
        ('obrien laski zoe', 'иосиф', 'احمد', 'αγγελοσ')
    """
    if text.isascii():
        return " ".join(_WORDS.findall(text.lower().replace("'", "")))
    text = plain(digits(text) if _OTHER_DIGIT.search(text) else text)
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        unmarked = "".join([char for char in apart if not unicodedata.combining(char)])
        text = unicodedata.normalize("NFKC", unmarked).casefold()
    text = text.translate(_SAME)
    if not text.replace(" ", "").isalnum():
        text = "".join([char if _is_lettered(char) else " " for char in text])
    return " ".join(text.split())


_SIGNS = re.compile(r"[^a-z0-9\n]+")


def looses(texts: Sequence[str]) -> list[str]:
    r"""Return :func:`loose` of many texts; those in ASCII are worked as one, a line each.

    Example:
        >>> looses(["O'Brien-ŁASKI", "Main  St. 1"])
        ['obrien laski', 'main st 1']
    """
    simple = [text.isascii() and "\n" not in text for text in texts]
    joined = "\n".join(compress(texts, simple)).lower().replace("'", "")
    found, words = iter(_SIGNS.sub(" ", joined).split("\n")), _Loose()
    return [
        next(found).strip()
        if alone
        else " ".join([folded for word in text.split() if (folded := words[word])])
        for text, alone in zip(texts, simple, strict=True)
    ]


class _Loose(dict[str, str]):
    """Hold each word folded, for many texts share words."""

    def __missing__(self, word: str) -> str:
        self[word] = found = loose(word)
        return found


def _is_lettered(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"
