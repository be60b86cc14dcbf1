"""Tell the encoding of a text by evidence: UTF-8, one of many others, or nothing."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from customerkit.collect.formats.alphabets import ENCODINGS
from customerkit.collect.formats.amounts import told_beside_amounts
from customerkit.collect.formats.characters import told_by_characters
from customerkit.collect.formats.languages import KINDS, OTHERS
from customerkit.collect.formats.letters import is_clear, told_by_letters

_LINES = 5000
_BYTES = 1500  # beyond ASCII; more of them would tell nothing else
_SOME = 4  # times that a byte tells enough
# What may be a byte of a character: the second one is a letter or sign of ASCII in some.
_PIECE = re.compile(rb"[0-9@-~\x80-\xff]*[\x80-\xff][0-9@-~\x80-\xff]*")
_GLUED = math.log(0.1)  # a word behind a number, without a blank; characters often are
_BEHIND_DIGIT = re.compile(rb"[0-9][\x80-\xff]{2}")
_ASCII = bytes(range(128))
_ASCII_LETTER = re.compile("[A-Za-z]")
_STRANGE = re.compile("[ª²³¹º\u0250-\u07ff]")


def tell(block: bytes) -> str | None:
    r"""Return the encoding of a block that is not plain ASCII, None without evidence.

    Args:
        block: Some whole lines.

    Returns:
        The name that Python gives it, None where another one explains the block too.

    Example:
        >>> tell("姓名,城市\n李伟,北京\n".encode("gbk")), tell("Müller\n".encode("cp1252"))
        ('gb18030', 'cp1252')
        >>> tell("Иван Петров, Москва".encode("cp1251")), tell(b"\xe8") is None
        ('cp1251', True)
    """
    lines = _telling(block)[:_LINES]
    pieces = _pieces(lines)
    utf8 = [piece for piece in pieces if _is_utf8(piece)]
    plain = [piece for piece in utf8 if not _is_odd(piece.decode())]
    if 2 * len(plain) >= len(pieces):
        return "utf-8"
    found = told_beside_amounts(pieces, _told)
    if len(utf8) == len(pieces):
        by_chance = found and any(_is_odd(piece.decode(), least=4) for piece in pieces)
        return None if by_chance else "utf-8"
    if found is not None and not _denies(utf8, found):
        return found
    few = len(lines) * 20 <= block.count(b"\n")
    return "utf-8" if few else None


def contradicts(block: bytes, encoding: str) -> bool:
    """Say whether a later block is UTF-8, though an earlier one told otherwise.

    Args:
        block: Some whole lines.
        encoding: What :func:`tell` said.

    Example:
        >>> contradicts("Jürgen".encode(), "cp1252")
        True
    """
    if encoding == "utf-8" or block.isascii():
        return False
    lines = _telling(block)
    utf8 = [line for line in lines if _is_utf8(line)]
    if encoding in ENCODINGS:
        return _denies(_pieces(utf8), encoding)
    return len(utf8) >= 3 and 2 * len(utf8) >= len(lines)


def _denies(utf8: Iterable[bytes], encoding: str) -> bool:
    """Say whether cells that are UTF-8 cannot be what they read in an encoding as well."""
    return encoding in ENCODINGS and not all(_happens(piece, encoding) for piece in utf8)


def _happens(piece: bytes, encoding: str) -> bool:
    """Say whether a cell that is UTF-8 may be so by chance.

    Two letters of a byte each may be UTF-8: those in ``MĘŻCZYZNA`` are, in cp1250.
    """
    if _is_odd(piece.decode()):
        return True
    kinds = set(piece.decode(encoding, "replace").translate(KINDS))
    return kinds <= OTHERS and len(piece.decode()) < 3


def _is_odd(text: str, least: int = 2) -> bool:
    """Say whether text mixes scripts within words as UTF-8 by chance does, in pairs of bytes.

    Args:
        text: One that is UTF-8.
        least: Letters of ASCII that such a word has.
    """
    return max(text) < "\u0800" and any(
        _STRANGE.search(word) and len(_ASCII_LETTER.findall(word)) >= least for word in text.split()
    )


def _told(pieces: Sequence[bytes]) -> str | None:
    letters, characters = told_by_letters(pieces), told_by_characters(pieces)
    if letters is None or characters is None:
        found = letters or characters
        return found.name if found else None
    glued = _GLUED * sum(len(_BEHIND_DIGIT.findall(piece)) for piece in pieces)
    better = characters.score - letters.score - glued
    found = characters if better > 0 else letters
    return found.name if is_clear(abs(better), found.score) else None


def _pieces(lines: Iterable[bytes]) -> list[bytes]:
    """Return different parts of cells that are not plain ASCII.

    Up to some length all of them, and then those with a byte that is rare so far: a
    single letter may be all that two encodings read in different ways.
    """
    found: dict[bytes, None] = {}
    counts: Counter[int] = Counter()
    told = _ASCII
    for line in lines:
        new = {x: None for x in _PIECE.findall(line) if x not in found and x.translate(None, told)}
        if not new:
            continue
        found |= new
        counts.update(b"".join(new).translate(None, _ASCII))
        if counts.total() > 2 * _BYTES:
            break
        if counts.total() > _BYTES:
            told = _ASCII + bytes(byte for byte, count in counts.items() if count >= _SOME)
    return list(found)


def _telling(block: bytes) -> list[bytes]:
    return [line for line in block.split(b"\n") if not line.isascii()]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
