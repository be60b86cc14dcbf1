"""Know family names."""

from __future__ import annotations

from typing import ClassVar

from customerkit.roles.name import NamePart


class FamilyName(NamePart):
    """Know family names.

    Example:
        >>> FamilyName().standardise("MCEXAMPLE").value
        'McExample'
    """

    __slots__ = ()
    name: ClassVar[str] = "family_name"
    half_life_days: ClassVar[float | None] = 7_300.0
    """Uncalibrated guess: some change it with marriage, most never."""
