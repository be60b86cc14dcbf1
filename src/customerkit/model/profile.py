"""What can be said about a customer: one class, from which every table derives."""

from __future__ import annotations

from functools import cache
from typing import Any

import attrs
from attrs import define, frozen

from customerkit.errors import UnknownFieldError
from customerkit.model.table import slot_names


def said(role: str, *, group: str | None = None, slots: int = 1) -> Any:
    """Declare a field that a channel can state.

    Args:
        role: The kind of value, a name in :data:`customerkit.roles.ROLES`.
        group: Fields of one group are taken whole from one record.
        slots: How many values of it a record can hold.
    """
    return attrs.field(default=None, metadata={"role": role, "group": group, "slots": slots})


@define(kw_only=True)
class Profile:
    """Say who a customer is, flat: the fields of a record and of a golden record.

    The second slot of a name is another that somebody goes by, or went by: in another script
    or its reading, before a marriage, among friends. An account is what others know the
    customer by: the number of a card, a membership, a policy or a bank account, the name of
    a profile. A relative is somebody named to tell the customer from others: father, mother
    or her maiden name, husband, guardian.
    """

    full_name: str | None = said("full_name", group="name", slots=2)
    prefix: str | None = said("text", group="name")
    given_name: str | None = said("given_name", group="name", slots=2)
    middle_name: str | None = said("given_name", group="name")
    family_name: str | None = said("family_name", group="name", slots=2)
    suffix: str | None = said("text", group="name")
    birth_date: str | None = said("birth_date")
    birth_place: str | None = said("city")
    relative: str | None = said("relative", slots=3)
    age: str | None = said("age")
    gender: str | None = said("gender")
    language: str | None = said("text")
    email: str | None = said("email", slots=3)
    phone: str | None = said("phone", slots=3)
    street: str | None = said("street", group="address", slots=2)
    city: str | None = said("city", group="address", slots=2)
    region: str | None = said("region", group="address", slots=2)
    postcode: str | None = said("postcode", group="address", slots=2)
    country: str | None = said("country", group="address", slots=2)
    national_id: str | None = said("identifier")
    tax_id: str | None = said("identifier")
    account: str | None = said("identifier", slots=3)
    company: str | None = said("company")
    occupation: str | None = said("text")
    purchase_count: str | None = said("number")
    purchase_amount: str | None = said("money")
    tags: str | None = said("text")
    notes: str | None = said("text")


IDENTIFYING = ("email", "phone", "national_id", "tax_id", "account")
"""The fields, without slots, whose values few people share."""


@frozen
class Field:
    """Describe one flat column of the profile.

    Args:
        name: The column, such as ``email`` or ``email_2``.
        base: The field it is a slot of.
        role: Its kind of value.
        group: The atomic group it belongs to, slot included, or None.
    """

    name: str
    base: str
    role: str
    group: str | None


@cache
def fields() -> dict[str, Field]:
    """Return every flat field of the profile, in order.

    Example:
        >>> fields()["city_2"]
        Field(name='city_2', base='city', role='city', group='address_2')
    """
    found = {}
    for attribute in attrs.fields(Profile):
        for slot in slot_names(attribute):
            group = attribute.metadata["group"]
            tail = slot[len(attribute.name) :]
            found[slot] = Field(
                slot, attribute.name, attribute.metadata["role"], group and group + tail
            )
    return found


@cache
def slots(base: str) -> tuple[str, ...]:
    """Return the columns of a field, one for each slot.

    Example:
        >>> slots("city"), slots("gender")
        (('city', 'city_2'), ('gender',))
    """
    return tuple(name for name, item in fields().items() if item.base == base)


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Return the atomic units a golden record is made of: unit → its fields.

    A field without a group is a unit of its own.

    Example:
        >>> groups()["address"]
        ('street', 'city', 'region', 'postcode', 'country')
        >>> groups()["email"]
        ('email',)
    """
    units: dict[str, tuple[str, ...]] = {}
    for item in fields().values():
        unit = item.group or item.name
        units[unit] = (*units.get(unit, ()), item.name)
    return units


def check_field(name: str) -> Field:
    """Return the field of that name.

    Raises:
        UnknownFieldError: No such field; the message lists those there are.
    """
    try:
        return fields()[name]
    except KeyError:
        known = ", ".join(fields())
        raise UnknownFieldError(f"unknown field {name!r:.40}; known: {known}", name=name) from None
