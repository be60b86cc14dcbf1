"""Know full names in Arabic letters: a given name, the father's, the grandfather's, the family's.

How many of them stand there differs from one list to the next; the first two hardly ever do not.
"""

from __future__ import annotations

import re

_ARABIC = re.compile(r"[\u0620-\u065f\u0670-\u0673\u0640 .،/'-]+")
_PERSIAN = re.compile(r"[پچژگکیٹڈڑےۀہھں]")
_TITLES = re.compile(
    r"^(?:(?:ا|أ|د|م|ح|السيد|السيدة|السيده|الانسة|الآنسة|الاستاذ|الأستاذ|الأستاذة|أستاذ|استاذ|"
    r"الدكتور|الدكتورة|دكتور|دكتورة|المهندس|المهندسة|مهندس|مهندسة|الحاج|الحاجة|الشيخ)\s*[./]\s*)+"
)
_BEFORE = frozenset("عبد عبيد ابو أبو ام أم بن ابن آل ال".split())
"""Words that make one name with the next."""
_BEHIND = frozenset("الله الدين".split())
"""Words that make one name with the word before."""


def arabic(full: str) -> tuple[str, str, str | None] | None:
    """Return the given name, the father's and the grandfather's of a name in Arabic letters.

    Args:
        full: A full name.

    Returns:
        The first name, the second, and the third where one stands; None for a single name,
        and for other scripts and languages, Persian and Urdu among them.

    Example:
        >>> arabic("السيد/ علي عبد الرحمن محمود")
        ('علي', 'عبدالرحمن', 'محمود')
        >>> arabic("نور الدين حسن"), arabic("Jane Roe"), arabic("محمد")
        (('نورالدين', 'حسن', None), None, None)
    """
    if full.isascii() or not _ARABIC.fullmatch(full) or _PERSIAN.search(full):
        return None
    names: list[str] = []
    before = False
    for word in _TITLES.sub("", full.replace("\u0640", "").strip()).split():
        if names and (before or word in _BEHIND):
            names[-1] += word
        else:
            names.append(word)
        before = word in _BEFORE
    if len(names) < 2:
        return None
    return names[0], names[1], names[2] if len(names) > 2 else None
