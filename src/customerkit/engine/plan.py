"""The registry of every SQL text that runs on an engine.

A plan is declared once, beside the code that uses it, with the tables it reads.
Tests refuse what is not portable, run every plan on every engine over hard data
built from those tables, and refuse SQL texts that no plan declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from string import Formatter

from attrs import field, frozen

from customerkit.errors import InputError
from customerkit.model.table import ColumnType

Columns = Mapping[str, ColumnType]
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}\.[a-z][a-z0-9_]{0,62}\Z")


def _frozen(names: Iterable[str]) -> frozenset[str]:
    return frozenset(names)


@frozen
class PortablePlan:
    """Declare one SQL text that gives the same bytes on every engine.

    Args:
        name: ``room.purpose``, such as ``analyze.parties``.
        text: The select; ``$name`` stands for a parameter, ``{name}`` for a part
            the caller gives.
        reads: Table → column → type, for every table the text names.
        never_null: Columns of these tables that always hold a value; only they
            may order rows.
        unique: Table → columns that no two of its rows share, where that matters.
        parameters: Parameter → type.
        parts: Fillings of the ``{name}`` parts the text is used with; the tests
            run the plan with each.

    Example:
        >>> plan = PortablePlan(
        ...     "doctest.shares",
        ...     "select {value} as value, count(*) as part from sales group by {value}",
        ...     reads={"sales": {"city": "text", "shop": "text"}},
        ...     parts=({"value": "city"}, {"value": "shop"}),
        ... )
        >>> plan.sql(value="city")
        'select city as value, count(*) as part from sales group by city'
    """

    name: str
    text: str
    reads: Mapping[str, Columns]
    never_null: frozenset[str] = field(default=(), converter=_frozen)
    unique: Mapping[str, Sequence[str]] = field(factory=dict)
    parameters: Columns = field(factory=dict)
    parts: Sequence[Mapping[str, str]] = ()

    def __attrs_post_init__(self) -> None:
        if not _NAME.match(self.name):
            raise InputError(f"{self.name!r:.80} names no plan; write room.purpose", name=self.name)
        wanted = self.placeholders()
        if wanted and not self.parts:
            raise InputError(f"plan {self.name} has parts but no fillings to test", name=self.name)
        for filling in self.parts:
            if set(filling) != wanted:
                raise InputError(f"plan {self.name} wants the parts {wanted}", name=self.name)

    def placeholders(self) -> set[str]:
        """Return the names of the parts the caller gives."""
        return {name for _, name, _, _ in Formatter().parse(self.text) if name}

    def sql(self, **parts: str) -> str:
        """Return the text with its parts filled in; parts are SQL, never values."""
        return self.text.format(**parts) if parts or self.placeholders() else self.text

    def variants(self) -> list[str]:
        """Return the text with each of its fillings."""
        return [self.sql(**filling) for filling in self.parts] or [self.text]


PLANS: dict[str, PortablePlan] = {}


def register(plan: PortablePlan) -> PortablePlan:
    """Add a plan to those that tests run on every engine, and return it.

    Args:
        plan: Its name must be new.

    Raises:
        InputError: Another plan has this name.
    """
    known = PLANS.setdefault(plan.name, plan)
    if known != plan:
        raise InputError(f"two plans are called {plan.name}; rename one", name=plan.name)
    return plan
