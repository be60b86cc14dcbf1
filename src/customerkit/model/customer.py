"""A customer as people and programs see one: the golden record and what it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import evolve, field, frozen

from customerkit.errors import InputError
from customerkit.markup import facts, joined, shape, tag

Status = Literal["active", "merged", "deleted", "erased"]
CUSTOMER_PREFIX = "c-"
"""What every customer id begins with."""

_ID = re.compile(r"c-([1-9][0-9]{0,17})\Z")


def customer_id(number: int) -> str:
    """Return the id of the customer whose oldest record has this number.

    Example:
        >>> customer_id(42)
        'c-42'
    """
    return f"{CUSTOMER_PREFIX}{number}"


def customer_number(reference: str) -> int | None:
    """Return the number behind a customer id, None when it is no customer id.

    Example:
        >>> customer_number("c-42"), customer_number("42")
        (42, None)
    """
    found = _ID.match(reference)
    return int(found[1]) if found else None


def redirect(number: int, to: int) -> dict[str, str | int | float | bytes | None]:
    """Return the row of a customer that became part of another.

    Example:
        >>> redirect(7, 3)
        {'customer_id': 7, 'status': 'merged', 'redirect': 3}
    """
    return {"customer_id": number, "status": "merged", "redirect": to}


@frozen
class Name:
    """Name a person; taken whole from one record."""

    full: str | None = field(default=None, repr=False)
    given: str | None = field(default=None, repr=False)
    middle: str | None = field(default=None, repr=False)
    family: str | None = field(default=None, repr=False)
    prefix: str | None = field(default=None, repr=False)
    suffix: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        parts = (self.prefix, self.given, self.middle, self.family, self.suffix)
        return self.full or " ".join(part for part in parts if part)


@frozen
class Address:
    """Locate a customer; taken whole from one record."""

    street: str | None = field(default=None, repr=False)
    city: str | None = field(default=None, repr=False)
    region: str | None = field(default=None, repr=False)
    postcode: str | None = field(default=None, repr=False)
    country: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        parts = (self.street, self.city, self.region, self.postcode, self.country)
        return ", ".join(part for part in parts if part)


@frozen
class Contact:
    """Hold an e-mail address, phone number or identifier in raw and standard form.

    Args:
        value: Standard form.
        raw: As the channel gave it.
        valid: False when known to be wrong, None when nobody can know.
    """

    value: str = field(repr=False)
    raw: str = field(repr=False)
    valid: bool | None = None


@frozen
class Identifier:
    """Hold a channel's own key of a customer.

    Args:
        space: The channel whose keys these are.
        value: The key.
    """

    space: str
    value: str = field(repr=False)


@frozen(slots=False)
class Customer:
    """Describe one customer: the golden record and every value that was said.

    Args:
        id: Persistent, such as ``c-42``.
        version: Grows with every change.
        status: active, merged, deleted or erased.
        redirect: Where a merged customer went.
        name: The winning name.
        address: The winning address.
        values: The winning value of every field that has one.
        emails: Every e-mail address, the winning one first.
        phones: Every phone number, the winning one first.
        identifiers: Every external id.
        attributes: What no field is for, the youngest record's value of each.
        records: Numbers of its records, oldest first.
    """

    id: str
    version: int
    status: Status = "active"
    redirect: str | None = None
    name: Name = Name()
    address: Address = Address()
    values: Mapping[str, str] = field(factory=dict, repr=False)
    emails: Sequence[Contact] = field(default=(), repr=False)
    phones: Sequence[Contact] = field(default=(), repr=False)
    identifiers: Sequence[Identifier] = field(default=(), repr=False)
    attributes: Mapping[str, str] = field(factory=dict, repr=False)
    records: Sequence[int] = ()

    def copy(self) -> Customer:
        """Return the same customer with containers of its own."""
        return evolve(
            self,
            values=dict(self.values),
            emails=list(self.emails),
            phones=list(self.phones),
            identifiers=list(self.identifiers),
            attributes=dict(self.attributes),
            records=list(self.records),
        )

    def _repr_html_(self) -> str:
        """Show what there is, and of each value only its shape."""
        head = f"{self.id}, version {self.version}, of {len(self.records):,} records"
        held = {"e-mail addresses": self.emails, "phones": self.phones}
        more = {name: len(items) for name, items in held.items()}
        shapes = {name: shape(value) for name, value in self.values.items()}
        return joined([tag("b", head), facts({**shapes, **more})])

    def __getattr__(self, name: str) -> str | None:
        if name.startswith("_"):
            raise AttributeError(name)
        from customerkit.model.profile import fields

        if name not in fields():
            raise AttributeError(f"a customer has no field {name}")
        values: Mapping[str, str] = self.__dict__["values"]
        return values.get(name)


def check_reference(reference: object) -> str | tuple[str, str]:
    """Return a customer reference in one of its forms.

    Args:
        reference: A customer id, an external id, or ``(space, external id)``.

    Raises:
        InputError: It is none of these.
    """
    if isinstance(reference, tuple) and len(reference) == 2:
        return str(reference[0]), str(reference[1])
    if isinstance(reference, str | int):
        return str(reference)
    raise InputError(
        "a customer is named by its id (c-42), an external id, or (channel, external id)"
    )
