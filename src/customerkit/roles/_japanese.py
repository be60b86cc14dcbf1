"""Know how Japanese names and addresses vary: the blank, the prefecture, the counters."""

from __future__ import annotations

import re

from customerkit.roles.fold import narrow

_KANJI = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff"
_KANA = "\u3041-\u30ff"
_NAME = re.compile(rf"[{_KANJI}{_KANA}]+ ?[{_KANJI}{_KANA}]+")
_TITLE = re.compile(r"(?<=..)(?:様|さま|殿|御中)$")
_KANA_GIVEN = re.compile(rf"([{_KANJI}]+)([{_KANA}]+)")
_LINE = re.compile(r"丁目|番地|[都道府県].*\d")
_PREFECTURE = re.compile(
    r"^(?:東京都|北海道|京都府|大阪府|神奈川県|和歌山県|鹿児島県|[\u4e00-\u9fff]{2}県)"
)
_NUMBERED = re.compile(r"(?<=\d)\s*(?:丁目|番地の?|番町?|号室|号)\s*")
_LONG = 5  # signs: most names of five have a family name of three


def without_blank(full: str) -> str | None:
    """Return a name in Chinese signs or kana without its blank and title, None for others.

    Example:
        >>> without_blank("遠藤　真一 様"), without_blank("Jane Doe")
        ('遠藤真一', None)
    """
    if full.isascii():
        return None
    text = _TITLE.sub("", narrow(full)).strip()
    return text.replace(" ", "") if _NAME.fullmatch(text) else None


def japanese(name: str) -> tuple[str, str | None]:
    """Return given and family name of a name without blank.

    Where kana begin, the given name does; else the family name has two signs, three of
    five. Most Japanese names are so; that the same name is split alike counts more.

    Args:
        name: From :func:`without_blank`.

    Example:
        >>> japanese("遠藤真一"), japanese("田中ゆきこ"), japanese("佐々木健太"), japanese("サトウ")
        (('真一', '遠藤'), ('ゆきこ', '田中'), ('健太', '佐々木'), ('サトウ', None))
    """
    if found := _KANA_GIVEN.fullmatch(name):
        return found[2], found[1]
    if len(name) < 3 or re.fullmatch(rf"[{_KANA}]+", name):
        return name, None
    at = 3 if len(name) == _LONG else 2
    return name[at:], name[:at]


def japanese_line(line: str) -> str:
    """Return a street line without the prefecture, often left out; its numbers apart.

    Example:
        >>> japanese_line("埼玉県川口市桜町2丁目27番1号")
        '川口市桜町2 27 1 '
    """
    if not _LINE.search(line):
        return line
    return _NUMBERED.sub(" ", _PREFECTURE.sub("", narrow(line)))
