"""Read what channels call the kinds and states of feedback."""

from __future__ import annotations

_KINDS = {
    "complaint": "complaint complaints complain issue problem incident bug claim 投诉 抱怨 客诉",
    "question": "question questions inquiry enquiry query ask request support 咨询 询问 提问 问题",
    "praise": "praise compliment compliments thanks kudos positive 表扬 好评 称赞 感谢",
}
_STATES = {
    "solved": "solved resolved closed done fixed completed complete answered 已解决 已关闭 已完成 "
    "已回复",
    "open": "open new pending waiting unsolved unresolved reopened 未解决 待处理 处理中",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_STATE_OF = {word: state for state, words in _STATES.items() for word in words.split()}


def kind_of_feedback(text: str | None) -> str | None:
    """Return complaint, question or praise; other kinds in lower case.

    Example:
        >>> kind_of_feedback("Enquiry"), kind_of_feedback("投诉"), kind_of_feedback("Idea")
        ('question', 'complaint', 'idea')
    """
    return _told(text, _KIND_OF)


def state_of_feedback(text: str | None) -> str | None:
    """Return solved or open; other states in lower case.

    Example:
        >>> state_of_feedback("Resolved"), state_of_feedback("On hold")
        ('solved', 'on hold')
    """
    return _told(text, _STATE_OF)


def _told(text: str | None, words: dict[str, str]) -> str | None:
    word = " ".join((text or "").split()).casefold()
    return words.get(word, word) or None
