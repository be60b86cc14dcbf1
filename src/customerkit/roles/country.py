"""Know countries."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from customerkit.roles._countries import codes, names
from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.fold import bare, narrow
from customerkit.roles.missing import is_missing

_ADDED = frozenset(["theunitedstates", "theusa", "theuk", "theus"])


@lru_cache(maxsize=4_096)
def iso2(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country.

    Args:
        text: A code or a name in English, Chinese or an official language.

    Returns:
        The code, None for what is no country or more than one.

    Example:
        >>> iso2("England"), iso2("日本"), iso2("deu"), iso2("Korea")
        ('GB', 'JP', 'DE', None)
    """
    if len(text) == 2 and text in codes():
        return text
    text = narrow(text)
    if is_missing(text, "symbol"):
        return None
    folded = bare(text)
    if folded in _ADDED:
        folded = folded[3:]
    return names().get(folded)


class Country(Role):
    """Know countries: ISO 3166-1 alpha-2 codes.

    Example:
        >>> Country().standardise("Deutschland").value
        'DE'
        >>> Country().standardise("European Community").code
        'country.unknown'
    """

    __slots__ = ()
    name: ClassVar[str] = "country"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.INTERNAL
    half_life_days: ClassVar[float | None] = 11_000.0
    """Uncalibrated guess: about two people in a hundred change country each year."""

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the code of the country.

        Args:
            value: What a channel said.
            hint: Not used.

        Returns:
            The code, or the text where no table knows it.
        """
        found = iso2(value)
        if found:
            return Standard(found, True)
        text = narrow(value)
        if is_missing(text, "symbol"):
            return MISSING
        return Standard(text, None, "country.unknown")
