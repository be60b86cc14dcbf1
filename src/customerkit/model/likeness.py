"""Say who somebody may be."""

from __future__ import annotations

from attrs import frozen


@frozen
class Likeness:
    """Say that a customer is like the one who was asked for.

    Args:
        customer: The customer's id.
        record: The record of the customer that is most alike.
        probability: How likely the two are one person.
        household: How likely they are two people of one household or family.
        colleagues: How likely they are two people at one place, such as a company.
        found_by: What both share that brought them together.
    """

    customer: str
    record: int
    probability: float
    household: float
    colleagues: float
    found_by: tuple[str, ...] = ()
