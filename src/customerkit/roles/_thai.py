"""Know what is written in Thailand: years of the Buddhist era, months, and titles before names."""

from __future__ import annotations

import re

from customerkit.roles.fold import digits

_APART = 543  # years before those of the common era
_MONTHS = (
    "มกราคม ม.ค. มค",
    "กุมภาพันธ์ ก.พ. กพ",
    "มีนาคม มี.ค. มีค",
    "เมษายน เม.ย. เมย",
    "พฤษภาคม พ.ค. พค",
    "มิถุนายน มิ.ย. มิย",
    "กรกฎาคม ก.ค. กค",
    "สิงหาคม ส.ค. สค",
    "กันยายน ก.ย. กย",
    "ตุลาคม ต.ค. ตค",
    "พฤศจิกายน พ.ย. พย",
    "ธันวาคม ธ.ค. ธค",
)
_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WORDS = {
    word: english
    for words, english in zip(_MONTHS, _ENGLISH, strict=True)
    for word in words.split()
}
_MONTH = re.compile("|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)))
_ERA = r"24(?:4[3-9]|[5-9]\d)|25\d\d"  # in which people who may live were born
_YEAR = re.compile(rf"(?<!\d)({_ERA})(?=(?:\d{{4}})?(?!\d))|(?<=\b\d{{4}})({_ERA})(?!\d)", re.ASCII)
_TITLE = re.compile(
    r"^(?:นางสาว|น\.\s?ส\.|นส\.|นาย|นาง|คุณ|ด\.\s?[ชญ]\.|เด็กชาย|เด็กหญิง|ดร\.)\s*(?=[\u0e00-\u0e7f]{2})"
)
_SIGNS = re.compile(r"[\u0e00-\u0e7f]")


def in_common_years(text: str) -> str:
    """Return a date of birth with the year of the common era, and the month in English.

    Example:
        >>> in_common_years("3 ก.ค. 2538"), in_common_years("30/06/2543")
        ('3 jul 1995', '30/06/2000')
    """
    if _SIGNS.search(text):
        text = _MONTH.sub(lambda word: f" {_WORDS[word[0]]} ", text)
        text = " ".join(text.split())
    read = digits(text)
    return _YEAR.sub(lambda year: str(int(year[0]) - _APART), read) if _YEAR.search(read) else text


def without_title(name: str) -> str:
    """Return a name without the title that is glued before it.

    Example:
        >>> without_title("นายมานพ"), without_title("มานพ")
        ('มานพ', 'มานพ')
    """
    return _TITLE.sub("", name) if _SIGNS.match(name) else name
