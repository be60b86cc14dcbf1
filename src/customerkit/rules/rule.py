"""What a rule is: a pure proposal, and a name under which it is saved.

Value rules work on one value at a time; the same function serves one edited
record and a whole column. Link rules say which keys join records. Fill rules
supply what no record says. Rules never write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, ClassVar, Protocol, TypeVar, runtime_checkable

from attrs import frozen

from customerkit.errors import NotFoundError
from customerkit.model.batch import Batch

_LONGEST = 120


@frozen
class Proposal:
    """Propose a new value.

    Args:
        new: The value instead; None where the old one says nothing.
        reason: A stable code such as ``email.case``.
        probability: That a careful steward would agree; None where unknown.
    """

    new: str | None
    reason: str
    probability: float | None = None


@frozen
class Key:
    """Name one thing that may identify a person.

    Args:
        value: The key, prefixed by its kind.
        strong: Whether it joins whatever the names are.
        needs_name: Whether a record without a name may not join by it.
    """

    value: str
    strong: bool
    needs_name: bool = False


def shortened(text: str) -> str:
    """Return a part of a key, or a digest in place of one longer than stores index.

    Example:
        >>> shortened("doe"), len(shortened("x" * 5_000))
        ('doe', 64)
    """
    if len(text) <= _LONGEST:
        return text
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@runtime_checkable
class ValueRule(Protocol):
    """Propose a better form of one value."""

    name: str

    def applies(self, field: str) -> bool:
        """Say whether the rule has anything to do with a field."""

    def hint_field(self, field: str) -> str | None:
        """Return the other field of the record that the rule wants to see."""

    def propose(self, field: str, value: str, hint: str | None) -> Proposal | None:
        """Return a proposal, or None where the value is fine or not understood."""


@runtime_checkable
class LinkRule(Protocol):
    """Say which keys of a record can join it to others."""

    name: str

    def fields(self) -> Sequence[str]:
        """Return the fields whose values give keys."""

    def wants_family(self, field: str) -> bool:
        """Say whether the key of a field depends on the family name."""

    def key(self, field: str, value: str, space: str, family: str) -> Key | None:
        """Return the key a standard value gives, None where it identifies nobody.

        Args:
            field: A field of :meth:`fields`.
            value: Its standard value.
            space: Where external ids of the record's source come from.
            family: The record's family name, folded, or nothing.
        """


@runtime_checkable
class MatchRule(Protocol):
    """Say how sure matching has to be to join records."""

    name: str

    @property
    def bits(self) -> float:
        """Return the log2 odds from which records are joined."""


@runtime_checkable
class FillRule(Protocol):
    """Supply values that no record of a customer states.

    A sequential rule takes them from the customer before; another rule derives
    them from the customer's own values.
    """

    name: str
    sequential: bool

    def fields(self) -> Sequence[str]:
        """Return the fields it can fill."""

    def fill(self, batch: Batch) -> Batch:
        """Return golden records with what follows from their own values."""


_KINDS: dict[str, type[Any]] = {}
_RuleClass = TypeVar("_RuleClass", bound=type[Any])


def rule_kind(name: str) -> Callable[[_RuleClass], _RuleClass]:
    """Register a rule class under the name it has in saved rulesets."""

    def register(cls: _RuleClass) -> _RuleClass:
        cls.kind = name
        _KINDS[name] = cls
        return cls

    return register


def kind_of(name: str) -> type[Any]:
    """Return the rule class of a name.

    Raises:
        NotFoundError: No such kind; the message lists those there are.
    """
    try:
        return _KINDS[name]
    except KeyError:
        known = ", ".join(sorted(_KINDS))
        raise NotFoundError(f"no rule is called {name!r}; known: {known}", rule=name) from None


class Saved(Protocol):
    """Be savable: plain options in, the same rule out."""

    kind: ClassVar[str]

    def options(self) -> Mapping[str, Any]:
        """Return what TOML can hold."""
