"""Read years of birth that are counted otherwise: in Thailand, in Taiwan and in Japan."""

from __future__ import annotations

import re

from customerkit.roles._thai import in_common_years as from_thai
from customerkit.roles.fold import digits

_REPUBLIC = 1911  # the year before the first of the Republic of China
_TAIWAN = re.compile(r"^(?:民[國国] ?(\d{1,3})|(0\d\d|1[01]\d))(?= ?[-/.年])", re.ASCII)
_BEFORE = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""Japanese era → the year before its first."""
_ERAS = {
    **_BEFORE,
    **{name[0]: year for name, year in _BEFORE.items()},
    **dict(zip("MTSHR", _BEFORE.values(), strict=True)),
}
_JAPAN = re.compile(
    rf"^({'|'.join(_ERAS)}) ?(?:(元|\d\d?)(?= ?[-/.年])|(\d\d)(?=\d{{4}}$))",
    re.ASCII | re.IGNORECASE,
)


def in_common_years(text: str) -> str:
    """Return a date of birth with the year of the common era.

    Args:
        text: A squashed text.

    Example:
        >>> in_common_years("30/06/2543"), in_common_years("民國74年10月21日")
        ('30/06/2000', '1985年10月21日')
        >>> in_common_years("074/10/21"), in_common_years("昭和55年3月2日")
        ('1985/10/21', '1980年3月2日')
    """
    text = from_thai(text)
    read = text if text.isascii() else digits(text)
    found = _TAIWAN.sub(_of_republic, _JAPAN.sub(_of_emperor, read))
    return text if found == read else found


def _of_republic(year: re.Match[str]) -> str:
    return str(_REPUBLIC + int(year[1] or year[2]))


def _of_emperor(year: re.Match[str]) -> str:
    number = year[2] or year[3]
    return str(_ERAS[year[1].upper()] + (1 if number == "元" else int(number)))
