"""Hold what records state, for comparison: a column of codes for each field that counts."""

from __future__ import annotations

from attrs import define

from customerkit.match.codes import Coded
from customerkit.model.profile import IDENTIFYING

SINGLE = (
    "birth_date",
    "birth_place",
    "gender",
    "company",
    "occupation",
    "national_id",
    "tax_id",
)
NAMES = ("full_name", "given_name", "middle_name", "family_name", "suffix")
SEVERAL = ("email", "phone", "account", "street", "city", "postcode", "relative")
COMPARED = frozenset([*NAMES, *SINGLE, "age", *SEVERAL])
"""The fields that people are compared by."""
WRITTEN = "published"
"""When a channel wrote a record: an age is that of then."""
_WITH_NAME = ("birth_date", "street", "postcode")


@define(eq=False)
class Subjects:
    """Hold the records to match.

    Args:
        count: How many there are.
        columns: Field → its column; ``given_name`` and ``family_name`` share their forms.
        more: Field → columns of its further slots, with the same forms.
    """

    count: int
    columns: dict[str, Coded]
    more: dict[str, list[Coded]]

    def slots(self, name: str) -> list[Coded]:
        """Return the columns of a field, one for each slot."""
        return [self.columns[name], *self.more.get(name, [])]

    def has(self, name: str) -> bool:
        """Say whether any record states the field."""
        return name in self.columns


def telling(found: Subjects) -> Subjects:
    """Return the records, without any field where all of them together tell nobody apart.

    Many people share a name, a date of birth or an address; an identifier, or a name with
    one of the others, is what few share. Where nobody is named, companies are.

    Args:
        found: The records.
    """
    names = sum(map(found.has, ("given_name", "family_name"))) or int(found.has("company"))
    identified = any(map(found.has, IDENTIFYING))
    named = names > 1 or (names == 1 and any(map(found.has, _WITH_NAME)))
    if identified or named:
        return found
    return Subjects(found.count, {}, {})
