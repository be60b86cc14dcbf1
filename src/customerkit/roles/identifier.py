"""Know identifiers: customer numbers, tax numbers, account names."""

from __future__ import annotations

import re
from typing import ClassVar

from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.fold import MASKED, bare, narrow, whole_number
from customerkit.roles.missing import is_missing

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+", re.ASCII)
_PUNCTUATION = re.compile(r"[ /\\\-‐‑‒–—\u2212]|\.(?=\d\d)")
_AROUND = re.compile(r"^https?://(?:www\.)?|^www\.|[?#].*", re.IGNORECASE)
_EMPLOYER = re.compile(r"\d\d-\d{7}", re.ASCII)
_EDGES = " -‐‑‒–—\u2212"
_FAKES = frozenset(
    ["0", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890", "987654321"]
    + ["test", "testing", "xxx", "xxxx", "asdf", "abc123", "guest", "anonymous", "default", "dummy"]
    + ["unassigned", "0123456789", "9876543210", "078051120", "219099999", "abc", "xx", "none"]
)


class Identifier(Role):
    """Know identifiers: kept as given, without blanks and dashes at their ends.

    Example:
        >>> Identifier().standardise("17850.0").value, Identifier().key("000000")
        ('17850', None)
        >>> Identifier().key("DE 136 695 976") == Identifier().key("de136695976")
        True
    """

    __slots__ = ()
    name: ClassVar[str] = "identifier"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.PERSONAL
    half_life_days: ClassVar[float | None] = None
    """Identifiers do not go stale."""

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the identifier without blanks and dashes at its ends.

        Args:
            value: What a channel said.
            hint: Not used.

        Returns:
            The identifier; ``17850.0`` loses the tail that spreadsheets add, while
            ``1.23457E+11`` has lost digits for good.
        """
        text = narrow(value)
        if is_missing(text):
            return MISSING
        text = narrow(text.strip(_EDGES))
        if is_missing(text):
            return MISSING
        text = whole_number(text)
        if _SCIENTIFIC.fullmatch(text):
            return Standard(text, False, "identifier.scientific")
        if _is_fake(bare(text)):
            return Standard(text, None, "identifier.placeholder")
        return Standard(text, None)

    def form(self, value: str) -> str | None:
        """Return letters and digits only; ``17850.0`` is 17850, a profile's page its path.

        Args:
            value: A number or a name; a part that is masked becomes one star.

        Returns:
            The form, None for placeholders such as zeros.

        Example:
            >>> form = Identifier().form
            >>> form("https://www.example.com/in/Jane-Roe/"), form("4**12")
            ('examplecominjaneroe', '4*12')
        """
        if MASKED.search(value):
            return "*".join(
                super(Identifier, self).form(part) or "" for part in MASKED.split(value)
            )
        found = super().form(_AROUND.sub("", whole_number(value.strip())))
        return None if found is None or _is_fake(found) else found

    def key(self, value: str) -> str | None:
        """Return the identifier without case and punctuation, None for placeholders.

        Args:
            value: A standard form.

        Returns:
            The key; ``12-3456789``, an American employer's number, keeps its dash,
            as a person's number of the same digits is another one.
        """
        standard = self.standardise(value)
        if standard.value is None or standard.code is not None:
            return None
        folded = standard.value.casefold()
        if _EMPLOYER.fullmatch(folded):
            return folded
        return _PUNCTUATION.sub("", folded) or None


def stands_for_nobody(external_id: str) -> bool:
    """Say whether a channel's key stands for no customer; 1234 is one like any other.

    Args:
        external_id: A standard form.

    Returns:
        True for zeros and long runs of nines.

    Example:
        >>> stands_for_nobody("000"), stands_for_nobody("1234"), stands_for_nobody("999999")
        (True, False, True)
    """
    return not external_id.strip("0 ") or (len(external_id) > 5 and not external_id.strip("9"))


def _is_fake(text: str) -> bool:
    if text in _FAKES or not text:
        return True
    return len(set(text)) == 1 and (text[0] == "0" or len(text) > 3)
