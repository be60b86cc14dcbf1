"""Know names as tickets and hotels write them: ``ROE/JANE MRS``."""

from __future__ import annotations

import re

from customerkit.roles.name import is_placeholder

_TITLE = re.compile(r"(?:(?:(?<=..)|\s+)(?:MRS?|MS|MISS|MSTR)|\s+(?:DR|PROF|CHD|INF))+\.?$")
_TICKET = re.compile(r"([^\W\d_][^/\d]*)/([^\W\d_][^/\d]*)")


def ticketed(full: str) -> tuple[str, str] | None:
    """Return given and family name of a name in capitals with a slash behind the family name.

    Titles stand behind the given name, also without a blank.

    Args:
        full: A full name.

    Returns:
        The names; None for all others, and for what stands for nobody.

    Example:
        >>> ticketed("ROE/JANEMRS"), ticketed("VAN DYKE/JO ANN MS"), ticketed("Jane/Joe Roe")
        (('Jane', 'Roe'), ('Jo Ann', 'Van Dyke'), None)
    """
    found = _TICKET.fullmatch(full.strip()) if "/" in full and full.isupper() else None
    if found is None:
        return None
    family, given = found[1].strip(), _TITLE.sub("", found[2].strip()).strip()
    if not given or given == family or is_placeholder(given) or is_placeholder(family):
        return None
    return given.title(), family.title()
