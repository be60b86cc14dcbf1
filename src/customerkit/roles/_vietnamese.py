"""Take Vietnamese names apart: the family name is the first word, the given one the last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from customerkit.roles.fold import loose

_FAMILIES = frozenset(
    "nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly trinh dinh doan luong "
    "mai truong dao lam ta ha cao chau tang quach kieu thai to phung chu khong thach trieu luu "
    "tong la nghiem hua vuong phi mac giang".split()
)
_TITLES = frozenset("anh a chi c co chu bac ong ba em cu ms mr mrs".split())
_OF_MOST = frozenset({"thi", "van"})
_COMMONEST = "nguyen"  # a third of all people
_SHARES = (0.4, 0.1)  # of names that begin with a family name, and with the commonest: guesses


def is_vietnamese(names: Sequence[str]) -> bool:
    """Say whether a column holds Vietnamese names, with their marks or without.

    Example:
        >>> is_vietnamese(["Nguyễn Thị Sen", "Tran Duy Anh", "Mai"]), is_vietnamese(["Jane Roe"])
        (True, False)
    """
    firsts: Counter[str] = Counter()
    for word, count in Counter(name.split()[0] for name in names if name.split()).items():
        firsts[loose(word).partition(" ")[0]] += count
    known = sum(firsts[family] for family in _FAMILIES)
    most, commonest = (share * len(names) for share in _SHARES)
    return known > most and firsts[_COMMONEST] > commonest


def split_vietnamese(full: str) -> tuple[str | None, str | None]:
    """Return given and family name of a Vietnamese full name.

    Middle names go with the given name, for parents choose them together; but for those
    that most women or men have.

    Args:
        full: A full name; what one calls somebody politely is left out.

    Example:
        >>> split_vietnamese("Nguyễn Thị Mỹ Duyên"), split_vietnamese("Chị Thảo")
        (('my duyen', 'nguyen'), ('thao', None))
    """
    words = loose(full).split()
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    family = words.pop(0) if len(words) > 1 and words[0] in _FAMILIES else None
    if len(words) > 1 and words[0] in _OF_MOST:
        words = words[1:]
    return " ".join(words) or None, family
