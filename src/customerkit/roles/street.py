"""Know street lines of addresses."""

from __future__ import annotations

from typing import ClassVar

from customerkit.roles._case import one_case, title_place
from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.fold import bare, squash
from customerkit.roles.missing import is_missing


class Street(Role):
    """Know street lines: blanks, and the case of lines in one case, are folded.

    Example:
        >>> Street().standardise(" EXAMPLE  HILL ").value
        'Example Hill'
    """

    __slots__ = ()
    name: ClassVar[str] = "street"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.PERSONAL
    half_life_days: ClassVar[float | None] = 2_500.0
    """Uncalibrated guess: about one household in ten moves each year."""

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the line with its usual blanks and case.

        Args:
            value: What a channel said.
            hint: Not used.

        Returns:
            The line; whether it exists cannot be known.
        """
        text = squash(value)
        if is_missing(text, "symbol"):
            return MISSING
        return Standard(title_place(text) if len(text) > 3 and one_case(text) else text, None)

    def key(self, value: str) -> str | None:
        """Return the line without case, accents, punctuation and blanks.

        Args:
            value: A standard form.

        Returns:
            Text that is equal for equal lines.
        """
        text = self.standardise(value).value
        return (bare(text) or None) if text else None
