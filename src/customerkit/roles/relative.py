"""Know names of relatives, by which people are told from others of their name."""

from __future__ import annotations

import re
from typing import ClassVar

from customerkit.roles.full_name import FullName
from customerkit.roles.text import Text

_KIN = re.compile(
    r"^\W*(?:(?:[sdwchf]\s*[/.]\s*o\b|(?:son|daughter|wife|widow|husband|care) of\b|husband\b"
    r"|father\b|mother\b|guardian\b|wife\b|spouse\b|late\b|lt\.|bin\b|binti\b|bint\b)[\s:.-]*)+",
    re.IGNORECASE,
)


class Relative(Text):
    """Know names of relatives; what kind of relative it is stands apart.

    Example:
        >>> Relative().form("S/O Late Mohan K. Verma"), Relative().form("MOHAN VERMA")
        ('mohan verma', 'mohan verma')
    """

    __slots__ = ()
    name: ClassVar[str] = "relative"
    half_life_days: ClassVar[float | None] = None

    def form(self, value: str) -> str | None:
        """Return the words of the name, without initials where it has others.

        Args:
            value: The name, and what kind of relative it is.

        Returns:
            Lower-case words; None where nobody is named.
        """
        words = (FullName().form(_KIN.sub("", value)) or "").split()
        return " ".join([word for word in words if len(word) > 1] or words) or None
