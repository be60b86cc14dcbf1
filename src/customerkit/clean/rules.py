"""The rules that come with customerkit."""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, cast

import attrs
from attrs import frozen

from customerkit.errors import InputError, NotFoundError
from customerkit.model.batch import Batch
from customerkit.model.profile import check_field, fields, slots
from customerkit.roles import role
from customerkit.roles.identifier import stands_for_nobody
from customerkit.rules.rule import Key, Proposal, rule_kind, shortened
from customerkit.rules.ruleset import Ruleset

_STRONG = ("external_id", "national_id", "tax_id")
_ON = (*_STRONG, "email", "phone", "account")


def _checked(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(check_field(name).name for name in names)


def _one(name: str) -> str:
    return check_field(name).name


def _folded(table: Mapping[str, str]) -> dict[str, str]:
    return {wrong.strip().casefold(): right for wrong, right in table.items()}


def _on(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name if name == "external_id" else check_field(name).name for name in names)


@rule_kind("standardise")
@frozen
class Standardise:
    """Write every value in the standard form of its role.

    A value that means "nothing said" becomes missing; one that is wrong or
    ambiguous stays as it is, for the score and the report to show.

    Args:
        only: The fields to work on; all by default.
    """

    kind: ClassVar[str]
    only: tuple[str, ...] = attrs.field(default=(), converter=_checked)
    name: ClassVar[str] = "standardise"

    def options(self) -> Mapping[str, Any]:
        """Return what TOML can hold."""
        return {"only": list(self.only)} if self.only else {}

    def applies(self, field: str) -> bool:
        """Say whether the field is among those named, or any when none are."""
        return not self.only or field in self.only

    def hint_field(self, field: str) -> str | None:
        """Return the field of the same record that informs the role."""
        item = fields()[field]
        hint = role(item.role).hint_field
        return hint + field[len(item.base) :] if hint and item.group else hint

    def propose(self, field: str, value: str, hint: str | None) -> Proposal | None:
        """Return the standard form where it differs."""
        standard = role(fields()[field].role).standardise(value, hint)
        if standard.value == value:
            return None
        missing = standard.value is None
        return Proposal(standard.value, "missing" if missing else f"{fields()[field].role}.form")


@rule_kind("correct")
@frozen
class Correct:
    """Replace values by a reference table or a function.

    Args:
        field: The field to correct.
        table: Wrong value (compared without case and outer blanks) to right value.
        function: ``module:name`` of a pure function of one text, or the function
            itself (then the ruleset cannot be saved).

    Example:
        >>> Correct("city", {"leeds uk": "Leeds"}).propose("city", "LEEDS UK", None).new
        'Leeds'
    """

    kind: ClassVar[str]
    field: str = attrs.field(converter=_one)
    table: Mapping[str, str] = attrs.field(factory=dict, converter=_folded)
    function: str | Callable[[str], str | None] | None = None

    @property
    def name(self) -> str:
        """Return the rule's name: what it corrects."""
        return f"correct {self.field}"

    def options(self) -> Mapping[str, Any]:
        """Return what TOML can hold; a function by its import path."""
        found: dict[str, Any] = {"field": self.field, "table": dict(self.table)}
        if self.function is not None:
            found["function"] = _path(self.function)
        return found

    def applies(self, field: str) -> bool:
        """Say whether the field is this rule's."""
        return field == self.field

    def hint_field(self, field: str) -> str | None:
        """Return None: corrections look at one value only."""
        return None

    def propose(self, field: str, value: str, hint: str | None) -> Proposal | None:
        """Return the right value where the table or the function knows one."""
        if self.function is not None:
            new = _function(self.function)(value)
            if new != value:
                return Proposal(new, "correct.function")
        right = self.table.get(value.strip().casefold())
        return None if right in (None, value) else Proposal(right, "correct.table")


def _path(function: str | Callable[[str], str | None]) -> str:
    if isinstance(function, str):
        return function
    return f"{function.__module__}:{function.__qualname__}"


def _function(function: str | Callable[[str], str | None]) -> Callable[[str], str | None]:
    if not isinstance(function, str):
        return function
    module, _, name = function.partition(":")
    try:
        found = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError):
        raise NotFoundError(
            f"the ruleset calls {function}, which cannot be imported here", function=function
        ) from None
    return cast("Callable[[str], str | None]", found)


@rule_kind("deduplicate")
@frozen
class Deduplicate:
    """Join records that share an exact key.

    The same external id in a channel and the same official identifier join
    always; the same e-mail unless the given names differ; the same phone only
    with a compatible name. Placeholders join nobody.

    Args:
        on: Fields to take keys from.
    """

    kind: ClassVar[str]
    on: tuple[str, ...] = attrs.field(default=_ON, converter=_on)
    name: ClassVar[str] = "deduplicate"

    def options(self) -> Mapping[str, Any]:
        """Return what TOML can hold."""
        return {"on": list(self.on)}

    def fields(self) -> Sequence[str]:
        """Return the fields whose values give keys, slots included."""
        return [name for base in self.on for name in slots(base) or (base,)]

    def wants_family(self, field: str) -> bool:
        """Say whether the key of a field depends on the family name: that of a phone does."""
        return field in slots("phone")

    def key(self, field: str, value: str, space: str, family: str) -> Key | None:
        """Return the key of a standard value, None where it identifies nobody.

        A phone joins only people of one family name, so the name is part of its key.
        """
        if field == "external_id":
            return None if stands_for_nobody(value) else Key(f"x:{space}:{value}", strong=True)
        item = fields()[field]
        found = role(item.role).key(value)
        if not found:
            return None
        if self.wants_family(field):
            return Key(f"phone:{found}|{shortened(family)}", strong=False, needs_name=True)
        return Key(f"{item.base}:{shortened(found)}", strong=item.base in _STRONG)


def _share(rule: Any, attribute: Any, value: float) -> None:
    if not 0 < value < 1:
        raise InputError("a probability lies between 0 and 1", probability=value)


@rule_kind("match")
@frozen
class Match:
    """Join records that most likely are one person, though no key is shared.

    What tells people apart is learned from the records themselves, see
    :func:`customerkit.match`.

    Args:
        probability: From which two groups of records are joined.

    Example:
        >>> round(Match(probability=0.9).bits, 2)
        3.17
    """

    kind: ClassVar[str]
    probability: float = attrs.field(default=0.5, validator=_share)
    name: ClassVar[str] = "match"

    @property
    def bits(self) -> float:
        """Return the log2 odds from which records are joined."""
        return math.log2(self.probability / (1 - self.probability))

    def options(self) -> Mapping[str, Any]:
        """Return what TOML can hold."""
        return {} if self.probability == 0.5 else {"probability": self.probability}


@rule_kind("forward_fill")
@frozen
class ForwardFill:
    """Fill what is missing with the value of the customer before it in its source.

    Only for sources whose order means something; asked for, never by default.

    Args:
        only: The fields to fill; all by default.
    """

    kind: ClassVar[str]
    only: tuple[str, ...] = attrs.field(default=(), converter=_checked)
    name: ClassVar[str] = "forward_fill"
    sequential: ClassVar[bool] = True

    def options(self) -> Mapping[str, Any]:
        """Return what TOML can hold."""
        return {"only": list(self.only)} if self.only else {}

    def fields(self) -> Sequence[str]:
        """Return the fields it can fill."""
        return self.only or tuple(fields())

    def fill(self, batch: Batch) -> Batch:
        """Return the batch as it is: what is filled depends on the customer before."""
        return batch


@rule_kind("lookup")
@frozen
class Lookup:
    """Fill a missing field from another one by a table.

    Args:
        by: The field to look up.
        to: The field to fill.
        table: Value of ``by`` to value of ``to``.

    Example:
        >>> Lookup(by="postcode", to="city", table={"LS1 4DY": "Leeds"}).find("LS1 4DY")
        'Leeds'
    """

    kind: ClassVar[str]
    by: str = attrs.field(converter=_one)
    to: str = attrs.field(converter=_one)
    table: Mapping[str, str] = attrs.field(factory=dict)
    sequential: ClassVar[bool] = False

    @property
    def name(self) -> str:
        """Return the rule's name: what it fills from what."""
        return f"lookup {self.to} by {self.by}"

    def options(self) -> Mapping[str, Any]:
        """Return what TOML can hold."""
        return {"by": self.by, "to": self.to, "table": dict(self.table)}

    def fields(self) -> Sequence[str]:
        """Return the field it fills."""
        return (self.to,)

    def find(self, value: str | None) -> str | None:
        """Return the table's value."""
        return None if value is None else self.table.get(value)

    def fill(self, batch: Batch) -> Batch:
        """Return golden records with the field filled where it was missing."""
        if self.by not in batch.names:
            return batch
        found = batch.map(self.by, self.find)
        own = batch.column(self.to) if self.to in batch.names else found
        filled = [new if old is None else old for old, new in zip(own, found, strict=True)]
        return batch.with_columns({self.to: filled})


def default_ruleset() -> Ruleset:
    """Return what ``base.clean()`` does when nothing else is said."""
    return Ruleset([Standardise(), Deduplicate(), Match()], name="default")
