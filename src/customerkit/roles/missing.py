"""Recognise texts that say nothing: N/A, null, unknown, 无 and their like."""

from __future__ import annotations

from customerkit.roles.fold import squash

_EMPTY = frozenset(["", *"- -- --- — – _ __ . .. ... … ? ??".split()])
_MORE = frozenset([*"??? * ** *** / \\ \\n ~ · 、 。".split(), "“”", '""', "''"])
_SURE = frozenset(
    "n/a n.a. n.a #n/a #na <na> <null> (null) [null] <none> (none) [none] (blank) <blank> [blank] "
    "(empty) #null! #value! #ref! #name? #div/0! n/k (unknown) <unknown> (n/a) [n/a] n\\a "
    "无 無 未知 不详 不詳 空 空白 没有 沒有 暂无 暫無 未填 未填写 未提供 不明 不知道 保密 无数据 "
    "未登记 （无） (无) （空） (空) 待定".split()
) | frozenset(
    ["not available", "not applicable", "not provided", "not specified", "not given", "not known"]
    + ["not set", "not stated", "no data", "no answer", "no value", "prefer not to say"]
    + ["(not set)", "[not provided]"]
)
_WORDS = frozenset(
    "na nan null nil none unknown undefined unspecified missing blank empty void unk tbd tba tbc "
    "nat #null <nan> -nan".split()
) | {"no entry"}
_ANY = _EMPTY | _MORE | _SURE | _WORDS
_NAMES = _EMPTY | _MORE | (_SURE - {"空"}) | {"unknown", "undefined", "unspecified"}
_SYMBOLS = _EMPTY | _MORE | _SURE | (_WORDS - {"na", "nat", "unspecified"})
_FREE = _EMPTY | _SURE | {"null", "nan", "none", "nil", "na"}
_TOKENS = {"any": _ANY, "name": _NAMES, "symbol": _SYMBOLS, "text": _FREE}
_LONGEST = max(map(len, _ANY))


def is_missing(text: str, kind: str = "any") -> bool:
    """Say whether a text means that nothing was said.

    Some words are values in some roles: Null is a family name, NA is Namibia.

    Args:
        text: What a channel said.
        kind: ``any``; ``name`` (null, none, nan, nil and na may be names); ``symbol``
            (na may be a code, and unspecified is kept); ``text`` (free text, where
            few words say nothing).

    Returns:
        Whether there is no value.

    Example:
        >>> is_missing(" N/A "), is_missing("Null"), is_missing("Null", "name")
        (True, True, False)
    """
    if len(text) > _LONGEST and len(text := squash(text)) > _LONGEST:
        return False
    tokens = _TOKENS[kind]
    if text in tokens:
        return True
    return squash(text).casefold() in tokens
