"""Know ages in years."""

from __future__ import annotations

import re
from typing import ClassVar

from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.fold import digits
from customerkit.roles.missing import is_missing

_AGE = re.compile(
    r"0*(\d{1,3})(?:[.,]0+)?(?: ?(?:years?(?: old)?|yrs?|y|yo|y/o|岁|歲))?",
    re.IGNORECASE | re.ASCII,
)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?", re.ASCII)
_OLDEST = 125


class Age(Role):
    """Know ages in whole years.

    Example:
        >>> Age().standardise("42 years").value, Age().standardise("150").code
        ('42', 'age.out_of_range')
    """

    __slots__ = ()
    name: ClassVar[str] = "age"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.PERSONAL
    half_life_days: ClassVar[float | None] = 182.5
    """Not a guess: half of all people have had a birthday after half a year."""

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the age as an integer from 0 to 125.

        Args:
            value: What a channel said.
            hint: Not used.

        Returns:
            The age, or the text with a code.
        """
        text = digits(value)
        found = _AGE.fullmatch(text)
        if found and int(found[1]) <= _OLDEST:
            return Standard(str(int(found[1])), True)
        if is_missing(text):
            return MISSING
        if found or _NUMBER.fullmatch(text):
            return Standard(text, False, "age.out_of_range")
        return Standard(text, False, "age.not_a_number")
