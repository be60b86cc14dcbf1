"""Know Korean names: the family name of one syllable, rarely two, before the given name."""

from __future__ import annotations

import re

from customerkit.roles.fold import narrow

SPELLED = {
    "김": "kim", "이": "lee", "박": "park", "최": "choi", "정": "jung", "강": "kang", "조": "cho",
    "윤": "yoon", "장": "jang", "임": "lim", "한": "han", "오": "oh", "서": "seo", "신": "shin",
    "권": "kwon", "황": "hwang", "안": "ahn", "송": "song", "류": "ryu", "유": "yoo", "전": "jeon",
    "홍": "hong", "고": "ko", "문": "moon", "양": "yang", "손": "son", "배": "bae", "백": "baek",
    "허": "heo", "노": "noh", "심": "shim", "주": "joo", "우": "woo", "구": "koo", "곽": "kwak",
    "성": "sung", "차": "cha", "남": "nam", "하": "ha", "민": "min", "진": "jin", "지": "ji",
}  # fmt: skip
"""Family name → how Koreans mostly write it in Latin letters."""
_FAMILY = frozenset(SPELLED) | frozenset(
    "엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국은편용예봉사부가복태목형계피두감음동"
)
_FREQUENT = frozenset("김이박최정강조윤장임")
_TWO = frozenset("남궁 황보 제갈 사공 선우 독고 서문 동방".split())
_NAME = re.compile(r"[가-힣]{2,5}")
_TITLE = re.compile(r"(?<=..)\s*(?:고객님|님|씨)$")
_MASKED = re.compile(r"([가-힣\u3400-\u9fff])[*＊○〇]+[가-힣\u3400-\u9fff]{0,2}")
_SHORT = 2


def korean(full: str) -> tuple[str | None, str | None] | None:
    """Return given and family name of a name in Hangul; None for others.

    Args:
        full: A full name. Two syllables are a given name alone unless the first is one of
            the ten family names that most people have: full names so short are rare.

    Example:
        >>> korean("이창수"), korean("이 창수"), korean("남궁민수"), korean("김도섭님")
        (('창수', '이'), ('창수', '이'), ('민수', '남궁'), ('도섭', '김'))
        >>> korean("우진"), korean("Jane Roe")
        (('우진', None), None)
    """
    if full.isascii():
        return None
    text = _TITLE.sub("", narrow(full))
    first, blank, rest = text.partition(" ")
    name = text.replace(" ", "")
    if not _NAME.fullmatch(name):
        return None
    if blank and (first in _FAMILY or first in _TWO):
        return rest.replace(" ", ""), first
    if name[:2] in _TWO and len(name) > _SHORT + 1:
        return name[2:], name[:2]
    if name[0] in (_FAMILY if len(name) > _SHORT else _FREQUENT):
        return name[1:], name[0]
    return name, None


def masked(full: str) -> tuple[None, str] | None:
    """Return the family name of a name of which the rest is hidden; None for others.

    Example:
        >>> masked("김*현"), masked("张**"), masked("김도섭")
        ((None, '김'), (None, '张'), None)
    """
    found = _MASKED.fullmatch(narrow(full))
    return (None, found[1]) if found else None


def spelled(form: str) -> str | None:
    """Return how Koreans mostly write a family name in Latin letters, None for other forms.

    Example:
        >>> spelled("이"), spelled("이창수")
        ('lee', None)
    """
    return SPELLED.get(form)
