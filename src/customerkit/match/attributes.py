"""Derive what records are blocked by: for each record a hash of many parts of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from attrs import frozen

from customerkit.match.bulk import hashed
from customerkit.match.codes import MISSING, Coded, Codes, Places
from customerkit.match.hashing import Hashes, mixed, taken
from customerkit.match.parts import (
    area_of,
    company_name,
    family_sound,
    first_six,
    first_sound,
    given_sound,
    last_six,
    local_letters,
    local_part,
    longest_word,
    street_name,
    street_number,
)
from customerkit.match.rarity import RARE, rarity
from customerkit.match.sorting import grouped, runs_of, sizes_of
from customerkit.match.subjects import Subjects
from customerkit.roles._sound import latin
from customerkit.threads import in_threads

Part = Callable[[str], "str | None"]


def _initial(form: str) -> str | None:
    return latin(form)[:1] or None


def _year(form: str) -> str | None:
    return None if form[:4] == "0000" else form[:4]


def _day_month(form: str) -> str | None:
    month, day = form[4:6], form[6:8]
    return None if "00" in (month, day) else "".join(sorted((month, day)))


def _year_month(form: str) -> str | None:
    return None if form[:4] == "0000" or form[4:6] == "00" else form[:6]


def _year_day(form: str) -> str | None:
    return None if form[:4] == "0000" or form[6:] == "00" else form[:4] + form[6:]


def _whole(form: str) -> str | None:
    return None if form[:4] == "0000" or "00" in (form[4:6], form[6:]) else form


PARTS: dict[str, tuple[str, Part | None]] = {
    "given": ("given_name", None),
    "family": ("family_name", None),
    "given_sound": ("given_name", given_sound),
    "family_sound": ("family_name", family_sound),
    "family_first": ("family_name", first_sound),
    "initial": ("given_name", _initial),
    "birth": ("birth_date", _whole),
    "year": ("birth_date", _year),
    "day_month": ("birth_date", _day_month),
    "year_month": ("birth_date", _year_month),
    "year_day": ("birth_date", _year_day),
    "mail": ("email", None),
    "local": ("email", local_part),
    "letters": ("email", local_letters),
    "phone": ("phone", None),
    "phone_end": ("phone", last_six),
    "phone_start": ("phone", first_six),
    "street": ("street", longest_word),
    "street_line": ("street", street_name),
    "number": ("street", street_number),
    "city": ("city", latin),
    "birth_place": ("birth_place", latin),
    "company": ("company", company_name),
    "postcode": ("postcode", None),
    "area": ("postcode", area_of),
    "national_id": ("national_id", None),
    "tax_id": ("tax_id", None),
    "account": ("account", None),
}
OF_RARITY = {"given_common": ("given", False), "given_rare": ("given", True)}
"""Parts that only common or only rare values have."""


@frozen(eq=False)
class Sharing:
    """Hold which records share a key.

    Args:
        order: The records that have one, those of each key together.
        starts: Where the run of each key starts.
        sizes: How long it is.
        runs: Record → its run, -1 where it has no key.
    """

    order: Places
    starts: Places
    sizes: Places
    runs: Codes

    @classmethod
    def of(cls, hashes: Hashes) -> Sharing:
        """Group records by the hash of their key, 0 for none."""
        stated = np.flatnonzero(hashes)
        order, starts = grouped(hashes[stated])
        runs = np.full(len(hashes), MISSING, np.int32)
        runs[stated] = runs_of(order, starts)
        return cls(stated[order], starts, sizes_of(starts, len(order)), runs)


class Attributes:
    """Give the hashes of a part for all records, each part made once.

    Args:
        subjects: The records.
    """

    def __init__(self, subjects: Subjects) -> None:
        self.subjects = subjects
        self._made: dict[str, Hashes] = {}
        self._shared: dict[tuple[str, ...], Sharing] = {}

    def has(self, name: str) -> bool:
        """Say whether any record has the part."""
        if name in OF_RARITY:
            return self.has(OF_RARITY[name][0])
        if name == "names":
            return self.has("given_sound") and self.has("family_sound")
        return self.subjects.has(PARTS[name][0])

    def __getitem__(self, name: str) -> Hashes:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def make(self) -> None:
        """Make all parts, so that threads only read them."""
        groups: dict[int, list[str]] = {}
        for name, (field, _) in PARTS.items():
            if self.has(name):
                groups.setdefault(id(self.subjects.columns[field].forms), []).append(name)
        in_threads(lambda names: list(map(self.slots, names)), groups.values())
        if self.has("names"):
            self.slots("names")

    def _make(self, name: str) -> Hashes:
        if name == "names":
            given, family = self["given_sound"], self["family_sound"]
            both = (given != 0) & (family != 0)
            return np.where(both, given + family, np.uint64(0))
        if name in OF_RARITY:
            of, rare = OF_RARITY[name]
            column = self.subjects.columns[PARTS[of][0]]
            classes = rarity(column.counts, self.subjects.count)
            wanted = np.append((classes >= RARE) == rare, False)  # the last where none is stated
            return np.where(wanted[column.codes], self[of], np.uint64(0))
        field, part = PARTS[name]
        column = self.subjects.columns[field]
        return taken(hashed(column, part), column.codes)

    def slots(self, name: str) -> list[Hashes]:
        """Return the hashes of a part for each slot of its field."""
        if name not in PARTS:
            return [self[name]]
        field, part = PARTS[name]
        more: list[Coded] = self.subjects.more.get(field, [])
        if not more:
            return [self[name]]
        hashes = hashed(self.subjects.columns[field], part)
        return [self[name], *(taken(hashes, other.codes) for other in more)]

    def sharing(self, names: tuple[str, ...]) -> Sharing:
        """Return who shares the key that several parts make together, grouped once."""
        if names not in self._shared:
            self._shared[names] = Sharing.of(key(self, names))
        return self._shared[names]


def key(attributes: Attributes, names: tuple[str, ...]) -> Hashes:
    """Return the key that several parts make together, 0 where one is missing."""
    return mixed(*(attributes[name] for name in names))
