"""Tell signs of currencies from letters, where a byte beyond ASCII may be either."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from customerkit.collect.formats.alphabets import ENCODINGS, is_seldom

_AMOUNT = re.compile(rb"([\x80-\xff])[0-9]+|[0-9]+([\x80-\xff])")
_CURRENCIES = frozenset("£€¥₪₴₽₺")
_FEWEST = 3  # amounts that differ: a guess

Tell = Callable[[Sequence[bytes]], str | None]


def told_beside_amounts(pieces: Sequence[bytes], tell: Tell) -> str | None:
    r"""Return the encoding of a text in which one byte may be the sign of a currency.

    A letter would stand within words too, and seldom glued to numbers alone. What the other
    pieces tell has to read the byte as such a sign; where there are none, the encodings in
    use have to read it as the same one.

    Args:
        pieces: Cells or parts of them that are not plain ASCII.
        tell: Tells the encoding of pieces by their letters.

    Example:
        >>> def nothing(pieces):
        ...     return None
        >>> told_beside_amounts([b"\xa35", b"\xa310", b"\xa325"], nothing)
        'cp1252'
        >>> told_beside_amounts([b"\xa35"], nothing) is None
        True
    """
    signs = [one[1] or one[2] for piece in pieces if (one := _AMOUNT.fullmatch(piece))]
    sign, count = Counter(signs).most_common(1)[0] if signs else (b"", 0)
    if count < _FEWEST:
        return tell(pieces)
    rest = [piece for piece in pieces if piece.replace(sign, b"").strip(b"0123456789")]
    found = tell(rest) if rest else _read_as_currency(sign)
    return found if found and sign.decode(found, "replace") in _CURRENCIES else tell(pieces)


def _read_as_currency(sign: bytes) -> str | None:
    reading = {name: sign.decode(name, "replace") for name in ENCODINGS}
    reading = {name: text for name, text in reading.items() if text in _CURRENCIES}
    usual = {text for name, text in reading.items() if not is_seldom(name)}
    return next(iter(reading), None) if len(usual) < 2 else None
