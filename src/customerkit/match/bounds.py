"""State what makes a class what it is, whatever the data says: guesses, all of them."""

from __future__ import annotations

from attrs import frozen


@frozen
class Bound:
    """Say how large the share of a level is at most, whatever the data says.

    Args:
        who: The class.
        field: The field.
        level: ``same`` or ``different``.
        most: The share.
    """

    who: str
    field: str
    level: str
    most: float


BOUNDS = (
    Bound("person", "given_name", "different", 0.06),
    Bound("person", "given_name", "other_initial", 0.06),
    Bound("person", "family_name", "different", 0.2),
    Bound("person", "birth_date", "different", 0.15),
    Bound("person", "birth_date", "generation", 0.1),
    Bound("person", "age", "different", 0.15),
    Bound("person", "age", "generation", 0.06),
    Bound("household", "family_name", "different", 0.2),
    Bound("household", "given_name", "same", 0.05),
    Bound("household", "given_name", "near", 0.06),
    Bound("household", "birth_date", "same", 0.3),
    Bound("strangers", "email", "same", 0.002),  # of one name; what any share is counted
)
"""What makes a class what it is. Where many people share a mailbox or a place, the data alone
would take their different names for errors in one person's, and equal records for relatives.
"""


@frozen
class AsChance:
    """Say that a class has no more of one level, beside another, than strangers have.

    Args:
        who: The class.
        field: The field.
        level: The level.
        than: The other.
    """

    who: str
    field: str
    level: str
    than: str


AS_CHANCE = (
    AsChance("person", "birth_date", "generation", "different"),
    AsChance("person", "age", "generation", "different"),
)
"""A wrong date of birth is anybody's. Father and son of one name are no mistake in it."""
