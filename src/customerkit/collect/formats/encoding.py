"""Tell the encoding of a text by evidence: UTF-8, GBK, cp1252, or nothing."""

from __future__ import annotations

from customerkit.collect.formats.han import is_gbk
from customerkit.collect.formats.latin import is_cp1252

_LINES = 5000


def tell(block: bytes) -> str | None:
    r"""Return the encoding of a block that is not plain ASCII, None without evidence.

    Args:
        block: Some whole lines.

    Returns:
        ``utf-8``, ``gb18030``, ``cp1252`` or None.

    Example:
        >>> tell("姓名,城市\n李伟,北京\n".encode("gbk")), tell("Müller\n".encode("cp1252"))
        ('gb18030', 'cp1252')
        >>> tell("Иван Петров".encode("cp1251")) is None
        True
    """
    lines = _telling(block)[:_LINES]
    utf8 = sum(map(_is_utf8, lines))
    if 2 * utf8 >= len(lines):
        return "utf-8"
    if is_gbk(lines):
        return "gb18030"
    if not utf8 and is_cp1252(lines):
        return "cp1252"
    few = len(lines) * 20 <= block.count(b"\n")
    return "utf-8" if few else None


def contradicts(block: bytes, encoding: str) -> bool:
    """Say whether a later block is UTF-8, though an earlier one told otherwise.

    Args:
        block: Some whole lines.
        encoding: What :func:`tell` said.

    Example:
        >>> contradicts("Jürgen".encode(), "cp1252")
        True
    """
    if encoding == "utf-8" or block.isascii():
        return False
    lines = _telling(block)
    utf8 = sum(map(_is_utf8, lines))
    if encoding == "cp1252":
        return utf8 > 0  # hardly any text of it happens to be UTF-8
    return utf8 >= 3 and 2 * utf8 >= len(lines)


def _telling(block: bytes) -> list[bytes]:
    return [line for line in block.split(b"\n") if not line.isascii()]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
