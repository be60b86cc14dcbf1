"""Tell files that are no text from their first bytes."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from pathlib import Path

from customerkit.errors import SourceError

_MAGIC = {
    b"%PDF": "a PDF; export the table itself",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3": "a SQLite database; export the table as CSV",
    b"\xd0\xcf\x11\xe0": "an old Office file; save it as .xlsx or .csv",
    b"PK\x03\x04": "a zip file or workbook; unpack it, or give it the ending .xlsx",
    b"PAR1": "a Parquet file; give it the ending .parquet",
    b"7z\xbc\xaf": "a 7z archive; unpack it first",
    b"Rar!": "a RAR archive; unpack it first",
    b"BZh": "a bzip2 file; unpack it first",
    b"\xfd7zXZ": "an xz file; unpack it first",
    b"\x28\xb5\x2f\xfd": "a zstd file; unpack it first",
}
_KNOWN = (b"\x1f\x8b", BOM_UTF16_LE, BOM_UTF16_BE)  # gzip, and text that says so
_HEAD = 8192
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1a\x1b\0"))


def refuse_binary(path: Path, encoding: str | None = None) -> None:
    """Refuse a file that is no text of any encoding.

    Args:
        path: A file that can be read.
        encoding: What a person says it is in.

    Raises:
        SourceError: It is none; the message says what it is where that is known.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for magic, what in _MAGIC.items():
        if head.startswith(magic):
            raise SourceError(f"{path.name} is no table of text but {what}")
    if encoding is None and not head.startswith(_KNOWN) and is_binary(head):
        raise SourceError(f"{path.name} is no table of text: it holds binary data")


def is_binary(head: bytes) -> bool:
    r"""Say whether bytes are no text: many controls, or zeros where text has none.

    Zeros are half of UTF-16, and a stray one is a bad row and no bad file.

    Example:
        >>> is_binary(b"\0" * 99), is_binary("a,b\n".encode("utf-16")), is_binary(b"a\0b\n" * 9)
        (True, False, False)
    """
    zeros = head.count(0)
    if zeros * 10 > len(head):
        even, odd = head[0::2].count(0), head[1::2].count(0)
        mixed = zeros * 3 > len(head) and min(even, odd) * 20 > zeros
        return mixed and not any(reads_as(head, order) for order in ("utf-16-le", "utf-16-be"))
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * 20 > len(head)


def reads_as(head: bytes, encoding: str) -> bool:
    r"""Say whether bytes are text of an encoding without controls; the last sign may be cut.

    Example:
        >>> reads_as("a\n".encode("utf-16-be"), "utf-16-be"), reads_as(b"\0\0", "utf-16-be")
        (True, False)
    """
    try:
        text = getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return not any(char < " " and char not in "\t\n\r" for char in text)
