"""Know given names."""

from __future__ import annotations

from typing import ClassVar

from customerkit.roles.name import NamePart


class GivenName(NamePart):
    """Know given names.

    Example:
        >>> GivenName().standardise("MCEXAMPLE").value
        'McExample'
    """

    __slots__ = ()
    name: ClassVar[str] = "given_name"
    half_life_days: ClassVar[float | None] = 36_500.0
    """Uncalibrated guess: people seldom change how they are called."""
