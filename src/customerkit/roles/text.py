"""Know free text."""

from __future__ import annotations

from typing import ClassVar

from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.missing import is_missing


class Text(Role):
    """Know free text: nothing but blanks at its ends is changed.

    Example:
        >>> Text().standardise("  called  twice ").value
        'called  twice'
    """

    __slots__ = ()
    name: ClassVar[str] = "text"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.PERSONAL
    half_life_days: ClassVar[float | None] = 730.0
    """Uncalibrated guess: what a note says is mostly about now."""

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the text without blanks at its ends.

        Args:
            value: What a channel said.
            hint: Not used.

        Returns:
            The text; whether it is right cannot be known.
        """
        text = value.strip()
        return MISSING if is_missing(text, "text") else Standard(text, None)
