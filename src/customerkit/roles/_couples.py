"""Know names of two people in one: a couple is a customer of its own, and neither of the two."""

from __future__ import annotations

import re

from customerkit.roles._titles import core

TWO = "2"
"""What the form of two names begins with: names with other digits are never alike."""
_AND = re.compile(r"\s*[&+]\s*|\s+(?:and|et|und)\s+", re.IGNORECASE)
_FAMILY = re.compile(
    r"(?:the\s+)?(?P<before>\S.*)\s+family|"
    r"(?:(?:la|die)\s+)?(?:famille|familie|famiglia|familia|família|rodzina)\s+(?P<behind>\S.*)",
    re.IGNORECASE,
)


def both(name: str) -> list[str]:
    """Return the parts of a name that a sign or word for *and* joins; of others, nothing.

    Example:
        >>> both("Jane & Joe"), both("Jane Anderson")
        (['Jane', 'Joe'], [])
    """
    if name.isalpha():
        return []
    parts = _AND.split(name)
    return list(filter(None, parts)) if len(parts) > 1 else []


def couple(full: str) -> tuple[str, str] | None:
    """Return the given and the family names of two people, or of a family, in one full name.

    Args:
        full: A full name.

    Returns:
        Their given names, and their family name or names, each joined by ``&``; None where
        one person is named, or it is not sure: *Ortega and Gasset* may be one family.

    Example:
        >>> couple("Jane & Joe Smith"), couple("Smith, Jane et Joe")
        (('Jane&Joe', 'Smith'), ('Jane&Joe', 'Smith'))
        >>> couple("Jane Roe and Joe Smith"), couple("Mr & Mrs J Smith"), couple("Jane Roe")
        (('Jane&Joe', 'Roe&Smith'), ('&J', 'Smith'), None)
        >>> couple("The Roe Family"), couple("Familie Roe")
        (('&family', 'Roe'), ('&family', 'Roe'))
    """
    if named := _FAMILY.fullmatch(full):
        return "&family", named["before"] or named["behind"]
    family, comma, given = full.partition(",")
    people = [core(part.split()) for part in both(given if comma else full)]
    if len(people) != 2 or len(people[1]) < (1 if comma else 2):
        return None
    one, other = map(" ".join, people)
    if comma:
        return None if both(family) or not one else (f"{one}&{other}", family.strip())
    return _families(people[0], people[1])


def _families(one: list[str], other: list[str]) -> tuple[str, str]:
    """Take the names of two apart, the second of whom states a family name."""
    *names, family = other
    if len(one) < 2:
        return f"{' '.join(one)}&{' '.join(names)}", family
    return f"{' '.join(one[:-1])}&{' '.join(names)}", f"{one[-1]}&{family}"
