"""Say what a role is: all knowledge about one kind of value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import ClassVar

from attrs import frozen

from customerkit.roles.fold import loose


class Sensitivity(Enum):
    """Grade how much harm a value can do in wrong hands.

    Example:
        >>> Sensitivity.PERSONAL.value
        'personal'
    """

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SPECIAL = "special"


@frozen
class Standard:
    """Hold what a role makes of one text.

    Args:
        value: The standard form; None where the text means "nothing said".
        valid: Whether the value is right in itself; None where it cannot be known.
        code: A stable code of the problem, such as ``email.no_at``.

    Example:
        >>> Standard("jane@example.com", True).code is None
        True
    """

    value: str | None
    valid: bool | None
    code: str | None = None


LACKS_EVIDENCE = frozenset({"phone.no_region", "postcode.no_country"})
"""Codes that say only that nothing tells more: the value itself gives no reason for doubt."""
MISSING = Standard(None, None)
"""What a text that says nothing becomes."""


class Role(ABC):
    """Know one kind of value: its form, validity, keys, ageing and sensitivity.

    Roles have no state: two instances of one class are equal.
    """

    __slots__ = ()

    name: ClassVar[str]
    sensitivity: ClassVar[Sensitivity]
    half_life_days: ClassVar[float | None]
    """After how many days half of such values are stale: an uncalibrated guess, None for never."""
    hint_field: ClassVar[str | None] = None
    """The field of the same record that informs ``standardise``."""
    column_hint: ClassVar[bool] = False
    """Whether the hint comes from the evidence of the whole column."""

    @abstractmethod
    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the standard form of a text.

        Pure, total and idempotent: any text gives an answer, the same each time,
        and a standard form stays as it is.

        Args:
            value: What a channel said.
            hint: The value of ``hint_field``, or what ``resolve`` returned.

        Returns:
            The standard form with its validity.
        """

    def key(self, value: str) -> str | None:
        """Return the exact match key of a standard value.

        Args:
            value: A standard form.

        Returns:
            Text that is equal for equal values; None where it identifies nobody.
        """
        standard = self.standardise(value)
        if not standard.value or standard.valid is False:
            return None
        return standard.value.casefold()

    def form(self, value: str) -> str | None:
        """Return what a value is compared by when records are matched.

        Args:
            value: What a channel said, in standard form or not.

        Returns:
            The text without what people leave out or mix up; None where nothing is said.
        """
        return loose(value).replace(" ", "") or None

    def forms(self, values: Sequence[str]) -> list[str | None]:
        """Return what many values are compared by: the :meth:`form` of each, faster."""
        return list(map(self.form, values))

    def observe(self, values: Iterable[str]) -> frozenset[str]:
        """Return the evidence in values of one column; unite it over batches."""
        return frozenset()

    def resolve(self, evidence: frozenset[str]) -> str | None:
        """Return the hint that the united evidence of a column gives, if any."""
        return None

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    def __repr__(self) -> str:
        return f"<role {self.name}>"
