"""Know names of companies."""

from __future__ import annotations

import re
from typing import ClassVar

from customerkit.roles.fold import loose
from customerkit.roles.missing import is_missing
from customerkit.roles.text import Text

_BEHIND = frozenset(
    "inc incorporated ltd limited llc llp lp plc corp corporation co company gmbh mbh ag kg kgaa "
    "ohg ug gbr se ev sa sas sasu sarl eurl srl spa snc sl slu bv nv vof ab as asa oy oyj aps is "
    "pty pvt kk ltda eireli me sau cv sp zoo sro doo kft zrt nyrt eood ood ead ооо оао зао".split()
)
_BEFORE = frozenset("ооо оао зао пао ао ип тов pt cv".split())
_CJK = re.compile(
    "(?:股份)?有限(?:责任)?公司|株式会社|有限会社|合同会社|주식회사|유한회사|[(（][주株有][)）]"
)


class Company(Text):
    """Know names of companies; their legal form stands apart when they are compared.

    Example:
        >>> Company().form("Big Acme Pvt. Ltd."), Company().form("BIG-ACME")
        ('bigacme pvtltd', 'bigacme')
    """

    __slots__ = ()
    name: ClassVar[str] = "company"

    def form(self, value: str) -> str | None:
        """Return the name in one word, and its legal form in another.

        Args:
            value: The name of a company.

        Returns:
            Letters and digits; None where nothing is said.
        """
        if is_missing(value, "text"):
            return None
        words = loose(_CJK.sub(" ", value).replace(".", "")).split()
        start, end = 0, len(words)
        while end > 1 and words[end - 1] in _BEHIND:
            end -= 1
        while start + 1 < end and words[start] in _BEFORE:
            start += 1
        if not words:
            return loose(value).replace(" ", "") or None
        form = [*words[:start], *words[end:], *map(loose, _CJK.findall(value))]
        return " ".join(filter(None, ["".join(words[start:end]), "".join(form)]))
