"""Know names of two people in one: what is said of a couple is said of whom it names first."""

from __future__ import annotations

import re

from customerkit.roles._titles import core

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
    """Return the given and the family name of the first of two people in one full name.

    Args:
        full: A full name.

    Returns:
        The names; of a family, a given name that no person has. None where one person is
        named, or it is not sure: *Ortega and Gasset* may be one family.

    Example:
        >>> couple("Jane & Joe Smith"), couple("Smith, Jane et Joe")
        (('Jane', 'Smith'), ('Jane', 'Smith'))
        >>> couple("Jane Roe and Joe Smith"), couple("Mr & Mrs J Smith"), couple("Jane Roe")
        (('Jane', 'Roe'), ('J', 'Smith'), None)
        >>> couple("The Roe Family"), couple("Familie Roe")
        (('family', 'Roe'), ('family', 'Roe'))
    """
    if named := _FAMILY.fullmatch(full):
        return "family", named["before"] or named["behind"]
    family, comma, given = full.partition(",")
    people = [core(part.split()) for part in both(given if comma else full)]
    if len(people) != 2 or len(people[1]) < (1 if comma else 2):
        return None
    one, other = people
    if comma:
        return None if both(family) or not one else (" ".join(one), family.strip())
    if len(one) < 2:
        return " ".join(one or other[:-1]), other[-1]
    return " ".join(one[:-1]), one[-1]
