"""Know regions: states, provinces, territories."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from customerkit.roles._case import one_case, title_place
from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.country import iso2
from customerkit.roles.fold import bare, squash
from customerkit.roles.missing import is_missing

_TABLES = {
    "US": "AL Alabama|AK Alaska|AZ Arizona,Ariz|AR Arkansas,Ark|CA California,Calif"
    "|CO Colorado,Colo|CT Connecticut,Conn|DE Delaware|FL Florida,Fla|GA Georgia"
    "|HI Hawaii|ID Idaho|IL Illinois,Ill"
    "|IN Indiana,Ind|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland"
    "|MA Massachusetts,Mass|MI Michigan,Mich|MN Minnesota,Minn|MS Mississippi,Miss|MO Missouri"
    "|MT Montana|NE Nebraska,Nebr|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico"
    "|NY New York,New York State|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma,Okla"
    "|OR Oregon|PA Pennsylvania,Penn,Penna|RI Rhode Island|SC South Carolina|SD South Dakota"
    "|TN Tennessee,Tenn|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington,Wash"
    "|WV West Virginia|WI Wisconsin,Wis|WY Wyoming|DC District of Columbia,Washington DC"
    "|PR Puerto Rico|GU Guam|VI Virgin Islands,US Virgin Islands|AS American Samoa"
    "|MP Northern Mariana Islands|AA Armed Forces Americas|AE Armed Forces Europe"
    "|AP Armed Forces Pacific",
    "CA": "AB Alberta|BC British Columbia,Colombie-Britannique|MB Manitoba|NB New Brunswick,"
    "Nouveau-Brunswick|NL Newfoundland and Labrador,Newfoundland,Newfoundland & Labrador"
    "|NS Nova Scotia,Nouvelle-Écosse|NT Northwest Territories|NU Nunavut|ON Ontario"
    "|PE Prince Edward Island,PEI|QC Quebec,Québec,PQ|SK Saskatchewan|YT Yukon,Yukon Territory",
    "AU": "NSW New South Wales|VIC Victoria|QLD Queensland|SA South Australia|WA Western Australia"
    "|TAS Tasmania|NT Northern Territory|ACT Australian Capital Territory",
}
_ALSO_ELSEWHERE = frozenset(
    "georgia victoria virginislands newfoundland washington northernterritory delaware florida "
    "montana maine".split()
)


@cache
def _codes(country: str) -> dict[str, str]:
    """Return the codes of a country's regions by folded code and name."""
    found: dict[str, str] = {}
    for row in _TABLES.get(country, "").split("|"):
        code, _, words = row.partition(" ")
        found |= {bare(word): code for word in (code, *words.split(",")) if word}
    return found


@cache
def _anywhere() -> dict[str, str]:
    """Return the codes by full names that mean one region only."""
    found: dict[str, str] = {}
    for table in _TABLES.values():
        for row in table.split("|"):
            code, _, words = row.partition(" ")
            found[bare(words.split(",")[0])] = code
    return {name: code for name, code in found.items() if name not in _ALSO_ELSEWHERE}


class Region(Role):
    """Know regions: codes in the USA, Canada and Australia, names elsewhere.

    Example:
        >>> Region().standardise("ontario", "Canada").value
        'ON'
        >>> Region().standardise("sa").value, Region().standardise("sa", "AU").value
        ('sa', 'SA')
    """

    __slots__ = ()
    name: ClassVar[str] = "region"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.INTERNAL
    half_life_days: ClassVar[float | None] = 7_300.0
    """Uncalibrated guess: a third to a half of the moves that leave a city leave its region."""
    hint_field: ClassVar[str | None] = "country"

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the code where the country has well-known ones, else the name.

        Args:
            value: What a channel said.
            hint: The country; without it only full names of one meaning get a code.

        Returns:
            The region; whether it is right cannot be known without the country.
        """
        text = squash(value)
        if is_missing(text, "symbol"):
            return MISSING
        country = iso2(hint) if hint else None
        found = (_codes(country) if country else _anywhere()).get(bare(text))
        if found:
            return Standard(found, True if country else None)
        if country in _TABLES:
            return Standard(text, False, "region.unknown")
        return Standard(title_place(text) if len(text) > 3 and one_case(text) else text, None)
