"""Know every kind of value: one file each, found by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from customerkit.errors import NotFoundError
from customerkit.roles.age import Age
from customerkit.roles.base import Role, Sensitivity, Standard
from customerkit.roles.birth_date import BirthDate
from customerkit.roles.city import City
from customerkit.roles.company import Company
from customerkit.roles.country import Country
from customerkit.roles.email import Email
from customerkit.roles.family_name import FamilyName
from customerkit.roles.full_name import FullName
from customerkit.roles.gender import Gender
from customerkit.roles.given_name import GivenName
from customerkit.roles.identifier import Identifier
from customerkit.roles.money import Money
from customerkit.roles.number import Number
from customerkit.roles.phone import Phone
from customerkit.roles.postcode import Postcode
from customerkit.roles.region import Region
from customerkit.roles.relative import Relative
from customerkit.roles.street import Street
from customerkit.roles.text import Text
from customerkit.roles.time import Time

ROLES: Mapping[str, Role] = MappingProxyType(
    {
        item.name: item
        for item in (
            *(GivenName(), FamilyName(), FullName(), Relative(), BirthDate(), Age(), Gender()),
            *(Email(), Phone(), Street(), City(), Region(), Postcode(), Country()),
            *(Identifier(), Company(), Text(), Number(), Money(), Time()),
        )
    }
)
"""Every role by its name."""


def role(name: str) -> Role:
    """Return the role of a name.

    Args:
        name: Such as ``email``.

    Returns:
        The role.

    Raises:
        NotFoundError: There is no such role.

    Example:
        >>> role("email").standardise(" Jane@Example.COM ").value
        'jane@example.com'
    """
    found = ROLES.get(name)
    if found is None:
        raise NotFoundError(f"there is no role {name!r}", role=name)
    return found


__all__ = ["ROLES", "Role", "Sensitivity", "Standard", "role"]
